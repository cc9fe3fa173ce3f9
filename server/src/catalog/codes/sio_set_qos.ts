import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_SET_QOS',
	opcode: _WSAIOW('IOC_WS2', 11),
	header: 'ws2def.h',
	summary: 'Gives the socket a quality of service: a flow specification for each direction in a QOS.',
	remarks: [
		'It belongs to the generic QoS of Windows 2000. Since Windows Vista QOSAddSocketToFlow and the other functions of qos2.h serve the purpose.',
	],
	input: {
		use: 'required',
		type: 'QOS',
		variable: 'sizeof(QOS); ProviderSpecific may point to further data',
		basis: 'documented',
		confidence: 'type',
		meaning: 'The settings wanted.',
	},
	output: { use: 'unused', basis: 'documented' },
	overlapped: { rule: 'recommended', mayBlock: true },
	errors: [
		{ error: 'WSAENOPROTOOPT', when: 'the service provider knows no quality of service' },
		{ error: 'WSAEOPNOTSUPP', when: 'the flow specifications cannot be met' },
	],
	toldBy: { name: '`SIO_GET_QOS`', what: 'what is set' },
	related: ['SIO_GET_QOS', 'SIO_SET_GROUP_QOS', 'QOSAddSocketToFlow'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'changes-socket',
		effect: "Sets the quality of service of the run's own socket.",
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
int set_quality(SOCKET s, QOS *qos)
{
	DWORD bytes;
	return WSAIoctl(s, SIO_SET_QOS, qos, sizeof(*qos), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
int set_quality(SOCKET s, QOS *qos)
{
	DWORD bytes;
	return WSAIoctl(s, SIO_SET_QOS, qos, sizeof(qos), NULL, 0, &bytes, NULL, NULL);
	//                                   ^^^^^^^^^^^ sizeof-pointer
	//                                                                 ^^^^ may-block
}`,
	},
} satisfies DocumentedCode;
