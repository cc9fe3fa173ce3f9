import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_QUERY_SECURITY',
	opcode: _WSAIORW('IOC_VENDOR', 201),
	header: 'mstcpip.h',
	summary:
		'Tells how IPsec protects a connection: whether it is secured and encrypted, and on request handles to the access tokens of the peer. The function WSAQuerySocketSecurity wraps it.',
	remarks: [
		'Best asked right after connecting or accepting, or for UDP right after the first datagram to or from a peer.',
		'Token handles come only when PeerTokenAccessMask is not 0.',
		'It may be repeated on the same socket.',
	],
	input: {
		use: 'optional',
		type: 'SOCKET_SECURITY_QUERY_TEMPLATE',
		accepts: ['SOCKET_SECURITY_QUERY_TEMPLATE_IPSEC2'],
		variable: 'SOCKET_SECURITY_QUERY_TEMPLATE_IPSEC2 is longer (152 bytes)',
		tooSmall: { error: 'WSAEMSGSIZE', note: 'a NULL template counts as too small unless the socket is TCP' },
		basis: 'documented',
		confidence: 'type',
		meaning: 'What to ask, and about which peer. Optional for TCP, where none means a template of zeros.',
	},
	output: {
		use: 'required',
		type: 'SOCKET_SECURITY_QUERY_INFO',
		accepts: ['SOCKET_SECURITY_QUERY_INFO_IPSEC2'],
		variable: 'SOCKET_SECURITY_QUERY_INFO and what follows it; ask with length 0 first',
		sizeQuery: true,
		tooSmall: { error: 'WSAEMSGSIZE', neededSize: true },
		basis: 'documented',
		confidence: 'type',
		meaning: 'Flags and token handles.',
	},
	errors: [
		{ error: 'WSAEINVAL', when: 'the socket is not an IPv4 or IPv6 stream or datagram socket' },
		{ error: 'WSAEAFNOSUPPORT', when: 'the address family is not supported' },
		{
			error: 'WSAECONNRESET',
			when: 'the connection was reset, or an earlier UDP datagram was answered by port unreachable',
		},
	],
	socket: { families: ['AF_INET', 'AF_INET6'], types: ['SOCK_STREAM', 'SOCK_DGRAM'], otherwise: 'WSAEINVAL' },
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['WSAQuerySocketSecurity', 'SIO_SET_SECURITY', 'WSAImpersonateSocketPeer'],
	documentation: 'windows/win32/api/ws2tcpip/nf-ws2tcpip-wsaquerysocketsecurity',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', state: 'connected' },
		risk: 'none',
		effect: "Asks how the run's own connection is protected.",
		outputSize: 1024,
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int is_secured(SOCKET s, SOCKET_SECURITY_QUERY_INFO *info)
{
	SOCKET_SECURITY_QUERY_TEMPLATE query = { SOCKET_SECURITY_PROTOCOL_DEFAULT };
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_QUERY_SECURITY, &query, sizeof(query), info, sizeof(*info), &bytes, NULL, NULL);
}`,
		rejected: `
int is_secured(SOCKET s)
{
	SOCKET_SECURITY_QUERY_TEMPLATE query = { SOCKET_SECURITY_PROTOCOL_DEFAULT };
	ULONG flags = 0;
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_QUERY_SECURITY, &query, sizeof(query), &flags, sizeof(flags), &bytes, NULL, NULL);
	//                                                                    ^^^^^^^^^^^^^ output-too-small
}`,
	},
} satisfies DocumentedCode;
