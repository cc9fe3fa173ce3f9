import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_BTH_PING',
	opcode: _WSAIORW('IOC_VENDOR', 8),
	header: 'ws2bth.h',
	summary: 'Sends an echo request to a Bluetooth device and collects the answer, to judge by the structures beside it.',
	remarks: [
		'Only the header knows the code: it gives no roles to the buffers and no error.',
		'Declared under the heading for test, validation and conformance: the header warns that only debug builds of the system may know it.',
	],
	input: {
		type: 'BTH_PING_REQ',
		basis: 'header',
		meaning: 'Probably this structure: it stands beside the code in the header, which does not say how it is used.',
	},
	output: {
		type: 'BTH_PING_RSP',
		basis: 'header',
		meaning: 'Probably this structure: it stands beside the code in the header, which does not say how it is used.',
	},
	socket: { families: ['AF_BTH'] },
	windows: {
		since: 'Windows XP SP2',
		version: '5.1',
		basis: 'header',
		note: 'The header shows its declarations from this version on.',
	},
	related: ['SIO_BTH_INFO'],
	examples: {
		accepted: `
int ping(SOCKET s, BTH_PING_REQ *request, BTH_PING_RSP *response)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_BTH_PING, request, sizeof(*request), response, sizeof(*response), &bytes, NULL, NULL);
}`,
		rejected: `
int ping(SOCKET s, BTH_PING_REQ *request, BTH_PING_RSP *response)
{
	return WSAIoctl(s, SIO_BTH_PING, request, sizeof(*request), response, sizeof(*response), NULL, NULL, NULL);
	//                                                                                       ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
