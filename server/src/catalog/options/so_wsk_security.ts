import type { WskOption } from '../model.ts';

export default {
	name: 'SO_WSK_SECURITY',
	value: 0x4001,
	level: 'SOL_SOCKET',
	set: true,
	get: true,
	type: 'PSECURITY_DESCRIPTOR',
	irp: 'required',
	summary:
		'Security descriptor that rules who may share the local address; a cached copy made with WSK_CACHE_SD. Set it before the socket is bound.',
	documentation: 'windows-hardware/drivers/network/so-wsk-security',
} satisfies WskOption;
