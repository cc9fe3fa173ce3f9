import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_AF_UNIX_SETCONNPARENTPATH',
	opcode: _WSAIOW('IOC_VENDOR', 258),
	header: 'afunix.h',
	summary: 'Sets the folder below which later connect calls on an AF_UNIX socket find their path.',
	remarks: [
		'A comment in the header is all that describes it; it does not say in what form the path is passed.',
		'The same comment warns that setting the path is not thread safe.',
	],
	input: {
		use: 'required',
		variable: 'the path; its type is not stated',
		basis: 'header',
		meaning: 'The parent path.',
	},
	output: {},
	socket: { families: ['AF_UNIX'] },
	order: [{ rule: 'before-connect', note: 'It acts on the connect calls that follow.' }],
	related: ['SIO_AF_UNIX_SETBINDPARENTPATH', 'connect'],
	examples: {
		accepted: `
int connect_below(SOCKET s, void *path, DWORD size)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_AF_UNIX_SETCONNPARENTPATH, path, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int connect_below(SOCKET s, void *path, DWORD size)
{
	return WSAIoctl(s, SIO_AF_UNIX_SETCONNPARENTPATH, path, size, NULL, 0, NULL, NULL, NULL);
	//                                                                     ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
