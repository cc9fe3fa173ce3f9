import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'INET_PORT_RESERVATION_TOKEN',
	pointers: ['PINET_PORT_RESERVATION_TOKEN'],
	header: 'mstcpip.h',
	summary: 'Key to a reserved block of ports.',
	fields: [{ name: 'Token', type: 'ULONG64', meaning: 'The key; 0 is none.' }],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-inet_port_reservation_token',
} satisfies StructSpec;
