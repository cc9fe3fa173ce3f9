/** Functions bound from a DLL. */
import type { FfiLibrary } from '../../../calls/bindings.ts';
import { field, spanOf } from '../../../syntax/nodes.ts';
import type { Node } from '../../../syntax/trees.ts';
import type { Chunk } from '../chunk.ts';
import { parameterType, parsePrototype } from '../ctypes.ts';
import { exportsOf } from '../exports.ts';
import { unwrapped } from '../nodes.ts';
import {
	type Bound,
	type Element,
	type Env,
	type Evaluator,
	type Parameter,
	type Site,
	UNKNOWN_VALUE,
	type Value,
} from '../values.ts';
import { typeOfValue } from './types.ts';

/** The names that a library can have by a value; none where one of them is not known. */
export function dll(value: Value): { dlls?: readonly string[] } {
	const values = value.kind === 'either' ? value.values : [value];
	const dlls = values.flatMap((v) => (v.kind === 'text' ? [v.text] : []));
	return dlls.length === values.length ? { dlls } : {};
}

/** A DLL whose name is known and that exports no entry point has functions of its own. */
export function isOther(dlls: readonly string[] | undefined, { chunk }: Env): boolean {
	const known = exportsOf(chunk.file.catalog).dlls;
	return dlls !== undefined && !dlls.some((name) => known.test(name));
}

/** The function that a table's entry in the form of an object declares under a name. */
export function boundByObject(
	library: FfiLibrary,
	name: string,
	definition: Value,
	depth: number,
	ask: Evaluator,
): Value {
	if (definition.kind !== 'object') return UNKNOWN_VALUE;
	const { node, env } = definition;
	const list = propertyNode(node, ['parameters', 'args', 'arguments', 'paramsType'], env.chunk);
	const renamed = ['name', 'symbol', 'funcName']
		.map((p) => ask.member(definition, p, depth + 1))
		.find((v) => v.kind === 'text');
	return binding(
		{
			library,
			symbol: renamed?.kind === 'text' ? renamed.text : name,
			env,
			node,
			types: list ? ask.evaluate(list, env, depth) : { kind: 'list', elements: [] },
			...(list ? { list } : {}),
		},
		ask,
	);
}

/** The same for an entry in the form of an array: result, types, options. */
export function boundByArray(
	library: FfiLibrary,
	name: string,
	definition: Value,
	depth: number,
	ask: Evaluator,
): Value {
	if (definition.kind !== 'list') return UNKNOWN_VALUE;
	const types = ask.elementOf(definition, 1, depth);
	const [result, list, more] = definition.elements ?? [];
	const node = result?.node?.parent;
	if (!node || !list?.node || !list.env) return UNKNOWN_VALUE;
	const options = more ? ask.elementOf(definition, 2, depth) : UNKNOWN_VALUE;
	const waits = ask.member(options, 'async', depth + 1);
	const at = result.env?.chunk ?? list.env.chunk;
	const made = binding({ library, symbol: name, env: list.env, at, node, types, list: list.node }, ask);
	return waits.kind === 'boolean' && waits.value ? { ...made, async: true } : made;
}

/** The value of the first of these properties that an object literal has. */
export function propertyNode(object: Node, names: readonly string[], chunk: Chunk): Node | undefined {
	const { byName } = chunk.entries(object);
	let first: Node | undefined;
	for (const name of names) {
		const entry = byName.get(name)?.[0];
		if (entry && (!first || entry.startIndex < first.startIndex)) first = entry;
	}
	if (!first || first.type === 'shorthand_property_identifier') return first;
	return first.type === 'pair' ? (field(first, 'value') ?? undefined) : undefined;
}

interface Declared {
	readonly library: FfiLibrary;
	readonly symbol: string;
	/** Of the list. */
	readonly env: Env;
	readonly node: Node;
	/** Where the node stands; absent: with the list. */
	readonly at?: Chunk;
	/** An array of types. */
	readonly types: Value;
	readonly list?: Node;
}

