import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_LIMIT_BROADCASTS',
	opcode: _WSAIOW('IOC_VENDOR', 7),
	header: 'mstcpip.h',
	summary: 'Limits the broadcasts of a socket, to judge by its name; no source explains what is limited.',
	remarks: ['No Microsoft source states what the input buffer holds; the .NET enumeration merely repeats the name.'],
	input: {},
	output: {},
	windows: {
		since: 'Windows 2000',
		version: '5.0',
		basis: 'documented',
		note: 'Said by the .NET enumeration IOControlCode only.',
	},
	related: ['SO_BROADCAST', 'SIO_GET_BROADCAST_ADDRESS'],
	documentation: 'dotnet/api/system.net.sockets.iocontrolcode',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'changes-socket',
		effect: "Limits what the run's own socket broadcasts.",
	},
	examples: {
		accepted: `
int limit_broadcasts(SOCKET s, void *value, DWORD size)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_LIMIT_BROADCASTS, value, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int limit_broadcasts(SOCKET s, void *value, DWORD size)
{
	return WSAIoctl(s, SIO_LIMIT_BROADCASTS, value, size, NULL, 0, NULL, NULL, NULL);
	//                                                             ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
