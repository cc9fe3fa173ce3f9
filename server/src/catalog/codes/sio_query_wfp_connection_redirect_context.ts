import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_QUERY_WFP_CONNECTION_REDIRECT_CONTEXT',
	opcode: _WSAIOW('IOC_VENDOR', 221),
	header: 'mstcpip.h',
	summary:
		'Fetches the context that a callout driver of the Windows Filtering Platform attached when it redirected a connection to a local proxy: a private message from the driver to its own proxy process.',
	remarks: [
		'The context is optional and belongs to the redirect service that set it, also where another service has redirected the connection again since.',
		'A buffer of about 1 KB usually does; length 0 asks for the size.',
		'WskControlSocket answers with STATUS_BUFFER_TOO_SMALL and the size needed, and wants IRQL PASSIVE_LEVEL.',
	],
	input: { use: 'unused', basis: 'documented' },
	output: {
		use: 'required',
		minimum: { sizeof: 'ULONG' },
		variable: 'the size of the context; ask with length 0 first, or offer 1,024 bytes',
		sizeQuery: true,
		tooSmall: {
			error: 'ERROR_INSUFFICIENT_BUFFER',
			neededSize: true,
			note: 'WSAEINVAL below 4 bytes, says the error table',
		},
		basis: 'documented',
		confidence: 'conflict',
		meaning: 'The redirect context, laid out by the driver that made it.',
	},
	overlapped: { irp: 'required', note: 'WskControlSocket needs an IRP with a completion routine.' },
	errors: [
		{ error: 'WSAENOTCONN', when: 'the socket is not connected' },
		{ error: 'WSAENOPROTOOPT', when: 'the protocol of the socket does not support it' },
		{ error: 'WSAEOPNOTSUPP', when: 'the transport does not know the code' },
		{ error: 'STATUS_BUFFER_TOO_SMALL', when: 'called through WskControlSocket: the output buffer is too small' },
		{ error: 'STATUS_NOT_FOUND', when: 'listed for WskControlSocket without a reason' },
		{ error: 'STATUS_ACCESS_DENIED', when: 'listed for WskControlSocket without a reason' },
		{ error: 'STATUS_INTEGER_OVERFLOW', when: 'listed for WskControlSocket without a reason' },
	],
	socket: {
		note: 'A connection that was redirected at FWPS_LAYER_ALE_CONNECT_REDIRECT_V4 or FWPS_LAYER_ALE_CONNECT_REDIRECT_V6.',
	},
	windows: { since: 'Windows 8 / Server 2012', version: '6.2', basis: 'documented' },
	conflicts: [
		'The parameter text wants at least sizeof(ULONG) bytes of output and its error table WSAEINVAL below that; the remarks allow a length of 0 as a question for the size. Both are kept: 0 is allowed, 1 to 3 are doubtful.',
		'The code carries the I bit and not the O bit, in the documents and in the header, yet the input is unused and the output is what it is about.',
		'For a small output buffer the page gives WSAEINVAL with a size of 0 in one place and ERROR_INSUFFICIENT_BUFFER with the size needed in the remarks. The latter is followed.',
	],
	related: ['SIO_QUERY_WFP_CONNECTION_REDIRECT_RECORDS', 'SIO_SET_WFP_CONNECTION_REDIRECT_RECORDS'],
	documentation: 'windows/win32/winsock/sio-query-wfp-connection-redirect-context',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', state: 'connected' },
		risk: 'none',
		effect: 'Asks for the redirect context of the filtering platform.',
		outputSize: 1024,
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int redirect_context(SOCKET accepted, BYTE *context, DWORD size, DWORD *used)
{
	return WSAIoctl(accepted, SIO_QUERY_WFP_CONNECTION_REDIRECT_CONTEXT, NULL, 0, context, size, used, NULL, NULL);
}`,
		rejected: `
int redirect_context(SOCKET accepted)
{
	DWORD used = 0;
	return WSAIoctl(accepted, SIO_QUERY_WFP_CONNECTION_REDIRECT_CONTEXT, NULL, 0, NULL, 1024, &used, NULL, NULL);
	//                                                                                  ^^^^ null-buffer-with-size
}`,
	},
} satisfies DocumentedCode;
