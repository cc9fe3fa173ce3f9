import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_SOCKET_CLOSE_NOTIFY',
	opcode: _WSAIOW('IOC_VENDOR', 13),
	header: 'mswsock.h',
	summary:
		'Lets a program learn when a given socket is closed: the overlapped call completes at that moment. It existed in two service packs only.',
	remarks: ['SIO_RCVALL_MCAST_IF of mstcpip.h has the same value and nothing to do with it.'],
	input: {
		use: 'required',
		type: 'SOCKET',
		accepts: ['HANDLE'],
		basis: 'header',
		confidence: 'type',
		meaning: 'The socket to watch. The comment in the header wants the size of a HANDLE exactly.',
	},
	output: { use: 'must-be-empty', basis: 'header' },
	overlapped: {
		rule: 'required',
		mayBlock: true,
		note: 'The comment in the header makes the WSAOVERLAPPED structure mandatory.',
	},
	windows: {
		since: 'Windows XP SP2 / Server 2003 SP1',
		version: '5.1',
		until: 'The header hides the name once _WIN32_WINNT is 0x0600 (Windows Vista) or more.',
		basis: 'header',
	},
	status: {
		kind: 'removed',
		note: 'Windows Vista and later do not know it; there the value belongs to SIO_RCVALL_MCAST_IF.',
		since: '6.0',
	},
	related: ['SIO_RCVALL_MCAST_IF', 'closesocket'],
	examples: {
		accepted: `
#define _WIN32_WINNT 0x0502
int watch(SOCKET s, SOCKET watched, WSAOVERLAPPED *pending)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_SOCKET_CLOSE_NOTIFY, &watched, sizeof(watched), NULL, 0, &bytes, pending, NULL);
}`,
		rejected: `
#define _WIN32_WINNT 0x0502
int watch(SOCKET s, SOCKET watched)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_SOCKET_CLOSE_NOTIFY, &watched, sizeof(watched), NULL, 0, &bytes, NULL, NULL);
	//                                                                                      ^^^^ overlapped-required
	//                 ^^^^^^^^^^^^^^^^^^^^^^^ reserved-code
}`,
	},
} satisfies DocumentedCode;
