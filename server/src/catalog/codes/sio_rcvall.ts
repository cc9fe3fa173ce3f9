import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_RCVALL',
	opcode: _WSAIOW('IOC_VENDOR', 1),
	header: 'mstcpip.h',
	aliases: [
		{ name: 'SIO_RCV_ALL', kind: 'document', note: 'Spelling in the syntax block of the page; no header defines it.' },
		{ name: 'SIO_RECVALL', kind: 'document', note: 'Spelling of one converted document; no header defines it.' },
	],
	summary:
		'Turns a raw socket into a listener for all the IPv4 or IPv6 traffic of one network interface: the promiscuous mode that packet monitors use.',
	remarks: [
		'RCVALL_ON also puts the adapter into promiscuous mode when it can; RCVALL_IPLEVEL leaves the adapter alone and takes every IP packet that arrives there. RCVALL_SOCKETLEVELONLY does nothing.',
		'Only IP reaches the socket: ARP and other protocols of the wire stay invisible.',
		'Packets that the computer itself sends are seen since Windows 7 (on servers since 2008 R2).',
		'To watch another interface, switch the first one off with a call of its own.',
		'The receive buffer must be large enough for whole datagrams.',
	],
	input: {
		use: 'required',
		type: 'RCVALL_VALUE',
		range: { from: 0, to: 3, otherwise: 'WSAEINVAL' },
		tooSmall: {
			error: 'WSAEINVAL',
			note: 'the error table promises it only below one byte, while the parameter asks for the whole enumeration value',
		},
		basis: 'documented',
		confidence: 'conflict',
		meaning: 'What to receive: RCVALL_OFF, RCVALL_ON or RCVALL_IPLEVEL.',
	},
	output: { use: 'unused', basis: 'documented' },
	errors: [
		{ error: 'WSAEINVAL', when: 'the value is none of RCVALL_VALUE, or the interface of the socket has gone' },
		{
			error: 'WSAEACCES',
			when: 'the caller is no administrator: raw sockets are for members of the Administrators group, so that socket fails before it comes to this call',
			basis: 'reported',
			source: 'hrichharms/AlbiPy#2',
		},
		{ error: 'WSAENOBUFS', when: 'memory for the capture is short' },
		{ error: 'WSAENOPROTOOPT', when: 'the protocol of the socket does not support it' },
		{ error: 'WSAEOPNOTSUPP', when: 'the transport does not know the code' },
	],
	socket: {
		families: ['AF_INET', 'AF_INET6'],
		types: ['SOCK_RAW'],
		protocols: ['IPPROTO_IP', 'IPPROTO_IPV6'],
		ofOneInterface: true,
		note: 'IPPROTO_IP goes with AF_INET, IPPROTO_IPV6 with AF_INET6.',
	},
	order: [{ rule: 'after-bind', note: 'Bound to the address of one interface; the wildcard address will not do.' }],
	privilege: 'Administrator',
	windows: { since: 'Windows 2000', version: '5.0', basis: 'documented' },
	conflicts: [
		'The page asks for sizeof(RCVALL_VALUE), 4 bytes, yet its error table rejects only buffers below sizeof(UCHAR), 1 byte. The parameter text is followed, as a warning.',
		'The syntax block of the page passes no input at all; the parameter text and the header need the value.',
	],
	related: ['SIO_RCVALL_MCAST', 'SIO_RCVALL_IGMPMCAST', 'SIO_RCVALL_IF'],
	documentation: 'windows/win32/winsock/sio-rcvall',
	live: {
		socket: { type: 'SOCK_RAW', protocol: 'IPPROTO_IP', state: 'bound' },
		risk: 'administrator',
		effect: 'Captures every packet on the network adapter; Windows lets only administrators do it.',
		input: { '': 'RCVALL_SOCKETLEVELONLY' },
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
void listen_to_everything(SOCKET raw)
{
	RCVALL_VALUE mode = RCVALL_IPLEVEL;
	DWORD bytes = 0;
	WSAIoctl(raw, SIO_RCVALL, &mode, sizeof(mode), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void listen_to_everything(SOCKET raw)
{
	DWORD bytes = 0;
	WSAIoctl(raw, SIO_RCVALL, NULL, 0, NULL, 0, &bytes, NULL, NULL);
	//                              ^ input-too-small
}`,
	},
} satisfies DocumentedCode;
