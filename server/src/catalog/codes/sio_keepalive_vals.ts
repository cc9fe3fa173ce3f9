import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_KEEPALIVE_VALS',
	opcode: _WSAIOW('IOC_VENDOR', 4),
	header: 'mstcpip.h',
	summary:
		'Switches TCP keep-alive on or off for one connection and sets its two intervals, where SO_KEEPALIVE alone would use the intervals of the whole machine.',
	remarks: [
		'Both times are in milliseconds, unlike TCP_KEEPIDLE and TCP_KEEPINTVL, which count seconds.',
		'The two times matter only while onoff is not 0. Without this code they are 2 hours and 1 second, or what the registry values KeepAliveTime and KeepAliveInterval say.',
		'The number of probes is fixed since Windows Vista (10); set TCP_KEEPCNT where it must differ. Before, it was 5 and governed by the registry.',
		'TCP_KEEPIDLE and TCP_KEEPINTVL are there since Windows 10 1709, TCP_KEEPCNT since 1703. Older versions have this code alone.',
		'A larger input buffer than the structure is allowed.',
	],
	input: {
		use: 'required',
		type: 'tcp_keepalive',
		tooSmall: { error: 'WSAEFAULT', note: 'seen when run, also with a NULL pointer and an overlapped structure' },
		basis: 'documented',
		confidence: 'hard',
		meaning: 'Whether keep-alive is on, and after what idle time and at what distance probes are sent.',
	},
	output: { use: 'must-be-empty', basis: 'documented' },
	errors: [
		{ error: 'WSAENOPROTOOPT', when: 'the socket is a datagram socket' },
		{ error: 'WSAEOPNOTSUPP', when: 'the transport does not know the code' },
	],
	socket: { types: ['SOCK_STREAM'], protocols: ['IPPROTO_TCP'], otherwise: 'WSAENOPROTOOPT' },
	toldBy: { name: '`getsockopt` with `SO_KEEPALIVE`', what: 'whether keep-alive is on' },
	windows: { since: 'Windows 2000', version: '5.0', basis: 'documented' },
	readBack:
		'SO_KEEPALIVE tells getsockopt whether keep-alive is on; TCP_KEEPIDLE and TCP_KEEPINTVL are options of their own, in seconds.',
	related: ['SO_KEEPALIVE', 'TCP_KEEPIDLE', 'TCP_KEEPINTVL', 'TCP_KEEPCNT'],
	documentation: 'windows/win32/winsock/sio-keepalive-vals',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', state: 'connected' },
		risk: 'changes-socket',
		effect: "Sets the keep-alive times of the run's own connection.",
		input: { onoff: 1, keepalivetime: 10_000, keepaliveinterval: 1000 },
		posix: {
			call: 'keep-alive',
			difference:
				'SO_KEEPALIVE, TCP_KEEPIDLE and TCP_KEEPINTVL are set one by one, and count seconds: the milliseconds are rounded up.',
		},
	},
	examples: {
		accepted: `
void keep_alive(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 30000, 1000 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void keep_alive(SOCKET s)
{
	BOOL on = TRUE;
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
	//                                   ^^^^^^^^^^ input-too-small
}`,
	},
} satisfies DocumentedCode;
