import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_ACQUIRE_PORT_RESERVATION',
	opcode: _WSAIOW('IOC_VENDOR', 100),
	header: 'mstcpip.h',
	summary:
		'Sets a range of TCP or UDP port numbers aside for the process that owns the socket and hands back a token. Other sockets of the process then bind inside the block after SIO_ASSOCIATE_PORT_RESERVATION.',
	remarks: [
		'The reservation ends with the socket, or earlier through SIO_RELEASE_PORT_RESERVATION.',
		'StartPort is in network byte order; 0 lets the system choose the block.',
		'Reservations that survive a restart come from CreatePersistentTcpPortReservation and CreatePersistentUdpPortReservation and serve every process that may obtain them.',
	],
	input: {
		use: 'required',
		type: 'INET_PORT_RANGE',
		basis: 'documented',
		confidence: 'type',
		meaning: 'First port and number of ports.',
	},
	output: {
		use: 'required',
		type: 'INET_PORT_RESERVATION_INSTANCE',
		tooSmall: { error: 'WSAEINVAL', note: '*lpcbBytesReturned becomes 0' },
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The block that was granted and its token.',
	},
	overlapped: {
		rule: 'recommended',
		mayBlock: true,
		note: 'A call without a WSAOVERLAPPED structure waits even on a non-blocking socket.',
	},
	errors: [
		{ error: 'WSAEOPNOTSUPP', when: 'the socket is neither TCP nor UDP, or the transport does not know the code' },
		{
			error: 'WSAEADDRINUSE',
			when: 'a port of the range is taken, or lies in a range that Windows keeps for others (netsh int ipv4 show excludedportrange)',
			basis: 'reported',
			source: 'microsoft/msquic#2891',
		},
		{ error: 'WSAEINTR', when: 'the I/O manager cancels the request or the socket is closed' },
		{ error: 'WSA_OPERATION_ABORTED', when: 'the I/O manager cancels the request or the socket is closed' },
	],
	socket: {
		types: ['SOCK_STREAM', 'SOCK_DGRAM'],
		protocols: ['IPPROTO_TCP', 'IPPROTO_UDP'],
		otherwise: 'WSAEOPNOTSUPP',
	},
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	conflicts: ['The code carries only the I bit, in the documents and in the header, yet the output buffer is needed.'],
	related: [
		'SIO_ASSOCIATE_PORT_RESERVATION',
		'SIO_RELEASE_PORT_RESERVATION',
		'CreatePersistentTcpPortReservation',
		'CreatePersistentUdpPortReservation',
	],
	documentation: 'windows/win32/winsock/sio-acquire-port-reservation',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-machine',
		effect: 'Reserves TCP ports on this machine until the socket is closed: no other program can bind to them.',
		input: { NumberOfPorts: 1 },
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int reserve(SOCKET s, INET_PORT_RESERVATION_INSTANCE *granted)
{
	INET_PORT_RANGE range = { 0, 16 };
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_ACQUIRE_PORT_RESERVATION, &range, sizeof(range), granted, sizeof(*granted), &bytes, NULL, NULL);
}`,
		rejected: `
int reserve(SOCKET s)
{
	INET_PORT_RANGE range = { 0, 16 };
	ULONG64 token = 0;
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_ACQUIRE_PORT_RESERVATION, &range, sizeof(range), &token, sizeof(token), &bytes, NULL, NULL);
	//                                                                              ^^^^^^^^^^^^^ output-too-small
	//                                                                                                     ^^^^ may-block
}`,
	},
} satisfies DocumentedCode;
