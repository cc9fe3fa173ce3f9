import * as l10n from '@vscode/l10n';
import { inputValues } from '../inputs.ts';
import type { Fact, Rule } from '../rule.ts';

interface Idle extends Fact {
	readonly code: string;
	readonly value: number;
	/** What the socket is then. */
	readonly state: string;
}

/** Functions that leave alone what a control code switches on a new socket. */
const LEAVES =
	/^(?:[gs]etsockopt|bind|listen|connect|getsockname|getpeername|SetHandleInformation|CreateIoCompletionPort|closesocket)$/;

export default {
	id: 'no-effect',
	title: 'The call sets what a new socket is anyway',
	severity: 'hint',
	severityReason: 'Nothing fails, but the opposite is often meant.',
	description:
		'FIONBIO asks whether the socket is to be non-blocking: 0 leaves a new socket as it is, blocking. Reported where the socket is made in the same function and nothing in between can have changed it.',
	withoutFix: 'Whether the opposite is meant, or the call is of no use, only the author knows.',
	stage: 'care',
	accepted: [
		`
void f(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	u_long on = 1;
	ioctlsocket(s, FIONBIO, &on);
	on = 0;
	ioctlsocket(s, FIONBIO, &on);
}`,
	],
	rejected: [
		`
void f(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	u_long on = 0;
	ioctlsocket(s, FIONBIO, &on);
	//             ^^^^^^^ no-effect
}`,
	],
	check(call, context) {
		const { socket } = call;
		if (!socket?.mayHaveCalled.every((f) => LEAVES.test(f))) return [];
		return inputValues(call, context).flatMap(({ code, facts, given }): readonly Idle[] => {
			const { newSocket } = facts;
			const { flag } = code.input;
			if (newSocket === undefined || given.value !== newSocket || !flag) return [];
			const state = newSocket === 0 ? flag.zero : flag.other;
			return [{ span: call.code, code: code.name, value: newSocket, state }];
		});
	},
	message: ({ code, value, state }) =>
		l10n.t(
			'{0} leaves the socket {1}, which a new one is anyway: `{2}` changes nothing here. Pass another value, or leave the call out.',
			value,
			state,
			code,
		),
} satisfies Rule<Idle>;
