/** What to pass instead of a wrong size, so that nothing is left to report. */
import type { BufferArgument, IoctlCall } from '../calls/model.ts';
import type { BufferSpec } from '../catalog/model.ts';
import type { CType, PerTarget, Target } from '../types/ctype.ts';
import { sizeOf } from '../types/layout.ts';
import { type Code, isPointerSized, minimumOf, type Side } from './buffers.ts';
import { replaceBuffer } from './declaring.ts';
import { isForeign } from './foreign.ts';
import type { Fact, Fix, RuleContext } from './rule.ts';
import { bufferAndSize, passInstead, sizeofText } from './wording.ts';

export interface Remedy {
	/** What to pass, in words. */
	readonly text: string;
	/** The new text of the size argument, where that alone is the remedy. */
	readonly size?: string;
}

/** A size that is that of something else than the buffer. */
export interface Mismeasured extends Fact {
	readonly code: Code;
	readonly side: Side;
	/** The argument as written. */
	readonly text: string;
	readonly remedy: Remedy;
	readonly minimum: PerTarget;
	/** Targets on which it is too small. */
	readonly short: readonly Target[];
	readonly pending: boolean;
	readonly call: IoctlCall;
}

/**
 * Measures what is meant, or passes something else where no size makes it do. A variable that holds the size is defined
 * elsewhere.
 */
export function measureInstead(fact: Mismeasured, context: RuleContext): Fix | undefined {
	const { span, text, remedy, call, side, code, pending } = fact;
	const buffer = call[side];
	if (!text.includes('sizeof') || !buffer) return undefined;
	if (remedy.size !== undefined) return passInstead(span, remedy.size);
	return pending ? undefined : replaceBuffer(call, side, buffer, code[side], context);
}

/** Code alone: ``Pass `sizeof(x)` ``. */
export const asSize = (size: string): Remedy => ({ text: `\`${size}\``, size });

const isBelow = (size: PerTarget, minimum: PerTarget, { targets }: RuleContext): boolean =>
	targets.some((target) => size[target] < minimum[target]);

/** Bytes of a type that one value of it takes, where it is no byte of a larger memory. */
function wholeSize(type: CType | undefined, context: RuleContext): PerTarget | undefined {
	const size = type && sizeOf(type, context.catalog.lookup);
	return size && size.x64 > 1 ? size : undefined;
}

/** The memory behind the pointer surely or plainly is smaller than the code needs, or another code's: no size makes it do. */
export function isUnfit(buffer: BufferArgument, spec: BufferSpec, context: RuleContext): boolean {
	const { object } = buffer.pointer;
	const minimum = minimumOf(spec, context);
	if (!minimum || !object) return false;
	const size = object.capacity ?? wholeSize(object.type, context);
	const meant = isPointerGiven(buffer, spec, context) && object.type?.kind === 'pointer' ? object.type.to : object.type;
	return (size !== undefined && isBelow(size, minimum, context)) || isForeign(meant, spec, context);
}

/** `&x`, also behind a cast. */
const ADDRESS = /^(?:\([\w *]{1,60}\))? ?&/;

/** The address of a pointer stands where the code takes nothing of a pointer's size. */
const isPointerGiven = (
	{ pointer: { object, text } }: BufferArgument,
	spec: BufferSpec,
	context: RuleContext,
): boolean =>
	object?.type?.kind === 'pointer' && !object.leadsNowhere && ADDRESS.test(text) && !isPointerSized(spec, context);

/** The address of the pointer stands where the pointer is meant. */
export function isPointerMeant(buffer: BufferArgument, spec: BufferSpec, context: RuleContext): boolean {
	const type = buffer.pointer.object?.type;
	return isPointerGiven(buffer, spec, context) && type?.kind === 'pointer' && !isForeign(type.to, spec, context);
}

/** The pointer that is meant, and the size of what it leads to, where that is enough for the code. */
export function pointerMeant(
	buffer: BufferArgument,
	spec: BufferSpec,
	context: RuleContext,
): readonly [pointer: string, size: string] | undefined {
	const { spelling, type } = buffer.pointer.object ?? {};
	const minimum = minimumOf(spec, context);
	if (spelling === undefined || type?.kind !== 'pointer' || !isPointerMeant(buffer, spec, context)) return undefined;
	const size = wholeSize(type.to, context);
	if (!size || !minimum || isBelow(size, minimum, context)) return undefined;
	return [spelling, context.wording.objectSize(`*${spelling}`)];
}

/**
 * The size argument that suits memory which surely is large enough for the code: `sizeof(ka)` where that is just what
 * the code uses, else the size of what it uses.
 */
export function fittingSize({ pointer }: BufferArgument, spec: BufferSpec, context: RuleContext): string | undefined {
	const { object, nullness, mistaken } = pointer;
	const minimum = minimumOf(spec, context);
	const type = wholeSize(object?.type, context);
	const memory = object?.capacity ?? type;
	if (!object || !minimum || !memory || nullness === 'null' || mistaken || isBelow(memory, minimum, context))
		return undefined;
	if (isForeign(object.type, spec, context)) return undefined;
	const { closedBuffers, objectSize } = context.wording;
	const isWhole = type && context.targets.every((target) => type[target] === memory[target]);
	const isMeant = isWhole && (spec.variable !== undefined || !isBelow(minimum, type, context));
	// What a pointer points to may have another type than the pointer says, as with `void *`.
	const isNamed = object.spelling !== undefined && !object.throughPointer && !closedBuffers;
	return isNamed && isMeant ? objectSize(object.spelling) : sizeofText(spec, context);
}

/**
 * What to pass in the place of a size that was measured of something else.
 * @param object what is meant to be measured.
 * @param type its type; undefined where it has no size (`void`, a function) or is not known.
 */
export function measuring(
	buffer: BufferArgument,
	spec: BufferSpec,
	object: string,
	type: CType | undefined,
	context: RuleContext,
): Remedy {
	const minimum = minimumOf(spec, context);
	if (isUnfit(buffer, spec, context)) return { text: bufferAndSize(spec, context) };
	const size = type && sizeOf(type, context.catalog.lookup);
	// The first byte of a larger memory says nothing of the whole; a type that nobody knows here is the author's own.
	const isPart = size ? minimum && isBelow(size, minimum, context) : !type || /^(?:void|function)$/.test(type.kind);
	if (!isPart) return asSize(context.wording.objectSize(object));
	const needed = sizeofText(spec, context);
	return needed === undefined ? { text: bufferAndSize(spec, context) } : asSize(needed);
}
