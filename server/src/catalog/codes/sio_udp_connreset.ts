import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_UDP_CONNRESET',
	opcode: _WSAIOW('IOC_VENDOR', 12),
	header: 'mswsock.h',
	summary:
		'Chooses whether a UDP socket tells its owner that an earlier datagram hit a closed port. With TRUE the ICMP answer surfaces as an error of a later receive call; with FALSE it is swallowed. UDP servers switch it off so that one client that went away does not break the receive loop for the others.',
	remarks: [
		'Reporting is on where the provider supports it (comment in mswsock.h).',
		'SIO_UDP_NETRESET is the sister code for the unreachable-network message (TTL expired).',
	],
	input: {
		use: 'required',
		type: 'BOOL',
		basis: 'sample',
		confidence: 'soft',
		meaning:
			'TRUE: report, FALSE: keep silent. The documents name the two values, not a C type; sample code passes four bytes.',
		flag: { zero: 'keep silent', other: 'report' },
	},
	output: {},
	socket: { types: ['SOCK_DGRAM'], protocols: ['IPPROTO_UDP'] },
	errors: [
		{
			error: 'WSAECONNRESET',
			when: 'reporting is on and a datagram sent before met a closed port: 10054 comes from a later recvfrom or WSARecvFrom, not from this call',
			basis: 'reported',
			source: 'tokio-rs/tokio#2017',
		},
	],
	windows: {
		since: 'Windows XP',
		version: '5.1',
		basis: 'documented',
		note: 'The list of control codes labels the paragraph with this version only.',
	},
	related: ['SIO_UDP_NETRESET', 'WSARecvFrom'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'changes-socket',
		effect: "Switches the reporting of unreachable ports on the run's own socket.",
		input: { '': 0 },
		wine: 'Wine only pretends: it answers success and does nothing.',
	},
	examples: {
		accepted: `
void keep_receiving(SOCKET s)
{
	BOOL report = FALSE;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_UDP_CONNRESET, &report, sizeof(report), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void keep_receiving(SOCKET s)
{
	bool report = false;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_UDP_CONNRESET, &report, sizeof(report), NULL, 0, &bytes, NULL, NULL);
	//                                      ^^^^^^^^^^^^^^ input-too-small
}`,
	},
} satisfies DocumentedCode;
