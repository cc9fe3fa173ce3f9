import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_SET_GROUP_QOS',
	opcode: _WSAIOW('IOC_WS2', 12),
	header: 'ws2def.h',
	summary:
		'Meant to set the quality of service of a whole socket group. The documents say no more than that it is reserved.',
	input: {
		type: 'QOS',
		variable: 'sizeof(QOS) and the provider-specific part behind it',
		basis: 'documented',
		confidence: 'type',
		meaning: 'The settings for the group; only the opcode summary names the type.',
	},
	output: {},
	overlapped: { rule: 'recommended', mayBlock: true },
	errors: [{ error: 'WSAEOPNOTSUPP', when: 'the flow specifications cannot be met' }],
	status: {
		kind: 'reserved',
		note: 'Every document that lists it says so.',
		instead: 'QOSAddSocketToFlow and the other functions of qos2.h',
	},
	related: ['SIO_GET_GROUP_QOS', 'SIO_SET_QOS', 'QOSAddSocketToFlow'],
	documentation: 'windows/win32/winsock/winsock-ioctls',
	live: {
		socket: { type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' },
		risk: 'changes-socket',
		effect: "Sets the quality of service of the run's own socket group.",
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
int prefer(SOCKET s, QOS qos)
{
	DWORD bytes;
	return WSAIoctl(s, SIO_SET_GROUP_QOS, &qos, sizeof(qos), NULL, 0, &bytes, NULL, NULL);
	//                 ^^^^^^^^^^^^^^^^^ reserved-code
}`,
	},
} satisfies DocumentedCode;
