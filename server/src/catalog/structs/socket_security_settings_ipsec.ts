import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKET_SECURITY_SETTINGS_IPSEC',
	aliases: ['_SOCKET_SECURITY_SETTINGS_IPSEC'],
	header: 'mstcpip.h',
	summary: 'Protection that a socket asks for through IPsec, with credentials behind the fixed part.',
	fields: [
		{
			name: 'SecurityProtocol',
			type: 'SOCKET_SECURITY_PROTOCOL',
			meaning: 'SOCKET_SECURITY_PROTOCOL_IPSEC or _IPSEC2.',
		},
		{
			name: 'SecurityFlags',
			type: 'ULONG',
			flags: true,
			values: [
				{ name: 'SOCKET_SETTINGS_GUARANTEE_ENCRYPTION', value: 0x1, meaning: 'No traffic without encryption.' },
				{ name: 'SOCKET_SETTINGS_ALLOW_INSECURE', value: 0x2, meaning: 'Unprotected traffic is acceptable.' },
			],
			meaning: 'What is asked for.',
		},
		{
			name: 'IpsecFlags',
			type: 'ULONG',
			flags: true,
			values: [
				{
					name: 'SOCKET_SETTINGS_IPSEC_SKIP_FILTER_INSTANTIATION',
					value: 0x1,
					meaning: 'Add no filters; the administrator has set them up.',
				},
				{
					name: 'SOCKET_SETTINGS_IPSEC_OPTIONAL_PEER_NAME_VERIFICATION',
					value: 0x2,
					meaning: 'Do without the name of the peer when none is set.',
				},
				{
					name: 'SOCKET_SETTINGS_IPSEC_ALLOW_FIRST_INBOUND_PKT_UNENCRYPTED',
					value: 0x4,
					meaning: 'The first packet that comes in may be unencrypted.',
				},
				{
					name: 'SOCKET_SETTINGS_IPSEC_PEER_NAME_IS_RAW_FORMAT',
					value: 0x8,
					meaning: 'The name of the peer is passed on unread.',
				},
			],
			meaning: 'Further wishes to IPsec.',
		},
		{ name: 'AuthipMMPolicyKey', type: 'GUID', meaning: 'Main mode policy, or zero for the default.' },
		{ name: 'AuthipQMPolicyKey', type: 'GUID', meaning: 'Quick mode policy, or zero for the default.' },
		{ name: 'Reserved', type: 'GUID', meaning: 'Reserved.' },
		{ name: 'Reserved2', type: 'UINT64', meaning: 'Reserved.' },
		{ name: 'UserNameStringLen', type: 'ULONG', meaning: 'Bytes of the user name in AllStrings.' },
		{ name: 'DomainNameStringLen', type: 'ULONG', meaning: 'Bytes of the domain name that follows it.' },
		{ name: 'PasswordStringLen', type: 'ULONG', meaning: 'Bytes of the password that follows that.' },
		{
			name: 'AllStrings',
			type: 'wchar_t',
			length: 0,
			meaning: 'User name, domain name and password, one behind the other.',
		},
	],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-socket_security_settings_ipsec',
} satisfies StructSpec;
