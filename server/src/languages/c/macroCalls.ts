/** Macros that stand for an entry point, or for a call of one: the use is the call, and the macro's body is none. */
import type { Catalog } from '../../catalog/catalog.ts';
import { pushTo } from '../../syntax/search.ts';
import type { Expr } from './expression.ts';
import { spelling, withoutCasts } from './expression.ts';
import type { CFile } from './file.ts';
import type { RawArgument, RawCall } from './model.ts';
import type { FoundLine, MacroLine } from './preprocessor.ts';
import type { MacroText } from './unit.ts';

/** The entry point that a name stands for. */
type EntryPointOf = (name: string) => string | undefined;

/** Macros of macros are followed this far. */
const DEEPEST = 8;

/** Parameters and body of a macro that is a call as a whole. */
interface CallMacro {
	readonly parameters: readonly string[];
	readonly call: Expr & { readonly kind: 'call' };
	/** Something is made of the call's result. */
	readonly isWithin: boolean;
}

/** What the macros of one file lead to. */
export interface Leading {
	readonly byTarget: ReadonlyMap<string, readonly MacroLine[]>;
	/** Those of the targets that are entry points of the catalog, in order. */
	readonly entryPoints: readonly string[];
	/** Macros that are surely defined, and those of them that have the name of an entry point of the catalog. */
	readonly certain: ReadonlySet<string>;
	readonly certainEntryPoints: readonly string[];
}

/** What the macros of a file lead to, which may be included for sure. */
export interface IncludedLeading {
	readonly leading: Leading;
	readonly isCertain: boolean;
}

/** @param lines the macros that may be compiled, and whether each surely is. */
export function leadingOf(lines: readonly FoundLine[], catalog: Catalog): Leading {
	const byTarget = new Map<string, MacroLine[]>();
	const certain = new Set<string>();
	for (const { line, isCertain } of lines) {
		if (!line.isDefinition) continue;
		for (const target of line.leadsTo.length > 1 ? new Set(line.leadsTo) : line.leadsTo) pushTo(byTarget, target, line);
		if (isCertain) certain.add(line.name);
	}
	const isEntryPoint = (name: string): boolean => catalog.entryPoint(name) !== undefined;
	return {
		byTarget,
		entryPoints: [...byTarget.keys()].filter(isEntryPoint),
		certain,
		certainEntryPoints: [...certain].filter(isEntryPoint),
	};
}

const certainOf = ({ certain, certainEntryPoints }: Leading, others: readonly string[]): readonly string[] => [
	...certainEntryPoints,
	...others.filter((name) => certain.has(name)),
];

/** The targets of a file's macros that are entry points, in order. */
const targetsOf = (
	{ byTarget, entryPoints }: Leading,
	others: readonly string[],
	entryPointOf: EntryPointOf,
): readonly string[] =>
	others.some((name) => byTarget.has(name))
		? [...byTarget.keys()].filter((target) => entryPointOf(target) !== undefined)
		: entryPoints;

/** What the macros of a file and of those that it includes make of the names of calls. */
export class MacroCalls {
	readonly #file: CFile;
	readonly #entryPointOf: EntryPointOf;
	/** Macros that are another name of an entry point. */
	readonly names: ReadonlyMap<string, string>;
	/** Macros whose use may be a call of an entry point. */
	readonly #uses: ReadonlySet<string>;
	/** Names of entry points that are macros for something else. */
	readonly #foreign: ReadonlySet<string>;
	readonly #read = new Map<string, readonly CallMacro[]>();

	/**
	 * @param others names that stand for entry points besides those of the catalog.
	 * @param files what the macros of each file lead to.
	 */
	constructor(file: CFile, entryPointOf: EntryPointOf, others: readonly string[], files: readonly IncludedLeading[]) {
		this.#file = file;
		this.#entryPointOf = entryPointOf;
		const certain = new Set<string>();
		for (const { leading, isCertain } of files)
			if (isCertain) for (const name of certainOf(leading, others)) certain.add(name);
		const names = new Map<string, string>();
		const uses = new Set<string>();
		const seen = new Set(files.flatMap(({ leading }) => targetsOf(leading, others, entryPointOf)));
		const queue = [...seen];
		for (const target of queue) {
			const api = names.get(target) ?? (uses.has(target) ? undefined : entryPointOf(target));
			const lines = files.flatMap(({ leading }) => leading.byTarget.get(target) ?? []);
			for (const { name, isFunction } of lines) {
				if (isFunction || api === undefined) uses.add(name);
				else names.set(name, api);
				if (!seen.has(name)) queue.push(name);
				seen.add(name);
			}
		}
		for (const name of uses) names.delete(name);
		this.names = names;
		this.#uses = uses;
		this.#foreign = new Set([...certain].filter((name) => !names.has(name) && !uses.has(name)));
	}

