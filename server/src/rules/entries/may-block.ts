import * as l10n from '@vscode/l10n';
import type { Fact, Rule } from '../rule.ts';

interface Blocking extends Fact {
	readonly code: string;
	/** What the catalog adds. */
	readonly note?: string;
}

export default {
	id: 'may-block',
	title: 'The call can wait for a long time',
	severity: 'hint',
	severityReason: 'Waiting may be just what is wanted, or the socket may be non-blocking.',
	description:
		'Some codes are answered only when something happens, such as a change of the address list. Without an overlapped structure the calling thread waits for it on a blocking socket, perhaps for days; a few codes wait on a non-blocking socket too. Not reported where the function waits for events or sets the socket up for them, makes a socket non-blocking, or is ready for WSAEWOULDBLOCK.',
	withoutFix: 'Whether the thread is meant to wait only the author knows.',
	stage: 'care',
	accepted: [
		`
void f(SOCKET s, WSAOVERLAPPED *pending)
{
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &bytes, pending, NULL);
}`,
		`
void f(WSAEVENT changed)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
	DWORD bytes;
	WSAEventSelect(s, changed, FD_ADDRESS_LIST_CHANGE);
	WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &bytes, NULL, NULL);
}`,
		`
void f(SOCKET s)
{
	u_long on = 1;
	DWORD bytes;
	ioctlsocket(s, FIONBIO, &on);
	WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &bytes, NULL, NULL);
}`,
		`
int f(SOCKET s)
{
	DWORD bytes;
	return WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &bytes, NULL, NULL) == 0 || WSAGetLastError() == WSAEWOULDBLOCK;
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &bytes, NULL, NULL);
	//                                                             ^^^^ may-block
}`,
	],
	check(call, context) {
		const code = call.code.entry;
		const { overlapped } = call;
		if (!code?.overlapped?.mayBlock || overlapped?.nullness !== 'null') return [];
		// A wrapper may wait itself, or see to it that nothing has to.
		if (call.through) return [];
		// What is not implemented comes back at once.
		if (code.status && code.status.kind !== 'deprecated') return [];
		// A socket that was made non-blocking here returns at once.
		const { wouldBlock } = context.family.errors;
		if (call.waits || call.nonBlocking || (wouldBlock && call.expects.includes(wouldBlock))) return [];
		if (call.socket?.mayHaveCalled.some((f) => NON_BLOCKING.test(f))) return [];
		const { note } = code.overlapped;
		return [{ span: overlapped, code: code.name, ...(note ? { note } : {}) }];
	},
	message({ code, note }) {
		const what = note
			? `${l10n.t('`{0}` can block: without an overlapped structure the calling thread may wait here.', code)} ${note}`
			: l10n.t(
					'`{0}` can block: without an overlapped structure the calling thread may wait here, at least on a blocking socket.',
					code,
				);
		return `${what} ${l10n.t('Pass a `WSAOVERLAPPED` that lives until the answer comes, to go on at once.')}`;
	},
} satisfies Rule<Blocking>;

const NON_BLOCKING = /EventSelect|AsyncSelect|octl|unblock|nonblock|non_block|blocking/i;
