/**
 * What the functions and members of runtimes and of the foreign function interfaces give: buffers and their sizes,
 * loaded libraries, types, bound functions.
 */
import type { FfiLibrary } from '../../calls/bindings.ts';
import { field, named } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import { catalogType } from '../../types/catalogTypes.ts';
import { type CField, type CType, minus, type PerTarget, perTarget, same, times, UNKNOWN } from '../../types/ctype.ts';
import { fieldOffset, sizeOf } from '../../types/layout.ts';
import { parameterType, parsePrototype, typeNamed } from './ctypes.ts';
import { type Arguments, elementOf, evaluate, member, topOf } from './evaluate.ts';
import { propertyName, unwrapped } from './nodes.ts';
import type { JsFile } from './source.ts';
import {
	type Bound,
	type Bytes,
	byteCount,
	calculate,
	ELEMENT_BYTES,
	type Element,
	type Env,
	NULL_VALUE,
	number,
	type Parameter,
	sizeNumber,
	UNKNOWN_VALUE,
	type Value,
	wholeNumber,
} from './values.ts';

/** Where a call stands. */
export interface Site {
	readonly node: Node;
	readonly env: Env;
	readonly depth: number;
}

/** The name by which a package or built-in module is known here: forks of one library count as that library. */
export function modulePath(from: string): readonly string[] {
	const plain = from.replace(/^(?:npm|jsr):/, '').replace(/(?<=.)@[\d^~][^/]*/, '');
	if (/^koffi(?:\/.*)?$/.test(plain)) return ['koffi'];
	if (plain === 'ffi' || /(?:^|\/)(?:node-)?ffi-napi$/.test(plain)) return ['ffi-napi'];
	if (plain === 'ref' || /(?:^|\/)ref-napi$/.test(plain)) return ['ref'];
	if (/(?:^|\/)ref-struct(?:-napi)?$/.test(plain)) return ['ref-struct'];
	if (/(?:^|\/)ref-array(?:-napi)?$/.test(plain)) return ['ref-array'];
	if (/(?:^|\/)ref-(?:struct|array)-di$/.test(plain))
		return [plain.includes('struct') ? 'ref-struct-di' : 'ref-array-di'];
	return [plain.replace(/^node:(?=util$|buffer$|module$)/, '')];
}

/** A member of a package, a global or something below one. */
export function foreignMember(path: readonly string[], property: string): Value {
	const [root, ...rest] = path;
	if (property === 'default' && rest.length === 0) return { kind: 'foreign', path };
	if (root === 'globalThis' && rest.length === 0) return { kind: 'foreign', path: [property] };
	if (root === 'buffer' && property === 'Buffer') return { kind: 'foreign', path: ['Buffer'] };
	const last = path.at(-1)!;
	if (property === 'BYTES_PER_ELEMENT' && Object.hasOwn(ELEMENT_BYTES, last)) return number(ELEMENT_BYTES[last]!);
	if (root === 'ref' && rest.length === 0 && /^NULL(?:_POINTER)?$/.test(property)) return NULL_VALUE;
	if (root === 'ref' && rest[0] === 'sizeof') {
		const size = sizeOf(
			typeNamed(property, () => undefined),
			catalogType,
		);
		return size ? sizeNumber(size) : UNKNOWN_VALUE;
	}
	// `ref.types.int.size`, `koffi.types.int.size`.
	if (property === 'size' && rest[0] === 'types') return sizeOfValue({ kind: 'foreign', path }, undefined);
	return { kind: 'foreign', path: [...path, property] };
}

const UNSURE = (file: JsFile | undefined) => (name: string) => (file ? declaredType(file, name) : undefined);

/** The C type that a value stands for, as an argument of a library's functions. */
function typeOfValue(value: Value, file: JsFile | undefined): CType {
	switch (value.kind) {
		case 'type':
			return value.type;
		case 'text':
			return typeNamed(value.text, UNSURE(file));
		case 'foreign': {
			const [, group] = value.path;
			if (!/^(?:FFIType|DataType|types)$/.test(group ?? '') || value.path.length !== 3) return UNKNOWN;
			// `ffi.types.UINT_32` of node:ffi is 'uint32'.
			const name = value.path[0] === 'node:ffi' ? value.path[2]!.replace('_', '').toLowerCase() : value.path[2]!;
			return typeNamed(name, () => undefined);
		}
		default:
			return UNKNOWN;
	}
}

const MAKERS = /^(?:struct|pack|union|alias|pointer|opaque|proto|enumeration)$/;
const registries = new WeakMap<JsFile, Map<string, Node>>();

