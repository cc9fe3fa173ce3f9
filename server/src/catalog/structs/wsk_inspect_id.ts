import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'WSK_INSPECT_ID',
	aliases: ['_WSK_INSPECT_ID'],
	pointers: ['PWSK_INSPECT_ID'],
	header: 'wsk.h',
	summary: 'Identifies a connection request that is being inspected.',
	fields: [
		{ name: 'Key', type: 'ULONG_PTR', meaning: 'Key of the request.' },
		{ name: 'SerialNumber', type: 'ULONG', meaning: 'Serial number of the request.' },
	],
	documentation: 'windows-hardware/drivers/ddi/wsk/ns-wsk-_wsk_inspect_id',
} satisfies StructSpec;
