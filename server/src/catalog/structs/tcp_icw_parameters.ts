import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'TCP_ICW_PARAMETERS',
	aliases: ['_TCP_ICW_PARAMETERS'],
	pointers: ['PTCP_ICW_PARAMETERS'],
	header: 'mstcpip.h',
	summary: 'Initial congestion window of a connection.',
	fields: [{ name: 'Level', type: 'TCP_ICW_LEVEL', meaning: 'How large it is.' }],
} satisfies StructSpec;
