import { _IOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_GET_INTERFACE_LIST',
	opcode: _IOR('t', 127, 'ULONG'),
	header: 'ws2ipdef.h',
	aliases: [
		{
			name: 'SIOCGIFCONF',
			kind: 'document',
			note: 'The Unix counterpart, mentioned for comparison. It has no value on Windows: no header there defines it.',
		},
	],
	summary:
		'Lists the IP interfaces of the machine with flags, address, broadcast address and netmask: one INTERFACE_INFO for each unicast address.',
	remarks: [
		'The number of entries is *lpcbBytesReturned / sizeof(INTERFACE_INFO).',
		'There is no size query: a list that does not fit fails without telling the size, so double the buffer and try again.',
		'Every TCP/IP provider for Winsock 2 has to support it.',
		'af_irda.h gives the same value to SIO_LAZY_DISCOVERY, for infrared sockets.',
	],
	input: {},
	output: {
		use: 'required',
		type: 'INTERFACE_INFO',
		variable: 'n * sizeof(INTERFACE_INFO)',
		tooSmall: { error: 'WSAEFAULT', note: 'Returns 0 bytes (observed).' },
		basis: 'documented',
		confidence: 'type',
		meaning: 'An array of INTERFACE_INFO.',
	},
	overlapped: {
		note: 'Observed: an overlapped call with a buffer too small is pending at first and completes with ERROR_INSUFFICIENT_BUFFER.',
	},
	errors: [
		{
			error: 'WSAEINVAL',
			when: 'the socket is not one of AF_INET: the documents speak of "the level IPPROTO_IP", and mean the family, as a UDP socket of AF_INET does',
		},
	],
	socket: { families: ['AF_INET'], otherwise: 'WSAEINVAL', instead: 'SIO_ADDRESS_LIST_QUERY for IPv6' },
	windows: {
		since: 'Windows NT 4.0 SP4',
		version: '4.0',
		basis: 'documented',
		note: 'The page of INTERFACE_INFO begins with Windows 2000.',
	},
	related: ['SIO_GET_INTERFACE_LIST_EX', 'SIO_ADDRESS_LIST_QUERY', 'SIO_LAZY_DISCOVERY', 'GetAdaptersAddresses'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'none',
		effect: 'Lists the interfaces of this machine.',
		outputSize: 64 * 76,
		outputList: true,
		posix: {
			call: 'getifaddrs',
			difference:
				'getifaddrs also lists the IPv6 addresses and the link layer; only the IPv4 entries answer the same question. Flags are those of the system, with other numbers.',
		},
	},
	examples: {
		accepted: `
DWORD list_interfaces(SOCKET s, INTERFACE_INFO interfaces[32])
{
	DWORD bytes = 0;
	WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, interfaces, 32 * sizeof(INTERFACE_INFO), &bytes, NULL, NULL);
	return bytes / sizeof(INTERFACE_INFO);
}`,
		rejected: `
DWORD list_interfaces(SOCKET s)
{
	INTERFACE_INFO *interfaces = malloc(32 * sizeof(INTERFACE_INFO));
	DWORD bytes = 0;
	WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, interfaces, sizeof(interfaces), &bytes, NULL, NULL);
	//                                                       ^^^^^^^^^^^^^^^^^^ sizeof-pointer
	free(interfaces);
	return bytes / sizeof(INTERFACE_INFO);
}`,
	},
} satisfies DocumentedCode;
