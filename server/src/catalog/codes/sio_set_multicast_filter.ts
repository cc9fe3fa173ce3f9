import { _IOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_SET_MULTICAST_FILTER',
	opcode: _IOW('t', 125, 'ULONG'),
	header: 'ws2ipdef.h',
	aliases: [
		{
			name: 'SIOCSIPMSFILTER',
			kind: 'header',
			note: 'The name of RFC 3678; the header defines it as SIO_SET_MULTICAST_FILTER.',
			header: 'ws2ipdef.h',
		},
	],
	summary:
		'Replaces the source filter of an IPv4 multicast group in one step: the group, the interface, and the senders to listen to or to leave out.',
	remarks: [
		'The buffer holds as many sources as imsf_numsrc says: IP_MSFILTER_SIZE(n) bytes. sizeof(IP_MSFILTER) has room for one; with 0 sources 16 bytes are enough.',
		'Name the interface by its address or index; 0.0.0.0 takes the default one, which may be the wrong one where there are several.',
		'ws2tcpip.h wraps it as setipv4sourcefilter.',
		'SIOCSMSFILTER does the same for IPv4 and IPv6 since Windows Vista.',
	],
	input: {
		use: 'required',
		type: 'IP_MSFILTER',
		minimum: { offsetof: ['IP_MSFILTER', 'imsf_slist'] },
		variable: 'IP_MSFILTER_SIZE(imsf_numsrc): 16 + imsf_numsrc * sizeof(IN_ADDR)',
		basis: 'header',
		confidence: 'type',
		meaning: 'Group, interface, MCAST_INCLUDE or MCAST_EXCLUDE, and the sources.',
	},
	output: { use: 'unused', basis: 'header' },
	socket: { families: ['AF_INET'] },
	toldBy: { name: '`SIO_GET_MULTICAST_FILTER`', what: 'what is set' },
	windows: { since: 'Windows XP', version: '5.1', basis: 'documented' },
	related: [
		'SIO_GET_MULTICAST_FILTER',
		'SIOCSMSFILTER',
		'setipv4sourcefilter',
		'IP_ADD_MEMBERSHIP',
		'IP_ADD_SOURCE_MEMBERSHIP',
	],
	documentation: 'windows/win32/winsock/final-state-based-multicast-programming',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP', state: 'bound' },
		risk: 'changes-socket',
		effect: "Sets the multicast filter of the run's own socket.",
	},
	examples: {
		accepted: `
int only_from(SOCKET s, IN_ADDR group, IN_ADDR source)
{
	IP_MSFILTER filter = { 0 };
	DWORD bytes;
	filter.imsf_multiaddr = group;
	filter.imsf_fmode = MCAST_INCLUDE;
	filter.imsf_numsrc = 1;
	filter.imsf_slist[0] = source;
	return WSAIoctl(s, SIO_SET_MULTICAST_FILTER, &filter, sizeof(filter), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int only_from(SOCKET s, struct ip_mreq membership)
{
	DWORD bytes;
	return WSAIoctl(s, SIO_SET_MULTICAST_FILTER, &membership, sizeof(membership), NULL, 0, &bytes, NULL, NULL);
	//                                                        ^^^^^^^^^^^^^^^^^^ wrong-struct
}`,
	},
} satisfies DocumentedCode;
