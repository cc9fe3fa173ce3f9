import type { WskOption } from '../model.ts';

export default {
	name: 'SO_RCVBUF',
	value: 0x1002,
	level: 'SOL_SOCKET',
	set: true,
	get: true,
	type: 'ULONG',
	irp: 'required',
	summary: 'Size of the receive buffer of the transport, in bytes.',
	documentation: 'windows-hardware/drivers/network/so-rcvbuf',
} satisfies WskOption;
