import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'INET_PORT_RESERVATION_INSTANCE',
	pointers: ['PINET_PORT_RESERVATION_INSTANCE'],
	header: 'mstcpip.h',
	summary: 'A reserved block of ports with its key. C reaches the inner members directly, C++ through their names.',
	fields: [
		{ name: 'Reservation', type: 'INET_PORT_RANGE', meaning: 'The block that was reserved.' },
		{ name: 'Token', type: 'INET_PORT_RESERVATION_TOKEN', meaning: 'Its key.' },
	],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-inet_port_reservation_instance',
} satisfies StructSpec;
