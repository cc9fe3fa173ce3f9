import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_EXT_SENDMSG',
	opcode: _WSAIORW('IOC_WS2', 32),
	header: 'mswsock.h',
	summary:
		'Carries a WSASendMsg call to a layered service provider that has asked for it through SIO_BSP_HANDLE. Winsock issues it itself; programs do not.',
	input: {
		use: 'required',
		type: 'WSASENDMSG',
		tooSmall: { error: 'WSAEFAULT', note: 'the answer of the layered provider in Microsoft sample code' },
		basis: 'sample',
		confidence: 'soft',
		meaning: 'The arguments of WSASendMsg.',
	},
	output: {
		type: 'DWORD',
		minimum: { sizeof: 'DWORD' },
		basis: 'sample',
		confidence: 'soft',
		meaning: 'An error or byte count; only sample code shows it.',
	},
	windows: {
		basis: 'header',
		note: 'The header defines the name once _WIN32_WINNT is 0x0600 (Windows Vista) or more.',
	},
	related: ['SIO_BSP_HANDLE', 'SIO_EXT_SELECT', 'SIO_EXT_POLL', 'WSASendMsg'],
	examples: {
		accepted: `
int forward_send(SOCKET s, WSASENDMSG *message)
{
	DWORD result = 0;
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_EXT_SENDMSG, message, sizeof(*message), &result, sizeof(result), &bytes, NULL, NULL);
}`,
		rejected: `
int forward_send(SOCKET s, WSASENDMSG *message)
{
	DWORD result = 0;
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_EXT_SENDMSG, message, sizeof(message), &result, sizeof(result), &bytes, NULL, NULL);
	//                                           ^^^^^^^^^^^^^^^ sizeof-pointer
}`,
	},
} satisfies DocumentedCode;
