/** The values that a call's input holds, as far as the source shows them. */

import type { ByteOrder, InitialValue } from '../../calls/model.ts';
import { INADDR } from '../../catalog/names.ts';
import type { Span } from '../../syntax/span.ts';
import type { CType } from '../../types/ctype.ts';
import { resolveType } from '../../types/layout.ts';
import { entryOf } from '../../types/own.ts';
import { evaluateCode, evaluateInteger } from './evaluate/numbers.ts';
import { isAuto, lookupFrom, typeOf } from './evaluate/types.ts';
import { type Expr, withoutCasts } from './expression.ts';
import type { Definition, MemberValues, Scope, Variable } from './model.ts';

const DEEPEST = 8;
/** Structures nested deeper are not filled in. */
const DEEPEST_TYPE = 32;
/** Members that are looked at for one object. */
const MOST_STEPS = 2000;
/** A form with more values than this is no form. */
const MOST_VALUES = 200;

/**
 * Values of the object that a pointer argument points to; empty where none is in sight.
 * @param text the source that the argument's offsets are of; absent: it is not written in the call.
 */
export function initialValues(e: Expr, scope: Scope, text?: TextOf, depth = 0): readonly InitialValue[] {
	if (depth > DEEPEST) return [];
	const inner = withoutCasts(e);
	if (inner.kind === 'unary' && inner.op === '&') return ofObject(withoutCasts(inner.operand), scope, text);
	if (inner.kind === 'initializer') return ofObject(inner, scope, text);
	if (inner.kind !== 'name') return [];
	const variable = scope.variable(inner.name);
	const type = variable && typeOfVariable(variable, scope);
	if (!variable || !type) return [];
	if (type.kind === 'array') {
		const values = ofObject(inner, scope, text);
		// Of an array of structures the first is what a code reads.
		return resolveType(type.of, lookupFrom(scope))?.kind === 'record' ? below(values, '[0]') : values;
	}
	if (type.kind !== 'pointer') return [];
	const pointed = variable.pointee?.();
	if (pointed && (pointed.values.length > 0 || pointed.whole)) {
		const found = new Values(text);
		readMembers(found, pointed, type.to, scope);
		return [...new Map(found.list.map((v) => [v.path, v])).values()];
	}
	const definitions = variable.reaching();
	return definitions?.length === 1 ? initialValues(definitions[0]!.expr, definitions[0]!.scope, text, depth + 1) : [];
}

/** The source of an expression. */
type TextOf = (e: Span) => string;

function ofObject(e: Expr, scope: Scope, text: TextOf | undefined): readonly InitialValue[] {
	const root = rootOf(e);
	const isHere = root === undefined || scope.variable(root.name)?.automatic === true;
	const found = new Values(isHere ? text : undefined);
	if (e.kind === 'initializer') found.read(e, e.type, scope, '', 0);
	else if (root) {
		const variable = scope.variable(root.name);
		if (variable) readVariable(found, variable, scope);
	}
	const values = [...new Map(found.list.map((v) => [v.path, v])).values()];
	return root ? below(values, root.path) : values;
}

/** The variable that an lvalue is a part of, and the path of the part: that of `o.k`, of an array its first element. */
function rootOf(e: Expr): { readonly name: string; readonly path: string } | undefined {
	if (e.kind === 'name') return { name: e.name, path: '' };
	if (e.kind !== 'member' || e.arrow) return undefined;
	const whole = rootOf(withoutCasts(e.object));
	return whole && { name: whole.name, path: join(whole.path, e.name) };
}

