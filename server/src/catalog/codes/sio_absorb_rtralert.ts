import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_ABSORB_RTRALERT',
	opcode: _WSAIOW('IOC_VENDOR', 5),
	header: 'mstcpip.h',
	summary:
		'Lets a socket take in packets that carry the IP router alert option, which hosts on the path are meant to look at.',
	remarks: [
		'No Microsoft source states what the input buffer holds; the .NET enumeration has one line on the purpose.',
	],
	input: {},
	output: {},
	windows: {
		since: 'Windows 2000',
		version: '5.0',
		basis: 'documented',
		note: 'Said by the .NET enumeration IOControlCode only.',
	},
	related: ['SIO_RCVALL'],
	documentation: 'dotnet/api/system.net.sockets.iocontrolcode',
	live: {
		socket: { type: 'SOCK_RAW', protocol: 'IPPROTO_ICMP' },
		risk: 'changes-socket',
		effect: "The run's own socket takes packets with a router alert.",
	},
	examples: {
		accepted: `
int absorb_router_alerts(SOCKET s, void *value, DWORD size)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_ABSORB_RTRALERT, value, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int absorb_router_alerts(SOCKET s, void *value, DWORD size)
{
	return WSAIoctl(s, SIO_ABSORB_RTRALERT, value, size, NULL, 0, NULL, NULL, NULL);
	//                                                            ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
