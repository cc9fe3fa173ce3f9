import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'REAL_TIME_NOTIFICATION_SETTING_OUTPUT',
	aliases: ['_REAL_TIME_NOTIFICATION_SETTING_OUTPUT'],
	pointers: ['PREAL_TIME_NOTIFICATION_SETTING_OUTPUT'],
	header: 'mstcpip.h',
	summary: 'How a wake-up channel stands.',
	fields: [{ name: 'ChannelStatus', type: 'CONTROL_CHANNEL_TRIGGER_STATUS', meaning: 'State of the channel.' }],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-real_time_notification_setting_output',
} satisfies StructSpec;
