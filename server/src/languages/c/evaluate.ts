/**
 * Values of expressions: integers for each target, types of objects, what pointers point to. Whatever cannot be told
 * is `undefined`; nothing is guessed.
 */

import type { Nullness, PointedObject } from '../../calls/model.ts';
import type { CodeMacro } from '../../catalog/family.ts';
import { lookupOver } from '../../types/catalogLookup.ts';
import { type CType, minus, type PerTarget, times } from '../../types/ctype.ts';
import { fieldOffset, fieldType, type Lookup, parseTypeName, resolveType, sizeOf } from '../../types/layout.ts';
import { entryOf } from '../../types/own.ts';
import { type Expr, spelling, withoutCasts } from './expression.ts';
import type { Definition, Scope } from './model.ts';

/** An integer for a 4-byte and for an 8-byte pointer. */
interface Pair {
	readonly narrow: bigint;
	readonly wide: bigint;
}

/** Every value an expression can have; undefined: not known. */
type Values = readonly Pair[] | undefined;

/** More alternatives than this are as good as unknown. */
const MOST_VALUES = 8;
/** Chains of macros, constants and definitions longer than this are given up. */
const DEEPEST = 40;
/** Steps that one question may take: where each name uses the next one twice, every link doubles them. */
const MOST_STEPS = 2000;
let steps = 0;
let open = 0;

/** One step of a question about an expression; undefined when it leads too far. */
function step<T>(depth: number, answer: () => T | undefined): T | undefined {
	if (open === 0) steps = 0;
	if (depth > DEEPEST || ++steps > MOST_STEPS) return undefined;
	open++;
	try {
		return answer();
	} finally {
		open--;
	}
}

const both = (n: bigint): Pair => ({ narrow: n, wide: n });
const pairOf = (size: PerTarget): Pair => ({ narrow: BigInt(size.x86), wide: BigInt(size.x64) });

/** The types as seen from a scope: the file's own first, the headers' after. */
export const lookupFrom = (scope: Scope): Lookup => lookupOver((name) => scope.type(name), scope.catalog.lookup);

/** A single integer that holds on every target (an array's length, a bit-field's width). */
export function evaluateInteger(expr: Expr, scope: Scope): number | undefined {
	const values = evaluate(expr, scope);
	if (values?.length !== 1) return undefined;
	const [only] = values;
	return only!.narrow === only!.wide && only!.wide >= 0n && only!.wide <= 0x7fffffffn ? Number(only!.wide) : undefined;
}

/** Every value of a control code expression, unsigned 32 bits; undefined when not known. */
export function evaluateCode(expr: Expr, scope: Scope): readonly number[] | undefined {
	const values = evaluate(expr, scope);
	if (!values) return undefined;
	const codes = new Set<number>();
	for (const { narrow, wide } of values) {
		const code = Number(BigInt.asUintN(32, wide));
		if (Number(BigInt.asUintN(32, narrow)) !== code) return undefined;
		codes.add(code);
	}
	return [...codes];
}

/** Every value of a size in bytes, as the DWORD that the function receives; undefined when not known. */
export function evaluateSizes(expr: Expr, scope: Scope): readonly PerTarget[] | undefined {
	return evaluate(expr, scope)?.map(({ narrow, wide }) => {
		const x64 = Number(BigInt.asUintN(32, wide));
		return { x86: Number(BigInt.asUintN(32, narrow)), x64, arm64: x64 };
	});
}

function evaluate(expr: Expr, scope: Scope, depth = 0): Values {
	return step(depth, () => valuesOf(expr, scope, depth));
}

