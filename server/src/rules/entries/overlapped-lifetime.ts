import * as l10n from '@vscode/l10n';
import type { Fact, Rule } from '../rule.ts';

interface Ended extends Fact {
	readonly code: string;
	/** The structure's name. */
	readonly object: string;
}

export default {
	id: 'overlapped-lifetime',
	title: 'The overlapped structure ends with the function',
	severity: 'warning',
	severityReason:
		'The system writes to the structure when the operation ends; nothing in the function shows that it waits for that.',
	description:
		'An overlapped operation may still run when the call returns with WSA_IO_PENDING. The structure must stay where it is until then, and a local variable is gone once its function returns: the completion is written over whatever the stack holds by then. Reported for codes that are known to stay pending, when nothing in the function waits and the structure is not handed on.',
	withoutFix:
		'How long the structure has to live follows from the design of the program: static memory serves one operation at a time, a wait here blocks.',
	stage: 'need',
	accepted: [
		`
void f(SOCKET s, WSAEVENT done)
{
	WSAOVERLAPPED pending = { 0 };
	DWORD bytes, flags;
	pending.hEvent = done;
	WSAIoctl(s, SIO_ROUTING_INTERFACE_CHANGE, &to, sizeof(to), NULL, 0, &bytes, &pending, NULL);
	WSAGetOverlappedResult(s, &pending, &bytes, TRUE, &flags);
}`,
		`
void f(SOCKET s)
{
	static WSAOVERLAPPED pending;
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &bytes, &pending, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s, WSAEVENT done)
{
	WSAOVERLAPPED pending = { 0 };
	DWORD bytes;
	pending.hEvent = done;
	WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &bytes, &pending, NULL);
	//                                                             ^^^^^^^^ overlapped-lifetime
}`,
	],
	check(call) {
		const code = call.code.entry;
		const { overlapped } = call;
		if (!code?.overlapped?.mayBlock || !overlapped?.automatic || call.waits || call.through) return [];
		// What main holds lives as long as the program.
		if (/^_?w?(?:t?main|WinMain)$/i.test(call.enclosing ?? '')) return [];
		return [{ span: overlapped, code: code.name, object: overlapped.text.replace(/^&\s*/, '') }];
	},
	message: ({ code, object }) =>
		l10n.t(
			'`{0}` can still be pending when this function returns, and the system then writes to `{1}`, a local variable that is gone. Wait for the result here, or give the structure storage that lasts until it arrives.',
			code,
			object,
		),
} satisfies Rule<Ended>;
