import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_AF_UNIX_GETPEERPID',
	opcode: _WSAIOR('IOC_VENDOR', 256),
	header: 'afunix.h',
	summary: 'Gives the process id of the program at the other end of a connected AF_UNIX socket.',
	remarks: ['A comment in the header is all that describes it.'],
	input: {},
	output: {
		use: 'required',
		type: 'ULONG',
		basis: 'header',
		confidence: 'type',
		meaning: 'The process id of the peer.',
	},
	socket: { families: ['AF_UNIX'] },
	order: [{ rule: 'after-connect' }],
	related: ['SIO_AF_UNIX_SETBINDPARENTPATH', 'SIO_AF_UNIX_SETCONNPARENTPATH'],
	examples: {
		accepted: `
ULONG peer_process(SOCKET s)
{
	ULONG id = 0;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_AF_UNIX_GETPEERPID, NULL, 0, &id, sizeof(id), &bytes, NULL, NULL);
	return id;
}`,
		rejected: `
ULONG peer_process(SOCKET s)
{
	ULONG id = 0;
	WSAIoctl(s, SIO_AF_UNIX_GETPEERPID, NULL, 0, &id, sizeof(id), NULL, NULL, NULL);
	//                                                            ^^^^ missing-bytes-returned
	return id;
}`,
	},
} satisfies DocumentedCode;
