import type { Rule } from '../rule.ts';
import { type TooSmall, tooSmall } from '../tooSmall.ts';

export default {
	id: 'input-too-small',
	title: 'The input buffer is smaller than the control code reads',
	severity: 'error',
	severityReason:
		'The call fails on every run; a warning where the size rests on a header or a sample alone, or where no source names the error.',
	description:
		'A control code reads a structure of a certain size from the input buffer. A smaller `cbInBuffer` makes the call fail before anything is done, and no compiler sees it: `sizeof` of another object is just as good a number.',
	withoutFix:
		'An object that cannot be declared in front of the call, as in a loop’s condition, has to be declared by the author.',
	stage: 'need',
	accepted: [
		`
void f(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	DWORD on = 1, bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
	//                                   ^^^^^^^^^^ input-too-small
}`,
		`
void f(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, 4, NULL, 0, &bytes, NULL, NULL);
	//                                     ^ input-too-small
}`,
	],
	...tooSmall('input'),
} satisfies Rule<TooSmall>;
