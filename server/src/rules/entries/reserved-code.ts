import { isOlder } from '../judging.ts';
import type { Rule, Severity } from '../rule.ts';

export default {
	id: 'reserved-code',
	title: 'The control code is reserved, not implemented, removed or deprecated',
	severity: 'warning',
	severityReason:
		'The documents say that nothing stands behind the code; a note where some Windows version or provider still honours it, a hint where it is merely deprecated.',
	description:
		'The Windows headers define names that never got a meaning, that belong to another system, or whose service has been taken out again. Calls with them compile and fail with WSAEOPNOTSUPP. Deprecated codes still work, but have a successor.',
	precedence: 15,
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
		const oldest = context.minWindows ?? context.fileMinWindows?.version;
		const stillWorks =
			status.mayWork === true || (status.since !== undefined && oldest !== undefined && isOlder(oldest, status.since));
		const severity: Severity = status.kind === 'deprecated' ? 'hint' : stillWorks ? 'info' : 'warning';
		const error = code.errors?.find((e) => e.on === 'always' || e.on === 'synchronous')?.error;
		const consequence =
			severity !== 'warning'
				? ''
				: context.api.errorStyle === 'ntstatus'
					? ` ${context.api.id} is expected to fail.`
					: ` ${context.api.id} is expected to fail with ${error ?? context.family.errors.notSupported}.`;
		return [
			{
				span: call.code,
				severity,
				message: `\`${code.name}\` is ${WORDS[status.kind]}. ${status.note}${consequence}${status.instead ? ` Use ${status.instead}.` : ''}`,
			},
		];
	},
} satisfies Rule;

const WORDS = {
	deprecated: 'deprecated',
	reserved: 'reserved',
	'not-implemented': 'not implemented in Windows',
	removed: 'no longer a part of Windows',
};
