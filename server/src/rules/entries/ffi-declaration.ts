import * as l10n from '@vscode/l10n';
import {
	type BoundParameter,
	type IoctlBinding,
	type ParameterRole,
	parameterRoles,
	type TypeNames,
} from '../../calls/bindings.ts';
import type { CType } from '../../types/ctype.ts';
import { sizeOf } from '../../types/layout.ts';
import { overlappedSize } from '../buffers.ts';
import type { Edit, Fact, Fix, Rule, RuleContext, Severity } from '../rule.ts';
import { allOf, bytes, bytesOn, oneOf, onTargets, parameterName, when } from '../wording.ts';

/** A parameter of the function beside what is declared in its place. */
interface Pair {
	readonly position: number;
	readonly role: ParameterRole;
	readonly declared: BoundParameter;
}

/** What is wrong with one parameter's type. */
type Flaw =
	/** Neither a number nor an address. */
	| { readonly kind: 'foreign' }
	/** An address for a number. */
	| { readonly kind: 'address' }
	| { readonly kind: 'cut-off'; readonly bytes: number }
	/** So wide that what follows arrives in another place. */
	| { readonly kind: 'moves-others'; readonly bytes: number }
	| { readonly kind: 'half-read'; readonly bytes: number }
	/** A structure smaller than the one that the system keeps an operation's state in. */
	| { readonly kind: 'short-structure'; readonly bytes: string; readonly needed: string; readonly where: string };

type ShortStructure = Flaw & { readonly kind: 'short-structure' };

type Misdeclared = Fact & { readonly binding: IoctlBinding } & (
		| {
				readonly kind: 'count';
				/** Positions of which one is missing. */
				readonly missing: readonly number[];
		  }
		/** Numbers and addresses are exchanged. */
		| { readonly kind: 'order'; readonly wrong: readonly Pair[] }
		| { readonly kind: 'type'; readonly severity: Severity; readonly pair: Pair; readonly flaw: Flaw }
	);

