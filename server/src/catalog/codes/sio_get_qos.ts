import { _WSAIORW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_GET_QOS',
	opcode: _WSAIORW('IOC_WS2', 7),
	header: 'ws2def.h',
	summary: 'Reads the quality-of-service settings of a socket: the flow specification of each direction as a QOS.',
	remarks: [
		'A sender has to be connected first; a receiver only has to be bound.',
		'Some protocols, RSVP among them, take an input buffer that narrows the request.',
	],
	input: {
		use: 'optional',
		variable: 'as the protocol defines it',
		basis: 'documented',
		meaning: 'Narrows the request. No type is fixed.',
	},
	output: {
		use: 'required',
		type: 'QOS',
		variable: 'sizeof(QOS) and the provider-specific part behind it',
		tooSmall: {
			error: 'WSAENOBUFS',
			note: 'According to archived pages of Windows 2000, with the size needed at the start of the output buffer.',
		},
		basis: 'documented',
		confidence: 'type',
		meaning: 'The settings in force.',
	},
	overlapped: { rule: 'recommended', mayBlock: true },
	errors: [{ error: 'WSAENOPROTOOPT', when: 'the service provider knows no quality of service' }],
	status: {
		kind: 'reserved',
		note: 'The list of control codes reserves it for the future; it worked with RSVP on Windows 2000.',
		instead: 'QOSAddSocketToFlow and the other functions of qos2.h',
		mayWork: true,
	},
	conflicts: ['All documents give the opcode setting as output only; the header sets the I bit as well.'],
	related: ['SIO_SET_QOS', 'SIO_GET_GROUP_QOS', 'SIO_CHK_QOS', 'QOSAddSocketToFlow'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'none',
		effect: 'Asks for the quality of service.',
		outputSize: 1024,
		wine: 'Wine does not know this code and answers WSAEOPNOTSUPP.',
	},
	examples: {
		accepted: `
QOS_FLOWID prefer(HANDLE qos, SOCKET connected)
{
	QOS_FLOWID flow = 0;
	QOSAddSocketToFlow(qos, connected, NULL, QOSTrafficTypeAudioVideo, QOS_NON_ADAPTIVE_FLOW, &flow);
	return flow;
}`,
		rejected: `
FLOWSPEC sending_flow(SOCKET connected)
{
	QOS qos = { 0 };
	DWORD bytes;
	WSAIoctl(connected, SIO_GET_QOS, NULL, 0, &qos, sizeof(qos), &bytes, NULL, NULL);
	//                  ^^^^^^^^^^^ reserved-code
	return qos.SendingFlowspec;
}`,
	},
} satisfies DocumentedCode;
