import { _WSAIO } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_ENABLE_CIRCULAR_QUEUEING',
	opcode: _WSAIO('IOC_WS2', 2),
	header: 'ws2def.h',
	summary:
		'Turns the receive queue of a datagram socket into a ring: when it is full, the oldest message makes room for the newest instead of the newest being lost.',
	remarks: ['Winsock tracing records when a program uses it (event 29, verbose level).'],
	input: { use: 'unused', basis: 'documented' },
	output: { use: 'unused', basis: 'documented' },
	errors: [{ error: 'WSAENOPROTOOPT', when: 'the service provider does not offer it' }],
	socket: {
		types: ['SOCK_DGRAM', 'SOCK_RAW'],
		note: 'For unreliable protocols that deliver messages, such as UDP.',
	},
	related: ['SO_RCVBUF'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'changes-socket',
		effect: "Lets new datagrams push out old ones on the run's own socket.",
		wine: 'Wine only pretends: it answers success and does nothing.',
	},
	examples: {
		accepted: `
void keep_newest(SOCKET udp)
{
	DWORD bytes;
	WSAIoctl(udp, SIO_ENABLE_CIRCULAR_QUEUEING, NULL, 0, NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void keep_newest(SOCKET udp)
{
	WSAIoctl(udp, SIO_ENABLE_CIRCULAR_QUEUEING, NULL, 0, NULL, 0, NULL, NULL, NULL);
	//                                                            ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
