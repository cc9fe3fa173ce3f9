import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKET_SECURITY_QUERY_INFO',
	aliases: ['_SOCKET_SECURITY_QUERY_INFO'],
	header: 'mstcpip.h',
	summary: 'Protection of a connection.',
	fields: [
		{ name: 'SecurityProtocol', type: 'SOCKET_SECURITY_PROTOCOL', meaning: 'Protocol that protects the connection.' },
		{
			name: 'Flags',
			type: 'ULONG',
			flags: true,
			values: [
				{ name: 'SOCKET_INFO_CONNECTION_SECURED', value: 0x1, meaning: 'The connection is protected.' },
				{ name: 'SOCKET_INFO_CONNECTION_ENCRYPTED', value: 0x2, meaning: 'Its traffic is encrypted.' },
				{ name: 'SOCKET_INFO_CONNECTION_IMPERSONATED', value: 0x4, meaning: 'The peer may be impersonated.' },
			],
			meaning: 'What the protection consists of.',
		},
		{
			name: 'PeerApplicationAccessTokenHandle',
			type: 'UINT64',
			meaning: "Handle to the access token of the peer's user, or 0; the caller closes it.",
		},
		{
			name: 'PeerMachineAccessTokenHandle',
			type: 'UINT64',
			meaning: "Handle to the access token of the peer's machine, or 0; the caller closes it.",
		},
	],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-socket_security_query_info',
} satisfies StructSpec;
