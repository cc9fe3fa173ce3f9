/** Declarations of entry points for a foreign function interface in a TypeScript or JavaScript file. */
import type { IoctlBinding, TypeNames } from '../../calls/bindings.ts';
import type { Api, ApiId } from '../../catalog/api.ts';
import { field, named, spanOf } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import { countWhile } from '../../syntax/search.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import { type Chunk, placesOf } from './chunk.ts';
import { argumentElements, evaluate, evaluator, member } from './evaluate.ts';
import { exportNamed, exportsOf } from './exports.ts';
import { boundByObject, propertyNode } from './libraries/bound.ts';
import { declares, ffiOf, mayDeclareFunctions } from './libraries/index.ts';
import { enclosing, FUNCTIONS, functionName, lastWord } from './nodes.ts';
import { guarded } from './slots.ts';
import { type Bound, topOf, UNKNOWN_VALUE, type Value } from './values.ts';

/** A declaration that a part makes of an entry point. */
export interface DeclaredEntryPoint {
	readonly value: Bound;
	readonly api: Api;
	readonly list: Node;
	/** Where the list stands, and a key for the list and the function. */
	readonly key: string;
}

/** Every declaration of an entry point in a part, by position; offsets are those of the part. */
export function bindingsIn(chunk: Chunk): readonly IoctlBinding[] {
	const found: IoctlBinding[] = [];
	for (const declared of declaredIn(chunk)) {
		// A list that serves several declarations is told of once, with the first of them.
		if (declared.value.chunk !== chunk && isDeclaredBefore(declared, chunk)) continue;
		found.push(toBinding(declared, chunk));
	}
	return found.sort((a, b) => a.start - b.start);
}

function isDeclaredBefore({ key, value }: DeclaredEntryPoint, chunk: Chunk): boolean {
	const { file } = chunk;
	const name = value.listName ?? ANY_LIST;
	file.sharedLists.add(name);
	file.reads(`list ${name}`, chunk);
	file.reads(`list ${name}`, value.chunk);
	if (declaredIn(value.chunk).some((d) => d.key === key)) return true;
	for (const other of file.chunks) {
		if (!mayShareList(other, name)) continue;
		file.reads(`list ${name}`, other);
		if (other === chunk) return false;
		if (declaredIn(other).some((d) => d.key === key)) return true;
	}
	return false;
}

/** Stands for lists that have no name of their own. */
const ANY_LIST = '*';

/** Can a part declare functions by a list of that name? */
export const mayShareList = (chunk: Chunk, name: string): boolean =>
	name === ANY_LIST ? mayDeclare(chunk) : chunk.mentions(name);

/** Can a part declare an entry point at all? */
function mayDeclare(chunk: Chunk): boolean {
	for (const id of exportsOf(chunk.file.catalog).byId.keys()) if (chunk.words.has(id)) return true;
	return mayDeclareFunctions(chunk);
}

/** Every list of types in a part that declares an entry point, each once. */
function declaredIn(chunk: Chunk): readonly DeclaredEntryPoint[] {
	chunk.findings.declared ??= findDeclared(chunk);
	return chunk.findings.declared;
}

function findDeclared(chunk: Chunk): readonly DeclaredEntryPoint[] {
	const { byId } = exportsOf(chunk.file.catalog);
	if (!mayDeclare(chunk)) return [];
	const places = [...byId.keys()].filter((id) => chunk.words.has(id)).flatMap((id) => placesOf(id, chunk.text));
	const found = new Map<string, DeclaredEntryPoint>();
	const add = (value: Value) => {
		const declared = value.kind === 'binding' ? toDeclared(value, chunk) : undefined;
		// One list may serve several declarations.
		if (declared && !found.has(declared.key)) found.set(declared.key, declared);
	};
	places.sort((a, b) => a - b);
	const holdsName = ({ startIndex, endIndex }: Node) =>
		(places[countWhile(places.length, (i) => (places[i] ?? 0) < startIndex)] ?? endIndex) < endIndex;
	const byAnyName = mayDeclareFunctions(chunk);
	for (const { node, type } of chunk.walk()) {
		if (type !== 'call_expression' && type !== 'new_expression') continue;
		// Most calls are neither, and a part may have thousands: what costs least is asked first.
		if (!(byAnyName || holdsName(node)) || node.hasError) continue;
		// What declares is called by few names; a function of the file's own that does names what it declares.
		const maker = field(node, 'function') ?? field(node, 'constructor');
		if (maker && (declares(lastWord(maker)) || holdsName(node)))
			guarded(() => readMaker(node, maker, chunk, add), undefined);
	}
	if (places.length > 0 && TYPE_TABLE.test(chunk.text))
		for (const node of chunk.root.descendantsOfType('pair')) {
			if (!node || !holdsName(node) || node.hasError) continue;
			guarded(() => readTable(node, chunk, holdsName, add), undefined);
		}
	return [...found.values()];
}

