import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_WSK_SET_REMOTE_ADDRESS',
	opcode: _WSAIOW('IOC_WSK', 1),
	header: 'wsk.h',
	summary:
		'Fixes the partner of a kernel datagram socket: everything goes to this address and only what comes from it is accepted. Without input it removes the address again.',
	remarks: [
		'WskSendTo can name another address for one datagram; an answer from there is dropped.',
		'Level and OutputSizeReturned are 0 and NULL.',
	],
	input: {
		use: 'optional',
		type: 'SOCKADDR',
		accepts: ['SOCKADDR_IN', 'SOCKADDR_IN6', 'SOCKADDR_STORAGE'],
		variable: 'the address structure of the family of the socket',
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The address, in the structure of the family; NULL with size 0 clears it.',
	},
	output: { use: 'must-be-empty', basis: 'documented' },
	overlapped: { irp: 'required' },
	socket: { types: ['SOCK_DGRAM'] },
	order: [{ rule: 'after-bind' }],
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['WskControlSocket', 'SIO_WSK_SET_SENDTO_ADDRESS', 'WskSendTo'],
	documentation: 'windows-hardware/drivers/network/sio-wsk-set-remote-address',
	wskOnly: true,
	examples: {
		accepted: `
NTSTATUS fix_partner(const WSK_PROVIDER_DATAGRAM_DISPATCH *Dispatch, PWSK_SOCKET Socket, PSOCKADDR_IN Remote, PIRP Irp)
{
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_SET_REMOTE_ADDRESS, 0,
		sizeof(SOCKADDR_IN), Remote, 0, NULL, NULL, Irp);
}`,
		rejected: `
NTSTATUS fix_partner(const WSK_PROVIDER_DATAGRAM_DISPATCH *Dispatch, PWSK_SOCKET Socket, PSOCKADDR_IN Remote)
{
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_SET_REMOTE_ADDRESS, 0,
		sizeof(SOCKADDR_IN), Remote, 0, NULL, NULL, NULL);
		//                                          ^^^^ wsk-irp
}`,
	},
} satisfies DocumentedCode;
