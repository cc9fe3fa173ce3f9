import { literal } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_CHK_QOS',
	opcode: literal(0xdc000001, 'mIOC_IN | mIOC_OUT | mIOC_VENDOR | mCOMPANY | ioctl_code'),
	header: 'qossp.h',
	summary:
		'Asks the RSVP service provider one question about quality of service, such as whether the program may send already while a reservation is still being set up. Of historical interest.',
	remarks: [
		'The input names the question: ALLOWED_TO_SEND_DATA (50001), ABLE_TO_RECV_RSVP (50002), LINE_RATE (50003, answered in kilobits per second), LOCAL_TRAFFIC_CONTROL (50004), LOCAL_QOSABILITY (50005) or END_TO_END_QOSABILITY (50006). All but LINE_RATE answer 1 or 0.',
		'INFO_NOT_AVAILABLE (0xFFFFFFFF) means that there is no answer.',
		'The provider has errors of its own for it, GQOS_CHKQOS_BADINBUFFER and GQOS_CHKQOS_BADOUTBUFFER among them.',
	],
	input: {
		use: 'required',
		type: 'DWORD',
		basis: 'header',
		confidence: 'type',
		meaning: 'The question, a constant of qossp.h.',
	},
	output: {
		use: 'required',
		type: 'DWORD',
		basis: 'header',
		confidence: 'type',
		meaning: 'The answer.',
	},
	socket: { note: 'Sockets of the RSVP service provider only.' },
	status: {
		kind: 'deprecated',
		note: 'RSVP is gone; what describes the code stands in the archived part of the documents.',
	},
	conflicts: [
		'The comment in qossp.h derives the code like _WSAIORW(IOC_VENDOR, 1), which would be 0xD8000001; its own macro gives 0xDC000001, with a vendor field of 0x400. The macro is followed.',
	],
	related: ['SIO_GET_QOS', 'SIO_SET_QOS', 'QOS'],
	documentation: 'previous-versions/windows/desktop/qos/using-sio-chk-qos',
	examples: {
		accepted: `
DWORD may_send(SOCKET s)
{
	DWORD question = ALLOWED_TO_SEND_DATA;
	DWORD answer = 0;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_CHK_QOS, &question, sizeof(question), &answer, sizeof(answer), &bytes, NULL, NULL);
	return answer;
}`,
		rejected: `
BOOLEAN may_send(SOCKET s)
{
	DWORD question = ALLOWED_TO_SEND_DATA;
	BOOLEAN answer = FALSE;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_CHK_QOS, &question, sizeof(question), &answer, sizeof(answer), &bytes, NULL, NULL);
	//                                                             ^^^^^^^^^^^^^^ output-too-small
	//          ^^^^^^^^^^^ reserved-code
	return answer;
}`,
	},
} satisfies DocumentedCode;
