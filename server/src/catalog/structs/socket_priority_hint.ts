import type { EnumSpec } from '../model.ts';

export default {
	kind: 'enum',
	name: 'SOCKET_PRIORITY_HINT',
	pointers: ['PSOCKET_PRIORITY_HINT'],
	header: 'mstcpip.h',
	summary: 'Priority of a socket; the same numbers as PRIORITY_HINT.',
	values: [
		{ name: 'SocketPriorityHintVeryLow', value: 0, meaning: 'Background traffic: gives way to everything else.' },
		{ name: 'SocketPriorityHintLow', value: 1, meaning: 'Below normal.' },
		{ name: 'SocketPriorityHintNormal', value: 2, meaning: 'Normal.' },
		{ name: 'SocketMaximumPriorityHintType', value: 3, meaning: 'End of the range; no priority.' },
	],
} satisfies EnumSpec;
