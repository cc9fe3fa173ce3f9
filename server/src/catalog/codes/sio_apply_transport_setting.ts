import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_APPLY_TRANSPORT_SETTING',
	opcode: _WSAIOW('IOC_VENDOR', 19),
	header: 'mstcpip.h',
	summary:
		'Changes one of several transport settings; a GUID at the start of the input says which one. The known settings let a network library mark a TCP socket for the ControlChannelTrigger of store apps, and tie a socket to the name resolution before it.',
	remarks: [
		'REAL_TIME_NOTIFICATION_CAPABILITY takes a REAL_TIME_NOTIFICATION_SETTING_INPUT, works on TCP sockets only and leaves the output buffer alone.',
		'ASSOCIATE_NAMERES_CONTEXT takes an ASSOCIATE_NAMERES_CONTEXT_INPUT, from Windows 10 and Windows Server 2016 on.',
		'Meant for libraries such as WinInet; a store app has no use for it.',
	],
	input: {
		use: 'required',
		type: 'TRANSPORT_SETTING_ID',
		accepts: [
			'REAL_TIME_NOTIFICATION_SETTING_INPUT',
			'REAL_TIME_NOTIFICATION_SETTING_INPUT_EX',
			'ASSOCIATE_NAMERES_CONTEXT_INPUT',
		],
		variable:
			'the structure of the setting: REAL_TIME_NOTIFICATION_SETTING_INPUT (32 bytes), REAL_TIME_NOTIFICATION_SETTING_INPUT_EX (36) or ASSOCIATE_NAMERES_CONTEXT_INPUT (24)',
		basis: 'documented',
		confidence: 'type',
		meaning: 'A structure whose first member is the TRANSPORT_SETTING_ID.',
	},
	output: {
		use: 'optional',
		variable: 'by the setting; the known settings need none',
		tooSmall: { error: 'WSAEINVAL', note: '*lpcbBytesReturned becomes 0' },
		basis: 'documented',
		meaning: 'Whatever the setting returns: nothing, for the known ones.',
	},
	errors: [
		{ error: 'WSAEOPNOTSUPP', when: 'the socket is neither TCP nor UDP, or the transport does not know the code' },
	],
	socket: {
		types: ['SOCK_STREAM', 'SOCK_DGRAM'],
		protocols: ['IPPROTO_TCP', 'IPPROTO_UDP'],
		otherwise: 'WSAEOPNOTSUPP',
		note: 'Real-time notification wants TCP.',
	},
	windows: { since: 'Windows 8 / Server 2012', version: '6.2', basis: 'documented' },
	conflicts: [
		'The list of control codes knows one setting only; the page of this code adds ASSOCIATE_NAMERES_CONTEXT and the header also REAL_TIME_NOTIFICATION_CAPABILITY_EX. The header is followed.',
	],
	related: ['SIO_QUERY_TRANSPORT_SETTING', 'TRANSPORT_SETTING_ID', 'GetAddrInfoEx'],
	documentation: 'windows/win32/winsock/sio-apply-transport-setting',
	examples: {
		accepted: `
int mark(SOCKET s, REAL_TIME_NOTIFICATION_SETTING_INPUT *setting)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_APPLY_TRANSPORT_SETTING, setting, sizeof(*setting), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int mark(SOCKET s, REAL_TIME_NOTIFICATION_SETTING_INPUT *setting)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_APPLY_TRANSPORT_SETTING, setting, sizeof(setting), NULL, 0, &bytes, NULL, NULL);
	//                                                       ^^^^^^^^^^^^^^^ sizeof-pointer
}`,
	},
} satisfies DocumentedCode;
