import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_TCP_INFO',
	opcode: _WSAIORW('IOC_VENDOR', 39),
	header: 'mstcpip.h',
	summary:
		'Reads the statistics of one TCP connection (state, round-trip times, windows, bytes, retransmissions) straight from its socket, without walking the connection table and without special rights.',
	remarks: [
		'The input is a version number: 0 fills a TCP_INFO_v0, 1 a TCP_INFO_v1 and 2 a TCP_INFO_v2; the output buffer must belong to the version asked for.',
		'The header offers TCP_INFO_v1 from Windows 10 1809 on and TCP_INFO_v2 from Windows 11 on.',
	],
	input: {
		use: 'required',
		type: 'DWORD',
		tooSmall: {
			error: 'WSAEMSGSIZE',
			note: 'also with a NULL pointer, and whenever the size is not exactly that of a DWORD',
		},
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The version of the output structure.',
	},
	output: {
		use: 'required',
		type: 'TCP_INFO_v0',
		accepts: ['TCP_INFO_v1', 'TCP_INFO_v2'],
		variable: 'sizeof(TCP_INFO_v0) for version 0, sizeof(TCP_INFO_v1) for version 1, sizeof(TCP_INFO_v2) for version 2',
		tooSmall: { error: 'WSAEINVAL', note: '*lpcbBytesReturned becomes 0' },
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The statistics. The minimum given is that of version 0; the others are larger.',
	},
	socket: { types: ['SOCK_STREAM'], protocols: ['IPPROTO_TCP'] },
	windows: { since: 'Windows 10 1703', version: '10.0.15063', basis: 'documented' },
	conflicts: [
		'The text gives Windows 10 1703 and Windows Server 2016 as first versions, but that server (build 14393) is older than 1703. The header defines the name from 1703 on and is followed.',
		'The page knows versions 0 and 1; version 2 is in the header only.',
	],
	related: ['GetPerTcpConnectionEStats', 'TCP_INFO_v0', 'TCP_INFO_v1', 'TCP_INFO_v2'],
	documentation: 'windows/win32/winsock/sio-tcp-info',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', state: 'connected' },
		risk: 'none',
		effect: "Reads the statistics of the run's own connection.",
		input: { '': 0 },
		outputByVersion: ['TCP_INFO_v0', 'TCP_INFO_v1', 'TCP_INFO_v2'],
		posix: {
			call: 'TCP_INFO',
			difference: "The structure is Linux's struct tcp_info, with other members and units than TCP_INFO_v0.",
		},
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int statistics(SOCKET s, TCP_INFO_v0 *info)
{
	DWORD version = 0;
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_TCP_INFO, &version, sizeof(version), info, sizeof(*info), &bytes, NULL, NULL);
}`,
		rejected: `
int statistics(SOCKET s, TCP_INFO_v0 *info)
{
	DWORD version = 0;
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_TCP_INFO, &version, sizeof(version), info, sizeof(info), &bytes, NULL, NULL);
	//                                                                ^^^^^^^^^^^^ sizeof-pointer
}`,
	},
} satisfies DocumentedCode;
