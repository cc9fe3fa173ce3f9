import { _IOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'FIOASYNC',
	opcode: _IOW('f', 125, 'u_long'),
	header: 'winsock2.h',
	summary: 'A Unix name (signal-driven input and output) that the Winsock headers kept without anything behind it.',
	input: { type: 'u_long', basis: 'header', confidence: 'soft' },
	output: {},
	errors: [
		{
			error: 'WSAEOPNOTSUPP',
			when: 'always in a synchronous call (observed); 0 bytes are returned',
			on: 'synchronous',
		},
		{
			error: 'ERROR_NOT_SUPPORTED',
			when: 'an overlapped call, first reported as pending, completes (observed)',
			on: 'overlapped',
		},
	],
	status: {
		kind: 'not-implemented',
		note: 'The documents say that Winsock has no counterpart of this Unix command.',
		instead: 'WSAEventSelect, WSAAsyncSelect or overlapped calls',
	},
	related: ['WSAEventSelect', 'WSAAsyncSelect', 'FIONBIO'],
	documentation: 'windows/win32/api/ws2spi/nc-ws2spi-lpwspioctl',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-socket',
		effect: "The run's own socket is switched to asynchronous notification.",
		input: { '': 1 },
	},
	examples: {
		accepted: `
void watch(SOCKET s, WSAEVENT readable)
{
	WSAEventSelect(s, readable, FD_READ | FD_CLOSE);
}`,
		rejected: `
void watch(SOCKET s)
{
	u_long on = 1;
	DWORD bytes;
	WSAIoctl(s, FIOASYNC, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
	//          ^^^^^^^^ reserved-code
}`,
	},
} satisfies DocumentedCode;
