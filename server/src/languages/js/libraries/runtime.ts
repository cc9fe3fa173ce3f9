/** What every runtime has: buffers, numbers, arrays and what copies or freezes them. */
import {
	type Arguments,
	byteCount,
	type Content,
	calculate,
	ELEMENT_BYTES,
	NO_ELEMENT,
	number,
	type Site,
	UNKNOWN_VALUE,
	type Value,
	wholeNumber,
} from '../values.ts';
import {
	bufferFrom,
	bytesMember,
	concatenated,
	copiedBytes,
	encoded,
	integer,
	memory,
	typedArray,
	typedArrayOf,
	utf8Length,
	view,
} from './bytes.ts';
import type { Library } from './library.ts';

/** Larger arrays are not written out. */
const MOST_MADE = 4096;

const arg = (args: Arguments, at: number): Value => args[at]?.() ?? UNKNOWN_VALUE;
const list = (count: number): Value => ({ kind: 'list', elements: Array.from({ length: count }, () => NO_ELEMENT) });

/** `Array(…)`. */
function arrayOf(args: Arguments): Value {
	const count = args.length === 1 ? wholeNumber(arg(args, 0)) : undefined;
	if (count !== undefined && count < MOST_MADE) return list(count);
	return { kind: 'list', ...(args.length > 1 && args.elements ? { elements: args.elements } : {}) };
}

function arrayFrom(args: Arguments, { depth, ask }: Site): Value {
	const from = arg(args, 0);
	if (from.kind === 'list') return from;
	const count = from.kind === 'object' ? wholeNumber(ask.member(from, 'length', depth + 1)) : undefined;
	return count === undefined || count > MOST_MADE ? { kind: 'list' } : list(count);
}

function concat(args: Arguments, { depth, ask }: Site): Value {
	// A total length of its own cuts off or adds zeros.
	if (args[1]) return memory('Buffer', 1, byteCount(arg(args, 1)), { pooled: true });
	const parts = arg(args, 0);
	return concatenated(
		parts.kind === 'list' ? parts.elements?.map((_, i) => ask.elementOf(parts, i, depth)) : undefined,
	);
}

function parsedInteger(args: Arguments): Value {
	const text = arg(args, 0);
	const base = args[1] ? integer(arg(args, 1)) : undefined;
	const value = text.kind === 'text' ? Number.parseInt(text.text, base) : Number.NaN;
	return Number.isNaN(value) ? UNKNOWN_VALUE : number(value);
}

const UNSET: Content = { kind: 'unset' };

type Call = (args: Arguments, site: Site) => Value;

const math =
	(operation: (...n: never[]) => unknown): Call =>
	(args) =>
		args.elements
			? calculate(
					args.map((a) => a()),
					operation,
				)
			: UNKNOWN_VALUE;
const first: Call = (args) => arg(args, 0);
const bigints =
	(operation: (...n: never[]) => unknown): Call =>
	(args) =>
		calculate([arg(args, 0), arg(args, 1)], operation);

const CALLS: Readonly<Record<string, Call>> = {
	'Buffer.alloc': (args) =>
		memory('Buffer', 1, byteCount(arg(args, 0)), { content: args.length === 1 ? { kind: 'zero' } : undefined }),
	'Buffer.allocUnsafe': (args) => memory('Buffer', 1, byteCount(arg(args, 0)), { pooled: true, content: UNSET }),
	'Buffer.allocUnsafeSlow': (args) => memory('Buffer', 1, byteCount(arg(args, 0)), { content: UNSET }),
	'Buffer.from': (args) => bufferFrom(arg(args, 0), args),
	Buffer: (args) => bufferFrom(arg(args, 0), args),
	'Buffer.concat': concat,
	'Buffer.copyBytesFrom': (args) => copiedBytes(arg(args, 0), args),
	'Buffer.of': (args) => typedArrayOf('Buffer', args),
	'Uint8Array.fromHex': (args) => decoded(arg(args, 0), 'hex'),
	'Uint8Array.fromBase64': (args) => decoded(arg(args, 0), 'base64'),
	structuredClone: (args) => {
		const of = arg(args, 0);
		const { spelling: _, ...copy } = of.kind === 'bytes' ? of : { spelling: undefined, ...UNKNOWN_VALUE };
		return copy;
	},
	'buffer.SlowBuffer': (args) => bufferFrom(arg(args, 0), args),
	'Buffer.byteLength': (args) => {
		const text = arg(args, 0);
		if (text.kind === 'bytes') return bytesMember(text, 'byteLength');
		return text.kind === 'text' && args.length === 1 ? number(utf8Length(text.text)) : UNKNOWN_VALUE;
	},
	'TextEncoder.encode': (args) => {
		const text = arg(args, 0);
		return text.kind === 'text' ? typedBytes(utf8Length(text.text)) : UNKNOWN_VALUE;
	},
	Array: arrayOf,
	'Array.from': arrayFrom,
	'Array.of': (args) => ({ kind: 'list', ...(args.elements ? { elements: args.elements } : {}) }),
	'Object.freeze': first,
	'Object.seal': first,
	'Promise.resolve': first,
	'util.promisify': first,
	'module.createRequire': () => ({ kind: 'foreign', path: ['require'] }),
	Number: (args) => calculate([arg(args, 0)], Number),
	BigInt: (args) => calculate([arg(args, 0)], BigInt as never),
	'BigInt.asUintN': bigints(BigInt.asUintN as never),
	'BigInt.asIntN': bigints(BigInt.asIntN as never),
	parseInt: parsedInteger,
	'Number.parseInt': parsedInteger,
	'Math.max': math(Math.max),
	'Math.min': math(Math.min),
	'Math.imul': math(Math.imul),
	'Math.ceil': math(Math.ceil),
	'Math.floor': math(Math.floor),
	'Math.trunc': math(Math.trunc),
	'Math.abs': math(Math.abs),
};

