import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'linger',
	aliases: ['LINGER'],
	pointers: ['PLINGER', 'LPLINGER'],
	tagOnly: true,
	header: 'winsock2.h',
	summary: 'What closing a socket does with unsent data.',
	fields: [
		{ name: 'l_onoff', type: 'u_short', meaning: 'Not 0: wait for it.' },
		{ name: 'l_linger', type: 'u_short', unit: 's', meaning: 'How long, in seconds.' },
	],
	documentation: 'windows/win32/api/winsock/ns-winsock-linger',
} satisfies StructSpec;
