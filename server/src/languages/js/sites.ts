/** The calls of entry points in a part of a TypeScript or JavaScript file. */
import { parameterRoles } from '../../calls/bindings.ts';
import type { CallSite } from '../../calls/site.ts';
import type { Api, ApiId } from '../../catalog/api.ts';
import { field, named } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import type { Chunk } from './chunk.ts';
import { argumentElements, evaluate, member } from './evaluate.ts';
import { exportNamed, exportsOf } from './exports.ts';
import { enclosing, FUNCTIONS, functionName, lastWord, spanOf, unwrapped } from './nodes.ts';
import { guarded, JsSlot } from './slots.ts';
import { type Element, type Parameter, topOf, UNKNOWN_VALUE, type Value } from './values.ts';

/** A call, and the expressions that stand for the entry point's arguments. */
export interface Found {
	readonly node: Node;
	readonly callee: Node;
	readonly api: Api;
	readonly given: readonly Element[];
	/** As the binding declares them. */
	readonly parameters?: readonly Parameter[];
	readonly chunk: Chunk;
}

/** Every call of an entry point in a part that is seen to be one, by position. */
export const sitesIn = (chunk: Chunk): readonly CallSite[] => findCalls(chunk).map(toSite);

/** The same, before its arguments are looked at. */
export function findCalls(chunk: Chunk): readonly Found[] {
	const found: Found[] = [];
	if (!mayHoldCalls(chunk)) return found;
	for (const node of chunk.root.descendantsOfType('call_expression')) {
		if (!node || node.isMissing || node.hasError || !mayBeEntryPoint(node, chunk)) continue;
		const call = guarded(() => readCall(node, chunk), undefined);
		if (call) found.push(call);
	}
	return found.sort((a, b) => a.node.startIndex - b.node.startIndex);
}

/** Is there anything to parse the part for? */
function mayHoldCalls(chunk: Chunk): boolean {
	const { file } = chunk;
	for (const word of chunk.words) if (file.entryPoint(word) !== undefined) return true;
	const { binds, packs } = file.libraries;
	if (!binds || !chunk.mayCallWith(exportsOf(file.catalog).counts | (packs ? 1 << 1 : 0))) return false;
	return file.mayReachLibraries(chunk);
}

/** Cheap questions before anything is looked up: the callee's name where only that can tell, else the number of arguments. */
function mayBeEntryPoint(node: Node, { file }: Chunk): boolean {
	const callee = field(node, 'function');
	const list = field(node, 'arguments');
	if (!callee || list?.type !== 'arguments') return false;
	if (file.entryPoint(lastWord(unwrapped(callee))) !== undefined) return true;
	const { binds, packs } = file.libraries;
	if (!binds) return false;
	const given = named(list);
	const [first, ...others] = given;
	if (given.some((a) => a.type === 'spread_element')) return true;
	if (first && others.length === 0) return packs && /^(?:array|object|identifier)$/.test(first.type);
	return ((1 << given.length) & exportsOf(file.catalog).counts) !== 0;
}

function readCall(node: Node, chunk: Chunk): Found | undefined {
	const callee = field(node, 'function');
	const list = field(node, 'arguments');
	if (!callee || !list || list.namedChildCount === 0) return undefined;
	const { catalog } = chunk.file;
	const env = topOf(chunk);
	const target = evaluate(callee, env);
	if (target.kind === 'foreign' && target.path.join('.') === 'ffi-rs.load') return loadCall(node, callee, chunk);
	if (target.kind !== 'binding') {
		const api = namedEntryPoint(callee, target, chunk);
		const given = api && argumentElements(node, env);
		return api && given?.length === api.parameters.length ? { node, callee, api, given, chunk } : undefined;
	}
	const api = exportNamed(catalog, target.symbol);
	let given = argumentElements(node, env);
	const only = target.packed && given?.length === 1 ? given[0] : undefined;
	if (only) {
		const packed = only.node ? evaluate(only.node, env) : UNKNOWN_VALUE;
		given = packed.kind === 'list' ? packed.elements : undefined;
	}
	if (!api || !given) return undefined;
	// A callback comes last.
	if (target.async && given.length === api.parameters.length + 1) given = given.slice(0, -1);
	if (given.length !== api.parameters.length) return undefined;
	const { parameters } = target;
	return { node, callee, api, given, ...(parameters ? { parameters } : {}), chunk };
}

