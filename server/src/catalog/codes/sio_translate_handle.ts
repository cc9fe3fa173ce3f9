import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_TRANSLATE_HANDLE',
	opcode: _WSAIORW('IOC_WS2', 13),
	header: 'ws2def.h',
	summary:
		'Gives the handle under which a companion programming interface, such as TAPI, knows the socket. SIO_ASSOCIATE_HANDLE put the two together.',
	remarks: [
		'winsock2.h numbers two companions: TH_NETDEV (1) and TH_TAPI (2).',
		'Microsoft advises COM for finding further interfaces of a socket and keeps this code for systems that cannot use it.',
	],
	input: {
		use: 'required',
		type: 'int',
		variable: 'sizeof(int) and whatever the companion asks for behind it',
		basis: 'documented',
		confidence: 'type',
		meaning: 'The number of the companion (TH_*), then further data of its own.',
	},
	output: {
		use: 'required',
		basis: 'documented',
		meaning: 'The handle, in the type that the companion uses for it. No source gives a size.',
	},
	errors: [{ error: 'WSAENOPROTOOPT', when: 'the service provider does not offer it for that companion' }],
	conflicts: [
		'The documents say that the handle was associated by SIO_TRANSLATE_HANDLE itself; SIO_ASSOCIATE_HANDLE must be meant, whose own text says so.',
	],
	related: ['SIO_ASSOCIATE_HANDLE'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	examples: {
		accepted: `
HANDLE tapi_handle(SOCKET s)
{
	int companion = TH_TAPI;
	HANDLE handle = NULL;
	DWORD bytes;
	WSAIoctl(s, SIO_TRANSLATE_HANDLE, &companion, sizeof(companion), &handle, sizeof(handle), &bytes, NULL, NULL);
	return handle;
}`,
		rejected: `
HANDLE tapi_handle(SOCKET s)
{
	BYTE companion = TH_TAPI;
	HANDLE handle = NULL;
	DWORD bytes;
	WSAIoctl(s, SIO_TRANSLATE_HANDLE, &companion, sizeof(companion), &handle, sizeof(handle), &bytes, NULL, NULL);
	//                                            ^^^^^^^^^^^^^^^^^ input-too-small
	return handle;
}`,
	},
} satisfies DocumentedCode;
