import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_ASSOCIATE_HANDLE',
	opcode: _WSAIOW('IOC_WS2', 1),
	header: 'ws2def.h',
	summary:
		'Ties the socket to a handle of another programming interface (a companion, such as TAPI) that controls it further; SIO_TRANSLATE_HANDLE gives the handle back.',
	remarks: [
		'winsock2.h numbers two companions: TH_NETDEV (1) and TH_TAPI (2).',
		'Microsoft advises COM for finding further interfaces of a socket and keeps this code for systems that cannot use it.',
	],
	input: {
		use: 'required',
		variable: 'an int, then the handle, then whatever the companion asks for; the layout is left to the companion',
		basis: 'documented',
		meaning: 'The number of the companion (TH_*), one of its handles, and further data of its own.',
	},
	output: { use: 'unused', basis: 'documented' },
	errors: [{ error: 'WSAENOPROTOOPT', when: 'the service provider does not offer it' }],
	related: ['SIO_TRANSLATE_HANDLE'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	examples: {
		accepted: `
int associate(SOCKET s, void *request, DWORD size)
{
	DWORD bytes;
	return WSAIoctl(s, SIO_ASSOCIATE_HANDLE, request, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int associate(SOCKET s, void *request, DWORD size)
{
	return WSAIoctl(s, SIO_ASSOCIATE_HANDLE, request, size, NULL, 0, NULL, NULL, NULL);
	//                                                               ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
