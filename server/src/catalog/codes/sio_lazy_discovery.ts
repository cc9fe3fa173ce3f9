import { _IOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_LAZY_DISCOVERY',
	opcode: _IOR('t', 127, 'u_long'),
	header: 'af_irda.h',
	summary:
		'A request on infrared (IrDA) sockets that belongs to the discovery of devices, to judge by its name. Only the header knows it.',
	remarks: [
		'SIO_GET_INTERFACE_LIST has the same value; which of the two is meant depends on the address family of the socket.',
		'The macro speaks of one u_long that comes out; no source confirms it.',
	],
	input: {},
	output: {},
	socket: { families: ['AF_IRDA'] },
	related: ['SIO_GET_INTERFACE_LIST', 'IRLMP_ENUMDEVICES'],
	examples: {
		accepted: `
int discover(SOCKET s, void *out, DWORD size)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_LAZY_DISCOVERY, NULL, 0, out, size, &bytes, NULL, NULL);
}`,
		rejected: `
int discover(SOCKET s, void *out, DWORD size)
{
	return WSAIoctl(s, SIO_LAZY_DISCOVERY, NULL, 0, out, size, NULL, NULL, NULL);
	//                                                         ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
