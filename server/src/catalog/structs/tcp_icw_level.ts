import type { EnumSpec } from '../model.ts';

export default {
	kind: 'enum',
	name: 'TCP_ICW_LEVEL',
	pointers: ['PTCP_ICW_LEVEL'],
	header: 'mstcpip.h',
	summary: 'How much TCP sends before the first acknowledgement.',
	values: [
		{ name: 'TCP_ICW_LEVEL_DEFAULT', value: 0, meaning: "The system's choice." },
		{ name: 'TCP_ICW_LEVEL_HIGH', value: 1, meaning: 'More.' },
		{ name: 'TCP_ICW_LEVEL_VERY_HIGH', value: 2, meaning: 'Much more.' },
		{ name: 'TCP_ICW_LEVEL_AGGRESSIVE', value: 3, meaning: 'Aggressive.' },
		{ name: 'TCP_ICW_LEVEL_EXPERIMENTAL', value: 4, meaning: 'Experimental.' },
		{ name: 'TCP_ICW_LEVEL_COMPAT', value: 254, meaning: 'As older versions did.' },
		{ name: 'TCP_ICW_LEVEL_MAX', value: 255, meaning: 'End of the range; no level.' },
	],
} satisfies EnumSpec;
