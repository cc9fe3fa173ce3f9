import type { EnumSpec } from '../model.ts';

export default {
	kind: 'enum',
	name: 'SOCKET_SECURITY_PROTOCOL',
	aliases: ['_SOCKET_SECURITY_PROTOCOL'],
	header: 'mstcpip.h',
	summary: 'Protocol that protects a socket.',
	values: [
		{ name: 'SOCKET_SECURITY_PROTOCOL_DEFAULT', value: 0, meaning: "The system's choice." },
		{ name: 'SOCKET_SECURITY_PROTOCOL_IPSEC', value: 1, meaning: 'IPsec.' },
		{ name: 'SOCKET_SECURITY_PROTOCOL_IPSEC2', value: 2, meaning: 'IPsec, with the second form of the structures.' },
		{ name: 'SOCKET_SECURITY_PROTOCOL_INVALID', value: 3, meaning: 'End of the range; no protocol.' },
	],
	documentation: 'windows/win32/api/mstcpip/ne-mstcpip-socket_security_protocol',
} satisfies EnumSpec;
