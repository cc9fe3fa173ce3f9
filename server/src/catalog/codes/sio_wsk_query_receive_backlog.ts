import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_WSK_QUERY_RECEIVE_BACKLOG',
	opcode: _WSAIOR('IOC_WSK', 4),
	header: 'wsk.h',
	summary: 'Tells a kernel program how much received data waits on a connection.',
	remarks: ['Level and OutputSizeReturned are 0 and NULL.'],
	input: { use: 'must-be-empty', basis: 'documented' },
	output: {
		use: 'required',
		type: 'SIZE_T',
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The amount in bytes: a variable of 4 bytes on 32-bit Windows, of 8 on 64-bit Windows.',
	},
	overlapped: { irp: 'required' },
	socket: { types: ['SOCK_STREAM'], note: 'Connection-oriented sockets only.' },
	order: [{ rule: 'after-connect' }],
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['WskControlSocket', 'SIO_WSK_QUERY_IDEAL_SEND_BACKLOG'],
	documentation: 'windows-hardware/drivers/network/sio-wsk-query-receive-backlog',
	wskOnly: true,
	examples: {
		accepted: `
NTSTATUS waiting(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, SIZE_T *Backlog, PIRP Irp)
{
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_QUERY_RECEIVE_BACKLOG, 0,
		0, NULL, sizeof(*Backlog), Backlog, NULL, Irp);
}`,
		rejected: `
NTSTATUS waiting(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, SIZE_T *Backlog, PIRP Irp)
{
	return Dispatch->WskControlSocket(Socket, WskGetOption, SIO_WSK_QUERY_RECEIVE_BACKLOG, SOL_SOCKET,
	//                                        ^^^^^^^^^^^^ wsk-request
		0, NULL, sizeof(*Backlog), Backlog, NULL, Irp);
}`,
	},
} satisfies DocumentedCode;
