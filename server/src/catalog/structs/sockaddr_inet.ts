import type { StructSpec } from '../model.ts';

export default {
	kind: 'union',
	name: 'SOCKADDR_INET',
	aliases: ['_SOCKADDR_INET'],
	pointers: ['PSOCKADDR_INET'],
	header: 'ws2ipdef.h',
	summary: 'IPv4 or IPv6 address, told apart by its family.',
	fields: [
		{ name: 'Ipv4', type: 'SOCKADDR_IN', meaning: 'Valid when the family is AF_INET.' },
		{ name: 'Ipv6', type: 'SOCKADDR_IN6', meaning: 'Valid when the family is AF_INET6.' },
		{ name: 'si_family', type: 'ADDRESS_FAMILY', role: 'family', meaning: 'AF_INET, AF_INET6 or AF_UNSPEC.' },
	],
	documentation: 'windows/win32/api/ws2ipdef/ns-ws2ipdef-sockaddr_inet',
} satisfies StructSpec;
