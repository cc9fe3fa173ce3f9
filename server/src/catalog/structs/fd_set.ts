import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'fd_set',
	aliases: ['FD_SET'],
	pointers: ['PFD_SET', 'LPFD_SET'],
	header: 'winsock2.h',
	summary: 'Set of sockets for select, as large as FD_SETSIZE is by default.',
	fields: [
		{ name: 'fd_count', type: 'u_int', meaning: 'Number of sockets.' },
		{ name: 'fd_array', type: 'SOCKET', length: 64, meaning: 'The sockets.' },
	],
	documentation: 'windows/win32/api/winsock/ns-winsock-fd_set',
} satisfies StructSpec;
