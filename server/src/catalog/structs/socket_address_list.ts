import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKET_ADDRESS_LIST',
	aliases: ['_SOCKET_ADDRESS_LIST'],
	pointers: ['PSOCKET_ADDRESS_LIST', 'LPSOCKET_ADDRESS_LIST'],
	header: 'ws2def.h',
	summary: 'Counted list of addresses; the addresses themselves lie behind it in the same buffer.',
	fields: [
		{ name: 'iAddressCount', type: 'INT', meaning: 'Number of entries in Address.' },
		{ name: 'Address', type: 'SOCKET_ADDRESS', length: 'tail', countedBy: 'iAddressCount', meaning: 'The entries.' },
	],
	documentation: 'windows/win32/api/ws2def/ns-ws2def-socket_address_list',
} satisfies StructSpec;
