import { _IOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIOCGHIWAT',
	opcode: _IOR('s', 1, 'u_long'),
	header: 'winsock2.h',
	summary:
		'Reads the high-water mark of a socket by its Unix name. Only the header mentions it; no Microsoft document tells whether Winsock answers.',
	remarks: [
		'The type is known only from the macro: u_long, 4 bytes.',
		'winsock.h defines the same code for Winsock 1.1 programs.',
	],
	input: {},
	output: {
		type: 'u_long',
		unit: 'bytes',
		basis: 'header',
		confidence: 'soft',
		meaning: 'The high-water mark.',
	},
	related: ['SIOCSHIWAT', 'ioctlsocket'],
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'none',
		effect: 'Asks for the high watermark.',
	},
	examples: {
		accepted: `
int get_high_water(SOCKET s, u_long *mark)
{
	DWORD bytes;
	return WSAIoctl(s, SIOCGHIWAT, NULL, 0, mark, sizeof(*mark), &bytes, NULL, NULL);
}`,
		rejected: `
int get_high_water(SOCKET s, u_long *mark)
{
	return WSAIoctl(s, SIOCGHIWAT, NULL, 0, mark, sizeof(*mark), NULL, NULL, NULL);
	//                                                           ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