	/** Every macro that leads to an entry point. */
	get all(): Iterable<string> {
		return [...this.names.keys(), ...this.#uses];
	}

	/** No macro is a call. */
	get isEmpty(): boolean {
		return this.#uses.size === 0;
	}

	/** The name of an entry point is a macro for something else. */
	isForeign(name: string): boolean {
		return this.#foreign.has(name);
	}

	/** Each use of the name is a call of an entry point. */
	isCall(name: string): boolean {
		return this.#uses.has(name) && this.#targets(name).length > 0;
	}

	/** What the macro's body calls says itself what it asks for, whoever uses it. */
	hasOwnCode(name: string): boolean {
		return this.#targets(name).some(({ parameters, call }) => {
			const id = call.callee.kind === 'name' ? this.#entryPointOf(call.callee.name.replace(/^::/, '')) : undefined;
			const api = id === undefined ? undefined : this.#file.catalog.functionById(id);
			const code = api && call.args[api.roles.code];
			return code !== undefined && !parameters.some((parameter) => mentions(code, parameter)) && !isRest(code);
		});
	}

	/** The call of the entry point that the use of a macro is. */
	expanded(use: RawCall): RawCall | undefined {
		return this.#expanded(use.name, use, new Set(), 0);
	}

	#expanded(name: string, use: RawCall, seen: ReadonlySet<string>, depth: number): RawCall | undefined {
		// Within its own body a macro is none.
		const api =
			this.names.get(name) ?? (seen.has(name) || !this.#uses.has(name) ? this.#entryPointOf(name) : undefined);
		if (api !== undefined) return { ...use, name: api };
		if (depth > DEEPEST || seen.has(name)) return undefined;
		const within = new Set([...seen, name]);
		const found = this.#targets(name).flatMap((macro) => {
			const args = argumentsOf(macro, use);
			if (!args || macro.call.callee.kind !== 'name') return [];
			const inner: RawCall = macro.isWithin
				? // What is made of the result is not the result.
					{ ...use, args, resultUsed: true, resultTests: [] }
				: { ...use, args };
			return this.#expanded(macro.call.callee.name.replace(/^::/, ''), inner, within, depth + 1) ?? [];
		});
		const [first] = found;
		return found.every((call) => first && isSame(call, first)) ? first : undefined;
	}

	/** The calls that a macro is; none where one of its definitions is anything else. */
	#targets(name: string): readonly CallMacro[] {
		const known = this.#read.get(name);
		if (known) return known;
		// One that needs itself is none.
		this.#read.set(name, []);
		const texts = this.#file.macroTexts(name);
		const read = texts.map((text) => this.#macro(text));
		const found = read.flatMap((macro) => macro ?? []);
		const calls = texts.length > DEEPEST ? [] : found;
		this.#read.set(name, calls);
		return calls;
	}

	#macro({ parameters, body }: MacroText): CallMacro | undefined {
		if (!parameters) {
			// Another name for a macro that is a call.
			const other = this.#uses.has(body) ? this.#targets(body) : [];
			return other.length === 1 ? other[0] : undefined;
		}
		const expr = this.#file.snippet(plainBody(body));
		const call = callIn(expr, (name) => this.#uses.has(name) || this.#entryPointOf(name) !== undefined);
		const given = parameters.map((p) => (p === '...' ? '__VA_ARGS__' : p));
		if (!call?.args.some((arg) => given.some((name) => mentions(arg, name)))) return undefined;
		// What it writes itself before the call is not what its use gives.
		if (parameters.some((p) => isAssigned(p, body))) return undefined;
		return { parameters, call, isWithin: withoutCasts(expr) !== call };
	}
}

const isAssigned = (parameter: string, body: string): boolean =>
	/^\w+$/.test(parameter) && new RegExp(`(?<![\\w.>])${parameter}[\\s)]*(?:[-+*/%&|^]|<<|>>)?=(?!=)`).test(body);

/** Without what makes a statement of an expression. */
function plainBody(body: string): string {
	const inner = /^do\s*\{([^{}]*)\}\s*while\s*\(\s*0\s*\)$/.exec(body)?.[1];
	return (inner ?? body).trim().replace(/;$/, '');
}