/** The function that a list of types declares. */
export function binding({ library, symbol, env, node, at, types, list }: Declared, ask: Evaluator): Bound {
	const parameters = types.kind === 'list' ? types.elements?.map((e) => parameter(e, env.chunk, ask)) : undefined;
	const literal = list && literalOf(list, env);
	const isHere =
		literal?.node.type === 'array' &&
		types.kind === 'list' &&
		types.elements?.every((e) => e.env?.chunk === literal.chunk);
	const known = parameters?.every((p) => p !== undefined) ? parameters : undefined;
	const placed = isHere || !list ? known : known?.map((p) => ({ ...p, ...spanOf(list) }));
	return {
		kind: 'binding',
		library,
		symbol,
		chunk: isHere ? literal.chunk : env.chunk,
		at: at ?? env.chunk,
		node,
		...(placed ? { parameters: placed } : {}),
		...(isHere ? { list: literal.node } : {}),
		...(isHere && literal.listName !== undefined ? { listName: literal.listName } : {}),
		...(!isHere && list ? { list, elsewhere: true } : {}),
		...(library === 'ffi-rs' ? { packed: true } : {}),
	};
}

function parameter(element: Element, chunk: Chunk, ask: Evaluator): Parameter | undefined {
	const { node, env } = element;
	if (!node || !env) return undefined;
	const type = typeOfValue(ask.evaluate(node, env), chunk, ask);
	return { ...spanOf(node), text: node.text, type: parameterType(type) };
}

/** The literal that an expression is, or that the constant of the same file that it names was set to. */
function literalOf(node: Node, env: Env): { readonly node: Node; readonly chunk: Chunk; readonly listName?: string } {
	const inner = unwrapped(node);
	const isName = inner.type === 'identifier' || inner.type === 'shorthand_property_identifier';
	const declaration = isName ? env.chunk.declaration(inner.text, inner) : undefined;
	return declaration?.kind === 'const' && declaration.value && declaration.path?.length === 0
		? { node: unwrapped(declaration.value), chunk: declaration.chunk, listName: declaration.name }
		: { node: inner, chunk: env.chunk };
}

/** A function declared by a C prototype in a string. */
export function fromPrototype(text: string, at: Element, site: Site): Value {
	const prototype = parsePrototype(text);
	const literal = at.node && at.env ? literalOf(at.node, at.env) : undefined;
	if (!prototype || !literal) return UNKNOWN_VALUE;
	const { node, chunk } = literal;
	// Offsets in the value are offsets in the source only where the literal is plain.
	const isPlain = node.text.slice(1, -1) === text;
	const from = node.startIndex + 1;
	const parameters = prototype.parameters.map(
		(p): Parameter => ({
			...(isPlain ? { start: from + p.start, end: from + p.end } : spanOf(node)),
			text: p.text,
			...(p.name === undefined ? {} : { name: p.name }),
			type: parameterType(typeOfValue({ kind: 'text', text: p.type }, chunk, site.ask)),
		}),
	);
	return {
		kind: 'binding',
		library: 'koffi',
		symbol: prototype.name,
		chunk,
		at: site.env.chunk,
		node: site.node,
		parameters,
		list: node,
		...(literal.listName === undefined ? {} : { listName: literal.listName }),
		prototype: { start: from + prototype.start, end: from + prototype.end },
		...(isPlain ? {} : { elsewhere: true }),
	};
}

const SOCKET_MAKERS: ReadonlySet<string> = new Set(['socket', 'WSASocket', 'WSASocketW', 'WSASocketA']);
const ACCEPTORS: ReadonlySet<string> = new Set(['accept', 'WSAAccept']);

/**
 * The socket that a call makes, where it makes one.
 * @param named only the names of the arguments show that the function is Winsock's.
 */
export function socketMade(
	symbol: string | undefined,
	given: readonly Element[] | undefined,
	named: boolean,
): Value | undefined {
	if (!symbol || !given || given.length < 3) return undefined;
	if (ACCEPTORS.has(symbol) && !named) return { kind: 'socket', made: [], named, accepted: symbol };
	if (!SOCKET_MAKERS.has(symbol)) return undefined;
	return { kind: 'socket', made: given.slice(0, 3), named };
}
