import { _IOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'FIONREAD',
	opcode: _IOR('f', 127, 'u_long'),
	header: 'winsock2.h',
	summary: 'Tells how many received bytes wait in the socket and can be fetched without blocking.',
	remarks: [
		'Stream sockets: the number that one receive call can deliver, usually everything queued.',
		'Message sockets: all queued bytes together, so the next datagram alone may be shorter.',
		'ioctlsocket takes no length: its argument is always a pointer to a u_long.',
		'winsock.h defines the same code for Winsock 1.1 programs.',
	],
	input: { use: 'unused', basis: 'documented' },
	output: {
		use: 'required',
		type: 'u_long',
		unit: 'bytes',
		tooSmall: { error: 'WSAEFAULT', note: 'With 3 bytes *lpcbBytesReturned stays as it was.' },
		basis: 'documented',
		confidence: 'type',
		meaning: 'Bytes that can be read now.',
	},
	related: ['ioctlsocket', 'recv', 'WSARecv'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', state: 'connected', queued: 'hello' },
		risk: 'none',
		effect: 'Asks how many bytes wait; five are queued for it.',
		posix: {
			call: 'FIONREAD',
			difference: 'On a datagram socket Linux counts the next datagram only, Winsock everything queued.',
		},
	},
	examples: {
		accepted: `
u_long readable(SOCKET s)
{
	u_long pending = 0;
	DWORD bytes;
	WSAIoctl(s, FIONREAD, NULL, 0, &pending, sizeof(pending), &bytes, NULL, NULL);
	return pending;
}`,
		rejected: `
u_short readable(SOCKET s)
{
	u_short pending = 0;
	DWORD bytes;
	WSAIoctl(s, FIONREAD, NULL, 0, &pending, sizeof(pending), &bytes, NULL, NULL);
	//                                       ^^^^^^^^^^^^^^^ output-too-small
	return pending;
}`,
	},
} satisfies DocumentedCode;
