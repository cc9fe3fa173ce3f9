import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'RFCOMM_RPN_DATA',
	aliases: ['_RFCOMM_RPN_DATA'],
	pointers: ['PRFCOMM_RPN_DATA'],
	pack: 1,
	header: 'ws2bth.h',
	summary: 'Port settings of an RFCOMM channel.',
	fields: [
		{
			name: 'Baud',
			type: 'UCHAR',
			values: [
				{ name: 'RPN_BAUD_2400', value: 0, meaning: '2400 bit/s.' },
				{ name: 'RPN_BAUD_4800', value: 1, meaning: '4800 bit/s.' },
				{ name: 'RPN_BAUD_7200', value: 2, meaning: '7200 bit/s.' },
				{ name: 'RPN_BAUD_9600', value: 3, meaning: '9600 bit/s.' },
				{ name: 'RPN_BAUD_19200', value: 4, meaning: '19200 bit/s.' },
				{ name: 'RPN_BAUD_38400', value: 5, meaning: '38400 bit/s.' },
				{ name: 'RPN_BAUD_57600', value: 6, meaning: '57600 bit/s.' },
				{ name: 'RPN_BAUD_115200', value: 7, meaning: '115200 bit/s.' },
				{ name: 'RPN_BAUD_230400', value: 8, meaning: '230400 bit/s.' },
			],
			meaning: 'Speed.',
		},
		{
			name: 'Data',
			type: 'UCHAR',
			flags: true,
			groups: [
				{
					mask: 0x03,
					values: [
						{ name: 'RPN_DATA_5', value: 0x0, meaning: '5 data bits.' },
						{ name: 'RPN_DATA_6', value: 0x1, meaning: '6 data bits.' },
						{ name: 'RPN_DATA_7', value: 0x2, meaning: '7 data bits.' },
						{ name: 'RPN_DATA_8', value: 0x3, meaning: '8 data bits.' },
					],
				},
				{
					mask: 0x04,
					values: [
						{ name: 'RPN_STOP_1', value: 0x0, meaning: 'One stop bit.' },
						{ name: 'RPN_STOP_1_5', value: 0x4, meaning: 'One and a half stop bits.' },
					],
				},
				{
					mask: 0x38,
					values: [
						{ name: 'RPN_PARITY_NONE', value: 0x0, meaning: 'No parity.' },
						{ name: 'RPN_PARITY_ODD', value: 0x8, meaning: 'Odd parity.' },
						{ name: 'RPN_PARITY_EVEN', value: 0x18, meaning: 'Even parity.' },
						{ name: 'RPN_PARITY_MARK', value: 0x28, meaning: 'Parity bit always 1.' },
						{ name: 'RPN_PARITY_SPACE', value: 0x38, meaning: 'Parity bit always 0.' },
					],
				},
			],
			meaning: 'Data bits, stop bits and parity.',
		},
		{
			name: 'FlowControl',
			type: 'UCHAR',
			flags: true,
			values: [
				{ name: 'RPN_FLOW_X_IN', value: 0x1, meaning: 'XON/XOFF on input.' },
				{ name: 'RPN_FLOW_X_OUT', value: 0x2, meaning: 'XON/XOFF on output.' },
				{ name: 'RPN_FLOW_RTR_IN', value: 0x4, meaning: 'Ready-to-receive on input.' },
				{ name: 'RPN_FLOW_RTR_OUT', value: 0x8, meaning: 'Ready-to-receive on output.' },
				{ name: 'RPN_FLOW_RTC_IN', value: 0x10, meaning: 'Ready-to-communicate on input.' },
				{ name: 'RPN_FLOW_RTC_OUT', value: 0x20, meaning: 'Ready-to-communicate on output.' },
			],
			meaning: 'Flow control.',
		},
		{ name: 'XonChar', type: 'UCHAR', meaning: 'Character that resumes.' },
		{ name: 'XoffChar', type: 'UCHAR', meaning: 'Character that pauses.' },
		{
			name: 'ParameterMask1',
			type: 'UCHAR',
			flags: true,
			values: [
				{ name: 'RPN_PARAM_BAUD', value: 0x1, meaning: 'Speed.' },
				{ name: 'RPN_PARAM_DATA', value: 0x2, meaning: 'Data bits.' },
				{ name: 'RPN_PARAM_STOP', value: 0x4, meaning: 'Stop bits.' },
				{ name: 'RPN_PARAM_PARITY', value: 0x8, meaning: 'Whether there is parity.' },
				{ name: 'RPN_PARAM_P_TYPE', value: 0x10, meaning: 'Kind of parity.' },
				{ name: 'RPN_PARAM_XON', value: 0x20, meaning: 'XonChar.' },
				{ name: 'RPN_PARAM_XOFF', value: 0x40, meaning: 'XoffChar.' },
			],
			meaning: 'Members that count.',
		},
		{
			name: 'ParameterMask2',
			type: 'UCHAR',
			flags: true,
			values: [
				{ name: 'RPN_PARAM_X_IN', value: 0x1, meaning: 'XON/XOFF on input.' },
				{ name: 'RPN_PARAM_X_OUT', value: 0x2, meaning: 'XON/XOFF on output.' },
				{ name: 'RPN_PARAM_RTR_IN', value: 0x4, meaning: 'Ready-to-receive on input.' },
				{ name: 'RPN_PARAM_RTR_OUT', value: 0x8, meaning: 'Ready-to-receive on output.' },
				{ name: 'RPN_PARAM_RTC_IN', value: 0x10, meaning: 'Ready-to-communicate on input.' },
				{ name: 'RPN_PARAM_RTC_OUT', value: 0x20, meaning: 'Ready-to-communicate on output.' },
			],
			meaning: 'Kinds of flow control that count.',
		},
	],
} satisfies StructSpec;
