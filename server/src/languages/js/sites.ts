/** The calls of entry points in a part of a TypeScript or JavaScript file. */
import { parameterRoles } from '../../calls/bindings.ts';
import { readinessIn } from '../../calls/readiness.ts';
import type { CallSite } from '../../calls/site.ts';
import type { SiteAt } from '../../calls/siteAt.ts';
import type { Api, ApiId } from '../../catalog/api.ts';
import type { OwnWrapper } from '../../catalog/ownFunctions.ts';
import { field, named, spanOf, textWithout } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import type { Node } from '../../syntax/trees.ts';
import { resultTests } from '../result.ts';
import type { Chunk } from './chunk.ts';
import { argumentElements, evaluate, member } from './evaluate.ts';
import { exportNamed, exportsOf } from './exports.ts';
import { argumentsOf, type Forwarder, forwarderOf } from './forwarding.ts';
import { FUNCTIONS, functionName, LONGEST_NAME, lastNameOf, lastWord, NAME_END, unwrapped } from './nodes.ts';
import { argumentsThrough, ownWrapperOf } from './ownWrappers.ts';
import { resultsIn } from './result.ts';
import { guarded, JsSlot } from './slots.ts';
import { type Bound, type Element, NO_ELEMENT, type Parameter, topOf, UNKNOWN_VALUE, type Value } from './values.ts';

/** A call, and the expressions that stand for the entry point's arguments. */
export interface Found {
	readonly node: Node;
	readonly callee: Node;
	readonly api: Api;
	readonly given: readonly Element[];
	/** As the binding declares them. */
	readonly parameters?: readonly Parameter[];
	readonly chunk: Chunk;
	/** Name of the function through which it is made. */
	readonly through?: string;
	/** The same, as the settings explain it. */
	readonly own?: OwnWrapper;
	/** The function that it stands in. */
	readonly owner?: Node;
	/** It is more than a statement of its own. */
	readonly resultUsed: boolean;
}

type Read = Omit<Found, 'owner' | 'resultUsed'>;

/** Every call of an entry point in a part that is seen to be one: those of its own, then those through functions. */
export const allCalls = (chunk: Chunk): readonly Found[] => [...findCalls(chunk), ...callsThrough(chunk)];

/** The same for a part that is gone through: nothing of a call is kept when the next is read. */
export function* callsInPassing(chunk: Chunk): Generator<Found, void, undefined> {
	for (const calls of [directCalls(chunk), callsThrough(chunk)]) {
		for (const call of calls) {
			yield call;
			chunk.forgetPassed();
		}
	}
}

/** Those that name the entry point or what is bound to it, before their arguments are looked at. */
export function findCalls(chunk: Chunk): readonly Found[] {
	const { findings } = chunk;
	findings.calls ??= [...directCalls(chunk)];
	return findings.calls;
}

const directCalls = (chunk: Chunk): Iterable<Found> =>
	mayHoldCalls(chunk)
		? callsIn(chunk, (node) => (mayBeEntryPoint(node, chunk) ? readCall(node, chunk) : undefined))
		: [];