function valuesOf(expr: Expr, scope: Scope, depth: number): Values {
	const next = (e: Expr) => evaluate(e, scope, depth + 1);
	switch (expr.kind) {
		case 'number':
			return [both(expr.value)];
		case 'null':
			return [both(0n)];
		case 'name':
			return evaluateName(expr.name, scope, depth);
		case 'cast':
			return truncate(next(expr.operand), expr.type, scope);
		case 'unary':
			return map(next(expr.operand), (v) => {
				switch (expr.op) {
					case '-':
						return -v;
					case '+':
						return v;
					case '~':
						return ~v;
					case '!':
						return v === 0n ? 1n : 0n;
					default:
						return undefined;
				}
			});
		case 'binary':
			return combine(next(expr.left), next(expr.right), expr.op);
		case 'conditional': {
			const test = next(expr.test);
			if (test?.length === 1) return next(test[0]!.wide !== 0n ? expr.whenTrue : expr.whenFalse);
			return union([next(expr.whenTrue), next(expr.whenFalse)]);
		}
		case 'sizeof-type': {
			const size = sizeOf(expr.type, lookupFrom(scope));
			return size && [pairOf(size)];
		}
		case 'sizeof-expression': {
			const size = sizeOfExpression(expr.operand, scope, depth + 1);
			return size && [pairOf(size)];
		}
		case 'offsetof': {
			const offset = fieldOffset(expr.type, expr.field, lookupFrom(scope));
			return offset && [pairOf(offset)];
		}
		case 'call':
			return evaluateCall(expr, scope, depth);
		case 'initializer':
			// `DWORD{12}`, `= {12}`.
			return expr.elements.length === 1 ? next(expr.elements[0]!) : undefined;
		default:
			return undefined;
	}
}

function evaluateName(name: string, scope: Scope, depth: number): Values {
	const variable = scope.variable(name);
	if (variable) {
		const type = resolveType(variable.type, lookupFrom(scope));
		// `auto` is what it is set to.
		if (type && type.kind !== 'scalar' && type.kind !== 'enum' && type.kind !== 'unknown') return undefined;
		return truncate(ofDefinitions(variable.reaching(), depth), variable.type, scope);
	}
	const own = scope.constant(name);
	if (own) return own.length === 0 ? undefined : ofDefinitions(own, depth);
	const plain = name.replace(/^::/, '');
	const known = scope.catalog.code(plain);
	// A spelling that only a document uses does not compile: the file must mean something of its own.
	if (known && known.alias?.kind !== 'document') return [both(BigInt(known.code.opcode.value))];
	const constant = scope.catalog.headerConstant(plain) ?? entryOf(HEADER_CONSTANTS, plain);
	return constant === undefined ? undefined : [both(BigInt(constant))];
}

const ofDefinitions = (definitions: readonly Definition[] | undefined, depth: number): Values =>
	definitions && definitions.length > 0
		? union(definitions.map((d) => evaluate(d.expr, d.scope, depth + 1)))
		: undefined;

/** The macros of the Windows headers that sizes and codes are written with. */
const HEADER_CONSTANTS: Readonly<Record<string, number>> = {
	TRUE: 1,
	FALSE: 0,
	MAX_PATH: 260,
	ANYSIZE_ARRAY: 1,
	MAXGETHOSTSTRUCT: 1024,
	INET_ADDRSTRLEN: 22,
	INET6_ADDRSTRLEN: 65,
};

