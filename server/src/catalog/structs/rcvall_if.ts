import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'RCVALL_IF',
	pointers: ['PRCVALL_IF'],
	header: 'mstcpip.h',
	summary: 'Capture mode for one interface.',
	fields: [
		{ name: 'Mode', type: 'RCVALL_VALUE', meaning: 'What is received.' },
		{ name: 'Interface', type: 'ULONG', meaning: 'Index of the interface.' },
	],
} satisfies StructSpec;