/** Words in front of a parenthesis, but for the names of functions where they are declared. */
const CALLED = /(?<![\w$]|\bfunction\s)([\w$]+)\s*\(/g;

/** Those of functions that hand their parameters on to such a call. */
function callsThrough(chunk: Chunk): Iterable<Found> {
	const { file, text } = chunk;
	let mayBeThere = false;
	for (const [, name = ''] of text.matchAll(CALLED)) mayBeThere ||= file.mayForward(name);
	if (!mayBeThere) return [];
	return callsIn(chunk, (node) => {
		const callee = field(node, 'function');
		const name = callee && lastWord(unwrapped(callee));
		return name && file.mayForward(name) && file.entryPoint(name) === undefined
			? forwarded(node, callee, name, chunk)
			: undefined;
	});
}

function forwarded(node: Node, callee: Node, name: string, chunk: Chunk): Read | undefined {
	const env = topOf(chunk);
	const forwarder = forwarderNamed(evaluate(callee, env));
	const given = forwarder && argumentElements(node, env);
	return given && readThrough(forwarder, { node, callee, name, chunk, given });
}

const forwarderNamed = (target: Value): Forwarder | undefined =>
	target.kind === 'function' ? forwarderOf(target, findCalls(target.env.chunk)) : undefined;

function readThrough(
	forwarder: Forwarder,
	{ node, callee, name, chunk, given }: Pick<Read, 'node' | 'callee' | 'chunk' | 'given'> & { readonly name: string },
): Read {
	const { api, parameters } = forwarder.call;
	const read = { node, callee, api, given: argumentsOf(forwarder, given), through: name, chunk };
	return parameters ? { ...read, parameters } : read;
}

/** What is read of each call. The walk knows what it is in: a parent would be looked for from the root. */
function* callsIn(chunk: Chunk, read: (node: Node) => Read | undefined): Generator<Found, void, undefined> {
	const open: { readonly node: Node; readonly end: number; readonly isStatement: boolean }[] = [];
	for (const { node, type } of chunk.walk()) {
		const isStatement = type === 'expression_statement';
		const isCall = type === 'call_expression';
		if (!isCall && !isStatement && !FUNCTIONS.has(type)) continue;
		while ((open.at(-1)?.end ?? Infinity) <= node.startIndex) open.pop();
		if (!isCall) open.push({ node, end: node.endIndex, isStatement });
		if (!isCall || node.hasError) continue;
		const call = guarded(() => read(node), undefined);
		if (!call) continue;
		const top = open.at(-1);
		const owner = open.findLast(({ isStatement }) => !isStatement)?.node;
		const resultUsed = !top?.isStatement || !isResultOf(top.node, node);
		yield { ...call, ...(owner ? { owner } : {}), resultUsed };
	}
}

const PASSED_ON = /^(?:parenthesized_expression|await_expression|sequence_expression)$/;

/** Is a call all that a statement does? */
function isResultOf(statement: Node, call: Node): boolean {
	let outer = parentOf(call);
	while (outer && PASSED_ON.test(outer.type)) outer = parentOf(outer);
	return outer?.id === statement.id;
}

/** Is there anything to parse the part for? */
export function mayHoldCalls(chunk: Chunk): boolean {
	const { file } = chunk;
	for (const word of chunk.words) if (file.entryPoint(word) !== undefined) return true;
	const { binds, packs } = file.libraries;
	if (!binds || !chunk.mayCallWith(exportsOf(file.catalog).counts | (packs ? 1 << 1 : 0))) return false;
	return file.mayReachLibraries(chunk);
}

/** Cheap questions before anything is looked up: the callee's name where only that can tell, else the number of arguments. */
function mayBeEntryPoint(node: Node, chunk: Chunk): boolean {
	const list = field(node, 'arguments');
	if (!list || isPlainlyAnother(list, chunk)) return false;
	const { file } = chunk;
	const { binds, packs } = file.libraries;
	const callee = field(node, 'function');
	if (!callee || list.type !== 'arguments') return false;
	if (file.entryPoint(lastWord(unwrapped(callee))) !== undefined) return true;
	if (!binds) return false;
	const given = named(list);
	const [first, ...others] = given;
	if (given.some((a) => a.type === 'spread_element')) return true;
	if (first && others.length === 0) return packs && /^(?:array|object|identifier)$/.test(first.type);
	return ((1 << given.length) & exportsOf(file.catalog).counts) !== 0;
}

/** Nearly every call of a text is one of few arguments to a function of another name: little is asked to tell those. */
function isPlainlyAnother(list: Node, { file, text, hasSpread }: Chunk): boolean {
	let start = list.startIndex;
	while (start > list.startIndex - LONGEST_NAME && NAME_END.test(text.charAt(start - 1))) start--;
	if (start === list.startIndex || file.entryPoint(text.slice(start, list.startIndex)) !== undefined) return false;
	const { binds, packs } = file.libraries;
	if (!binds) return true;
	const most = list.namedChildCount;
	return !packs && !hasSpread && most <= 30 && (exportsOf(file.catalog).counts & ((2 << most) - 1)) === 0;
}

function readCall(node: Node, chunk: Chunk): Read | undefined {
	const callee = field(node, 'function');
	const list = field(node, 'arguments');
	if (!callee || !list || list.namedChildCount === 0) return undefined;
	const env = topOf(chunk);
	const value = evaluate(callee, env);
	if (value.kind === 'foreign' && value.path.join('.') === 'ffi-rs.load') return loadCall(node, callee, chunk);
	const own = ownCall(node, callee, chunk);
	if (own) return own;
	const target = targetOf(callee, value, chunk);
	if (!target) return undefined;
	const { api, bound } = target;
	let given = argumentElements(node, env);
	const only = bound?.packed && given?.length === 1 ? given[0] : undefined;
	if (only) {
		const packed = only.node ? evaluate(only.node, env) : UNKNOWN_VALUE;
		given = packed.kind === 'list' ? packed.elements : undefined;
	}
	// A callback comes last.
	if (bound?.async && given?.length === api.parameters.length + 1) given = given.slice(0, -1);
	if (given?.length !== api.parameters.length) return undefined;
	return { node, callee, api, given, ...parametersOf(bound), chunk };
}

/** A call of a function whose arguments the settings explain. */
function ownCall(node: Node, callee: Node, chunk: Chunk): Read | undefined {
	const given = chunk.file.wrappers.size === 0 ? undefined : argumentElements(node, topOf(chunk));
	const own = given && ownWrapperOf(callee, (count) => count === given.length, chunk);
	const { catalog } = chunk.file;
	const api = own && catalog.functionById(own.api);
	return api && { node, callee, api, given: argumentsThrough(own, api, given, catalog), through: own.name, own, chunk };
}

/** What a callee stands for: an entry point, bound by a declaration or known by its name. */
interface Target {
	readonly api: Api;
	readonly bound?: Bound;
}

function targetOf(callee: Node, value: Value, chunk: Chunk): Target | undefined {
	if (value.kind !== 'binding') {
		const api = namedEntryPoint(callee, value, chunk);
		return api && { api };
	}
	const api = exportNamed(chunk.file.catalog, value.symbol);
	return api && { api, bound: value };
}

const parametersOf = (bound: Bound | undefined): Pick<Found, 'parameters'> =>
	bound?.parameters ? { parameters: bound.parameters } : {};

/** A call that is being written. */
export interface UnderWay {
	readonly site: CallSite;
	/** Of a function that hands its parameters on, each with the argument that it becomes. */
	readonly wrapper?: SiteAt['wrapper'];
}

/** Its arguments that are missing are unknown. None of a function that takes them in one array. */
export function siteUnderWay(node: Node, chunk: Chunk): UnderWay | undefined {
	const callee = field(node, 'function');
	if (!callee || field(node, 'arguments')?.type !== 'arguments') return undefined;
	const env = topOf(chunk);
	const value = evaluate(callee, env);
	const given = argumentElements(node, env);
	if (!given) return undefined;
	const call = { node, callee, chunk, given };
	const target = targetOf(callee, value, chunk);
	if (!target) return throughUnderWay(call, value);
	const { api, bound } = target;
	if (bound?.packed || given.length > api.parameters.length) return undefined;
	const elements = api.parameters.map((_, i) => given[i] ?? NO_ELEMENT);
	return { site: toSite({ ...call, api, given: elements, ...parametersOf(bound), resultUsed: true }) };
}

function throughUnderWay(call: Pick<Read, 'node' | 'callee' | 'chunk' | 'given'>, target: Value): UnderWay | undefined {
	const { node, callee, chunk, given } = call;
	const { catalog } = chunk.file;
	const name = lastWord(unwrapped(callee));
	const own = ownWrapperOf(callee, (count) => count >= given.length, chunk);
	const api = own && catalog.functionById(own.api);
	if (api) {
		const elements = argumentsThrough(own, api, given, catalog);
		const site = toSite({ node, callee, api, given: elements, through: own.name, own, chunk, resultUsed: true });
		const slots = own.roles.map((role) => (role === undefined ? undefined : api.roles[role]));
		const parameters = slots.map((slot) => becoming(api.parameters[slot ?? -1]?.name ?? '', slot));
		return { site, wrapper: { parameters } };
	}
	const forwarder = chunk.file.mayForward(name) ? forwarderNamed(target) : undefined;
	if (!forwarder || given.length > forwarder.parameters.length) return undefined;
	const all = forwarder.parameters.map((_, i) => given[i] ?? NO_ELEMENT);
	const parameters = forwarder.parameters.map((parameter, i) => becoming(parameter, slotOf(forwarder, i)));
	return {
		site: toSite({ ...readThrough(forwarder, { ...call, name, given: all }), resultUsed: true }),
		wrapper: { parameters },
	};
}

const becoming = (name: string, slot: number | undefined) => (slot === undefined ? { name } : { name, slot });

function slotOf({ handedOn }: Forwarder, parameter: number): number | undefined {
	const at = handedOn.indexOf(parameter);
	return at < 0 ? undefined : at;
}

/** Is there any call in a part that could be one of an entry point, by the name that its callee ends with? */
export const mayBeCallee = (name: string, chunk: Chunk): boolean =>
	chunk.file.entryPoint(name) !== undefined ||
	chunk.file.mayForward(name) ||
	(chunk.file.libraries.binds && chunk.file.mayReachLibraries(chunk));

/** An entry point that only its name tells: a member, an import or a destructured member of that very name. */
function namedEntryPoint(callee: Node, target: Value, chunk: Chunk): Api | undefined {
	const { file } = chunk;
	const inner = unwrapped(callee);
	const name = inner.type === 'member_expression' ? field(inner, 'property')?.text : inner.text;
	if (!name || !(inner.type === 'member_expression' || inner.type === 'identifier')) return undefined;
	const id = file.entryPoint(name);
	if (id === undefined || file.isWrapper(name)) return undefined;
	// A function that the user's settings name is one wherever it comes from.
	if (!name.includes(id)) return file.catalog.functionById(id);
	const api = exportNamed(file.catalog, name);
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
function loadCall(node: Node, callee: Node, chunk: Chunk): Read | undefined {
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

/** A call with what its arguments can be asked. */
export function toSite(found: Found): CallSite {
	const { node, callee, api, given, chunk, owner, own, through } = found;
	// What such a function returns is its own affair.
	const isResult = through === undefined || own?.returnsResult === true;
	const resultUsed = found.resultUsed || !isResult;
	const roles = parameterRoles(api);
	const slots: readonly JsSlot[] = given.map(
		(element, i) =>
			new JsSlot(found, element, roles[i] === 'pointer' ? 'pointer' : 'number', found.parameters?.[i], () => code),
	);
	const code = slots[api.roles.code];
	const name = owner && functionName(owner);
	const { waits, expects, nonBlocking } = owner ? factsOf(owner, chunk) : NOTHING_KNOWN;
	return {
		...spanOf(node),
		api: api.id as ApiId,
		callee: callee.text,
		calleeSpan: lastNameOf(callee),
		args: slots,
		...(name ? { enclosing: name } : {}),
		resultUsed,
		...(through === undefined ? {} : { through }),
		...(own ? { isConfigured: true as const } : {}),
		resultTests: resultUsed && isResult ? guarded(() => resultTests(node, resultsIn(chunk)), []) : [],
		waits,
		expects,
		nonBlocking,
	};
}

/** What the text of a function says of all calls in it. */
export interface FunctionFacts {
	readonly waits: boolean;
	readonly expects: readonly string[];
	readonly nonBlocking: boolean;
}

const NOTHING_KNOWN: FunctionFacts = { waits: false, expects: [], nonBlocking: false };

/** Words that show that a function waits for overlapped operations, or cannot be seen not to. */
const WAITS = /GetOverlappedResult|Wait|GetQueuedCompletionStatus|SleepEx|CancelIo|\bco_await\b|\bwait/;
/** What stands in a function beside its code. */
const NO_CODE = ['comment', 'string_fragment'];

/** Read once for each function, as a machine may write thousands of calls into one. */
function factsOf(owner: Node, chunk: Chunk): FunctionFacts {
	const { functions } = chunk.findings;
	let facts = functions.get(owner.id);
	if (!facts) {
		const { text } = owner;
		// Libraries tell an error by its name, as a text of its own.
		const code = () => textWithout(owner, NO_CODE, (part) => /^(?:WSAE|ERROR_)[A-Z_]+$/.test(part));
		facts = { waits: WAITS.test(text), ...readinessIn(text, code) };
		functions.set(owner.id, facts);
	}
	return facts;
}
