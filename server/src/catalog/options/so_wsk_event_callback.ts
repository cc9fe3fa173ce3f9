import type { WskOption } from '../model.ts';

export default {
	name: 'SO_WSK_EVENT_CALLBACK',
	value: 0x4002,
	level: 'SOL_SOCKET',
	set: true,
	get: false,
	type: 'WSK_EVENT_CALLBACK_CONTROL',
	irp: 'optional',
	summary:
		'Switches event callbacks of the socket on or off. No IRP goes with switching on; switching off may wait on one.',
	documentation: 'windows-hardware/drivers/network/so-wsk-event-callback',
} satisfies WskOption;
