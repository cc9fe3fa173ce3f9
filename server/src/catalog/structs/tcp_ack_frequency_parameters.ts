import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'TCP_ACK_FREQUENCY_PARAMETERS',
	aliases: ['_TCP_ACK_FREQUENCY_PARAMETERS'],
	pointers: ['PTCP_ACK_FREQUENCY_PARAMETERS'],
	header: 'mstcpip.h',
	summary: 'How often TCP acknowledges.',
	fields: [
		{ name: 'TcpDelayedAckFrequency', type: 'UCHAR', meaning: 'Segments received before an acknowledgement goes out.' },
	],
} satisfies StructSpec;
