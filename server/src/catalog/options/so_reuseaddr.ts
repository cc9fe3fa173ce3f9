import type { WskOption } from '../model.ts';

export default {
	name: 'SO_REUSEADDR',
	value: 0x0004,
	level: 'SOL_SOCKET',
	set: true,
	get: true,
	type: 'ULONG',
	irp: 'required',
	summary: 'Shares the local address with every other socket: 1 on, 0 off. Set it before the socket is bound.',
	documentation: 'windows-hardware/drivers/network/so-reuseaddr',
} satisfies WskOption;
