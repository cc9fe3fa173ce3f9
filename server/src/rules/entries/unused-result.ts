import * as l10n from '@vscode/l10n';
import type { ErrorStyle } from '../../catalog/family.ts';
import type { Span } from '../../syntax/span.ts';
import type { Fact, Rule } from '../rule.ts';

interface Unused extends Fact {
	readonly call: Span;
}

export default {
	id: 'unused-result',
	title: 'Nobody looks at the result',
	severity: 'info',
	severityReason: 'The call may well succeed; when it does not, nobody learns of it.',
	description:
		'Whether a control code is known depends on the Windows version, the kind of socket and the providers in between, so that any of these calls can fail. Off unless it is turned on: ignoring the result is often deliberate. A cast to `void` says so.',
	withoutFix:
		'What a failure means for the program only its author knows; where the language can say so, it is said that the result is ignored on purpose.',
	stage: 'answer',
	offByDefault: true,
	accepted: [
		`
int f(SOCKET s)
{
	u_long on = 1;
	DWORD bytes;
	(void)ioctlsocket(s, FIONBIO, &on);
	return WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s, u_long on)
{
	if (on) ioctlsocket(s, FIONBIO, &on);
	//      ^^^^^^^^^^^ unused-result
}`,
	],
	// A wrapper has the result first, and may deal with it itself.
	check: (call) => (call.resultUsed || call.through ? [] : [{ span: call.calleeSpan, call }]),
	message(_, { api, wording }) {
		const { discard } = wording;
		return [
			l10n.t('The result of {0} is not looked at.', api.id),
			failureText(api.errorStyle),
			discard ? l10n.t('Compare it, or {0}.', discard.words()) : l10n.t('Compare it.'),
		].join(' ');
	},
	fix({ call: { start } }, { wording: { discard } }) {
		if (!discard) return undefined;
		const edits = [{ start, end: start, newText: discard.text }];
		return { unfinished: true, title: l10n.t('Ignore the result on purpose'), edits };
	},
} satisfies Rule<Unused>;

/** How a failing call shows itself. */
function failureText(style: ErrorStyle): string {
	switch (style) {
		case 'winsock':
			return l10n.t('It is SOCKET_ERROR when the call fails, and WSAGetLastError tells why.');
		case 'ntstatus':
			return l10n.t('It is an error status when the call fails.');
		case 'win32':
			return l10n.t('It is FALSE when the call fails, and GetLastError tells why.');
		case 'errno':
			return l10n.t('It is -1 when the call fails, and errno tells why.');
	}
}
