import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_TCP_INITIAL_RTO',
	opcode: _WSAIOW('IOC_VENDOR', 17),
	header: 'mstcpip.h',
	summary:
		'Sets how long a TCP socket waits for an answer to its SYN and how often it repeats it, so that a program can give up on a dead peer sooner, or later, than the default of the computer.',
	remarks: [
		'The time is a round-trip time in milliseconds from which the stack computes the retransmission timeout.',
		'The header names special values for both members: 0 for the default, all bits set for unspecified, and TCP_INITIAL_RTO_NO_SYN_RETRANSMISSIONS for a single attempt.',
	],
	input: {
		use: 'required',
		type: 'TCP_INITIAL_RTO_PARAMETERS',
		basis: 'documented',
		confidence: 'type',
		meaning: 'Initial round-trip time and number of SYN retransmissions.',
	},
	output: { use: 'must-be-empty', basis: 'documented' },
	errors: [
		{ error: 'WSAEACCES', when: 'the caller lacks administrative rights or is not elevated' },
		{ error: 'WSAEOPNOTSUPP', when: 'the transport does not know the code' },
	],
	socket: { types: ['SOCK_STREAM'], protocols: ['IPPROTO_TCP'] },
	order: [{ rule: 'before-connect', note: 'Later values have no connection attempt left to govern.' }],
	windows: { since: 'Windows 8 / Server 2012', version: '6.2', basis: 'documented' },
	conflicts: [
		'The page repeats a stock text on small output buffers (WSAEINVAL) and says that a successful call cannot report zero bytes, although the same page demands an output size of 0. The demand is followed.',
		'The list of control codes links the structure to the page of TRANSMIT_FILE_BUFFERS; the header has TCP_INITIAL_RTO_PARAMETERS.',
	],
	related: ['TCP_MAXRT', 'connect'],
	documentation: 'windows/win32/winsock/sio-tcp-initial-rto',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-socket',
		effect: "Sets the first retransmission time of the run's own socket.",
		input: { Rtt: 3000, MaxSynRetransmissions: 2 },
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void give_up_early(SOCKET s)
{
	TCP_INITIAL_RTO_PARAMETERS rto = { 500, 2 };
	DWORD bytes = 0;
	WSAIoctl(s, SIO_TCP_INITIAL_RTO, &rto, sizeof(rto), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void give_up_early(SOCKET s)
{
	USHORT milliseconds = 500;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_TCP_INITIAL_RTO, &milliseconds, sizeof(milliseconds), NULL, 0, &bytes, NULL, NULL);
	//                                              ^^^^^^^^^^^^^^^^^^^^ input-too-small
}`,
	},
} satisfies DocumentedCode;
