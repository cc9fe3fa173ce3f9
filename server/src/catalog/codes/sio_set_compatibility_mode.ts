import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_SET_COMPATIBILITY_MODE',
	opcode: _WSAIOW('IOC_VENDOR', 300),
	header: 'mswsockdef.h',
	summary:
		'Makes the network stack treat one socket the way an earlier or later Windows would: whether the TCP receive buffer may shrink during a connection, and how the receive window tunes itself. It helps with gateways that mishandle window scaling.',
	remarks: [
		'WsaBehaviorReceiveBuffering: from NTDDI_LONGHORN (Windows Vista) on, SO_RCVBUF may make the buffer smaller after the connection stands; below, it may not.',
		'WsaBehaviorAutoTuning: from NTDDI_LONGHORN (Windows Vista) on, auto-tuning stays on with a window scale factor of 2 in place of 8; below, auto-tuning and window scaling are off and the window ends at 65,535 bytes.',
		'WsaBehaviorAll stands for both.',
		'What counts is whether TargetOsVersion, an NTDDI constant, is below NTDDI_LONGHORN (Windows Vista) or not.',
		'Include mswsock.h; mswsockdef.h is not meant to be included directly.',
	],
	input: {
		use: 'required',
		type: 'WSA_COMPATIBILITY_MODE',
		tooSmall: { error: 'WSAEINVAL' },
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The behaviour meant and the Windows version whose way is wanted.',
	},
	output: { use: 'must-be-empty', basis: 'documented' },
	errors: [
		{ error: 'WSAEOPNOTSUPP', when: 'the socket is a datagram socket, or the transport does not know the code' },
		{ error: 'WSAENOPROTOOPT', when: 'the protocol of the socket does not support it' },
		{ error: 'WSAENOTCONN', when: 'the page lists it for a socket that is not connected' },
	],
	socket: {
		types: ['SOCK_STREAM', 'SOCK_RAW'],
		otherwise: 'WSAEOPNOTSUPP',
		note: 'The documents exclude datagram sockets; both behaviours concern TCP.',
	},
	order: [
		{ rule: 'before-connect', note: 'Best right after the socket is created: once the SYN is out it means nothing.' },
	],
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	conflicts: [
		'On the default for SO_RCVBUF after the connection stands the page contradicts itself; nothing here depends on it.',
	],
	related: ['SO_RCVBUF'],
	documentation: 'windows/win32/winsock/sio-set-compatibility-mode',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'changes-socket',
		effect: "Sets a compatibility mode of the run's own socket.",
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void tame_auto_tuning(SOCKET s)
{
	WSA_COMPATIBILITY_MODE mode = { WsaBehaviorAutoTuning, NTDDI_LONGHORN };
	DWORD bytes = 0;
	WSAIoctl(s, SIO_SET_COMPATIBILITY_MODE, &mode, sizeof(mode), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void tame_auto_tuning(SOCKET s)
{
	WSA_COMPATIBILITY_BEHAVIOR_ID behavior = WsaBehaviorAutoTuning;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_SET_COMPATIBILITY_MODE, &behavior, sizeof(behavior), NULL, 0, &bytes, NULL, NULL);
	//                                                 ^^^^^^^^^^^^^^^^ input-too-small
}`,
	},
} satisfies DocumentedCode;
