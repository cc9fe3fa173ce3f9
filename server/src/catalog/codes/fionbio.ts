import { _IOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'FIONBIO',
	opcode: _IOW('f', 126, 'u_long'),
	header: 'winsock2.h',
	summary: 'Makes a socket non-blocking (any value but 0) or blocking again (0). A new socket starts out blocking.',
	remarks: [
		'WSAAsyncSelect and WSAEventSelect make the socket non-blocking by themselves. Before it can be made blocking again, call the same function with an event mask of 0.',
		'ioctlsocket takes no length: its argument is always a pointer to a u_long, 4 bytes on 32-bit and 64-bit Windows alike.',
		'winsock.h defines the same code for Winsock 1.1 programs.',
	],
	input: {
		use: 'required',
		type: 'u_long',
		tooSmall: { error: 'WSAEFAULT' },
		basis: 'documented',
		confidence: 'type',
		meaning: 'Not 0: non-blocking.',
		newSocket: 0,
		flag: { zero: 'blocking', other: 'non-blocking' },
	},
	output: { use: 'unused', basis: 'observed' },
	errors: [
		{
			error: 'WSAEINVAL',
			when: 'the value is 0 while WSAAsyncSelect or WSAEventSelect is active',
			on: { whileSelected: 0 },
		},
	],
	readBack: 'No documented call tells whether a socket is non-blocking; keep that beside the socket.',
	related: ['ioctlsocket', 'WSAEventSelect', 'WSAAsyncSelect'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', state: 'connected' },
		risk: 'changes-socket',
		effect: "The run's own socket becomes blocking or non-blocking.",
		input: { '': 1 },
		posix: { call: 'FIONBIO' },
	},
	examples: {
		accepted: `
void non_blocking(SOCKET s)
{
	u_long on = 1;
	DWORD bytes;
	WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void non_blocking(SOCKET s)
{
	unsigned char on = 1;
	DWORD bytes;
	WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
	//                        ^^^^^^^^^^ input-too-small
}`,
	},
} satisfies DocumentedCode;
