import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_GET_BROADCAST_ADDRESS',
	opcode: _WSAIOR('IOC_WS2', 5),
	header: 'ws2def.h',
	summary: 'Gives a broadcast address of the protocol of the socket, ready for sendto or WSASendTo.',
	remarks: ['IPv6 knows no broadcast; use a multicast group there.'],
	input: { use: 'unused', basis: 'documented' },
	output: {
		use: 'required',
		type: 'SOCKADDR',
		accepts: ['SOCKADDR_IN', 'SOCKADDR_STORAGE', 'SOCKADDR_INET'],
		variable: 'the size of the socket address of the family in use',
		basis: 'documented',
		confidence: 'type',
		meaning: 'The broadcast address.',
	},
	errors: [{ error: 'WSAENOPROTOOPT', when: 'the socket is an IPv6 socket' }],
	socket: {
		families: ['AF_INET'],
		otherwise: 'WSAENOPROTOOPT',
		note: 'The documents rule out AF_INET6 and say nothing of other families.',
	},
	related: ['SO_BROADCAST', 'sendto', 'WSASendTo'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'none',
		effect: 'Asks for the broadcast address.',
		outputSize: 28,
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
SOCKADDR_IN broadcast_address(SOCKET s)
{
	SOCKADDR_IN address;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_BROADCAST_ADDRESS, NULL, 0, &address, sizeof(address), &bytes, NULL, NULL);
	return address;
}`,
		rejected: `
ULONG broadcast_address(SOCKET s)
{
	ULONG address = 0;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_BROADCAST_ADDRESS, NULL, 0, &address, sizeof(address), &bytes, NULL, NULL);
	//                                                        ^^^^^^^^^^^^^^^ output-too-small
	return address;
}`,
	},
} satisfies DocumentedCode;
