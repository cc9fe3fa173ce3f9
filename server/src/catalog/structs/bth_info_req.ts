import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'BTH_INFO_REQ',
	aliases: ['_BTH_INFO_REQ'],
	pointers: ['PBTH_INFO_REQ'],
	pack: 1,
	header: 'ws2bth.h',
	summary: 'Question to the L2CAP layer of a Bluetooth device.',
	fields: [
		{ name: 'btAddr', type: 'BTH_ADDR', meaning: 'The device.' },
		{ name: 'infoType', type: 'USHORT', meaning: 'What is asked.' },
	],
} satisfies StructSpec;
