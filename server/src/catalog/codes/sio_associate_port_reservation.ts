import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_ASSOCIATE_PORT_RESERVATION',
	opcode: _WSAIOW('IOC_VENDOR', 102),
	header: 'mstcpip.h',
	summary:
		'Makes a later bind of this socket take its port out of a reserved block, named by its token. The block may be a run-time reservation of the same process or a persistent one.',
	remarks: [
		'When the block has no free port left, it is bind that fails.',
		'The token of a persistent reservation can change with every restart of the system: look it up anew.',
	],
	input: {
		use: 'required',
		type: 'INET_PORT_RESERVATION_TOKEN',
		basis: 'documented',
		confidence: 'hard',
		meaning:
			'The token of the reservation: the member Token of INET_PORT_RESERVATION_INSTANCE, not the whole structure.',
	},
	output: { use: 'must-be-empty', basis: 'documented' },
	overlapped: {
		rule: 'recommended',
		mayBlock: true,
		note: 'A call without a WSAOVERLAPPED structure waits even on a non-blocking socket.',
	},
	errors: [
		{ error: 'WSAEACCES', when: 'the reservation is persistent and the caller is no administrator or not elevated' },
		{ error: 'WSAEOPNOTSUPP', when: 'the socket is neither TCP nor UDP, or the transport does not know the code' },
		{ error: 'WSAEINTR', when: 'the I/O manager cancels the request or the socket is closed' },
		{ error: 'WSA_OPERATION_ABORTED', when: 'the I/O manager cancels the request or the socket is closed' },
	],
	socket: {
		types: ['SOCK_STREAM', 'SOCK_DGRAM'],
		protocols: ['IPPROTO_TCP', 'IPPROTO_UDP'],
		otherwise: 'WSAEOPNOTSUPP',
	},
	order: [{ rule: 'before-bind' }],
	privilege: 'Administrator for persistent reservations (WSAEACCES)',
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	conflicts: [
		'The page repeats a stock text on small output buffers (WSAEINVAL) and says that a successful call cannot report zero bytes, although the same page demands an output size of 0. The demand is followed.',
	],
	related: [
		'SIO_ACQUIRE_PORT_RESERVATION',
		'SIO_RELEASE_PORT_RESERVATION',
		'LookupPersistentTcpPortReservation',
		'bind',
	],
	documentation: 'windows/win32/winsock/sio-associate-port-reservation',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-socket',
		effect: "Ties the run's own socket to a port reservation.",
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int join_block(SOCKET s, INET_PORT_RESERVATION_TOKEN token)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_ASSOCIATE_PORT_RESERVATION, &token, sizeof(token), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int join_block(SOCKET s, INET_PORT_RESERVATION_INSTANCE granted)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_ASSOCIATE_PORT_RESERVATION, &granted, sizeof(granted), NULL, 0, &bytes, NULL, NULL);
	//                                                           ^^^^^^^^^^^^^^^ wrong-struct
	//                                                                                             ^^^^ may-block
}`,
	},
} satisfies DocumentedCode;
