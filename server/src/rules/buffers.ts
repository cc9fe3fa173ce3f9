/** Questions about the buffers of a call that several rules ask. */
import type { BufferArgument, IoctlCall, Quantity } from '../calls/model.ts';
import type { BufferSpec } from '../catalog/model.ts';
import type { PerTarget, Target } from '../types/ctype.ts';
import { parseTypeName, sizeOf } from '../types/layout.ts';
import { isFirm, minimumSize } from '../types/requirements.ts';
import { isForeign } from './foreign.ts';
import type { RuleContext } from './rule.ts';

export type Side = 'input' | 'output';
export const SIDES: readonly Side[] = ['input', 'output'];
export const opposite = (side: Side): Side => (side === 'input' ? 'output' : 'input');

/** The catalog's entry of a control code, as far as a call shows it. */
export type Code = NonNullable<IoctlCall['code']['entry']>;

/** One direction of a call, beside what the code asks of it. */
export interface Direction {
	readonly code: Code;
	readonly side: Side;
	readonly buffer: BufferArgument;
	readonly spec: BufferSpec;
	/** The call may answer before it is done. */
	readonly pending: boolean;
}

/** The directions of a call that has the entry of its code. */
export function directions(call: IoctlCall): readonly Direction[] {
	const code = call.code.entry;
	if (!code) return [];
	const pending = call.overlapped?.nullness === 'not-null';
	return SIDES.flatMap((side) => {
		const buffer = call[side];
		return buffer ? [{ code, side, buffer, spec: code[side], pending }] : [];
	});
}

/** The code reads or writes the buffer, or does so when one is given. */
export const isUsed = (spec: BufferSpec): boolean => spec.use === 'required' || spec.use === 'optional';

/** Without a buffer and with 0 as its size the call can still mean something, such as a question for the size needed. */
export const mayBeEmpty = (spec: BufferSpec): boolean =>
	spec.use === 'optional' ||
	spec.sizeQuery === true ||
	spec.variable !== undefined ||
	spec.tooSmall?.neededSize === true;

/** Smallest size in bytes that can work, or undefined when no source gives one. */
export const minimumOf = (spec: BufferSpec, { catalog }: RuleContext): PerTarget | undefined =>
	minimumSize(spec, catalog);

/** Bytes of the structure that the function keeps the state of an overlapped operation in; undefined: it takes none. */
export function overlappedSize({ api, catalog }: RuleContext): PerTarget | undefined {
	const { overlapped } = api.roles;
	const parameter = overlapped === undefined ? undefined : api.parameters[overlapped];
	const written = parameter && parseTypeName(parameter.type);
	const type = written?.kind === 'named' ? catalog.lookup(written.name, false) : written;
	return type?.kind === 'pointer' ? sizeOf(type.to, catalog.lookup) : undefined;
}

/** The code reads or writes one value of a pointer's size: a function's address, a handle. */
export function isPointerSized(spec: BufferSpec, context: RuleContext): boolean {
	const minimum = minimumOf(spec, context);
	return minimum?.x86 === 4 && minimum.x64 === 8 && spec.variable === undefined;
}

/** No source gives the buffer a purpose: it is called unused, or neither the entry nor the direction bits mention it. */
function isWithoutPurpose(code: Code, side: Side, context: RuleContext): boolean {
	const spec = code[side];
	if (spec.use === 'unused' || spec.use === 'must-be-empty') return true;
	const bits = context.catalog.family(code.opcode).split(code.opcode.value);
	return spec.use === undefined && spec.type === undefined && !(side === 'input' ? bits.in : bits.out);
}

/** Targets on which a comparison holds for every value that the quantity can have. */
export function targetsWhere(
	quantity: Quantity,
	targets: readonly Target[],
	holds: (bytes: number, target: Target) => boolean,
): readonly Target[] {
	if (quantity.kind !== 'known' || quantity.values.length === 0) return [];
	return targets.filter((t) => quantity.values.every((v) => holds(v[t], t)));
}

