import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_RFCOMM_TEST',
	opcode: _WSAIORW('IOC_VENDOR', 104),
	header: 'ws2bth.h',
	summary: 'Sends the test command of RFCOMM, to judge by its name.',
	remarks: [
		'Only the header knows the code: it gives no roles to the buffers and no error.',
		'Declared under the heading for test, validation and conformance: the header warns that only debug builds of the system may know it.',
	],
	input: {},
	output: {},
	socket: { families: ['AF_BTH'], protocols: ['BTHPROTO_RFCOMM'] },
	windows: {
		since: 'Windows XP SP2',
		version: '5.1',
		basis: 'header',
		note: 'The header shows its declarations from this version on.',
	},
	related: ['SIO_BTH_PING'],
	examples: {
		accepted: `
int test_session(SOCKET s, void *in, DWORD in_size, void *out, DWORD out_size)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_RFCOMM_TEST, in, in_size, out, out_size, &bytes, NULL, NULL);
}`,
		rejected: `
int test_session(SOCKET s, void *in, DWORD in_size, void *out, DWORD out_size)
{
	return WSAIoctl(s, SIO_RFCOMM_TEST, in, in_size, out, out_size, NULL, NULL, NULL);
	//                                                              ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
