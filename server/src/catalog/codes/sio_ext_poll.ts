import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_EXT_POLL',
	opcode: _WSAIORW('IOC_WS2', 31),
	header: 'mswsock.h',
	summary:
		'Carries a WSAPoll call to a layered service provider that has asked for it through SIO_BSP_HANDLE_POLL. Winsock issues it itself; programs do not.',
	input: {
		use: 'required',
		type: 'WSAPOLLDATA',
		variable: 'sizeof(WSAPOLLDATA) + fds * sizeof(WSAPOLLFD)',
		tooSmall: { error: 'WSAEFAULT', note: 'the answer of the layered provider in Microsoft sample code' },
		basis: 'sample',
		confidence: 'soft',
		meaning: 'The arguments of WSAPoll: a head and fds entries behind it. The head is also where the result goes.',
	},
	output: {},
	windows: {
		basis: 'header',
		note: 'The header defines the name once _WIN32_WINNT is 0x0600 (Windows Vista) or more.',
	},
	related: ['SIO_BSP_HANDLE_POLL', 'SIO_EXT_SELECT', 'SIO_EXT_SENDMSG', 'WSAPoll'],
	examples: {
		accepted: `
int forward_poll(SOCKET s, WSAPOLLDATA *data)
{
	DWORD bytes = 0;
	DWORD size = sizeof(*data) + data->fds * sizeof(WSAPOLLFD);
	return WSAIoctl(s, SIO_EXT_POLL, data, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int forward_poll(SOCKET s, WSAPOLLDATA *data)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_EXT_POLL, data, sizeof(data), NULL, 0, &bytes, NULL, NULL);
	//                                     ^^^^^^^^^^^^ sizeof-pointer
}`,
	},
} satisfies DocumentedCode;
