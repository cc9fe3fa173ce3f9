import type { PerTarget, Target } from '../../types/ctype.ts';
import { type Code, type Direction, directions, isUsed, minimumOf, type Side } from '../buffers.ts';
import type { Fact, Rule, RuleContext } from '../rule.ts';
import { argumentNames, on, passInstead, tooSmallFails, verb } from '../wording.ts';

interface OfPointer extends Fact {
	readonly code: Code;
	readonly side: Side;
	/** The argument as written, and the object whose size is meant. */
	readonly text: string;
	readonly object: string;
	readonly minimum: PerTarget;
	/** Targets on which it is too small. */
	readonly short: readonly Target[];
	readonly pending: boolean;
}

export default {
	id: 'sizeof-pointer',
	title: 'The size is that of the pointer, not of what it points to',
	severity: 'error',
	severityReason:
		'The size of a pointer is never the size meant; a warning where the number happens to be large enough.',
	description:
		'`sizeof(p)` of the very pointer that is passed as the buffer is 4 or 8, whatever it points to. `sizeof(*p)` is what is meant, or the length of the memory that was allocated.',
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
	check: (call, context) => directions(call).flatMap((direction) => pointerIn(direction, context)),
	message({ code, side, text, object, minimum, short, pending }, context) {
		const shortfall =
			short.length > 0 ? ` (${on(minimum, short)} at least). ${tooSmallFails(code, side, pending, context)}` : '';
		return `\`${text}\` is the size of the pointer (4 or 8 bytes), not of what it points to, but \`${argumentNames(context, side).size}\` tells how many bytes \`${code.name}\` ${verb(side)}${shortfall}. Pass \`${context.wording.objectSize(object)}\`.`;
	},
	fix: ({ span, object }, { wording }) => passInstead(span, wording.objectSize(object)),
} satisfies Rule<OfPointer>;

function pointerIn({ code, side, buffer, spec, pending }: Direction, context: RuleContext): readonly OfPointer[] {
	const { size, pointer, length } = buffer;
	const measured = size?.sizeofObject;
	if (measured === undefined || size?.sizeofType?.kind !== 'pointer' || !pointer.object?.throughPointer) return [];
	const [given] = length.kind === 'known' ? length.values : [];
	if (`*${measured}` !== pointer.object.spelling || !given) return [];
	// A buffer that the code does not use, or whose size no source gives, is not judged.
	const minimum = minimumOf(spec, context);
	if (!minimum || !isUsed(spec)) return [];
	const short = context.targets.filter((t) => given[t] < minimum[t]);
	return [
		{
			span: size,
			severity: short.length > 0 ? 'error' : 'warning',
			code,
			side,
			text: size.text,
			object: `*${measured}`,
			minimum,
			short,
			pending,
		},
	];
}
