import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'REAL_TIME_NOTIFICATION_SETTING_INPUT_EX',
	aliases: ['_REAL_TIME_NOTIFICATION_SETTING_INPUT_EX'],
	pointers: ['PREAL_TIME_NOTIFICATION_SETTING_INPUT_EX'],
	header: 'mstcpip.h',
	summary: 'Marks a TCP connection as the channel that wakes an application, or takes the mark away.',
	fields: [
		{ name: 'TransportSettingId', type: 'TRANSPORT_SETTING_ID', meaning: 'REAL_TIME_NOTIFICATION_CAPABILITY_EX.' },
		{ name: 'BrokerEventGuid', type: 'GUID', meaning: 'Background event to raise.' },
		{ name: 'Unmark', type: 'BOOLEAN', meaning: 'Not 0: take the mark away.' },
	],
} satisfies StructSpec;
