import type { Rule } from '../rule.ts';
import { type Unexpected, unexpected } from '../unexpected.ts';

export default {
	id: 'unexpected-output',
	title: 'The control code gives no output',
	severity: 'info',
	severityReason:
		'Most codes leave the extra buffer alone; a warning where the documents name an error for a `cbOutBuffer` that is not 0.',
	description:
		'Some codes ask for an empty output buffer in words: NULL and a size of 0. Nothing is ever written to the buffer, so that whoever reads it reads what was there before, and with some codes the call fails. Codes that merely have no output are not reported.',
	stage: 'need',
	accepted: [
		`
void f(SOCKET s)
{
	u_long on = 1;
	DWORD unused, bytes;
	WSAIoctl(s, FIONBIO, &on, sizeof(on), &unused, sizeof(unused), &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s, WSAOVERLAPPED *pending)
{
	ULONG backlog;
	DWORD bytes;
	WSAIoctl(s, SIO_IDEAL_SEND_BACKLOG_CHANGE, NULL, 0, &backlog, sizeof(backlog), &bytes, pending, NULL);
	//                                                            ^^^^^^^^^^^^^^^ unexpected-output
}`,
		`
void f(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 10000, 1000 }, before;
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), &before, sizeof(before), &bytes, NULL, NULL);
	//                                                            ^^^^^^^^^^^^^^ unexpected-output
}`,
	],
	...unexpected('output'),
} satisfies Rule<Unexpected>;
