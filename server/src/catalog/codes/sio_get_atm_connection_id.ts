import { literal } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_GET_ATM_CONNECTION_ID',
	opcode: literal(0x50160004, '0x50160004'),
	header: 'ws2atm.h',
	summary: 'Gives the device, path and channel numbers of the virtual circuit behind an ATM socket.',
	input: {},
	output: {
		type: 'ATM_CONNECTION_ID',
		minimum: { sizeof: 'ATM_CONNECTION_ID' },
		basis: 'sample',
		confidence: 'soft',
		meaning: 'Device number, VPI and VCI. Sample code shows the type.',
	},
	socket: { families: ['AF_ATM'] },
	conflicts: [
		'The ATM annex of the documents says that no control codes are needed for ATM; the header defines four and is followed.',
	],
	related: ['SIO_ASSOCIATE_PVC', 'SIO_GET_ATM_ADDRESS'],
	examples: {
		accepted: `
int circuit_of(SOCKET s, ATM_CONNECTION_ID *circuit)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_GET_ATM_CONNECTION_ID, NULL, 0, circuit, sizeof(*circuit), &bytes, NULL, NULL);
}`,
		rejected: `
int circuit_of(SOCKET s, ATM_CONNECTION_ID *circuit)
{
	return WSAIoctl(s, SIO_GET_ATM_CONNECTION_ID, NULL, 0, circuit, sizeof(*circuit), NULL, NULL, NULL);
	//                                                                                ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
