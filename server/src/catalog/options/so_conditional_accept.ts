import type { WskOption } from '../model.ts';

export default {
	name: 'SO_CONDITIONAL_ACCEPT',
	value: 0x3002,
	level: 'SOL_SOCKET',
	set: true,
	get: true,
	type: 'ULONG',
	irp: 'required',
	summary:
		'Lets a listening socket inspect a connection request before it is accepted: 1 on, 0 off. Set it before the socket is bound.',
	documentation: 'windows-hardware/drivers/network/so-conditional-accept',
} satisfies WskOption;
