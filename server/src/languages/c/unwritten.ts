/**
 * What of a local object nothing has written before a use. Every place that names the variable up to there must be one
 * that is known to write a member, or to write nothing at all; with the first other one nothing is said.
 */

import { field, named, within } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import { lastBefore } from '../../syntax/search.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import type { CType } from '../../types/ctype.ts';
import { resolveType } from '../../types/layout.ts';
import { lookupFrom, typeOf } from './evaluate/types.ts';
import { type Expr, withoutCasts } from './expression.ts';
import type { CFile } from './file.ts';
import type { Scope } from './model.ts';
import {
	enclosingFunction,
	findDescendant,
	HIGHEST,
	insideSizeof,
	isOnlyTested,
	jumpsBack,
	membersOf,
	parenthesizedName,
	remembered,
	repeated,
	runsBefore,
	wordIn,
} from './nodes.ts';
import { ADDRESS_OF } from './read.ts';
import { startingIn, type Uses, usesOf } from './uses.ts';

/** More uses of one variable in a block than this are not followed. */
const MOST_USES = 100;
/** Elements of an array that are told one by one. */
const MOST_ELEMENTS = 16;
/** Structures nested deeper are not looked into. */
const DEEPEST_TYPE = 4;

/**
 * The parts of the object behind an address that surely hold nothing: `''` for all of it, else the paths of its members.
 * Empty where everything may have been written.
 */
export function unwrittenParts(e: Expr, scope: Scope): readonly string[] {
	const inner = withoutCasts(e);
	const pointer = inner.kind === 'name' ? scope.variable(inner.name) : undefined;
	const pointerType = pointer?.writtenThrough && typeOf(inner, scope);
	if (pointer && pointerType?.kind === 'pointer') {
		const type = resolveType(pointerType.to, lookupFrom(scope));
		return partsWithout(pointer.writtenThrough?.(), type, { name: pointer.name, path: '' }, scope);
	}
	const place = placeOf(addressed(e, scope));
	const variable = place && scope.variable(place.name);
	return variable ? partsWithout(variable.written?.(), typeAt(variable.type, place.path, scope), place, scope) : [];
}

/** What of a place of some type is not among what was written. */
function partsWithout(
	written: readonly string[] | undefined,
	type: CType | undefined,
	place: Place,
	scope: Scope,
): readonly string[] {
	if (!written || written.some((path) => isAtOrBelow(place.path, path))) return [];
	if (!type || !isPlain(type, scope)) return [];
	const below = written.filter((path) => isAtOrBelow(path, place.path)).map((path) => relative(path, place.path));
	return below.length === 0 ? [''] : membersWithout(below, type, scope, '', 0);
}

/** The object that an argument is the address of: that of `&x`, or an array. */
function addressed(e: Expr, scope: Scope): Expr | undefined {
	const inner = withoutCasts(e);
	if (inner.kind === 'unary' && inner.op === '&') return withoutCasts(inner.operand);
	const place = placeOf(inner);
	const variable = place && scope.variable(place.name);
	const type = variable && typeAt(variable.type, place.path, scope);
	return type?.kind === 'array' ? inner : undefined;
}

interface Place {
	/** The variable. */
	readonly name: string;
	/** Of the part of it, as `a.b`. */
	readonly path: string;
}

function placeOf(e: Expr | undefined): Place | undefined {
	if (e?.kind === 'name') return { name: e.name, path: '' };
	if (e?.kind !== 'member' || e.arrow) return undefined;
	const whole = placeOf(withoutCasts(e.object));
	return whole && { name: whole.name, path: joined(whole.path, e.name) };
}

const joined = (path: string, name: string): string =>
	path === '' || name.startsWith('[') ? path + name : `${path}.${name}`;