/** The values of a part, by their paths in it. */
function below(values: readonly InitialValue[], part: string): readonly InitialValue[] {
	if (part === '') return values;
	return values.flatMap((value) => {
		if (value.path === part) return [{ ...value, path: '' }];
		const rest = value.path.startsWith(part) ? value.path.slice(part.length) : '';
		return /^[.[]/.test(rest) ? [{ ...value, path: rest.replace(/^\./, '') }] : [];
	});
}

/** Also that of `auto`. */
const typeOfVariable = ({ name, type }: Variable, scope: Scope): CType | undefined =>
	isAuto(type) ? typeOf({ start: 0, end: 0, kind: 'name', name }, scope) : resolveType(type, lookupFrom(scope));

function readVariable(found: Values, variable: Variable, scope: Scope): void {
	const type = typeOfVariable(variable, scope);
	const members = type?.kind === 'record' || type?.kind === 'array' ? variable.members?.() : undefined;
	if (!members) {
		const definitions = variable.reaching();
		if (definitions?.length === 1) found.definition(definitions[0]!, type, '');
		return;
	}
	if (type) readMembers(found, members, type, scope);
}

function readMembers(found: Values, members: MemberValues, type: CType, scope: Scope): void {
	const { whole } = members;
	if (whole && 'zero' in whole) found.zero(type, scope, '');
	else if (whole) found.definition(whole, type, '');
	// The last one comes first; what it says of a part has to stand.
	for (const { path, definition } of members.values.toReversed()) {
		found.forget(path);
		found.definition(definition, undefined, path);
	}
}

/** `[2]` of `[2].a`, `a` of `a.b`. */
const firstStep = (path: string): string => /^(?:\[\d+\]|[^.[]*)/.exec(path)?.[0] ?? '';

class Values {
	readonly #text: TextOf | undefined;
	#steps = 0;
	/** The first steps of all paths that were in the list. */
	readonly #steppedIn = new Set<string>();
	list: InitialValue[] = [];

	/** @param text the source of the function of the call, where the values are written in it. */
	constructor(text: TextOf | undefined) {
		this.#text = text;
	}

	#implied(path: string): void {
		if (this.list.length < MOST_VALUES) this.#add({ path, value: 0, implied: true });
	}

	#add(value: InitialValue): void {
		this.#steppedIn.add(firstStep(value.path));
		this.list.push(value);
	}

	#push(path: string, e: Expr, scope: Scope): void {
		if (this.list.length >= MOST_VALUES) return;
		const value = scalarOf(e, scope, 0);
		const byDefault = value === undefined && e.kind === 'name' ? scope.variable(e.name)?.byDefault?.() : undefined;
		const { order, swapped } = orderOf(e, scope, 0) ?? {};
		if (value === undefined && byDefault === undefined && order === undefined) return;
		const text = this.#text;
		this.#add({
			path,
			...(value === undefined ? {} : { value }),
			...(text ? { at: { start: e.start, end: e.end } } : {}),
			...(order === undefined ? {} : { order }),
			...(swapped && text ? { swapped: text(swapped) } : {}),
			...(byDefault === undefined ? {} : { byDefault }),
		});
	}

	/** A member is set anew: what it held before is gone, be the new value readable or not. */
	forget(path: string): void {
		if (!this.#steppedIn.has(firstStep(path))) return;
		const below = (at: string): boolean => at === path || (at.startsWith(path) && /^[.[]/.test(at.slice(path.length)));
		this.list = this.list.filter((v) => !below(v.path));
	}

	definition({ expr, scope }: Definition, type: CType | undefined, path: string): void {
		this.read(expr, type, scope, path, 0);
	}

	/** Everything that an initialiser leaves out is 0. */
	zero(type: CType | undefined, scope: Scope, path: string, depth = 0): void {
		// A structure may hold itself, or twice what holds twice what is in it.
		if (depth > DEEPEST_TYPE || ++this.#steps > MOST_STEPS) return;
		const at = type && resolveType(type, lookupFrom(scope));
		if (at?.kind === 'record' && !at.union) {
			for (const field of at.fields)
				if (field.name !== '') this.zero(field.type, scope, join(path, field.name), depth + 1);
		} else if (at?.kind === 'scalar' || at?.kind === 'enum') this.#implied(path);
	}

	read(expr: Expr, type: CType | undefined, scope: Scope, path: string, depth: number): void {
		const e = withoutCasts(expr);
		if (e.kind !== 'initializer') {
			this.#push(path, e, scope);
			return;
		}
		const at = type && resolveType(type, lookupFrom(scope));
		if (depth > DEEPEST || e.parenthesized) return;
		if (at?.kind === 'record') {
			let position = 0;
			const set = new Set<string>();
			const places = new Map<string, number>();
			for (const [i, { name }] of at.fields.entries()) if (!places.has(name)) places.set(name, i);
			for (const [i, element] of e.elements.entries()) {
				const name = e.names[i];
				const [first] = name?.split(/[.[]/) ?? [];
				const index = first === undefined ? position : (places.get(first) ?? -1);
				const member = at.fields[index];
				if (!member || member.name === '') return;
				const inner = resolveType(member.type, lookupFrom(scope));
				// Braces may be left out around a nested structure: what follows then belongs elsewhere.
				const flat = withoutCasts(element).kind !== 'initializer' && name === undefined;
				if (flat && (inner?.kind === 'record' || inner?.kind === 'array')) return;
				set.add(member.name);
				this.read(
					element,
					name?.includes('.') ? undefined : member.type,
					scope,
					join(path, name ?? member.name),
					depth + 1,
				);
				position = index + 1;
			}
			if (at.union) return;
			for (const field of at.fields) {
				if (field.name !== '' && !set.has(field.name)) this.zero(field.type, scope, join(path, field.name));
			}
			return;
		}
		if (at?.kind === 'array') {
			for (const [i, element] of e.elements.entries()) {
				if (e.names[i] !== undefined) return;
				this.read(element, at.of, scope, `${path}[${i}]`, depth + 1);
			}
			return;
		}
		// A scalar in braces, or a type that nobody knows.
		const [only] = e.elements;
		if (!only) this.#implied(path);
		else if (e.elements.length === 1) this.#push(path, withoutCasts(only), scope);
	}
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** A number, or the name that stands for one in the headers. */
function scalarOf(e: Expr, scope: Scope, depth: number): InitialValue['value'] | undefined {
	if (depth > DEEPEST) return undefined;
	const swapped = e.kind === 'call' && e.callee.kind === 'name' && e.args.length === 1 ? e : undefined;
	const swap = swapped && /^(?:::)?(?:WSA)?(hton|ntoh)([sl])$/.exec((swapped.callee as { name: string }).name)?.[2];
	if (swapped && swap) {
		const value = scalarOf(withoutCasts(swapped.args[0]!), scope, depth + 1);
		if (typeof value !== 'number') return undefined;
		return swap === 's' ? ((value & 0xff) << 8) | ((value >>> 8) & 0xff) : swapLong(value);
	}
	const number = evaluateInteger(e, scope) ?? single(evaluateCode(e, scope));
	if (number !== undefined) return number;
	if (e.kind === 'name' && !scope.variable(e.name) && !scope.constant(e.name)) {
		return entryOf(INADDR, e.name) ?? e.name.replace(/^.*::/, '');
	}
	if (e.kind === 'binary' && e.op === '|') {
		const sides = [e.left, e.right].map((side) => scalarOf(withoutCasts(side), scope, depth + 1));
		return sides.every((side) => side !== undefined) ? sides.join(' | ') : undefined;
	}
	return undefined;
}

const single = (values: readonly number[] | undefined): number | undefined =>
	values?.length === 1 ? values[0] : undefined;

const swapLong = (n: number): number =>
	(((n & 0xff) << 24) | ((n & 0xff00) << 8) | ((n >>> 8) & 0xff00) | ((n >>> 24) & 0xff)) >>> 0;

// ---- the order of bytes ----

/** Functions that exchange the bytes of a port, whichever way. */
const SWAPS = /^(?:::)?(?:htons|ntohs|_byteswap_ushort|__builtin_bswap16|bswap_16)$/;

/** Members that hold a port in network order by the names that every header gives them. */
const PORTS = /^sin6?_port$/;

interface Ordered {
	readonly order: ByteOrder;
	/** What was swapped into that order. */
	readonly swapped?: Expr;
}

/** The order of the bytes of a port; undefined where it cannot be told, and for numbers that look the same in both. */
function orderOf(expr: Expr, scope: Scope, depth: number): Ordered | undefined {
	const e = withoutCasts(expr);
	if (depth > DEEPEST) return undefined;
	switch (e.kind) {
		case 'number':
			// Whoever writes other digits may mean the bytes as they lie.
			return e.decimal && (e.value & 0xffn) !== ((e.value >> 8n) & 0xffn) ? { order: 'host' } : undefined;
		case 'call': {
			const [value] = e.args;
			if (e.callee.kind !== 'name' || !SWAPS.test(e.callee.name) || !value || e.args.length !== 1) return undefined;
			const inner = orderOf(value, scope, depth + 1);
			return inner && { order: inner.order === 'host' ? 'network' : 'host', swapped: withoutCasts(value) };
		}
		case 'member':
			return PORTS.test(e.name) ? { order: 'network' } : undefined;
		case 'name': {
			const variable = scope.variable(e.name);
			const [only, ...others] = (variable ? variable.reaching() : scope.constant(e.name)) ?? [];
			const found = only && others.length === 0 ? orderOf(only.expr, only.scope, depth + 1) : undefined;
			// What is swapped elsewhere has no text here.
			return found && { order: found.order };
		}
		default:
			return undefined;
	}
}
