import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'IN6_ADDR',
	aliases: ['in6_addr', 'in_addr6'],
	pointers: ['PIN6_ADDR', 'LPIN6_ADDR'],
	header: 'in6addr.h',
	summary: 'IPv6 address in network byte order.',
	fields: [
		{
			name: 'u',
			type: {
				kind: 'union',
				fields: [
					{ name: 'Byte', type: 'UCHAR', length: 16, meaning: 'As 16 bytes.' },
					{ name: 'Word', type: 'USHORT', length: 8, meaning: 'As eight words, each in network byte order.' },
				],
			},
			meaning: 'The same 16 bytes in two forms.',
		},
	],
	documentation: 'windows/win32/api/in6addr/ns-in6addr-in6_addr',
} satisfies StructSpec;
