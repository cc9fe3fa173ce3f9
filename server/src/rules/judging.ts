/** Questions about buffers and versions that several rules ask. */
import type { IoctlCall, Quantity } from '../calls/model.ts';
import type { BufferSpec, ControlCode } from '../catalog/model.ts';
import { splitOpcode } from '../catalog/opcode.ts';
import { isFirm, minimumSize } from '../types/requirements.ts';
import type { RuleContext } from './rule.ts';
import { type Side, targetsWhere } from './wording.ts';

/** The code reads or writes the buffer, or does so when one is given. */
export const isUsed = (spec: BufferSpec): boolean => spec.use === 'required' || spec.use === 'optional';

/** Without a buffer and with 0 as its size the call can still mean something, such as a question for the size needed. */
export const mayBeEmpty = (spec: BufferSpec): boolean =>
	spec.use === 'optional' ||
	spec.sizeQuery === true ||
	spec.variable !== undefined ||
	spec.tooSmall?.neededSize === true;

/** No source gives the buffer a purpose: it is called unused, or neither the entry nor the direction bits mention it. */
function isWithoutPurpose(code: ControlCode, side: Side): boolean {
	const spec = code[side];
	if (spec.use === 'unused' || spec.use === 'must-be-empty') return true;
	const bits = splitOpcode(code.opcode.value);
	return spec.use === undefined && spec.type === undefined && !(side === 'input' ? bits.in : bits.out);
}

/** Surely 0, whatever the target. */
export const isZero = (size: Quantity): boolean =>
	size.kind === 'known' && size.values.length > 0 && size.values.every((v) => v.x86 === 0 && v.x64 === 0);

/** Surely more than 0, on every judged target. */
export const isFilled = (size: Quantity, context: RuleContext): boolean =>
	targetsWhere(size, context.targets, (n) => n > 0).length === context.targets.length;

export interface Exchange {
	/** The direction whose data stands in the other one's arguments. */
	readonly side: Side;
	/** True when the call as written certainly fails. */
	readonly certain: boolean;
}

/**
 * The buffers of a call that stand in each other's place: the direction that the code needs is empty and the one that
 * it does not use holds enough, or both are needed and only the exchange fits.
 */
export function exchangedBuffers(call: IoctlCall, context: RuleContext): Exchange | undefined {
	const code = call.code.entry;
	const { input, output } = call;
	if (!code || !input?.size || !output?.size) return undefined;
	const everywhere = (size: Quantity, holds: Parameters<typeof targetsWhere>[2]) =>
		targetsWhere(size, context.targets, holds).length === context.targets.length;
	for (const side of ['input', 'output'] as const) {
		const other = side === 'input' ? 'output' : 'input';
		const spec = code[side];
		const needed = minimumSize(spec);
		const [empty, filled] = side === 'input' ? [input, output] : [output, input];
		if (spec.use !== 'required' || !isWithoutPurpose(code, other)) continue;
		if (!isZero(empty.length) || filled.pointer.nullness === 'null') continue;
		if (!everywhere(filled.length, (n, t) => (needed ? n >= needed[t] : n > 0))) continue;
		const query = side === 'output' && (spec.sizeQuery || spec.variable !== undefined);
		return { side, certain: isFirm(spec) && !query };
	}
	const reads = minimumSize(code.input);
	const writes = minimumSize(code.output);
	if (code.input.use !== 'required' || code.output.use !== 'required' || !reads || !writes) return undefined;
	const given = output.pointer.object?.type;
	const fits =
		everywhere(input.length, (n, t) => n < reads[t] && n >= writes[t]) &&
		everywhere(output.length, (n, t) => n >= reads[t] && n >= writes[t]);
	return fits && given?.kind === 'record' && given.name === code.input.type
		? { side: 'input', certain: isFirm(code.input) }
		: undefined;
}

/** How the call's language writes a null pointer. */
export const nullWord = (call: IoctlCall): string => (call.hasSizeof === false ? 'null' : 'NULL');

/** `10.0.17763` as numbers. */
const parts = (version: string): number[] => version.split('.').map(Number);

/** Is version `a` older than `b`? Parts that are missing count as 0. */
export function isOlder(a: string, b: string): boolean {
	const [left, right] = [parts(a), parts(b)];
	for (let i = 0; i < Math.max(left.length, right.length); i++) {
		const difference = (left[i] ?? 0) - (right[i] ?? 0);
		if (difference !== 0) return difference < 0;
	}
	return false;
}
