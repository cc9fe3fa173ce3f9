import { _IOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIOCATMARK',
	opcode: _IOR('s', 7, 'u_long'),
	header: 'winsock2.h',
	summary:
		'Asks a stream socket whether any urgent (out-of-band) data is still ahead of the reader: TRUE says that none is, FALSE that the next receive stops at the mark.',
	remarks: [
		'One receive call never returns urgent and ordinary bytes together.',
		'The sense is the reverse of the BSD call, where a true answer means that the reader stands at the mark.',
		'ioctlsocket takes no length: its argument is always a pointer to a u_long.',
		'winsock.h defines the same code for Winsock 1.1 programs.',
	],
	input: { use: 'unused', basis: 'documented' },
	output: {
		use: 'required',
		type: 'u_long',
		accepts: ['BOOL'],
		tooSmall: { error: 'WSAEFAULT', note: 'With 3 bytes *lpcbBytesReturned stays as it was.' },
		basis: 'documented',
		confidence: 'type',
		meaning: 'TRUE when no out-of-band data is waiting.',
	},
	socket: { types: ['SOCK_STREAM'], note: 'The list of control codes asks for SO_OOBINLINE to be set.' },
	conflicts: [
		'The macro names u_long, the documents BOOL. Both are 4 bytes, so the size is the same; ioctlsocket takes a u_long pointer.',
		'The list of control codes limits it to sockets with SO_OOBINLINE; the chapter on out-of-band data says that such a socket only ever gets TRUE.',
	],
	related: ['ioctlsocket', 'SO_OOBINLINE', 'recv'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', state: 'connected', queued: 'hello', urgent: '!' },
		risk: 'none',
		effect: 'Asks for the out-of-band mark; five bytes and one out-of-band byte are queued.',
		posix: {
			call: 'SIOCATMARK',
			difference:
				'The sense is the reverse: libc answers 1 when the next byte is at the mark, Winsock answers FALSE while out-of-band data waits.',
		},
	},
	examples: {
		accepted: `
BOOL no_urgent_data(SOCKET s)
{
	BOOL none = FALSE;
	DWORD bytes;
	WSAIoctl(s, SIOCATMARK, NULL, 0, &none, sizeof(none), &bytes, NULL, NULL);
	return none;
}`,
		rejected: `
BOOLEAN no_urgent_data(SOCKET s)
{
	BOOLEAN none = FALSE;
	DWORD bytes;
	WSAIoctl(s, SIOCATMARK, NULL, 0, &none, sizeof(none), &bytes, NULL, NULL);
	//                                      ^^^^^^^^^^^^ output-too-small
	return none;
}`,
	},
} satisfies DocumentedCode;
