import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_QUERY_TRANSPORT_SETTING',
	opcode: _WSAIOW('IOC_VENDOR', 20),
	header: 'mstcpip.h',
	summary:
		'Reads a transport setting of a TCP socket back; a GUID in the input says which one. The one setting that can be read tells whether the ControlChannelTrigger of store apps is at work on the socket.',
	remarks: ['Meant for libraries such as WinInet; a store app has no use for it.'],
	input: {
		use: 'required',
		type: 'TRANSPORT_SETTING_ID',
		variable: 'by the setting; the known one needs the TRANSPORT_SETTING_ID alone',
		basis: 'documented',
		confidence: 'type',
		meaning: 'A TRANSPORT_SETTING_ID whose Guid is REAL_TIME_NOTIFICATION_CAPABILITY.',
	},
	output: {
		use: 'required',
		type: 'REAL_TIME_NOTIFICATION_SETTING_OUTPUT',
		variable: 'by the setting; the known one returns a REAL_TIME_NOTIFICATION_SETTING_OUTPUT',
		tooSmall: {
			error: 'ERROR_INSUFFICIENT_BUFFER',
			neededSize: true,
			note: 'another paragraph of the page says WSAEINVAL and a size of 0',
		},
		basis: 'documented',
		confidence: 'type',
		meaning: 'The state of the control channel.',
	},
	errors: [
		{ error: 'WSAENOTCONN', when: 'the socket is not connected' },
		{ error: 'WSAENOPROTOOPT', when: 'the protocol of the socket does not support it' },
		{ error: 'WSAEOPNOTSUPP', when: 'the transport does not know the code' },
	],
	socket: { types: ['SOCK_STREAM'], protocols: ['IPPROTO_TCP'] },
	order: [{ rule: 'after-connect', otherwise: 'WSAENOTCONN' }],
	windows: { since: 'Windows 8 / Server 2012', version: '6.2', basis: 'documented' },
	conflicts: [
		'The code carries only the I bit, in the documents and in the header, yet the output buffer is needed.',
		'For a small output buffer the page gives WSAEINVAL with a size of 0 in one place and ERROR_INSUFFICIENT_BUFFER with the size needed in its error table. The table is followed.',
	],
	related: ['SIO_APPLY_TRANSPORT_SETTING', 'TRANSPORT_SETTING_ID'],
	documentation: 'windows/win32/winsock/sio-query-transport-setting',
	examples: {
		accepted: `
int trigger_status(SOCKET s, TRANSPORT_SETTING_ID id, REAL_TIME_NOTIFICATION_SETTING_OUTPUT *status)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_QUERY_TRANSPORT_SETTING, &id, sizeof(id), status, sizeof(*status), &bytes, NULL, NULL);
}`,
		rejected: `
int trigger_status(SOCKET s, TRANSPORT_SETTING_ID id)
{
	BOOLEAN on = FALSE;
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_QUERY_TRANSPORT_SETTING, &id, sizeof(id), &on, sizeof(on), &bytes, NULL, NULL);
	//                                                                    ^^^^^^^^^^ output-too-small
}`,
	},
} satisfies DocumentedCode;
