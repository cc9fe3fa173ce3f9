/**
 * Functions of a file that hand parameters on to an entry point: their callers write the arguments that count. Their
 * names are known ahead, so that nothing else is looked up for the calls of other functions.
 */
import { parameterRoles } from '../../calls/bindings.ts';
import { field, within } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import type { Node } from '../../syntax/trees.ts';
import { type Chunk, parametersOf } from './chunk.ts';
import type { Declaration } from './declarations.ts';
import { evaluate, givenArguments, withArguments } from './evaluate.ts';
import { unwrapped } from './nodes.ts';
import type { Found } from './sites.ts';
import type { Element, Env, Value } from './values.ts';

/** Names of the functions in parts that may hold calls, counted. */
export class Forwarding {
	readonly #names = new Map<string, number>();
	readonly #of = new Map<Chunk, ReadonlySet<string>>();
	readonly #mayHoldCalls: (chunk: Chunk) => boolean;

	constructor(mayHoldCalls: (chunk: Chunk) => boolean) {
		this.#mayHoldCalls = mayHoldCalls;
	}

	has(name: string): boolean {
		return this.#names.has(name);
	}

	/**
	 * @param again parts that have become able to call something.
	 * @returns the names that came and went.
	 */
	replace(removed: readonly Chunk[], added: readonly Chunk[], again: readonly Chunk[] = []): readonly string[] {
		const more = new Map<string, number>();
		const count = (chunk: Chunk, by: number): void => {
			for (const name of this.#of.get(chunk) ?? []) more.set(name, (more.get(name) ?? 0) + by);
		};
		for (const chunk of [...removed, ...again]) {
			count(chunk, -1);
			this.#of.delete(chunk);
		}
		for (const chunk of new Set([...added, ...again])) {
			const names = this.#mayHoldCalls(chunk) ? functionsIn(chunk) : NO_NAMES;
			if (names.size > 0) this.#of.set(chunk, names);
			count(chunk, 1);
		}
		return [...more].flatMap(([name, by]) => {
			const before = this.#names.get(name) ?? 0;
			if (before + by > 0) this.#names.set(name, before + by);
			else this.#names.delete(name);
			return before > 0 === before + by > 0 ? [] : [name];
		});
	}
}

/** `function name`, and `name = function`, `name: (a) => …` and their like. */
const FUNCTION = /\bfunction\b[\s*]*([\w$]+)/g;
const HELD = /(?<![\w$])([\w$]+)\s*[=:]\s*(?:\(|<|async\b|function\b|[\w$]+\s*=>)/g;
/** The head of a method, at the beginning of its line. */
const METHOD = /^[\s*#]*(?:(?:public|private|protected|static|async|override|get|set)[\s*#]+)*([\w$]+)\s*[(<]/;

const NO_NAMES: ReadonlySet<string> = new Set();

/** Names that a part may give to functions: its text tells, as it need not be parsed for that. */
function functionsIn(chunk: Chunk): ReadonlySet<string> {
	const names = new Set<string>();
	for (const pattern of [FUNCTION, HELD]) for (const [, name = ''] of chunk.text.matchAll(pattern)) names.add(name);
	for (const line of chunk.text.split('\n')) {
		const goesOn = line.includes('{') || /\(\s*$/.test(line.slice(-2));
		const name = goesOn ? METHOD.exec(line)?.[1] : undefined;
		if (name !== undefined) names.add(name);
	}
	return names;
}

/** A function and the one call of an entry point in it that it hands parameters on to. */
export interface Forwarder {
	readonly target: Value & { readonly kind: 'function' };
	readonly call: Found;
	/** Names of its parameters; empty for a pattern. */
	readonly parameters: readonly string[];
	/** For each argument of that call the parameter that it is, if any. */
	readonly handedOn: readonly (number | undefined)[];
	/** Places of the parameters that come to the call as they are given, by the nodes of their names. */
	readonly positions: ReadonlyMap<number, number>;
}

/** @param calls those of the function's part. */
export function forwarderOf(target: Forwarder['target'], calls: readonly Found[]): Forwarder | undefined {
	const { chunk } = target.env;
	const patterns = parametersOf(target.node).map(
		(parameter) => field(parameter, 'pattern') ?? field(parameter, 'left') ?? parameter,
	);
	const forwarders = calls.flatMap((call): Forwarder[] => {
		if (call.owner?.id !== target.node.id || call.own) return [];
		const positions = new Map<number, number>();
		for (const [at, pattern] of patterns.entries()) {
			const declaration = pattern.type === 'identifier' ? chunk.localDeclaration(pattern.text, pattern) : undefined;
			if (declaration && reachesCall(declaration, call, target.node)) positions.set(declaration.node.id, at);
		}
		const handedOn = call.given.map((element) => positionOf(element, chunk, positions));
		// A socket alone says nothing of the buffers.
		const roles = parameterRoles(call.api);
		if (handedOn.every((at, i) => at === undefined || roles[i] === 'socket')) return [];
		const parameters = patterns.map((pattern) => (pattern.type === 'identifier' ? pattern.text : ''));
		return [{ target, call, parameters, handedOn, positions }];
	});
	// Of several calls it is not known which one is made.
	return forwarders.length === 1 ? forwarders[0] : undefined;
}

/** The arguments of its call as a caller makes it: the caller's own, and what the function's come to with them. */
export function argumentsOf(
	{ target, call, handedOn, positions }: Forwarder,
	given: readonly Element[],
): readonly Element[] {
	let env: Env | undefined;
	return call.given.map((element, i): Element => {
		const at = handedOn[i];
		const outer = at === undefined ? undefined : given[at];
		if (outer || !element.node) return outer ?? element;
		env ??= withArguments(target, givenArguments(given), 0, (pattern) => positions.has(pattern.id));
		return { value: bare(evaluate(element.node, env)) };
	});
}

/** The parameter that an argument is. */
function positionOf({ node, env }: Element, chunk: Chunk, positions: ReadonlyMap<number, number>): number | undefined {
	const inner = node && env?.chunk === chunk ? unwrapped(node) : undefined;
	if (inner?.type !== 'identifier') return undefined;
	const declaration = chunk.localDeclaration(inner.text, inner);
	return declaration && positions.get(declaration.node.id);
}

/** Which expression says a number is told only where it is written in the call. */
const bare = (value: Value): Value => (value.kind === 'numbers' ? { kind: 'numbers', values: value.values } : value);

/** Whatever a caller gives as a parameter comes to the call. */
function reachesCall(parameter: Declaration, { node: call }: Found, owner: Node): boolean {
	const { chunk } = parameter;
	if (chunk.assignments(parameter).length > 0) return false;
	const uses = chunk.uses(parameter.name, parameter);
	return uses !== undefined && !uses.some((use) => decides(use, call, owner));
}

const STATEMENT = /^(?:if|while|do|for|for_in|switch)_statement$/;
const OPERATION = /^(?:ternary|binary)_expression$/;
const BRANCHES = ['body', 'consequence', 'alternative'];

/** Does it hang on a use of a parameter whether the call is made? */
function decides(use: Node, call: Node, owner: Node): boolean {
	for (let at = use; at.id !== owner.id && !within(call, at); ) {
		const around = parentOf(at);
		if (!around) return false;
		const { id } = at;
		const isHead = STATEMENT.test(around.type) && !BRANCHES.some((name) => field(around, name)?.id === id);
		if (isHead && around.startIndex < call.startIndex) return true;
		if (OPERATION.test(around.type) && within(call, around)) return true;
		at = around;
	}
	return false;
}
