import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SCOPE_ID',
	pointers: ['PSCOPE_ID'],
	header: 'ws2def.h',
	summary: 'Scope of an IPv6 address.',
	fields: [
		{
			name: '',
			type: {
				kind: 'union',
				fields: [
					{
						name: '',
						type: {
							kind: 'struct',
							fields: [
								{ name: 'Zone', type: 'ULONG', bits: 28, meaning: 'Zone index, such as the interface index.' },
								{ name: 'Level', type: 'ULONG', bits: 4, meaning: 'Scope level (SCOPE_LEVEL).' },
							],
						},
						meaning: 'Zone and level.',
					},
					{ name: 'Value', type: 'ULONG', meaning: 'Both as one number.' },
				],
			},
			meaning: 'One number, or its parts.',
		},
	],
} satisfies StructSpec;
