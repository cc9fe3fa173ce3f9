import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'BTH_INFO_RSP',
	aliases: ['_BTH_INFO_RSP'],
	pointers: ['PBTH_INFO_RSP'],
	pack: 1,
	header: 'ws2bth.h',
	summary: 'Answer of the L2CAP layer of a Bluetooth device.',
	fields: [
		{ name: 'result', type: 'USHORT', meaning: 'Whether it answered.' },
		{ name: 'dataLen', type: 'UCHAR', meaning: 'Bytes of data.' },
		{
			name: '',
			type: {
				kind: 'union',
				fields: [
					{ name: 'connectionlessMTU', type: 'USHORT', meaning: 'Largest datagram without connection, bytes.' },
					{ name: 'data', type: 'UCHAR', length: 44, meaning: 'The answer as bytes.' },
				],
			},
			meaning: 'The answer.',
		},
	],
} satisfies StructSpec;
