import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'RFCOMM_COMMAND',
	aliases: ['_RFCOMM_COMMAND'],
	pointers: ['PRFCOMM_COMMAND'],
	pack: 1,
	header: 'ws2bth.h',
	summary: 'Command on an RFCOMM channel.',
	fields: [
		{
			name: 'CmdType',
			type: 'ULONG',
			values: [
				{ name: 'RFCOMM_CMD_NONE', value: 0, meaning: 'None.' },
				{ name: 'RFCOMM_CMD_MSC', value: 1, meaning: 'Modem status.' },
				{ name: 'RFCOMM_CMD_RLS', value: 2, meaning: 'Line status.' },
				{ name: 'RFCOMM_CMD_RPN', value: 3, meaning: 'Port settings.' },
				{ name: 'RFCOMM_CMD_RPN_REQUEST', value: 4, meaning: 'Asks for the port settings.' },
				{ name: 'RFCOMM_CMD_RPN_RESPONSE', value: 5, meaning: 'Answers with the port settings.' },
			],
			meaning: 'Which command; tells the member of Data.',
		},
		{
			name: 'Data',
			type: {
				kind: 'union',
				fields: [
					{ name: 'MSC', type: 'RFCOMM_MSC_DATA', meaning: 'Modem status.' },
					{ name: 'RLS', type: 'RFCOMM_RLS_DATA', meaning: 'Line status.' },
					{ name: 'RPN', type: 'RFCOMM_RPN_DATA', meaning: 'Port settings.' },
				],
			},
			meaning: "The command's data.",
		},
	],
} satisfies StructSpec;