/** A type that the file, or one that it imports, gives a name for the library to know. */
function declaredType(file: JsFile, name: string, seen = new Set<number>()): CType | undefined {
	if (seen.has(file.root.id)) return undefined;
	seen.add(file.root.id);
	let registry = registries.get(file);
	if (!registry) {
		registry = new Map();
		registries.set(file, registry);
		for (const call of file.root.descendantsOfType('call_expression')) {
			if (!call || call.isMissing) continue;
			const callee = field(call, 'function');
			const last = /[\w$]+$/.exec(callee?.text ?? '')?.[0] ?? '';
			const given = MAKERS.test(last) ? named(field(call, 'arguments')!) : [];
			// With one argument nothing is named but by `opaque`; a second that is a number counts the stars of a pointer.
			const names = last === 'opaque' ? given.length === 1 : given.length > 1 && given[1]!.type !== 'number';
			const first = names ? given[0] : undefined;
			const text = first && evaluate(first, topOf(file));
			if (text?.kind === 'text' && !registry.has(text.text)) registry.set(text.text, call);
		}
	}
	const call = registry.get(name);
	if (call) {
		const value = evaluate(call, topOf(file));
		return value.kind === 'type' ? value.type : undefined;
	}
	for (const unit of file.included) {
		const found = declaredType(unit, name, seen);
		if (found) return found;
	}
	return undefined;
}

function sizeOfValue(value: Value, file: JsFile | undefined): Value {
	const type = typeOfValue(value, file);
	const size = type.kind === 'unknown' ? undefined : sizeOf(type, catalogType);
	return size ? sizeNumber(size, { measured: type }) : UNKNOWN_VALUE;
}

// ---- members of values ----

/** A member of anything that is no object, class or module. */
export function memberOfValue(object: Value, property: string, depth: number): Value {
	switch (object.kind) {
		case 'bytes':
			return bytesMember(object, property);
		case 'text':
			return property === 'length' ? number(object.text.length) : UNKNOWN_VALUE;
		case 'list':
			return property === 'length' && object.elements ? number(object.elements.length) : UNKNOWN_VALUE;
		case 'type':
			return property === 'size' ? sizeOfValue(object, undefined) : UNKNOWN_VALUE;
		case 'library':
			if (/^(?:symbols|functions)$/.test(property) && object.library !== 'ffi-napi' && object.library !== 'ffi-rs')
				return object;
			if (property === 'lib' && object.library === 'node:ffi') return object;
			return boundMember(object, property, depth);
		case 'binding':
			return property === 'async' || property === 'asyncFunction' ? { ...object, async: true } : UNKNOWN_VALUE;
		case 'mock':
			return object;
		default:
			return UNKNOWN_VALUE;
	}
}

function bytesMember(object: Bytes, property: string): Value {
	const { bytes, element } = object;
	switch (property) {
		case 'length': {
			if (!element) return UNKNOWN_VALUE;
			const elements =
				element > 1 ? { elements: { object: object.spelling ?? '', type: object.type, bytes: element } } : {};
			if (!bytes) return element > 1 ? { kind: 'numbers', values: [], ...elements } : UNKNOWN_VALUE;
			return sizeNumber(
				perTarget((p) => (p === 4 ? bytes.x86 : bytes.x64) / element),
				elements,
			);
		}
		case 'byteLength':
			return bytes ? sizeNumber(bytes) : UNKNOWN_VALUE;
		case 'BYTES_PER_ELEMENT':
			return element ? number(element) : UNKNOWN_VALUE;
		case 'buffer': {
			const { element: _, bytes, spelling, ...rest } = object;
			const { below } = object;
			const isWhole = bytes && below && bytes.x86 === below.x86 && bytes.x64 === below.x64;
			return {
				...rest,
				type: 'ArrayBuffer',
				...(below ? { bytes: below } : {}),
				...(isWhole && spelling !== undefined ? { spelling } : {}),
			};
		}
		// Bun's extension packages give every buffer its address by this name.
		case 'ptr':
			return object;
		default:
			return UNKNOWN_VALUE;
	}
}

const WINSOCK = /(?:^|[\\/])(?:ws2_32|wsock32)(?:\.dll)?$/i;

/** The name of the DLL that a value gives; of several, Winsock's where that is among them. */
function dll(value: Value): { dll?: string } {
	const names = (value.kind === 'either' ? value.values : [value]).map((v) => (v.kind === 'text' ? v.text : undefined));
	const name =
		names.find((n) => n === undefined || WINSOCK.test(n)) ?? (names.includes(undefined) ? undefined : names[0]);
	return name === undefined ? {} : { dll: name };
}

/** A DLL whose name is known and another one than Winsock's has functions of its own. */
export const isOther = (dll: string | undefined): boolean => dll !== undefined && !WINSOCK.test(dll);

function boundMember(library: Value & { kind: 'library' }, property: string, depth: number): Value {
	if (!library.symbols || isOther(library.dll)) return UNKNOWN_VALUE;
	return bound(library.library, property, member(library.symbols, property, depth + 1), depth);
}

