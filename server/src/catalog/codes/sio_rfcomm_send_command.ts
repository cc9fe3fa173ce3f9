import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_RFCOMM_SEND_COMMAND',
	opcode: _WSAIORW('IOC_VENDOR', 101),
	header: 'ws2bth.h',
	summary:
		'Sends an RFCOMM control command (modem signals, line status or port settings) to the other end of a Bluetooth serial connection, to judge by its name.',
	remarks: [
		'Only the header knows the code: it gives no roles to the buffers and no error.',
		'RFCOMM_COMMAND is packed to one byte: 11 bytes in all.',
	],
	input: {
		type: 'RFCOMM_COMMAND',
		basis: 'header',
		meaning: 'Probably this structure: it stands beside the code in the header, which does not say how it is used.',
	},
	output: {
		type: 'RFCOMM_COMMAND',
		basis: 'header',
		meaning: 'Probably this structure: it stands beside the code in the header, which does not say how it is used.',
	},
	socket: { families: ['AF_BTH'], protocols: ['BTHPROTO_RFCOMM'] },
	windows: {
		since: 'Windows XP SP2',
		version: '5.1',
		basis: 'header',
		note: 'The header shows its declarations from this version on.',
	},
	related: ['SIO_RFCOMM_WAIT_COMMAND'],
	examples: {
		accepted: `
int send_command(SOCKET s, RFCOMM_COMMAND *command, RFCOMM_COMMAND *reply)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_RFCOMM_SEND_COMMAND, command, sizeof(*command), reply, sizeof(*reply), &bytes, NULL, NULL);
}`,
		rejected: `
int send_command(SOCKET s, RFCOMM_COMMAND *command, RFCOMM_COMMAND *reply)
{
	return WSAIoctl(s, SIO_RFCOMM_SEND_COMMAND, command, sizeof(*command), reply, sizeof(*reply), NULL, NULL, NULL);
	//                                                                                            ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
