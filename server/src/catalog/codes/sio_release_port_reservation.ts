import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_RELEASE_PORT_RESERVATION',
	opcode: _WSAIOW('IOC_VENDOR', 101),
	header: 'mstcpip.h',
	summary: 'Gives port numbers back that the same process reserved at run time with SIO_ACQUIRE_PORT_RESERVATION.',
	remarks: [
		'Persistent reservations are removed with DeletePersistentTcpPortReservation and DeletePersistentUdpPortReservation instead.',
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
		{ error: 'WSAEOPNOTSUPP', when: 'the socket is neither TCP nor UDP, or the transport does not know the code' },
		{ error: 'WSAEINTR', when: 'the I/O manager cancels the request or the socket is closed' },
		{ error: 'WSA_OPERATION_ABORTED', when: 'the I/O manager cancels the request or the socket is closed' },
	],
	socket: {
		types: ['SOCK_STREAM', 'SOCK_DGRAM'],
		protocols: ['IPPROTO_TCP', 'IPPROTO_UDP'],
		otherwise: 'WSAEOPNOTSUPP',
	},
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	conflicts: [
		'The page repeats a stock text on small output buffers (WSAEINVAL) and says that a successful call cannot report zero bytes, although the same page demands an output size of 0. The demand is followed.',
	],
	related: ['SIO_ACQUIRE_PORT_RESERVATION', 'SIO_ASSOCIATE_PORT_RESERVATION', 'DeletePersistentTcpPortReservation'],
	documentation: 'windows/win32/winsock/sio-release-port-reservation',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-machine',
		effect: 'Gives up a port reservation of this machine, which other programs may rely on.',
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int give_back(SOCKET s, INET_PORT_RESERVATION_TOKEN token)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_RELEASE_PORT_RESERVATION, &token, sizeof(token), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int give_back(SOCKET s, INET_PORT_RANGE range)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_RELEASE_PORT_RESERVATION, &range, sizeof(range), NULL, 0, &bytes, NULL, NULL);
	//                                                       ^^^^^^^^^^^^^ wrong-struct
	//                                                                                       ^^^^ may-block
}`,
	},
} satisfies DocumentedCode;
