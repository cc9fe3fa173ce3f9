import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_AF_UNIX_SETBINDPARENTPATH',
	opcode: _WSAIOW('IOC_VENDOR', 257),
	header: 'afunix.h',
	summary: 'Sets the folder below which later bind calls on an AF_UNIX socket find their path.',
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
	order: [{ rule: 'before-bind', note: 'It acts on the bind calls that follow.' }],
	related: ['SIO_AF_UNIX_SETCONNPARENTPATH', 'bind'],
	examples: {
		accepted: `
int bind_below(SOCKET s, void *path, DWORD size)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_AF_UNIX_SETBINDPARENTPATH, path, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int bind_below(SOCKET s, void *path, DWORD size)
{
	return WSAIoctl(s, SIO_AF_UNIX_SETBINDPARENTPATH, path, size, NULL, 0, NULL, NULL, NULL);
	//                                                                     ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
