import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_INDEX_MCASTIF',
	opcode: _WSAIOW('IOC_VENDOR', 9),
	header: 'mstcpip.h',
	summary: 'Chooses, by its index, the interface through which multicast packets of the socket leave.',
	remarks: [
		'No Microsoft source states what the input buffer holds; code by others passes an interface index of four bytes.',
	],
	input: {},
	output: {},
	windows: {
		since: 'Windows 2000',
		version: '5.0',
		basis: 'documented',
		note: 'Said by the .NET enumeration IOControlCode only.',
	},
	related: ['IP_MULTICAST_IF', 'SIO_INDEX_ADD_MCAST', 'SIO_INDEX_DEL_MCAST'],
	documentation: 'dotnet/api/system.net.sockets.iocontrolcode',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'changes-socket',
		effect: "Chooses the interface by which the run's own socket sends multicasts.",
	},
	examples: {
		accepted: `
int multicast_through(SOCKET s, void *value, DWORD size)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_INDEX_MCASTIF, value, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int multicast_through(SOCKET s, void *value, DWORD size)
{
	return WSAIoctl(s, SIO_INDEX_MCASTIF, value, size, NULL, 0, NULL, NULL, NULL);
	//                                                          ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
