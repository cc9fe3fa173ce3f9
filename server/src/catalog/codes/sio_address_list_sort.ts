import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_ADDRESS_LIST_SORT',
	opcode: _WSAIORW('IOC_WS2', 25),
	header: 'ws2def.h',
	summary:
		'Sorts a list of destination addresses so that the one most worth connecting to stands first, by the prefix policy table and the rules of RFC 3484.',
	remarks: [
		'Every entry must be a SOCKADDR_IN6. IPv4 addresses go in as IPv4-mapped ones, which only Windows Vista and later sort; Windows XP and Server 2003 take IPv6 alone.',
		'Invalid destinations are dropped, so iAddressCount may come back smaller.',
		'Missing scope ids are filled in; a site-local address gets one or is dropped.',
		'The address to which the socket is bound plays no part.',
		'netsh interface ipv6 shows and changes the prefix policies.',
		'Samples pass one buffer as input and output.',
		'Its number, 25, is that of SIO_NSP_NOTIFY_CHANGE too; only the direction bits tell the two apart.',
	],
	input: {
		use: 'required',
		type: 'SOCKET_ADDRESS_LIST',
		variable:
			'offsetof(SOCKET_ADDRESS_LIST, Address) + iAddressCount * (sizeof(SOCKET_ADDRESS) + sizeof(SOCKADDR_IN6))',
		basis: 'documented',
		confidence: 'type',
		meaning: 'The destinations, and behind the list the socket addresses that it points to.',
	},
	output: {
		use: 'required',
		type: 'SOCKET_ADDRESS_LIST',
		variable: 'as large as the input',
		basis: 'documented',
		confidence: 'type',
		meaning: 'The same list from best to worst.',
	},
	socket: { families: ['AF_INET6'] },
	windows: { since: 'Windows XP', version: '5.1', basis: 'documented' },
	status: {
		kind: 'deprecated',
		note: 'Microsoft advises CreateSortedAddressPairs since Windows Vista; it also names the source address that fits each destination.',
		instead: 'CreateSortedAddressPairs',
	},
	related: ['CreateSortedAddressPairs', 'SIO_ADDRESS_LIST_QUERY', 'SIO_NSP_NOTIFY_CHANGE'],
	documentation: 'windows/win32/winsock/using-sio-address-list-sort',
	live: {
		socket: { family: 'AF_INET6', type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'none',
		effect: 'Sorts a list of addresses by how well they can be reached.',
		outputSize: 4096,
	},
	examples: {
		accepted: `
int sort(SOCKET ipv6, SOCKET_ADDRESS_LIST *list, DWORD size)
{
	DWORD bytes;
	return WSAIoctl(ipv6, SIO_ADDRESS_LIST_SORT, list, size, list, size, &bytes, NULL, NULL);
}`,
		rejected: `
int sort(SOCKET ipv6, SOCKET_ADDRESS_LIST *list, DWORD size)
{
	DWORD bytes;
	return WSAIoctl(ipv6, SIO_ADDRESS_LIST_SORT, list, size, list, sizeof(list), &bytes, NULL, NULL);
	//                                                             ^^^^^^^^^^^^ sizeof-pointer
	//                    ^^^^^^^^^^^^^^^^^^^^^ reserved-code
}`,
	},
} satisfies DocumentedCode;
