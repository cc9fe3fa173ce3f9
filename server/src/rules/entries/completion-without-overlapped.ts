import * as l10n from '@vscode/l10n';
import type { IoctlCall } from '../../calls/model.ts';
import { nullIn } from '../declaring.ts';
import type { Fact, Rule } from '../rule.ts';
import { parameterName, passInstead } from '../wording.ts';

interface Unheard extends Fact {
	/** The code takes an overlapped structure. */
	readonly mayOverlap: boolean;
	readonly call: IoctlCall;
}

export default {
	id: 'completion-without-overlapped',
	title: 'A completion routine without an overlapped structure',
	severity: 'warning',
	severityReason: 'The call works, but the routine is never called: the intent is plainly different.',
	description:
		'Without an overlapped structure the call is synchronous: it comes back when everything is done, and the completion routine is ignored. Whoever waits for the routine waits for ever.',
	stage: 'need',
	accepted: [
		`
void CALLBACK done(DWORD error, DWORD bytes, WSAOVERLAPPED *overlapped, DWORD flags);
void f(SOCKET s, WSAOVERLAPPED *pending)
{
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &bytes, pending, done);
}`,
	],
	rejected: [
		`
void CALLBACK done(DWORD error, DWORD bytes, WSAOVERLAPPED *overlapped, DWORD flags);
void f(SOCKET s)
{
	u_long unread;
	DWORD bytes;
	WSAIoctl(s, FIONREAD, NULL, 0, &unread, sizeof(unread), &bytes, NULL, done);
	//                                                                    ^^^^ completion-without-overlapped
}`,
	],
	check(call) {
		const { code, completion, overlapped } = call;
		if (completion?.nullness !== 'not-null' || overlapped?.nullness !== 'null') return [];
		return [{ span: completion, mayOverlap: code.entry?.overlapped?.rule !== 'forbidden', call }];
	},
	message({ mayOverlap }, context) {
		const { completion, overlapped } = context.api.roles;
		const what = l10n.t(
			'`{0}` is given, but `{1}` is NULL: the call is synchronous and the routine is never called.',
			parameterName(context, completion),
			parameterName(context, overlapped),
		);
		const advice = mayOverlap
			? l10n.t('Pass an overlapped structure, or NULL for the routine.')
			: l10n.t('Pass NULL for the routine.');
		return `${what} ${advice}`;
	},
	// What the call does stays the same, and nobody waits for the routine in vain.
	fix: ({ span, call }, context) => passInstead(span, nullIn(call, context)),
} satisfies Rule<Unheard>;
