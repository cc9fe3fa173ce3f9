import type { EnumSpec } from '../model.ts';

export default {
	kind: 'enum',
	name: 'RCVALL_VALUE',
	pointers: ['PRCVALL_VALUE'],
	header: 'mstcpip.h',
	summary: 'What a capturing raw socket receives.',
	values: [
		{ name: 'RCVALL_OFF', value: 0, meaning: 'Only what is meant for it.' },
		{ name: 'RCVALL_ON', value: 1, meaning: 'Every packet; the adapter goes into promiscuous mode.' },
		{ name: 'RCVALL_SOCKETLEVELONLY', value: 2, meaning: 'Not implemented.' },
		{ name: 'RCVALL_IPLEVEL', value: 3, meaning: 'Every packet that the IP layer sees; the adapter keeps its filter.' },
	],
} satisfies EnumSpec;
