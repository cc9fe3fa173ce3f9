import { type Api, derivedNames } from '../api.ts';

export default {
	id: 'WSANSPIoctl',
	aliases: ['LPFN_WSANSPIOCTL'],
	summary:
		'Makes a control operation on a lookup in a name space instead of on a socket. The one code that the headers have for it asks to be told when the answers of the lookup no longer hold.',
	parameters: [
		{ name: 'hLookup', type: 'HANDLE', meaning: 'The lookup, from WSALookupServiceBegin; no socket.' },
		{
			name: 'dwControlCode',
			type: 'DWORD',
			meaning: 'The control code, of those that the provider knows: SIO_NSP_NOTIFY_CHANGE.',
		},
		{ name: 'lpvInBuffer', type: 'LPVOID', meaning: 'What the code reads. SIO_NSP_NOTIFY_CHANGE reads nothing.' },
		{ name: 'cbInBuffer', type: 'DWORD', meaning: 'Bytes of the input.' },
		{ name: 'lpvOutBuffer', type: 'LPVOID', meaning: 'Where the answer goes. SIO_NSP_NOTIFY_CHANGE has none.' },
		{ name: 'cbOutBuffer', type: 'DWORD', meaning: 'Bytes of room in the output.' },
		{ name: 'lpcbBytesReturned', type: 'LPDWORD', meaning: 'Gets the number of bytes written.' },
		{
			name: 'lpCompletion',
			type: 'LPWSACOMPLETION',
			meaning:
				'How the end is reported: by event, window message, port or routine. NULL makes SIO_NSP_NOTIFY_CHANGE a poll.',
		},
	],
	returns: 'INT',
	result:
		'0 on success, else SOCKET_ERROR, and WSAGetLastError tells the error. WSA_IO_PENDING: the request has begun.',
	header: 'winsock2.h',
	dlls: ['ws2_32'],
	matches: derivedNames('WSANSPIoctl'),
	roles: { code: 1, input: 2, inputSize: 3, output: 4, outputSize: 5, bytesReturned: 6, overlapped: 7 },
	// The documents name the arguments whose addresses have to be valid, and this is not among them.
	bytesReturnedOptional: true,
	family: 'winsock',
	handle: 'lookup',
	errorStyle: 'winsock',
	documentation: 'windows/win32/api/winsock2/nf-winsock2-wsanspioctl',
} satisfies Api;
