import { literal } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_GET_ATM_ADDRESS',
	opcode: literal(0xd0160002, '0xd0160002'),
	header: 'ws2atm.h',
	summary: 'Gives the local address of one ATM network card, named by its number.',
	input: {
		type: 'DWORD',
		minimum: { sizeof: 'DWORD' },
		basis: 'sample',
		confidence: 'soft',
		meaning: 'Number of the device. Sample code shows the type.',
	},
	output: {
		type: 'ATM_ADDRESS',
		minimum: { sizeof: 'ATM_ADDRESS' },
		basis: 'sample',
		confidence: 'soft',
		meaning: 'The address. Sample code shows the type.',
	},
	socket: { families: ['AF_ATM'] },
	conflicts: [
		'The ATM annex of the documents says that no control codes are needed for ATM; the header defines four and is followed.',
	],
	related: ['SIO_GET_NUMBER_OF_ATM_DEVICES', 'SIO_GET_ATM_CONNECTION_ID'],
	examples: {
		accepted: `
int local_address(SOCKET s, DWORD device, ATM_ADDRESS *address)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_GET_ATM_ADDRESS, &device, sizeof(device), address, sizeof(*address), &bytes, NULL, NULL);
}`,
		rejected: `
int local_address(SOCKET s, DWORD device, ATM_ADDRESS *address)
{
	return WSAIoctl(s, SIO_GET_ATM_ADDRESS, &device, sizeof(device), address, sizeof(*address), NULL, NULL, NULL);
	//                                                                                          ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
