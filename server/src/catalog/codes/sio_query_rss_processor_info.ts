import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_QUERY_RSS_PROCESSOR_INFO',
	opcode: _WSAIOR('IOC_WS2', 37),
	header: 'ws2def.h',
	summary:
		'Tells on which processor receive-side scaling handles the packets of this connection, and to which NUMA node that processor belongs, so that a program can place its threads nearby.',
	remarks: ['A UDP socket has to be connected, too.'],
	input: { use: 'unused', basis: 'documented' },
	output: {
		use: 'required',
		type: 'SOCKET_PROCESSOR_AFFINITY',
		tooSmall: {
			error: 'WSAEINVAL',
			note: 'Sets *lpcbBytesReturned to 0. The same page also promises ERROR_INSUFFICIENT_BUFFER with the size needed: be ready for both.',
		},
		basis: 'documented',
		confidence: 'hard',
		meaning: 'Processor group and number, and the NUMA node.',
	},
	errors: [
		{ error: 'WSAENOTCONN', when: 'the socket is not connected' },
		{ error: 'WSAENOPROTOOPT', when: 'the protocol of the socket does not support it' },
		{ error: 'WSAEOPNOTSUPP', when: 'the transport does not offer it' },
	],
	order: [{ rule: 'after-connect', otherwise: 'WSAENOTCONN' }],
	windows: { since: 'Windows 8', version: '6.2', basis: 'documented', note: 'And Windows Server 2012.' },
	conflicts: [
		'For an output buffer that is too small the page gives ERROR_INSUFFICIENT_BUFFER with the size needed in one row, and WSAEINVAL with 0 bytes in another and in the parameter text; the second is followed.',
	],
	related: ['SIO_QUERY_RSS_SCALABILITY_INFO', 'SIO_CPU_AFFINITY', 'SetThreadGroupAffinity'],
	documentation: 'windows/win32/winsock/sio-query-rss-processor-info',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', state: 'connected' },
		risk: 'none',
		effect: "Asks on which processor the run's own connection is received.",
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
USHORT numa_node(SOCKET connected)
{
	SOCKET_PROCESSOR_AFFINITY where = { 0 };
	DWORD bytes;
	WSAIoctl(connected, SIO_QUERY_RSS_PROCESSOR_INFO, NULL, 0, &where, sizeof(where), &bytes, NULL, NULL);
	return where.NumaNodeId;
}`,
		rejected: `
BYTE processor(SOCKET connected)
{
	PROCESSOR_NUMBER processor = { 0 };
	DWORD bytes;
	WSAIoctl(connected, SIO_QUERY_RSS_PROCESSOR_INFO, NULL, 0, &processor, sizeof(processor), &bytes, NULL, NULL);
	//                                                                     ^^^^^^^^^^^^^^^^^ wrong-struct
	return processor.Number;
}`,
	},
} satisfies DocumentedCode;
