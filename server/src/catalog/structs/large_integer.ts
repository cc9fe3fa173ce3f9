import type { StructSpec } from '../model.ts';

export default {
	kind: 'union',
	name: 'LARGE_INTEGER',
	aliases: ['_LARGE_INTEGER'],
	pointers: ['PLARGE_INTEGER'],
	header: 'winnt.h',
	summary: 'Signed 64-bit number, whole or in halves.',
	fields: [
		{
			name: '',
			type: {
				kind: 'struct',
				fields: [
					{ name: 'LowPart', type: 'DWORD', meaning: 'Low half.' },
					{ name: 'HighPart', type: 'LONG', meaning: 'High half with the sign.' },
				],
			},
			meaning: 'In halves.',
		},
		{
			name: 'u',
			type: {
				kind: 'struct',
				fields: [
					{ name: 'LowPart', type: 'DWORD', meaning: 'Low half.' },
					{ name: 'HighPart', type: 'LONG', meaning: 'High half with the sign.' },
				],
			},
			meaning: 'In halves, by name.',
		},
		{ name: 'QuadPart', type: 'LONGLONG', meaning: 'Whole.' },
	],
} satisfies StructSpec;
