import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'RIO_EXTENSION_FUNCTION_TABLE',
	aliases: ['_RIO_EXTENSION_FUNCTION_TABLE'],
	pointers: ['PRIO_EXTENSION_FUNCTION_TABLE'],
	header: 'mswsock.h',
	summary: 'Functions of registered I/O.',
	fields: [
		{ name: 'cbSize', type: 'DWORD', unit: 'bytes', meaning: 'Size of the table in bytes; the provider fills it in.' },
		{ name: 'RIOReceive', type: 'LPFN_RIORECEIVE', meaning: 'Receives on a bound or connected socket.' },
		{ name: 'RIOReceiveEx', type: 'LPFN_RIORECEIVEEX', meaning: 'Receives with address and control data.' },
		{ name: 'RIOSend', type: 'LPFN_RIOSEND', meaning: 'Sends on a connected socket.' },
		{ name: 'RIOSendEx', type: 'LPFN_RIOSENDEX', meaning: 'Sends with address and control data.' },
		{ name: 'RIOCloseCompletionQueue', type: 'LPFN_RIOCLOSECOMPLETIONQUEUE', meaning: 'Closes a completion queue.' },
		{ name: 'RIOCreateCompletionQueue', type: 'LPFN_RIOCREATECOMPLETIONQUEUE', meaning: 'Creates a completion queue.' },
		{
			name: 'RIOCreateRequestQueue',
			type: 'LPFN_RIOCREATEREQUESTQUEUE',
			meaning: 'Creates the request queue of a socket.',
		},
		{
			name: 'RIODequeueCompletion',
			type: 'LPFN_RIODEQUEUECOMPLETION',
			meaning: 'Takes finished requests out of a completion queue.',
		},
		{ name: 'RIODeregisterBuffer', type: 'LPFN_RIODEREGISTERBUFFER', meaning: 'Gives up a registered buffer.' },
		{ name: 'RIONotify', type: 'LPFN_RIONOTIFY', meaning: 'Asks to be told of the next completion.' },
		{ name: 'RIORegisterBuffer', type: 'LPFN_RIOREGISTERBUFFER', meaning: 'Registers a buffer.' },
		{ name: 'RIOResizeCompletionQueue', type: 'LPFN_RIORESIZECOMPLETIONQUEUE', meaning: 'Resizes a completion queue.' },
		{ name: 'RIOResizeRequestQueue', type: 'LPFN_RIORESIZEREQUESTQUEUE', meaning: 'Resizes a request queue.' },
	],
	documentation: 'windows/win32/api/mswsock/ns-mswsock-rio_extension_function_table',
} satisfies StructSpec;
