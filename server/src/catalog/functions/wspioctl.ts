import { type Api, derivedNames } from '../api.ts';

const own = derivedNames('WSPIoctl');

export default {
	id: 'WSPIoctl',
	aliases: ['LPWSPIOCTL', 'lpWSPIoctl'],
	summary:
		'The provider side of WSAIoctl: ws2_32.dll calls it in the service provider of the socket, and a layered provider passes it on to the one below. Two arguments more tell the thread and where the error goes.',
	parameters: [
		{ name: 's', type: 'SOCKET', meaning: 'The socket, by the handle that this provider gave out.' },
		{ name: 'dwIoControlCode', type: 'DWORD', meaning: 'The control code, as in WSAIoctl.' },
		{ name: 'lpvInBuffer', type: 'LPVOID', meaning: 'What the code reads.' },
		{ name: 'cbInBuffer', type: 'DWORD', meaning: 'Bytes of the input.' },
		{ name: 'lpvOutBuffer', type: 'LPVOID', meaning: 'Where the answer goes.' },
		{ name: 'cbOutBuffer', type: 'DWORD', meaning: 'Bytes of room in the output.' },
		{ name: 'lpcbBytesReturned', type: 'LPDWORD', meaning: 'Gets the number of bytes written.' },
		{
			name: 'lpOverlapped',
			type: 'LPWSAOVERLAPPED',
			meaning: 'NULL, or the structure of an overlapped operation; without effect on a socket that is not overlapped.',
		},
		{
			name: 'lpCompletionRoutine',
			type: 'LPWSAOVERLAPPED_COMPLETION_ROUTINE',
			meaning:
				'Routine of the application for the end of an overlapped operation. The provider has it run through WPUQueueApc.',
		},
		{
			name: 'lpThreadId',
			type: 'LPWSATHREADID',
			meaning: 'Names the calling thread for WPUQueueApc. A provider keeps a copy of the structure, not the pointer.',
		},
		{ name: 'lpErrno', type: 'LPINT', meaning: 'Gets the error: the last-error value of the thread is not used here.' },
	],
	returns: 'int',
	result:
		'0 when the operation is done, else SOCKET_ERROR with the error in *lpErrno; WSA_IO_PENDING when an overlapped operation has begun.',
	remarks: [
		'Providers hand it to ws2_32.dll as the member lpWSPIoctl of WSPPROC_TABLE; LPWSPIOCTL is the type of a pointer to it.',
	],
	// Some tables leave the thread out.
	otherCounts: [10],
	header: 'ws2spi.h',
	// `lpWSPIoctl` is the member of the provider's procedure table.
	matches: (name) => own(name) || /^(?:\w+_)?lpWSPIoctl$/.test(name),
	roles: {
		socket: 0,
		code: 1,
		input: 2,
		inputSize: 3,
		output: 4,
		outputSize: 5,
		bytesReturned: 6,
		overlapped: 7,
		completion: 8,
	},
	family: 'winsock',
	errorStyle: 'winsock',
	documentation: 'windows/win32/api/ws2spi/nc-ws2spi-lpwspioctl',
} satisfies Api;