function evaluateCall(expr: Expr & { kind: 'call' }, scope: Scope, depth: number): Values {
	if (expr.callee.kind === 'member') return evaluateMethod(expr, expr.callee, scope);
	if (expr.callee.kind !== 'name') return undefined;
	const name = expr.callee.name;
	const own = scope.macroFunction(name);
	if (own)
		return union(
			own.map((m) =>
				m.body.kind === 'unknown' || m.parameters.length !== expr.args.length
					? undefined
					: evaluate(m.body, new Substituted(m.scope, m.parameters, expr.args, scope), depth + 1),
			),
		);
	const arg = (i: number): Values => (expr.args[i] ? evaluate(expr.args[i]!, scope, depth + 1) : undefined);
	const macro = scope.catalog.macro(name);
	if (macro && macro.parameters.length === expr.args.length)
		return codeOfMacro(
			macro,
			macro.parameters.map((kind, i) => (kind === 'type' ? sizeOfTypeArgument(expr.args[i]!, scope, depth) : arg(i))),
		);
	if (/^(?:_countof|ARRAYSIZE|ARRAY_SIZE|RTL_NUMBER_OF|std::size)$/.test(name) && expr.args.length === 1) {
		const type = typeOf(expr.args[0]!, scope);
		return type?.kind === 'array' && type.length !== undefined ? [both(BigInt(type.length))] : undefined;
	}
	if ((name === 'IP_MSFILTER_SIZE' || name === 'GROUP_FILTER_SIZE') && expr.args.length === 1) {
		const [struct, tail] =
			name === 'IP_MSFILTER_SIZE' ? (['IP_MSFILTER', 'imsf_slist'] as const) : (['GROUP_FILTER', 'gf_slist'] as const);
		const type: CType = { kind: 'named', name: struct };
		const header = fieldOffset(type, tail, scope.catalog.lookup);
		const upTo = fieldOffset(type, `${tail}[1]`, scope.catalog.lookup);
		if (!header || !upTo) return undefined;
		return map(arg(0), (n) => BigInt(header.x64) + n * BigInt(upTo.x64 - header.x64));
	}
	if (/^(?:std::)?(?:min|max)$/i.test(name) && expr.args.length === 2)
		return zip(arg(0), arg(1), (a, b) => (/min$/i.test(name) === a < b ? a : b));
	return undefined;
}

/** Bytes of a type that is given to a macro, written as a type or as something of it. */
function sizeOfTypeArgument(type: Expr, scope: Scope, depth: number): Values {
	const size =
		type.kind === 'name'
			? sizeOf({ kind: 'named', name: type.name }, lookupFrom(scope))
			: sizeOfExpression(type, scope, depth);
	return size && [pairOf(size)];
}

/** The macro's value for every combination of its arguments' values. */
function codeOfMacro(macro: CodeMacro, args: readonly Values[]): Values {
	let rows: readonly { readonly narrow: readonly bigint[]; readonly wide: readonly bigint[] }[] = [
		{ narrow: [], wide: [] },
	];
	for (const values of args) {
		if (!values || rows.length * values.length > MOST_VALUES) return undefined;
		rows = rows.flatMap((row) =>
			values.map((v) => ({ narrow: [...row.narrow, v.narrow], wide: [...row.wide, v.wide] })),
		);
	}
	const codes: Pair[] = [];
	for (const row of rows) {
		const narrow = macro.value(...row.narrow);
		const wide = macro.value(...row.wide);
		if (narrow === undefined || wide === undefined) return undefined;
		codes.push({ narrow, wide });
	}
	return union([codes]);
}

/** `.size()` of an array whose length is known. */
function evaluateMethod(expr: Expr & { kind: 'call' }, callee: Expr & { kind: 'member' }, scope: Scope): Values {
	if (!/^(?:size|length)$/.test(callee.name) || expr.args.length > 0) return undefined;
	const container = containerOf(callee.object, scope);
	return container?.count && [container.count];
}

/** Names that stand for the arguments of a macro's use. */
class Substituted implements Scope {
	readonly #outer: Scope;
	readonly #values: ReadonlyMap<string, Definition>;

	constructor(outer: Scope, parameters: readonly string[], args: readonly Expr[], from: Scope) {
		this.#outer = outer;
		this.#values = new Map(parameters.map((p, i) => [p, { expr: args[i]!, scope: from }]));
	}

	get catalog() {
		return this.#outer.catalog;
	}

	variable(name: string) {
		return this.#values.has(name) ? undefined : this.#outer.variable(name);
	}

	constant(name: string) {
		const value = this.#values.get(name);
		return value ? [value] : this.#outer.constant(name);
	}

	macroFunction(name: string) {
		return this.#outer.macroFunction(name);
	}

