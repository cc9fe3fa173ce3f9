import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_TCP_SET_ACK_FREQUENCY',
	opcode: _WSAIOW('IOC_VENDOR', 23),
	header: 'mstcpip.h',
	summary:
		'Sets the frequency of delayed TCP acknowledgements, to judge by the one field of its structure (TcpDelayedAckFrequency). Only the header knows it.',
	remarks: [
		'The structure of the header is one byte; code by others passes an int, which holds the byte in front on a little-endian machine.',
	],
	input: {
		type: 'TCP_ACK_FREQUENCY_PARAMETERS',
		minimum: { sizeof: 'TCP_ACK_FREQUENCY_PARAMETERS' },
		basis: 'header',
		confidence: 'soft',
		meaning: 'One UCHAR. The structure in the header bears the name of the code; nothing else says so.',
	},
	output: {},
	related: ['SIO_TCP_SET_ICW', 'SIO_TCP_INITIAL_RTO', 'TCP_NODELAY'],
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', state: 'connected' },
		risk: 'changes-socket',
		effect: "Sets how often the run's own connection acknowledges.",
		input: { TcpDelayedAckFrequency: 2 },
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void acknowledge_at_once(SOCKET s)
{
	TCP_ACK_FREQUENCY_PARAMETERS frequency = { 1 };
	DWORD bytes = 0;
	WSAIoctl(s, SIO_TCP_SET_ACK_FREQUENCY, &frequency, sizeof(frequency), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void acknowledge_at_once(SOCKET s)
{
	TCP_ACK_FREQUENCY_PARAMETERS frequency = { 1 };
	WSAIoctl(s, SIO_TCP_SET_ACK_FREQUENCY, &frequency, sizeof(frequency), NULL, 0, NULL, NULL, NULL);
	//                                                                             ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
