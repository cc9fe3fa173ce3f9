import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKET_PEER_TARGET_NAME',
	aliases: ['_SOCKET_PEER_TARGET_NAME'],
	header: 'mstcpip.h',
	summary: 'Name that the peer must prove, behind the fixed part.',
	fields: [
		{ name: 'SecurityProtocol', type: 'SOCKET_SECURITY_PROTOCOL', meaning: 'Protocol that checks the name.' },
		{
			name: 'PeerAddress',
			type: 'SOCKADDR_STORAGE',
			meaning: 'The peer that the name belongs to, for a socket without connection.',
		},
		{ name: 'PeerTargetNameStringLen', type: 'ULONG', meaning: 'Bytes of the name in AllStrings.' },
		{ name: 'AllStrings', type: 'wchar_t', length: 0, meaning: 'The name.' },
	],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-socket_peer_target_name',
} satisfies StructSpec;
