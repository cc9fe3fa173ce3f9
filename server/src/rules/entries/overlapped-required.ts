import type { Rule } from '../rule.ts';

export default {
	id: 'overlapped-required',
	title: 'The control code needs an overlapped structure',
	severity: 'warning',
	severityReason: 'The header demands the structure in words and names no error for a call without one.',
	description:
		'A code whose whole purpose is to be completed later has nothing to complete without an overlapped structure.',
	precedence: 20,
	accepted: [
		`
#define _WIN32_WINNT 0x0502
void f(SOCKET s, SOCKET watched, WSAOVERLAPPED *pending)
{
	DWORD bytes;
	WSAIoctl(s, SIO_SOCKET_CLOSE_NOTIFY, &watched, sizeof(watched), NULL, 0, &bytes, pending, NULL);
}`,
	],
	rejected: [
		`
#define _WIN32_WINNT 0x0502
void f(SOCKET s, SOCKET watched)
{
	DWORD bytes;
	WSAIoctl(s, SIO_SOCKET_CLOSE_NOTIFY, &watched, sizeof(watched), NULL, 0, &bytes, NULL, NULL);
	//                                                                               ^^^^ overlapped-required
	//          ^^^^^^^^^^^^^^^^^^^^^^^ reserved-code
}`,
	],
	check(call, context) {
		const code = call.code.entry;
		const { overlapped } = call;
		if (code?.overlapped?.rule !== 'required' || overlapped?.nullness !== 'null') return [];
		return [
			{
				span: overlapped,
				message: `\`${code.name}\` needs an overlapped structure, which it completes when there is something to tell. Without one ${context.api.id} cannot do its work. Pass the address of a \`WSAOVERLAPPED\` that lives until then.`,
			},
		];
	},
} satisfies Rule;
