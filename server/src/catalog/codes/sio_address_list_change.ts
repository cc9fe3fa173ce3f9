import { _WSAIO } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_ADDRESS_LIST_CHANGE',
	opcode: _WSAIO('IOC_WS2', 23),
	header: 'ws2def.h',
	summary:
		'Waits until the local addresses for the address family of the socket change, and then completes without data; the new list comes from SIO_ADDRESS_LIST_QUERY.',
	remarks: [
		'Each call reports one change. Start the next one before querying again, or a change in between goes unnoticed.',
		'On a non-blocking socket without an overlapped structure the call ends at once with WSAEWOULDBLOCK; the event FD_ADDRESS_LIST_CHANGE then tells of the change.',
		'WskControlSocket: an IRP is needed, the call returns STATUS_PENDING; call at PASSIVE_LEVEL.',
	],
	input: { use: 'unused', basis: 'documented' },
	output: { use: 'unused', basis: 'documented' },
	overlapped: {
		rule: 'recommended',
		mayBlock: true,
		irp: 'required',
		note: 'Without it a call on a blocking socket returns only when an address comes or goes.',
	},
	errors: [
		{ error: 'WSAEWOULDBLOCK', when: 'the socket is non-blocking and no overlapped structure is given' },
		{ error: 'WSA_IO_PENDING', when: 'an overlapped call has begun: the normal case' },
	],
	conflicts: ['The page of LPWSPIoctl leaves the V bit out of the opcode setting; the header has it.'],
	related: ['SIO_ADDRESS_LIST_QUERY', 'NotifyAddrChange', 'WSAEventSelect', 'WSAAsyncSelect', 'WskControlSocket'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP' },
		waits: true,
		risk: 'none',
		effect: 'Waits for a change of the address list; an overlapped run is cancelled after its wait.',
	},
	examples: {
		accepted: `
void watch_addresses(SOCKET s, WSAOVERLAPPED *overlapped)
{
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &bytes, overlapped, NULL);
}`,
		rejected: `
void watch_addresses(SOCKET s, WSAOVERLAPPED *overlapped)
{
	WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, NULL, overlapped, NULL);
	//                                                     ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
