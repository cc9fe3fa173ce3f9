import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_RCVALL_IGMPMCAST',
	opcode: _WSAIOW('IOC_VENDOR', 3),
	header: 'mstcpip.h',
	aliases: [
		{
			name: 'SIO_RECVALL_IGMPMCCAST',
			kind: 'document',
			note: 'Spelling of one converted document; no header defines it.',
		},
	],
	summary:
		'Turns a raw socket into a listener for all IGMP messages on one network interface, and for no other multicast traffic.',
	remarks: ['The receive buffer must be large enough for whole datagrams.'],
	input: {
		use: 'required',
		type: 'RCVALL_VALUE',
		basis: 'sample',
		confidence: 'soft',
		meaning: 'RCVALL_ON or RCVALL_OFF. The documents name no type; sample code passes four bytes.',
	},
	output: { use: 'unused', basis: 'sample' },
	socket: { families: ['AF_INET'], types: ['SOCK_RAW'], protocols: ['IPPROTO_IGMP'], ofOneInterface: true },
	order: [{ rule: 'after-bind', note: 'Bound to the address of one interface; INADDR_ANY will not do.' }],
	privilege: 'Administrator',
	windows: { since: 'Windows 2000', version: '5.0', basis: 'documented' },
	related: ['SIO_RCVALL', 'SIO_RCVALL_MCAST'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_RAW', protocol: 'IPPROTO_IGMP', state: 'bound' },
		risk: 'administrator',
		effect: 'Captures the multicasts of IGMP on the network adapter; Windows lets only administrators do it.',
		input: { '': 'RCVALL_SOCKETLEVELONLY' },
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void listen_to_igmp(SOCKET raw)
{
	RCVALL_VALUE mode = RCVALL_ON;
	DWORD bytes = 0;
	WSAIoctl(raw, SIO_RCVALL_IGMPMCAST, &mode, sizeof(mode), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void listen_to_igmp(SOCKET raw)
{
	RCVALL_VALUE mode = RCVALL_ON;
	WSAIoctl(raw, SIO_RCVALL_IGMPMCAST, &mode, sizeof(mode), NULL, 0, NULL, NULL, NULL);
	//                                                                ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
