import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_EXT_SELECT',
	opcode: _WSAIORW('IOC_WS2', 30),
	header: 'mswsock.h',
	summary:
		'Carries a select call to a layered service provider that has asked for it through SIO_BSP_HANDLE_SELECT. Winsock issues it itself; programs do not.',
	remarks: ['No header declares a structure for its buffers, unlike SIO_EXT_POLL and SIO_EXT_SENDMSG.'],
	input: {},
	output: {},
	windows: {
		basis: 'header',
		note: 'The header defines the name once _WIN32_WINNT is 0x0600 (Windows Vista) or more.',
	},
	related: ['SIO_BSP_HANDLE_SELECT', 'SIO_EXT_POLL', 'SIO_EXT_SENDMSG', 'select'],
	examples: {
		accepted: `
int forward_select(SOCKET s, void *in, DWORD in_size, void *out, DWORD out_size)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_EXT_SELECT, in, in_size, out, out_size, &bytes, NULL, NULL);
}`,
		rejected: `
int forward_select(SOCKET s, void *in, DWORD in_size, void *out, DWORD out_size)
{
	return WSAIoctl(s, SIO_EXT_SELECT, in, in_size, out, out_size, NULL, NULL, NULL);
	//                                                             ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
