import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'TIMESTAMPING_CONFIG',
	aliases: ['_TIMESTAMPING_CONFIG'],
	pointers: ['PTIMESTAMPING_CONFIG'],
	header: 'mstcpip.h',
	summary: 'Switches packet timestamps on a datagram socket.',
	fields: [
		{
			name: 'Flags',
			type: 'ULONG',
			flags: true,
			values: [
				{ name: 'TIMESTAMPING_FLAG_RX', value: 0x1, meaning: 'Packets received.' },
				{ name: 'TIMESTAMPING_FLAG_TX', value: 0x2, meaning: 'Packets sent.' },
			],
			meaning: 'Directions that get timestamps; a missing bit switches that direction off.',
		},
		{
			name: 'TxTimestampsBuffered',
			type: 'USHORT',
			meaning: 'How many timestamps of sent packets are kept; further ones are dropped.',
		},
	],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-timestamping_config',
} satisfies StructSpec;