/** Does a comparison hold on every judged target, for every value? */
export const isEverywhere = (
	quantity: Quantity,
	context: RuleContext,
	holds: (bytes: number, target: Target) => boolean,
): boolean => targetsWhere(quantity, context.targets, holds).length === context.targets.length;

/** Surely 0, whatever the target. */
export const isZero = (size: Quantity): boolean =>
	size.kind === 'known' && size.values.length > 0 && size.values.every((v) => v.x86 === 0 && v.x64 === 0);

/** Surely more than 0, on every judged target. */
export const isFilled = (size: Quantity, context: RuleContext): boolean => isEverywhere(size, context, (n) => n > 0);

export interface Exchange {
	/** The direction whose data stands in the other one's arguments. */
	readonly side: Side;
	/** True when the call as written certainly fails. */
	readonly certain: boolean;
	/** The code takes input alone, and none is given. */
	readonly setsOnly: boolean;
}

/**
 * The buffers of a call that stand in each other's place: the direction that the code needs is empty and the one that
 * it does not use holds enough, or both are needed and only the exchange fits.
 */
export function exchangedBuffers(call: IoctlCall, context: RuleContext): Exchange | undefined {
	const code = call.code.entry;
	const { input, output } = call;
	if (!code || !input?.size || !output?.size) return undefined;
	for (const side of SIDES) {
		const [empty, filled] = side === 'input' ? [input, output] : [output, input];
		if (standsAcross(code, side, empty, filled, context)) {
			const spec = code[side];
			const query = side === 'output' && (spec.sizeQuery || spec.variable !== undefined);
			return { side, certain: isFirm(spec) && !query, setsOnly: side === 'input' };
		}
	}
	return fitExchanged(code, input, output, context)
		? { side: 'input', certain: isFirm(code.input), setsOnly: false }
		: undefined;
}

/**
 * The code needs one direction, which is empty, and has no use for the other, which holds enough; whoever asks a code that
 * only sets may want a part of that alone.
 */
function standsAcross(
	code: Code,
	side: Side,
	empty: BufferArgument,
	filled: BufferArgument,
	context: RuleContext,
): boolean {
	const spec = code[side];
	const needed = minimumOf(spec, context);
	return (
		spec.use === 'required' &&
		isWithoutPurpose(code, opposite(side), context) &&
		isZero(empty.length) &&
		filled.pointer.nullness !== 'null' &&
		isEverywhere(filled.length, context, (n, t) => (needed && side === 'output' ? n >= needed[t] : n > 0)) &&
		!isWrongFor(spec, filled, context)
	);
}

/** A buffer that would be wrong in the place of another one too. */
function isWrongFor(spec: BufferSpec, buffer: BufferArgument, context: RuleContext): boolean {
	const { object, mistaken, address } = buffer.pointer;
	const { capacity } = object ?? {};
	if (mistaken || address !== undefined || measuresPointer(buffer)) return true;
	if (capacity && targetsWhere(buffer.length, context.targets, (n, t) => n > capacity[t]).length > 0) return true;
	return isForeign(object?.type, spec, context);
}

/** The size is measured of the very pointer that is passed, or of an address. */
export const measuresPointer = ({ pointer, size }: BufferArgument): boolean =>
	size?.sizeofObject !== undefined &&
	(pointer.object?.spelling === `*${size.sizeofObject}` || size.sizeofObject.startsWith('&'));

/** Both directions are needed, neither size fits its own and each fits the other, and so does the object. */
function fitExchanged(code: Code, input: BufferArgument, output: BufferArgument, context: RuleContext): boolean {
	const reads = minimumOf(code.input, context);
	const writes = minimumOf(code.output, context);
	if (code.input.use !== 'required' || code.output.use !== 'required' || !reads || !writes) return false;
	const given = output.pointer.object?.type;
	return (
		isEverywhere(input.length, context, (n, t) => n < reads[t] && n >= writes[t]) &&
		isEverywhere(output.length, context, (n, t) => n >= reads[t] && n >= writes[t]) &&
		given?.kind === 'record' &&
		given.name === code.input.type &&
		!isForeign(input.pointer.object?.type, code.output, context)
	);
}
