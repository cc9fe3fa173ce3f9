/** The calls and declarations of entry points in a TypeScript or JavaScript file. */
import { type FfiLibrary, type IoctlBinding, parameterRoles, type TypeNames } from '../../calls/bindings.ts';
import type { Api } from '../../catalog/api.ts';
import { apis } from '../../catalog/functions.generated.ts';
import { field, named } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import { perTarget } from '../../types/ctype.ts';
import type { Expr } from '../c/expression.ts';
import type { Definition, EntryPointOf, RawArgument, RawCall, Scope } from '../language.ts';
import { argumentElements, evaluate, member, topOf } from './evaluate.ts';
import { bound, convertedBytes, propertyNode } from './libraries.ts';
import { enclosing, FUNCTIONS, unwrapped } from './nodes.ts';
import type { JsFile } from './source.ts';
import { type Bound, type Bytes, type Element, type Parameter, UNKNOWN_VALUE, type Value } from './values.ts';

/** The exports of Winsock's DLL among the entry points, which are the only ones a binding can name. */
const EXPORTS: readonly Api[] = apis.filter((api) => api.header === 'winsock2.h');
const apiNamed = (name: string): Api | undefined => EXPORTS.find((api) => api.id === name);

/** Every call of an entry point that is seen to be one. */
export function findCalls(file: JsFile, entryPoint: EntryPointOf): RawCall[] {
	const calls: RawCall[] = [];
	const binds = mentions(file, LIBRARY);
	const packs = binds && mentions(file, PACKING);
	for (const node of file.root.descendantsOfType('call_expression')) {
		if (!node || node.isMissing || node.hasError) continue;
		const isLikely = mayBeEntryPoint(node, file, entryPoint, binds, packs);
		const call = isLikely ? readCall(node, file, entryPoint) : undefined;
		if (call) calls.push(call);
	}
	return calls;
}

/** What a file names that binds functions itself, or a file that it gets them from. */
const LIBRARY = /\b(?:koffi|ffi|ffi-napi|ffi-rs|dlopen)\b/;
/** The library whose functions take all their arguments in one array or object. */
const PACKING = /\bffi-rs\b/;

function mentions(file: JsFile, words: RegExp, seen = new Set<number>()): boolean {
	if (seen.has(file.root.id)) return false;
	seen.add(file.root.id);
	return words.test(file.text) || file.included.some((unit) => mentions(unit, words, seen));
}

/** Cheap questions before anything is looked up: the callee's name where only that can tell, else the number of arguments. */
function mayBeEntryPoint(node: Node, file: JsFile, entryPoint: EntryPointOf, binds: boolean, packs: boolean): boolean {
	const callee = field(node, 'function');
	const list = field(node, 'arguments');
	if (!callee || !list) return false;
	const last = /[\w$]+!?$/.exec(
		file.text.slice(Math.max(callee.endIndex - 64, callee.startIndex), callee.endIndex),
	)?.[0];
	if (last && entryPoint(last.replace('!', '')) !== undefined) return true;
	if (!binds) return false;
	const given = named(list);
	if (given.some((a) => a.type === 'spread_element')) return true;
	if (given.length === 1) return packs && /^(?:array|object|identifier)$/.test(given[0]!.type);
	return EXPORTS.some((api) => given.length === api.parameters.length || given.length === api.parameters.length + 1);
}

