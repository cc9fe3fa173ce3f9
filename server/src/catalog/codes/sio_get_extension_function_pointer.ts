import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_GET_EXTENSION_FUNCTION_POINTER',
	opcode: _WSAIORW('IOC_WS2', 6),
	header: 'ws2def.h',
	summary:
		'Fetches the address of an extension function such as AcceptEx or ConnectEx from the service provider behind the socket; a GUID names the function.',
	remarks: [
		'Calls through the pointer go straight to the provider, without a detour over ws2_32.dll.',
		'The GUIDs of the TCP/IP provider are the WSAID_* constants of mswsock.h: WSAID_ACCEPTEX, WSAID_CONNECTEX, WSAID_DISCONNECTEX, WSAID_GETACCEPTEXSOCKADDRS, WSAID_TRANSMITFILE, WSAID_TRANSMITPACKETS, WSAID_WSARECVMSG and WSAID_WSASENDMSG.',
		'WSAID_MULTIPLE_RIO belongs to SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER.',
	],
	input: {
		use: 'required',
		type: 'GUID',
		tooSmall: { error: 'WSAEFAULT' },
		basis: 'documented',
		confidence: 'type',
		meaning: 'Which function: a WSAID_* GUID, or one that the provider publishes.',
	},
	output: {
		use: 'required',
		type: 'FARPROC',
		accepts: [
			'LPFN_ACCEPTEX',
			'LPFN_CONNECTEX',
			'LPFN_DISCONNECTEX',
			'LPFN_GETACCEPTEXSOCKADDRS',
			'LPFN_TRANSMITFILE',
			'LPFN_TRANSMITPACKETS',
			'LPFN_WSARECVMSG',
			'LPFN_WSASENDMSG',
			'LPFN_WSAPOLL',
			'PVOID',
			'LPVOID',
		],
		tooSmall: { error: 'WSAEFAULT' },
		basis: 'documented',
		confidence: 'type',
		meaning: 'The function pointer: 4 bytes on 32-bit Windows, 8 on 64-bit.',
	},
	errors: [{ error: 'WSAEINVAL', when: 'the provider does not know the GUID (observed)' }],
	reported: [
		{
			text: 'The address belongs to the provider of this socket. Called with a socket of another one (of AF_UNIX, or beneath a layered provider) it fails or crashes: ask once for each socket, or for each provider',
			source: 'quinn-rs/quinn#2825',
		},
	],
	related: [
		'SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER',
		'AcceptEx',
		'ConnectEx',
		'DisconnectEx',
		'GetAcceptExSockaddrs',
		'TransmitFile',
		'TransmitPackets',
		'WSARecvMsg',
		'WSASendMsg',
	],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		risk: 'none',
		effect: 'Asks for the address of an extension function; it is not called.',
		input: { '': 'WSAID_ACCEPTEX' },
		wine: 'Wine does not check the output size and always writes a whole pointer.',
	},
	examples: {
		accepted: `
LPFN_ACCEPTEX load_accept_ex(SOCKET s)
{
	GUID id = WSAID_ACCEPTEX;
	LPFN_ACCEPTEX accept_ex = NULL;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &accept_ex, sizeof(accept_ex), &bytes, NULL, NULL);
	return accept_ex;
}`,
		rejected: `
LPFN_ACCEPTEX load_accept_ex(SOCKET s)
{
	GUID id = WSAID_ACCEPTEX;
	LPFN_ACCEPTEX accept_ex = NULL;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &accept_ex, sizeof(id), &bytes, NULL, NULL);
	//                                                                           ^^^^^^^^^^ size-exceeds-object
	return accept_ex;
}`,
	},
} satisfies DocumentedCode;
