import { type Api, derivedNames } from '../api.ts';

export default {
	id: 'WskControlSocket',
	aliases: ['PFN_WSK_CONTROL_SOCKET'],
	summary:
		'The kernel form, for drivers that use Winsock Kernel (WSK): one function for control codes and for socket options. RequestType says which of the two the call is; only with WskIoctl is ControlCode a control code.',
	parameters: [
		{ name: 'Socket', type: 'PWSK_SOCKET', meaning: 'The socket object.' },
		{
			name: 'RequestType',
			type: 'WSK_CONTROL_SOCKET_TYPE',
			meaning: 'WskIoctl for a control code, WskSetOption or WskGetOption for a socket option.',
		},
		{
			name: 'ControlCode',
			type: 'ULONG',
			meaning: 'The control code, or the number of the option, such as SO_RCVBUF.',
		},
		{
			name: 'Level',
			type: 'ULONG',
			meaning: 'Level of an option, SOL_SOCKET for those of WSK itself. A control code ignores it.',
		},
		{
			name: 'InputSize',
			type: 'SIZE_T',
			meaning: 'Bytes of the input, 0 where there is none. The size stands in front of its buffer here.',
		},
		{ name: 'InputBuffer', type: 'PVOID', meaning: 'What the operation reads; NULL where it reads nothing.' },
		{ name: 'OutputSize', type: 'SIZE_T', meaning: 'Bytes of room in the output, 0 where there is none.' },
		{ name: 'OutputBuffer', type: 'PVOID', meaning: 'Where the answer goes; NULL where there is none.' },
		{
			name: 'OutputSizeReturned',
			type: 'SIZE_T *',
			meaning:
				'Gets the number of bytes written. NULL unless Irp is NULL and the answer can be of any length: the IRP tells it otherwise.',
		},
		{
			name: 'Irp',
			type: 'PIRP',
			meaning:
				'The request that WSK completes when the operation is over. Each code and each option says whether one is required, optional or forbidden.',
		},
	],
	returns: 'NTSTATUS',
	result:
		'STATUS_SUCCESS when the operation is done. With STATUS_PENDING the IRP completes later, and both buffers have to stay in place until then. After STATUS_FILE_FORCED_CLOSED the socket is only good for WskCloseSocket.',
	remarks: [
		'Call it at IRQL DISPATCH_LEVEL or below; SIO_ADDRESS_LIST_QUERY and SIO_ADDRESS_LIST_CHANGE need PASSIVE_LEVEL.',
		'Drivers call it through the dispatch table of the socket, from Windows Vista on.',
		'STATUS_EVENT_PENDING comes only when event callbacks are switched off without an IRP while one of them is still running.',
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
	family: 'winsock',
	errorStyle: 'ntstatus',
	documentation: 'windows-hardware/drivers/ddi/wsk/nc-wsk-pfn_wsk_control_socket',
} satisfies Api;