function readCall(node: Node, file: JsFile, entryPoint: EntryPointOf): RawCall | undefined {
	const callee = field(node, 'function');
	const list = field(node, 'arguments');
	if (!callee || list?.type !== 'arguments') return undefined;
	// The fewest arguments that any of them takes, or an array or object that holds them.
	const count = list.namedChildCount;
	if (count === 0) return undefined;
	const env = topOf(file);
	const target = evaluate(callee, env);
	if (target.kind === 'foreign' && target.path.join('.') === 'ffi-rs.load') return loadCall(node, callee, file);
	let given: readonly Element[] | undefined;
	let api: Api | undefined;
	let parameters: readonly Parameter[] | undefined;
	if (target.kind === 'binding') {
		api = apiNamed(target.symbol);
		parameters = target.parameters;
		given = argumentElements(node, env);
		if (target.packed && given?.length === 1) {
			const packed = given[0]!.node ? evaluate(given[0]!.node, env) : UNKNOWN_VALUE;
			given = packed.kind === 'list' ? packed.elements : undefined;
		}
		if (api && target.async && given?.length === api.parameters.length + 1) given = given.slice(0, -1);
	} else {
		api = namedEntryPoint(callee, target, file, entryPoint);
		given = api && argumentElements(node, env);
	}
	if (!api || given?.length !== api.parameters.length) return undefined;
	return rawCall(node, callee, file, api, given, parameters);
}

/** An entry point that only its name tells: a member, an import or a destructured member of that very name. */
function namedEntryPoint(callee: Node, target: Value, file: JsFile, entryPoint: EntryPointOf): Api | undefined {
	const inner = unwrapped(callee);
	const property =
		inner.type === 'member_expression' ? field(inner, 'property') : inner.type === 'identifier' ? inner : null;
	const name = property?.text;
	if (!name) return undefined;
	const id = entryPoint(name);
	if (id === undefined) return undefined;
	// A function that the user's settings name is one wherever it comes from.
	if (!name.includes(id)) return apis.find((api) => api.id === id);
	const api = apiNamed(name);
	if (!api) return undefined;
	if (target.kind === 'function') {
		const body = field(target.node, 'body');
		// A method of that name that hands on to the real one.
		return body && new RegExp(`\\b${name}\\b`).test(body.text) ? api : undefined;
	}
	if (target.kind !== 'unknown' && target.kind !== 'foreign') return undefined;
	if (inner.type === 'member_expression') return api;
	const declaration = file.declaration(name, inner);
	if (!declaration) return undefined;
	if (declaration.imported) return declaration.imported.name === name ? api : undefined;
	return declaration.path?.at(-1) === name ? api : undefined;
}

/** ffi-rs without a definition: `load({ library, funcName, paramsType, paramsValue })`. */
function loadCall(node: Node, callee: Node, file: JsFile): RawCall | undefined {
	const env = topOf(file);
	const options = argumentElements(node, env)?.[0]?.node;
	const value = options && evaluate(options, env);
	if (value?.kind !== 'object') return undefined;
	const name = member(value, 'funcName', 0);
	const values = member(value, 'paramsValue', 0);
	const api = name.kind === 'text' ? apiNamed(name.text) : undefined;
	if (!api || values.kind !== 'list' || values.elements?.length !== api.parameters.length) return undefined;
	return rawCall(node, callee, file, api, values.elements, undefined);
}

function rawCall(
	node: Node,
	callee: Node,
	file: JsFile,
	api: Api,
	given: readonly Element[],
	parameters: readonly Parameter[] | undefined,
): RawCall {
	const roles = parameterRoles(api);
	const list = field(node, 'arguments')!;
	const args = given.map((element, i): RawArgument => {
		const { node: argument, env } = element;
		// An element of a spread array is not written in the call.
		const here =
			argument && argument.startIndex >= list.startIndex && argument.endIndex <= list.endIndex && env?.file === file;
		const at = here ? {} : { at: { start: callee.startIndex, end: callee.endIndex } };
		if (!argument || !env) return { ...unknownAt(callee), ...at, text: '' };
		const value = evaluate(argument, env);
		const definition =
			roles[i] === 'pointer'
				? pointerArgument(argument, value, parameters?.[i])
				: numberArgument(argument, value, env.file, i === api.roles.code);
		return { ...definition, ...at, text: argument.text };
	});
	const owner = enclosing(node, FUNCTIONS);
	const name = owner && functionName(owner);
	return {
		start: node.startIndex,
		end: node.endIndex,
		name: api.id,
		callee: { start: callee.startIndex, end: callee.endIndex, kind: 'name', name: callee.text, text: callee.text },
		args,
		scope: EMPTY,
		...(name ? { enclosing: name } : {}),
		...(owner ? { functionText: owner.text } : {}),
		resultUsed: isResultUsed(node),
	};
}

