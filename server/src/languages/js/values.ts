/** What JavaScript expressions can be known to be, as far as calls through a foreign function interface need it. */

import type { FfiLibrary, ParameterType } from '../../calls/bindings.ts';
import type { Node } from '../../syntax/trees.ts';
import { type CType, type PerTarget, perTarget } from '../../types/ctype.ts';
import type { Chunk } from './chunk.ts';
import type { JsFile } from './source.ts';

/** A number in a 32-bit and in a 64-bit process: only what is measured through the library differs. */
export interface Num {
	readonly x86: number | bigint;
	readonly x64: number | bigint;
}

/** Where names are looked up: the part of the file, and the values that a call gave to parameters, by their declaration. */
export interface Env {
	readonly chunk: Chunk;
	readonly given: ReadonlyMap<number, Value>;
}

/** `length` of an array whose elements are larger than a byte. */
export interface ElementsOf {
	/** Spelling of the array. */
	readonly object: string;
	readonly type: string;
	/** Bytes of one element. */
	readonly bytes: number;
}

export interface Bytes {
	readonly kind: 'bytes';
	/** Bytes from the pointer to the end of its memory. */
	readonly bytes?: PerTarget;
	/** `Uint32Array`, `Buffer`, `ArrayBuffer`. */
	readonly type: string;
	/** Bytes of one element; absent where it has none (`ArrayBuffer`, `DataView`). */
	readonly element?: number;
	/** Bytes of the ArrayBuffer below; absent when it may be a shared pool. */
	readonly below?: PerTarget;
	/** Name of the variable that holds it. */
	readonly spelling?: string;
	/** C type of the object, where one was stated. */
	readonly holds?: CType;
	/** What the memory holds when it is made; absent where that is not known. */
	readonly content?: Content;
}

/** What memory holds when it is made. */
export type Content =
	| { readonly kind: 'zero' }
	/** Whatever stood there before. */
	| { readonly kind: 'unset' }
	/** One element after the other, of so many bytes each. */
	| { readonly kind: 'elements'; readonly elements: readonly Element[]; readonly bytes: number }
	| { readonly kind: 'raw'; readonly raw: Uint8Array }
	/** Converted from an array or object. */
	| { readonly kind: 'converted'; readonly from: Value; readonly to?: CType };

export interface Parameter {
	readonly start: number;
	readonly end: number;
	readonly text: string;
	/** Name in a prototype. */
	readonly name?: string;
	readonly type: ParameterType;
}

export interface Bound {
	readonly kind: 'binding';
	readonly library: FfiLibrary;
	/** Name of the exported function. */
	readonly symbol: string;
	/** Where the list stands. */
	readonly chunk: Chunk;
	/** Where the declaration stands, and its expression. */
	readonly at: Chunk;
	readonly node: Node;
	/** Undefined where the list cannot be read. */
	readonly parameters?: readonly Parameter[];
	/** The prototype string or the array of types. */
	readonly list?: Node;
	/** Name of the constant that holds the list. */
	readonly listName?: string;
	/** The text of the list is in another place or put together: the parameters' offsets are those of the list. */
	readonly elsewhere?: boolean;
	/** `list` is a C prototype; where its parameters stand. */
	readonly prototype?: { readonly start: number; readonly end: number };
	/** Called with one argument more, a callback. */
	readonly async?: boolean;
	/** Its arguments come in one array. */
	readonly packed?: boolean;
}