function readMaker(node: Node, maker: Node, chunk: Chunk, add: (value: Value) => void): void {
	const env = topOf(chunk);
	const value = evaluate(node, env);
	if (value.kind === 'library') for (const name of declaredNames(value, chunk)) add(member(value, name, 0));
	else add(value);
	if (node.type !== 'call_expression') return;
	const target = evaluate(maker, env);
	if (target.kind === 'foreign' && target.path.join('.') === 'ffi-rs.load') add(loadDeclaration(node, chunk));
}

/** Bun's own type names. */
const TYPE_TABLE = /\bFFIType\b/;

/** A table of declarations that another file opens: Bun's type names show what it is. */
function readTable(node: Node, chunk: Chunk, holdsName: (node: Node) => boolean, add: (value: Value) => void): void {
	const key = field(node, 'key');
	const value = field(node, 'value');
	if (!key || !value || !holdsName(key) || !exportNamed(chunk.file.catalog, key.text)) return;
	const table = parentOf(node);
	if (table?.type !== 'object' || !TYPE_TABLE.test(value.text)) return;
	const symbols: Value = { kind: 'object', node: table, env: topOf(chunk) };
	add(member({ kind: 'library', library: 'bun:ffi', symbols }, key.text, 0));
}

/** The names under which a table declares functions; those that stand for an entry point under another name included. */
function declaredNames(library: Value & { kind: 'library' }, { file }: Chunk): string[] {
	const { byId } = exportsOf(file.catalog);
	const ids = [...byId.keys()];
	const table = library.symbols;
	if (table?.kind !== 'object') return ids;
	return named(table.node).flatMap((pair) => {
		const key = pair.type === 'pair' ? field(pair, 'key') : pair;
		const text = key?.type === 'string' ? key.text.slice(1, -1) : key?.text;
		return text && ids.some((id) => pair.text.includes(id)) ? [text] : [];
	});
}

function loadDeclaration(node: Node, chunk: Chunk): Value {
	const env = topOf(chunk);
	const options = argumentElements(node, env)?.[0]?.node;
	if (options?.type !== 'object' || !propertyNode(options, ['paramsType'], chunk)) return UNKNOWN_VALUE;
	const definition: Value = { kind: 'object', node: options, env };
	const name = member(definition, 'funcName', 0);
	// The options have the form of one entry of a table.
	return name.kind === 'text' ? boundByObject('ffi-rs', name.text, definition, 0, evaluator) : UNKNOWN_VALUE;
}

/** What a binding declares, where its list stands in this file. */
function toDeclared(value: Bound, chunk: Chunk): DeclaredEntryPoint | undefined {
	const { list } = value;
	if (value.chunk.file !== chunk.file || !list || !value.parameters) return undefined;
	const api = exportNamed(chunk.file.catalog, value.symbol);
	return api && { value, api, list, key: `${value.chunk.order} ${list.id} ${value.symbol}` };
}

function toBinding({ value, api, list }: DeclaredEntryPoint, chunk: Chunk): IoctlBinding {
	const owner = enclosing(list, FUNCTIONS);
	const name = owner && functionName(owner);
	const { prototype, elsewhere = false } = value;
	const inside = prototype ?? { start: list.startIndex + 1, end: list.endIndex - 1 };
	// Offsets are those of this part, wherever the list stands.
	const apart = distance(value.chunk, chunk);
	const shifted = <T extends Span>(span: T): T => ({ ...span, start: span.start + apart, end: span.end + apart });
	const { write } = ffiOf(value.library);
	const start = value.node.startIndex + distance(value.at, chunk);
	return {
		kind: 'ffi-declaration',
		start,
		end: start + value.node.endIndex - value.node.startIndex,
		api: api.id as ApiId,
		library: value.library,
		calleeSpan: { start, end: start },
		parameters: (value.parameters ?? []).map(shifted),
		list: shifted(elsewhere ? spanOf(list) : inside),
		...(elsewhere ? {} : { write: prototype ? write : quoted(write, value) }),
		prototype: prototype !== undefined,
		...(name ? { enclosing: name } : {}),
	};
}

/** From the start of a part to that of another one; what hangs on it is read anew when it changes. */
function distance(of: Chunk, from: Chunk): number {
	if (of === from) return 0;
	const apart = of.start - from.start;
	from.basis.distances.set(of, apart);
	return apart;
}

/** Types as the neighbours are written: quoted as they are, or as members of the library's own table. */
function quoted(names: TypeNames, value: Bound): TypeNames {
	const { typeTable, hasTypeTable } = ffiOf(value.library);
	const texts = value.parameters?.map((p) => p.text) ?? [];
	const tables = hasTypeTable ? texts.flatMap((text) => tableOf(text) ?? []) : [];
	const prefix = tables[0] ?? typeTable;
	const quote = texts[0]?.startsWith('"') ? '"' : "'";
	const write = (name: string) => (prefix ? prefix + name : `${quote}${name}${quote}`);
	return {
		socket: write(names.socket),
		dword: write(names.dword),
		pointer: write(names.pointer),
		buffer: write(names.buffer),
	};
}

/** `DataType.` of `DataType.U32`. */
function tableOf(text: string): string | undefined {
	const end = text.lastIndexOf('.') + 1;
	return end > 1 && /^[\w$.]+$/.test(text) && end < text.length ? text.slice(0, end) : undefined;
}