/** The function that a table of declarations gives a name. */
export function bound(library: FfiLibrary, name: string, definition: Value, depth: number): Value {
	if (definition.kind === 'list' && library === 'ffi-napi') {
		const types = elementOf(definition, 1, depth);
		const node = definition.elements?.[0]?.node?.parent;
		const list = definition.elements?.[1];
		if (!node || !list?.node || !list.env) return UNKNOWN_VALUE;
		const options = definition.elements?.[2] ? elementOf(definition, 2, depth) : UNKNOWN_VALUE;
		const waits = member(options, 'async', depth + 1);
		const made = binding({ library, symbol: name, env: list.env, node, types, list: list.node });
		return waits.kind === 'boolean' && waits.value ? { ...made, async: true } : made;
	}
	if (definition.kind !== 'object') return UNKNOWN_VALUE;
	const { node, env } = definition;
	const list = propertyNode(node, ['parameters', 'args', 'arguments', 'paramsType']);
	const renamed = ['name', 'symbol', 'funcName']
		.map((p) => member(definition, p, depth + 1))
		.find((v) => v.kind === 'text');
	return binding({
		library,
		symbol: renamed?.kind === 'text' ? renamed.text : name,
		env,
		node,
		types: list ? evaluate(list, env, depth) : { kind: 'list', elements: [] },
		...(list ? { list } : {}),
	});
}

/** The value of the first of these properties that an object literal has. */
export function propertyNode(object: Node, names: readonly string[]): Node | undefined {
	for (const child of named(object)) {
		if (child.type === 'shorthand_property_identifier' && names.includes(child.text)) return child;
		const key = child.type === 'pair' ? field(child, 'key') : null;
		if (key && names.includes(propertyName(key) ?? '')) return field(child, 'value') ?? undefined;
	}
	return undefined;
}

interface Declared {
	readonly library: FfiLibrary;
	readonly symbol: string;
	readonly env: Env;
	readonly node: Node;
	/** An array of types. */
	readonly types: Value;
	readonly list?: Node;
}

function binding({ library, symbol, env, node, types, list }: Declared): Bound {
	const parameters = types.kind === 'list' ? types.elements?.map((e) => parameter(e, env.file)) : undefined;
	const literal = list && literalOf(list, env);
	const isHere =
		literal?.type === 'array' && types.kind === 'list' && types.elements?.every((e) => e.env?.file === env.file);
	return {
		kind: 'binding',
		library,
		symbol,
		file: env.file,
		node,
		...(parameters?.every((p) => p !== undefined)
			? { parameters: isHere || !list ? parameters : parameters.map((p) => ({ ...p, ...placeOf(list) })) }
			: {}),
		...(isHere ? { list: literal } : list ? { list, elsewhere: true } : {}),
		...(library === 'ffi-rs' ? { packed: true } : {}),
	};
}

const placeOf = (node: Node) => ({ start: node.startIndex, end: node.endIndex });

function parameter(element: Element, file: JsFile): Parameter | undefined {
	const { node, env } = element;
	if (!node || !env) return undefined;
	const type = typeOfValue(evaluate(node, env), file);
	return { start: node.startIndex, end: node.endIndex, text: node.text, type: parameterType(type) };
}

/** The literal that an expression is, or that the constant it names was set to. */
function literalOf(node: Node, env: Env): Node {
	const inner = unwrapped(node);
	const isName = inner.type === 'identifier' || inner.type === 'shorthand_property_identifier';
	const declaration = isName ? env.file.declaration(inner.text, inner) : undefined;
	return declaration?.kind === 'const' && declaration.value && declaration.path?.length === 0
		? unwrapped(declaration.value)
		: inner;
}

/** A function declared by a C prototype in a string. */
function fromPrototype(text: string, at: Element, site: Site): Value {
	const prototype = parsePrototype(text);
	const node = at.node && at.env ? literalOf(at.node, at.env) : undefined;
	if (!prototype || !node || !at.env) return UNKNOWN_VALUE;
	const { file } = at.env;
	// Offsets in the value are offsets in the source only where the literal is plain.
	const isPlain = node.text.slice(1, -1) === text;
	const from = node.startIndex + 1;
	const parameters = prototype.parameters.map(
		(p): Parameter => ({
			...(isPlain ? { start: from + p.start, end: from + p.end } : placeOf(node)),
			text: p.text,
			...(p.name === undefined ? {} : { name: p.name }),
			type: parameterType(typeNamed(p.type, UNSURE(file))),
		}),
	);
	return {
		kind: 'binding',
		library: 'koffi',
		symbol: prototype.name,
		file,
		node: site.node,
		parameters,
		list: node,
		prototype: { start: from + prototype.start, end: from + prototype.end },
		...(isPlain ? {} : { elsewhere: true }),
	};
}

// ---- constructions ----

