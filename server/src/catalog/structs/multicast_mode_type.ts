import type { EnumSpec } from '../model.ts';

export default {
	kind: 'enum',
	name: 'MULTICAST_MODE_TYPE',
	header: 'ws2ipdef.h',
	summary: 'How the sources of a multicast filter are meant.',
	values: [
		{ name: 'MCAST_INCLUDE', value: 0, meaning: 'Receive from these sources only.' },
		{ name: 'MCAST_EXCLUDE', value: 1, meaning: 'Receive from all sources but these.' },
	],
	documentation: 'windows/win32/api/ws2ipdef/ne-ws2ipdef-multicast_mode_type',
} satisfies EnumSpec;