	isFunction(name: string) {
		return !this.#values.has(name) && this.#outer.isFunction(name);
	}

	uses(name: string) {
		return this.#outer.uses(name);
	}

	type(name: string) {
		const value = this.#values.get(name);
		// A type given as an argument: `SIZE(T)` with `sizeof(T)` in its body.
		if (value?.expr.kind === 'name')
			return value.scope.type(value.expr.name) ?? this.catalog.lookup(value.expr.name, false);
		return this.#outer.type(name);
	}
}

function union(parts: readonly Values[]): Values {
	const all = new Map<string, Pair>();
	for (const part of parts) {
		if (!part) return undefined;
		for (const v of part) all.set(`${v.narrow}/${v.wide}`, v);
	}
	return all.size > 0 && all.size <= MOST_VALUES ? [...all.values()] : undefined;
}

function map(values: Values, f: (v: bigint) => bigint | undefined): Values {
	if (!values) return undefined;
	const result: Pair[] = [];
	for (const v of values) {
		const narrow = f(v.narrow);
		const wide = f(v.wide);
		if (narrow === undefined || wide === undefined) return undefined;
		result.push({ narrow, wide });
	}
	return result;
}

function zip(left: Values, right: Values, f: (a: bigint, b: bigint) => bigint | undefined): Values {
	if (!left || !right || left.length * right.length > MOST_VALUES) return undefined;
	const result: Pair[] = [];
	for (const a of left)
		for (const b of right) {
			const narrow = f(a.narrow, b.narrow);
			const wide = f(a.wide, b.wide);
			if (narrow === undefined || wide === undefined) return undefined;
			result.push({ narrow, wide });
		}
	return union([result]);
}

const bit = (b: boolean): bigint => (b ? 1n : 0n);

function combine(left: Values, right: Values, op: string): Values {
	return zip(left, right, (a, b) => {
		switch (op) {
			case '+':
				return a + b;
			case '-':
				return a - b;
			case '*':
				return a * b;
			case '/':
				return b === 0n ? undefined : a / b;
			case '%':
				return b === 0n ? undefined : a % b;
			case '|':
				return a | b;
			case '&':
				return a & b;
			case '^':
				return a ^ b;
			case '<<':
				return b >= 0n && b < 64n ? a << b : undefined;
			case '>>':
				return b >= 0n && b < 64n ? a >> b : undefined;
			case '==':
				return bit(a === b);
			case '!=':
				return bit(a !== b);
			case '<':
				return bit(a < b);
			case '>':
				return bit(a > b);
			case '<=':
				return bit(a <= b);
			case '>=':
				return bit(a >= b);
			case '&&':
				return bit(a !== 0n && b !== 0n);
			case '||':
				return bit(a !== 0n || b !== 0n);
			default:
				return undefined;
		}
	});
}

/** What is left of a value in a type of its size; signedness does not matter for codes and sizes, which are read as DWORD. */
function truncate(values: Values, type: CType, scope: Scope): Values {
	const size = sizeOf(type, lookupFrom(scope));
	if (!values || !size) return values;
	return values.map((v) => ({
		narrow: clip(v.narrow, size.x86),
		wide: clip(v.wide, size.x64),
	}));
}

const clip = (value: bigint, bytes: number): bigint =>
	bytes < 8 && (value < -(1n << BigInt(bytes * 8 - 1)) || value >= 1n << BigInt(bytes * 8))
		? BigInt.asUintN(bytes * 8, value)
		: value;

// ---- types ----

/** Type of an expression's object, names resolved; undefined when not known. */
export function typeOf(expr: Expr, scope: Scope, depth = 0): CType | undefined {
	return step(depth, () => objectType(expr, scope, depth));
}

