import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'PRIORITY_STATUS',
	aliases: ['_PRIORITY_STATUS'],
	pointers: ['PPRIORITY_STATUS'],
	header: 'mstcpip.h',
	summary: 'Priority in force in each direction.',
	fields: [
		{ name: 'Sender', type: 'SOCKET_PRIORITY_HINT', meaning: 'For data that goes out.' },
		{ name: 'Receiver', type: 'SOCKET_PRIORITY_HINT', meaning: 'For data that comes in.' },
	],
} satisfies StructSpec;
