import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'INTERFACE_INFO_EX',
	aliases: ['_INTERFACE_INFO_EX'],
	pointers: ['LPINTERFACE_INFO_EX'],
	header: 'ws2ipdef.h',
	summary: 'One network interface with pointers to its addresses, so that the family does not matter.',
	fields: [
		{
			name: 'iiFlags',
			type: 'ULONG',
			values: [
				{ name: 'IFF_UP', value: 0x1, meaning: 'The interface is running.' },
				{ name: 'IFF_BROADCAST', value: 0x2, meaning: 'It can send broadcasts.' },
				{ name: 'IFF_LOOPBACK', value: 0x4, meaning: 'It is the loopback interface.' },
				{ name: 'IFF_POINTTOPOINT', value: 0x8, meaning: 'It links exactly two ends.' },
				{ name: 'IFF_MULTICAST', value: 0x10, meaning: 'It can send multicasts.' },
			],
			flags: true,
			meaning: 'What the interface is and can do.',
		},
		{ name: 'iiAddress', type: 'SOCKET_ADDRESS', meaning: 'Address of the interface.' },
		{
			name: 'iiBroadcastAddress',
			type: 'SOCKET_ADDRESS',
			meaning: 'Its broadcast address, or the other end of a point-to-point link.',
		},
		{ name: 'iiNetmask', type: 'SOCKET_ADDRESS', meaning: 'Its network mask.' },
	],
	documentation: 'windows/win32/api/ws2ipdef/ns-ws2ipdef-interface_info_ex',
} satisfies StructSpec;
