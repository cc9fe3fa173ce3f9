import type { EnumSpec } from '../model.ts';

export default {
	kind: 'enum',
	name: 'SOCKET_USAGE_TYPE',
	aliases: ['_SOCKET_USAGE_TYPE'],
	header: 'mstcpip.h',
	summary: 'What a socket is for.',
	values: [
		{ name: 'SYSTEM_CRITICAL_SOCKET', value: 1, meaning: 'The system depends on it, as on a disk over the network.' },
	],
	documentation: 'windows/win32/api/mstcpip/ne-mstcpip-socket_usage_type',
} satisfies EnumSpec;
