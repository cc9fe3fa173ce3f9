import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'FILETIME',
	aliases: ['_FILETIME'],
	pointers: ['PFILETIME', 'LPFILETIME'],
	header: 'minwinbase.h',
	summary: 'Time as 100-nanosecond steps since 1601.',
	fields: [
		{ name: 'dwLowDateTime', type: 'DWORD', meaning: 'Low half.' },
		{ name: 'dwHighDateTime', type: 'DWORD', meaning: 'High half.' },
	],
	documentation: 'windows/win32/api/minwinbase/ns-minwinbase-filetime',
} satisfies StructSpec;
