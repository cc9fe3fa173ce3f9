import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_UDP_NETRESET',
	opcode: _WSAIOW('IOC_VENDOR', 15),
	header: 'mswsock.h',
	summary:
		'Chooses whether a UDP socket tells its owner that an earlier datagram could not reach the network or ran out of hops. With TRUE the ICMP answer surfaces as an error of a later receive call; with FALSE it is swallowed.',
	remarks: [
		'Reporting is on where the provider supports it (comment in mswsock.h).',
		'A server that only switches SIO_UDP_CONNRESET off can still see receive calls fail because of this message.',
	],
	input: {
		use: 'required',
		type: 'BOOL',
		basis: 'sample',
		confidence: 'soft',
		meaning: 'TRUE: report, FALSE: keep silent. No source names the C type; callers pass four bytes.',
		flag: { zero: 'keep silent', other: 'report' },
	},
	output: {},
	socket: { types: ['SOCK_DGRAM'], protocols: ['IPPROTO_UDP'] },
	errors: [
		{
			error: 'WSAENETRESET',
			when: 'reporting is on and a datagram sent before did not arrive: 10052 comes from a later recvfrom or WSARecvFrom, not from this call',
			basis: 'reported',
			source: 'godotengine/godot#22332',
		},
	],
	related: ['SIO_UDP_CONNRESET', 'WSARecvFrom'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'changes-socket',
		effect: "Switches the reporting of expired packets on the run's own socket.",
		input: { '': 0 },
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void ignore_expired_hops(SOCKET s)
{
	BOOL report = FALSE;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_UDP_NETRESET, &report, sizeof(report), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void ignore_expired_hops(SOCKET s)
{
	BOOL report = FALSE;
	WSAIoctl(s, SIO_UDP_NETRESET, &report, sizeof(report), NULL, 0, NULL, NULL, NULL);
	//                                                              ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
