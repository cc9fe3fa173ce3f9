import { _WSAIO } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_FLUSH',
	opcode: _WSAIO('IOC_WS2', 4),
	header: 'ws2def.h',
	summary: 'Throws away whatever waits in the send queue of the socket.',
	remarks: ['Overlapped operations that the flush cancels end with WSA_OPERATION_ABORTED.'],
	input: { use: 'unused', basis: 'documented' },
	output: { use: 'unused', basis: 'documented' },
	overlapped: { rule: 'recommended', mayBlock: true },
	errors: [
		{ error: 'WSAENOPROTOOPT', when: 'the service provider does not offer it' },
		{ error: 'WSAEOPNOTSUPP', when: 'the socket is a TCP socket (observed); 0 bytes are returned' },
		{ error: 'ERROR_NOT_SUPPORTED', when: 'an overlapped call on a TCP socket completes (observed)' },
	],
	conflicts: [
		'The documents name WSAENOPROTOOPT for a provider without it; tests that describe Windows get WSAEOPNOTSUPP on TCP.',
	],
	related: ['CancelIoEx', 'shutdown'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', state: 'connected' },
		risk: 'changes-socket',
		effect: "Discards what the run's own socket has queued for sending.",
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int discard_unsent(SOCKET s)
{
	DWORD bytes;
	return WSAIoctl(s, SIO_FLUSH, NULL, 0, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int discard_unsent(SOCKET s)
{
	return WSAIoctl(s, SIO_FLUSH, NULL, 0, NULL, 0, NULL, NULL, NULL);
	//                                              ^^^^ missing-bytes-returned
	//                                                    ^^^^ may-block
}`,
	},
} satisfies DocumentedCode;
