import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_SET_PEER_TARGET_NAME',
	opcode: _WSAIOW('IOC_VENDOR', 202),
	header: 'mstcpip.h',
	summary:
		'Tells IPsec the security principal (SPN) that a client expects behind an address of a peer, which keeps a trusted third party from stepping in between. The function WSASetSocketPeerTargetName wraps it.',
	remarks: ['A datagram socket may name several peers, one call each.'],
	input: {
		use: 'required',
		type: 'SOCKET_PEER_TARGET_NAME',
		variable: 'sizeof(SOCKET_PEER_TARGET_NAME) and the name in AllStrings',
		tooSmall: { error: 'WSAEMSGSIZE' },
		basis: 'documented',
		confidence: 'type',
		meaning: 'Address of the peer and the name, which follows in AllStrings.',
	},
	output: {},
	errors: [
		{ error: 'WSAEFAULT', when: 'the input is NULL', on: { input: 'null' } },
		{ error: 'WSAEISCONN', when: 'the socket is connected' },
		{
			error: 'WSAEINVAL',
			when: 'the socket is not an IPv4 or IPv6 stream or datagram socket, or a datagram socket gives neither address nor port',
		},
		{ error: 'WSAEAFNOSUPPORT', when: 'the address family is not supported' },
	],
	socket: { families: ['AF_INET', 'AF_INET6'], types: ['SOCK_STREAM', 'SOCK_DGRAM'], otherwise: 'WSAEINVAL' },
	order: [{ rule: 'before-connect', otherwise: 'WSAEISCONN' }],
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['WSASetSocketPeerTargetName', 'SIO_DELETE_PEER_TARGET_NAME', 'SIO_SET_SECURITY'],
	documentation: 'windows/win32/api/ws2tcpip/nf-ws2tcpip-wsasetsocketpeertargetname',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-socket',
		effect: "Names the peer that the run's own socket expects.",
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int expect_peer(SOCKET s, SOCKET_PEER_TARGET_NAME *target)
{
	DWORD bytes = 0;
	DWORD size = sizeof(*target) + target->PeerTargetNameStringLen;
	return WSAIoctl(s, SIO_SET_PEER_TARGET_NAME, target, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int expect_peer(SOCKET s, SOCKET_PEER_TARGET_NAME *target)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_SET_PEER_TARGET_NAME, target, sizeof(target), NULL, 0, &bytes, NULL, NULL);
	//                                                   ^^^^^^^^^^^^^^ sizeof-pointer
}`,
	},
} satisfies DocumentedCode;