export type Value =
	| { readonly kind: 'unknown' }
	/** Made by a test framework, in the place of the real thing. */
	| { readonly kind: 'mock' }
	| { readonly kind: 'null' }
	| { readonly kind: 'boolean'; readonly value: boolean }
	| {
			readonly kind: 'numbers';
			readonly values: readonly Num[];
			readonly elements?: ElementsOf;
			/** The C type whose size it is. */
			readonly measured?: CType;
	  }
	| { readonly kind: 'text'; readonly text: string }
	/** An array: its elements where all are in sight. */
	| { readonly kind: 'list'; readonly elements?: readonly Element[] }
	/** `changed`: members were assigned by name, or any of them may have another value than the literal says. */
	| { readonly kind: 'object'; readonly node: Node; readonly env: Env; readonly changed?: 'members' | 'all' }
	| { readonly kind: 'class'; readonly node: Node; readonly env: Env }
	| { readonly kind: 'function'; readonly node: Node; readonly env: Env }
	| { readonly kind: 'enum'; readonly node: Node; readonly env: Env }
	| { readonly kind: 'namespace'; readonly node: Node; readonly env: Env }
	| { readonly kind: 'unit'; readonly file: JsFile }
	/** Something of a package or a global: `koffi.load` is `['koffi', 'load']`. */
	| { readonly kind: 'foreign'; readonly path: readonly string[] }
	/** A loaded DLL. */
	| {
			readonly kind: 'library';
			readonly library: FfiLibrary;
			readonly dlls?: readonly string[];
			readonly symbols?: Value;
	  }
	/** Made by a call of `socket` or `WSASocket`: the arguments that say what kind it is. */
	| {
			readonly kind: 'socket';
			readonly made: readonly Element[];
			readonly named: boolean;
			/** The function that took the connection, which tells no kind. */
			readonly accepted?: string;
	  }
	/** The address of an exported function. */
	| { readonly kind: 'symbol'; readonly library: FfiLibrary; readonly name: string }
	| { readonly kind: 'type'; readonly type: CType; readonly direction?: 'in' | 'out' | 'inout' }
	| Bytes
	| Bound
	| { readonly kind: 'either'; readonly values: readonly Value[] };

/** An element of an array literal; the expression is absent where a spread array gave it. */
export interface Element {
	readonly node?: Node;
	readonly env?: Env;
	/** What it is, where no expression says so. */
	readonly value?: Value;
}

/** An argument's value, computed when asked for. */
export type Arguments = readonly (() => Value)[] & { readonly elements?: readonly Element[] };

/** Who finds out what expressions are. */
export interface Evaluator {
	evaluate(node: Node, env: Env, depth?: number): Value;
	/** A member of a value. */
	member(object: Value, property: string, depth: number): Value;
	/** One element of a list. */
	elementOf(list: Value & { readonly kind: 'list' }, at: number, depth?: number): Value;
}

/** Where a call stands. */
export interface Site {
	readonly node: Node;
	readonly env: Env;
	readonly depth: number;
	readonly ask: Evaluator;
}

/** Names as seen outside of every call that is followed. */
export const topOf = (chunk: Chunk): Env => ({ chunk, given: NOTHING_GIVEN });
const NOTHING_GIVEN: ReadonlyMap<number, Value> = new Map();

/** Longer strings are not put together, and longer arrays are not written out. */
export const LONGEST = 1 << 16;

/** An element of which nothing is known. */
export const NO_ELEMENT: Element = {};

export const UNKNOWN_VALUE: Value = { kind: 'unknown' };
export const NULL_VALUE: Value = { kind: 'null' };

/** A number that is the same on every target. */
export const number = (value: number | bigint): Value => ({ kind: 'numbers', values: [{ x86: value, x64: value }] });

/** A number of bytes that may differ between targets. */
export const sizeNumber = (size: PerTarget, more: { elements?: ElementsOf; measured?: CType } = {}): Value => ({
	kind: 'numbers',
	values: [{ x86: size.x86, x64: size.x64 }],
	...more,
});

/** The one number that a value is. */
function single(value: Value | undefined): Num | undefined {
	return value?.kind === 'numbers' && value.values.length === 1 ? value.values[0] : undefined;
}

const isCount = (n: number): boolean => Number.isInteger(n) && n >= 0 && n <= 0x7fffffff;

/** A count or size that is the same integer of at least 0 everywhere. */
export function wholeNumber(value: Value | undefined): number | undefined {
	const only = single(value);
	const n = Number(only?.x64);
	return only && only.x86 === only.x64 && isCount(n) ? n : undefined;
}

/** A size in bytes for each target. */
export function byteCount(value: Value | undefined): PerTarget | undefined {
	const only = single(value);
	const narrow = Number(only?.x86);
	const wide = Number(only?.x64);
	return only && isCount(narrow) && isCount(wide) ? perTarget((p) => (p === 4 ? narrow : wide)) : undefined;
}

/** More alternatives than this are as good as unknown. */
const MOST_VALUES = 8;

const isSame = (a: Value, b: Value): boolean =>
	a === b ||
	(a.kind === 'null' && b.kind === 'null') ||
	(a.kind === 'object' && b.kind === 'object' && a.node.id === b.node.id);

