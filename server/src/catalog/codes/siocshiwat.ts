import { _IOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIOCSHIWAT',
	opcode: _IOW('s', 0, 'u_long'),
	header: 'winsock2.h',
	summary:
		'Sets the high-water mark of a socket by its Unix name. The header kept the name; no Microsoft document says what Winsock does with it.',
	remarks: [
		'The type is known only from the macro: u_long, 4 bytes.',
		'winsock.h defines the same code for Winsock 1.1 programs.',
	],
	input: {
		type: 'u_long',
		unit: 'bytes',
		basis: 'header',
		confidence: 'soft',
		meaning: 'The high-water mark.',
	},
	output: {},
	related: ['SIOCGHIWAT', 'ioctlsocket'],
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-socket',
		effect: "Sets the high watermark of the run's own socket.",
		input: { '': 1024 },
	},
	examples: {
		accepted: `
int set_high_water(SOCKET s, u_long mark)
{
	DWORD bytes;
	return WSAIoctl(s, SIOCSHIWAT, &mark, sizeof(mark), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int set_high_water(SOCKET s, u_long mark)
{
	return WSAIoctl(s, SIOCSHIWAT, &mark, sizeof(mark), NULL, 0, NULL, NULL, NULL);
	//                                                           ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
