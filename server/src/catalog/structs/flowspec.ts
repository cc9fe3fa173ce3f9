import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'FLOWSPEC',
	aliases: ['_flowspec'],
	pointers: ['PFLOWSPEC', 'LPFLOWSPEC'],
	header: 'qos.h',
	summary: 'Quality of service for one direction of traffic.',
	fields: [
		{ name: 'TokenRate', type: 'ULONG', meaning: 'Rate of the token bucket, bytes per second.' },
		{ name: 'TokenBucketSize', type: 'ULONG', meaning: 'Largest burst, bytes.' },
		{ name: 'PeakBandwidth', type: 'ULONG', meaning: 'Upper limit of the rate, bytes per second.' },
		{ name: 'Latency', type: 'ULONG', meaning: 'Longest delay that is acceptable, microseconds.' },
		{
			name: 'DelayVariation',
			type: 'ULONG',
			meaning: 'Difference between the longest and shortest delay, microseconds.',
		},
		{ name: 'ServiceType', type: 'SERVICETYPE', meaning: 'Kind of service asked for.' },
		{ name: 'MaxSduSize', type: 'ULONG', meaning: 'Largest packet, bytes.' },
		{ name: 'MinimumPolicedSize', type: 'ULONG', meaning: 'Packets smaller than this count as this size, bytes.' },
	],
	documentation: 'windows/win32/api/qos/ns-qos-flowspec',
} satisfies StructSpec;