/** `new` of something that is no class of the file. */
export function constructed(maker: Value, args: Arguments, site: Site): Value {
	if (maker.kind === 'type') return maker.type.kind === 'array' ? refArray(maker.type, args) : structValue(maker.type);
	if (maker.kind !== 'foreign') return UNKNOWN_VALUE;
	const [root] = maker.path;
	const first = args[0];
	if (maker.path.length === 1 && root !== undefined) {
		if (root === 'ArrayBuffer' || root === 'SharedArrayBuffer') {
			// With options it may be made larger and smaller.
			const bytes = args.length > 1 ? undefined : byteCount(first?.());
			return { kind: 'bytes', type: root, ...(bytes ? { bytes, below: bytes } : {}) };
		}
		if (root === 'DataView') {
			const below = first?.();
			if (below?.kind !== 'bytes') return UNKNOWN_VALUE;
			return view('DataView', undefined, below, args);
		}
		if (root === 'Buffer') return bufferFrom(first?.() ?? UNKNOWN_VALUE, args);
		if (root === 'Array') return arrayOf(args);
		if (root === 'TextEncoder') return maker;
		if (Object.hasOwn(ELEMENT_BYTES, root)) return typedArray(root, args);
	}
	// `new StructType({…})`, `new ffi.Library(…)`, `new Deno.UnsafeFnPointer(…)`.
	return foreignCall(maker, undefined, maker.path.at(-1) ?? '', args, site);
}

const memory = (type: string, element: number, bytes: PerTarget | undefined, pooled = false): Bytes => ({
	kind: 'bytes',
	type,
	element,
	...(bytes ? { bytes } : {}),
	...(bytes && !pooled ? { below: bytes } : {}),
});

/** An array of ref-array: made for a number of elements or of the elements themselves. */
function refArray({ of, length }: CType & { kind: 'array' }, args: Arguments): Value {
	const one = sizeOf(of, catalogType);
	const from = args[0]?.();
	const count = from?.kind === 'list' ? from.elements?.length : from ? wholeNumber(from) : length;
	const bytes = one && count !== undefined ? times(one, count) : undefined;
	return { kind: 'bytes', type: 'ArrayType', ...(bytes ? { bytes, below: bytes } : {}) };
}

function arrayOf(args: Arguments): Value {
	const count = args.length === 1 ? wholeNumber(args[0]!()) : undefined;
	return count !== undefined && count < 4096
		? { kind: 'list', elements: Array.from({ length: count }, () => ({})) }
		: { kind: 'list', ...(args.length > 1 && args.elements ? { elements: args.elements } : {}) };
}

function typedArray(type: string, args: Arguments): Value {
	const element = ELEMENT_BYTES[type]!;
	if (args.length === 0) return memory(type, element, args.elements ? same(0) : undefined);
	const from = args[0]!();
	switch (from.kind) {
		case 'numbers': {
			const count = byteCount(from);
			return memory(type, element, count && times(count, element));
		}
		case 'list':
			return memory(type, element, from.elements && same(from.elements.length * element));
		case 'bytes': {
			if (from.type === 'ArrayBuffer' || from.type === 'SharedArrayBuffer') return view(type, element, from, args);
			const count =
				from.bytes && from.element
					? perTarget((p) => (p === 4 ? from.bytes!.x86 : from.bytes!.x64) / from.element!)
					: undefined;
			return memory(type, element, count && times(count, element));
		}
		default:
			return memory(type, element, undefined);
	}
}

/** `new Uint8Array(buffer, byteOffset, length)` and `new DataView(…)`. */
function view(type: string, element: number | undefined, below: Bytes, args: Arguments): Value {
	const offset = args[1] ? wholeNumber(args[1]()) : 0;
	const length = args[2]?.();
	const bytes =
		length && length.kind !== 'null'
			? timesIf(byteCount(length), element ?? 1)
			: offset === undefined || !below.bytes
				? undefined
				: minus(below.bytes, same(offset));
	return {
		kind: 'bytes',
		type,
		...(element ? { element } : {}),
		...(bytes ? { bytes } : {}),
		...(below.bytes ? { below: below.bytes } : {}),
	};
}

const timesIf = (size: PerTarget | undefined, by: number): PerTarget | undefined => size && times(size, by);

function bufferFrom(from: Value, args: Arguments): Value {
	switch (from.kind) {
		case 'numbers':
			return memory('Buffer', 1, byteCount(from));
		case 'list':
			return memory('Buffer', 1, from.elements && same(from.elements.length), true);
		case 'text': {
			const encoding = args[1]?.();
			const bytes =
				encoding && encoding.kind !== 'text' ? undefined : encodedLength(from.text, encoding?.text ?? 'utf8');
			return memory('Buffer', 1, bytes === undefined ? undefined : same(bytes), true);
		}
		case 'bytes':
			if (from.type === 'ArrayBuffer' || from.type === 'SharedArrayBuffer') return view('Buffer', 1, from, args);
			// Each element becomes one byte.
			return memory(
				'Buffer',
				1,
				from.bytes && from.element
					? perTarget((p) => (p === 4 ? from.bytes!.x86 : from.bytes!.x64) / from.element!)
					: undefined,
				true,
			);
		default:
			return memory('Buffer', 1, undefined);
	}
}

