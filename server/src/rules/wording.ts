/** Phrases that the messages of several rules share. */

import * as l10n from '@vscode/l10n';
import type { NumberType } from '../calls/wording.ts';
import type { BufferSpec } from '../catalog/model.ts';
import type { Span } from '../syntax/span.ts';
import type { PerTarget, Target } from '../types/ctype.ts';
import { tooSmallError } from '../types/requirements.ts';
import { type Code, minimumOf, type Side } from './buffers.ts';
import type { Fix, RuleContext } from './rule.ts';

/** A part of a sentence that is only said under a condition. */
export const when = (condition: boolean, text: string): string => (condition ? text : '');

/** `a`, `b` and `c`. */
export const listed = (names: readonly string[]): string =>
	names.length < 2 ? names.join('') : l10n.t('{0} and {1}', names.slice(0, -1).join(', '), names.at(-1) ?? '');

/** `a` and `b` and `c`, each with words of its own. */
export const allOf = (parts: readonly string[]): string => parts.join(l10n.t(' and '));

/** `4` or `8`. */
export const oneOf = (values: readonly (number | string)[]): string => values.join(l10n.t(' or '));

/** Names of the arguments in the terms of the call's own function. */
export interface ArgumentNames {
	readonly pointer: string;
	readonly size: string;
}

/** The name that the prototype gives to an argument; empty where there is none. */
export const parameterName = ({ api }: RuleContext, position: number | undefined): string =>
	position === undefined ? '' : (api.parameters[position]?.name ?? '');

/** The names that the prototype gives to the arguments of one buffer; empty where it has none. */
export function argumentNames(context: RuleContext, side: Side): ArgumentNames {
	const { input, inputSize, output, outputSize } = context.api.roles;
	const [pointer, size] = side === 'input' ? [input, inputSize] : [output, outputSize];
	return { pointer: parameterName(context, pointer), size: parameterName(context, size) };
}

/** What a code does with a buffer. */
export const verb = (side: Side): string => (side === 'input' ? l10n.t('reads') : l10n.t('writes'));

/** ` on 64-bit Windows` where a finding holds on a part of the judged targets only; empty where it holds on all. */
export function onTargets(found: readonly Target[], context: RuleContext): string {
	if (found.length === context.targets.length) return '';
	if (found.every((t) => t !== 'x86')) return l10n.t(' on 64-bit Windows');
	return found.length === 1 && found[0] === 'x86' ? l10n.t(' on 32-bit Windows') : '';
}

/** `12 bytes`, `1 byte`. */
export const bytes = (n: number): string => (n === 1 ? l10n.t('1 byte') : l10n.t('{0} bytes', n));

/** What holds on 32-bit Windows, and behind it what holds on 64-bit Windows where that is something else: `4, 8 on 64-bit Windows`. */
function onEach(found: readonly Target[], told: (target: Target) => string, unit: (number: string) => string): string {
	const first = found[0] ?? 'x64';
	const other = found.find((target) => told(target) !== told(first));
	const short = unit(told(first));
	return other === undefined ? short : l10n.t('{0}, {1} on 64-bit Windows', short, told(other));
}

/** A size in bytes on the targets where a finding holds: `12 bytes`, `4 bytes, 8 on 64-bit Windows`. */
export const bytesOn = (size: PerTarget, found: readonly Target[]): string =>
	onEach(
		found,
		(target) => String(size[target]),
		(number) => (number === '1' ? l10n.t('1 byte') : l10n.t('{0} bytes', number)),
	);

/** The same as a smallest number: `12 bytes at least`, `4 bytes at least, 8 on 64-bit Windows`; bare: `12 at least`. */
export const atLeast = (size: PerTarget, found: readonly Target[], isBare = false): string =>
	onEach(
		found,
		(target) => String(size[target]),
		(number) => (isBare ? l10n.t('{0} at least', number) : l10n.t('{0} bytes at least', number)),
	);

/** Every value of a size on the targets where a finding holds: `4`, `4 or 8`, `4, 8 on 64-bit Windows`. */
export const valuesOn = (values: readonly PerTarget[], found: readonly Target[]): string =>
	onEach(
		found,
		(target) => oneOf([...new Set(values.map((v) => v[target]))]),
		(number) => number,
	);

