import { type Api, derivedNames } from '../api.ts';

export default {
	id: 'WSAIoctl',
	aliases: ['LPFN_WSAIOCTL'],
	summary:
		'Makes a control operation on a socket: the control code names the operation, one buffer takes data to it and another brings the answer back. It is the Winsock 2 successor of ioctlsocket and takes every code that a provider knows.',
	parameters: [
		{ name: 's', type: 'SOCKET', meaning: 'The socket.' },
		{
			name: 'dwIoControlCode',
			type: 'DWORD',
			meaning: 'The control code, such as SIO_KEEPALIVE_VALS. It alone decides what the two buffers have to hold.',
		},
		{ name: 'lpvInBuffer', type: 'LPVOID', meaning: 'What the code reads; NULL where it reads nothing.' },
		{
			name: 'cbInBuffer',
			type: 'DWORD',
			meaning: 'Bytes of the input: the size of the object, not of the pointer to it.',
		},
		{ name: 'lpvOutBuffer', type: 'LPVOID', meaning: 'Where the answer goes; NULL where there is none.' },
		{
			name: 'cbOutBuffer',
			type: 'DWORD',
			meaning: 'Bytes of room in the output. Some codes take 0 as the question for the size needed.',
		},
		{
			name: 'lpcbBytesReturned',
			type: 'LPDWORD',
			meaning: 'Gets the number of bytes written. NULL fails with WSAEFAULT, with an overlapped structure too.',
		},
		{
			name: 'lpOverlapped',
			type: 'LPWSAOVERLAPPED',
			meaning:
				'NULL waits for the end of the operation. Otherwise the structure and both buffers have to stay in place until it completes.',
		},
		{
			name: 'lpCompletionRoutine',
			type: 'LPWSAOVERLAPPED_COMPLETION_ROUTINE',
			meaning:
				'Called when an overlapped operation completes; NULL where an event or a port reports it. Useless without lpOverlapped.',
		},
	],
	returns: 'int',
	result:
		'0 when the operation is done, else SOCKET_ERROR, and WSAGetLastError tells the error. WSA_IO_PENDING is no failure: an overlapped operation has begun.',
	remarks: [
		'A buffer that is too small fails with WSAEFAULT unless the page of the code names another error.',
		'A code that the provider does not know fails with WSAEOPNOTSUPP; an overlapped call is first reported as pending and then completes with ERROR_NOT_SUPPORTED (observed).',
		'On a blocking socket a call without lpOverlapped can wait for as long as the provider likes.',
	],
	header: 'winsock2.h',
	dlls: ['ws2_32'],
	matches: derivedNames('WSAIoctl'),
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
	documentation: 'windows/win32/api/winsock2/nf-winsock2-wsaioctl',
} satisfies Api;
