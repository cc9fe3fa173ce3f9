import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'TCP_INITIAL_RTO_PARAMETERS',
	aliases: ['_TCP_INITIAL_RTO_PARAMETERS'],
	pointers: ['PTCP_INITIAL_RTO_PARAMETERS'],
	header: 'mstcpip.h',
	summary: 'How TCP waits for the answer to its first segment.',
	fields: [
		{
			name: 'Rtt',
			type: 'USHORT',
			values: [
				{ name: 'TCP_INITIAL_RTO_DEFAULT_RTT', value: 0, meaning: "The system's default." },
				{ name: 'TCP_INITIAL_RTO_UNSPECIFIED_RTT', value: 0xffff, meaning: 'Leave it as it is.' },
			],
			unit: 'ms',
			meaning: 'Assumed round-trip time, in milliseconds.',
		},
		{
			name: 'MaxSynRetransmissions',
			type: 'UCHAR',
			values: [
				{ name: 'TCP_INITIAL_RTO_DEFAULT_MAX_SYN_RETRANSMISSIONS', value: 0, meaning: "The system's default." },
				{ name: 'TCP_INITIAL_RTO_NO_SYN_RETRANSMISSIONS', value: 0xfe, meaning: 'Never.' },
				{ name: 'TCP_INITIAL_RTO_UNSPECIFIED_MAX_SYN_RETRANSMISSIONS', value: 0xff, meaning: 'Leave it as it is.' },
			],
			meaning: 'How often the SYN is sent again before connecting fails.',
		},
	],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-tcp_initial_rto_parameters',
} satisfies StructSpec;
