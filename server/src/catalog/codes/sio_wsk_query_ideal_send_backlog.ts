import { _WSAIOR } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_WSK_QUERY_IDEAL_SEND_BACKLOG',
	opcode: _WSAIOR('IOC_WSK', 3),
	header: 'wsk.h',
	summary:
		'Tells how many bytes a kernel program should have handed to the WSK subsystem and not yet got back, so that the connection never runs dry.',
	remarks: [
		'Changes of the value are announced through the event callback WskSendBacklogEvent.',
		'Level and OutputSizeReturned are 0 and NULL.',
	],
	input: { use: 'must-be-empty', basis: 'documented' },
	output: {
		use: 'required',
		type: 'SIZE_T',
		basis: 'documented',
		confidence: 'hard',
		meaning:
			'The size in bytes: 4 bytes on 32-bit Windows, 8 on 64-bit Windows, unlike the ULONG of SIO_IDEAL_SEND_BACKLOG_QUERY.',
	},
	overlapped: { irp: 'required' },
	socket: { types: ['SOCK_STREAM'], note: 'Connection-oriented sockets only.' },
	order: [{ rule: 'after-connect' }],
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['WskControlSocket', 'SIO_IDEAL_SEND_BACKLOG_QUERY', 'SIO_WSK_QUERY_RECEIVE_BACKLOG'],
	documentation: 'windows-hardware/drivers/network/sio-wsk-query-ideal-send-backlog',
	wskOnly: true,
	examples: {
		accepted: `
NTSTATUS ideal_backlog(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, SIZE_T *Backlog, PIRP Irp)
{
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_QUERY_IDEAL_SEND_BACKLOG, 0,
		0, NULL, sizeof(*Backlog), Backlog, NULL, Irp);
}`,
		rejected: `
NTSTATUS ideal_backlog(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, ULONG *Backlog, PIRP Irp)
{
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_QUERY_IDEAL_SEND_BACKLOG, 0,
		0, NULL, sizeof(*Backlog), Backlog, NULL, Irp);
		//       ^^^^^^^^^^^^^^^^ output-too-small
}`,
	},
} satisfies DocumentedCode;
