import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_QUERY_WFP_ALE_ENDPOINT_HANDLE',
	opcode: _WSAIOR('IOC_VENDOR', 205),
	header: 'mstcpip.h',
	summary:
		'Maps a socket to the handle under which the Windows Filtering Platform (its application layer enforcement) knows the endpoint. Firewalls and proxies need it to inject packets into the path of an existing endpoint.',
	input: {},
	output: {
		use: 'required',
		type: 'UINT64',
		tooSmall: { error: 'WSAEINVAL', note: 'also with a NULL pointer' },
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The endpoint handle: 8 bytes, in a 32-bit program too.',
	},
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['SIO_QUERY_WFP_CONNECTION_REDIRECT_RECORDS'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'none',
		effect: 'Asks for the handle of the filtering platform.',
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
UINT64 endpoint_of(SOCKET s)
{
	UINT64 endpoint = 0;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_QUERY_WFP_ALE_ENDPOINT_HANDLE, NULL, 0, &endpoint, sizeof(endpoint), &bytes, NULL, NULL);
	return endpoint;
}`,
		rejected: `
HANDLE endpoint_of(SOCKET s)
{
	HANDLE endpoint = NULL;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_QUERY_WFP_ALE_ENDPOINT_HANDLE, NULL, 0, &endpoint, sizeof(endpoint), &bytes, NULL, NULL);
	//                                                                 ^^^^^^^^^^^^^^^^ output-too-small
	return endpoint;
}`,
	},
} satisfies DocumentedCode;
