import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'timeval',
	aliases: ['TIMEVAL'],
	pointers: ['PTIMEVAL', 'LPTIMEVAL'],
	tagOnly: true,
	header: 'winsock2.h',
	summary: 'Length of time.',
	fields: [
		{ name: 'tv_sec', type: 'long', meaning: 'Seconds.' },
		{ name: 'tv_usec', type: 'long', meaning: 'Microseconds besides.' },
	],
	documentation: 'windows/win32/api/winsock/ns-winsock-timeval',
} satisfies StructSpec;
