import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'RFCOMM_MSC_DATA',
	aliases: ['_RFCOMM_MSC_DATA'],
	pointers: ['PRFCOMM_MSC_DATA'],
	pack: 1,
	header: 'ws2bth.h',
	summary: 'Modem status of an RFCOMM channel.',
	fields: [
		{
			name: 'Signals',
			type: 'UCHAR',
			flags: true,
			values: [
				{ name: 'MSC_FC_BIT', value: 0x2, meaning: 'Flow control; clear when data can be taken.' },
				{ name: 'MSC_RTC_BIT', value: 0x4, meaning: 'Ready to communicate.' },
				{ name: 'MSC_RTR_BIT', value: 0x8, meaning: 'Ready to receive.' },
				{ name: 'MSC_RESERVED', value: 0x30, meaning: 'Reserved; 0.' },
				{ name: 'MSC_IC_BIT', value: 0x40, meaning: 'Incoming call.' },
				{ name: 'MSC_DV_BIT', value: 0x80, meaning: 'The data is valid.' },
			],
			meaning: 'Signals.',
		},
		{
			name: 'Break',
			type: 'UCHAR',
			flags: true,
			values: [{ name: 'MSC_BREAK_BIT', value: 0x2, meaning: 'A break is sent.' }],
			meaning: 'Break signal; its length in the high four bits.',
		},
	],
} satisfies StructSpec;
