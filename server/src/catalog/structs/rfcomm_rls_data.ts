import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'RFCOMM_RLS_DATA',
	aliases: ['_RFCOMM_RLS_DATA'],
	pointers: ['PRFCOMM_RLS_DATA'],
	pack: 1,
	header: 'ws2bth.h',
	summary: 'Line status of an RFCOMM channel.',
	fields: [
		{
			name: 'LineStatus',
			type: 'UCHAR',
			flags: true,
			values: [
				{ name: 'RLS_ERROR', value: 0x1, meaning: 'An error occurred.' },
				{ name: 'RLS_OVERRUN', value: 0x2, meaning: 'Data was lost.' },
				{ name: 'RLS_PARITY', value: 0x4, meaning: 'Wrong parity.' },
				{ name: 'RLS_FRAMING', value: 0x8, meaning: 'Wrong framing.' },
			],
			meaning: 'Errors on the line.',
		},
	],
} satisfies StructSpec;
