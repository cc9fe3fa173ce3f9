import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'ATM_PVC_PARAMS',
	pack: 4,
	header: 'ws2atm.h',
	summary: 'Permanent virtual circuit to tie a socket to.',
	fields: [
		{ name: 'PvcConnectionId', type: 'ATM_CONNECTION_ID', meaning: 'The circuit.' },
		{ name: 'PvcQos', type: 'QOS', meaning: 'Its quality of service.' },
	],
} satisfies StructSpec;
