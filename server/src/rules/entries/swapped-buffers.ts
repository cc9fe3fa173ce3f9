import * as l10n from '@vscode/l10n';
import type { PointerArgument, SizeArgument } from '../../calls/model.ts';
import { tooSmallError } from '../../types/requirements.ts';
import { type Code, exchangedBuffers, opposite, type Side } from '../buffers.ts';
import type { Edit, Fact, Rule, RuleContext } from '../rule.ts';
import { argumentNames, fails } from '../wording.ts';

interface Swapped extends Fact {
	readonly code: Code;
	/** The direction that the code needs. */
	readonly side: Side;
	readonly certain: boolean;
	/** The code writes nothing: what looks like an exchange can be a question that it cannot answer. */
	readonly setsOnly: boolean;
	/** Buffers and sizes as they stand, the input first. */
	readonly pairs: readonly [Pair, Pair];
}

type Pair = readonly [PointerArgument, SizeArgument];

export default {
	id: 'swapped-buffers',
	title: 'The input stands in the place of the output',
	severity: 'error',
	severityReason:
		'The call fails because the buffer that it needs is empty; a warning where the size rests on a header or a sample alone, or where the call could ask for the size needed.',
	description:
		'The input comes first, the output second. When the direction that the code needs is empty, and the one for which it has no use holds a buffer of the right size, the two pairs of arguments have been exchanged. The code itself tells the direction: `SIO_SET…` and most vendor codes take input, `SIO_GET…`, `SIO_QUERY…` and the handle codes give output.',
	withoutFix: 'What is set by a call that asks for a value only the author knows.',
	stage: 'call',
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
		const code = call.code.entry;
		const { input, output } = call;
		if (!exchange || !code || !input?.size || !output?.size) return [];
		const { side, certain } = exchange;
		const [span, severity] = [side === 'input' ? input.size : output.size, certain ? 'error' : 'warning'] as const;
		return [
			{
				span,
				severity,
				code,
				side,
				certain,
				setsOnly: exchange.setsOnly,
				pairs: [
					[input.pointer, input.size],
					[output.pointer, output.size],
				],
			},
		];
	},
	message({ code, side, certain, setsOnly }, context) {
		const error = tooSmallError(code, side, context.catalog);
		const consequence = certain
			? fails(context, error)
			: l10n.t('{0} is expected to fail with {1}', context.api.id, error);
		if (setsOnly) {
			const { toldBy } = code;
			const { pointer, size } = argumentNames(context, 'input');
			const sentences = [
				setsOnlyText(code, context),
				`${consequence}.`,
				l10n.t('Pass what it reads as `{0}` and `{1}`.', pointer, size),
			];
			if (toldBy) sentences.push(l10n.t('{0} tells {1}.', toldBy.name, toldBy.what));
			return sentences.join(' ');
		}
		const own = argumentNames(context, side).pointer;
		const other = argumentNames(context, opposite(side)).pointer;
		const what =
			side === 'input'
				? l10n.t('`{0}` reads its input through `{1}`, but the buffer stands in `{2}`.', code.name, own, other)
				: l10n.t('`{0}` writes its output through `{1}`, but the buffer stands in `{2}`.', code.name, own, other);
		return `${what} ${consequence}. ${l10n.t('Exchange the two buffers and their sizes.')}`;
	},
	fix({ setsOnly, pairs: [input, output] }) {
		// A question would become a setting of whatever the object holds.
		if (setsOnly) return undefined;
		const put = (at: Pair, from: Pair): Edit[] =>
			([0, 1] as const).map((i) => ({ start: at[i].start, end: at[i].end, newText: from[i].text }));
		return { title: l10n.t('Exchange input and output'), edits: [...put(input, output), ...put(output, input)] };
	},
} satisfies Rule<Swapped>;

function setsOnlyText(code: Code, context: RuleContext): string {
	const { pointer } = argumentNames(context, 'output');
	return code.overlapped?.mayBlock
		? l10n.t('`{0}` only takes input: it writes nothing to `{1}`, and its input is empty.', code.name, pointer)
		: l10n.t(
				'`{0}` sets only, and cannot be read back: it writes nothing to `{1}`, and its input is empty.',
				code.name,
				pointer,
			);
}
