import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_ROUTING_INTERFACE_QUERY',
	opcode: _WSAIORW('IOC_WS2', 20),
	header: 'ws2def.h',
	summary:
		'Gives the address of the local interface from which packets to a remote address would leave. The answer is fit for bind.',
	remarks: [
		'A multicast address as the destination yields the interface preferred for sending to it.',
		'Routes change: start SIO_ROUTING_INTERFACE_CHANGE first, then query, and repeat both whenever the change is reported.',
	],
	input: {
		use: 'required',
		type: 'SOCKADDR',
		accepts: ['SOCKADDR_IN', 'SOCKADDR_IN6', 'SOCKADDR_STORAGE', 'SOCKADDR_INET'],
		variable: '16 bytes for AF_INET, 28 for AF_INET6',
		tooSmall: { error: 'WSAEINVAL', note: 'Observed with 15 bytes and with NULL; *lpcbBytesReturned stays as it was.' },
		basis: 'documented',
		confidence: 'type',
		meaning: 'The remote address.',
	},
	output: {
		use: 'required',
		type: 'SOCKADDR',
		accepts: ['SOCKADDR_IN', 'SOCKADDR_IN6', 'SOCKADDR_STORAGE', 'SOCKADDR_INET'],
		variable: '16 bytes for AF_INET, 28 for AF_INET6',
		tooSmall: {
			error: 'WSAEFAULT',
			neededSize: true,
			note: 'With a NULL buffer *lpcbBytesReturned stays as it was (observed).',
		},
		basis: 'documented',
		confidence: 'type',
		meaning: 'The local address.',
	},
	errors: [
		{ error: 'WSAENETUNREACH', when: 'no interface leads to the remote address' },
		{ error: 'WSAENETDOWN', when: 'the machine has lost every network connection' },
		{ error: 'WSAEAFNOSUPPORT', when: 'the address family of the input is 0 (observed)' },
		{ error: 'WSAEINVAL', when: 'the remote IPv4 address is 0.0.0.0 (observed)' },
	],
	related: ['SIO_ROUTING_INTERFACE_CHANGE', 'GetBestInterfaceEx', 'GetBestRoute2', 'bind'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'none',
		effect: 'Asks which local address leads to a destination; nothing is sent.',
		input: { '': '127.0.0.1' },
		outputSize: 28,
		posix: {
			call: 'route',
			difference:
				'The answer is the local name of a datagram socket of its own after connecting it there, which sends nothing.',
		},
	},
	examples: {
		accepted: `
SOCKADDR_IN source_address(SOCKET s, SOCKADDR_IN remote)
{
	SOCKADDR_IN local;
	DWORD bytes;
	WSAIoctl(s, SIO_ROUTING_INTERFACE_QUERY, &remote, sizeof(remote), &local, sizeof(local), &bytes, NULL, NULL);
	return local;
}`,
		rejected: `
ULONG source_address(SOCKET s, SOCKADDR_IN remote)
{
	ULONG local = 0;
	DWORD bytes;
	WSAIoctl(s, SIO_ROUTING_INTERFACE_QUERY, &remote, sizeof(remote), &local, sizeof(local), &bytes, NULL, NULL);
	//                                                                        ^^^^^^^^^^^^^ output-too-small
	return local;
}`,
	},
} satisfies DocumentedCode;
