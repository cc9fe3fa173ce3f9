import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'WSASENDMSG',
	pointers: ['LPWSASENDMSG'],
	header: 'mswsock.h',
	summary: "WSASendMsg's arguments, as layered providers pass them on.",
	fields: [
		{ name: 'lpMsg', type: 'LPWSAMSG', meaning: 'The datagram.' },
		{ name: 'dwFlags', type: 'DWORD', meaning: 'Flags of the call.' },
		{ name: 'lpNumberOfBytesSent', type: 'LPDWORD', meaning: 'Where the number of bytes sent goes.' },
		{ name: 'lpOverlapped', type: 'LPWSAOVERLAPPED', meaning: 'State of the operation when it is asynchronous.' },
		{
			name: 'lpCompletionRoutine',
			type: 'LPWSAOVERLAPPED_COMPLETION_ROUTINE',
			meaning: 'Function to call at its end.',
		},
	],
} satisfies StructSpec;
