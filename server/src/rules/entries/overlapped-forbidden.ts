import { nullWord } from '../judging.ts';
import type { Rule } from '../rule.ts';
import { fails } from '../wording.ts';

export default {
	id: 'overlapped-forbidden',
	title: 'The control code works without an overlapped structure only',
	severity: 'error',
	severityReason: 'The documents name the error; a warning where they forbid the structure without naming one.',
	description: 'A few codes are answered on the spot and refuse an overlapped call. `lpOverlapped` has to be NULL.',
	precedence: 20,
	accepted: [
		`
void f(SOCKET s)
{
	SOCKET provider;
	DWORD bytes;
	WSAIoctl(s, SIO_BSP_HANDLE_POLL, NULL, 0, &provider, sizeof(provider), &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	SOCKET provider;
	WSAOVERLAPPED pending = { 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_BSP_HANDLE_POLL, NULL, 0, &provider, sizeof(provider), &bytes, &pending, NULL);
	//                                                                             ^^^^^^^^ overlapped-forbidden
}`,
	],
	check(call, context) {
		const code = call.code.entry;
		const { overlapped } = call;
		if (code?.overlapped?.rule !== 'forbidden' || overlapped?.nullness !== 'not-null') return [];
		const error = code.errors?.find((e) => e.on === 'overlapped')?.error;
		return [
			{
				span: overlapped,
				severity: error ? 'error' : 'warning',
				message: `\`${code.name}\` takes no overlapped structure. ${
					error ? `${fails(context, error)}.` : `${context.api.id} is documented to fail.`
				} Pass ${nullWord(call)}.`,
				fix: {
					title: `Pass ${nullWord(call)}`,
					edits: [{ start: overlapped.start, end: overlapped.end, newText: nullWord(call) }],
				},
			},
		];
	},
} satisfies Rule;
