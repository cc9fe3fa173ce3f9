import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_NSP_NOTIFY_CHANGE',
	opcode: _WSAIOW('IOC_WS2', 25),
	header: 'winsock2.h',
	summary:
		'Asks a name space provider whether the answers of a lookup still hold, or to say when they no longer do. It goes to WSANSPIoctl with a lookup handle of WSALookupServiceBegin, not to a socket.',
	remarks: [
		'NULL for lpCompletion polls: WSAEWOULDBLOCK means that the answers still hold, success that they have changed.',
		'With a WSACOMPLETION the call returns WSA_IO_PENDING and reports the change the way the structure says.',
		'Network Location Awareness (NS_NLA) and peer name resolution (NS_PNRPNAME, NS_PNRPCLOUD) support it; the same handle can be armed again, one request at a time.',
		'WSALookupServiceEnd cancels a waiting request.',
		'Its number, 25, is that of SIO_ADDRESS_LIST_SORT too; only the direction bits tell the two apart.',
	],
	input: { use: 'unused', basis: 'documented' },
	output: { use: 'unused', basis: 'documented' },
	overlapped: {
		mayBlock: false,
		note: 'WSANSPIoctl takes a WSACOMPLETION instead of an overlapped structure; with NULL the call is a poll and comes back at once.',
	},
	errors: [
		{ error: 'WSAEWOULDBLOCK', when: 'a poll finds the answers unchanged' },
		{ error: 'WSA_IO_PENDING', when: 'a request with a WSACOMPLETION has begun' },
		{ error: 'WSA_INVALID_HANDLE', when: 'hLookup is not a lookup handle' },
		{ error: 'WSAEOPNOTSUPP', when: 'the name space provider does not offer it' },
		{ error: 'WSAEINVAL', when: 'the lookup holds answers of several providers' },
		{ error: 'WSA_OPERATION_ABORTED', when: 'the lookup ends while a request is waiting' },
	],
	socket: { note: 'Takes a lookup handle, no socket.' },
	handle: 'lookup',
	windows: { since: 'Windows XP', version: '5.1', basis: 'header' },
	conflicts: [
		'The header sets the I bit, but no provider of Microsoft reads an input; the page says that all four buffer parameters are ignored.',
	],
	related: [
		'WSANSPIoctl',
		'WSALookupServiceBegin',
		'WSALookupServiceNext',
		'WSALookupServiceEnd',
		'SIO_ADDRESS_LIST_CHANGE',
	],
	documentation: 'windows/win32/api/winsock2/nf-winsock2-wsanspioctl',
	examples: {
		accepted: `
BOOL lookup_changed(HANDLE lookup)
{
	DWORD bytes;
	return WSANSPIoctl(lookup, SIO_NSP_NOTIFY_CHANGE, NULL, 0, NULL, 0, &bytes, NULL) == 0;
}`,
		rejected: `
BOOL lookup_changed(SOCKET s)
{
	/* No lookup handle, and not the function that takes one. */
	return WSAIoctl(s, SIO_NSP_NOTIFY_CHANGE, NULL, 0, NULL, 0, NULL, NULL, NULL) == 0;
	//                                                          ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
