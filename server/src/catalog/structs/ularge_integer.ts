import type { StructSpec } from '../model.ts';

export default {
	kind: 'union',
	name: 'ULARGE_INTEGER',
	aliases: ['_ULARGE_INTEGER'],
	pointers: ['PULARGE_INTEGER'],
	header: 'winnt.h',
	summary: 'Unsigned 64-bit number, whole or in halves.',
	fields: [
		{
			name: '',
			type: {
				kind: 'struct',
				fields: [
					{ name: 'LowPart', type: 'DWORD', meaning: 'Low half.' },
					{ name: 'HighPart', type: 'DWORD', meaning: 'High half.' },
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
					{ name: 'HighPart', type: 'DWORD', meaning: 'High half.' },
				],
			},
			meaning: 'In halves, by name.',
		},
		{ name: 'QuadPart', type: 'ULONGLONG', meaning: 'Whole.' },
	],
} satisfies StructSpec;
