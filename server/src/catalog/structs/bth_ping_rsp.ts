import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'BTH_PING_RSP',
	aliases: ['_BTH_PING_RSP'],
	pointers: ['PBTH_PING_RSP'],
	pack: 1,
	header: 'ws2bth.h',
	summary: 'Echo of a Bluetooth device.',
	fields: [
		{ name: 'dataLen', type: 'UCHAR', meaning: 'Bytes of data.' },
		{ name: 'data', type: 'UCHAR', length: 44, meaning: 'What came back.' },
	],
} satisfies StructSpec;
