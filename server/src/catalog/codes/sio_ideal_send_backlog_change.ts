import { _IO } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_IDEAL_SEND_BACKLOG_CHANGE',
	opcode: _IO('t', 122),
	header: 'ws2ipdef.h',
	summary:
		'Waits until the ideal send backlog of a TCP connection changes, and then completes without data; SIO_IDEAL_SEND_BACKLOG_QUERY gives the new value.',
	remarks: [
		'It waits on a non-blocking socket as well: there is no WSAEWOULDBLOCK.',
		'Only one request may be waiting for each socket; a second one fails.',
		'ws2tcpip.h wraps it as idealsendbacklognotify.',
	],
	input: { use: 'unused', basis: 'documented' },
	output: {
		use: 'must-be-empty',
		basis: 'documented',
		confidence: 'hard',
		meaning: '*lpcbBytesReturned is set to 0.',
	},
	overlapped: {
		rule: 'recommended',
		mayBlock: true,
		note: 'Without it the call returns only when the value changes, on a non-blocking socket too.',
	},
	errors: [
		{ error: 'WSAEINVAL', when: 'cbOutBuffer is not 0', on: { output: 'not-empty' } },
		{ error: 'WSAENOTCONN', when: 'the stream socket is not connected' },
		{ error: 'WSAENOPROTOOPT', when: 'the protocol of the socket does not support it' },
		{ error: 'WSAEOPNOTSUPP', when: 'the socket is a datagram socket, or the transport does not offer it' },
		{
			error: 'WSAEINTR',
			when: 'the connection was reset, its sending side was shut down, or a request is already waiting',
		},
		{ error: 'WSA_OPERATION_ABORTED', when: 'as WSAEINTR, or the I/O manager cancelled the call' },
	],
	socket: { types: ['SOCK_STREAM'], protocols: ['IPPROTO_TCP'], otherwise: 'WSAEOPNOTSUPP' },
	order: [{ rule: 'after-connect', otherwise: 'WSAENOTCONN' }],
	windows: { since: 'Windows Vista SP1', version: '6.0.6001', basis: 'documented', note: 'And Windows Server 2008.' },
	related: ['SIO_IDEAL_SEND_BACKLOG_QUERY', 'idealsendbacklognotify', 'SO_SNDBUF'],
	documentation: 'windows/win32/winsock/sio-ideal-send-backlog-change',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', state: 'connected' },
		waits: true,
		risk: 'none',
		effect: 'Waits for a change of the ideal send backlog; an overlapped run is cancelled after its wait.',
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void watch_backlog(SOCKET connected, WSAOVERLAPPED *overlapped)
{
	DWORD bytes;
	WSAIoctl(connected, SIO_IDEAL_SEND_BACKLOG_CHANGE, NULL, 0, NULL, 0, &bytes, overlapped, NULL);
}`,
		rejected: `
void watch_backlog(SOCKET connected, WSAOVERLAPPED *overlapped, ULONG backlog[1])
{
	DWORD bytes;
	WSAIoctl(connected, SIO_IDEAL_SEND_BACKLOG_CHANGE, NULL, 0, backlog, sizeof(ULONG), &bytes, overlapped, NULL);
	//                                                                   ^^^^^^^^^^^^^ unexpected-output
}`,
	},
} satisfies DocumentedCode;
