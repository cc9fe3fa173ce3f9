/** The libraries that are known. A further one is one more file, and one more entry here. */
import type { FfiLibrary } from '../../../calls/bindings.ts';
import type { CType } from '../../../types/ctype.ts';
import { times } from '../../../types/ctype.ts';
import { sizeOf } from '../../../types/layout.ts';
import type { Chunk } from '../chunk.ts';
import { TYPES } from '../ctypes.ts';
import {
	type Arguments,
	type Bytes,
	type Evaluator,
	NO_ELEMENT,
	number,
	type Site,
	UNKNOWN_VALUE,
	type Value,
	wholeNumber,
} from '../values.ts';
import { boundByArray, boundByObject, isOther, socketMade } from './bound.ts';
import { bun } from './bun.ts';
import { bytesCall, bytesMember, structValue } from './bytes.ts';
import { deno } from './deno.ts';
import { ffiNapi } from './ffiNapi.ts';
import { ffiRs } from './ffiRs.ts';
import { koffi } from './koffi.ts';
import type { Ffi, Library, LoadedLibrary } from './library.ts';
import { nodeFfi } from './nodeFfi.ts';
import { runtime } from './runtime.ts';
import { sizeOfType, typeOfValue } from './types.ts';

const LIBRARIES: readonly Library[] = [koffi, ffiNapi, ffiRs, nodeFfi, bun, deno, runtime];

const byRoot = new Map(LIBRARIES.flatMap((library) => library.roots.map((root) => [root, library] as const)));
const bindings = LIBRARIES.flatMap(({ ffi }) => ffi ?? []);
const byFfi = new Map(bindings.map((ffi) => [ffi.id, ffi]));

/** What a library of that name is like as a foreign function interface. */
export function ffiOf(id: FfiLibrary): Ffi {
	const ffi = byFfi.get(id);
	if (!ffi) throw new Error(`No library is known as ${id}.`);
	return ffi;
}

const DECLARERS: ReadonlySet<string> = new Set(bindings.flatMap(({ declares }) => declares));
const MARKS: readonly string[] = [...new Set(bindings.flatMap(({ marks }) => marks))];

/** Does a function of that last name declare others? */
export const declares = (name: string): boolean => DECLARERS.has(name);

/** Can some function that declares others be called there? */
export function mayDeclareFunctions(chunk: Chunk): boolean {
	for (const name of DECLARERS) if (chunk.words.has(name)) return true;
	return false;
}

/** Does a part name a library that binds functions? */
export const bindsFunctions = (chunk: Chunk): boolean => MARKS.some((mark) => chunk.words.has(mark));

/** Does a part name the library whose functions take all their arguments in one array or object? */
export const packsArguments = (chunk: Chunk): boolean => chunk.words.has('ffi') && chunk.text.includes('ffi-rs');

/** Functions of packages and globals that are known leave what they are given as it is. */
export const leavesAlone = (root: string): boolean => byRoot.has(root);

const GLOBALS: ReadonlySet<string> = new Set(LIBRARIES.flatMap(({ globals }) => globals ?? []));

/** A name that a runtime defines, where nothing else does. */
export const isGlobal = (name: string): boolean => GLOBALS.has(name);

/** The name by which a package or built-in module is known here. */
export function modulePath(from: string): readonly string[] {
	const plain = from.replace(/^(?:npm|jsr):/, '').replace(/(?<=.)@[\d^~][^/]*/, '');
	for (const library of LIBRARIES) {
		const root = library.moduleRoot?.(plain);
		if (root !== undefined) return [root];
	}
	return [plain];
}

/** What a module, or a global of that name, is as a foreign function interface. */
export const ffiOfModule = (from: string): Ffi | undefined => byRoot.get(modulePath(from)[0] ?? '')?.ffi;

/** A member of a package, a global or something below one. */
export function foreignMember(path: readonly string[], property: string): Value {
	const [root = '', ...rest] = path;
	if (property === 'default' && rest.length === 0) return { kind: 'foreign', path };
	if (root === 'globalThis' && rest.length === 0) return { kind: 'foreign', path: [property] };
	const special = byRoot.get(root)?.member?.(path, property) ?? runtime.member?.(path, property);
	if (special) return special;
	// `ref.types.int.size`, `koffi.types.int.size`.
	if (property === 'size' && rest[0] === 'types')
		return sizeOfType(typeOfValue({ kind: 'foreign', path }, undefined, NOBODY));
	return { kind: 'foreign', path: [...path, property] };
}

