import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKADDR',
	aliases: ['sockaddr'],
	pointers: ['PSOCKADDR', 'LPSOCKADDR'],
	header: 'ws2def.h',
	summary: 'Address of any family, as far as every family agrees on it.',
	fields: [
		{
			name: 'sa_family',
			type: 'ADDRESS_FAMILY',
			role: 'family',
			meaning: 'Address family (AF_*), which tells the real structure.',
		},
		{ name: 'sa_data', type: 'CHAR', length: 14, meaning: "The family's own bytes." },
	],
	documentation: 'windows/win32/api/ws2def/ns-ws2def-sockaddr',
} satisfies StructSpec;