/** One of several values; what is equal is counted once. */
export function either(values: readonly Value[]): Value {
	const all = values.flatMap((v) => (v.kind === 'either' ? v.values : [v]));
	const flat = all.filter((v, i) => !all.slice(0, i).some((w) => isSame(v, w)));
	const [first, ...others] = flat;
	if (!first) return UNKNOWN_VALUE;
	if (others.length === 0) return first;
	if (flat.some((v) => v.kind === 'unknown')) return UNKNOWN_VALUE;
	if (flat.every((v) => v.kind === 'numbers')) return numbersOf(flat.flatMap((v) => v.values));
	return flat.length <= MOST_VALUES ? { kind: 'either', values: flat } : UNKNOWN_VALUE;
}

function numbersOf(values: readonly Num[]): Value {
	const all = new Map(values.map((v) => [`${typeof v.x64}${v.x86}/${v.x64}`, v]));
	return all.size <= MOST_VALUES ? { kind: 'numbers', values: [...all.values()] } : UNKNOWN_VALUE;
}

/** Applies an operation of JavaScript's own numbers; a mixture of numbers and BigInts throws there and is unknown here. */
export function calculate(operands: readonly Value[], operation: (...n: never[]) => unknown): Value {
	const apply = operation as (...n: (number | bigint)[]) => unknown;
	let rows: Num[][] = [[]];
	for (const operand of operands) {
		if (operand.kind !== 'numbers') return UNKNOWN_VALUE;
		rows = rows.flatMap((row) => operand.values.map((v) => [...row, v]));
		if (rows.length > MOST_VALUES * MOST_VALUES) return UNKNOWN_VALUE;
	}
	const results: Num[] = [];
	try {
		for (const row of rows) {
			const x86 = apply(...row.map((v) => v.x86));
			const x64 = apply(...row.map((v) => v.x64));
			if (!isNumeric(x86) || !isNumeric(x64)) return UNKNOWN_VALUE;
			results.push({ x86, x64 });
		}
	} catch {
		// RangeError or TypeError: the program would throw there too.
		return UNKNOWN_VALUE;
	}
	return numbersOf(results);
}

const isNumeric = (v: unknown): v is number | bigint =>
	typeof v === 'bigint' ? v < 1n << 128n && v > -(1n << 128n) : typeof v === 'number' && Number.isFinite(v);

/** Larger numbers than these make are not worked out. */
const MOST_POWER = 64;
const MOST_SHIFT = 128;

type N = number;
/** Operators on numbers and BigInts, with JavaScript's own meaning: bit operators work on 32 bits of a number. */
export const BINARY: Readonly<Record<string, (a: N, b: N) => unknown>> = {
	'+': (a, b) => a + b,
	'-': (a, b) => a - b,
	'*': (a, b) => a * b,
	'/': (a, b) => a / b,
	'%': (a, b) => a % b,
	'**': (a, b) => (Math.abs(Number(b)) > MOST_POWER ? undefined : a ** b),
	'|': (a, b) => a | b,
	'&': (a, b) => a & b,
	'^': (a, b) => a ^ b,
	'<<': (a, b) => (Number(b) > MOST_SHIFT ? undefined : a << b),
	'>>': (a, b) => a >> b,
	'>>>': (a, b) => a >>> b,
};

/** Comparing operators; numbers and bigints compare by value, but are never identical. */
export const COMPARISONS: Readonly<Record<string, (a: N, b: N) => boolean>> = {
	'===': (a, b) => a === b,
	'!==': (a, b) => a !== b,
	'==': (a, b) => Number(a) === Number(b),
	'!=': (a, b) => Number(a) !== Number(b),
	'<': (a, b) => a < b,
	'>': (a, b) => a > b,
	'<=': (a, b) => a <= b,
	'>=': (a, b) => a >= b,
};

/** The value of a numeric literal. */
export function numericLiteral(text: string): number | bigint | undefined {
	const plain = text.replaceAll('_', '');
	try {
		if (plain.endsWith('n')) return BigInt(plain.slice(0, -1));
	} catch {
		return undefined;
	}
	const value = /^0\d+$/.test(plain) ? Number.parseInt(plain, /[89]/.test(plain) ? 10 : 8) : Number(plain);
	return Number.isFinite(value) ? value : undefined;
}

/** Bytes of one element, by constructor. */
export const ELEMENT_BYTES: Readonly<Record<string, number>> = {
	Int8Array: 1,
	Uint8Array: 1,
	Uint8ClampedArray: 1,
	Int16Array: 2,
	Uint16Array: 2,
	Float16Array: 2,
	Int32Array: 4,
	Uint32Array: 4,
	Float32Array: 4,
	Float64Array: 8,
	BigInt64Array: 8,
	BigUint64Array: 8,
	Buffer: 1,
};
