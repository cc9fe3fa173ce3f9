import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKADDR_IN6',
	aliases: ['sockaddr_in6', 'SOCKADDR_IN6_LH'],
	pointers: ['PSOCKADDR_IN6', 'LPSOCKADDR_IN6', 'PSOCKADDR_IN6_LH', 'LPSOCKADDR_IN6_LH'],
	header: 'ws2ipdef.h',
	summary: 'IPv6 address, port and scope.',
	fields: [
		{ name: 'sin6_family', type: 'ADDRESS_FAMILY', role: 'family', meaning: 'AF_INET6.' },
		{ name: 'sin6_port', type: 'USHORT', role: 'port', meaning: 'Port, network byte order.' },
		{ name: 'sin6_flowinfo', type: 'ULONG', meaning: 'Flow information.' },
		{ name: 'sin6_addr', type: 'IN6_ADDR', meaning: 'IPv6 address, network byte order.' },
		{
			name: '',
			type: {
				kind: 'union',
				fields: [
					{ name: 'sin6_scope_id', type: 'ULONG', meaning: 'Interface index that a scoped address belongs to.' },
					{ name: 'sin6_scope_struct', type: 'SCOPE_ID', meaning: 'The same, split into zone and level.' },
				],
			},
			meaning: 'Scope of the address.',
		},
	],
	documentation: 'windows/win32/api/ws2ipdef/ns-ws2ipdef-sockaddr_in6_lh',
} satisfies StructSpec;
