import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'WSACOMPLETION',
	aliases: ['_WSACOMPLETION'],
	pointers: ['PWSACOMPLETION', 'LPWSACOMPLETION'],
	header: 'winsock2.h',
	summary: 'How the end of a name-space notification is reported.',
	fields: [
		{ name: 'Type', type: 'WSACOMPLETIONTYPE', meaning: 'Which member of Parameters counts.' },
		{
			name: 'Parameters',
			type: {
				kind: 'union',
				fields: [
					{
						name: 'WindowMessage',
						type: {
							kind: 'struct',
							fields: [
								{ name: 'hWnd', type: 'HWND', meaning: 'Window that gets the message.' },
								{ name: 'uMsg', type: 'UINT', meaning: 'The message.' },
								{ name: 'context', type: 'WPARAM', meaning: 'Its wParam.' },
							],
						},
						meaning: 'With NSP_NOTIFY_HWND.',
					},
					{
						name: 'Event',
						type: {
							kind: 'struct',
							fields: [{ name: 'lpOverlapped', type: 'LPWSAOVERLAPPED', meaning: 'Holds the event.' }],
						},
						meaning: 'With NSP_NOTIFY_EVENT.',
					},
					{
						name: 'Apc',
						type: {
							kind: 'struct',
							fields: [
								{ name: 'lpOverlapped', type: 'LPWSAOVERLAPPED', meaning: 'State of the operation.' },
								{
									name: 'lpfnCompletionProc',
									type: 'LPWSAOVERLAPPED_COMPLETION_ROUTINE',
									meaning: 'Function to call.',
								},
							],
						},
						meaning: 'With NSP_NOTIFY_APC.',
					},
					{
						name: 'Port',
						type: {
							kind: 'struct',
							fields: [
								{ name: 'lpOverlapped', type: 'LPWSAOVERLAPPED', meaning: 'State of the operation.' },
								{ name: 'hPort', type: 'HANDLE', meaning: 'The completion port.' },
								{ name: 'Key', type: 'ULONG_PTR', meaning: 'Key that the port reports.' },
							],
						},
						meaning: 'With NSP_NOTIFY_PORT.',
					},
				],
			},
			meaning: 'Where the report goes.',
		},
	],
	documentation: 'windows/win32/api/winsock2/ns-winsock2-wsacompletion',
} satisfies StructSpec;
