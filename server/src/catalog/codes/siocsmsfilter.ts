import { _IOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIOCSMSFILTER',
	opcode: _IOW('t', 126, 'ULONG'),
	header: 'ws2ipdef.h',
	summary:
		'Replaces the source filter of a multicast group, IPv4 or IPv6, in one step: the group, the interface index, and the senders to listen to or to leave out.',
	remarks: [
		'The buffer holds as many sources as gf_numsrc says: GROUP_FILTER_SIZE(n) bytes. sizeof(GROUP_FILTER) has room for one; with 0 sources 144 bytes are enough.',
		'All sources have to be of the address family of the group.',
		'With long lists of sources it is faster than adding them one by one by socket options.',
		'ws2tcpip.h wraps it as setsourcefilter.',
		'SIO_GET_INTERFACE_LIST_EX differs from it in the direction bits only.',
	],
	input: {
		use: 'required',
		type: 'GROUP_FILTER',
		minimum: { offsetof: ['GROUP_FILTER', 'gf_slist'] },
		variable: 'GROUP_FILTER_SIZE(gf_numsrc): 144 + gf_numsrc * sizeof(SOCKADDR_STORAGE)',
		basis: 'header',
		confidence: 'type',
		meaning: 'Interface index, group, MCAST_INCLUDE or MCAST_EXCLUDE, and the sources.',
	},
	output: { use: 'unused', basis: 'header' },
	socket: { families: ['AF_INET', 'AF_INET6'], types: ['SOCK_DGRAM', 'SOCK_RAW'] },
	toldBy: { name: '`SIOCGMSFILTER`', what: 'what is set' },
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['SIOCGMSFILTER', 'SIO_SET_MULTICAST_FILTER', 'setsourcefilter', 'MCAST_JOIN_GROUP'],
	documentation: 'windows/win32/winsock/final-state-based-multicast-programming',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP', state: 'bound' },
		risk: 'changes-socket',
		effect: "Sets the multicast filter of the run's own socket.",
	},
	examples: {
		accepted: `
int set_filter(SOCKET s, GROUP_FILTER *filter)
{
	DWORD bytes;
	DWORD size = GROUP_FILTER_SIZE(filter->gf_numsrc);
	return WSAIoctl(s, SIOCSMSFILTER, filter, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int set_filter(SOCKET s, GROUP_FILTER *filter)
{
	DWORD bytes;
	return WSAIoctl(s, SIOCSMSFILTER, filter, sizeof(filter), NULL, 0, &bytes, NULL, NULL);
	//                                        ^^^^^^^^^^^^^^ sizeof-pointer
}`,
	},
} satisfies DocumentedCode;
