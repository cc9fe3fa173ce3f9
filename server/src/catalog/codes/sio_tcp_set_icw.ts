import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_TCP_SET_ICW',
	opcode: _WSAIOW('IOC_VENDOR', 22),
	header: 'mstcpip.h',
	summary:
		'Chooses the level from which TCP derives the initial congestion window of a connection. Only the header knows it.',
	input: {
		type: 'TCP_ICW_PARAMETERS',
		minimum: { sizeof: 'TCP_ICW_PARAMETERS' },
		basis: 'header',
		confidence: 'soft',
		meaning: 'One TCP_ICW_LEVEL. The structure in the header bears the name of the code; nothing else says so.',
	},
	output: {},
	related: ['SIO_TCP_INITIAL_RTO', 'SIO_TCP_SET_ACK_FREQUENCY', 'SIO_TCP_INFO'],
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-socket',
		effect: "Sets the initial congestion window of the run's own socket.",
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void start_fast(SOCKET s)
{
	TCP_ICW_PARAMETERS window = { TCP_ICW_LEVEL_HIGH };
	DWORD bytes = 0;
	WSAIoctl(s, SIO_TCP_SET_ICW, &window, sizeof(window), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void start_fast(SOCKET s)
{
	TCP_ICW_PARAMETERS window = { TCP_ICW_LEVEL_HIGH };
	WSAIoctl(s, SIO_TCP_SET_ICW, &window, sizeof(window), NULL, 0, NULL, NULL, NULL);
	//                                                             ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
