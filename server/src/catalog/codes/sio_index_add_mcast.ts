import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_INDEX_ADD_MCAST',
	opcode: _WSAIOW('IOC_VENDOR', 10),
	header: 'mstcpip.h',
	summary: 'Joins a multicast group on an interface that is named by its index.',
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
	related: ['SIO_INDEX_DEL_MCAST', 'SIO_INDEX_MCASTIF', 'MCAST_JOIN_GROUP'],
	documentation: 'dotnet/api/system.net.sockets.iocontrolcode',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP', state: 'bound' },
		risk: 'changes-socket',
		effect: "The run's own socket joins a multicast group.",
	},
	examples: {
		accepted: `
int join_group(SOCKET s, void *value, DWORD size)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_INDEX_ADD_MCAST, value, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int join_group(SOCKET s, void *value, DWORD size)
{
	return WSAIoctl(s, SIO_INDEX_ADD_MCAST, value, size, NULL, 0, NULL, NULL, NULL);
	//                                                            ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
