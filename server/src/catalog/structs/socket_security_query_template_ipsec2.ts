import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKET_SECURITY_QUERY_TEMPLATE_IPSEC2',
	aliases: ['_SOCKET_SECURITY_QUERY_TEMPLATE_IPSEC2'],
	header: 'mstcpip.h',
	summary: 'Question about the protection of a connection, second form.',
	fields: [
		{ name: 'SecurityProtocol', type: 'SOCKET_SECURITY_PROTOCOL', meaning: 'Protocol that is asked about.' },
		{
			name: 'PeerAddress',
			type: 'SOCKADDR_STORAGE',
			meaning: 'The peer, for a socket without connection; else family AF_UNSPEC.',
		},
		{ name: 'PeerTokenAccessMask', type: 'ULONG', meaning: "Access wanted to the peer's tokens; 0 asks for none." },
		{
			name: 'Flags',
			type: 'ULONG',
			flags: true,
			values: [
				{
					name: 'SOCKET_QUERY_IPSEC2_ABORT_CONNECTION_ON_FIELD_CHANGE',
					value: 0x1,
					meaning: 'Break the connection when an answered member changes later.',
				},
			],
			meaning: 'What to do besides answering.',
		},
		{
			name: 'FieldMask',
			type: 'ULONG',
			flags: true,
			values: [
				{ name: 'SOCKET_QUERY_IPSEC2_FIELD_MASK_MM_SA_ID', value: 0x1, meaning: 'MmSaId.' },
				{ name: 'SOCKET_QUERY_IPSEC2_FIELD_MASK_QM_SA_ID', value: 0x2, meaning: 'QmSaId.' },
			],
			meaning: 'Members to answer.',
		},
	],
} satisfies StructSpec;
