import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_RCVALL_IF',
	opcode: _WSAIOW('IOC_VENDOR', 14),
	header: 'mstcpip.h',
	summary:
		'The variant of SIO_RCVALL that names the interface itself: a mode together with an interface index. Only the header knows it.',
	input: {
		type: 'RCVALL_IF',
		minimum: { sizeof: 'RCVALL_IF' },
		basis: 'header',
		confidence: 'soft',
		meaning: 'Mode and interface index. Only the structure in the header suggests it.',
	},
	output: {},
	related: ['SIO_RCVALL', 'SIO_RCVALL_MCAST_IF'],
	live: {
		socket: { type: 'SOCK_RAW', protocol: 'IPPROTO_IP', state: 'bound' },
		risk: 'administrator',
		effect: 'Captures packets of one interface; Windows lets only administrators do it.',
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void listen_on(SOCKET raw, ULONG index)
{
	RCVALL_IF on = { RCVALL_IPLEVEL, index };
	DWORD bytes = 0;
	WSAIoctl(raw, SIO_RCVALL_IF, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void listen_on(SOCKET raw, ULONG index)
{
	RCVALL_IF on = { RCVALL_IPLEVEL, index };
	WSAIoctl(raw, SIO_RCVALL_IF, &on, sizeof(on), NULL, 0, NULL, NULL, NULL);
	//                                                     ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
