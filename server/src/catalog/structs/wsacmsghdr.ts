import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'WSACMSGHDR',
	aliases: ['cmsghdr', '_WSACMSGHDR', 'CMSGHDR'],
	pointers: ['PWSACMSGHDR', 'LPWSACMSGHDR', 'PCMSGHDR'],
	header: 'ws2def.h',
	summary: 'Head of one piece of control data.',
	fields: [
		{ name: 'cmsg_len', type: 'SIZE_T', unit: 'bytes', meaning: 'Length with this head, in bytes.' },
		{ name: 'cmsg_level', type: 'INT', meaning: 'Protocol that it belongs to.' },
		{ name: 'cmsg_type', type: 'INT', meaning: 'What it is.' },
	],
	documentation: 'windows/win32/api/ws2def/ns-ws2def-wsacmsghdr',
} satisfies StructSpec;
