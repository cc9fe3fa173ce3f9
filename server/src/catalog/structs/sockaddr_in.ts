import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKADDR_IN',
	aliases: ['sockaddr_in'],
	pointers: ['PSOCKADDR_IN', 'LPSOCKADDR_IN'],
	header: 'ws2def.h',
	summary: 'IPv4 address and port.',
	fields: [
		{ name: 'sin_family', type: 'ADDRESS_FAMILY', role: 'family', meaning: 'AF_INET.' },
		{ name: 'sin_port', type: 'USHORT', role: 'port', meaning: 'Port, network byte order.' },
		{ name: 'sin_addr', type: 'IN_ADDR', meaning: 'IPv4 address, network byte order.' },
		{ name: 'sin_zero', type: 'CHAR', length: 8, meaning: 'Padding; set to zero.' },
	],
	documentation: 'windows/win32/api/ws2def/ns-ws2def-sockaddr_in',
} satisfies StructSpec;
