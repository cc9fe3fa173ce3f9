/** Phrases and comparisons that rules share. */

import type { BufferArgument, IoctlCall, Quantity } from '../calls/model.ts';
import type { BufferSpec, ControlCode } from '../catalog/model.ts';
import { catalogSpec } from '../types/catalogTypes.ts';
import type { PerTarget, Target } from '../types/ctype.ts';
import { minimumSize, tooSmallError } from '../types/requirements.ts';
import type { RuleContext } from './rule.ts';

export type Side = 'input' | 'output';

/** Names of the arguments in the terms of the call's own function. */
export interface ArgumentNames {
	readonly pointer: string;
	readonly size: string;
}

/** The names that the prototype gives to the arguments of one buffer; empty where it has none. */
export function argumentNames(context: RuleContext, side: Side): ArgumentNames {
	const { roles, parameters } = context.api;
	const pointer = side === 'input' ? roles.input : roles.output;
	const size = side === 'input' ? roles.inputSize : roles.outputSize;
	return {
		pointer: pointer === undefined ? '' : (parameters[pointer]?.name ?? ''),
		size: size === undefined ? '' : (parameters[size]?.name ?? ''),
	};
}

/** Both directions of a call that has the entry of its code. */
export function* sides(
	call: IoctlCall,
): Generator<{ side: Side; buffer: BufferArgument; spec: BufferSpec; code: ControlCode }> {
	const code = call.code.entry;
	if (!code) return;
	if (call.input) yield { side: 'input', buffer: call.input, spec: code.input, code };
	if (call.output) yield { side: 'output', buffer: call.output, spec: code.output, code };
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

/** ` on 64-bit Windows` where a finding holds on a part of the judged targets only; empty where it holds on all. */
export function onTargets(found: readonly Target[], context: RuleContext): string {
	if (found.length === context.targets.length) return '';
	if (found.every((t) => t !== 'x86')) return ' on 64-bit Windows';
	return found.length === 1 && found[0] === 'x86' ? ' on 32-bit Windows' : '';
}

/** `12 bytes`, `1 byte`. */
export const bytes = (n: number): string => `${n} ${n === 1 ? 'byte' : 'bytes'}`;

/** A size that may differ: `4 bytes`, or `4 bytes (8 on 64-bit)`. */
export function sizeText(size: PerTarget): string {
	return size.x86 === size.x64 ? bytes(size.x86) : `${bytes(size.x86)} on 32-bit, ${bytes(size.x64)} on 64-bit`;
}

/** The size in question on the first target where the finding holds. */
export const on = (size: PerTarget, found: readonly Target[]): number => size[found[0] ?? 'x64'];

/** Every value of a size on the first target where the finding holds: `4`, `4 or 8`. */
export const valuesOn = (values: readonly PerTarget[], found: readonly Target[]): string =>
	[...new Set(values.map((v) => on(v, found)))].join(' or ');

/** `u_long` and `ULONG` are read with a consonant in front, `INTERFACE_INFO` with a vowel. */
const article = (word: string): string => (/^[aeio]/i.test(word) ? 'an' : 'a');

/** ``a `tcp_keepalive` `` or, where no type is known, `data`. */
export function typeWithArticle(spec: BufferSpec): string {
	const label = spec.type;
	return label ? `${article(label)} \`${label}\`` : 'data';
}

/** What a pointer to one number should be: the address of a variable of that type, or a buffer where types have no names. */
export const pointerTo = (type: 'DWORD' | 'u_long', call: IoctlCall): string =>
	call.hasSizeof === false ? 'a buffer of 4 bytes' : `the address of a \`${type}\``;

/** What to write as the size: `sizeof(struct tcp_keepalive)`, or `12` in a language that has no `sizeof`. */
export function sizeofText(spec: BufferSpec, call: IoctlCall): string | undefined {
	if (call.hasSizeof === false) {
		const size = minimumSize(spec);
		return size && size.x86 === size.x64 ? String(size.x64) : undefined;
	}
	if (spec.minimum && 'bytes' in spec.minimum) return String(spec.minimum.bytes);
	const label = spec.type;
	if (!label) return undefined;
	const struct = catalogSpec(label);
	return struct?.kind === 'struct' && struct.tagOnly ? `sizeof(struct ${label})` : `sizeof(${label})`;
}

/**
 * `WSAIoctl fails with WSAEFAULT` in the terms of the called function: no source names the NTSTATUS of WskControlSocket
 * where a code gives none itself.
 */
export const fails = (context: RuleContext, error: string): string =>
	context.api.errorStyle === 'ntstatus' && error.startsWith('WSA')
		? `${context.api.id} fails`
		: `${context.api.id} fails with ${error}`;

/**
 * What becomes of a call whose buffer is too small. Whether its output fits, an overlapped call may only find out when
 * it has already answered that it is under way.
 */
export function tooSmallFails(call: IoctlCall, code: ControlCode, side: Side, context: RuleContext): string {
	const failure = fails(context, tooSmallError(code, side));
	return side === 'output' && call.overlapped?.nullness === 'not-null'
		? `${failure}, or the overlapped operation ends with an error`
		: failure;
}
