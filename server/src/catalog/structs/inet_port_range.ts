import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'INET_PORT_RANGE',
	aliases: ['_INET_PORT_RANGE', 'INET_PORT_RESERVATION'],
	pointers: ['PINET_PORT_RANGE', 'PINET_PORT_RESERVATION'],
	header: 'mstcpip.h',
	summary: 'A block of ports to reserve.',
	fields: [
		{
			name: 'StartPort',
			type: 'USHORT',
			order: 'network',
			meaning: 'First port, network byte order; 0 lets the system choose.',
		},
		{ name: 'NumberOfPorts', type: 'USHORT', zeroUntold: true, meaning: 'How many ports.' },
	],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-inet_port_range',
} satisfies StructSpec;