/** An entry point that only its name tells: a member, an import or a destructured member of that very name. */
function namedEntryPoint(callee: Node, target: Value, chunk: Chunk): Api | undefined {
	const { file } = chunk;
	const inner = unwrapped(callee);
	const name = inner.type === 'member_expression' ? field(inner, 'property')?.text : inner.text;
	if (!name || !(inner.type === 'member_expression' || inner.type === 'identifier')) return undefined;
	const id = file.entryPoint(name);
	if (id === undefined) return undefined;
	// A function that the user's settings name is one wherever it comes from.
	if (!name.includes(id)) return file.catalog.functionById(id);
	const api = exportNamed(file.catalog, name);
	if (!api) return undefined;
	if (target.kind === 'function') {
		// A function of that name that hands on to the real one.
		const body = field(target.node, 'body');
		return body && target.env.chunk.occurrences(name, body.startIndex, body.endIndex)?.length !== 0 ? api : undefined;
	}
	if (target.kind !== 'unknown' && target.kind !== 'foreign') return undefined;
	if (inner.type === 'member_expression') return api;
	const declaration = chunk.declaration(name, inner);
	if (!declaration) return undefined;
	if (declaration.imported) return declaration.imported.name === name ? api : undefined;
	return declaration.path?.at(-1) === name ? api : undefined;
}

/** ffi-rs without a definition: `load({ library, funcName, paramsType, paramsValue })`. */
function loadCall(node: Node, callee: Node, chunk: Chunk): Found | undefined {
	const env = topOf(chunk);
	const options = argumentElements(node, env)?.[0]?.node;
	const value = options && evaluate(options, env);
	if (value?.kind !== 'object') return undefined;
	const name = member(value, 'funcName', 0);
	const values = member(value, 'paramsValue', 0);
	const api = name.kind === 'text' ? exportNamed(chunk.file.catalog, name.text) : undefined;
	if (!api || values.kind !== 'list' || values.elements?.length !== api.parameters.length) return undefined;
	return { node, callee, api, given: values.elements, chunk };
}

// ---- sites ----

function toSite(found: Found): CallSite {
	const { node, callee, api, given, chunk } = found;
	const roles = parameterRoles(api);
	const slots: readonly JsSlot[] = given.map(
		(element, i) =>
			new JsSlot(found, element, roles[i] === 'pointer' ? 'pointer' : 'number', found.parameters?.[i], () => code),
	);
	const code = slots[api.roles.code];
	const owner = enclosing(node, FUNCTIONS);
	const name = owner && functionName(owner);
	const { waits, expects } = owner ? factsOf(owner, chunk) : NOTHING_KNOWN;
	return {
		...spanOf(node),
		api: api.id as ApiId,
		callee: callee.text,
		calleeSpan: lastNameOf(callee),
		args: slots,
		...(name ? { enclosing: name } : {}),
		resultUsed: isResultUsed(node),
		waits,
		expects,
	};
}

/** Span of the name that a callee ends with, else of all of it. */
function lastNameOf(callee: Node) {
	const { text } = callee;
	let end = text.length;
	while (end > 0 && !/\w/.test(text[end - 1] ?? '')) end--;
	let start = end;
	while (start > 0 && /[\w$]/.test(text[start - 1] ?? '')) start--;
	while (start < end && /\d/.test(text[start] ?? '')) start++;
	if (start === end) return spanOf(callee);
	return { start: callee.startIndex + start, end: callee.startIndex + end };
}

export function isResultUsed(call: Node): boolean {
	let outer = call.parent;
	while (outer && /^(?:parenthesized_expression|await_expression|sequence_expression)$/.test(outer.type))
		outer = outer.parent;
	return outer?.type !== 'expression_statement';
}

/** What the text of a function says of all calls in it. */
export interface FunctionFacts {
	readonly waits: boolean;
	readonly expects: readonly string[];
}

const NOTHING_KNOWN: FunctionFacts = { waits: false, expects: [] };

/** Words that show that a function waits for overlapped operations, or cannot be seen not to. */
const WAITS = /GetOverlappedResult|Wait|GetQueuedCompletionStatus|SleepEx|CancelIo|\bco_await\b|\bwait/;
const ERRORS = /\b(?:WSAE|ERROR_|STATUS_)[A-Z_]+\b/g;

/** Read once for each function, as a machine may write thousands of calls into one. */
function factsOf(owner: Node, chunk: Chunk): FunctionFacts {
	const { functions } = chunk.findings;
	let facts = functions.get(owner.id);
	if (!facts) {
		const { text } = owner;
		facts = { waits: WAITS.test(text), expects: [...new Set(text.match(ERRORS) ?? [])] };
		functions.set(owner.id, facts);
	}
	return facts;
}
