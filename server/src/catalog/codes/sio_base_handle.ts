import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_BASE_HANDLE',
	opcode: _WSAIOR('IOC_WS2', 34),
	header: 'mswsock.h',
	summary:
		'Gives the socket of the base provider that lies beneath every layered provider. Needed by code that must talk to the driver of the socket itself, past whatever filters a layered service provider has put in between.',
	remarks: [
		'Layered providers are told to pass it down untouched, since only the bottom one knows the answer.',
		'No Winsock extension function uses it (comment in mswsock.h); those have SIO_BSP_HANDLE and its two variants.',
	],
	input: {},
	output: {
		use: 'required',
		type: 'SOCKET',
		tooSmall: { error: 'WSAEFAULT', note: 'also with a NULL pointer' },
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The socket handle of the base provider: 4 bytes in a 32-bit program, 8 in a 64-bit one.',
	},
	overlapped: {
		note: 'An overlapped call does not work: it returns ERROR_IO_PENDING and then completes with ERROR_NOT_SUPPORTED (seen when run).',
	},
	reported: [
		{
			text: 'Some layered providers refuse it, although they should pass it on. Programs then try SIO_BSP_HANDLE_SELECT, SIO_BSP_HANDLE_POLL and SIO_BSP_HANDLE, and go on where one of them gives another socket',
			source: 'tokio-rs/mio#1316',
		},
	],
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['SIO_BSP_HANDLE', 'SIO_BSP_HANDLE_SELECT', 'SIO_BSP_HANDLE_POLL'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'none',
		effect: 'Asks for the handle of the base provider.',
		wine: 'Wine does not check the output size and always writes a whole handle.',
	},
	examples: {
		accepted: `
SOCKET base_of(SOCKET s)
{
	SOCKET base = INVALID_SOCKET;
	DWORD bytes = 0;
	if (WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), &bytes, NULL, NULL) == SOCKET_ERROR)
		return INVALID_SOCKET;
	return base;
}`,
		rejected: `
SOCKET base_of(SOCKET s)
{
	DWORD base = 0;
	DWORD bytes = 0;
	if (WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), &bytes, NULL, NULL) == SOCKET_ERROR)
	//                                               ^^^^^^^^^^^^ output-too-small
		return INVALID_SOCKET;
	return base;
}`,
	},
} satisfies DocumentedCode;
