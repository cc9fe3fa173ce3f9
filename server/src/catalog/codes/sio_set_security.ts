import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_SET_SECURITY',
	opcode: _WSAIOW('IOC_VENDOR', 200),
	header: 'mstcpip.h',
	summary:
		'Puts the traffic of a socket under IPsec, by default settings or by given ones, unless the policy of the computer does so already. The function WSASetSocketSecurity wraps it.',
	remarks: [
		'It can be used once on a socket.',
		'A SOCKET_SECURITY_SETTINGS_IPSEC must have SOCKET_SECURITY_PROTOCOL_IPSEC in SecurityProtocol; other programs do best with SOCKET_SECURITY_PROTOCOL_DEFAULT.',
		'The port is taken exclusively (SO_EXCLUSIVEADDRUSE).',
	],
	input: {
		use: 'optional',
		type: 'SOCKET_SECURITY_SETTINGS',
		accepts: ['SOCKET_SECURITY_SETTINGS_IPSEC'],
		variable: 'SOCKET_SECURITY_SETTINGS_IPSEC and the strings behind it, where these are used',
		tooSmall: { error: 'WSAEMSGSIZE' },
		basis: 'documented',
		confidence: 'type',
		meaning: 'The settings; none means the default ones.',
	},
	output: {},
	errors: [
		{ error: 'WSAEINVAL', when: 'the socket is not an IPv4 or IPv6 stream or datagram socket, or a setting is wrong' },
		{ error: 'WSAEISCONN', when: 'the socket is connected' },
		{ error: 'WSAEAFNOSUPPORT', when: 'the address family is not supported' },
	],
	socket: { families: ['AF_INET', 'AF_INET6'], types: ['SOCK_STREAM', 'SOCK_DGRAM'], otherwise: 'WSAEINVAL' },
	order: [
		{ rule: 'before-bind', note: 'A datagram socket gets it right after it is created.' },
		{ rule: 'before-connect', otherwise: 'WSAEISCONN' },
	],
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['WSASetSocketSecurity', 'SIO_QUERY_SECURITY', 'SIO_SET_PEER_TARGET_NAME'],
	documentation: 'windows/win32/api/ws2tcpip/nf-ws2tcpip-wsasetsocketsecurity',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-socket',
		effect: "Sets how the run's own socket is to be protected.",
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int secure(SOCKET s)
{
	SOCKET_SECURITY_SETTINGS settings = { SOCKET_SECURITY_PROTOCOL_DEFAULT, SOCKET_SETTINGS_GUARANTEE_ENCRYPTION };
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_SET_SECURITY, &settings, sizeof(settings), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int secure(SOCKET s)
{
	SOCKET_SECURITY_PROTOCOL protocol = SOCKET_SECURITY_PROTOCOL_DEFAULT;
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_SET_SECURITY, &protocol, sizeof(protocol), NULL, 0, &bytes, NULL, NULL);
	//                                              ^^^^^^^^^^^^^^^^ input-too-small
}`,
	},
} satisfies DocumentedCode;
