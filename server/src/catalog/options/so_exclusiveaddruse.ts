import type { WskOption } from '../model.ts';

export default {
	name: 'SO_EXCLUSIVEADDRUSE',
	value: 0xfffffffb,
	level: 'SOL_SOCKET',
	set: true,
	get: true,
	type: 'ULONG',
	irp: 'required',
	summary: 'Keeps the local address for this socket alone: 1 on, 0 off. Set it before the socket is bound.',
	documentation: 'windows-hardware/drivers/network/so-exclusiveaddruse',
} satisfies WskOption;
