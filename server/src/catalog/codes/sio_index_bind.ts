import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_INDEX_BIND',
	opcode: _WSAIOW('IOC_VENDOR', 8),
	header: 'mstcpip.h',
	summary: 'Binds a socket to a network interface by the index of that interface instead of by an address.',
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
	related: ['bind', 'SIO_UCAST_IF', 'SIO_INDEX_MCASTIF'],
	documentation: 'dotnet/api/system.net.sockets.iocontrolcode',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'changes-socket',
		effect: "Chooses the interface by which the run's own socket is bound.",
	},
	examples: {
		accepted: `
int bind_to_interface(SOCKET s, void *value, DWORD size)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_INDEX_BIND, value, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int bind_to_interface(SOCKET s, void *value, DWORD size)
{
	return WSAIoctl(s, SIO_INDEX_BIND, value, size, NULL, 0, NULL, NULL, NULL);
	//                                                       ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
