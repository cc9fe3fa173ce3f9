import { type Api, derivedNames } from '../api.ts';

export default {
	id: 'ioctlsocket',
	aliases: ['LPFN_IOCTLSOCKET'],
	summary:
		'The control call of Winsock 1.1, made after the ioctl of Unix: one code and one argument of 4 bytes that is read or written. FIONBIO, FIONREAD and SIOCATMARK are made for it; whatever needs two buffers goes to WSAIoctl.',
	parameters: [
		{ name: 's', type: 'SOCKET', meaning: 'The socket.' },
		{ name: 'cmd', type: 'long', meaning: 'The control code.' },
		{
			name: 'argp',
			type: 'u_long *',
			meaning: 'The one argument, input and output at once. It is always taken as 4 bytes, on 64-bit Windows too.',
		},
	],
	returns: 'int',
	result: '0 on success, else SOCKET_ERROR, and WSAGetLastError tells the error.',
	remarks: ['A variable of 8 bytes, such as a size_t, is written in its first 4 bytes only.'],
	header: 'winsock2.h',
	dlls: ['ws2_32', 'wsock32'],
	matches: derivedNames('ioctlsocket'),
	// The one argument is read and written, and always taken as 4 bytes.
	roles: { socket: 0, code: 1, input: 2, output: 2 },
	impliedLength: 4,
	family: 'winsock',
	errorStyle: 'winsock',
	documentation: 'windows/win32/api/winsock2/nf-winsock2-ioctlsocket',
} satisfies Api;
