import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKET_ADDRESS',
	aliases: ['_SOCKET_ADDRESS'],
	pointers: ['PSOCKET_ADDRESS', 'LPSOCKET_ADDRESS'],
	header: 'ws2def.h',
	summary: 'Pointer to an address together with its length.',
	fields: [
		{ name: 'lpSockaddr', type: 'LPSOCKADDR', meaning: 'The address.' },
		{ name: 'iSockaddrLength', type: 'INT', unit: 'bytes', meaning: 'Its length in bytes.' },
	],
	documentation: 'windows/win32/api/ws2def/ns-ws2def-socket_address',
} satisfies StructSpec;
