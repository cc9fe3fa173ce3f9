import type { Rule } from '../rule.ts';
import { type TooSmall, tooSmall } from '../tooSmall.ts';

export default {
	id: 'output-too-small',
	title: 'The output buffer is smaller than the control code writes',
	severity: 'error',
	severityReason:
		'The call fails on every run, or a provider that does not look at the size writes past the buffer; a warning where the size rests on a header or a sample alone.',
	description:
		'A control code writes at least a certain number of bytes to the output buffer. With a smaller `cbOutBuffer` the call fails, and providers that do not check it write past the end. Asking for the needed size with a NULL buffer and 0 is left alone where the code answers with it.',
	withoutFix: 'Of data without a fixed length only the author knows how much room there is to be.',
	stage: 'need',
	accepted: [
		`
void f(SOCKET s)
{
	SOCKET base;
	DWORD bytes;
	WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), &bytes, NULL, NULL);
}`,
		`
void f(SOCKET s)
{
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	INTERFACE_INFO list[4];
	DWORD bytes;
	WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, sizeof(list[0].iiFlags), &bytes, NULL, NULL);
	//                                                 ^^^^^^^^^^^^^^^^^^^^^^^ output-too-small
}`,
	],
	...tooSmall('output'),
} satisfies Rule<TooSmall>;
