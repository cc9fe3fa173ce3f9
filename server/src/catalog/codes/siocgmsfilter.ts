import { _IOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIOCGMSFILTER',
	opcode: { ..._IOW('t', 127, 'u_long'), definition: "_IOW('t', 127 | IOC_IN, ULONG)" },
	header: 'ws2ipdef.h',
	summary:
		'Reads the source filter of a multicast group, IPv4 or IPv6. Group and interface index go in, and the mode and the sources come back, usually in the same buffer.',
	remarks: [
		'gf_numsrc says on the way in how many sources fit, and comes back as the number that there are. A larger number than fits is no error by itself: ask again with GROUP_FILTER_SIZE of it.',
		'ws2tcpip.h wraps it as getsourcefilter.',
		'SIO_GET_INTERFACE_LIST differs from it in the direction bits only.',
	],
	input: {
		use: 'required',
		type: 'GROUP_FILTER',
		minimum: { offsetof: ['GROUP_FILTER', 'gf_slist'] },
		variable: 'GROUP_FILTER_SIZE(gf_numsrc): 144 + gf_numsrc * sizeof(SOCKADDR_STORAGE)',
		basis: 'header',
		confidence: 'type',
		meaning: 'Interface index, group and the number of sources for which there is room.',
	},
	output: {
		use: 'required',
		type: 'GROUP_FILTER',
		minimum: { offsetof: ['GROUP_FILTER', 'gf_slist'] },
		variable: 'GROUP_FILTER_SIZE(gf_numsrc): 144 + gf_numsrc * sizeof(SOCKADDR_STORAGE)',
		basis: 'header',
		confidence: 'type',
		meaning: 'The mode, the number of sources, and as many of them as fit.',
	},
	socket: { families: ['AF_INET', 'AF_INET6'], types: ['SOCK_DGRAM', 'SOCK_RAW'] },
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	conflicts: [
		'The macro is _IOW, so only the I bit is set (IOC_IN, which it adds to the number, changes nothing); the wrapper in ws2tcpip.h passes an output buffer and reads it. The wrapper is followed.',
	],
	related: ['SIOCSMSFILTER', 'SIO_GET_MULTICAST_FILTER', 'getsourcefilter'],
	documentation: 'windows/win32/winsock/final-state-based-multicast-programming',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP', state: 'bound' },
		risk: 'none',
		effect: 'Asks for the multicast filter of a group.',
		outputSize: 8192,
	},
	examples: {
		accepted: `
ULONG count_sources(SOCKET s, GROUP_FILTER *filter)
{
	DWORD bytes;
	WSAIoctl(s, SIOCGMSFILTER, filter, sizeof(*filter), filter, sizeof(*filter), &bytes, NULL, NULL);
	return filter->gf_numsrc;
}`,
		rejected: `
ULONG count_sources(SOCKET s, GROUP_FILTER *filter)
{
	ULONG sources = 0;
	DWORD bytes;
	WSAIoctl(s, SIOCGMSFILTER, filter, sizeof(*filter), &sources, sizeof(sources), &bytes, NULL, NULL);
	//                                                            ^^^^^^^^^^^^^^^ output-too-small
	return sources;
}`,
	},
} satisfies DocumentedCode;
