import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'WSABUF',
	aliases: ['_WSABUF'],
	pointers: ['LPWSABUF'],
	header: 'ws2def.h',
	summary: 'One piece of a buffer list.',
	fields: [
		{ name: 'len', type: 'ULONG', unit: 'bytes', meaning: 'Length of the piece in bytes.' },
		{ name: 'buf', type: 'CHAR *', meaning: 'The piece.' },
	],
	documentation: 'windows/win32/api/ws2def/ns-ws2def-wsabuf',
} satisfies StructSpec;