function functionName(owner: Node): string | undefined {
	const own = field(owner, 'name');
	if (own) return own.text;
	const holder = owner.parent;
	const name = holder && (field(holder, 'name') ?? field(holder, 'key') ?? field(holder, 'left'));
	return name?.text;
}

function isResultUsed(call: Node): boolean {
	let outer = call.parent;
	while (outer && /^(?:parenthesized_expression|await_expression|sequence_expression)$/.test(outer.type))
		outer = outer.parent;
	return outer?.type !== 'expression_statement';
}

// ---- arguments ----

/** A scope that knows at most what one name stands for. */
class NamedScope implements Scope {
	readonly #name: string | undefined;
	readonly #value: Definition | undefined;

	constructor(name?: string, value?: Expr) {
		this.#name = name;
		this.#value = value && { expr: value, scope: this };
	}

	variable() {
		return undefined;
	}

	constant(name: string) {
		return this.#value && name === this.#name ? [this.#value] : undefined;
	}

	macroFunction() {
		return undefined;
	}

	type() {
		return undefined;
	}

	isFunction() {
		return false;
	}

	uses() {
		return [];
	}
}

const EMPTY = new NamedScope();
const spanOf = (node: Node) => ({ start: node.startIndex, end: node.endIndex });
const unknownAt = (node: Node): Definition => ({ expr: { ...spanOf(node), kind: 'unknown' }, scope: EMPTY });

/** How constants are named. */
const CONSTANT = /^[A-Z][A-Z0-9_]*$/;

function numberArgument(node: Node, value: Value, file: JsFile, isCode: boolean): Definition {
	const expr = numberExpr(node, value);
	if (!isCode) return { expr, scope: EMPTY };
	const inner = unwrapped(node);
	const last =
		inner.type === 'member_expression'
			? field(inner, 'property')?.text
			: inner.type === 'identifier'
				? inner.text
				: undefined;
	if (!last || !CONSTANT.test(last)) return { expr, scope: EMPTY };
	const name: Expr = { ...spanOf(node), kind: 'name', name: last };
	if (expr.kind !== 'unknown') return { expr: name, scope: new NamedScope(last, expr) };
	if (value.kind !== 'unknown' && value.kind !== 'foreign') return { expr, scope: EMPTY };
	// Of a module or object that is not in sight a code's own name says enough; a variable may hold anything.
	const declaration = inner.type === 'identifier' ? file.declaration(last, inner) : undefined;
	const isForeign =
		inner.type === 'member_expression' || declaration?.kind === 'import' || declaration?.path?.at(-1) === last;
	return isForeign ? { expr: name, scope: EMPTY } : { expr, scope: EMPTY };
}

function numberExpr(node: Node, value: Value): Expr {
	const span = spanOf(node);
	if (value.kind === 'null') return { ...span, kind: 'null' };
	if (value.kind !== 'numbers') return { ...span, kind: 'unknown' };
	const values = value.values.flatMap(({ x86, x64 }) => {
		const narrow = Number(x86);
		const wide = Number(x64);
		if (!Number.isInteger(narrow) || !Number.isInteger(wide)) return [];
		return [
			perTarget((p) => (p === 4 ? Number(BigInt.asIntN(64, BigInt(x86))) : Number(BigInt.asIntN(64, BigInt(x64))))),
		];
	});
	const { elements, measured } = value;
	if (values.length !== value.values.length || (values.length === 0 && !elements)) return { ...span, kind: 'unknown' };
	const [only] = values;
	if (values.length === 1 && only!.x86 === only!.x64 && !elements && !measured)
		return { ...span, kind: 'number', value: BigInt(only!.x64) };
	return { ...span, kind: 'value', values, ...(elements ? { elements } : {}), ...(measured ? { measured } : {}) };
}

