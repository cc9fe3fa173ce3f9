import type { Rule } from '../rule.ts';
import { type Unexpected, unexpected } from '../unexpected.ts';

export default {
	id: 'unexpected-input',
	title: 'The control code takes no input',
	severity: 'info',
	severityReason:
		'Most codes ignore the extra buffer; a warning where the documents name an error for a `cbInBuffer` that is not 0.',
	description:
		'Some codes ask for an empty input buffer in words: NULL and a size of 0. Data that is passed all the same is ignored at best, and makes the call fail where the error table of the code says so. Codes that merely have no use for input are not reported.',
	stage: 'need',
	accepted: [
		`
void f(SOCKET s)
{
	char list[1024];
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, list, sizeof(list), &bytes, NULL, NULL);
}`,
		`
void f(SOCKET s)
{
	u_long unread = 0;
	DWORD ignored = 0, bytes;
	WSAIoctl(s, FIONREAD, &ignored, sizeof(ignored), &unread, sizeof(unread), &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	SOCKADDR_IN any = { AF_INET };
	char list[1024];
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, &any, sizeof(any), list, sizeof(list), &bytes, NULL, NULL);
	//                                        ^^^^^^^^^^^ unexpected-input
}`,
	],
	...unexpected('input'),
} satisfies Rule<Unexpected>;
