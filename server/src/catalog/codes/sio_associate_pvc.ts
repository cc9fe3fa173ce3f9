import { literal } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_ASSOCIATE_PVC',
	opcode: literal(0x90160003, '0x90160003'),
	header: 'ws2atm.h',
	summary:
		'Ties a socket to a permanent virtual circuit of an ATM network, together with the quality of service it asks for.',
	remarks: ['The header packs its structures to four bytes: 84 bytes in a 32-bit program, 92 in a 64-bit one.'],
	input: {
		use: 'required',
		type: 'ATM_PVC_PARAMS',
		basis: 'header',
		confidence: 'type',
		meaning:
			'The circuit (device, VPI, VCI) and its QOS. A comment in the header calls the structure the input of this code.',
	},
	output: {},
	socket: { families: ['AF_ATM'] },
	conflicts: [
		'The ATM annex of the documents says that no control codes are needed for ATM; the header defines four and is followed.',
	],
	related: ['SIO_GET_ATM_CONNECTION_ID', 'SIO_GET_NUMBER_OF_ATM_DEVICES', 'QOS'],
	examples: {
		accepted: `
int join_circuit(SOCKET s, ATM_PVC_PARAMS *circuit)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_ASSOCIATE_PVC, circuit, sizeof(*circuit), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int join_circuit(SOCKET s, ATM_CONNECTION_ID *circuit)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_ASSOCIATE_PVC, circuit, sizeof(*circuit), NULL, 0, &bytes, NULL, NULL);
	//                                             ^^^^^^^^^^^^^^^^ wrong-struct
}`,
	},
} satisfies DocumentedCode;
