import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_UCAST_IF',
	opcode: _WSAIOW('IOC_VENDOR', 6),
	header: 'mstcpip.h',
	summary: 'Chooses the interface through which unicast packets of the socket leave.',
	remarks: [
		'No Microsoft source states what the input buffer holds; the .NET enumeration has one line on the purpose.',
		'IP_UNICAST_IF and IPV6_UNICAST_IF do the same with a documented buffer.',
	],
	input: {},
	output: {},
	windows: {
		since: 'Windows 2000',
		version: '5.0',
		basis: 'documented',
		note: 'Said by the .NET enumeration IOControlCode only.',
	},
	related: ['IP_UNICAST_IF', 'IPV6_UNICAST_IF', 'SIO_INDEX_BIND'],
	documentation: 'dotnet/api/system.net.sockets.iocontrolcode',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'changes-socket',
		effect: "Chooses the interface by which the run's own socket sends unicasts.",
	},
	examples: {
		accepted: `
int leave_through(SOCKET s, void *value, DWORD size)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_UCAST_IF, value, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int leave_through(SOCKET s, void *value, DWORD size)
{
	return WSAIoctl(s, SIO_UCAST_IF, value, size, NULL, 0, NULL, NULL, NULL);
	//                                                     ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
