import * as l10n from '@vscode/l10n';
import type { Fact, Rule } from '../rule.ts';
import { isOlder } from '../versions.ts';
import { fails } from '../wording.ts';

interface Newer extends Fact {
	readonly code: string;
	/** First version, as a number and as people say it. */
	readonly since: string;
	readonly sinceName: string;
	/** The version to support, and the text in the file that asks for it, where no setting does. */
	readonly oldest: string;
	readonly asked?: string;
}

export default {
	id: 'newer-than-target',
	title: 'The control code is newer than the oldest Windows to support',
	severity: 'warning',
	severityReason:
		'On the oldest version that was asked for the call fails, but the program may well be ready for that; a note where only the file’s own `_WIN32_WINNT` or `NTDDI_VERSION` names the version.',
	description:
		'Control codes came with different Windows versions. A program that is made for older ones too has to expect that the call fails there. The oldest version comes from the setting; without it, from a plain `#define` of `_WIN32_WINNT` or `NTDDI_VERSION` in the file.',
	withoutFix: 'Whether the older versions are given up, or another way is taken there, only the author decides.',
	stage: 'version',
	accepted: [
		`
#define _WIN32_WINNT 0x0602
void f(SOCKET s)
{
	TCP_INITIAL_RTO_PARAMETERS rto = { 3000, 2 };
	DWORD bytes;
	WSAIoctl(s, SIO_TCP_INITIAL_RTO, &rto, sizeof(rto), NULL, 0, &bytes, NULL, NULL);
}`,
		`
#ifndef _WIN32_WINNT
#define _WIN32_WINNT 0x0601
#endif
void f(SOCKET s)
{
	TCP_INITIAL_RTO_PARAMETERS rto = { 3000, 2 };
	DWORD bytes;
	WSAIoctl(s, SIO_TCP_INITIAL_RTO, &rto, sizeof(rto), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
#define _WIN32_WINNT 0x0601
void f(SOCKET s)
{
	TCP_INITIAL_RTO_PARAMETERS rto = { 3000, 2 };
	DWORD bytes;
	WSAIoctl(s, SIO_TCP_INITIAL_RTO, &rto, sizeof(rto), NULL, 0, &bytes, NULL, NULL);
	//          ^^^^^^^^^^^^^^^^^^^ newer-than-target
}`,
	],
	check(call, { family, minWindows, fileMinWindows }) {
		const code = call.code.entry;
		const since = code?.windows?.version;
		const oldest = minWindows ?? fileMinWindows?.version;
		if (!code || since === undefined || oldest === undefined || !isOlder(oldest, since)) return [];
		// Whoever names the error is ready for it.
		if (call.expects.includes(family.errors.notSupported)) return [];
		const fact = {
			span: call.code,
			code: code.name,
			since,
			sinceName: code.windows?.since ?? l10n.t('version {0}', since),
			oldest,
		};
		return minWindows === undefined && fileMinWindows
			? [{ ...fact, severity: 'info', asked: fileMinWindows.text }]
			: [fact];
	},
	message({ code, since, sinceName, oldest, asked }, context) {
		const what =
			asked === undefined
				? l10n.t('`{0}` came with {1} ({2}), but {3} is to be supported.', code, sinceName, since, oldest)
				: l10n.t(
						'`{0}` came with {1} ({2}), but the file asks for {3} (`{4}`).',
						code,
						sinceName,
						since,
						oldest,
						asked,
					);
		const consequence = l10n.t('On older versions {0}.', fails(context, context.family.errors.notSupported));
		return `${what} ${consequence} ${l10n.t('Be ready for that, or raise the oldest version.')}`;
	},
} satisfies Rule<Newer>;
