import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'REAL_TIME_NOTIFICATION_SETTING_INPUT',
	aliases: ['_REAL_TIME_NOTIFICATION_SETTING_INPUT'],
	pointers: ['PREAL_TIME_NOTIFICATION_SETTING_INPUT'],
	header: 'mstcpip.h',
	summary: 'Marks a TCP connection as the channel that wakes an application.',
	fields: [
		{ name: 'TransportSettingId', type: 'TRANSPORT_SETTING_ID', meaning: 'REAL_TIME_NOTIFICATION_CAPABILITY.' },
		{ name: 'BrokerEventGuid', type: 'GUID', meaning: 'Background event to raise.' },
	],
	documentation: 'windows/win32/api/mstcpip/ns-mstcpip-real_time_notification_setting_input',
} satisfies StructSpec;
