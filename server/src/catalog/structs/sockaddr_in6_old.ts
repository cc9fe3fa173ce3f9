import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'sockaddr_in6_old',
	tagOnly: true,
	header: 'ws2ipdef.h',
	summary: 'IPv6 address without its scope; only sockaddr_gen still uses it.',
	fields: [
		{ name: 'sin6_family', type: 'SHORT', role: 'family', meaning: 'AF_INET6.' },
		{ name: 'sin6_port', type: 'USHORT', role: 'port', meaning: 'Port, network byte order.' },
		{ name: 'sin6_flowinfo', type: 'ULONG', meaning: 'Flow information.' },
		{ name: 'sin6_addr', type: 'IN6_ADDR', meaning: 'IPv6 address, network byte order.' },
	],
	documentation: 'windows/win32/api/ws2ipdef/ns-ws2ipdef-sockaddr_in6_old',
} satisfies StructSpec;
