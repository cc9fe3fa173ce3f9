import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKET_SECURITY_SETTINGS',
	aliases: ['_SOCKET_SECURITY_SETTINGS'],
	header: 'mstcpip.h',
	summary: 'Protection that a socket asks for, whatever the protocol.',
	fields: [
		{ name: 'SecurityProtocol', type: 'SOCKET_SECURITY_PROTOCOL', meaning: 'Protocol to use.' },
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
	],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-socket_security_settings',
} satisfies StructSpec;
