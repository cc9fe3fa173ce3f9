import * as l10n from '@vscode/l10n';
import type { PerTarget, Target } from '../../types/ctype.ts';
import { isFirm } from '../../types/requirements.ts';
import { type Code, type Direction, directions, isUsed, minimumOf, type Side, targetsWhere } from '../buffers.ts';
import type { Fact, Rule, RuleContext } from '../rule.ts';
import { argumentNames, noSource, passInstead, sizeofText, tooSmallFails, typeWithArticle, verb } from '../wording.ts';

interface Narrow extends Fact {
	readonly targets: readonly Target[];
	readonly code: Code;
	readonly side: Side;
	readonly minimum: PerTarget;
	/** What to write instead. */
	readonly wanted: string;
}

export default {
	id: 'pointer-sized-literal',
	title: 'The size is right for 32-bit programs only',
	severity: 'error',
	severityReason:
		'The call works in a 32-bit program and fails in every 64-bit one; a warning where the size rests on a header or a sample alone.',
	description:
		'A `SOCKET`, a `HANDLE` and a function pointer have 4 bytes in a 32-bit program and 8 in a 64-bit one. A size that is written as the number 4 is a leftover of 32-bit times: the program compiles for 64 bits without a word and the call fails there. `sizeof` is right on both.',
	stage: 'width',
	accepted: [
		`
void f(SOCKET s)
{
	SOCKET base;
	DWORD bytes;
	WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, 8, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	SOCKET base;
	DWORD bytes;
	WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, 4, &bytes, NULL, NULL);
	//                                           ^ pointer-sized-literal
}`,
	],
	check: (call, context) => directions(call).flatMap((direction) => narrowIn(direction, context)),
	message({ code, side, minimum, wanted }, context) {
		const spec = code[side];
		const consequence = isFirm(spec)
			? l10n.t('{0} in a 64-bit program', tooSmallFails(code, side, false, context))
			: noSource();
		const what = l10n.t(
			'`{0}` {1} {2}, which has {3} bytes on 64-bit Windows; `{4}` is {5}, its size on 32-bit Windows.',
			code.name,
			verb(side),
			typeWithArticle(spec),
			minimum.x64,
			argumentNames(context, side).size,
			minimum.x86,
		);
		return `${what} ${consequence}. ${l10n.t('Pass {0}.', `\`${wanted}\``)}`;
	},
	fix: ({ span, wanted }) => passInstead(span, wanted),
} satisfies Rule<Narrow>;

function narrowIn({ code, side, buffer, spec }: Direction, context: RuleContext): readonly Narrow[] {
	const { size, pointer } = buffer;
	const minimum = minimumOf(spec, context);
	if (!size?.literal || !minimum || !isUsed(spec) || spec.variable !== undefined) return [];
	if (minimum.x64 <= minimum.x86) return [];
	if (targetsWhere(buffer.length, ['x86'], (n) => n === minimum.x86).length === 0) return [];
	const targets = targetsWhere(buffer.length, context.targets, (n, t) => n < minimum[t]);
	// An object that is too small itself needs another type, not another size.
	const capacity = pointer.object?.capacity;
	const wanted = sizeofText(spec, context);
	if (targets.length === 0 || !wanted || (capacity && targets.some((t) => capacity[t] < minimum[t]))) return [];
	return [{ span: size, severity: isFirm(spec) ? 'error' : 'warning', targets, code, side, minimum, wanted }];
}
