import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_TIMESTAMPING',
	opcode: _WSAIOW('IOC_VENDOR', 235),
	header: 'mstcpip.h',
	summary:
		'Switches timestamps for received and sent datagrams on or off, for programs that synchronise clocks and need the time at which a packet passed the network card or its driver.',
	remarks: [
		'Receive timestamps arrive with WSARecvMsg in an SO_TIMESTAMP control message (UINT64); for transmit timestamps, give each datagram an SO_TIMESTAMP_ID control message (UINT32) in WSASendMsg and fetch the time with SIO_GET_TX_TIMESTAMP.',
		'A direction whose flag is missing is switched off. TxTimestampsBuffered says how many transmit timestamps are kept; when they are full, new ones are lost.',
		'The socket alone is not enough: timestamping must also be enabled on the system.',
	],
	input: {
		use: 'required',
		type: 'TIMESTAMPING_CONFIG',
		basis: 'documented',
		confidence: 'type',
		meaning: 'TIMESTAMPING_FLAG_RX, TIMESTAMPING_FLAG_TX or both, and the number of transmit timestamps to keep.',
	},
	output: { use: 'unused', basis: 'sample' },
	socket: { types: ['SOCK_DGRAM'], protocols: ['IPPROTO_UDP'] },
	windows: {
		basis: 'header',
		note: 'The header defines the name once NTDDI_VERSION is NTDDI_WIN10_FE (build 20348, Windows Server 2022) or more.',
	},
	conflicts: [
		'Sample code in the documents writes TIMESTAMPTING_CONFIG in one place and lower-case member names; the header has TIMESTAMPING_CONFIG with Flags and TxTimestampsBuffered.',
	],
	related: ['SIO_GET_TX_TIMESTAMP', 'WSARecvMsg', 'WSASendMsg', 'SO_TIMESTAMP', 'SO_TIMESTAMP_ID'],
	documentation: 'windows/win32/winsock/winsock-timestamping',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP', state: 'bound' },
		risk: 'changes-socket',
		effect: "Switches timestamps on the run's own socket.",
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void want_timestamps(SOCKET s)
{
	TIMESTAMPING_CONFIG config = { TIMESTAMPING_FLAG_RX | TIMESTAMPING_FLAG_TX, 16 };
	DWORD bytes = 0;
	WSAIoctl(s, SIO_TIMESTAMPING, &config, sizeof(config), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void want_timestamps(SOCKET s)
{
	ULONG flags = TIMESTAMPING_FLAG_RX;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_TIMESTAMPING, &flags, sizeof(flags), NULL, 0, &bytes, NULL, NULL);
	//                                    ^^^^^^^^^^^^^ input-too-small
}`,
	},
} satisfies DocumentedCode;