/** The one call of a wanted function that an expression is, or looks at the result of. */
function callIn(expr: Expr, wanted: (name: string) => boolean): (Expr & { readonly kind: 'call' }) | undefined {
	const e = withoutCasts(expr);
	switch (e.kind) {
		case 'call':
			return e.callee.kind === 'name' && wanted(e.callee.name.replace(/^::/, '')) ? e : undefined;
		case 'unary':
			return callIn(e.operand, wanted);
		case 'binary':
			return callIn(e.left, wanted) ?? callIn(e.right, wanted);
		case 'conditional':
			return callIn(e.test, wanted);
		default:
			return undefined;
	}
}

/** The arguments of the call that a macro is, as its use gives them. */
function argumentsOf({ parameters, call }: CallMacro, use: RawCall): readonly RawArgument[] | undefined {
	const rest = parameters.indexOf('...');
	if (rest < 0 ? use.args.length !== parameters.length : use.args.length < rest) return undefined;
	const given = new Map<string, RawArgument>();
	for (const [i, name] of parameters.entries()) {
		const arg = use.args[i];
		if (arg && name !== '...') given.set(name, arg);
	}
	const others = rest < 0 ? [] : use.args.slice(rest);
	return call.args.flatMap((expr) => {
		if (isRest(expr)) return others;
		const inner = withoutCasts(expr);
		const own = inner.kind === 'name' ? given.get(inner.name) : undefined;
		return own ?? madeOf(expr, given, use);
	});
}

const isRest = (e: Expr): boolean => e.kind === 'name' && e.name === '__VA_ARGS__';

/**
 * An argument that the macro's body writes, with those of the use in it. Its names mean what they do there. It stands
 * where the macro's name does, or where the whole use does when something in it is the use's own.
 */
function madeOf(expr: Expr, given: ReadonlyMap<string, RawArgument>, use: RawCall): RawArgument[] {
	const callee = { start: use.callee.start, end: use.callee.end };
	const [some] = use.args;
	if (!some) return [];
	const made = substituted(expr, given, callee);
	const isMixed = [...given.keys()].some((name) => mentions(expr, name));
	const at = isMixed ? { start: use.callee.start, end: use.end } : callee;
	return [{ expr: made, scope: some.scope, text: spelling(made) ?? use.callee.text, source: some.source, at }];
}

type Place = Pick<Expr, 'start' | 'end'>;

/** An expression with others in the place of names; what is the macro's own stands where the use does. */
function substituted(e: Expr, given: ReadonlyMap<string, RawArgument>, at: Place): Expr {
	const next = (inner: Expr): Expr => substituted(inner, given, at);
	const { start, end } = at;
	switch (e.kind) {
		case 'name':
			return given.get(e.name)?.expr ?? { ...e, start, end };
		case 'member':
			return { ...e, start, end, object: next(e.object) };
		case 'index':
			return { ...e, start, end, object: next(e.object), index: next(e.index) };
		case 'call':
			return { ...e, start, end, args: e.args.map(next) };
		case 'unary':
		case 'cast':
		case 'sizeof-expression':
			return { ...e, start, end, operand: next(e.operand) };
		case 'binary':
			return { ...e, start, end, left: next(e.left), right: next(e.right) };
		case 'conditional':
			return { ...e, start, end, test: next(e.test), whenTrue: next(e.whenTrue), whenFalse: next(e.whenFalse) };
		case 'number':
		case 'null':
		case 'string':
		case 'sizeof-type':
		case 'offsetof':
			return { ...e, start, end };
		default:
			return { start, end, kind: 'unknown' };
	}
}

/** Does an expression name something? */
function mentions(e: Expr, name: string): boolean {
	switch (e.kind) {
		case 'name':
			return e.name === name;
		case 'member':
			return mentions(e.object, name);
		case 'index':
			return mentions(e.object, name) || mentions(e.index, name);
		case 'call':
			return e.args.some((arg) => mentions(arg, name));
		case 'unary':
		case 'cast':
		case 'sizeof-expression':
			return mentions(e.operand, name);
		case 'binary':
			return mentions(e.left, name) || mentions(e.right, name);
		case 'conditional':
			return mentions(e.test, name) || mentions(e.whenTrue, name) || mentions(e.whenFalse, name);
		default:
			return false;
	}
}

/** Two calls that differ in nothing that is written. */
const isSame = (one: RawCall, other: RawCall): boolean =>
	one === other ||
	(one.name === other.name &&
		one.args.length === other.args.length &&
		one.args.every(
			({ expr }, i) => expr === other.args[i]?.expr || spelling(expr) === spelling(other.args[i]?.expr ?? expr),
		));
