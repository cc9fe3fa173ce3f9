import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_CPU_AFFINITY',
	opcode: _WSAIOW('IOC_VENDOR', 21),
	header: 'mstcpip.h',
	summary:
		'Ties a UDP socket to one processor so that several sockets can share one address: after binding them alike, the stack spreads the arriving flows among them by the RSS hash, each flow always to the same socket.',
	remarks: ['The RSS settings themselves stay as they are; the code only says which socket gets which processor.'],
	input: {
		use: 'required',
		type: 'USHORT',
		basis: 'documented',
		confidence: 'type',
		meaning: 'Index of the processor, from 0. Two bytes, not four.',
	},
	output: {},
	errors: [{ error: 'WSAEINVAL', when: 'the socket is already bound' }],
	socket: {
		types: ['SOCK_DGRAM'],
		protocols: ['IPPROTO_UDP'],
		note: 'Not together with SO_REUSEADDR or SO_REUSE_MULTICASTPORT.',
	},
	order: [{ rule: 'before-bind', otherwise: 'WSAEINVAL' }],
	windows: { since: 'Windows 10 2004', version: '10.0.19041', basis: 'documented' },
	conflicts: [
		'The page tells users of the 10.0.19041 SDK to write 0x98000015 for want of a name; the present header defines the name from that version on (NTDDI_WIN10_VB, Windows 10 2004) and is followed.',
	],
	related: ['SIO_QUERY_RSS_PROCESSOR_INFO', 'SIO_QUERY_RSS_SCALABILITY_INFO', 'SO_REUSEADDR'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'changes-socket',
		effect: "Ties the run's own socket to one processor.",
		input: { '': 0 },
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void pin(SOCKET s, USHORT processor)
{
	DWORD bytes = 0;
	WSAIoctl(s, SIO_CPU_AFFINITY, &processor, sizeof(processor), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void pin(SOCKET s, BYTE processor)
{
	DWORD bytes = 0;
	WSAIoctl(s, SIO_CPU_AFFINITY, &processor, sizeof(processor), NULL, 0, &bytes, NULL, NULL);
	//                                        ^^^^^^^^^^^^^^^^^ input-too-small
}`,
	},
} satisfies DocumentedCode;
