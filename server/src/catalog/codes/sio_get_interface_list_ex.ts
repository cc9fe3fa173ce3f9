import { _IOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_GET_INTERFACE_LIST_EX',
	opcode: _IOR('t', 126, 'ULONG'),
	header: 'ws2ipdef.h',
	summary:
		'Meant as SIO_GET_INTERFACE_LIST for addresses of any length: one INTERFACE_INFO_EX for each unicast address. Windows does not support it.',
	remarks: ['The number of entries would be *lpcbBytesReturned / sizeof(INTERFACE_INFO_EX).'],
	input: {},
	output: {
		use: 'required',
		type: 'INTERFACE_INFO_EX',
		variable: 'n * sizeof(INTERFACE_INFO_EX)',
		basis: 'documented',
		confidence: 'type',
		meaning: 'An array of INTERFACE_INFO_EX.',
	},
	status: {
		kind: 'not-implemented',
		note: 'Reserved for the future; the documents say that Windows does not support it at present.',
		instead: 'GetAdaptersAddresses',
	},
	related: ['SIO_GET_INTERFACE_LIST', 'GetAdaptersAddresses'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'none',
		effect: 'Lists the interfaces of this machine.',
		outputSize: 8192,
		outputList: true,
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
ULONG list_addresses(IP_ADAPTER_ADDRESSES *adapters, ULONG size)
{
	return GetAdaptersAddresses(AF_UNSPEC, 0, NULL, adapters, &size);
}`,
		rejected: `
DWORD list_addresses(SOCKET s, INTERFACE_INFO_EX interfaces[32])
{
	DWORD bytes = 0;
	WSAIoctl(s, SIO_GET_INTERFACE_LIST_EX, NULL, 0, interfaces, 32 * sizeof(INTERFACE_INFO_EX), &bytes, NULL, NULL);
	//          ^^^^^^^^^^^^^^^^^^^^^^^^^ reserved-code
	return bytes / sizeof(INTERFACE_INFO_EX);
}`,
	},
} satisfies DocumentedCode;
