import type { EnumSpec } from '../model.ts';

export default {
	kind: 'enum',
	name: 'SCOPE_LEVEL',
	header: 'ws2def.h',
	summary: 'How far an IPv6 address reaches.',
	values: [
		{ name: 'ScopeLevelInterface', value: 1, meaning: 'One interface.' },
		{ name: 'ScopeLevelLink', value: 2, meaning: 'One link.' },
		{ name: 'ScopeLevelSubnet', value: 3, meaning: 'One subnet.' },
		{ name: 'ScopeLevelAdmin', value: 4, meaning: 'What one administrator set up.' },
		{ name: 'ScopeLevelSite', value: 5, meaning: 'One site.' },
		{ name: 'ScopeLevelOrganization', value: 8, meaning: 'One organization.' },
		{ name: 'ScopeLevelGlobal', value: 14, meaning: 'Everywhere.' },
		{ name: 'ScopeLevelCount', value: 16, meaning: 'Number of levels; no level.' },
	],
	documentation: 'windows/win32/api/ws2def/ne-ws2def-scope_level',
} satisfies EnumSpec;
