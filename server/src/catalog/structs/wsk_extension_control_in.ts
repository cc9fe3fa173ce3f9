import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'WSK_EXTENSION_CONTROL_IN',
	aliases: ['_WSK_EXTENSION_CONTROL_IN'],
	pointers: ['PWSK_EXTENSION_CONTROL_IN'],
	header: 'wsk.h',
	summary: "An application's half of an extension interface.",
	fields: [
		{ name: 'NpiId', type: 'PNPIID', meaning: 'The interface.' },
		{ name: 'ClientContext', type: 'PVOID', meaning: 'Passed to every callback.' },
		{ name: 'ClientDispatch', type: 'const VOID *', meaning: 'Table of callbacks.' },
	],
	documentation: 'windows-hardware/drivers/ddi/wsk/ns-wsk-_wsk_extension_control_in',
} satisfies StructSpec;
