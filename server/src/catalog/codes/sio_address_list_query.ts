import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_ADDRESS_LIST_QUERY',
	opcode: _WSAIOR('IOC_WS2', 22),
	header: 'ws2def.h',
	summary:
		'Lists the local addresses of the address family of the socket to which a program can bind. Ask once with an empty output buffer for the size, then again with a buffer of that size.',
	remarks: [
		'Addresses come and go: a list is only true for the moment. Start SIO_ADDRESS_LIST_CHANGE first, then query, and repeat both whenever the change is reported.',
		'The pointers in the list lead to socket addresses further back in the same buffer, so the buffer cannot be moved or copied as it stands.',
		'Left out are addresses whose duplicate detection has not ended in the preferred state, and link-local and loopback addresses of software loopback interfaces.',
		'The answer is immediate, so a synchronous call is usual.',
		'WskControlSocket: no IRP; STATUS_BUFFER_OVERFLOW reports the size needed; call at PASSIVE_LEVEL.',
	],
	input: {
		use: 'must-be-empty',
		basis: 'documented',
		confidence: 'conflict',
	},
	output: {
		use: 'required',
		type: 'SOCKET_ADDRESS_LIST',
		minimum: { offsetof: ['SOCKET_ADDRESS_LIST', 'Address'] },
		variable:
			'offsetof(SOCKET_ADDRESS_LIST, Address) + iAddressCount * sizeof(SOCKET_ADDRESS) + the sum of all iSockaddrLength',
		sizeQuery: true,
		tooSmall: {
			error: 'WSAEFAULT',
			belowMinimum: 'WSAEINVAL',
			neededSize: true,
			note: 'A NULL buffer counts as too small whatever cbOutBuffer says. With 1 byte it is WSAEINVAL and 0 bytes (observed).',
		},
		basis: 'observed',
		confidence: 'hard',
		meaning: 'A count, that many SOCKET_ADDRESS entries, and behind them the socket addresses.',
	},
	overlapped: { irp: 'forbidden' },
	errors: [
		{ error: 'WSAEINVAL', when: 'cbInBuffer is not 0', on: { input: 'not-empty' } },
		{ error: 'WSAENOBUFS', when: 'memory for the list is short' },
		{ error: 'WSAENOPROTOOPT', when: 'the protocol of the socket does not support it' },
		{ error: 'WSAEOPNOTSUPP', when: 'the transport provider does not offer it' },
		{ error: 'STATUS_BUFFER_OVERFLOW', when: 'OutputSize of WskControlSocket is too small' },
	],
	windows: {
		since: 'Windows 2000',
		version: '5.0',
		basis: 'documented',
		note: 'Through WskControlSocket since Windows Vista.',
	},
	conflicts: [
		'The page calls the input parameters unused, yet its error table promises WSAEINVAL for a cbInBuffer that is not 0.',
		'The opcode summary names SOCKET_ADDRESS as the output; the page and the data itself are a SOCKET_ADDRESS_LIST.',
	],
	related: ['SIO_ADDRESS_LIST_CHANGE', 'SIO_ADDRESS_LIST_SORT', 'GetAdaptersAddresses', 'WskControlSocket'],
	documentation: 'windows/win32/winsock/sio-address-list-query',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'none',
		effect: 'Lists the addresses that this machine can bind to.',
		outputSize: 4096,
		posix: {
			call: 'getifaddrs',
			difference:
				'getifaddrs gives the addresses of every interface, loopback included, and says nothing of which of them a provider offers for binding.',
		},
	},
	examples: {
		accepted: `
SOCKET_ADDRESS_LIST *local_addresses(SOCKET s)
{
	DWORD needed = 0;
	SOCKET_ADDRESS_LIST *list;
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, NULL, 0, &needed, NULL, NULL);
	list = malloc(needed);
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, list, needed, &needed, NULL, NULL);
	return list;
}`,
		rejected: `
SOCKET_ADDRESS_LIST *local_addresses(SOCKET s)
{
	DWORD bytes = 0;
	SOCKET_ADDRESS_LIST *list = malloc(4096);
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, list, sizeof(list), &bytes, NULL, NULL);
	//                                                 ^^^^^^^^^^^^ sizeof-pointer
	return list;
}`,
	},
} satisfies DocumentedCode;
