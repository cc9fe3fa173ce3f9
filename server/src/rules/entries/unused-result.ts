import type { ErrorStyle } from '../../catalog/family.ts';
import type { Rule } from '../rule.ts';

export default {
	id: 'unused-result',
	title: 'Nobody looks at the result',
	severity: 'info',
	severityReason: 'The call may well succeed; when it does not, nobody learns of it.',
	description:
		'Whether a control code is known depends on the Windows version, the kind of socket and the providers in between, so that any of these calls can fail. Off unless it is turned on: ignoring the result is often deliberate. A cast to `void` says so.',
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
	check: (call) => (call.resultUsed || call.through ? [] : [{ span: call.calleeSpan }]),
	message(_, { api, wording }) {
		return `The result of ${api.id} is not looked at. It is ${FAILURES[api.errorStyle]} Compare it${wording.discard ? `, or ${wording.discard}` : ''}.`;
	},
} satisfies Rule;

/** How a failing call shows itself. */
const FAILURES: Readonly<Record<ErrorStyle, string>> = {
	winsock: 'SOCKET_ERROR when the call fails, and WSAGetLastError tells why.',
	ntstatus: 'an error status when the call fails.',
	win32: 'FALSE when the call fails, and GetLastError tells why.',
	errno: '-1 when the call fails, and errno tells why.',
};
