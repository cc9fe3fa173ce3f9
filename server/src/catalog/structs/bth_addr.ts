import type { ScalarAliasSpec } from '../model.ts';

export default {
	kind: 'alias',
	name: 'BTH_ADDR',
	pointers: ['PBTH_ADDR'],
	of: 'ULONGLONG',
	header: 'bthdef.h',
	summary: 'Address of a Bluetooth device, in the low 48 bits.',
} satisfies ScalarAliasSpec;
