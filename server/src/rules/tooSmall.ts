/** What the two rules about buffers that are too small have in common. */

import type { BufferArgument, IoctlCall } from '../calls/model.ts';
import type { BufferSpec } from '../catalog/model.ts';
import type { PerTarget, Target } from '../types/ctype.ts';
import { isFirm } from '../types/requirements.ts';
import { type Code, directions, isUsed, mayBeEmpty, minimumOf, type Side, targetsWhere } from './buffers.ts';
import { declareBuffer, retype } from './declaring.ts';
import { fittingSize, isMemoryShort } from './remedies.ts';
import type { Fact, Rule } from './rule.ts';
import {
	argumentNames,
	bufferAndSize,
	bytesOn,
	NO_SOURCE,
	onTargets,
	passInstead,
	sizeofText,
	tooSmallFails,
	typeWithArticle,
	valuesOn,
	verb,
	when,
} from './wording.ts';

export interface TooSmall extends Fact {
	readonly targets: readonly Target[];
	readonly code: Code;
	readonly given: readonly PerTarget[];
	readonly minimum: PerTarget;
	/** No buffer is given at all. */
	readonly empty: boolean;
	/** The call may answer before it knows. */
	readonly pending: boolean;
	/** The object is too small as well: no other size will do. */
	readonly short: boolean;
	/** What to write as the size, where the memory is known to suffice. */
	readonly size?: string;
	/** The call and its buffer, where another object has to be passed. */
	readonly replaced?: { readonly call: IoctlCall; readonly buffer: BufferArgument };
}

interface Words {
	readonly isEmpty: (given: readonly PerTarget[]) => boolean;
	/** An empty buffer can be meant. */
	readonly mayBeEmpty: (spec: BufferSpec) => boolean;
	readonly buffer: string;
	/** Said where the code can use more than the smallest size. */
	readonly orMore: string;
}

const WORDS: Readonly<Record<Side, Words>> = {
	input: {
		isEmpty: (given) => given.every((v) => v.x64 === 0),
		mayBeEmpty: (spec) => spec.use === 'optional' || spec.sizeQuery === true,
		buffer: 'a buffer to read from',
		orMore: '',
	},
	output: {
		// No buffer and no size asks how much is needed, or shows that the caller knows that nothing comes back.
		isEmpty: (given) => given.some((v) => v.x64 === 0),
		mayBeEmpty,
		buffer: 'a buffer to write to',
		orMore: ' or more',
	},
};

/** Finds and words a size of one direction's buffer below the smallest that can work. */
export function tooSmall(side: Side): Pick<Rule<TooSmall>, 'check' | 'message' | 'fix'> {
	const words = WORDS[side];
	return {
		check(call, context) {
			const direction = directions(call).find((d) => d.side === side);
			if (!direction) return [];
			const { code, buffer, spec, pending } = direction;
			const minimum = minimumOf(spec, context);
			if (!minimum || !buffer.size || buffer.length.kind !== 'known' || !isUsed(spec)) return [];
			const given = buffer.length.values;
			const empty = words.isEmpty(given);
			if (empty && words.mayBeEmpty(spec)) return [];
			const targets = targetsWhere(buffer.length, context.targets, (n, t) => n < minimum[t]);
			if (targets.length === 0) return [];
			const severity = isFirm(spec) ? 'error' : 'warning';
			const short = isMemoryShort(buffer, spec, context);
			const size = fittingSize(buffer, spec, context);
			const isReplaced = (short || buffer.pointer.nullness === 'null') && !pending;
			const more = {
				...(size === undefined ? {} : { size }),
				...(isReplaced ? { replaced: { call, buffer } } : {}),
			};
			return [{ span: buffer.size, severity, targets, code, given, minimum, empty, pending, short, ...more }];
		},
		message({ targets, code, given, minimum, empty, pending, short, size }, context) {
			const spec = code[side];
			const orMore = when(spec.variable !== undefined, words.orMore);
			const consequence = isFirm(spec) ? tooSmallFails(code, side, pending, context) : NO_SOURCE;
			const needed = short ? undefined : sizeofText(spec, context);
			const remedy = needed
				? `\`${needed}\`${when(empty && size === undefined, ` and ${words.buffer}`)}`
				: bufferAndSize(spec, context);
			const isOwn = size !== undefined && size !== needed;
			const advice = ` Pass ${isOwn ? `\`${size}\`` : `${remedy}${orMore}`}.`;
			return `\`${code.name}\` ${verb(side)} ${typeWithArticle(spec)} (${bytesOn(minimum, targets)}${orMore}), but \`${argumentNames(context, side).size}\` is ${valuesOn(given, targets)}${onTargets(targets, context)}. ${consequence}.${advice}`;
		},
		fix({ span, size, code, replaced }, context) {
			if (size !== undefined) return passInstead(span, size);
			if (!replaced) return undefined;
			const { call, buffer } = replaced;
			const own = side === 'output' ? retype(call, buffer, code.output, context) : undefined;
			return own ?? declareBuffer(call, side, buffer, code[side], context);
		},
	};
}