function pointerArgument(node: Node, value: Value, parameter: Parameter | undefined): Definition {
	return { expr: pointerExpr(node, value, parameter), scope: EMPTY };
}

function pointerExpr(node: Node, value: Value, parameter: Parameter | undefined): Expr {
	const span = spanOf(node);
	switch (value.kind) {
		case 'null':
			return { ...span, kind: 'null' };
		case 'numbers':
			return numberExpr(node, value);
		case 'bytes':
			return memoryExpr(span, value);
		case 'list':
		case 'object': {
			const to = parameter?.type.kind === 'pointer' ? parameter.type.to : undefined;
			return memoryExpr(span, convertedBytes(value, to) ?? { kind: 'bytes', type: 'object' });
		}
		// A function becomes a callback.
		case 'function':
		case 'text':
			return { ...span, kind: 'memory' };
		case 'either': {
			const all = value.values.map((v) => pointerExpr(node, v, parameter));
			return all.every((e) => e.kind === 'memory') ? { ...span, kind: 'memory' } : { ...span, kind: 'unknown' };
		}
		default:
			return { ...span, kind: 'unknown' };
	}
}

const memoryExpr = (span: { start: number; end: number }, value: Bytes): Expr => ({
	...span,
	kind: 'memory',
	...(value.bytes ? { capacity: value.bytes } : {}),
	...(value.holds ? { type: value.holds } : {}),
	...(value.spelling === undefined ? {} : { spelling: value.spelling }),
});

// ---- declarations ----

const WRITE: Readonly<Record<FfiLibrary, TypeNames>> = {
	koffi: { socket: 'uintptr_t', dword: 'uint32_t', pointer: 'void *', buffer: 'void *' },
	'ffi-napi': { socket: 'size_t', dword: 'uint32', pointer: 'pointer', buffer: 'pointer' },
	// Its `External` refuses null and buffers; a null pointer is the number 0.
	'ffi-rs': { socket: 'U64', dword: 'U32', pointer: 'U64', buffer: 'U8Array' },
	Deno: { socket: 'usize', dword: 'u32', pointer: 'pointer', buffer: 'buffer' },
	'bun:ffi': { socket: 'u64', dword: 'u32', pointer: 'ptr', buffer: 'ptr' },
	'node:ffi': { socket: 'u64', dword: 'u32', pointer: 'pointer', buffer: 'pointer' },
};

const DECLARES = /\b(?:func|stdcall|cdecl|dlopen|Library|define|linkSymbols|ForeignFunction|getFunction)$/;

/** Every declaration of an entry point in the file, by position. */
export function findBindings(file: JsFile): IoctlBinding[] {
	const found = new Map<string, IoctlBinding>();
	const add = (value: Value) => {
		if (value.kind !== 'binding' || value.file !== file || !value.list || !value.parameters) return;
		const api = apiNamed(value.symbol);
		// One list may serve several declarations.
		const key = `${value.list.id} ${value.symbol}`;
		if (api && !found.has(key)) found.set(key, toBinding(value, api, value.list));
	};
	const env = topOf(file);
	const places = EXPORTS.flatMap((api) =>
		[...file.text.matchAll(new RegExp(`\\b${api.id}\\b`, 'g'))].map((m) => m.index),
	);
	if (places.length === 0) return [];
	const holdsName = (node: Node) => {
		const { startIndex, endIndex } = node;
		return places.some((at) => at >= startIndex && at < endIndex);
	};
	for (const node of file.root.descendantsOfType(['call_expression', 'new_expression'])) {
		if (!node || node.isMissing || node.hasError) continue;
		// What declares is called by few names; a function of the file's own that does names what it declares.
		const maker = field(node, 'function') ?? field(node, 'constructor');
		const name = maker ? file.text.slice(Math.max(maker.endIndex - 64, maker.startIndex), maker.endIndex) : '';
		if (!DECLARES.test(name) && !holdsName(node)) continue;
		const value = evaluate(node, env);
		if (value.kind === 'library') for (const name of declaredNames(value)) add(member(value, name, 0));
		else add(value);
		const callee = field(node, 'function');
		if (callee && node.type === 'call_expression') {
			const target = evaluate(callee, env);
			if (target.kind === 'foreign' && target.path.join('.') === 'ffi-rs.load') add(loadDeclaration(node, file));
		}
	}
	// A table of declarations that another file opens: Bun's own type names show what it is.
	for (const node of file.root.descendantsOfType('pair')) {
		if (!node || node.isMissing || node.hasError) continue;
		const key = field(node, 'key');
		const value = field(node, 'value');
		if (!key || !value || !holdsName(key) || !apiNamed(key.text) || !/\bFFIType\b/.test(value.text)) continue;
		const table = node.parent;
		if (table?.type !== 'object') continue;
		const library: Value = { kind: 'library', library: 'bun:ffi', symbols: { kind: 'object', node: table, env } };
		add(member(library, key.text, 0));
	}
	return [...found.values()].sort((a, b) => a.start - b.start);
}

