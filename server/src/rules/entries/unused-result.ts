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
		const failure =
			api.errorStyle === 'winsock'
				? 'It is SOCKET_ERROR when the call fails, and WSAGetLastError tells why.'
				: 'It is an error status when the call fails.';
		return `The result of ${api.id} is not looked at. ${failure} Compare it${wording.discard ? `, or ${wording.discard}` : ''}.`;
	},
} satisfies Rule;
