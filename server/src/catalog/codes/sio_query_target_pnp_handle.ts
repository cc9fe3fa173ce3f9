import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_QUERY_TARGET_PNP_HANDLE',
	opcode: _WSAIOR('IOC_WS2', 24),
	header: 'ws2def.h',
	aliases: [
		{
			name: 'SIO_QUERY_PNP_TARGET_HANDLE',
			kind: 'document',
			note: 'Spelling of LPWSPIoctl and of the opcode summary. No header defines it.',
		},
	],
	summary:
		'Asks a layered service provider for the socket of the provider below on which this socket depends for Plug and Play: when the device there goes, both become invalid.',
	remarks: [
		'ws2_32.dll sends it to sockets that WPUCreateSocketHandle made, so a layered provider answers it and programs have no need to call it.',
	],
	input: {},
	output: {
		use: 'required',
		type: 'SOCKET',
		basis: 'documented',
		confidence: 'type',
		meaning: 'The socket of the next provider.',
	},
	conflicts: [
		'The documents write SIO_QUERY_PNP_TARGET_HANDLE, the header SIO_QUERY_TARGET_PNP_HANDLE; only the second compiles.',
	],
	related: ['SIO_BASE_HANDLE', 'WPUCreateSocketHandle', 'RegisterDeviceNotification'],
	documentation: 'windows/win32/api/ws2spi/nc-ws2spi-lpwspioctl',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', state: 'connected' },
		risk: 'none',
		effect: 'Asks for the handle that notifications are registered on.',
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
SOCKET next_socket(SOCKET s)
{
	SOCKET next = INVALID_SOCKET;
	DWORD bytes;
	WSAIoctl(s, SIO_QUERY_TARGET_PNP_HANDLE, NULL, 0, &next, sizeof(next), &bytes, NULL, NULL);
	return next;
}`,
		rejected: `
SOCKET next_socket(SOCKET s)
{
	SOCKET next = INVALID_SOCKET;
	WSAIoctl(s, SIO_QUERY_TARGET_PNP_HANDLE, NULL, 0, &next, sizeof(next), NULL, NULL, NULL);
	//                                                                     ^^^^ missing-bytes-returned
	return next;
}`,
	},
} satisfies DocumentedCode;