function objectType(expr: Expr, scope: Scope, depth: number): CType | undefined {
	const lookup = lookupFrom(scope);
	const resolved = (type: CType | undefined): CType | undefined =>
		type && type.kind !== 'unknown' ? (resolveType(type, lookup) ?? type) : undefined;
	switch (expr.kind) {
		case 'name': {
			const variable = scope.variable(expr.name);
			if (variable) {
				if (isAuto(variable.type)) return autoType(variable.deduced ? [variable.deduced] : variable.reaching(), depth);
				return resolved(variable.type);
			}
			const constants = scope.constant(expr.name);
			return constants?.length === 1 ? typeOf(constants[0]!.expr, constants[0]!.scope, depth + 1) : undefined;
		}
		case 'member': {
			let object = typeOf(expr.object, scope, depth + 1);
			if (expr.arrow && object?.kind === 'pointer') object = resolved(object.to);
			else if (expr.arrow) return undefined;
			return object?.kind === 'record' ? resolved(fieldType(object, expr.name, lookup)) : undefined;
		}
		case 'index': {
			const object = typeOf(expr.object, scope, depth + 1);
			if (object?.kind === 'array') return resolved(object.of);
			return object?.kind === 'pointer' ? resolved(object.to) : undefined;
		}
		case 'unary': {
			const operand = typeOf(expr.operand, scope, depth + 1);
			if (!operand) return undefined;
			if (expr.op === '&') return { kind: 'pointer', to: operand };
			if (expr.op === '*')
				return operand.kind === 'pointer'
					? resolved(operand.to)
					: operand.kind === 'array'
						? resolved(operand.of)
						: undefined;
			return undefined;
		}
		case 'cast':
		case 'initializer':
			return resolved(expr.type);
		case 'new':
			return { kind: 'pointer', to: expr.type };
		case 'string':
			return { kind: 'array', of: { kind: 'scalar', name: 'char' }, length: expr.bytes };
		case 'conditional': {
			const a = typeOf(expr.whenTrue, scope, depth + 1);
			const b = typeOf(expr.whenFalse, scope, depth + 1);
			return a && b && JSON.stringify(a) === JSON.stringify(b) ? a : undefined;
		}
		default:
			return undefined;
	}
}

/** `auto`, `auto *`. */
const isAuto = (type: CType): boolean =>
	type.kind === 'unknown' || (type.kind === 'pointer' && type.to.kind === 'unknown');

function autoType(definitions: readonly Definition[] | undefined, depth: number): CType | undefined {
	if (definitions?.length !== 1) return undefined;
	const type = typeOf(definitions[0]!.expr, definitions[0]!.scope, depth + 1);
	return type?.kind === 'array' ? { kind: 'pointer', to: type.of } : type;
}

function sizeOfExpression(expr: Expr, scope: Scope, depth: number): PerTarget | undefined {
	const type = typeOf(expr, scope, depth);
	const size = type && sizeOf(type, lookupFrom(scope));
	if (size || type?.kind !== 'named' || !/^(?:std::)?array</.test(type.name)) return size;
	return containerOf(expr, scope)?.bytes;
}

// ---- pointers ----

export interface Pointer {
	readonly nullness: Nullness;
	readonly object?: PointedObject;
	readonly address?: number;
}

const UNKNOWN_POINTER: Pointer = { nullness: 'unknown' };

/** What a pointer argument is: null or not, and the object behind it. `text` gives the source of a span. */
export function pointerTo(expr: Expr, scope: Scope, text: (e: Expr) => string, depth = 0): Pointer {
	return step(depth, () => pointed(expr, scope, text, depth)) ?? UNKNOWN_POINTER;
}

