/** What the two rules about buffers that are too small have in common. */

import * as l10n from '@vscode/l10n';
import type { BufferArgument, IoctlCall } from '../calls/model.ts';
import type { BufferSpec } from '../catalog/model.ts';
import type { PerTarget, Target } from '../types/ctype.ts';
import { isFirm } from '../types/requirements.ts';
import { type Code, directions, isUsed, mayBeEmpty, minimumOf, type Side, targetsWhere } from './buffers.ts';
import { passing, replaceBuffer } from './declaring.ts';
import { fittingSize, isUnfit, pointerMeant } from './remedies.ts';
import type { Fact, Rule, RuleContext } from './rule.ts';
import {
	argumentNames,
	bufferAndSize,
	bytesOn,
	noSource,
	onTargets,
	passInstead,
	sizeofText,
	tooSmallFails,
	typeWithArticle,
	valuesOn,
	verb,
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
	/** The pointer that is meant instead of its address, and the size of what it leads to. */
	readonly meant?: readonly [pointer: string, size: string];
	/** What to write as the size, where the memory is known to suffice. */
	readonly size?: string;
	/** The call and its buffer, where another object has to be passed. */
	readonly replaced?: { readonly call: IoctlCall; readonly buffer: BufferArgument };
}

interface Words {
	readonly isEmpty: (given: readonly PerTarget[]) => boolean;
	/** An empty buffer can be meant. */
	readonly mayBeEmpty: (spec: BufferSpec) => boolean;
	/** What to pass beside a size. */
	readonly withBuffer: (size: string) => string;
	/** Said where the code can use more than the smallest size. */
	readonly orMore: () => string;
}

const WORDS: Readonly<Record<Side, Words>> = {
	input: {
		isEmpty: (given) => given.every((v) => v.x64 === 0),
		mayBeEmpty: (spec) => spec.use === 'optional' || spec.sizeQuery === true,
		withBuffer: (size) => l10n.t('{0} and a buffer to read from', size),
		orMore: () => '',
	},
	output: {
		// No buffer and no size asks how much is needed, or shows that the caller knows that nothing comes back.
		isEmpty: (given) => given.some((v) => v.x64 === 0),
		mayBeEmpty,
		withBuffer: (size) => l10n.t('{0} and a buffer to write to', size),
		orMore: () => l10n.t(' or more'),
	},
};

/** What to pass: the size that suits the object, or that of what the code uses, with a buffer where none is given. */
function adviceOf({ code, short, size, empty, meant }: TooSmall, side: Side, context: RuleContext): string {
	if (meant) return l10n.t('`{0}`, which is the pointer, and `{1}`', ...meant);
	const spec = code[side];
	const { orMore, withBuffer } = WORDS[side];
	const needed = short ? undefined : sizeofText(spec, context);
	if (size !== undefined && size !== needed) return `\`${size}\``;
	const written = `\`${needed}\``;
	const buffer = needed === undefined ? bufferAndSize(spec, context) : undefined;
	const what = buffer ?? (empty && size === undefined ? withBuffer(written) : written);
	return spec.variable === undefined ? what : what + orMore();
}

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
			const short = isUnfit(buffer, spec, context);
			const size = fittingSize(buffer, spec, context);
			const meant = pointerMeant(buffer, spec, context);
			const isReplaced = (meant !== undefined || short || buffer.pointer.nullness === 'null') && !pending;
			const more = {
				...(size === undefined ? {} : { size }),
				...(meant ? { meant } : {}),
				...(isReplaced ? { replaced: { call, buffer } } : {}),
			};
			return [{ span: buffer.size, severity, targets, code, given, minimum, empty, pending, short, ...more }];
		},
		message(fact, context) {
			const { targets, code, given, minimum, pending } = fact;
			const spec = code[side];
			const orMore = spec.variable === undefined ? '' : words.orMore();
			const consequence = isFirm(spec) ? tooSmallFails(code, side, pending, context) : noSource();
			const what = l10n.t(
				'`{0}` {1} {2} ({3}{4}), but `{5}` is {6}{7}.',
				code.name,
				verb(side),
				typeWithArticle(spec),
				bytesOn(minimum, targets),
				orMore,
				argumentNames(context, side).size,
				valuesOn(given, targets),
				onTargets(targets, context),
			);
			return `${what} ${consequence}. ${l10n.t('Pass {0}.', adviceOf(fact, side, context))}`;
		},
		fix({ span, size, code, replaced, meant }, context) {
			if (meant && replaced) {
				const [pointer, measured] = meant;
				const edits = [
					passing(replaced.buffer.pointer, pointer, context),
					{ start: span.start, end: span.end, newText: measured },
				];
				return { title: l10n.t('Pass {0}', pointer), edits };
			}
			if (size !== undefined) return passInstead(span, size);
			if (!replaced) return undefined;
			const { call, buffer } = replaced;
			return replaceBuffer(call, side, buffer, code[side], context);
		},
	};
}
