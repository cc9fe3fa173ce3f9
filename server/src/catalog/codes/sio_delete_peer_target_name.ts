import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_DELETE_PEER_TARGET_NAME',
	opcode: _WSAIOW('IOC_VENDOR', 203),
	header: 'mstcpip.h',
	summary:
		'Makes IPsec forget the name that SIO_SET_PEER_TARGET_NAME tied to an address of a peer. The function WSADeleteSocketPeerTargetName wraps it.',
	remarks: ['Made for datagram sockets that are done with a peer; connection-oriented clients should leave it alone.'],
	input: {
		use: 'required',
		type: 'SOCKADDR',
		accepts: ['SOCKADDR_IN', 'SOCKADDR_IN6', 'SOCKADDR_STORAGE'],
		variable: 'the address structure of the family: sizeof(SOCKADDR_IN) or sizeof(SOCKADDR_IN6)',
		tooSmall: { error: 'WSAEMSGSIZE' },
		basis: 'documented',
		confidence: 'type',
		meaning: 'Address of the peer.',
	},
	output: {},
	errors: [
		{ error: 'WSAEFAULT', when: 'the input is NULL', on: { input: 'null' } },
		{ error: 'WSAEINVAL', when: 'the socket is not an IPv4 or IPv6 stream or datagram socket' },
		{ error: 'WSAEAFNOSUPPORT', when: 'the address family is not supported' },
	],
	socket: { families: ['AF_INET', 'AF_INET6'], types: ['SOCK_STREAM', 'SOCK_DGRAM'], otherwise: 'WSAEINVAL' },
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['WSADeleteSocketPeerTargetName', 'SIO_SET_PEER_TARGET_NAME'],
	documentation: 'windows/win32/api/ws2tcpip/nf-ws2tcpip-wsadeletesocketpeertargetname',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-socket',
		effect: "Takes back the peer's name of the run's own socket.",
		input: { '': '127.0.0.1' },
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int forget_peer(SOCKET s, SOCKADDR_IN6 *peer)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_DELETE_PEER_TARGET_NAME, peer, sizeof(*peer), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int forget_peer(SOCKET s, SOCKADDR_IN6 *peer)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_DELETE_PEER_TARGET_NAME, peer, sizeof(peer), NULL, 0, &bytes, NULL, NULL);
	//                                                    ^^^^^^^^^^^^ sizeof-pointer
}`,
	},
} satisfies DocumentedCode;
