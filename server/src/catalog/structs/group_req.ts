import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'GROUP_REQ',
	aliases: ['group_req'],
	pointers: ['PGROUP_REQ'],
	header: 'ws2ipdef.h',
	summary: 'Multicast membership of either family; a socket option takes it, not a control code.',
	fields: [
		{ name: 'gr_interface', type: 'ULONG', meaning: 'Index of the interface.' },
		{ name: 'gr_group', type: 'SOCKADDR_STORAGE', meaning: 'The group.' },
	],
	documentation: 'windows/win32/api/ws2ipdef/ns-ws2ipdef-group_req',
} satisfies StructSpec;
