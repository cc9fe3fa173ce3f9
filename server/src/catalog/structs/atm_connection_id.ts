import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'ATM_CONNECTION_ID',
	pack: 4,
	header: 'ws2atm.h',
	summary: 'Virtual circuit on one ATM device.',
	fields: [
		{ name: 'DeviceNumber', type: 'DWORD', meaning: 'The device, counted from 0.' },
		{ name: 'VPI', type: 'DWORD', meaning: 'Virtual path.' },
		{ name: 'VCI', type: 'DWORD', meaning: 'Virtual channel.' },
	],
} satisfies StructSpec;
