import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_GET_TX_TIMESTAMP',
	opcode: _WSAIOW('IOC_VENDOR', 234),
	header: 'mstcpip.h',
	summary:
		'Takes the transmit timestamp of one datagram, named by the number that was given to it when it was sent, out of the buffer of the socket.',
	remarks: [
		'Timestamps must have been switched on with SIO_TIMESTAMPING, and the datagram sent with an SO_TIMESTAMP_ID control message.',
		'The timestamp may come a little later than WSASendMsg returns, so ask again after WSAEWOULDBLOCK.',
		'A software timestamp is a QueryPerformanceCounter value; a hardware one counts in the clock of the network card.',
		'Coalesced sends (UDP_SEND_MSG_SIZE) get no timestamps.',
	],
	input: {
		use: 'required',
		type: 'UINT32',
		basis: 'documented',
		confidence: 'type',
		meaning: 'The number of the datagram.',
	},
	output: {
		use: 'required',
		type: 'UINT64',
		basis: 'documented',
		confidence: 'type',
		meaning: 'The timestamp, a counter value.',
	},
	overlapped: {
		note: 'It never waits: without a timestamp even an overlapped call fails at once with WSAEWOULDBLOCK.',
	},
	errors: [{ error: 'WSAEWOULDBLOCK', when: 'the timestamp is not there (yet)' }],
	socket: { types: ['SOCK_DGRAM'], protocols: ['IPPROTO_UDP'], note: 'Not with UDP_SEND_MSG_SIZE.' },
	windows: {
		basis: 'header',
		note: 'The header defines the name once NTDDI_VERSION is NTDDI_WIN10_FE (build 20348, Windows Server 2022) or more.',
	},
	conflicts: [
		'The code carries only the I bit in the header, yet the output buffer is needed, in the header as in the documents.',
	],
	related: ['SIO_TIMESTAMPING', 'WSASendMsg', 'SO_TIMESTAMP_ID', 'QueryPerformanceCounter'],
	documentation: 'windows/win32/winsock/winsock-timestamping',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP', state: 'bound' },
		risk: 'none',
		effect: 'Asks for the time at which a datagram was sent.',
		input: { '': 1 },
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int sent_at(SOCKET s, UINT32 id, UINT64 *time)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_GET_TX_TIMESTAMP, &id, sizeof(id), time, sizeof(*time), &bytes, NULL, NULL);
}`,
		rejected: `
DWORD sent_at(SOCKET s, UINT32 id)
{
	DWORD time = 0;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_GET_TX_TIMESTAMP, &id, sizeof(id), &time, sizeof(time), &bytes, NULL, NULL);
	//                                                        ^^^^^^^^^^^^ output-too-small
	return time;
}`,
	},
} satisfies DocumentedCode;
