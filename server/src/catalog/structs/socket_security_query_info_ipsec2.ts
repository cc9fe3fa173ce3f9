import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKET_SECURITY_QUERY_INFO_IPSEC2',
	aliases: ['_SOCKET_SECURITY_QUERY_INFO_IPSEC2'],
	header: 'mstcpip.h',
	summary: 'Protection of a connection, second form.',
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
		{ name: 'MmSaId', type: 'UINT64', meaning: 'Main mode security association.' },
		{ name: 'QmSaId', type: 'UINT64', meaning: 'Quick mode security association.' },
		{ name: 'NegotiationWinerr', type: 'UINT32', meaning: 'Error of the negotiation, or 0.' },
		{ name: 'SaLookupContext', type: 'GUID', meaning: 'Key to look up the security association.' },
	],
} satisfies StructSpec;
