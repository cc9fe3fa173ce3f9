import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'WSAPOLLDATA',
	pointers: ['LPWSAPOLLDATA'],
	header: 'mswsock.h',
	summary: "WSAPoll's arguments, as layered providers pass them on.",
	fields: [
		{ name: 'result', type: 'int', meaning: 'What WSAPoll returns.' },
		{ name: 'fds', type: 'ULONG', meaning: 'Number of entries in fdArray.' },
		{ name: 'timeout', type: 'INT', unit: 'ms', meaning: 'Time to wait, in milliseconds; below 0 without end.' },
		{ name: 'fdArray', type: 'WSAPOLLFD', length: 0, countedBy: 'fds', meaning: 'The sockets.' },
	],
} satisfies StructSpec;
