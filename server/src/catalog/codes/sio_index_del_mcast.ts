import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_INDEX_DEL_MCAST',
	opcode: _WSAIOW('IOC_VENDOR', 11),
	header: 'mstcpip.h',
	summary: 'Leaves a multicast group that was joined on an interface named by its index.',
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
	conflicts: [
		'The .NET text for DeleteMulticastGroupFromInterface names SIO_INDEX_ADD_MCAST; its value, 0x9800000B, is that of SIO_INDEX_DEL_MCAST, as in the header.',
	],
	related: ['SIO_INDEX_ADD_MCAST', 'SIO_INDEX_MCASTIF', 'MCAST_LEAVE_GROUP'],
	documentation: 'dotnet/api/system.net.sockets.iocontrolcode',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP', state: 'bound' },
		risk: 'changes-socket',
		effect: "The run's own socket leaves a multicast group.",
	},
	examples: {
		accepted: `
int leave_group(SOCKET s, void *value, DWORD size)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_INDEX_DEL_MCAST, value, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int leave_group(SOCKET s, void *value, DWORD size)
{
	return WSAIoctl(s, SIO_INDEX_DEL_MCAST, value, size, NULL, 0, NULL, NULL, NULL);
	//                                                            ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
