import { isOlder } from '../judging.ts';
import type { Rule } from '../rule.ts';

export default {
	id: 'newer-than-target',
	title: 'The control code is newer than the oldest Windows to support',
	severity: 'warning',
	severityReason:
		'On the oldest version that was asked for the call fails, but the program may well be ready for that; a note where only the file’s own `_WIN32_WINNT` or `NTDDI_VERSION` names the version.',
	description:
		'Control codes came with different Windows versions. A program that is made for older ones too has to expect that the call fails there. The oldest version comes from the setting; without it, from a plain `#define` of `_WIN32_WINNT` or `NTDDI_VERSION` in the file.',
	precedence: 8,
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
	check(call, context) {
		const code = call.code.entry;
		const since = code?.windows?.version;
		const { minWindows, fileMinWindows } = context;
		const oldest = minWindows ?? fileMinWindows?.version;
		if (!code || since === undefined || oldest === undefined || !isOlder(oldest, since)) return [];
		// Whoever names the error is ready for it.
		if (call.expects.includes('WSAEOPNOTSUPP')) return [];
		const asked =
			minWindows === undefined
				? `the file asks for ${fileMinWindows!.version} (\`${fileMinWindows!.text}\`)`
				: `${minWindows} is to be supported`;
		return [
			{
				span: call.code,
				severity: minWindows === undefined ? 'info' : 'warning',
				message: `\`${code.name}\` came with ${code.windows!.since ?? `version ${since}`} (${since}), but ${asked}. On older versions ${context.api.id} fails${context.api.errorStyle === 'winsock' ? ' with WSAEOPNOTSUPP' : ''}. Be ready for that, or raise the oldest version.`,
			},
		];
	},
} satisfies Rule;
