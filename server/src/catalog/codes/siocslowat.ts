import { _IOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIOCSLOWAT',
	opcode: _IOW('s', 2, 'u_long'),
	header: 'winsock2.h',
	summary:
		'Sets the low-water mark of a socket by its Unix name. The header kept the name; no Microsoft document says what Winsock does with it.',
	remarks: [
		'The type is known only from the macro: u_long, 4 bytes.',
		'winsock.h defines the same code for Winsock 1.1 programs.',
	],
	input: {
		type: 'u_long',
		unit: 'bytes',
		basis: 'header',
		confidence: 'soft',
		meaning: 'The low-water mark.',
	},
	output: {},
	related: ['SIOCGLOWAT', 'ioctlsocket'],
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-socket',
		effect: "Sets the low watermark of the run's own socket.",
		input: { '': 1 },
	},
	examples: {
		accepted: `
int set_low_water(SOCKET s, u_long mark)
{
	DWORD bytes;
	return WSAIoctl(s, SIOCSLOWAT, &mark, sizeof(mark), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int set_low_water(SOCKET s, u_long mark)
{
	return WSAIoctl(s, SIOCSLOWAT, &mark, sizeof(mark), NULL, 0, NULL, NULL, NULL);
	//                                                           ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