export default {
	id: 'ffi-declaration',
	title: 'The declaration of the function is not its prototype',
	severity: 'error',
	severityReason:
		'Arguments arrive in other places or are cut off; a warning where it goes well for small numbers or on 64-bit Windows only, a note where it is harmless.',
	description:
		'A foreign function interface believes what it is told: a missing, exchanged or too narrow parameter is passed on without a word, and the function reads something else. `SOCKET` and every address have 8 bytes on 64-bit Windows and 4 on 32-bit Windows; control codes and sizes are `DWORD`, 4 bytes everywhere. A `SOCKET` of 8 bytes is left alone where 64-bit Windows is among the targets.',
	withoutFix: 'A declaration that is put together elsewhere has no text to be changed here.',
	stage: 'call',
	language: 'ts',
	kinds: [],
	accepted: [
		`
import { dlopen, FFIType } from 'bun:ffi';
export const { symbols } = dlopen('ws2_32.dll', {
	ioctlsocket: { args: [FFIType.u64, FFIType.i32, FFIType.ptr], returns: FFIType.i32 },
});`,
		`
import koffi from 'koffi';
export const ioctl = koffi.load('ws2_32.dll').func('__stdcall', 'WSAIoctl', 'int', [
	'uintptr_t', 'uint32_t', 'void *', 'uint32_t', 'void *', 'uint32_t', 'void *', 'void *', 'void *',
]);`,
	],
	rejected: [
		`
const { symbols } = Deno.dlopen('ws2_32.dll', {
	ioctlsocket: { parameters: ['u32', 'i32', 'buffer'], result: 'i32' },
	//                          ^^^^^ ffi-declaration
});`,
		`
import koffi from 'koffi';
export const ioctl = koffi.load('ws2_32.dll').func('int __stdcall ioctlsocket(uintptr_t s, void *argp)');
//                                                                            ^^^^^^^^^^^^^^^^^^^^^^^ ffi-declaration`,
		`
const ffi = require('ffi-napi');
module.exports = ffi.Library('ws2_32', {
	WSAIoctl: ['int', ['size_t', 'uint32', 'pointer', 'pointer', 'pointer', 'uint32', 'pointer', 'pointer', 'pointer']],
	//                                                ^^^^^^^^^ ffi-declaration
});`,
		`
import koffi from 'koffi';
const OVERLAPPED = koffi.struct({ Internal: 'uint32_t', InternalHigh: 'uint32_t', Offset: 'uint32_t', OffsetHigh: 'uint32_t', hEvent: 'uint32_t' });
export const ioctl = koffi.load('ws2_32.dll').func('__stdcall', 'WSAIoctl', 'int', [
	'uintptr_t', 'uint32_t', 'void *', 'uint32_t', 'void *', 'uint32_t', 'void *', koffi.pointer(OVERLAPPED), 'void *',
	//                                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^ ffi-declaration
]);`,
	],
	checkBinding(binding, context) {
		const roles = parameterRoles(context.api);
		if (binding.parameters.length !== roles.length) return [wrongCount(binding, roles)];
		const pairs = pairsOf(binding, roles);
		const wrong = pairs.flatMap((pair) => typeFact(pair, binding, context));
		const exchanged = wrong.filter(isExchange);
		if (exchanged.length < 2 || !isPermutation(binding.parameters, roles)) return wrong;
		return [wrongOrder(binding, pairs), ...wrong.filter((w) => !isExchange(w))];
	},
	message(fact, context) {
		switch (fact.kind) {
			case 'count':
				return countMessage(fact.binding, fact.missing, context);
			case 'order':
				return orderMessage(fact.wrong, context);
			case 'type': {
				const { binding, pair, flaw } = fact;
				if (flaw.kind === 'short-structure') return structureMessage(pair, flaw, context);
				const advice = isWritten(binding)
					? l10n.t('Declare it as `{0}`.', right(binding, pair, context))
					: anyLibrary(pair.role);
				return `${typeMessage(pair, flaw, binding, context)} ${advice}`;
			}
		}
	},
	fix(fact, context) {
		const { binding } = fact;
		if (!isWritten(binding)) return undefined;
		switch (fact.kind) {
			case 'count':
				return countFix(binding, fact.missing, context);
			case 'order':
				return {
					title: l10n.t('Declare the parameters in the order of {0}', context.api.id),
					edits: fact.wrong.map((pair) => ({
						start: pair.declared.start,
						end: pair.declared.end,
						newText: rightAnew(binding, pair, context),
					})),
				};
			case 'type': {
				const { pair, flaw } = fact;
				// The structure is declared elsewhere.
				if (flaw.kind === 'short-structure') return undefined;
				const newText = right(binding, pair, context);
				return {
					title: l10n.t('Declare {0} as {1}', parameterName(context, pair.position), newText),
					edits: [{ start: pair.declared.start, end: pair.declared.end, newText }],
				};
			}
		}
	},
} satisfies Rule<Misdeclared>;

type Count = Misdeclared & { readonly kind: 'count' };
type Order = Misdeclared & { readonly kind: 'order' };
type OfType = Misdeclared & { readonly kind: 'type' };

function pairsOf({ parameters }: IoctlBinding, roles: readonly ParameterRole[]): readonly Pair[] {
	return roles.flatMap((role, position) => {
		const declared = parameters[position];
		return declared ? [{ position, role, declared }] : [];
	});
}

/** A declaration in whose text the right one can be put. */
type Written = IoctlBinding & { readonly write: TypeNames };
const isWritten = (binding: IoctlBinding): binding is Written => binding.write !== undefined;

/** The address of a buffer is needed, and never null by habit. */
function isBuffer(position: number, { api }: RuleContext): boolean {
	const { input, output, bytesReturned } = api.roles;
	return position === input || position === output || position === bytesReturned;
}

type Place = Pick<Pair, 'position' | 'role'>;

/** A parameter as it should be written, under the name that it has there. */
function right(binding: Written, place: Place, context: RuleContext): string {
	const name = binding.parameters[place.position]?.name ?? parameterName(context, place.position);
	return rightAs(name, binding, place, context);
}

/** The same under the name of the prototype, as names go with their types. */
const rightAnew = (binding: Written, place: Place, context: RuleContext): string =>
	rightAs(parameterName(context, place.position), binding, place, context);

function rightAs(name: string, binding: Written, { position, role }: Place, context: RuleContext): string {
	const type = binding.write[isBuffer(position, context) ? 'buffer' : role];
	if (!binding.prototype) return type;
	const full = position === context.api.roles.bytesReturned ? '_Out_ uint32_t *' : type;
	return full.endsWith('*') ? full + name : `${full} ${name}`;
}

