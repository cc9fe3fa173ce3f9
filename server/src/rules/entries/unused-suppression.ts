import * as l10n from '@vscode/l10n';
import type { Fact, Rule } from '../rule.ts';

/** What is the matter with a name in a comment, or with a comment that has none. */
export type UnusedSuppression = Fact &
	(
		| { readonly kind: 'no-name'; readonly comment: string }
		| { readonly kind: 'no-such-rule'; readonly name: string }
		/** `name` absent: all rules are named. */
		| { readonly kind: 'silences-nothing'; readonly name?: string }
		/** An end without a start. `name` absent: the end names none. */
		| { readonly kind: 'ends-nothing'; readonly name?: string }
	);

/** It is no question about one call: the check asks it of the comments when all findings are there. */
export default {
	id: 'unused-suppression',
	title: 'The comment silences nothing',
	severity: 'hint',
	severityReason: 'Nothing is wrong with the call; the comment is a leftover.',
	description:
		'A comment that silences a rule stays behind when the call is mended or moved, and hides the next mistake there. Reported when every target is checked and the rule it names is switched on. A name that belongs to no rule is reported too.',
	tag: 'unnecessary',
	stage: 'care',
	accepted: [
		`
void f(SOCKET s)
{
	u_long on = 1;
	// ioctl-lens-ignore-next-line missing-bytes-returned: the wrapper supplies it
	WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, NULL, NULL, NULL);
}`,
		`
void f(SOCKET s)
{
	u_long on = 1;
	// ioctl-lens-ignore-start missing-bytes-returned: the wrapper supplies it
	WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, NULL, NULL, NULL);
	WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, NULL, NULL, NULL);
	// ioctl-lens-ignore-end
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	u_long on = 1;
	ioctlsocket(s, FIONBIO, &on); // ioctl-lens-ignore-line input-too-small
	//                                                      ^^^^^^^^^^^^^^^ unused-suppression
}`,
	],
	message(fact: UnusedSuppression) {
		switch (fact.kind) {
			case 'no-name':
				return l10n.t(
					"The comment names no rule, so it silences nothing. Write the rule's name after `{0}` and a blank.",
					fact.comment,
				);
			case 'no-such-rule':
				return l10n.t(
					'No rule has the name `{0}`: the comment silences nothing. Correct the name or remove the comment.',
					fact.name,
				);
			case 'silences-nothing':
				return fact.name === undefined
					? l10n.t('No rule has anything to say here: the comment silences nothing. Remove it.')
					: l10n.t('`{0}` has nothing to say here: the comment silences nothing. Remove it.', fact.name);
			case 'ends-nothing':
				return fact.name === undefined
					? l10n.t(
							'Nothing is silenced here that could end: an `ioctl-lens-ignore-start` is missing above. Remove it, or write the start.',
						)
					: l10n.t(
							'Nothing is silenced here that could end for `{0}`: an `ioctl-lens-ignore-start` is missing above. Remove it, or write the start.',
							fact.name,
						);
		}
	},
} satisfies Rule<UnusedSuppression>;
