import * as l10n from '@vscode/l10n';
import type { IoctlCall } from '../../calls/model.ts';
import { type Direction, directions, isUsed, minimumOf } from '../buffers.ts';
import { type Mismeasured, measureInstead, measuring } from '../remedies.ts';
import type { Rule, RuleContext, Severity } from '../rule.ts';
import { argumentNames, atLeast, tooSmallFails, verb } from '../wording.ts';

export default {
	id: 'sizeof-pointer',
	title: 'The size is that of the pointer, not of what it points to',
	severity: 'error',
	severityReason:
		'The size of a pointer is never the size meant; a warning where the number happens to be large enough, a note where it happens to be right.',
	description:
		'`sizeof(p)` of the very pointer that is passed as the buffer is 4 or 8, whatever it points to. `sizeof(*p)` is what is meant, or the length of the memory that was allocated.',
	withoutFix: 'A pointer to memory that nothing tells the size of does not say how much is meant.',
	stage: 'measure',
	accepted: [
		`
void f(SOCKET s, struct tcp_keepalive *vals)
{
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, sizeof(*vals), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s, struct tcp_keepalive *vals)
{
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	//                                    ^^^^^^^^^^^^ sizeof-pointer
}`,
	],
	check: (call, context) => directions(call).flatMap((direction) => pointerIn(call, direction, context)),
	message({ code, side, text, remedy, minimum, short, pending }, context) {
		const isShort = short.length > 0;
		const what = l10n.t(
			'`{0}` is the size of the pointer (4 or 8 bytes), not of what it points to, but `{1}` tells how many bytes `{2}` {3}{4}.',
			text,
			argumentNames(context, side).size,
			code.name,
			verb(side),
			isShort ? ` (${atLeast(minimum, short, true)})` : '',
		);
		const consequence = isShort ? ` ${tooSmallFails(code, side, pending, context)}.` : '';
		return `${what}${consequence} ${l10n.t('Pass {0}.', remedy.text)}`;
	},
	fix: measureInstead,
} satisfies Rule<Mismeasured>;

function pointerIn(
	call: IoctlCall,
	{ code, side, buffer, spec, pending }: Direction,
	context: RuleContext,
): readonly Mismeasured[] {
	const { size, pointer, length } = buffer;
	const measured = size?.sizeofObject;
	if (measured === undefined || size?.sizeofType?.kind !== 'pointer' || !pointer.object?.throughPointer) return [];
	// Without memory no size is right, and what is no address is told at the pointer.
	if (pointer.nullness === 'null' || pointer.mistaken || size.sizeofType.to.kind === 'function') return [];
	const [given] = length.kind === 'known' ? length.values : [];
	if (`*${measured}` !== pointer.object.spelling || !given) return [];
	// A buffer that the code does not use, or whose size no source gives, is not judged.
	const minimum = minimumOf(spec, context);
	if (!minimum || !isUsed(spec)) return [];
	const short = context.targets.filter((t) => given[t] < minimum[t]);
	const isRight = context.targets.every((t) => given[t] === minimum[t]);
	return [
		{
			span: size,
			severity: severityOf(short.length > 0, isRight),
			code,
			side,
			text: size.text,
			remedy: measuring(buffer, spec, `*${measured}`, size.sizeofType.to, context),
			minimum,
			short,
			pending,
			call,
		},
	];
}

function severityOf(certain: boolean, harmless: boolean): Severity {
	if (certain) return 'error';
	return harmless ? 'info' : 'warning';
}