/** Could be what the role asks for, as far as numbers and addresses are told apart. */
function fits({ type }: BoundParameter, role: ParameterRole | undefined): boolean {
	if (type.kind === 'unknown') return true;
	if (role === 'socket') return type.kind === 'integer' || type.kind === 'pointer';
	return type.kind === (role === 'dword' ? 'integer' : 'pointer');
}

/** The same by width: a number of 8 bytes is meant to be a socket, one of 4 bytes a `DWORD`. */
function fitsExactly(p: BoundParameter, role: ParameterRole | undefined): boolean {
	if (p.type.kind === 'integer' && role !== 'pointer') return p.type.bytes.x64 === (role === 'socket' ? 8 : 4);
	return fits(p, role);
}

const isPermutation = (parameters: readonly BoundParameter[], roles: readonly ParameterRole[]): boolean => {
	const pointers = roles.filter((r) => r === 'pointer').length;
	const declared = parameters.slice(roles[0] === 'pointer' ? 0 : 1).filter((p) => p.type.kind === 'pointer').length;
	return parameters.every((p) => p.type.kind === 'integer' || p.type.kind === 'pointer') && declared === pointers;
};

function wrongCount(binding: IoctlBinding, roles: readonly ParameterRole[]): Count {
	const { parameters, list } = binding;
	const isOneShort = parameters.length === roles.length - 1;
	const without = (matches: typeof fits) =>
		roles.flatMap((_, at) => {
			const rest = roles.filter((_, i) => i !== at);
			return isOneShort && parameters.every((p, i) => matches(p, rest[i])) ? [at] : [];
		});
	const exact = without(fitsExactly);
	return {
		kind: 'count',
		span: list.start < list.end ? list : binding,
		binding,
		missing: exact.length > 0 ? exact : without(fits),
	};
}

function countMessage({ parameters }: IoctlBinding, missing: readonly number[], context: RuleContext): string {
	const { id, parameters: wanted } = context.api;
	const names = missing.map((position) => `\`${parameterName(context, position)}\``);
	const list = [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean);
	const which = when(names.length > 0, l10n.t(': {0} is missing', oneOf(list)));
	const given = parameters.length;
	const what =
		given === 1
			? l10n.t('`{0}` has {1} parameters, but 1 is declared{2}.', id, wanted.length, which)
			: l10n.t('`{0}` has {1} parameters, but {2} are declared{3}.', id, wanted.length, given, which);
	const consequence =
		given < wanted.length
			? l10n.t('The function takes what lies on the stack or in a register for the rest.')
			: l10n.t('The arguments behind the first wrong one arrive in other places.');
	return `${what} ${consequence} ${l10n.t('Declare all {0}.', wanted.length)}`;
}

function countFix(binding: Written, [missing]: readonly number[], context: RuleContext): Fix {
	const { id, parameters } = context.api;
	const isAlone = missing !== undefined && areOthersRight(binding, missing, context);
	const edit = isAlone ? insertion(binding, missing, context) : replaceAll(binding, context);
	return { title: l10n.t('Declare {0} with {1} parameters', id, parameters.length), edits: [edit] };
}

/** Nothing but that parameter is wrong. */
function areOthersRight({ parameters }: Written, missing: number, { api }: RuleContext): boolean {
	const roles = parameterRoles(api).filter((_, position) => position !== missing);
	return parameters.length > 0 && parameters.every((p, i) => fitsExactly(p, roles[i]));
}

function replaceAll(binding: Written, context: RuleContext): Edit {
	const newText = parameterRoles(context.api)
		.map((role, position) => rightAnew(binding, { role, position }, context))
		.join(', ');
	return { start: binding.list.start, end: binding.list.end, newText };
}

/** The one parameter that is missing, between those that are right. */
function insertion(binding: Written, position: number, context: RuleContext): Edit {
	const role = parameterRoles(context.api)[position] ?? 'pointer';
	const text = rightAnew(binding, { role, position }, context);
	const next = binding.parameters[position];
	if (next) return { start: next.start, end: next.start, newText: `${text}, ` };
	const end = binding.parameters.at(-1)?.end ?? binding.list.end;
	return { start: end, end, newText: `, ${text}` };
}

