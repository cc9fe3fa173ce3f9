import { _IOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_IDEAL_SEND_BACKLOG_QUERY',
	opcode: _IOR('t', 123, 'ULONG'),
	header: 'ws2ipdef.h',
	summary:
		'Gives the ideal send backlog of a TCP connection: how many bytes should be under way without acknowledgement to use the line to the full.',
	remarks: [
		'One send at a time: raise SO_SNDBUF to the value. Overlapped sends: keep as many in flight that they and SO_SNDBUF together reach it.',
		'The value lies between 0 and 16 MB and follows bandwidth, delay, receive window and congestion; Windows lowers it when memory is short.',
		'Since Windows 7 send buffers grow by themselves unless SO_SNDBUF is set, so few programs still need it.',
		'ws2tcpip.h wraps it as idealsendbacklogquery.',
	],
	input: { use: 'unused', basis: 'documented' },
	output: {
		use: 'required',
		type: 'ULONG',
		unit: 'bytes',
		tooSmall: { error: 'WSAEINVAL', note: 'Sets *lpcbBytesReturned to 0.' },
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The ideal send backlog in bytes.',
	},
	overlapped: { mayBlock: false, note: 'Answers at once; a synchronous call is usual.' },
	errors: [
		{ error: 'WSAENOTCONN', when: 'the stream socket is not connected' },
		{ error: 'WSAENOPROTOOPT', when: 'the protocol of the socket does not support it' },
		{ error: 'WSAEOPNOTSUPP', when: 'the socket is a datagram socket, or the transport does not offer it' },
		{ error: 'WSAEINTR', when: 'the connection was reset, or its sending side was shut down' },
		{ error: 'WSA_OPERATION_ABORTED', when: 'as WSAEINTR, or the I/O manager cancelled the call' },
	],
	socket: { types: ['SOCK_STREAM'], protocols: ['IPPROTO_TCP'], otherwise: 'WSAEOPNOTSUPP' },
	order: [{ rule: 'after-connect', otherwise: 'WSAENOTCONN' }],
	windows: { since: 'Windows Vista SP1', version: '6.0.6001', basis: 'documented', note: 'And Windows Server 2008.' },
	conflicts: [
		'For an output buffer below 4 bytes the page names WSAEINVAL; Wine answers WSAEFAULT, but has no test for that case. The page is followed.',
	],
	related: ['SIO_IDEAL_SEND_BACKLOG_CHANGE', 'idealsendbacklogquery', 'SO_SNDBUF'],
	documentation: 'windows/win32/winsock/sio-ideal-send-backlog-query',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', state: 'connected' },
		risk: 'none',
		effect: "Asks how much the run's own connection should keep queued.",
		wine: 'Wine always answers 65536, whatever the connection.',
	},
	examples: {
		accepted: `
ULONG ideal_backlog(SOCKET connected)
{
	ULONG backlog = 0;
	DWORD bytes;
	WSAIoctl(connected, SIO_IDEAL_SEND_BACKLOG_QUERY, NULL, 0, &backlog, sizeof(backlog), &bytes, NULL, NULL);
	return backlog;
}`,
		rejected: `
USHORT ideal_backlog(SOCKET connected)
{
	USHORT backlog = 0;
	DWORD bytes;
	WSAIoctl(connected, SIO_IDEAL_SEND_BACKLOG_QUERY, NULL, 0, &backlog, sizeof(backlog), &bytes, NULL, NULL);
	//                                                                   ^^^^^^^^^^^^^^^ output-too-small
	return backlog;
}`,
	},
} satisfies DocumentedCode;
