import { tooSmallError } from '../../types/requirements.ts';
import { exchangedBuffers } from '../judging.ts';
import type { Rule } from '../rule.ts';
import { argumentNames, fails } from '../wording.ts';

export default {
	id: 'swapped-buffers',
	title: 'The input stands in the place of the output',
	severity: 'error',
	severityReason:
		'The call fails because the buffer that it needs is empty; a warning where the size rests on a header or a sample alone, or where the call could ask for the size needed.',
	description:
		'The input comes first, the output second. When the direction that the code needs is empty, and the one for which it has no use holds a buffer of the right size, the two pairs of arguments have been exchanged. The code itself tells the direction: `SIO_SET…` and most vendor codes take input, `SIO_GET…`, `SIO_QUERY…` and the handle codes give output.',
	precedence: 60,
	accepted: [
		`
void f(SOCKET s)
{
	SOCKET base;
	DWORD bytes;
	WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), &bytes, NULL, NULL);
}`,
		`
void f(SOCKET s)
{
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, NULL, 0, &vals, sizeof(vals), &bytes, NULL, NULL);
	//                                    ^ swapped-buffers
}`,
		`
void f(SOCKET s)
{
	GUID id = WSAID_ACCEPTEX;
	LPFN_ACCEPTEX accept_ex;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &accept_ex, sizeof(accept_ex), &id, sizeof(id), &bytes, NULL, NULL);
	//                                                          ^^^^^^^^^^^^^^^^^ swapped-buffers
}`,
	],
	check(call, context) {
		const exchange = exchangedBuffers(call, context);
		const { input, output } = call;
		if (!exchange || !input?.size || !output?.size) return [];
		const { side, certain } = exchange;
		const code = call.code.entry!;
		const mine = argumentNames(context, side);
		const others = argumentNames(context, side === 'input' ? 'output' : 'input');
		const error = tooSmallError(code, side);
		return [
			{
				span: call[side]!.size!,
				severity: certain ? 'error' : 'warning',
				message: `\`${code.name}\` ${side === 'input' ? 'reads its input' : 'writes its output'} through \`${mine.pointer}\`, but the buffer stands in \`${others.pointer}\`. ${
					certain ? `${fails(context, error)}.` : `${context.api.id} is expected to fail with ${error}.`
				} Exchange the two buffers and their sizes.`,
				fix: {
					title: 'Exchange input and output',
					edits: [
						{ start: input.pointer.start, end: input.pointer.end, newText: output.pointer.text },
						{ start: input.size.start, end: input.size.end, newText: output.size.text },
						{ start: output.pointer.start, end: output.pointer.end, newText: input.pointer.text },
						{ start: output.size.start, end: output.size.end, newText: input.size.text },
					],
				},
			},
		];
	},
} satisfies Rule;
