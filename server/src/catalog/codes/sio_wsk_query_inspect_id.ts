import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_WSK_QUERY_INSPECT_ID',
	opcode: _WSAIOR('IOC_WSK', 5),
	header: 'wsk.h',
	summary:
		'Gives the inspection id of a connection that was accepted on a listening socket with conditional accept, so that a program can match it with the request it inspected before.',
	remarks: ['Level is 0. OutputSizeReturned is used here: it takes the amount copied.'],
	input: { use: 'must-be-empty', basis: 'documented' },
	output: {
		use: 'required',
		type: 'WSK_INSPECT_ID',
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The inspection id: 8 bytes on 32-bit Windows, 16 on 64-bit Windows.',
	},
	overlapped: { irp: 'forbidden', note: 'The Irp argument is NULL.' },
	errors: [
		{
			error: 'STATUS_INVALID_DEVICE_REQUEST',
			when: 'the socket was not accepted on a listening socket with conditional accept',
		},
	],
	socket: {
		types: ['SOCK_STREAM'],
		otherwise: 'STATUS_INVALID_DEVICE_REQUEST',
		note: 'Accepted on a listening socket in conditional accept mode.',
	},
	order: [{ rule: 'after-accept', otherwise: 'STATUS_INVALID_DEVICE_REQUEST' }],
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	conflicts: [
		'The page calls the variable behind OutputSizeReturned a ULONG; the prototype of WskControlSocket says SIZE_T * and is followed.',
	],
	related: ['WskControlSocket', 'SO_CONDITIONAL_ACCEPT', 'WSK_INSPECT_ID'],
	documentation: 'windows-hardware/drivers/network/sio-wsk-query-inspect-id',
	wskOnly: true,
	examples: {
		accepted: `
NTSTATUS inspected_as(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, WSK_INSPECT_ID *Id)
{
	SIZE_T Copied = 0;
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_QUERY_INSPECT_ID, 0,
		0, NULL, sizeof(*Id), Id, &Copied, NULL);
}`,
		rejected: `
NTSTATUS inspected_as(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, WSK_INSPECT_ID *Id, PIRP Irp)
{
	SIZE_T Copied = 0;
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_QUERY_INSPECT_ID, 0,
		0, NULL, sizeof(*Id), Id, &Copied, Irp);
		//                                 ^^^ wsk-irp
}`,
	},
} satisfies DocumentedCode;
