import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_BSP_HANDLE_POLL',
	opcode: _WSAIOR('IOC_WS2', 29),
	header: 'mswsock.h',
	summary:
		'Gives the base provider socket on which WSAPoll really works. Winsock asks for it on the way down; a layered service provider that wants to see WSAPoll calls answers it with its own socket.',
	remarks: [
		'Programs that merely want the base socket ask SIO_BASE_HANDLE first; this code is the way out where that is refused.',
	],
	reported: [
		{
			text: 'Where a layered provider refuses SIO_BASE_HANDLE, this code, SIO_BSP_HANDLE_SELECT and SIO_BSP_HANDLE may still give the socket beneath',
			source: 'tokio-rs/mio#1316',
		},
	],
	input: {},
	output: {
		use: 'required',
		type: 'SOCKET',
		tooSmall: { error: 'WSAEFAULT', note: 'also with a NULL pointer' },
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The socket handle: 4 bytes in a 32-bit program, 8 in a 64-bit one.',
	},
	overlapped: { rule: 'forbidden', note: 'With a WSAOVERLAPPED structure the call fails with WSAEFAULT.' },
	errors: [{ error: 'WSAEFAULT', when: 'lpOverlapped is not NULL', on: 'overlapped' }],
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['SIO_BASE_HANDLE', 'SIO_BSP_HANDLE', 'SIO_BSP_HANDLE_SELECT', 'SIO_EXT_POLL', 'WSAPoll'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'none',
		effect: 'Asks for the handle of the base provider.',
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int poll_handle(SOCKET s, SOCKET *provider)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_BSP_HANDLE_POLL, NULL, 0, provider, sizeof(*provider), &bytes, NULL, NULL);
}`,
		rejected: `
int poll_handle(SOCKET s, SOCKET *provider)
{
	WSAOVERLAPPED pending = { 0 };
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_BSP_HANDLE_POLL, NULL, 0, provider, sizeof(*provider), &bytes, &pending, NULL);
	//                                                                                    ^^^^^^^^ overlapped-forbidden
}`,
	},
} satisfies DocumentedCode;
