import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_FIND_ROUTE',
	opcode: _WSAIOR('IOC_WS2', 3),
	header: 'ws2def.h',
	aliases: [
		{
			name: 'SIO_FINDROUTE',
			kind: 'document',
			note: 'Spelling in the list of blocking codes of WSAIoctl and LPWSPIoctl. No header defines it.',
		},
	],
	summary: 'Has the route to a remote address discovered anew; a cached route to it is dropped first.',
	remarks: ['On IPX it queries the network for the address (GetLocalTarget).'],
	input: {
		use: 'required',
		type: 'SOCKADDR',
		accepts: ['SOCKADDR_IN', 'SOCKADDR_IN6', 'SOCKADDR_STORAGE', 'SOCKADDR_INET'],
		variable: 'the size of the socket address of the family in use',
		basis: 'documented',
		confidence: 'type',
		meaning: 'The remote address.',
	},
	output: {},
	overlapped: { rule: 'recommended', mayBlock: true },
	conflicts: [
		'The bits of the header say output only; the documents describe an input and no output. The text is followed: without the address the call has no object.',
	],
	related: ['SIO_ROUTING_INTERFACE_QUERY', 'GetBestRoute2'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'none',
		effect: 'Asks for a route to a destination.',
		input: { '': '127.0.0.1' },
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int rediscover(SOCKET s, SOCKADDR_IN remote)
{
	DWORD bytes;
	return WSAIoctl(s, SIO_FIND_ROUTE, &remote, sizeof(remote), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int rediscover(SOCKET s, ULONG remote)
{
	DWORD bytes;
	return WSAIoctl(s, SIO_FIND_ROUTE, &remote, sizeof(remote), NULL, 0, &bytes, NULL, NULL);
	//                                          ^^^^^^^^^^^^^^ input-too-small
	//                                                                           ^^^^ may-block
}`,
	},
} satisfies DocumentedCode;
