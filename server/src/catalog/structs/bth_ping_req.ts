import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'BTH_PING_REQ',
	aliases: ['_BTH_PING_REQ'],
	pointers: ['PBTH_PING_REQ'],
	pack: 1,
	header: 'ws2bth.h',
	summary: 'Echo request to a Bluetooth device.',
	fields: [
		{ name: 'btAddr', type: 'BTH_ADDR', meaning: 'The device.' },
		{ name: 'dataLen', type: 'UCHAR', meaning: 'Bytes of data.' },
		{ name: 'data', type: 'UCHAR', length: 44, meaning: 'What is to come back.' },
	],
} satisfies StructSpec;
