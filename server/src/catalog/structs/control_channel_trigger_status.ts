import type { EnumSpec } from '../model.ts';

export default {
	kind: 'enum',
	name: 'CONTROL_CHANNEL_TRIGGER_STATUS',
	pointers: ['PCONTROL_CHANNEL_TRIGGER_STATUS'],
	header: 'mstcpip.h',
	summary: 'State of a wake-up channel.',
	values: [
		{ name: 'CONTROL_CHANNEL_TRIGGER_STATUS_INVALID', value: 0, meaning: 'Not valid.' },
		{ name: 'CONTROL_CHANNEL_TRIGGER_STATUS_SOFTWARE_SLOT_ALLOCATED', value: 1, meaning: 'Kept by software.' },
		{
			name: 'CONTROL_CHANNEL_TRIGGER_STATUS_HARDWARE_SLOT_ALLOCATED',
			value: 2,
			meaning: 'Kept by the network adapter.',
		},
		{ name: 'CONTROL_CHANNEL_TRIGGER_STATUS_POLICY_ERROR', value: 3, meaning: 'Refused by policy.' },
		{ name: 'CONTROL_CHANNEL_TRIGGER_STATUS_SYSTEM_ERROR', value: 4, meaning: 'Refused by the system.' },
		{ name: 'CONTROL_CHANNEL_TRIGGER_STATUS_TRANSPORT_DISCONNECTED', value: 5, meaning: 'The connection is gone.' },
		{
			name: 'CONTROL_CHANNEL_TRIGGER_STATUS_SERVICE_UNAVAILABLE',
			value: 6,
			meaning: 'The service behind it is not there.',
		},
	],
	documentation: 'windows/win32/api/mstcpip/ne-mstcpip-control_channel_trigger_status',
} satisfies EnumSpec;
