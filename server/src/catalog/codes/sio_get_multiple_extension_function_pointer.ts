import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER',
	opcode: _WSAIORW('IOC_WS2', 36),
	header: 'ws2def.h',
	summary:
		'Fetches a whole table of extension functions in one call; a GUID names the table. Registered I/O (RIO) is the one that Windows has, under WSAID_MULTIPLE_RIO.',
	remarks: [
		'WSAID_MULTIPLE_RIO and the table are declared by mswsock.h.',
		'The list of control codes leaves it out; the page of the table describes it.',
	],
	input: {
		use: 'required',
		type: 'GUID',
		basis: 'documented',
		confidence: 'type',
		meaning: 'Which table: WSAID_MULTIPLE_RIO.',
	},
	output: {
		use: 'required',
		type: 'RIO_EXTENSION_FUNCTION_TABLE',
		basis: 'documented',
		confidence: 'type',
		meaning: 'The table itself, 56 bytes on 32-bit Windows and 112 on 64-bit.',
	},
	windows: {
		since: 'Windows 8',
		version: '6.2',
		basis: 'documented',
		note: 'And Windows Server 2012: what the page of RIO_EXTENSION_FUNCTION_TABLE gives.',
	},
	conflicts: [
		'The page of RIO_EXTENSION_FUNCTION_TABLE speaks of a pointer to the table in the output; the table itself is written there.',
	],
	related: ['SIO_GET_EXTENSION_FUNCTION_POINTER'],
	documentation: 'windows/win32/api/mswsock/ns-mswsock-rio_extension_function_table',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'none',
		effect: 'Asks for a table of function addresses; none is called.',
		input: { '': 'WSAID_MULTIPLE_RIO' },
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
RIO_EXTENSION_FUNCTION_TABLE load_rio(SOCKET s)
{
	GUID id = WSAID_MULTIPLE_RIO;
	RIO_EXTENSION_FUNCTION_TABLE rio = { 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &rio, sizeof(rio), &bytes, NULL, NULL);
	return rio;
}`,
		rejected: `
RIO_EXTENSION_FUNCTION_TABLE *load_rio(SOCKET s)
{
	GUID id = WSAID_MULTIPLE_RIO;
	RIO_EXTENSION_FUNCTION_TABLE *rio = NULL;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &rio, sizeof(rio), &bytes, NULL, NULL);
	//                                                                              ^^^^^^^^^^^ output-too-small
	return rio;
}`,
	},
} satisfies DocumentedCode;
