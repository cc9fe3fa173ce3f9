import type { ScalarAliasSpec } from '../model.ts';

export default {
	kind: 'alias',
	name: 'SERVICETYPE',
	of: 'ULONG',
	header: 'qos.h',
	summary: 'Kind of service that a FLOWSPEC asks for.',
	flags: true,
	groups: [
		{
			mask: 0xffff,
			values: [
				{ name: 'SERVICETYPE_NOTRAFFIC', value: 0x0, meaning: 'No data flows in this direction.' },
				{ name: 'SERVICETYPE_BESTEFFORT', value: 0x1, meaning: 'No promise; what the network can spare.' },
				{ name: 'SERVICETYPE_CONTROLLEDLOAD', value: 0x2, meaning: 'As good as a lightly loaded network.' },
				{ name: 'SERVICETYPE_GUARANTEED', value: 0x3, meaning: 'Bandwidth and delay are kept.' },
				{ name: 'SERVICETYPE_NETWORK_UNAVAILABLE', value: 0x4, meaning: 'Reported when the service is lost.' },
				{ name: 'SERVICETYPE_GENERAL_INFORMATION', value: 0x5, meaning: 'All kinds of service are possible.' },
				{ name: 'SERVICETYPE_NOCHANGE', value: 0x6, meaning: 'Leave this direction as it is.' },
				{ name: 'SERVICETYPE_NONCONFORMING', value: 0x9, meaning: 'Traffic beyond what was agreed.' },
				{ name: 'SERVICETYPE_NETWORK_CONTROL', value: 0xa, meaning: 'Control of the network itself.' },
				{ name: 'SERVICETYPE_QUALITATIVE', value: 0xd, meaning: 'Better than best effort, in no measurable terms.' },
			],
		},
	],
	values: [
		{ name: 'SERVICE_BESTEFFORT', value: 0x80010000, meaning: 'Best effort as a bit; not supported.' },
		{ name: 'SERVICE_CONTROLLEDLOAD', value: 0x80020000, meaning: 'Controlled load as a bit; not supported.' },
		{ name: 'SERVICE_GUARANTEED', value: 0x80040000, meaning: 'Guaranteed as a bit; not supported.' },
		{ name: 'SERVICE_QUALITATIVE', value: 0x80200000, meaning: 'Qualitative as a bit; not supported.' },
		{ name: 'SERVICE_NO_TRAFFIC_CONTROL', value: 0x81000000, meaning: 'Added: no traffic control on this machine.' },
		{ name: 'SERVICE_NO_QOS_SIGNALING', value: 0x40000000, meaning: 'Added: no signalling to the network.' },
	],
} satisfies ScalarAliasSpec;
