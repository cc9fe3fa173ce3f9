import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'IP_MREQ',
	aliases: ['ip_mreq'],
	pointers: ['PIP_MREQ'],
	header: 'ws2ipdef.h',
	summary: 'IPv4 multicast membership; a socket option takes it, not a control code.',
	fields: [
		{ name: 'imr_multiaddr', type: 'IN_ADDR', meaning: 'The group.' },
		{ name: 'imr_interface', type: 'IN_ADDR', meaning: 'Local address of the interface, or 0.0.0.x with its index.' },
	],
	documentation: 'windows/win32/api/ws2ipdef/ns-ws2ipdef-ip_mreq',
} satisfies StructSpec;
