import type { WskOption } from '../model.ts';

export default {
	name: 'SO_BROADCAST',
	value: 0x0020,
	level: 'SOL_SOCKET',
	set: true,
	get: true,
	type: 'ULONG',
	irp: 'required',
	summary: 'Lets a datagram socket send broadcasts: 1 allows them, 0 does not.',
	documentation: 'windows-hardware/drivers/network/so-broadcast',
} satisfies WskOption;
