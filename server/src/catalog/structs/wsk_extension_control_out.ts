import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'WSK_EXTENSION_CONTROL_OUT',
	aliases: ['_WSK_EXTENSION_CONTROL_OUT'],
	pointers: ['PWSK_EXTENSION_CONTROL_OUT'],
	header: 'wsk.h',
	summary: "The subsystem's half of an extension interface.",
	fields: [
		{ name: 'ProviderContext', type: 'PVOID', meaning: 'Passed to every function of the table.' },
		{ name: 'ProviderDispatch', type: 'const VOID *', meaning: 'Table of functions.' },
	],
	documentation: 'windows-hardware/drivers/ddi/wsk/ns-wsk-_wsk_extension_control_out',
} satisfies StructSpec;