function pointed(expr: Expr, scope: Scope, text: (e: Expr) => string, depth: number): Pointer {
	const e = withoutCasts(expr);
	switch (e.kind) {
		case 'null':
			return { nullness: 'null' };
		case 'number':
			return e.value === 0n
				? { nullness: 'null' }
				: { nullness: 'not-null', address: Number(BigInt.asUintN(32, e.value)) };
		case 'conditional': {
			const a = pointerTo(e.whenTrue, scope, text, depth + 1);
			const b = pointerTo(e.whenFalse, scope, text, depth + 1);
			return { nullness: a.nullness === b.nullness ? a.nullness : 'unknown' };
		}
		case 'unary':
			if (e.op === '&') return { nullness: 'not-null', object: objectOf(e.operand, scope, text, depth) };
			return throughType(e, scope, text);
		case 'string':
			return { nullness: 'not-null' };
		case 'name': {
			const variable = scope.variable(e.name);
			if (variable) {
				const type = resolveType(variable.type, lookupFrom(scope)) ?? variable.type;
				if (type.kind === 'array') return { nullness: 'not-null', object: objectOf(e, scope, text, depth) };
				return followed(e, variable.reaching(), scope, text, depth);
			}
			const constants = scope.constant(e.name);
			if (constants) {
				const pointers = constants.map((c) => pointerTo(c.expr, c.scope, text, depth + 1));
				const first = pointers[0];
				return first && pointers.every((p) => p.nullness === first.nullness)
					? { nullness: first.nullness }
					: UNKNOWN_POINTER;
			}
			return scope.isFunction(e.name) ? { nullness: 'not-null' } : UNKNOWN_POINTER;
		}
		case 'initializer':
			// `(T[]){ … }` decays to a pointer to its first element.
			return { nullness: 'not-null', object: objectOf(e, scope, text, depth) };
		case 'call': {
			const memory = allocated(e, scope);
			if (memory) return { nullness: 'not-null', object: { text: text(e), ...memory } };
			return UNKNOWN_POINTER;
		}
		case 'binary': {
			// An array's element further on: `buf + 4`.
			if (e.op !== '+') return UNKNOWN_POINTER;
			const base = pointerTo(e.left, scope, text, depth + 1);
			const by = evaluateInteger(e.right, scope);
			const element = elementSize(e.left, scope);
			const capacity = base.object?.capacity;
			if (base.nullness !== 'not-null' || by === undefined || !element || !capacity)
				return { nullness: base.nullness === 'null' ? 'unknown' : base.nullness };
			const rest = minus(capacity, times(element, by));
			return { nullness: 'not-null', object: { text: text(e), ...(rest ? { capacity: rest } : {}) } };
		}
		case 'new':
			return { nullness: 'not-null', object: { text: text(e), ...newObject(e, scope) } };
		case 'member':
		case 'index':
			return throughType(e, scope, text);
		default:
			return UNKNOWN_POINTER;
	}
}

/** A pointer-valued lvalue: an array member decays, a pointer's target is known by type only. */
function throughType(e: Expr, scope: Scope, text: (e: Expr) => string): Pointer {
	const type = typeOf(e, scope);
	if (type?.kind === 'array') return { nullness: 'not-null', object: objectOf(e, scope, text, 0) };
	const name = spelling(e);
	const to = type?.kind === 'pointer' ? resolveType(type.to, lookupFrom(scope)) : undefined;
	return {
		nullness: 'unknown',
		object: {
			text: `*${text(e)}`,
			...(name === undefined ? {} : { spelling: `*${name}` }),
			...(to && to.kind !== 'void' ? { type: to } : {}),
			throughPointer: true,
		},
	};
}

/** A pointer variable: by what it was last set to, else by its type. */
function followed(
	e: Expr & { kind: 'name' },
	definitions: readonly Definition[] | undefined,
	scope: Scope,
	text: (e: Expr) => string,
	depth: number,
): Pointer {
	const byType = throughType(e, scope, text);
	if (definitions?.length !== 1) {
		const all = definitions?.map((d) => pointerTo(d.expr, d.scope, text, depth + 1));
		const nullness = all?.[0] && all.every((p) => p.nullness === all[0]!.nullness) ? all[0].nullness : 'unknown';
		return { ...byType, nullness };
	}
	const target = pointerTo(definitions[0]!.expr, definitions[0]!.scope, text, depth + 1);
	const type = byType.object?.type ?? target.object?.type;
	return {
		nullness: target.nullness,
		object: {
			text: byType.object?.text ?? text(e),
			...(byType.object?.spelling === undefined ? {} : { spelling: byType.object.spelling }),
			...(type ? { type } : {}),
			...(target.object?.capacity ? { capacity: target.object.capacity } : {}),
			throughPointer: true,
		},
	};
}

