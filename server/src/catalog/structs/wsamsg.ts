import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'WSAMSG',
	aliases: ['_WSAMSG'],
	pointers: ['PWSAMSG', 'LPWSAMSG'],
	header: 'ws2def.h',
	summary: 'A datagram with its address and control data.',
	fields: [
		{ name: 'name', type: 'LPSOCKADDR', meaning: 'Address of the other end.' },
		{ name: 'namelen', type: 'INT', unit: 'bytes', meaning: 'Its length in bytes.' },
		{ name: 'lpBuffers', type: 'LPWSABUF', meaning: 'Pieces of the data.' },
		{ name: 'dwBufferCount', type: 'ULONG', meaning: 'Number of pieces.' },
		{ name: 'Control', type: 'WSABUF', meaning: 'Buffer of control data.' },
		{
			name: 'dwFlags',
			type: 'ULONG',
			flags: true,
			values: [
				{ name: 'MSG_TRUNC', value: 0x100, meaning: 'The data was cut.' },
				{ name: 'MSG_CTRUNC', value: 0x200, meaning: 'The control data was cut.' },
				{ name: 'MSG_BCAST', value: 0x400, meaning: 'It came as a broadcast.' },
				{ name: 'MSG_MCAST', value: 0x800, meaning: 'It came as a multicast.' },
				{ name: 'MSG_ERRQUEUE', value: 0x1000, meaning: 'It is from the queue of errors.' },
			],
			meaning: 'What happened to the datagram, or how to send it.',
		},
	],
	documentation: 'windows/win32/api/ws2def/ns-ws2def-wsamsg',
} satisfies StructSpec;
