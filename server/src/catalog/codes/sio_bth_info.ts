import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_BTH_INFO',
	opcode: _WSAIORW('IOC_VENDOR', 9),
	header: 'ws2bth.h',
	summary:
		'Asks a Bluetooth device for one of its information values and collects the answer, to judge by the structures beside it.',
	remarks: [
		'Only the header knows the code: it gives no roles to the buffers and no error.',
		'Declared under the heading for test, validation and conformance: the header warns that only debug builds of the system may know it.',
	],
	input: {
		type: 'BTH_INFO_REQ',
		basis: 'header',
		meaning: 'Probably this structure: it stands beside the code in the header, which does not say how it is used.',
	},
	output: {
		type: 'BTH_INFO_RSP',
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
	related: ['SIO_BTH_PING'],
	examples: {
		accepted: `
int ask_device(SOCKET s, BTH_INFO_REQ *request, BTH_INFO_RSP *response)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_BTH_INFO, request, sizeof(*request), response, sizeof(*response), &bytes, NULL, NULL);
}`,
		rejected: `
int ask_device(SOCKET s, BTH_INFO_REQ *request, BTH_INFO_RSP *response)
{
	return WSAIoctl(s, SIO_BTH_INFO, request, sizeof(*request), response, sizeof(*response), NULL, NULL, NULL);
	//                                                                                       ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
