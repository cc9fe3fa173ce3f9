import { _WSAIO } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_WSK_SET_TCP_SILENT_MODE',
	opcode: _WSAIO('IOC_WSK', 7),
	header: 'wsk.h',
	summary:
		'Makes a TCP connection of a kernel program fall silent: nothing, not even control packets, is sent any more, and what arrives is dropped. All that is left to do with the socket is to close it.',
	remarks: [
		'Make sure beforehand that no send or disconnect request is pending.',
		'From then on, sends and disconnects fail with STATUS_INVALID_DEVICE_STATE.',
		'Level and OutputSizeReturned are 0 and NULL.',
	],
	input: { use: 'must-be-empty', basis: 'documented' },
	output: { use: 'must-be-empty', basis: 'documented' },
	overlapped: { irp: 'required' },
	socket: {
		types: ['SOCK_STREAM'],
		protocols: ['IPPROTO_TCP'],
		note: 'Not on loopback connections.',
	},
	order: [{ rule: 'after-connect' }],
	windows: { since: 'Windows 8 / Server 2012', version: '6.2', basis: 'documented' },
	related: ['WskControlSocket', 'WskCloseSocket', 'WskDisconnect'],
	documentation: 'windows-hardware/drivers/network/sio-wsk-set-tcp-silent-mode',
	wskOnly: true,
	examples: {
		accepted: `
NTSTATUS fall_silent(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, PIRP Irp)
{
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_SET_TCP_SILENT_MODE, 0,
		0, NULL, 0, NULL, NULL, Irp);
}`,
		rejected: `
NTSTATUS fall_silent(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, PIRP Irp)
{
	ULONG On = 1;
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_SET_TCP_SILENT_MODE,
		0, sizeof(On), &On, 0, NULL, NULL, Irp);
		// ^^^^^^^^^^ unexpected-input
}`,
	},
} satisfies DocumentedCode;
