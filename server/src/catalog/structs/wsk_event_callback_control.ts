import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'WSK_EVENT_CALLBACK_CONTROL',
	aliases: ['_WSK_EVENT_CALLBACK_CONTROL'],
	pointers: ['PWSK_EVENT_CALLBACK_CONTROL'],
	header: 'wsk.h',
	summary: 'Switches event callbacks of a kernel socket.',
	fields: [
		{
			name: 'NpiId',
			type: 'PNPIID',
			meaning: 'Interface that the callbacks belong to; NPI_WSK_INTERFACE_ID for the standard ones.',
		},
		{
			name: 'EventMask',
			type: 'ULONG',
			flags: true,
			values: [
				{ name: 'WSK_EVENT_RECEIVE_FROM', value: 0x100, meaning: 'Datagram sockets: a datagram came in.' },
				{ name: 'WSK_EVENT_ACCEPT', value: 0x200, meaning: 'Listening sockets: a connection came in.' },
				{ name: 'WSK_EVENT_SEND_BACKLOG', value: 0x10, meaning: 'Connections: the ideal send backlog changed.' },
				{ name: 'WSK_EVENT_RECEIVE', value: 0x40, meaning: 'Connections: data came in.' },
				{ name: 'WSK_EVENT_DISCONNECT', value: 0x80, meaning: 'Connections: the peer disconnected.' },
				{ name: 'WSK_EVENT_DISABLE', value: 0x80000000, meaning: 'Switch the one named off.' },
			],
			meaning: 'Callbacks to enable; exactly one together with WSK_EVENT_DISABLE.',
		},
	],
	documentation: 'windows-hardware/drivers/ddi/wsk/ns-wsk-_wsk_event_callback_control',
} satisfies StructSpec;
