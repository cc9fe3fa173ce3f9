import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_LOOPBACK_FAST_PATH',
	opcode: _WSAIOW('IOC_VENDOR', 16),
	header: 'mstcpip.h',
	summary:
		'Asks for a shortcut inside the TCP stack when both ends of a connection live on the same computer, which lowers latency on the loopback interface. Deprecated: new code should do without.',
	remarks: [
		'Both ends must ask, the client before it connects and the listening socket before it accepts; accepted sockets inherit it. It is off unless asked for.',
		'The shortcut is decided once per connection; a socket that ends up on a real network is not affected.',
		'A callout of the Windows Filtering Platform on connection data disables the shortcut.',
		'While it is on, few socket options work, among them SO_RCVBUF, SO_EXCLUSIVEADDRUSE, SO_REUSEADDR, IP_TTL and IPV6_V6ONLY.',
		'WskControlSocket takes it too, at IRQL PASSIVE_LEVEL.',
	],
	input: {
		use: 'required',
		basis: 'documented',
		meaning: 'A Boolean: not 0 asks for the shortcut. No source states its width; callers pass a BOOL or an int.',
	},
	output: { use: 'must-be-empty', basis: 'documented' },
	overlapped: { irp: 'required', note: 'WskControlSocket needs an IRP with a completion routine.' },
	errors: [
		{ error: 'WSAEOPNOTSUPP', when: 'the transport does not know the code' },
		{
			error: 'WSAEOPNOTSUPP',
			when: 'Windows is older than 8, such as Windows 7: go on without it',
			basis: 'reported',
			source: 'fedjabosnic/hotfix#51',
		},
		{
			error: 'WSAEACCES',
			when: 'the user lacks the right (the page lists it with a text about persistent port reservations)',
		},
		{ error: 'STATUS_INVALID_BUFFER_SIZE', when: 'listed for WskControlSocket' },
		{ error: 'STATUS_NOT_SUPPORTED', when: 'listed for WskControlSocket' },
	],
	socket: { families: ['AF_INET', 'AF_INET6'], types: ['SOCK_STREAM'], protocols: ['IPPROTO_TCP'] },
	order: [{ rule: 'before-connect', note: 'A listening socket needs it before it accepts the connection.' }],
	windows: { since: 'Windows 8 / Server 2012', version: '6.2', basis: 'documented' },
	status: { kind: 'deprecated', note: 'Microsoft advises against using it in new code.' },
	conflicts: [
		'The page repeats a stock text on small output buffers (WSAEINVAL) and says that a successful call cannot report zero bytes, although the same page demands an output size of 0. The demand is followed.',
	],
	related: ['connect', 'accept', 'IPPROTO_TCP'],
	documentation: 'windows/win32/winsock/sio-loopback-fast-path',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-socket',
		effect: "Lets the run's own socket take a shorter way through the loopback interface.",
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void prefer_loopback(SOCKET s)
{
	BOOL on = TRUE;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_LOOPBACK_FAST_PATH, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void prefer_loopback(SOCKET s)
{
	BOOL on = TRUE;
	BOOL previous = FALSE;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_LOOPBACK_FAST_PATH, &on, sizeof(on), &previous, sizeof(previous), &bytes, NULL, NULL);
	//                                                              ^^^^^^^^^^^^^^^^ unexpected-output
	//          ^^^^^^^^^^^^^^^^^^^^^^ reserved-code
}`,
	},
} satisfies DocumentedCode;
