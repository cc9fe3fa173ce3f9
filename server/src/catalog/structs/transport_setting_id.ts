import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'TRANSPORT_SETTING_ID',
	pointers: ['PTRANSPORT_SETTING_ID'],
	header: 'mstcpip.h',
	summary: 'Names a setting of the transport; every structure that applies or queries one begins with it.',
	fields: [
		{
			name: 'Guid',
			type: 'GUID',
			meaning:
				'The setting: REAL_TIME_NOTIFICATION_CAPABILITY, REAL_TIME_NOTIFICATION_CAPABILITY_EX or ASSOCIATE_NAMERES_CONTEXT.',
		},
	],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-transport_setting_id',
} satisfies StructSpec;
