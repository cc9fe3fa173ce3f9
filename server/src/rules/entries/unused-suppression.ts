import type { Rule } from '../rule.ts';

export default {
	id: 'unused-suppression',
	title: 'The comment silences nothing',
	severity: 'hint',
	severityReason: 'Nothing is wrong with the call; the comment is a leftover.',
	description:
		'A comment that silences a rule stays behind when the call is mended or moved, and hides the next mistake there. Reported when every target is checked and the rule it names is switched on. A name that belongs to no rule is reported too.',
	precedence: 0,
	accepted: [
		`
void f(SOCKET s)
{
	u_long on = 1;
	// ioctl-lens-ignore-next-line missing-bytes-returned: the wrapper supplies it
	WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, NULL, NULL, NULL);
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
	// It is no question about one call: the check asks it of the comments when all findings are there.
	check: () => [],
} satisfies Rule;
