import type { StructSpec } from '../model.ts';

export default {
	kind: 'union',
	name: 'sockaddr_gen',
	header: 'ws2ipdef.h',
	summary: 'Address slot of INTERFACE_INFO: IPv4, or IPv6 without scope.',
	fields: [
		{ name: 'Address', type: 'SOCKADDR', meaning: 'Read the family here first.' },
		{ name: 'AddressIn', type: 'SOCKADDR_IN', meaning: 'Valid when the family is AF_INET.' },
		{ name: 'AddressIn6', type: 'sockaddr_in6_old', meaning: 'Valid when the family is AF_INET6.' },
	],
	documentation: 'windows/win32/api/ws2ipdef/ns-ws2ipdef-sockaddr_gen',
} satisfies StructSpec;
