import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'GROUP_FILTER',
	aliases: ['group_filter'],
	pointers: ['PGROUP_FILTER'],
	header: 'ws2ipdef.h',
	summary: 'Multicast source filter of one group on one interface, for IPv4 and IPv6.',
	fields: [
		{ name: 'gf_interface', type: 'ULONG', meaning: 'Index of the interface.' },
		{ name: 'gf_group', type: 'SOCKADDR_STORAGE', meaning: 'The group.' },
		{ name: 'gf_fmode', type: 'MULTICAST_MODE_TYPE', meaning: 'How the sources are meant.' },
		{ name: 'gf_numsrc', type: 'ULONG', meaning: 'Number of sources in gf_slist.' },
		{ name: 'gf_slist', type: 'SOCKADDR_STORAGE', length: 'tail', countedBy: 'gf_numsrc', meaning: 'The sources.' },
	],
	documentation: 'windows/win32/api/ws2ipdef/ns-ws2ipdef-group_filter',
} satisfies StructSpec;
