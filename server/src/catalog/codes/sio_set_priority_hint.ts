import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_SET_PRIORITY_HINT',
	opcode: _WSAIOW('IOC_VENDOR', 24),
	header: 'mstcpip.h',
	aliases: [
		{
			name: 'SIO_PRIORITY_HINT',
			kind: 'header',
			header: 'mstcpip.h',
			note: 'Newer name of the same code, defined once NTDDI_VERSION is NTDDI_WIN10_FE (build 20348, Windows Server 2022) or more.',
		},
	],
	summary:
		'Tells the transport how urgent the traffic of the socket is. With the lowest value TCP sends by LEDBAT, a way of congestion control that steps back as soon as other traffic wants the line: right for updates and backups.',
	remarks: ['Only what is sent is slowed; received traffic stays as it is.'],
	input: {
		use: 'required',
		type: 'PRIORITY_HINT',
		accepts: ['SOCKET_PRIORITY_HINT'],
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The hint; IoPriorityHintVeryLow is the one that has a described effect.',
	},
	output: { use: 'must-be-empty', basis: 'documented' },
	socket: { types: ['SOCK_STREAM'], protocols: ['IPPROTO_TCP'] },
	windows: { since: 'Windows 10 1809', version: '10.0.17763', basis: 'documented' },
	conflicts: [
		'The documents say Windows 10 1809 (build 17763), while the header defines the name from NTDDI_WIN10_RS3 (Windows 10 1709) on. The header decides what compiles; the version in the documents is given as the one where it works.',
	],
	related: ['SIO_TCP_INFO'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-socket',
		effect: "Sets the priority of the run's own connection.",
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void yield_to_others(SOCKET s)
{
	PRIORITY_HINT hint = IoPriorityHintVeryLow;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_SET_PRIORITY_HINT, &hint, sizeof(hint), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void yield_to_others(SOCKET s)
{
	PRIORITY_HINT hint = IoPriorityHintVeryLow;
	PRIORITY_HINT previous;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_SET_PRIORITY_HINT, &hint, sizeof(hint), &previous, sizeof(previous), &bytes, NULL, NULL);
	//                                                                 ^^^^^^^^^^^^^^^^ unexpected-output
}`,
	},
} satisfies DocumentedCode;
