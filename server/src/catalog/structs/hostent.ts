import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'hostent',
	aliases: ['HOSTENT'],
	pointers: ['PHOSTENT', 'LPHOSTENT'],
	tagOnly: true,
	header: 'winsock2.h',
	summary: 'A host with its addresses, as the old look-up functions give it.',
	fields: [
		{ name: 'h_name', type: 'char *', meaning: 'Official name.' },
		{ name: 'h_aliases', type: 'char **', meaning: 'Other names, ended by NULL.' },
		{ name: 'h_addrtype', type: 'short', meaning: 'Address family.' },
		{ name: 'h_length', type: 'short', unit: 'bytes', meaning: 'Length of each address in bytes.' },
		{ name: 'h_addr_list', type: 'char **', meaning: 'Addresses, ended by NULL.' },
	],
	documentation: 'windows/win32/api/winsock/ns-winsock-hostent',
} satisfies StructSpec;
