import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'ASSOCIATE_NAMERES_CONTEXT_INPUT',
	aliases: ['_ASSOCIATE_NAMERES_CONTEXT_INPUT'],
	pointers: ['PASSOCIATE_NAMERES_CONTEXT_INPUT'],
	header: 'mstcpip.h',
	summary: 'Ties a socket to the name look-up that led to its peer.',
	fields: [
		{ name: 'TransportSettingId', type: 'TRANSPORT_SETTING_ID', meaning: 'ASSOCIATE_NAMERES_CONTEXT.' },
		{ name: 'Handle', type: 'UINT64', meaning: 'Handle of the look-up, 8 bytes on every target.' },
	],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-associate_nameres_context_input',
} satisfies StructSpec;