function decoded(text: Value, encoding: string): Value {
	const raw = text.kind === 'text' ? encoded(text.text, encoding) : undefined;
	return raw instanceof Uint8Array ? typedBytes(raw.length) : UNKNOWN_VALUE;
}

const typedBytes = (bytes: number): Value => memory('Uint8Array', 1, { x86: bytes, x64: bytes, arm64: bytes });

function called(path: readonly string[], args: Arguments, site: Site): Value {
	const [root = '', method] = path;
	const name = path.join('.');
	if (Object.hasOwn(CALLS, name)) return CALLS[name]?.(args, site) ?? UNKNOWN_VALUE;
	if (!Object.hasOwn(ELEMENT_BYTES, root) || path.length !== 2 || root === 'Buffer') return UNKNOWN_VALUE;
	if (method === 'of') return typedArrayOf(root, args);
	if (method !== 'from') return UNKNOWN_VALUE;
	const from = arg(args, 0);
	const made = from.kind === 'object' ? arrayFrom(args, site) : undefined;
	return typedArray(root, made ? [() => made] : args);
}

function made(path: readonly string[], args: Arguments): Value | undefined {
	const [root = '', ...more] = path;
	if (more.length > 0) return undefined;
	switch (root) {
		case 'ArrayBuffer':
		case 'SharedArrayBuffer': {
			// With options it may be made larger and smaller.
			const bytes = args.length > 1 ? undefined : byteCount(args[0]?.());
			return { kind: 'bytes', type: root, ...(bytes ? { bytes, below: bytes, content: { kind: 'zero' } } : {}) };
		}
		case 'DataView': {
			const below = args[0]?.();
			return below?.kind === 'bytes' ? view('DataView', undefined, below, args) : UNKNOWN_VALUE;
		}
		// Without `new` it is the same.
		case 'Buffer':
			return undefined;
		case 'TextEncoder':
			return { kind: 'foreign', path };
		default:
			return Object.hasOwn(ELEMENT_BYTES, root) ? typedArray(root, args) : undefined;
	}
}

const GLOBALS = [
	...Object.keys(ELEMENT_BYTES),
	...'ArrayBuffer SharedArrayBuffer DataView Array Object Promise Number BigInt String parseInt Math TextEncoder structuredClone'.split(
		' ',
	),
];

export const runtime: Library = {
	roots: [...GLOBALS, 'util', 'module', 'buffer'],
	globals: [...GLOBALS, 'globalThis', 'require', 'Bun'],
	moduleRoot: (name) => (/^(?:node:)?(?:util|buffer|module)$/.test(name) ? name.replace('node:', '') : undefined),
	member: ([root = '', ...rest], property) => {
		if (root === 'buffer' && rest.length === 0 && property === 'Buffer') return { kind: 'foreign', path: ['Buffer'] };
		const last = rest.at(-1) ?? root;
		const bytes = Object.hasOwn(ELEMENT_BYTES, last) ? ELEMENT_BYTES[last] : undefined;
		return property === 'BYTES_PER_ELEMENT' && bytes ? number(bytes) : undefined;
	},
	call: called,
	made,
};
