import type { EnumSpec } from '../model.ts';

export default {
	kind: 'enum',
	name: 'PRIORITY_HINT',
	aliases: ['_PRIORITY_HINT'],
	header: 'winbase.h',
	summary: 'Priority of input and output.',
	values: [
		{ name: 'IoPriorityHintVeryLow', value: 0, meaning: 'Background work: gives way to everything else.' },
		{ name: 'IoPriorityHintLow', value: 1, meaning: 'Below normal.' },
		{ name: 'IoPriorityHintNormal', value: 2, meaning: 'Normal.' },
		{ name: 'MaximumIoPriorityHintType', value: 3, meaning: 'End of the range; no priority.' },
	],
	documentation: 'windows/win32/api/winbase/ne-winbase-priority_hint',
} satisfies EnumSpec;
