import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_ROUTING_INTERFACE_CHANGE',
	opcode: _WSAIOW('IOC_WS2', 21),
	header: 'ws2def.h',
	summary:
		'Waits until another local interface becomes the way to a remote address, and then completes without data; SIO_ROUTING_INTERFACE_QUERY gives the new one.',
	remarks: [
		'With the wildcard address of the family (0.0.0.0 or ::) one call reports every change of the routes. A provider may treat any address like that.',
		'Each call reports one change. Start the next one before querying again.',
		'On a non-blocking socket without an overlapped structure the call ends at once with WSAEWOULDBLOCK; the event FD_ROUTING_INTERFACE_CHANGE then tells of the change.',
	],
	input: {
		use: 'required',
		type: 'SOCKADDR',
		accepts: ['SOCKADDR_IN', 'SOCKADDR_IN6', 'SOCKADDR_STORAGE', 'SOCKADDR_INET'],
		variable: '16 bytes for AF_INET, 28 for AF_INET6',
		basis: 'documented',
		confidence: 'type',
		meaning: 'The remote address, or the wildcard.',
	},
	output: { use: 'unused', basis: 'documented' },
	overlapped: {
		rule: 'recommended',
		mayBlock: true,
		note: 'Without it a call on a blocking socket returns only when a route changes.',
	},
	errors: [
		{ error: 'WSAEWOULDBLOCK', when: 'the socket is non-blocking and no overlapped structure is given' },
		{ error: 'WSA_IO_PENDING', when: 'an overlapped call has begun: the normal case' },
	],
	related: ['SIO_ROUTING_INTERFACE_QUERY', 'NotifyRouteChange2', 'WSAEventSelect', 'WSAAsyncSelect'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		waits: true,
		risk: 'none',
		effect: 'Waits for a change of the route to a destination; an overlapped run is cancelled after its wait.',
		input: { '': '127.0.0.1' },
	},
	examples: {
		accepted: `
void watch_route(SOCKET s, SOCKADDR_IN remote, WSAOVERLAPPED *overlapped)
{
	DWORD bytes;
	WSAIoctl(s, SIO_ROUTING_INTERFACE_CHANGE, &remote, sizeof(remote), NULL, 0, &bytes, overlapped, NULL);
}`,
		rejected: `
void watch_route(SOCKET s, ULONG remote, WSAOVERLAPPED *overlapped)
{
	DWORD bytes;
	WSAIoctl(s, SIO_ROUTING_INTERFACE_CHANGE, &remote, sizeof(remote), NULL, 0, &bytes, overlapped, NULL);
	//                                                 ^^^^^^^^^^^^^^ input-too-small
}`,
	},
} satisfies DocumentedCode;
