/** What pointers point to, and how many bytes belong to it. */
import type { Nullness, PointedObject } from '../../../calls/model.ts';
import { type CType, minus, type PerTarget, times } from '../../../types/ctype.ts';
import { fieldOffset, resolveType, sizeOf } from '../../../types/layout.ts';
import { entryOf } from '../../../types/own.ts';
import { type Expr, spelling, withoutCasts } from '../expression.ts';
import type { Definition, Scope } from '../model.ts';
import { containerOf } from './containers.ts';
import { evaluate, evaluateInteger, single } from './numbers.ts';
import { both, combine, type Values } from './pairs.ts';
import { step } from './steps.ts';
import { dataOf, isAuto, lookupFrom, typeOf } from './types.ts';

export interface Pointer {
	readonly nullness: Nullness;
	readonly object?: PointedObject;
	readonly address?: number;
}

const UNKNOWN_POINTER: Pointer = { nullness: 'unknown' };

/** What a pointer argument is: null or not, and the object behind it. `text` gives the source of a span. */
export function pointerTo(expr: Expr, scope: Scope, text: (e: Expr) => string): Pointer {
	return step(() => pointed(expr, scope, text)) ?? UNKNOWN_POINTER;
}

function pointed(expr: Expr, scope: Scope, text: (e: Expr) => string): Pointer {
	const e = withoutCasts(expr);
	switch (e.kind) {
		case 'null':
			return { nullness: 'null' };
		case 'number':
			return e.value === 0n
				? { nullness: 'null' }
				: { nullness: 'not-null', address: Number(BigInt.asUintN(32, e.value)) };
		case 'conditional': {
			const a = pointerTo(e.whenTrue, scope, text);
			const b = pointerTo(e.whenFalse, scope, text);
			const isSame = a.object?.spelling !== undefined && a.object.spelling === b.object?.spelling;
			if (a.nullness !== b.nullness) return UNKNOWN_POINTER;
			return isSame ? a : { nullness: a.nullness };
		}
		case 'unary':
			if (e.op === '&') return { nullness: 'not-null', object: objectOf(e.operand, scope, text) };
			return throughType(e, scope, text);
		case 'string':
			return { nullness: 'not-null' };
		case 'name': {
			const variable = scope.variable(e.name);
			if (variable) {
				const type = resolveType(variable.type, lookupFrom(scope)) ?? variable.type;
				if (type.kind === 'array') return { nullness: 'not-null', object: objectOf(e, scope, text) };
				return followed(e, variable.reaching(), scope, text);
			}
			const constants = scope.constant(e.name);
			if (constants) {
				const pointers = constants.map((c) => pointerTo(c.expr, c.scope, text));
				const first = pointers[0];
				return first && pointers.every((p) => p.nullness === first.nullness)
					? { nullness: first.nullness }
					: UNKNOWN_POINTER;
			}
			return scope.isFunction(e.name) ? { nullness: 'not-null' } : UNKNOWN_POINTER;
		}
		case 'initializer':
			// `(T[]){ … }` decays to a pointer to its first element.
			return { nullness: 'not-null', object: objectOf(e, scope, text) };
		case 'call': {
			const memory = allocated(e, scope);
			if (!memory) return UNKNOWN_POINTER;
			const to = typeOf(e, scope);
			const type = to?.kind === 'pointer' ? resolveType(to.to, lookupFrom(scope)) : undefined;
			const { nullness, ...room } = memory;
			return { nullness, object: { text: text(e), ...room, ...(type && { type }) } };
		}
		case 'binary': {
			// An array's element further on: `buf + 4`.
			if (e.op !== '+') return UNKNOWN_POINTER;
			const base = pointerTo(e.left, scope, text);
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
	if (type?.kind === 'array') return { nullness: 'not-null', object: objectOf(e, scope, text) };
	const name = spelling(e);
	const to = type?.kind === 'pointer' ? resolveType(type.to, lookupFrom(scope)) : undefined;
	return {
		nullness: 'unknown',
		object: {
			text: `*${text(e)}`,
			...(name === undefined ? {} : { spelling: `*${name}` }),
			...(to && to.kind !== 'void' ? { type: to } : {}),
			...(isCallers(e, scope) ? { callers: true } : {}),
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
): Pointer {
	const byType = throughType(e, scope, text);
	if (definitions?.length !== 1) {
		const all = definitions?.map((d) => pointerTo(d.expr, d.scope, text));
		const nullness = all?.[0] && all.every((p) => p.nullness === all[0]!.nullness) ? all[0].nullness : 'unknown';
		return { ...byType, nullness };
	}
	const target = pointerTo(definitions[0]!.expr, definitions[0]!.scope, text);
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
function objectOf(expr: Expr, scope: Scope, text: (e: Expr) => string): PointedObject {
	const e = withoutCasts(expr);
	const type = typeOf(e, scope);
	const name = spelling(e);
	const capacity = capacityOf(e, scope);
	const member = memberSize(e, type, scope);
	const initialised = e.kind === 'name' && (scope.variable(e.name)?.reaching()?.length ?? 0) > 0;
	return {
		text: text(e),
		...(name === undefined ? {} : { spelling: name }),
		...(type ? { type } : {}),
		...(capacity ? { capacity } : {}),
		...(member ? { member } : {}),
		...(initialised ? { initialised } : {}),
		...(isConstant(e, scope) ? { constant: true } : {}),
		...(type?.kind === 'pointer' && leadsNowhere(e, scope, text) ? { leadsNowhere: true } : {}),
		...(isCallers(e, scope) ? { callers: true } : {}),
	};
}

/** The size of a member that is one number, unless it shares its place with others. */
function memberSize(e: Expr, type: CType | undefined, scope: Scope): PerTarget | undefined {
	if (type?.kind !== 'scalar' && type?.kind !== 'enum') return undefined;
	for (let at = e; at.kind === 'member'; at = withoutCasts(at.object)) {
		const whole = typeOf(at.object, scope);
		const of = whole?.kind === 'pointer' ? resolveType(whole.to, lookupFrom(scope)) : whole;
		if (of?.kind !== 'record' || of.union) return undefined;
	}
	return e.kind === 'member' ? sizeOf(type, lookupFrom(scope)) : undefined;
}

/** Is a pointer variable NULL, or without a value? */
function leadsNowhere(e: Expr, scope: Scope, text: (e: Expr) => string): boolean {
	const variable = e.kind === 'name' ? scope.variable(e.name) : undefined;
	return variable?.written?.()?.length === 0 || (!!variable && pointerTo(e, scope, text).nullness === 'null');
}

/** Does an expression name a pointer or a reference that the caller gave, and nothing has used yet? */
function isCallers(e: Expr, scope: Scope): boolean {
	const variable = e.kind === 'name' ? scope.variable(e.name) : undefined;
	const isGiven = variable && (variable.type.kind === 'pointer' || !variable.ownStorage);
	return isGiven === true && variable?.untouched?.() === true;
}

/** Is an lvalue a constant, or a part of one? */
function isConstant(e: Expr, scope: Scope): boolean {
	let whole = e;
	while ((whole.kind === 'member' && !whole.arrow) || whole.kind === 'index') whole = withoutCasts(whole.object);
	const variable = whole.kind === 'name' ? scope.variable(whole.name) : undefined;
	return variable?.constant === true;
}

/** Bytes from the start of an lvalue to the end of the variable that it is a part of. */
function capacityOf(e: Expr, scope: Scope): PerTarget | undefined {
	const lookup = lookupFrom(scope);
	switch (e.kind) {
		case 'name': {
			const variable = scope.variable(e.name);
			const type = variable && isAuto(variable.type) ? typeOf(e, scope) : variable?.type;
			return variable?.ownStorage && type ? sizeOf(type, lookup) : undefined;
		}
		case 'initializer':
			return e.type && sizeOf(e.type, lookup);
		case 'member': {
			const whole = capacityOf(e.object, scope);
			const object = typeOf(e.object, scope);
			const offset = object && fieldOffset(object, e.name, lookup);
			return whole && offset && minus(whole, offset);
		}
		case 'index': {
			const object = typeOf(e.object, scope);
			if (object?.kind !== 'array') return undefined;
			const whole = capacityOf(e.object, scope);
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
function allocated(e: Expr & { kind: 'call' }, scope: Scope): { nullness: Nullness; capacity?: PerTarget } | undefined {
	const { callee, args } = e;
	const data = dataOf(callee, args);
	const type = data && typeOf(data, scope);
	const array = type?.kind === 'array' ? sizeOf(type, lookupFrom(scope)) : undefined;
	if (array) return { nullness: 'not-null', capacity: array };
	const owner = callee.kind === 'member' && /^(?:data|get|begin)$/.test(callee.name) ? callee.object : data;
	if (owner) {
		const container = containerOf(owner, scope, single);
		if (!container) return undefined;
		const { bytes } = container;
		// What holds nothing may lead nowhere.
		return bytes ? { nullness: bytes.x64 > 0 ? 'not-null' : 'unknown', capacity: bytes } : { nullness: 'unknown' };
	}
	if (callee.kind !== 'name') return undefined;
	const at = entryOf(ALLOCATORS, callee.name.replace(/^(?:std)?::/, ''));
	if (!at) return undefined;
	let product: Values = [both(1n)];
	for (const i of at) product = args[i] ? combine(product, evaluate(args[i]!, scope), '*') : undefined;
	const [only] = product?.length === 1 ? product : [];
	if (!only || only.wide < 0n || only.wide > 0x7fffffffn) return { nullness: 'not-null' };
	return {
		nullness: 'not-null',
		capacity: { x86: Number(only.narrow), x64: Number(only.wide), arm64: Number(only.wide) },
	};
}

function newObject(e: Expr & { kind: 'new' }, scope: Scope): { capacity?: PerTarget; type?: CType } {
	const element = sizeOf(e.type, lookupFrom(scope));
	if (!element) return {};
	if (!e.array) return { capacity: element, type: e.type };
	const count = e.count && evaluateInteger(e.count, scope);
	return count === undefined ? {} : { capacity: times(element, count) };
}
