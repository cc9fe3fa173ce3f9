import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_MULTIPOINT_LOOPBACK',
	opcode: _WSAIOW('IOC_WS2', 9),
	header: 'ws2def.h',
	summary:
		'Decides whether multicast data sent from this computer also reaches members of the group on this computer: TRUE, as at first, or FALSE.',
	remarks: ['IP_MULTICAST_LOOP is the matching socket option of IPv4.'],
	input: {
		use: 'required',
		type: 'BOOL',
		basis: 'documented',
		confidence: 'type',
		meaning: 'TRUE: local members receive what is sent here. FALSE: they do not.',
		flag: { zero: 'no loopback', other: 'loopback' },
	},
	output: { use: 'unused', basis: 'documented' },
	conflicts: [
		'The list of control codes gives the opcode setting V, a code without parameters, while its text speaks of TRUE and FALSE; LPWSPIoctl gives I. The header sets I, and every caller passes a BOOL.',
		'The opcode summary speaks of data coming back on the sending socket; the list of control codes means any socket of the group on this computer.',
	],
	related: ['SIO_MULTICAST_SCOPE', 'IP_MULTICAST_LOOP', 'IPV6_MULTICAST_LOOP', 'WSAJoinLeaf'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'changes-socket',
		effect: "Switches multicast loopback of the run's own socket.",
		input: { '': 1 },
		posix: {
			call: 'IP_MULTICAST_LOOP',
			difference: 'libc has it as the socket option IP_MULTICAST_LOOP, which concerns what this socket sends.',
		},
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void no_loopback(SOCKET s)
{
	BOOL on = FALSE;
	DWORD bytes;
	WSAIoctl(s, SIO_MULTIPOINT_LOOPBACK, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void no_loopback(SOCKET s)
{
	BOOLEAN on = FALSE;
	DWORD bytes;
	WSAIoctl(s, SIO_MULTIPOINT_LOOPBACK, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
	//                                        ^^^^^^^^^^ input-too-small
}`,
	},
} satisfies DocumentedCode;
