import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKET_SECURITY_QUERY_TEMPLATE',
	aliases: ['_SOCKET_SECURITY_QUERY_TEMPLATE'],
	header: 'mstcpip.h',
	summary: 'Question about the protection of a connection.',
	fields: [
		{ name: 'SecurityProtocol', type: 'SOCKET_SECURITY_PROTOCOL', meaning: 'Protocol that is asked about.' },
		{
			name: 'PeerAddress',
			type: 'SOCKADDR_STORAGE',
			meaning: 'The peer, for a socket without connection; else family AF_UNSPEC.',
		},
		{ name: 'PeerTokenAccessMask', type: 'ULONG', meaning: "Access wanted to the peer's tokens; 0 asks for none." },
	],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-socket_security_query_template',
} satisfies StructSpec;