/** Bytes of a text in an encoding of Node's; undefined for one that depends on its content. */
function encodedLength(text: string, encoding: string): number | undefined {
	switch (encoding.toLowerCase()) {
		case 'utf8':
		case 'utf-8':
			return new TextEncoder().encode(text).length;
		case 'latin1':
		case 'binary':
		case 'ascii':
			return text.length;
		case 'hex':
			return /^(?:[\da-fA-F]{2})*$/.test(text) ? text.length / 2 : undefined;
		case 'utf16le':
		case 'ucs2':
		case 'utf-16le':
		case 'ucs-2':
			return text.length * 2;
		default:
			return undefined;
	}
}

function structValue(type: CType): Value {
	const bytes = sizeOf(type, catalogType);
	return { kind: 'bytes', type: 'struct', holds: type, ...(bytes ? { bytes } : {}) };
}

// ---- calls ----

/** A call of something that is no function of the file. `last` is the last name of the callee. */
export function foreignCall(
	target: Value,
	receiver: Value | undefined,
	last: string,
	args: Arguments,
	site: Site,
): Value {
	if (target.kind === 'foreign') return pathCall(target.path, args, site);
	// A struct type is made and used without `new` as well.
	if (target.kind === 'type') return constructed(target, args, site);
	if (!receiver) return UNKNOWN_VALUE;
	switch (receiver.kind) {
		case 'library':
			return libraryCall(receiver, last, args, site);
		case 'binding':
			return last === 'bind' ? receiver : UNKNOWN_VALUE;
		case 'bytes':
			return bytesCall(receiver, last, args);
		case 'list':
			return /^(?:fill|map|reverse|sort)$/.test(last)
				? { kind: 'list', ...(receiver.elements ? { elements: receiver.elements.map(() => ({})) } : {}) }
				: UNKNOWN_VALUE;
		default:
			return UNKNOWN_VALUE;
	}
}

function libraryCall(library: Value & { kind: 'library' }, method: string, args: Arguments, site: Site): Value {
	if (isOther(library.dll)) return UNKNOWN_VALUE;
	if (method === 'get' || method === 'symbol') {
		const name = args[0]?.();
		return name?.kind === 'text' && library.library === 'ffi-napi'
			? { kind: 'symbol', library: library.library, name: name.text }
			: UNKNOWN_VALUE;
	}
	if (method === 'getFunction') {
		const name = args[0]?.();
		return name?.kind === 'text'
			? bound(library.library, name.text, args[1]?.() ?? UNKNOWN_VALUE, site.depth)
			: UNKNOWN_VALUE;
	}
	if (method === 'getFunctions' && library.library === 'node:ffi' && args[0]) return { ...library, symbols: args[0]() };
	if (library.library !== 'koffi' || !/^(?:func|cdecl|stdcall|fastcall|thiscall)$/.test(method)) return UNKNOWN_VALUE;
	const first = args[0]?.();
	if (first?.kind !== 'text' || !args.elements) return UNKNOWN_VALUE;
	if (args.length === 1) return fromPrototype(first.text, args.elements[0]!, site);
	// A calling convention may come before the name.
	const at = /^(?:__)?(?:stdcall|cdecl|fastcall|thiscall)$/.test(first.text) ? 1 : 0;
	const name = args[at]?.();
	const list = args.elements[at + 2];
	if (name?.kind !== 'text' || !list?.node || !list.env) return UNKNOWN_VALUE;
	const types = evaluate(list.node, list.env, site.depth);
	const node = site.node;
	const made = binding({ library: 'koffi', symbol: name.text, env: list.env, node, types, list: list.node });
	return made;
}