/** ``a `tcp_keepalive` ``: `u_long` and `ULONG` are read with a consonant in front, `INTERFACE_INFO` with a vowel. */
export const withArticle = (type: string): string =>
	/^[aeio]/i.test(type) ? l10n.t('an `{0}`', type) : l10n.t('a `{0}`', type);

/** ``a `tcp_keepalive` `` or, where no type is known, `data`. */
export const typeWithArticle = ({ type }: BufferSpec): string => (type ? withArticle(type) : l10n.t('data'));

/** Numbers that functions take by address. */
export const DWORD: NumberType = { type: 'DWORD', bytes: 4 };
export const U_LONG: NumberType = { type: 'u_long', bytes: 4 };

/** What to write as the size: `sizeof(struct tcp_keepalive)`, or `12` in a language that has no `sizeof`. */
export function sizeofText(spec: BufferSpec, context: RuleContext): string | undefined {
	if (spec.minimum && 'bytes' in spec.minimum) return String(spec.minimum.bytes);
	return context.wording.typeSize(declaredType(spec, context), minimumOf(spec, context));
}

/** The type as C declares it: `struct tcp_keepalive`. */
export function declaredType({ type: name }: BufferSpec, { catalog }: RuleContext): string | undefined {
	const type = name === undefined ? undefined : catalog.type(name);
	return type?.kind === 'struct' && type.tagOnly ? `struct ${name}` : name;
}

/** What to pass as the address of a buffer, where a type is known for it: ``the address of a `u_long` ``. */
export function pointerTo(spec: BufferSpec, context: RuleContext): string {
	const type = declaredType(spec, context);
	const minimum = minimumOf(spec, context);
	return context.wording.pointerTo(type === undefined || !minimum ? undefined : { type, bytes: minimum.x64 });
}

/** A buffer that is large enough, with its size: ``the address of a `QOS` and `sizeof(QOS)` ``. */
export function bufferAndSize(spec: BufferSpec, context: RuleContext): string {
	const minimum = minimumOf(spec, context);
	const type = declaredType(spec, context);
	const size = sizeofText(spec, context);
	const largest = minimum && Math.max(...context.targets.map((target) => minimum[target]));
	if (largest === undefined) return l10n.t('a buffer of that size and its size');
	if (type === undefined) return l10n.t('a buffer of {0} and its size', bytes(largest));
	const own = size === undefined ? l10n.t('its size') : `\`${size}\``;
	return l10n.t('{0} and {1}', context.wording.pointerTo({ type, bytes: largest }), own);
}

/**
 * `WSAIoctl fails with WSAEFAULT` in the terms of the called function: no source names the NTSTATUS of WskControlSocket
 * where a code gives none itself.
 */
export function fails({ api, family }: RuleContext, error: string | undefined): string {
	const style = error && family.errors.styleOf(error);
	const isTold = error !== undefined && (style === undefined || style === api.errorStyle);
	return isTold ? l10n.t('{0} fails with {1}', api.id, error) : l10n.t('{0} fails', api.id);
}

/** The same for an address where nothing can be. */
export const badAddressFails = (context: RuleContext): string => fails(context, context.family.errors.badAddress);

/**
 * What becomes of a call whose buffer is too small. Whether its output fits, an overlapped call may only find out when
 * it has already answered that it is under way.
 */
export function tooSmallFails(code: Code, side: Side, pending: boolean, context: RuleContext): string {
	const failure = fails(context, tooSmallError(code, side, context.catalog));
	return side === 'output' && pending
		? l10n.t('{0}, or the overlapped operation ends with an error', failure)
		: failure;
}

/** What is said of a size that no source is firm about. */
export const noSource = (): string => l10n.t('No source says that fewer bytes work');

/** Puts another text in the place of an argument. */
export const passInstead = ({ start, end }: Span, newText: string): Fix => ({
	title: l10n.t('Pass {0}', newText),
	edits: [{ start, end, newText }],
});
