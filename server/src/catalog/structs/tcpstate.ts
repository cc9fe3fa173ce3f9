import type { EnumSpec } from '../model.ts';

export default {
	kind: 'enum',
	name: 'TCPSTATE',
	aliases: ['_TCPSTATE'],
	header: 'mstcpip.h',
	summary: 'State of a TCP connection.',
	values: [
		{ name: 'TCPSTATE_CLOSED', value: 0, meaning: 'No connection.' },
		{ name: 'TCPSTATE_LISTEN', value: 1, meaning: 'Waiting for connections.' },
		{ name: 'TCPSTATE_SYN_SENT', value: 2, meaning: 'SYN sent, answer awaited.' },
		{ name: 'TCPSTATE_SYN_RCVD', value: 3, meaning: 'SYN received, handshake not finished.' },
		{ name: 'TCPSTATE_ESTABLISHED', value: 4, meaning: 'Open in both directions.' },
		{ name: 'TCPSTATE_FIN_WAIT_1', value: 5, meaning: 'This side closed; its FIN is not acknowledged.' },
		{ name: 'TCPSTATE_FIN_WAIT_2', value: 6, meaning: 'This side closed; the peer may still send.' },
		{ name: 'TCPSTATE_CLOSE_WAIT', value: 7, meaning: 'The peer closed; this side may still send.' },
		{ name: 'TCPSTATE_CLOSING', value: 8, meaning: 'Both sides closed at once.' },
		{ name: 'TCPSTATE_LAST_ACK', value: 9, meaning: 'The last FIN is not acknowledged.' },
		{ name: 'TCPSTATE_TIME_WAIT', value: 10, meaning: 'Closed; late packets are awaited.' },
		{ name: 'TCPSTATE_MAX', value: 11, meaning: 'Number of states; no state.' },
	],
	documentation: 'windows/win32/api/mstcpip/ne-mstcpip-tcpstate',
} satisfies EnumSpec;