function wrongOrder(binding: IoctlBinding, pairs: readonly Pair[]): Order {
	const wrong = pairs.filter(({ declared, role }) => !fits(declared, role));
	const start = wrong.at(0)?.declared.start ?? binding.start;
	const end = wrong.at(-1)?.declared.end ?? binding.end;
	return { kind: 'order', span: { start, end }, binding, wrong };
}

function orderMessage(wrong: readonly Pair[], context: RuleContext): string {
	const list = wrong.map(({ position, role }) => {
		const name = parameterName(context, position);
		return role === 'dword' ? l10n.t('`{0}` (a number)', name) : l10n.t('`{0}` (an address)', name);
	});
	return [
		l10n.t(
			'`{0}` takes {1} in this order; the declaration exchanges numbers and addresses.',
			context.api.id,
			allOf(list),
		),
		l10n.t('The function reads each as the other. Declare them in the order of the prototype.'),
	].join(' ');
}

/** What to declare, where the type's spelling has no place. */
function anyLibrary(role: ParameterRole): string {
	switch (role) {
		case 'socket':
			return l10n.t('Declare it as wide as an address.');
		case 'dword':
			return l10n.t('Declare it with 4 bytes.');
		case 'pointer':
			return l10n.t('Declare it as a pointer.');
	}
}

/** Libraries that pass a number where an address is declared. */
const TAKES_NUMBERS = new Set(['koffi', 'bun:ffi']);
/** Runtimes that exist for 64-bit Windows alone. */
const WIDE_ONLY = new Set(['Deno', 'bun:ffi', 'node:ffi']);

/** A number is declared as an address or the other way round. */
const isExchange = ({ pair, flaw }: OfType): boolean =>
	flaw.kind === 'address' || (flaw.kind === 'cut-off' && pair.role === 'pointer');

const isNarrowOnly = ({ library }: IoctlBinding, { targets }: RuleContext): boolean =>
	targets.every((t) => t === 'x86') && !WIDE_ONLY.has(library);

function typeFact(pair: Pair, binding: IoctlBinding, context: RuleContext): readonly OfType[] {
	const found = flawOf(pair, binding, context);
	if (!found) return [];
	const [severity, flaw] = found;
	return [{ kind: 'type', span: pair.declared, severity, binding, pair, flaw }];
}

function flawOf(pair: Pair, binding: IoctlBinding, context: RuleContext): readonly [Severity, Flaw] | undefined {
	const { type } = pair.declared;
	if (type.kind === 'unknown') return undefined;
	if (type.kind === 'other') return ['error', { kind: 'foreign' }];
	if (type.kind === 'integer')
		return pair.role === 'dword'
			? flawOfDword(type.bytes.x86, type.bytes.x64, binding, context)
			: flawOfAddress(pair, type.bytes.x86, type.bytes.x64, binding, context);
	if (pair.role !== 'dword') return flawOfStructure(pair, type.to, binding, context);
	return [TAKES_NUMBERS.has(binding.library) ? 'warning' : 'error', { kind: 'address' }];
}

/** The library makes the object behind the address as large as it is declared. */
function flawOfStructure(
	{ position }: Pair,
	to: CType | undefined,
	{ library }: IoctlBinding,
	context: RuleContext,
): readonly [Severity, Flaw] | undefined {
	if (position !== context.api.roles.overlapped || to?.kind !== 'record') return undefined;
	const declared = sizeOf(to, () => undefined);
	const needed = overlappedSize(context);
	if (!declared || !needed) return undefined;
	const targets = context.targets.filter((t) => declared[t] < needed[t] && !(t === 'x86' && WIDE_ONLY.has(library)));
	if (targets.length === 0) return undefined;
	const where = onTargets(targets, context);
	return [
		'error',
		{ kind: 'short-structure', bytes: bytesOn(declared, targets), needed: bytesOn(needed, targets), where },
	];
}

/** `narrow`, `wide`: bytes as declared, on 32-bit and 64-bit Windows. */
function flawOfDword(
	narrow: number,
	wide: number,
	binding: IoctlBinding,
	context: RuleContext,
): readonly [Severity, Flaw] | undefined {
	const narrowOnly = isNarrowOnly(binding, context);
	const size = narrowOnly ? narrow : wide;
	if (size < 4) return ['error', { kind: 'cut-off', bytes: size }];
	if (narrow > 4 && context.targets.includes('x86') && !WIDE_ONLY.has(binding.library))
		return [narrowOnly ? 'error' : 'warning', { kind: 'moves-others', bytes: narrow }];
	return size > 4 ? ['info', { kind: 'half-read', bytes: size }] : undefined;
}

