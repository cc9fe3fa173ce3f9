import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_MULTICAST_SCOPE',
	opcode: _WSAIOW('IOC_WS2', 10),
	header: 'ws2def.h',
	summary:
		'Sets how far multicast data travels: 0 stays on this computer, 1 (as at first) on the local network, and larger numbers pass that many segments.',
	remarks: ['For IP it is the time to live, as IP_MULTICAST_TTL sets it.'],
	input: {
		use: 'required',
		type: 'int',
		basis: 'documented',
		confidence: 'type',
		meaning: 'The number of network segments.',
	},
	output: { use: 'unused', basis: 'documented' },
	related: ['SIO_MULTIPOINT_LOOPBACK', 'IP_MULTICAST_TTL', 'IPV6_MULTICAST_HOPS'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'changes-socket',
		effect: "Sets the scope of multicasts that the run's own socket sends.",
		input: { '': 1 },
		posix: {
			call: 'IP_MULTICAST_TTL',
			difference: 'libc has it as the socket option IP_MULTICAST_TTL, which takes 0 to 255.',
		},
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void reach(SOCKET s, int hops)
{
	DWORD bytes;
	WSAIoctl(s, SIO_MULTICAST_SCOPE, &hops, sizeof(hops), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void reach(SOCKET s, u_char hops)
{
	DWORD bytes;
	WSAIoctl(s, SIO_MULTICAST_SCOPE, &hops, sizeof(hops), NULL, 0, &bytes, NULL, NULL);
	//                                      ^^^^^^^^^^^^ input-too-small
}`,
	},
} satisfies DocumentedCode;