/** The object that an lvalue names, with the bytes from it to the end of its memory. */
function objectOf(expr: Expr, scope: Scope, text: (e: Expr) => string, depth: number): PointedObject {
	const e = withoutCasts(expr);
	const type = typeOf(e, scope, depth);
	const name = spelling(e);
	const capacity = capacityOf(e, scope, depth);
	const initialised = e.kind === 'name' && (scope.variable(e.name)?.reaching()?.length ?? 0) > 0;
	return {
		text: text(e),
		...(name === undefined ? {} : { spelling: name }),
		...(type ? { type } : {}),
		...(capacity ? { capacity } : {}),
		...(initialised ? { initialised } : {}),
	};
}

/** Bytes from the start of an lvalue to the end of the variable that it is a part of. */
function capacityOf(e: Expr, scope: Scope, depth: number): PerTarget | undefined {
	if (depth > DEEPEST) return undefined;
	const lookup = lookupFrom(scope);
	switch (e.kind) {
		case 'name': {
			const variable = scope.variable(e.name);
			return variable?.ownStorage ? sizeOf(variable.type, lookup) : undefined;
		}
		case 'initializer':
			return e.type && sizeOf(e.type, lookup);
		case 'member': {
			if (e.arrow) return undefined;
			const whole = capacityOf(e.object, scope, depth + 1);
			const object = typeOf(e.object, scope, depth + 1);
			const offset = object && fieldOffset(object, e.name, lookup);
			return whole && offset && minus(whole, offset);
		}
		case 'index': {
			const object = typeOf(e.object, scope, depth + 1);
			if (object?.kind !== 'array') return undefined;
			const whole = capacityOf(e.object, scope, depth + 1);
			const element = sizeOf(object.of, lookup);
			const index = evaluateInteger(e.index, scope);
			return whole && element && index !== undefined ? minus(whole, times(element, index)) : undefined;
		}
		default:
			return undefined;
	}
}

function elementSize(e: Expr, scope: Scope): PerTarget | undefined {
	const type = e.kind === 'cast' ? e.type : typeOf(e, scope);
	const resolved = type && resolveType(type, lookupFrom(scope));
	const of = resolved?.kind === 'array' ? resolved.of : resolved?.kind === 'pointer' ? resolved.to : undefined;
	return of && sizeOf(of, lookupFrom(scope));
}

const ALLOCATORS: Readonly<Record<string, readonly number[]>> = {
	malloc: [0],
	alloca: [0],
	_alloca: [0],
	_malloca: [0],
	calloc: [0, 1],
	realloc: [1],
	LocalAlloc: [1],
	GlobalAlloc: [1],
	HeapAlloc: [2],
	CoTaskMemAlloc: [0],
	ExAllocatePoolWithTag: [1],
	ExAllocatePool2: [1],
	VirtualAlloc: [1],
};

/** Memory that a call gives: an allocator's, or a container's `.data()` and `.get()`. */
function allocated(e: Expr & { kind: 'call' }, scope: Scope): { capacity?: PerTarget; type?: CType } | undefined {
	if (e.callee.kind === 'member') {
		if (!/^(?:data|get|begin)$/.test(e.callee.name)) return undefined;
		const container = containerOf(e.callee.object, scope);
		return container && (container.bytes ? { capacity: container.bytes } : {});
	}
	if (e.callee.kind !== 'name') return undefined;
	const at = entryOf(ALLOCATORS, e.callee.name.replace(/^(?:std)?::/, ''));
	if (!at) return undefined;
	let product: Values = [both(1n)];
	for (const i of at) product = e.args[i] ? combine(product, evaluate(e.args[i]!, scope), '*') : undefined;
	const [only] = product?.length === 1 ? product : [];
	if (!only || only.wide < 0n || only.wide > 0x7fffffffn) return {};
	return { capacity: { x86: Number(only.narrow), x64: Number(only.wide), arm64: Number(only.wide) } };
}

