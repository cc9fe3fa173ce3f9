import { type Api, derivedNames } from './types.ts';

export default {
	id: 'WskControlSocket',
	parameters: [
		'Socket',
		'RequestType',
		'ControlCode',
		'Level',
		'InputSize',
		'InputBuffer',
		'OutputSize',
		'OutputBuffer',
		'OutputSizeReturned',
		'Irp',
	],
	header: 'wsk.h',
	matches: derivedNames('WskControlSocket'),
	roles: {
		socket: 0,
		requestType: 1,
		code: 2,
		inputSize: 4,
		input: 5,
		outputSize: 6,
		output: 7,
		bytesReturned: 8,
		irp: 9,
	},
	bytesReturnedOptional: true,
	errorStyle: 'ntstatus',
	documentation: 'windows-hardware/drivers/ddi/wsk/nc-wsk-pfn_wsk_control_socket',
} satisfies Api;