function bytesCall(receiver: Bytes, method: string, args: Arguments): Value {
	switch (method) {
		case 'subarray':
		case 'slice': {
			const unit = receiver.element ?? 1;
			const { bytes, spelling: _, ...rest } = receiver;
			const from = args[0] ? integer(args[0]()) : 0;
			const to = args[1] ? integer(args[1]()) : undefined;
			const pooled = method === 'slice' && receiver.type !== 'Buffer' ? {} : { below: receiver.below };
			const base = { ...rest, ...(pooled.below ? { below: pooled.below } : {}) } as Bytes;
			if (!bytes || from === undefined || (args[1] && to === undefined)) return base;
			const part = (size: number): number => {
				const count = size / unit;
				const place = (n: number) => (n < 0 ? Math.max(count + n, 0) : Math.min(n, count));
				return Math.max(place(to ?? count) - place(from), 0) * unit;
			};
			return { ...base, bytes: perTarget((p) => part(p === 4 ? bytes.x86 : bytes.x64)) };
		}
		case 'fill':
		case 'reverse':
		case 'sort':
		case 'swap16':
		case 'swap32':
		case 'swap64':
			return receiver;
		case 'map':
		case 'toReversed':
		case 'toSorted':
		case 'with': {
			const { spelling: _, ...copy } = receiver;
			return copy;
		}
		case 'ref':
			// A struct's own memory; of a plain buffer, a pointer to it.
			return receiver.holds
				? receiver
				: memory(
						'Buffer',
						1,
						perTarget((p) => p),
					);
		default:
			return UNKNOWN_VALUE;
	}
}

function integer(value: Value): number | undefined {
	if (value.kind !== 'numbers' || value.values.length !== 1) return undefined;
	const { x86, x64 } = value.values[0]!;
	return x86 === x64 && Number.isInteger(Number(x64)) ? Number(x64) : undefined;
}