function newObject(e: Expr & { kind: 'new' }, scope: Scope): { capacity?: PerTarget; type?: CType } {
	const element = sizeOf(e.type, lookupFrom(scope));
	if (!element) return {};
	if (!e.array) return { capacity: element, type: e.type };
	const count = e.count && evaluateInteger(e.count, scope);
	return count === undefined ? {} : { capacity: times(element, count) };
}

const CONTAINER = /^(?:std::)?(vector|array|basic_string|string|unique_ptr)(?:<(.*)>)?$/;
/** Member functions that leave a container's length alone. */
const KEEPS_LENGTH = /^(?:data|get|begin|c?end|c?begin|size|length|empty|front|back|at|fill|capacity)$/;

/** A `std::array`, or a `std::vector` or `unique_ptr<T[]>` made with a length and never resized: elements and bytes. */
function containerOf(object: Expr, scope: Scope): { count?: Pair; bytes?: PerTarget } | undefined {
	if (object.kind !== 'name') return undefined;
	const variable = scope.variable(object.name);
	if (!variable) return undefined;
	const definitions = variable.reaching();
	const made = definitions?.length === 1 ? definitions[0] : undefined;
	const ofAuto = variable.type.kind === 'unknown' && isMakeUnique(made?.expr) ? made.expr.typeArgs?.[0] : undefined;
	const match = variable.type.kind === 'named' ? CONTAINER.exec(variable.type.name) : null;
	if (!match && ofAuto?.kind !== 'array') return undefined;
	const [, container, argument] = match ?? ['', 'unique_ptr'];
	const parts = (argument ?? 'char').split(',').map((a) => a.trim());
	const element = sizeOf(
		ofAuto?.kind === 'array' ? ofAuto.of : parseTypeName(parts[0]!.replace(/\[\]$/, '')),
		lookupFrom(scope),
	);
	const sized = (count: Pair | undefined) => {
		if (!count || count.wide < 0n || count.wide > 0x7fffffffn) return {};
		const bytes = element && {
			x86: Number(count.narrow) * element.x86,
			x64: Number(count.wide) * element.x64,
			arm64: Number(count.wide) * element.x64,
		};
		return { count, ...(bytes ? { bytes } : {}) };
	};
	const integer = (e: Expr | undefined, from: Scope): Pair | undefined => {
		const values = e && evaluate(e, from);
		return values?.length === 1 ? values[0] : undefined;
	};
	if (container === 'array') {
		const length = parts[1];
		if (!length) return undefined;
		const at = { start: 0, end: 0 };
		return sized(/^\d+$/.test(length) ? both(BigInt(length)) : integer({ ...at, kind: 'name', name: length }, scope));
	}
	if (variable.methods?.().some((m) => !KEEPS_LENGTH.test(m))) return {};
	if (!made) return {};
	let from = made.expr;
	if (from.kind === 'initializer' && from.parenthesized) {
		if (container !== 'unique_ptr')
			return from.elements.length <= 2 ? sized(integer(from.elements[0], made.scope)) : {};
		if (from.elements.length !== 1) return {};
		from = from.elements[0]!;
	}
	if (container !== 'unique_ptr') return {};
	if (from.kind === 'new' && from.array) return sized(integer(from.count, made.scope));
	return isMakeUnique(from) ? sized(integer(from.args[0], made.scope)) : {};
}

const isMakeUnique = (e: Expr | undefined): e is Expr & { kind: 'call' } =>
	e?.kind === 'call' && e.callee.kind === 'name' && /^(?:std::)?make_unique(?:_for_overwrite)?$/.test(e.callee.name);
