import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_QUERY_RSS_SCALABILITY_INFO',
	opcode: _WSAIOR('IOC_VENDOR', 210),
	header: 'mstcpip.h',
	summary:
		'Tells whether receive-side scaling, the spreading of received packets over several processors, is on for any network interface of the computer.',
	input: {},
	output: {
		use: 'required',
		type: 'RSS_SCALABILITY_INFO',
		tooSmall: { error: 'WSAEINVAL', note: 'also with a NULL pointer' },
		basis: 'documented',
		confidence: 'hard',
		meaning: 'One BOOLEAN, one byte: TRUE when at least one interface has it enabled.',
	},
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	conflicts: [
		'LPWSPIOCTL prints the prototype of a completion routine where the structure belongs; the header and the other documents agree on RSS_SCALABILITY_INFO.',
	],
	related: ['SIO_QUERY_RSS_PROCESSOR_INFO', 'SIO_CPU_AFFINITY'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'none',
		effect: 'Asks whether receiving is spread over processors.',
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
BOOL receive_side_scaling(SOCKET s)
{
	RSS_SCALABILITY_INFO info = { FALSE };
	DWORD bytes = 0;
	WSAIoctl(s, SIO_QUERY_RSS_SCALABILITY_INFO, NULL, 0, &info, sizeof(info), &bytes, NULL, NULL);
	return info.RssEnabled;
}`,
		rejected: `
BOOL receive_side_scaling(SOCKET s)
{
	BOOLEAN enabled = FALSE;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_QUERY_RSS_SCALABILITY_INFO, NULL, 0, &enabled, sizeof(BOOL), &bytes, NULL, NULL);
	//                                                             ^^^^^^^^^^^^ size-exceeds-object
	return enabled;
}`,
	},
} satisfies DocumentedCode;