function pathCall(path: readonly string[], args: Arguments, site: Site): Value {
	const { env, depth } = site;
	const { file } = env;
	const arg = (i: number): Value => args[i]?.() ?? UNKNOWN_VALUE;
	const type = (i: number): CType => typeOfValue(arg(i), file);
	const key = path.join('.');
	if (path[0] === 'koffi') return koffiCall(path.slice(1).join('.'), args, site);
	if (Object.hasOwn(ELEMENT_BYTES, path[0]!) && path.length === 2 && path[0] !== 'Buffer') {
		if (path[1] === 'of')
			return memory(path[0]!, ELEMENT_BYTES[path[0]!]!, args.elements && same(args.length * ELEMENT_BYTES[path[0]!]!));
		if (path[1] === 'from') return typedArray(path[0]!, args);
	}
	switch (key) {
		case 'Buffer.alloc':
			return memory('Buffer', 1, byteCount(arg(0)));
		case 'Buffer.allocUnsafe':
			return memory('Buffer', 1, byteCount(arg(0)), true);
		case 'Buffer.allocUnsafeSlow':
			return memory('Buffer', 1, byteCount(arg(0)));
		case 'Buffer.from':
		case 'Buffer':
			return bufferFrom(arg(0), args);
		case 'Buffer.concat':
			// A total length of its own cuts off or adds zeros.
			return args[1] ? memory('Buffer', 1, byteCount(arg(1)), true) : concatenated(arg(0), depth);
		case 'Buffer.byteLength': {
			const text = arg(0);
			return text.kind === 'text' && args.length === 1 ? number(encodedLength(text.text, 'utf8')!) : UNKNOWN_VALUE;
		}
		case 'TextEncoder.encode': {
			const text = arg(0);
			return text.kind === 'text' ? memory('Uint8Array', 1, same(encodedLength(text.text, 'utf8')!)) : UNKNOWN_VALUE;
		}
		case 'Array':
			return arrayOf(args);
		case 'Array.from': {
			const from = arg(0);
			const count = from.kind === 'object' ? wholeNumber(member(from, 'length', depth + 1)) : undefined;
			return from.kind === 'list'
				? from
				: count === undefined || count > 4096
					? { kind: 'list' }
					: { kind: 'list', elements: Array.from({ length: count }, () => ({})) };
		}
		case 'Array.of':
			return { kind: 'list', ...(args.elements ? { elements: args.elements } : {}) };
		case 'Object.freeze':
		case 'Object.seal':
		case 'Promise.resolve':
		case 'util.promisify':
			return arg(0);
		case 'module.createRequire':
			return { kind: 'foreign', path: ['require'] };
		case 'Number':
			return calculate([arg(0)], Number);
		case 'BigInt':
			return calculate([arg(0)], BigInt as never);
		case 'BigInt.asUintN':
		case 'BigInt.asIntN':
			return calculate([arg(0), arg(1)], (key.endsWith('UintN') ? BigInt.asUintN : BigInt.asIntN) as never);
		case 'parseInt':
		case 'Number.parseInt': {
			const text = arg(0);
			const base = args[1] ? integer(arg(1)) : undefined;
			const value = text.kind === 'text' ? Number.parseInt(text.text, base) : Number.NaN;
			return Number.isNaN(value) ? UNKNOWN_VALUE : number(value);
		}
		case 'Math.max':
		case 'Math.min':
		case 'Math.imul':
		case 'Math.ceil':
		case 'Math.floor':
		case 'Math.trunc':
		case 'Math.abs': {
			const work = Math[path[1] as 'max'];
			return args.elements
				? calculate(
						args.map((a) => a()),
						work as never,
					)
				: UNKNOWN_VALUE;
		}
		case 'ffi-napi.Library': {
			const name = arg(0);
			return { kind: 'library', library: 'ffi-napi', ...dll(name), symbols: arg(1) };
		}
		case 'ffi-napi.DynamicLibrary':
			return { kind: 'library', library: 'ffi-napi', ...dll(arg(0)) };
		case 'ffi-napi.ForeignFunction': {
			const symbol = arg(0);
			const list = args.elements?.[2];
			if (symbol.kind !== 'symbol' || !list?.node || !list.env) return UNKNOWN_VALUE;
			const types = evaluate(list.node, list.env, depth);
			return binding({
				library: 'ffi-napi',
				symbol: symbol.name,
				env: list.env,
				node: site.node,
				types,
				list: list.node,
			});
		}
		case 'Deno.dlopen':
			return { kind: 'library', library: 'Deno', ...dll(arg(0)), symbols: arg(1) };
		case 'Deno.UnsafePointer.of':
			return arg(0);
		case 'Deno.UnsafePointer.create':
			return wholeNumber(arg(0)) === 0 ? NULL_VALUE : UNKNOWN_VALUE;
		case 'bun:ffi.dlopen':
			return { kind: 'library', library: 'bun:ffi', ...dll(arg(0)), symbols: arg(1) };
		case 'bun:ffi.linkSymbols':
			return { kind: 'library', library: 'bun:ffi', symbols: arg(0) };
		case 'node:ffi.getRawPointer':
			return arg(0).kind === 'bytes' ? arg(0) : UNKNOWN_VALUE;
		case 'Deno.UnsafePointer.offset':
		case 'bun:ffi.ptr': {
			const of = arg(0);
			if (of.kind !== 'bytes' || !args[1]) return of.kind === 'bytes' ? of : UNKNOWN_VALUE;
			const offset = wholeNumber(arg(1));
			// What is left is no longer the object of that name.
			const { bytes, spelling: _, ...rest } = of;
			const left = bytes && offset !== undefined ? minus(bytes, same(offset)) : undefined;
			return { ...rest, ...(left ? { bytes: left } : {}) };
		}
		case 'node:ffi.dlopen':
			return { kind: 'library', library: 'node:ffi', ...dll(arg(0)), ...(args[1] ? { symbols: arg(1) } : {}) };
		case 'node:ffi.DynamicLibrary':
			return { kind: 'library', library: 'node:ffi', ...dll(arg(0)) };
		case 'ffi-rs.define':
			return { kind: 'library', library: 'ffi-rs', symbols: arg(0) };
		case 'ref.alloc': {
			const bytes = sizeOf(type(0), catalogType);
			return { ...memory('Buffer', 1, bytes), ...(type(0).kind === 'unknown' ? {} : { holds: type(0) }) };
		}
		case 'ref.allocCString': {
			const text = arg(0);
			return memory('Buffer', 1, text.kind === 'text' ? same(encodedLength(text.text, 'utf8')! + 1) : undefined);
		}
		case 'ref.refType':
			return { kind: 'type', type: { kind: 'pointer', to: type(0) } };
		case 'ref.coerceType':
			return { kind: 'type', type: type(0) };
		case 'ref-struct-di':
			return { kind: 'foreign', path: ['ref-struct'] };
		case 'ref-array-di':
			return { kind: 'foreign', path: ['ref-array'] };
		case 'ref-struct': {
			const packed = args[1] ? member(arg(1), 'packed', depth + 1) : undefined;
			return record('', arg(0), file, depth, packed?.kind === 'boolean' && packed.value ? { pack: 1 } : {});
		}
		case 'ref-array': {
			const length = args[1] ? wholeNumber(arg(1)) : undefined;
			return { kind: 'type', type: { kind: 'array', of: type(0), ...(length === undefined ? {} : { length }) } };
		}
		default:
			return UNKNOWN_VALUE;
	}
}

function concatenated(list: Value, depth: number): Value {
	if (list.kind !== 'list' || !list.elements) return memory('Buffer', 1, undefined);
	let sum: PerTarget | undefined = same(0);
	for (let i = 0; i < list.elements.length; i++) {
		const part = elementOf(list, i, depth);
		const bytes: PerTarget | undefined = part.kind === 'bytes' ? part.bytes : undefined;
		const so: PerTarget | undefined = sum;
		sum = bytes && so ? perTarget((p) => (p === 4 ? so.x86 + bytes.x86 : so.x64 + bytes.x64)) : undefined;
	}
	return memory('Buffer', 1, sum, true);
}

