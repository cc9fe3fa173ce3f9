import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'PROCESSOR_NUMBER',
	aliases: ['_PROCESSOR_NUMBER'],
	pointers: ['PPROCESSOR_NUMBER'],
	header: 'winnt.h',
	summary: 'One logical processor.',
	fields: [
		{ name: 'Group', type: 'WORD', meaning: 'Processor group.' },
		{ name: 'Number', type: 'BYTE', meaning: 'Number within the group.' },
		{ name: 'Reserved', type: 'BYTE', meaning: '0.' },
	],
	documentation: 'windows/win32/api/winnt/ns-winnt-processor_number',
} satisfies StructSpec;
