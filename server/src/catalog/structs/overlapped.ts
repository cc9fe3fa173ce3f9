import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'OVERLAPPED',
	aliases: ['_OVERLAPPED', 'WSAOVERLAPPED'],
	pointers: ['LPOVERLAPPED', 'LPWSAOVERLAPPED'],
	header: 'minwinbase.h',
	summary: 'State of one asynchronous operation.',
	fields: [
		{ name: 'Internal', type: 'ULONG_PTR', meaning: 'Status; the system writes it.' },
		{ name: 'InternalHigh', type: 'ULONG_PTR', meaning: 'Bytes transferred; the system writes it.' },
		{
			name: '',
			type: {
				kind: 'union',
				fields: [
					{
						name: '',
						type: {
							kind: 'struct',
							fields: [
								{ name: 'Offset', type: 'DWORD', meaning: 'Low half of the file position; sockets leave it 0.' },
								{ name: 'OffsetHigh', type: 'DWORD', meaning: 'High half of the file position; sockets leave it 0.' },
							],
						},
						meaning: 'File position.',
					},
					{ name: 'Pointer', type: 'PVOID', meaning: 'Reserved.' },
				],
			},
			meaning: 'File position, or reserved.',
		},
		{ name: 'hEvent', type: 'HANDLE', meaning: 'Event that is signalled at the end, or NULL.' },
	],
	documentation: 'windows/win32/api/minwinbase/ns-minwinbase-overlapped',
} satisfies StructSpec;