/** Answers nothing: types of a library's own names need nobody to ask. */
const NOBODY: Evaluator = {
	evaluate: () => UNKNOWN_VALUE,
	member: () => UNKNOWN_VALUE,
	elementOf: () => UNKNOWN_VALUE,
};

/** A member of anything that is no object, class or module. */
export function memberOfValue(object: Value, property: string, depth: number, ask: Evaluator): Value {
	switch (object.kind) {
		case 'bytes':
			return bytesMember(object, property);
		case 'text':
			return property === 'length' ? number(object.text.length) : UNKNOWN_VALUE;
		case 'list':
			return property === 'length' && object.elements ? number(object.elements.length) : UNKNOWN_VALUE;
		case 'type':
			return property === 'size' ? sizeOfType(object.type) : UNKNOWN_VALUE;
		case 'library':
			if (ffiOf(object.library).tables.includes(property)) return object;
			return boundMember(object, property, depth, ask);
		case 'binding':
			return property === 'async' || property === 'asyncFunction' ? { ...object, async: true } : UNKNOWN_VALUE;
		case 'mock':
			return object;
		default:
			return UNKNOWN_VALUE;
	}
}

function boundMember(library: LoadedLibrary, property: string, depth: number, ask: Evaluator): Value {
	const { symbols } = library;
	if (!symbols || ('env' in symbols && isOther(library.dlls, symbols.env))) return UNKNOWN_VALUE;
	const entry = ask.member(symbols, property, depth + 1);
	return ffiOf(library.library).entriesAreArrays && entry.kind === 'list'
		? boundByArray(library.library, property, entry, depth, ask)
		: boundByObject(library.library, property, entry, depth, ask);
}

/** `new` of something that is no class of the file. */
export function constructed(maker: Value, args: Arguments, site: Site): Value {
	if (maker.kind === 'type') return maker.type.kind === 'array' ? typedList(maker.type, args) : structValue(maker.type);
	if (maker.kind !== 'foreign') return UNKNOWN_VALUE;
	const library = byRoot.get(maker.path[0] ?? '');
	// `new StructType({…})`, `new ffi.Library(…)`, `new Deno.UnsafeFnPointer(…)`.
	return library?.made?.(maker.path, args, site) ?? library?.call(maker.path, args, site) ?? UNKNOWN_VALUE;
}

/** An array of a type of ref-array: made for a number of elements or of the elements themselves. */
function typedList({ of, length }: CType & { kind: 'array' }, args: Arguments): Bytes {
	const one = sizeOf(of, TYPES);
	const from = args[0]?.();
	let count = length;
	if (from) count = from.kind === 'list' ? from.elements?.length : wholeNumber(from);
	const bytes = one && count !== undefined ? times(one, count) : undefined;
	return { kind: 'bytes', type: 'ArrayType', ...(bytes ? { bytes, below: bytes } : {}) };
}

/** A call of something that is no function of the file. `last` is the last name of the callee. */
export function foreignCall(
	target: Value,
	receiver: Value | undefined,
	last: string,
	args: Arguments,
	site: Site,
): Value {
	if (target.kind === 'foreign') {
		const [root = '', ...rest] = target.path;
		const library = byRoot.get(root);
		if (library) return library.call(target.path, args, site);
		return socketMade(rest.at(-1), args.elements, true) ?? UNKNOWN_VALUE;
	}
	if (target.kind === 'binding') {
		const packed = target.packed && args.length === 1 ? args[0]?.() : undefined;
		const packedElements = packed?.kind === 'list' ? packed.elements : undefined;
		return socketMade(target.symbol, target.packed ? packedElements : args.elements, false) ?? UNKNOWN_VALUE;
	}
	// A struct type is made and used without `new` as well.
	if (target.kind === 'type') return constructed(target, args, site);
	switch (receiver?.kind) {
		case 'library':
			if (isOther(receiver.dlls, site.env)) return UNKNOWN_VALUE;
			return ffiOf(receiver.library).method?.(receiver, last, args, site) ?? UNKNOWN_VALUE;
		case 'binding':
			return last === 'bind' ? receiver : UNKNOWN_VALUE;
		case 'bytes':
			return bytesCall(receiver, last, args);
		case 'list':
			return /^(?:fill|map|reverse|sort)$/.test(last)
				? { kind: 'list', ...(receiver.elements ? { elements: receiver.elements.map(() => NO_ELEMENT) } : {}) }
				: UNKNOWN_VALUE;
		default:
			return UNKNOWN_VALUE;
	}
}
