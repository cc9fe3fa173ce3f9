import * as l10n from '@vscode/l10n';
import type { Code } from '../buffers.ts';
import type { Fact, Rule, RuleContext, Severity } from '../rule.ts';
import { isOlder } from '../versions.ts';

interface Reserved extends Fact {
	readonly severity: Severity;
	readonly code: string;
	readonly status: NonNullable<Code['status']>;
	/** The error of every call, where the documents name one. */
	readonly error?: string;
}

export default {
	id: 'reserved-code',
	title: 'The control code is reserved, not implemented, removed or deprecated',
	severity: 'warning',
	severityReason:
		'The documents say that nothing stands behind the code; a note where some Windows version or provider still honours it, a hint where it is merely deprecated.',
	description:
		'The Windows headers define names that never got a meaning, that belong to another system, or whose service has been taken out again. Calls with them compile and fail with WSAEOPNOTSUPP. Deprecated codes still work, but have a successor.',
	tag: 'deprecated',
	withoutFix: 'Nothing does what the code was meant for, or what does is called differently, with other arguments.',
	stage: 'code',
	accepted: [
		`
void f(SOCKET s)
{
	char list[1024];
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, list, sizeof(list), &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	INTERFACE_INFO_EX interfaces[32];
	DWORD bytes;
	WSAIoctl(s, SIO_GET_INTERFACE_LIST_EX, NULL, 0, interfaces, sizeof(interfaces), &bytes, NULL, NULL);
	//          ^^^^^^^^^^^^^^^^^^^^^^^^^ reserved-code
}`,
		`
void f(SOCKET s)
{
	BOOL fast = TRUE;
	DWORD bytes;
	WSAIoctl(s, SIO_LOOPBACK_FAST_PATH, &fast, sizeof(fast), NULL, 0, &bytes, NULL, NULL);
	//          ^^^^^^^^^^^^^^^^^^^^^^ reserved-code
}`,
	],
	check(call, context) {
		const code = call.code.entry;
		const status = code?.status;
		if (!code || !status) return [];
		const error = code.errors?.find((e) => e.on === 'always' || e.on === 'synchronous')?.error;
		const severity = severityOf(status, context);
		return [{ span: call.code, severity, code: code.name, status, ...(error ? { error } : {}) }];
	},
	message({ severity, code, status, error }, { api, family }) {
		const sentences = [statusText(code, status.kind), status.note];
		if (severity === 'warning')
			sentences.push(
				api.errorStyle === 'ntstatus'
					? l10n.t('{0} is expected to fail.', api.id)
					: `${l10n.t('{0} is expected to fail with {1}', api.id, error ?? family.errors.notSupported)}.`,
			);
		if (status.instead) sentences.push(l10n.t('Use {0}.', status.instead));
		return sentences.join(' ');
	},
} satisfies Rule<Reserved>;

function statusText(code: string, kind: Reserved['status']['kind']): string {
	switch (kind) {
		case 'deprecated':
			return l10n.t('`{0}` is deprecated.', code);
		case 'reserved':
			return l10n.t('`{0}` is reserved.', code);
		case 'not-implemented':
			return l10n.t('`{0}` is not implemented in Windows.', code);
		case 'removed':
			return l10n.t('`{0}` is no longer a part of Windows.', code);
	}
}

function severityOf(status: Reserved['status'], { minWindows, fileMinWindows }: RuleContext): Severity {
	if (status.kind === 'deprecated') return 'hint';
	const oldest = minWindows ?? fileMinWindows?.version;
	const stillWorks =
		status.mayWork === true || (status.since !== undefined && oldest !== undefined && isOlder(oldest, status.since));
	return stillWorks ? 'info' : 'warning';
}