const isAtOrBelow = (path: string, above: string): boolean =>
	above === '' || path === above || (path.startsWith(above) && /^[.[]/.test(path.slice(above.length)));

const relative = (path: string, above: string): string => path.slice(above.length).replace(/^\./, '');

function typeAt(type: CType, path: string, scope: Scope): CType | undefined {
	let at = resolveType(type, lookupFrom(scope));
	for (const name of path === '' ? [] : path.split('.')) {
		const member = at?.kind === 'record' && !at.union ? at.fields.find((f) => f.name === name) : undefined;
		at = member && resolveType(member.type, lookupFrom(scope));
	}
	return at;
}

/** No constructor has filled in a value of the type. */
function isPlain(type: CType, scope: Scope): boolean {
	switch (type.kind) {
		case 'scalar':
		case 'enum':
		case 'pointer':
			return true;
		case 'array': {
			const of = resolveType(type.of, lookupFrom(scope));
			return of !== undefined && isPlain(of, scope);
		}
		case 'record':
			return scope.isPlainRecord(type.name);
		default:
			return false;
	}
}

/** Members of which nothing was written, by path. What a union or a nameless structure holds is left out. */
function membersWithout(
	written: readonly string[],
	type: CType,
	scope: Scope,
	path: string,
	depth: number,
): readonly string[] {
	if (depth > DEEPEST_TYPE) return [];
	if (type.kind === 'array') {
		const elements = Array.from({ length: Math.min(type.length ?? 0, MOST_ELEMENTS) }, (_, i) => `${path}[${i}]`);
		return elements.filter((at) => !written.some((other) => isAtOrBelow(other, at) || isAtOrBelow(at, other)));
	}
	if (type.kind !== 'record' || type.union) return [];
	return type.fields.flatMap((member): readonly string[] => {
		if (member.name === '' || member.bits !== undefined) return [];
		const at = joined(path, member.name);
		if (written.includes(at)) return [];
		if (!written.some((other) => isAtOrBelow(other, at))) return [at];
		const inner = resolveType(member.type, lookupFrom(scope));
		return inner ? membersWithout(written, inner, scope, at, depth + 1) : [];
	});
}

// ---- the places that name it ----

/**
 * Paths of the members of a local variable that something may have written before a use, `''` for the whole. Undefined
 * where it may have been written in a way that is not followed.
 * @param use the call that is given its address; only the address itself may stand there.
 */
export function writtenBefore(file: CFile, name: string, declaration: Node, use: Node): readonly string[] | undefined {
	const owner = enclosingFunction(use);
	const block = scopeOf(declaration, use);
	const body = owner && field(owner, 'body');
	if (!owner || !body || !block || !within(use, block)) return undefined;
	if (enclosingFunction(declaration)?.id !== owner.id) return undefined;
	if (remembered(body, 'assembler', () => /\b(?:__asm__|_{0,2}asm)\b/.test(body.text))) return undefined;
	// What stands behind the use has run when a loop or a jump comes back to it.
	const again = jumpsBack(owner, use) ? block : repeated(use, block);
	const range = { start: declaration.startIndex, end: Math.max(use.endIndex, again?.endIndex ?? 0) };
	if (hasErrorIn(block, range)) return undefined;
	const asked: Asked = { file, name, declaration, use, owner };
	return pathsOf(effectsIn(block, range, asked, effectAt));
}

/** What the uses of a variable between two points do, in order; undefined where one of them is not followed. */
function effectsIn<E>(
	block: Node,
	range: Span,
	asked: Asked,
	effectOf: (node: Node, asked: Asked) => E | 'lost',
): readonly { readonly at: number; readonly effect: E }[] | undefined {
	const { file, name, owner } = asked;
	const uses = usesOf(file, owner, name);
	const from = lastBefore(uses.words, (at) => at, range.start) + 1;
	const words = uses.words.slice(from, from + MOST_USES + 1).filter((at) => at < range.end);
	if (words.length > MOST_USES || isWrittenUnseen(uses, range)) return undefined;
	const effects: { readonly at: number; readonly effect: E }[] = [];
	for (const at of words) {
		const node = block.descendantForIndex(at, at + name.length);
		const effect = node ? effectOf(node, asked) : 'lost';
		if (effect === 'lost') return undefined;
		effects.push({ at, effect });
	}
	return effects;
}

/** The places that are written, each once. */
function pathsOf(effects: readonly { readonly effect: Exclude<Effect, 'lost'> | 'made' }[] | undefined) {
	return effects && [...new Set(effects.flatMap(({ effect }) => (typeof effect === 'string' ? [] : effect.path)))];
}

/**
 * The block that a declaration of its list is good for, or of a `case` in it, or of the branch of an `#if` that a use stands
 * in too: elsewhere another branch may declare what is used.
 */
function scopeOf(declaration: Node, use: Node): Node | undefined {
	let outer = parentOf(declaration);
	for (let levels = 0; outer && isPartOfList(outer) && levels < HIGHEST; levels++) {
		const other = field(outer, 'alternative');
		const isBranch = outer.type !== 'case_statement';
		const isElsewhere = other && within(use, other) && !within(declaration, other);
		if (isBranch && (!within(use, outer) || isElsewhere)) return undefined;
		outer = parentOf(outer);
	}
	return outer?.type === 'compound_statement' ? outer : undefined;
}

const isPartOfList = ({ type }: Node): boolean => type === 'case_statement' || type.startsWith('preproc_');

/** Functions that give memory as they find it. */
const ALLOCATES = /^(?:(?:std::)?malloc|_?alloca|_malloca|CoTaskMemAlloc|HeapAlloc)$/;

/**
 * Paths of the members that something may have written in memory that a local pointer leads to and that nobody has
 * cleared; undefined where that is not certain.
 * @param use the call that is given the pointer.
 */
export function writtenThrough(file: CFile, name: string, declaration: Node, use: Node): readonly string[] | undefined {
	const owner = enclosingFunction(use);
	const block = parentOf(declaration);
	if (!owner || block?.type !== 'compound_statement' || !within(use, block) || block.hasError) return undefined;
	if (enclosingFunction(declaration)?.id !== owner.id) return undefined;
	const again = jumpsBack(owner, use) ? block : repeated(use, block);
	const range = { start: declaration.startIndex, end: Math.max(use.endIndex, again?.endIndex ?? 0) };
	const effects = effectsIn(block, range, { file, name, declaration, use, owner }, effectThrough);
	const [made, ...others] = effects?.filter(({ effect }) => effect === 'made') ?? [];
	return made && others.length === 0 && made.at <= use.startIndex ? pathsOf(effects) : undefined;
}

/** `made`: the pointer leads to new memory from there on. */
function effectThrough(node: Node, asked: Asked): Effect | 'made' {
	if (node.type === 'comment' || /^(?:string|char)/.test(node.type)) return 'none';
	if (/^(?:field|statement)_identifier$/.test(node.type) || insideSizeof(node)) return 'none';
	if (node.type !== 'identifier' || enclosingFunction(node)?.id !== asked.owner.id) return 'lost';
	const declarator = declaratorOf(node);
	if (declarator?.type === 'init_declarator') return setTo(field(declarator, 'value'), declarator, asked);
	if (declarator) return within(node, asked.declaration) ? 'none' : 'lost';
	const outer = parentOf(node);
	switch (outer?.type) {
		case 'assignment_expression':
			return field(outer, 'left')?.id === node.id && field(outer, 'operator')?.text === '='
				? setTo(field(outer, 'right'), outer, asked)
				: 'lost';
		case 'field_expression':
			return field(outer, 'operator')?.text === '->' ? memberEffect(outer) : 'lost';
		case 'argument_list': {
			const callee = field(parentOf(outer) ?? outer, 'function')?.text ?? '';
			return noneIf(isGivenTo(asked.use, node) || /^(?:(?:std::)?free|CoTaskMemFree)$/.test(callee));
		}
		case 'cast_expression':
			return noneIf(isGivenTo(asked.use, node));
		case 'binary_expression':
			return noneIf(isOnlyCompared(outer));
		case 'unary_expression':
			return noneIf(field(outer, 'operator')?.text === '!');
		case 'parenthesized_expression':
		case 'condition_clause':
		case 'delete_expression':
			return 'none';
		default:
			return 'lost';
	}
}

/** `p->a.b = …`; what is only compared writes nothing. */
function memberEffect(member: Node): Effect {
	const { top, path } = outermostPart(member);
	const first = field(member, 'field')?.text;
	const outer = parentOf(top);
	if (outer?.type === 'binary_expression') return noneIf(isOnlyCompared(outer));
	if (outer?.type !== 'assignment_expression' || field(outer, 'left')?.id !== top.id) return 'lost';
	if (first === undefined || path === undefined) return 'lost';
	return { path: joined(first, upTo(path)).replace(/\.$/, '') };
}

/** What a pointer is set to: new memory, nothing, or anything. */
function setTo(value: Node | null, at: Node, { file, use }: Asked): Effect | 'made' {
	const inner = value && withoutCastsAround(value);
	if (!inner) return 'lost';
	if (/^(?:NULL|nullptr|0)$/.test(inner.text))
		return noneIf(at.type === 'init_declarator' || at.startIndex > use.endIndex);
	if (!runsBefore(at, use)) return 'lost';
	if (inner.type === 'new_expression') return field(inner, 'arguments') || field(inner, 'declarator') ? 'lost' : 'made';
	const callee = inner.type === 'call_expression' ? field(inner, 'function')?.text : undefined;
	const isCleared = /\bHEAP_ZERO_MEMORY\b|\bHeapAlloc\b(?!\s{0,20}\([^,]{0,200},\s{0,20}0\s{0,20},)/.test(inner.text);
	return callee !== undefined && ALLOCATES.test(callee) && !isCleared && !file.macro(callee) ? 'made' : 'lost';
}

function withoutCastsAround(value: Node): Node {
	let inner = value;
	for (let levels = 0; levels < HIGHEST; levels++) {
		const list = inner.type === 'call_expression' ? field(inner, 'arguments') : null;
		const only = list ? named(list)[0] : undefined;
		if (inner.type === 'cast_expression') inner = field(inner, 'value') ?? inner;
		else if (inner.type === 'parenthesized_expression') inner = named(inner)[0] ?? inner;
		else if (list && only && isNamedCast(list, only)) inner = only;
		else break;
	}
	return inner;
}

/** The declaration that a name is declared in, or its part with a value. */
function declaratorOf(node: Node): Node | undefined {
	let inner = node;
	let outer = parentOf(node);
	while (outer?.type === 'pointer_declarator') {
		inner = outer;
		outer = parentOf(outer);
	}
	if (outer?.type === 'init_declarator') return field(outer, 'declarator')?.id === inner.id ? outer : undefined;
	return outer?.type === 'declaration' ? outer : undefined;
}

/** Something between a declaration and what is asked of it could not be read; elsewhere in the block it does not matter. */
function hasErrorIn(block: Node, { start, end }: Span): boolean {
	if (!block.hasError) return false;
	return membersOf(block).some((one) => one.endIndex > start && one.startIndex < end && one.hasError);
}

/** A macro writes it by its name, or a lambda may: no place that is looked at tells of that. */
function isWrittenUnseen({ words, writers }: Uses, { start, end }: Span): boolean {
	for (let i = lastBefore(writers, (writer) => writer.start, start) + 1; i < writers.length; i++) {
		const writer = writers[i] as Span;
		if (writer.start >= end) return false;
		if (!wordAt(words, writer)) return true;
	}
	return false;
}

const wordAt = (words: readonly number[], { start, end }: Span): boolean => {
	const at = words[lastBefore(words, (place) => place, start) + 1];
	return at !== undefined && at < end;
};

interface Asked {
	readonly file: CFile;
	readonly name: string;
	readonly declaration: Node;
	readonly use: Node;
	readonly owner: Node;
}

/** `lost`: anything may have been written, by anybody. */
type Effect = 'none' | 'lost' | { readonly path: string };

function effectAt(node: Node, asked: Asked): Effect {
	if (node.type === 'comment' || /^(?:string|char)/.test(node.type)) return 'none';
	// A member, a label or a structure of that name is another thing.
	if (/^(?:field|statement)_identifier$/.test(node.type)) return 'none';
	if (insideSizeof(node)) return 'none';
	if (node.type !== 'identifier' || enclosingFunction(node)?.id !== asked.owner.id) return 'lost';
	if (isDeclaredAt(node)) return within(node, asked.declaration) ? 'none' : 'lost';
	return identifierEffect(node, asked);
}

/** The name in a declaration, which no initialiser stands beside. */
function isDeclaredAt(node: Node): boolean {
	let outer = parentOf(node);
	for (let levels = 0; outer && /^(?:array|pointer)_declarator$/.test(outer.type) && levels < HIGHEST; levels++)
		outer = parentOf(outer);
	return outer?.type === 'declaration';
}

function identifierEffect(node: Node, { file, name, use }: Asked): Effect {
	const { top, path } = outermostPart(node);
	const outer = parentOf(top);
	switch (outer?.type) {
		case 'assignment_expression':
			if (field(outer, 'left')?.id !== top.id) return 'lost';
			return path === undefined ? 'lost' : assigned(outer, path, name);
		case 'update_expression':
			return path === '' ? 'none' : partly(path);
		case 'pointer_expression':
			return noneIf(field(outer, 'operator')?.text === '&' && isGivenTo(use, outer));
		case 'argument_list':
			return noneIf(isGivenTo(use, top));
		case 'binary_expression':
			if (isAddressOf(outer, top)) return 'lost';
			return noneIf(isOnlyCompared(outer) || (isMasked(outer) && (!file.cpp || field(outer, 'left')?.id === top.id)));
		case 'unary_expression':
			return noneIf(field(outer, 'operator')?.text === '!');
		case 'conditional_expression':
			return noneIf(field(outer, 'condition')?.id === top.id);
		case 'if_statement':
		case 'while_statement':
		case 'do_statement':
		case 'condition_clause':
		case 'expression_statement':
		case 'return_statement':
			return 'none';
		default:
			return 'lost';
	}
}

const noneIf = (holds: boolean): Effect => (holds ? 'none' : 'lost');

const partly = (path: string | undefined): Effect => (path === undefined ? 'lost' : { path: upTo(path) });

/** `x.a.b` around an `x`, without parentheses and casts; the path is undefined where an index is on the way. */
function outermostPart(node: Node): { readonly top: Node; readonly path: string | undefined } {
	let top = node;
	let path: string | undefined = '';
	for (let outer = parentOf(top), levels = 0; outer && levels < HIGHEST; outer = parentOf(top), levels++) {
		if (outer.type === 'field_expression' && field(outer, 'argument')?.id === top.id) {
			const isMember = field(outer, 'operator')?.text === '.';
			const name = field(outer, 'field')?.text;
			path = isMember && name !== undefined && path !== undefined ? joined(path, name) : undefined;
		} else if (outer.type === 'subscript_expression' && field(outer, 'argument')?.id === top.id) {
			// An element that is not known stands for its array.
			const index = /^\d{1,3}$/.exec(elementOf(outer))?.[0] ?? '';
			path = path === undefined ? undefined : `${path}[${index}]`;
		} else if (outer.type !== 'parenthesized_expression' && !isCastOf(outer, top)) break;
		top = outer;
	}
	return { top, path };
}

/** What stands in the brackets. */
function elementOf(subscript: Node): string {
	const index = field(subscript, 'index') ?? field(subscript, 'indices');
	const { text = '' } = index ?? {};
	return (text.startsWith('[') ? text.slice(1, -1) : text).trim();
}

const isCastOf = (outer: Node, inner: Node): boolean =>
	outer.type === 'cast_expression' && field(outer, 'value')?.id === inner.id;

/** A path as far as it is known: what is written behind an index that is not may be any of them. */
const upTo = (path: string): string => path.split('[]', 1)[0] ?? '';

/** What an assignment writes. One that computes the new value from what is not there yet gives none. */
function assigned(assignment: Node, path: string, name: string): Effect {
	if (path !== '') return { path: upTo(path) };
	const operator = field(assignment, 'operator')?.text;
	const right = field(assignment, 'right');
	if (operator !== '=') return 'none';
	return right && readsName(right, name) ? 'none' : 'lost';
}

/** Does an expression read the variable itself? */
const readsName = (value: Node, name: string): boolean =>
	wordIn(value.text, name) &&
	[value, ...value.descendantsOfType('identifier')].some(
		(n) => n?.type === 'identifier' && n.text === name && !insideSizeof(n),
	) &&
	findDescendant(value, 'call_expression') === null;

/** An argument of the call itself, with casts around it. */
function isGivenTo(call: Node, argument: Node): boolean {
	let inner = argument;
	let outer = parentOf(inner);
	for (let levels = 0; outer && levels < HIGHEST; levels++) {
		const isCast = isCastOf(outer, inner) || outer.type === 'parenthesized_expression';
		if (!isCast && !isNamedCast(outer, inner)) break;
		inner = isCast ? outer : (outer.parent ?? outer);
		outer = parentOf(inner);
	}
	return outer?.type === 'argument_list' && parentOf(outer)?.id === call.id;
}

/** `reinterpret_cast<T>(…)` and `std::addressof(…)`, of whose arguments this is the only one. */
function isNamedCast(list: Node, argument: Node): boolean {
	const call = list.type === 'argument_list' ? parentOf(list) : null;
	return (
		call?.type === 'call_expression' &&
		named(list).length === 1 &&
		named(list)[0]?.id === argument.id &&
		isCastName(field(call, 'function')?.text ?? '')
	);
}

const isCastName = (callee: string): boolean =>
	/^(?:reinterpret|static|const)_cast\s*</.test(callee) || ADDRESS_OF.test(callee);

const isOnlyCompared = (binary: Node): boolean =>
	/^(?:[=!]=|[<>]=?|&&|\|\|)$/.test(field(binary, 'operator')?.text ?? '');

/** In C++ an archive may read into what stands on the right: `archive & x`. */
const isMasked = (binary: Node): boolean => /^[&|^]$/.test(field(binary, 'operator')?.text ?? '');

/** `(T) &x` parses as a bitwise and. */
function isAddressOf(binary: Node, operand: Node): boolean {
	const left = field(binary, 'left');
	return (
		field(binary, 'operator')?.text === '&' &&
		field(binary, 'right')?.id === operand.id &&
		left !== null &&
		parenthesizedName(left) !== undefined
	);
}

/** Is a parameter no more than tested before a call? Then what it points to is what the caller left there. */
export function isUntouched(file: CFile, name: string, owner: Node, use: Node): boolean {
	const body = field(owner, 'body');
	if (!body || repeated(use, owner)) return false;
	const { names, writers, partWriters } = usesOf(file, owner, name);
	const before = <T extends Span>(list: readonly T[]) => startingIn(list, body.startIndex, use.startIndex);
	for (const list of [writers, partWriters]) for (const _ of before(list)) return false;
	let tests = 0;
	for (const { node } of before(names)) if (++tests > MOST_USES || !isOnlyTested(node)) return false;
	return true;
}
