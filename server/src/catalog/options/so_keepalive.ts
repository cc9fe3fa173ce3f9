import type { WskOption } from '../model.ts';

export default {
	name: 'SO_KEEPALIVE',
	value: 0x0008,
	level: 'SOL_SOCKET',
	set: true,
	get: true,
	type: 'ULONG',
	irp: 'required',
	summary: 'Sends keep-alive packets on a connection: 1 on, 0 off.',
	documentation: 'windows-hardware/drivers/network/so-keepalive',
} satisfies WskOption;