function flawOfAddress(
	{ position, role }: Pair,
	narrow: number,
	wide: number,
	binding: IoctlBinding,
	context: RuleContext,
): readonly [Severity, Flaw] | undefined {
	const narrowOnly = isNarrowOnly(binding, context);
	const size = narrowOnly ? narrow : wide;
	if (size < (narrowOnly ? 4 : 8)) {
		const certain = role === 'socket' ? size < 4 : isBuffer(position, context);
		return [certain ? 'error' : 'warning', { kind: 'cut-off', bytes: size }];
	}
	return narrowOnly && narrow > 4 ? ['error', { kind: 'moves-others', bytes: narrow }] : undefined;
}

/** What a parameter is, what it is declared as, and what follows from that. */
function typeMessage(
	{ position, role, declared }: Pair,
	flaw: Exclude<Flaw, ShortStructure>,
	binding: IoctlBinding,
	context: RuleContext,
): string {
	const name = parameterName(context, position);
	const { text } = declared;
	const { library } = binding;
	switch (flaw.kind) {
		case 'foreign':
			return role === 'pointer'
				? l10n.t('`{0}` is an address, but is declared as `{1}`.', name, text)
				: l10n.t('`{0}` is an integer, but is declared as `{1}`.', name, text);
		case 'address':
			return TAKES_NUMBERS.has(library)
				? l10n.t(
						'`{0}` is a `DWORD`, but is declared as `{1}`. It goes well only while {2} takes numbers for addresses.',
						name,
						text,
						library,
					)
				: l10n.t('`{0}` is a `DWORD`, but is declared as `{1}`: {2} refuses a number there.', name, text, library);
		case 'cut-off':
			return cutOffMessage(name, role, bytes(flaw.bytes), isNarrowOnly(binding, context), context);
		case 'half-read':
			return l10n.t(
				'`{0}` is a `DWORD` (4 bytes), but is declared with {1}. Only the lower half is read.',
				name,
				bytes(flaw.bytes),
			);
		case 'moves-others':
			return movedMessage(name, role, bytes(flaw.bytes));
	}
}

function movedMessage(name: string, role: ParameterRole, declared: string): string {
	return role === 'dword'
		? l10n.t(
				'`{0}` is a `DWORD` (4 bytes), but is declared with {1}: every argument behind it moves on 32-bit Windows.',
				name,
				declared,
			)
		: l10n.t(
				'`{0}` has 4 bytes on 32-bit Windows, but is declared with {1}: every argument behind it moves.',
				name,
				declared,
			);
}

function structureMessage({ position, declared }: Pair, flaw: ShortStructure, context: RuleContext): string {
	return [
		l10n.t(
			'`{0}` points to a `WSAOVERLAPPED` ({1}{2}), but the structure of `{3}` has {4}.',
			parameterName(context, position),
			flaw.needed,
			flaw.where,
			declared.text,
			flaw.bytes,
		),
		l10n.t('The system writes past its end, also after the call has returned.'),
		l10n.t('Declare two members as wide as an address, two `DWORD`s and a `HANDLE`.'),
	].join(' ');
}

function cutOffMessage(
	name: string,
	role: ParameterRole,
	declared: string,
	narrowOnly: boolean,
	context: RuleContext,
): string {
	if (role === 'dword')
		return l10n.t(
			'`{0}` is a `DWORD` (4 bytes), but is declared with {1}: larger numbers are cut off.',
			name,
			declared,
		);
	const isBoth = !narrowOnly && context.targets.includes('x86');
	const full = `${bytes(narrowOnly ? 4 : 8)}${when(isBoth, l10n.t(' on 64-bit Windows'))}`;
	return role === 'socket'
		? l10n.t(
				'`{0}` is a `SOCKET` ({1}), but is declared with {2}: it is cut off, and `INVALID_SOCKET` is not recognised.',
				name,
				full,
				declared,
			)
		: l10n.t(
				'`{0}` is an address ({1}), but is declared as a number of {2}: no address fits, or it is refused.',
				name,
				full,
				declared,
			);
}
