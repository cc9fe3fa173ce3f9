import { literal } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_GET_NUMBER_OF_ATM_DEVICES',
	opcode: literal(0x50160001, '0x50160001'),
	header: 'ws2atm.h',
	summary: 'Counts the ATM network cards of the computer.',
	input: {},
	output: {
		type: 'DWORD',
		minimum: { sizeof: 'DWORD' },
		basis: 'sample',
		confidence: 'soft',
		meaning: 'The number of devices. Sample code shows the type.',
	},
	socket: { families: ['AF_ATM'] },
	conflicts: [
		'The ATM annex of the documents says that no control codes are needed for ATM; the header defines four and is followed.',
	],
	related: ['SIO_GET_ATM_ADDRESS', 'SIO_GET_ATM_CONNECTION_ID', 'SIO_ASSOCIATE_PVC'],
	examples: {
		accepted: `
DWORD atm_devices(SOCKET s)
{
	DWORD count = 0;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_GET_NUMBER_OF_ATM_DEVICES, NULL, 0, &count, sizeof(count), &bytes, NULL, NULL);
	return count;
}`,
		rejected: `
DWORD atm_devices(SOCKET s)
{
	DWORD count = 0;
	WSAIoctl(s, SIO_GET_NUMBER_OF_ATM_DEVICES, NULL, 0, &count, sizeof(count), NULL, NULL, NULL);
	//                                                                         ^^^^ missing-bytes-returned
	return count;
}`,
	},
} satisfies DocumentedCode;