function koffiCall(name: string, args: Arguments, site: Site): Value {
	const { env, depth } = site;
	const { file } = env;
	const arg = (i: number): Value => args[i]?.() ?? UNKNOWN_VALUE;
	const type = (i: number): CType => typeOfValue(arg(i), file);
	const result = (t: CType): Value => (t.kind === 'unknown' ? UNKNOWN_VALUE : { kind: 'type', type: t });
	switch (name) {
		case 'load': {
			return { kind: 'library', library: 'koffi', ...dll(arg(0)) };
		}
		case 'struct':
		case 'pack':
		case 'union': {
			const first = arg(0);
			const isNamed = first.kind === 'text';
			return record(isNamed ? first.text : '', arg(isNamed ? 1 : 0), file, depth, {
				...(name === 'pack' ? { pack: 1 } : {}),
				...(name === 'union' ? { union: true } : {}),
			});
		}
		case 'alias':
			return result(type(1));
		case 'pointer': {
			// With two arguments the first is the type's name, unless the second counts the stars.
			const second = args[1] ? arg(1) : undefined;
			const at = second && second.kind !== 'numbers' ? 1 : 0;
			return { kind: 'type', type: { kind: 'pointer', to: type(at) } };
		}
		case 'out':
		case 'inout': {
			const of = type(0);
			return of.kind === 'unknown' ? UNKNOWN_VALUE : { kind: 'type', type: of, direction: name };
		}
		case 'array': {
			const length = wholeNumber(arg(1));
			return result({ kind: 'array', of: type(0), ...(length === undefined ? {} : { length }) });
		}
		case 'opaque':
			return result({ kind: 'void' });
		case 'proto':
			return result({ kind: 'function' });
		case 'resolve':
		case 'type':
		case 'introspect':
			return result(type(0));
		case 'sizeof':
			return sizeOfValue(arg(0), file);
		case 'offsetof': {
			const member = arg(1);
			const offset = member.kind === 'text' ? fieldOffset(type(0), member.text, catalogType) : undefined;
			return offset ? sizeNumber(offset) : UNKNOWN_VALUE;
		}
		case 'alloc': {
			const one = sizeOf(type(0), catalogType);
			const count = args[1] ? byteCount(arg(1)) : same(1);
			const bytes = one && count && perTarget((p) => (p === 4 ? one.x86 * count.x86 : one.x64 * count.x64));
			return { kind: 'bytes', type: 'memory', ...(bytes ? { bytes } : {}) };
		}
		case 'as': {
			const given = arg(0);
			if (given.kind === 'bytes') return given;
			const to = type(1);
			const memoryBehind = to.kind === 'pointer' ? convertedBytes(given, to.to) : undefined;
			return memoryBehind ?? UNKNOWN_VALUE;
		}
		case 'address':
		case 'view':
			return arg(0).kind === 'bytes' ? arg(0) : UNKNOWN_VALUE;
		default:
			return UNKNOWN_VALUE;
	}
}

/** The memory that koffi makes of an array or object for a pointer parameter. */
export function convertedBytes(given: Value, to: CType | undefined): Bytes | undefined {
	const one = to && to.kind !== 'void' && to.kind !== 'unknown' ? sizeOf(to, catalogType) : undefined;
	if (given.kind === 'object')
		return {
			kind: 'bytes',
			type: 'object',
			...(one ? { bytes: one } : {}),
			...(to?.kind === 'record' ? { holds: to } : {}),
		};
	if (given.kind !== 'list') return undefined;
	const count = given.elements?.length;
	return { kind: 'bytes', type: 'list', ...(one && count !== undefined ? { bytes: times(one, count) } : {}) };
}

function record(
	name: string,
	fields: Value,
	file: JsFile,
	depth: number,
	more: { readonly pack?: number; readonly union?: boolean },
): Value {
	if (fields.kind !== 'object') return UNKNOWN_VALUE;
	const open: Value = { kind: 'type', type: { kind: 'record', union: false, name, fields: [] } };
	if (fields.changed) return open;
	const list: CField[] = [];
	for (const child of named(fields.node)) {
		const key = child.type === 'pair' ? field(child, 'key') : null;
		const value = child.type === 'pair' ? field(child, 'value') : null;
		const label = key ? propertyName(key) : undefined;
		// Computed or spread fields leave the size open.
		if (label === undefined || !value) return open;
		list.push({ name: label, type: fieldType(evaluate(value, fields.env, depth), file, depth) });
	}
	return {
		kind: 'type',
		type: {
			kind: 'record',
			union: more.union ?? false,
			name,
			fields: list,
			...(more.pack === undefined ? {} : { pack: more.pack }),
		},
	};
}

/** A field's type: koffi takes `[alignment, type]` as well. */
function fieldType(value: Value, file: JsFile, depth: number): CType {
	if (value.kind !== 'list') return typeOfValue(value, file);
	const alignment = elementOf(value, 0, depth);
	// An alignment of its own is rare: the size is left open.
	return alignment.kind === 'numbers' ? UNKNOWN : typeOfValue(elementOf(value, 1, depth), file);
}
