import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_WSK_REGISTER_EXTENSION',
	opcode: _WSAIORW('IOC_WSK', 2),
	header: 'wsk.h',
	summary:
		'Connects a kernel program with an extension interface of the WSK subsystem: it hands in its own dispatch table and gets the one of the subsystem.',
	remarks: [
		'Works on every kind of WSK socket.',
		'What the two tables hold is a matter of the extension.',
		'Level and OutputSizeReturned are 0 and NULL.',
	],
	input: {
		use: 'required',
		type: 'WSK_EXTENSION_CONTROL_IN',
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The identifier of the extension interface, the context and the dispatch table of the program.',
	},
	output: {
		use: 'required',
		type: 'WSK_EXTENSION_CONTROL_OUT',
		basis: 'documented',
		confidence: 'hard',
		meaning: 'The context and the dispatch table of the subsystem.',
	},
	overlapped: { irp: 'forbidden', note: 'The call is made without an IRP.' },
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['WskControlSocket', 'WSK_EXTENSION_CONTROL_IN', 'WSK_EXTENSION_CONTROL_OUT'],
	documentation: 'windows-hardware/drivers/network/sio-wsk-register-extension',
	wskOnly: true,
	examples: {
		accepted: `
NTSTATUS join_extension(const WSK_PROVIDER_BASIC_DISPATCH *Dispatch, PWSK_SOCKET Socket, WSK_EXTENSION_CONTROL_IN *In, WSK_EXTENSION_CONTROL_OUT *Out)
{
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_REGISTER_EXTENSION, 0,
		sizeof(*In), In, sizeof(*Out), Out, NULL, NULL);
}`,
		rejected: `
NTSTATUS join_extension(const WSK_PROVIDER_BASIC_DISPATCH *Dispatch, PWSK_SOCKET Socket, WSK_EXTENSION_CONTROL_IN *In)
{
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_REGISTER_EXTENSION, 0,
		sizeof(*In), In, sizeof(WSK_EXTENSION_CONTROL_OUT), NULL, NULL, NULL);
		//               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ null-buffer-with-size
}`,
	},
} satisfies DocumentedCode;
