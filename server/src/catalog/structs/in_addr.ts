import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'IN_ADDR',
	aliases: ['in_addr'],
	pointers: ['PIN_ADDR', 'LPIN_ADDR'],
	header: 'inaddr.h',
	summary: 'IPv4 address in network byte order.',
	fields: [
		{
			name: 'S_un',
			type: {
				kind: 'union',
				fields: [
					{
						name: 'S_un_b',
						type: {
							kind: 'struct',
							fields: [
								{ name: 's_b1', type: 'UCHAR', meaning: 'Byte 1 of the dotted form.' },
								{ name: 's_b2', type: 'UCHAR', meaning: 'Byte 2 of the dotted form.' },
								{ name: 's_b3', type: 'UCHAR', meaning: 'Byte 3 of the dotted form.' },
								{ name: 's_b4', type: 'UCHAR', meaning: 'Byte 4 of the dotted form.' },
							],
						},
						meaning: 'As four bytes.',
					},
					{
						name: 'S_un_w',
						type: {
							kind: 'struct',
							fields: [
								{ name: 's_w1', type: 'USHORT', meaning: 'Bytes 1 and 2.' },
								{ name: 's_w2', type: 'USHORT', meaning: 'Bytes 3 and 4.' },
							],
						},
						meaning: 'As two words.',
					},
					{ name: 'S_addr', type: 'ULONG', meaning: 'As one number, network byte order.' },
				],
			},
			meaning: 'The same four bytes in three forms.',
		},
	],
	documentation: 'windows/win32/api/inaddr/ns-inaddr-in_addr',
} satisfies StructSpec;
