import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_SET_WFP_CONNECTION_REDIRECT_RECORDS',
	opcode: _WSAIOW('IOC_VENDOR', 222),
	header: 'mstcpip.h',
	summary:
		'Attaches the redirect record of an accepted connection to the new TCP socket with which a local proxy goes on to the real destination. The Windows Filtering Platform thus sees that both belong together and does not redirect in circles.',
	remarks: [
		'The record is the opaque answer of SIO_QUERY_WFP_CONNECTION_REDIRECT_RECORDS, unchanged and in full length.',
		'Through WskControlSocket the buffer must stay until the IRP is completed; IRQL is PASSIVE_LEVEL.',
	],
	input: {
		use: 'required',
		variable: 'the size of the record, as SIO_QUERY_WFP_CONNECTION_REDIRECT_RECORDS returned it',
		basis: 'documented',
		meaning: 'The redirect record.',
	},
	output: { use: 'must-be-empty', basis: 'documented' },
	overlapped: { irp: 'required', note: 'WskControlSocket needs an IRP with a completion routine.' },
	errors: [
		{ error: 'WSAEACCES', when: 'the caller lacks administrative rights or is not elevated' },
		{ error: 'WSAEOPNOTSUPP', when: 'the transport does not know the code' },
		{ error: 'STATUS_ACCESS_DENIED', when: 'listed for WskControlSocket without a reason' },
		{ error: 'STATUS_INTEGER_OVERFLOW', when: 'listed for WskControlSocket without a reason' },
	],
	socket: { types: ['SOCK_STREAM'], protocols: ['IPPROTO_TCP'] },
	privilege: 'Administrator: WSAEACCES is listed for callers without the right',
	windows: { since: 'Windows 8 / Server 2012', version: '6.2', basis: 'documented' },
	conflicts: [
		'The page repeats a stock text on small output buffers (WSAEINVAL) and says that a successful call cannot report zero bytes, although the same page demands an output size of 0. The demand is followed.',
	],
	related: ['SIO_QUERY_WFP_CONNECTION_REDIRECT_RECORDS', 'SIO_QUERY_WFP_CONNECTION_REDIRECT_CONTEXT'],
	documentation: 'windows/win32/winsock/sio-set-wfp-connection-redirect-records',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'administrator',
		effect: 'Hands a redirect record to the filtering platform; Windows lets only administrators do it.',
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int hand_on(SOCKET outgoing, BYTE *records, DWORD size)
{
	DWORD bytes = 0;
	return WSAIoctl(outgoing, SIO_SET_WFP_CONNECTION_REDIRECT_RECORDS, records, size, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int hand_on(SOCKET outgoing, BYTE *records, DWORD size)
{
	DWORD status = 0;
	DWORD bytes = 0;
	return WSAIoctl(outgoing, SIO_SET_WFP_CONNECTION_REDIRECT_RECORDS, records, size, &status, sizeof(status), &bytes, NULL, NULL);
	//                                                                                         ^^^^^^^^^^^^^^ unexpected-output
}`,
	},
} satisfies DocumentedCode;
