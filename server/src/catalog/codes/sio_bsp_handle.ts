import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_BSP_HANDLE',
	opcode: _WSAIOR('IOC_WS2', 27),
	header: 'mswsock.h',
	summary:
		'Gives the base provider socket on which WSASendMsg really works. Winsock asks for it on the way down; a layered service provider that wants to see WSASendMsg calls answers it with its own socket.',
	remarks: ['Programs that merely want the base socket use SIO_BASE_HANDLE.'],
	input: {},
	output: {
		use: 'required',
		type: 'SOCKET',
		tooSmall: { error: 'WSAEFAULT', note: 'also with a NULL pointer' },
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The socket handle: 4 bytes in a 32-bit program, 8 in a 64-bit one.',
	},
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['SIO_BASE_HANDLE', 'SIO_BSP_HANDLE_SELECT', 'SIO_BSP_HANDLE_POLL', 'SIO_EXT_SENDMSG', 'WSASendMsg'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'none',
		effect: 'Asks for the handle of the base provider.',
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int send_handle(SOCKET s, SOCKET *provider)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_BSP_HANDLE, NULL, 0, provider, sizeof(*provider), &bytes, NULL, NULL);
}`,
		rejected: `
int send_handle(SOCKET s)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_BSP_HANDLE, NULL, 0, NULL, sizeof(SOCKET), &bytes, NULL, NULL);
	//                                                ^^^^^^^^^^^^^^ null-buffer-with-size
}`,
	},
} satisfies DocumentedCode;