/** The names under which a table declares functions; those that stand for an entry point under another name included. */
function declaredNames(library: Value & { kind: 'library' }): string[] {
	const table = library.symbols;
	if (table?.kind !== 'object') return EXPORTS.map((api) => api.id);
	return named(table.node).flatMap((pair) => {
		const key = pair.type === 'pair' ? field(pair, 'key') : pair;
		const text = key?.type === 'string' ? key.text.slice(1, -1) : key?.text;
		return text && EXPORTS.some((api) => pair.text.includes(api.id)) ? [text] : [];
	});
}

function loadDeclaration(node: Node, file: JsFile): Value {
	const env = topOf(file);
	const options = argumentElements(node, env)?.[0]?.node;
	if (options?.type !== 'object' || !propertyNode(options, ['paramsType'])) return UNKNOWN_VALUE;
	const name = member({ kind: 'object', node: options, env }, 'funcName', 0);
	if (name.kind !== 'text') return UNKNOWN_VALUE;
	// The options have the form of one entry of a table.
	return bound('ffi-rs', name.text, { kind: 'object', node: options, env }, 0);
}

function toBinding(value: Bound, api: Api, list: Node): IoctlBinding {
	const owner = enclosing(list, FUNCTIONS);
	const name = owner && functionName(owner);
	const { prototype, elsewhere = false } = value;
	const inside = prototype ?? { start: list.startIndex + 1, end: list.endIndex - 1 };
	return {
		kind: 'ffi-declaration',
		...spanOf(value.node),
		api: api.id,
		library: value.library,
		calleeSpan: { start: value.node.startIndex, end: value.node.startIndex },
		parameters: value.parameters ?? [],
		list: elsewhere ? spanOf(list) : inside,
		...(elsewhere ? {} : { write: prototype ? WRITE[value.library] : quoted(WRITE[value.library], value) }),
		prototype: prototype !== undefined,
		...(name ? { enclosing: name } : {}),
	};
}

/** Types as the neighbours are written: quoted as they are, or as members of the library's own table. */
function quoted(names: TypeNames, value: Bound): TypeNames {
	const texts = value.parameters?.map((p) => p.text) ?? [];
	const hasTable = value.library === 'ffi-rs' || value.library === 'bun:ffi';
	const table = hasTable && texts.map((text) => /^((?:[\w$]+\.)+)[\w$]+$/.exec(text)?.[1]).find((t) => t !== undefined);
	const prefix = table || (value.library === 'ffi-rs' ? 'DataType.' : undefined);
	const quote = texts[0]?.startsWith('"') ? '"' : "'";
	const write = (name: string) => (prefix ? prefix + name : `${quote}${name}${quote}`);
	return {
		socket: write(names.socket),
		dword: write(names.dword),
		pointer: write(names.pointer),
		buffer: write(names.buffer),
	};
}
