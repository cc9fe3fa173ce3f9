import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'IP_MSFILTER',
	aliases: ['ip_msfilter'],
	pointers: ['PIP_MSFILTER'],
	header: 'ws2ipdef.h',
	summary: 'IPv4 multicast source filter of one group on one interface.',
	fields: [
		{ name: 'imsf_multiaddr', type: 'IN_ADDR', meaning: 'The group.' },
		{ name: 'imsf_interface', type: 'IN_ADDR', meaning: 'Local address of the interface, or 0.0.0.x with its index.' },
		{ name: 'imsf_fmode', type: 'MULTICAST_MODE_TYPE', meaning: 'How the sources are meant.' },
		{ name: 'imsf_numsrc', type: 'ULONG', meaning: 'Number of sources in imsf_slist.' },
		{ name: 'imsf_slist', type: 'IN_ADDR', length: 'tail', countedBy: 'imsf_numsrc', meaning: 'The sources.' },
	],
	documentation: 'windows/win32/api/ws2ipdef/ns-ws2ipdef-ip_msfilter',
} satisfies StructSpec;
