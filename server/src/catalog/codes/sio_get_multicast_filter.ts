import { _IOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_GET_MULTICAST_FILTER',
	opcode: { ..._IOW('t', 124, 'u_long'), definition: "_IOW('t', 124 | IOC_IN, ULONG)" },
	header: 'ws2ipdef.h',
	aliases: [
		{
			name: 'SIOCGIPMSFILTER',
			kind: 'header',
			note: 'The name of RFC 3678; the header defines it as SIO_GET_MULTICAST_FILTER.',
			header: 'ws2ipdef.h',
		},
	],
	summary:
		'Reads the source filter of an IPv4 multicast group. Group and interface go in, and the mode and the sources come back, usually in the same buffer.',
	remarks: [
		'imsf_numsrc says on the way in how many sources fit, and comes back as the number that there are. A larger number than fits is no error by itself: ask again with IP_MSFILTER_SIZE of it.',
		'ws2tcpip.h wraps it as getipv4sourcefilter.',
		'SIOCGMSFILTER does the same for IPv4 and IPv6 since Windows Vista.',
	],
	input: {
		use: 'required',
		type: 'IP_MSFILTER',
		minimum: { offsetof: ['IP_MSFILTER', 'imsf_slist'] },
		variable: 'IP_MSFILTER_SIZE(imsf_numsrc): 16 + imsf_numsrc * sizeof(IN_ADDR)',
		basis: 'header',
		confidence: 'type',
		meaning: 'Group, interface and the number of sources for which there is room.',
	},
	output: {
		use: 'required',
		type: 'IP_MSFILTER',
		minimum: { offsetof: ['IP_MSFILTER', 'imsf_slist'] },
		variable: 'IP_MSFILTER_SIZE(imsf_numsrc): 16 + imsf_numsrc * sizeof(IN_ADDR)',
		basis: 'header',
		confidence: 'type',
		meaning: 'The mode, the number of sources, and as many of them as fit.',
	},
	socket: { families: ['AF_INET'] },
	windows: { since: 'Windows XP', version: '5.1', basis: 'documented' },
	conflicts: [
		'The macro is _IOW, so only the I bit is set (IOC_IN, which it adds to the number, changes nothing); the wrapper in ws2tcpip.h passes an output buffer and reads it. The wrapper is followed.',
	],
	related: ['SIO_SET_MULTICAST_FILTER', 'SIOCGMSFILTER', 'getipv4sourcefilter'],
	documentation: 'windows/win32/winsock/final-state-based-multicast-programming',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP', state: 'bound' },
		risk: 'none',
		effect: 'Asks for the multicast filter of a group.',
		outputSize: 1024,
	},
	examples: {
		accepted: `
ULONG count_sources(SOCKET s, IN_ADDR group)
{
	IP_MSFILTER filter = { 0 };
	DWORD bytes;
	filter.imsf_multiaddr = group;
	filter.imsf_numsrc = 1;
	WSAIoctl(s, SIO_GET_MULTICAST_FILTER, &filter, sizeof(filter), &filter, sizeof(filter), &bytes, NULL, NULL);
	return filter.imsf_numsrc;
}`,
		rejected: `
ULONG count_sources(SOCKET s, IP_MSFILTER *filter)
{
	DWORD bytes;
	WSAIoctl(s, SIO_GET_MULTICAST_FILTER, filter, sizeof(*filter), filter, sizeof(filter), &bytes, NULL, NULL);
	//                                                                     ^^^^^^^^^^^^^^ sizeof-pointer
	return filter->imsf_numsrc;
}`,
	},
} satisfies DocumentedCode;
