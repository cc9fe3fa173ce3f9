import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKADDR_STORAGE',
	aliases: ['sockaddr_storage', 'SOCKADDR_STORAGE_LH'],
	pointers: ['PSOCKADDR_STORAGE', 'LPSOCKADDR_STORAGE', 'PSOCKADDR_STORAGE_LH', 'LPSOCKADDR_STORAGE_LH'],
	header: 'ws2def.h',
	summary: 'Room for an address of any family, aligned for all of them.',
	fields: [
		{
			name: 'ss_family',
			type: 'ADDRESS_FAMILY',
			role: 'family',
			meaning: 'Address family (AF_*), which tells the real structure.',
		},
		{ name: '__ss_pad1', type: 'CHAR', length: 6, meaning: 'Padding up to the aligned member.' },
		{ name: '__ss_align', type: '__int64', meaning: 'Forces 8-byte alignment.' },
		{ name: '__ss_pad2', type: 'CHAR', length: 112, meaning: 'Padding up to 128 bytes.' },
	],
	documentation: 'windows/win32/api/ws2def/ns-ws2def-sockaddr_storage_lh',
} satisfies StructSpec;
