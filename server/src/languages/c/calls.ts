/** The calls of entry points in the items of a C or C++ file: directly, in macros, and through functions that hand their arguments on. */

import type { CallSite } from '../../calls/site.ts';
import { takes } from '../../catalog/api.ts';
import type { OwnWrapper } from '../../catalog/ownFunctions.ts';
import { field, named } from '../../syntax/nodes.ts';
import { nodeAt, parentOf } from '../../syntax/parents.ts';
import { lastWord } from '../../syntax/scan.ts';
import { pushTo } from '../../syntax/search.ts';
import type { Span } from '../../syntax/span.ts';
import { isParserError, type Node } from '../../syntax/trees.ts';
import { resultTests } from '../result.ts';
import {
	type AliasTypes,
	aliasNames,
	aliasTypes,
	mayHoldAliases,
	mayHoldOwnTypes,
	mayLeadToCalls,
	ownTypes,
} from './aliases.ts';
import type { CFile } from './file.ts';
import { eitherOf, forkAround, isInOther, waysToCompile } from './forks.ts';
import { type IncludedLeading, MacroCalls } from './macroCalls.ts';
import type { RawArgument, RawCall, Scope } from './model.ts';
import {
	enclosingCallOf,
	enclosingFunction,
	enclosingFunctionName,
	forgetPassed,
	isReadable,
	isResultUsed,
	PREPROCESSOR_BLOCKS,
} from './nodes.ts';
import { asWrapper, isCallOf, throughOwn } from './ownWrappers.ts';
import { argumentList, withPlainTypes } from './plainTypes.ts';
import { DEEPEST, isTypeName, readExpression } from './read.ts';
import { resultsIn } from './result.ts';
import { MacroBodyScope } from './scope.ts';
import { functionFacts, siteOf } from './slots.ts';
import { targetsOf } from './targets.ts';
import type { CUnit } from './unit.ts';
import { throughWrapper, type Wrapper, wrapperAround } from './wrappers.ts';

/** The entry point that a callee's last name stands for. */
type EntryPointOf = (name: string) => string | undefined;

/** A wrapper of a wrapper is followed, one more is not. */
const MOST_LEVELS = 2;

/** Callees of functions, and those that may be methods. */
const PLAIN = /^(?:identifier|template_function)$/;
const OF_METHODS = /^(?:identifier|template_function|field_expression|qualified_identifier)$/;

/** A call with a longer argument list than this is not repaired. */
const LONGEST_CALL = 2000;

/** In a file with more calls nothing is kept that no other item needs: what is asked for later is read again. */
const MOST_AHEAD = 3000;
/** An item with more of them is read once: it is most of what there is to keep. */
const MOST_TWICE = 100;

/** A callee as it stands in an item. */
interface Written {
	readonly start: number;
	readonly text: string;
}

interface WrittenCall extends Written {
	/** Its arguments in parentheses. */
	readonly list: string;
	/** The text that holds them, where they are not all. */
	readonly source?: string;
}

interface FoundCall {
	readonly call: RawCall;
	/** Absent for a call in a macro's body. */
	readonly node?: Node | undefined;
}

/** Calls and wrappers of one level in one item: level 0 calls entry points, level 1 the wrappers of level 0. */
interface Level {
	readonly calls: readonly FoundCall[];
	/** By name. */
	readonly wrappers: ReadonlyMap<string, readonly Wrapper[]>;
	/** Names of the wrappers, known also where the rest was forgotten. */
	readonly names: readonly string[];
	readonly isForgotten?: true;
}

const NO_WRAPPERS: Level['wrappers'] = new Map();
const NOTHING: Level = { calls: [], wrappers: NO_WRAPPERS, names: [] };
const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** More functions of one name, as only machines write them, are not told apart. */
const MOST_OF_A_NAME = 64;

/** The calls of one file. What is found in an item is kept until the file forgets the item. */
export class CallReader {
	readonly #file: CFile;
	readonly #levels = new Map<CUnit, Level[]>();
	readonly #sites = new Map<CUnit, readonly CallSite[]>();
	readonly #names = new Map<CUnit, ReadonlyMap<string, string>>();
	#types: AliasTypes | undefined;
	#ownTypes: ReadonlyMap<string, string> | undefined;
	#aliases: ReadonlyMap<string, string> | undefined;
	#includedAliases: ReadonlyMap<string, string> | undefined;
	#macros: MacroCalls | undefined;
	/** What included files say of macros that may lead to a call. */
	#includedMacros: readonly IncludedLeading[] | undefined;
	/** Items that define wrappers, by level and by the wrappers' names. */
	#wrappers: ReadonlyMap<string, readonly CUnit[]>[] = [];
	/** Of each level: does a text hold the name of a wrapper? */
	#mayCall: ((text: string) => boolean)[] = [];

	/** The calls of an item that was read step by step. */
	readonly #read = new Map<CUnit, FoundCall[]>();
	#isAhead = false;
	/** How many calls the look ahead came to. */
	#ahead = 0;
	#repeated: { readonly of: string; readonly words: ReadonlySet<string> } | undefined;
	/** Does a text hold a name of calls besides those of the catalog? */
	#otherNames: ((text: string) => boolean) | undefined;
	#silent: boolean | undefined;
	#mark: boolean | undefined;

	constructor(file: CFile) {
		this.#file = file;
	}

	/** Every item is a new one. */
	clear(): void {
		this.#isAhead = false;
		this.#levels.clear();
		this.#sites.clear();
		this.#names.clear();
		this.#types = undefined;
		this.#ownTypes = undefined;
		this.#includedAliases = undefined;
		this.#aliases = undefined;
		this.#macros = undefined;
		this.#includedMacros = undefined;
		this.#wrappers = [];
		this.#otherNames = undefined;
		this.#silent = undefined;
		this.#mark = undefined;
	}

	/** Some items are gone or will be read again. */
	forget(units: readonly CUnit[]): void {
		for (const unit of units) {
			this.#levels.delete(unit);
			this.#sites.delete(unit);
			this.#names.delete(unit);
		}
		this.#aliases = undefined;
		this.#macros = undefined;
		this.#wrappers = [];
		this.#otherNames = undefined;
		this.#silent = undefined;
		this.#mark = undefined;
	}

	/**
	 * Calls of entry points in an item, directly and through up to two levels of wrappers: by position, but for an item
	 * that is read when it is gone through.
	 */
	sitesOf(unit: CUnit): Iterable<CallSite> {
		const known = this.#sites.get(unit);
		if (known) return known;
		if (this.#isPassed(unit)) return this.#sitesInPassing(unit);
		const sites: CallSite[] = [];
		this.#remember(unit);
		for (let level = 0; level <= MOST_LEVELS; level++) {
			for (const { call } of this.#level(unit, level).calls) {
				const site = this.#siteOf(call);
				if (site) sites.push(site);
			}
		}
		sites.sort((a, b) => a.start - b.start);
		this.#sites.set(unit, sites);
		return sites;
	}

	#siteOf(call: RawCall): CallSite | undefined {
		const site = siteOf(call, this.#file.catalog);
		return site && !this.#isOfOthers(call, site) ? site : undefined;
	}

	/** The same for an item that nobody else needs: of each call nothing is left when the next one is read. */
	*#sitesInPassing(unit: CUnit): Generator<CallSite, void, undefined> {
		let left = MOST_TWICE;
		for (const call of this.#callsInPassing(unit)) {
			const site = this.#siteOf(call);
			if (site) yield site;
			if (--left > 0) continue;
			left = MOST_TWICE;
			forgetPassed(unit.root);
		}
	}

	*#callsInPassing(unit: CUnit): Generator<RawCall, void, undefined> {
		if (this.#mayName(unit.text)) {
			for (const found of this.#readSteps(unit, placesOf(unit, this.#named())))
				for (const { call } of found) yield call;
			this.#levels.set(unit, [NOTHING]);
			const others = this.#indirect(unit);
			this.#levels.delete(unit);
			for (const { call } of others) yield call;
		}
		for (let level = 0; level < MOST_LEVELS; level++) for (const { call } of this.#through(unit, level)) yield call;
	}

	/** The wrappers of all items, which each item is asked for, a step for each call. */
	*ahead(): Generator<undefined, void, undefined> {
		if (this.#isAhead) return;
		this.#ahead = 0;
		const units = this.#file.parts;
		for (const unit of units) {
			if (this.#levels.get(unit)?.[0] || this.#isPassed(unit)) continue;
			const places = this.#mayName(unit.text) && !unit.isDisabled ? placesOf(unit, this.#named()) : [];
			this.#ahead += places.length;
			if (this.#isPassed(unit)) continue;
			const read: FoundCall[] = [];
			for (const found of this.#readSteps(unit, places)) {
				read.push(...found);
				yield;
			}
			this.#read.set(unit, read);
			this.#level(unit, 0);
			this.#read.delete(unit);
			if (places.length <= MOST_TWICE) this.restAlone(unit);
			yield;
		}
		for (let level = 1; level < MOST_LEVELS; level++) {
			for (const unit of units) {
				if (this.#isPassed(unit)) continue;
				this.#level(unit, level);
				yield;
			}
		}
		this.#isAhead = true;
	}

	/** What stands at each place of an item that names an entry point. */
	*#readSteps(unit: CUnit, places: readonly Place[]): Generator<readonly FoundCall[], void, undefined> {
		const seen = new Set<number>();
		const wanted = this.#named();
		for (const place of places) {
			const found: FoundCall[] = [];
			// While its own calls are read an item has none; between the steps nothing is known of it.
			this.#levels.set(unit, [NOTHING]);
			try {
				this.#tryCallAt(unit, place, wanted, undefined, seen, found);
			} finally {
				this.#levels.delete(unit);
			}
			yield found;
		}
	}

	/** In a file with very many calls: a function that nobody calls, so that nobody else needs what it hands on. */
	#isPassed(unit: CUnit): boolean {
		if (this.#ahead <= MOST_AHEAD || !unit.isHeadOnly || this.#levels.get(unit)?.[0]) return false;
		const { head, functions } = unit;
		// A name in parentheses, or with a comment behind it, is none of those.
		if (functions.size === 0 || /\/|\)[ \t\r\n]*\(/.test(head)) return false;
		const repeated = this.#repeatedWords();
		for (const name of functions) if (repeated.has(name)) return false;
		return true;
	}

	/** Words that stand more than once in the file. */
	#repeatedWords(): ReadonlySet<string> {
		const { text } = this.#file;
		if (this.#repeated?.of !== text) this.#repeated = { of: text, words: repeatedWords(text) };
		return this.#repeated.words;
	}

	/** A call of a function that the file makes itself, with numbers that are its own: another system's Winsock. */
	#isOfOthers(call: RawCall, site: CallSite): boolean {
		const { catalog } = this.#file;
		const name = lastWord(call.callee.text);
		if (!this.#file.definesFunction(name)) return false;
		if (name === site.api && this.#file.helper(name).some(isNoneOfWindows)) return true;
		const at = catalog.functionById(site.api)?.roles.code;
		const { values = [], ownName } = (at === undefined ? undefined : site.args[at]?.code()) ?? {};
		return ownName === true && values.length > 0 && values.every((value) => catalog.codes(value).length === 0);
	}

	/** Names of the wrappers that an item is known to define. */
	handedOn(unit: CUnit): readonly string[] {
		return (this.#levels.get(unit) ?? []).flatMap((level) => level.names);
	}

	/** Forgets the calls of an item, but for the names of its wrappers. */
	rest(unit: CUnit): void {
		this.#sites.delete(unit);
		const levels = this.#levels.get(unit);
		if (!levels || levels.every((level) => level.isForgotten)) return;
		const forgotten = ({ names }: Level): Level => ({
			calls: [],
			wrappers: NO_WRAPPERS,
			names,
			isForgotten: true,
		});
		this.#levels.set(unit, levels.map(forgotten));
	}

	/** The same for an item that nobody calls a function of, and its tree; only where there are very many calls. */
	restAlone(unit: CUnit): void {
		if (this.#ahead <= MOST_AHEAD) return;
		const repeated = this.#repeatedWords();
		for (const name of this.handedOn(unit)) if (repeated.has(name)) return;
		this.rest(unit);
		unit.rest();
		unit.forgetText();
	}

	#remember(unit: CUnit): void {
		if (this.#levels.get(unit)?.some((level) => level.isForgotten)) this.#levels.delete(unit);
	}

	/** The same, after its calls have been read. */
	handsOn(unit: CUnit): readonly string[] {
		if (this.#isPassed(unit)) return [];
		for (let level = 0; level < MOST_LEVELS; level++) this.#level(unit, level);
		return this.handedOn(unit);
	}

	/** The file's own names for entry points in one item. */
	aliasesOf(unit: CUnit): ReadonlyMap<string, string> {
		let names = this.#names.get(unit);
		if (!names) {
			const mayHold = mayHoldAliases(unit.text, this.#allTypes(), this.#file.catalog);
			names = mayHold && !unit.isDisabled ? this.#aliasesIn(unit.plain) : NO_NAMES;
			this.#names.set(unit, names);
		}
		return names;
	}

	/** Those that an item gives them in whatever branch. */
	anyAliases(unit: CUnit): Iterable<string> {
		return this.#aliasesIn(unit.text).keys();
	}

	#aliasesIn(text: string): ReadonlyMap<string, string> {
		return aliasNames(text, this.#allTypes(), this.#file.catalog);
	}

	#allTypes(): AliasTypes {
		this.#types ??= aliasTypes(
			[...this.#file.includedFiles(), this.#file].flatMap((file) => [...file.ownCalls.#pointerTypes()]),
			this.#file.catalog,
		);
		return this.#types;
	}

	/** The file's own types of pointers to entry points. */
	#pointerTypes(): ReadonlyMap<string, string> {
		this.#ownTypes ??= mayHoldOwnTypes(this.#file.text)
			? new Map(this.#file.parts.flatMap((part) => [...ownTypes(part.text)]))
			: NO_NAMES;
		return this.#ownTypes;
	}

	/** The names that the file itself gives to entry points. */
	#ownAliases(): ReadonlyMap<string, string> {
		if (!this.#aliases) {
			const aliases = new Map<string, string>();
			const { text, catalog, parts } = this.#file;
			// What no text of the whole holds, no item does.
			if (mayHoldAliases(text, this.#allTypes(), catalog))
				for (const unit of parts) for (const [name, api] of this.aliasesOf(unit)) aliases.set(name, api);
			this.#aliases = aliases;
		}
		return this.#aliases;
	}

	/** The entry points that names stand for, macros left aside. */
	#plainlyNamed(): EntryPointOf {
		const aliases = this.#ownAliases();
		const others = this.#othersAliases();
		const { functions } = this.#file;
		return (name) =>
			aliases.get(name) ??
			others.get(name) ??
			(Object.hasOwn(functions, name) ? functions[name] : this.#file.catalog.entryPoint(name)?.id);
	}

	/** Names that stand for entry points besides those of the catalog. */
	#othersNamed(): readonly string[] {
		return [...this.#ownAliases().keys(), ...this.#othersAliases().keys(), ...Object.keys(this.#file.functions)];
	}

	#othersAliases(): ReadonlyMap<string, string> {
		this.#includedAliases ??= new Map(this.#file.includedFiles().flatMap((file) => [...file.ownCalls.#ownAliases()]));
		return this.#includedAliases;
	}

	#macroCalls(): MacroCalls {
		if (!this.#macros) {
			this.#includedMacros ??= this.#file.includedLeading();
			const files = [...this.#includedMacros, { leading: this.#file.leading, isCertain: true }];
			this.#macros = new MacroCalls(this.#file, this.#plainlyNamed(), this.#othersNamed(), files);
		}
		return this.#macros;
	}

	/** False where no word of a text is the name of a call, whatever of it is blanked out. */
	#mayName(text: string): boolean {
		if (this.#file.catalog.mayNameEntryPoint(text)) return true;
		if (this.#isSilent()) return false;
		this.#otherNames ??= holdsAny([...this.#othersNamed(), ...this.#file.wrappers.keys(), ...this.#macroCalls().all]);
		return this.#otherNames(text);
	}

	/** Neither the file nor any that it includes names an entry point in any way. */
	#isSilent(): boolean {
		this.#silent ??= ![this.#file, ...this.#file.includedFiles()].some((file) => file.ownCalls.#speaks());
		return this.#silent;
	}

	#speaks(): boolean {
		const { text, catalog, functions, wrappers } = this.#file;
		const isNamed = (name: string) => text.includes(name);
		this.#mark ??=
			mayLeadToCalls(text, catalog) || Object.keys(functions).some(isNamed) || [...wrappers.keys()].some(isNamed);
		return this.#mark;
	}

	#named(): EntryPointOf {
		const plainly = this.#plainlyNamed();
		const macros = this.#macroCalls();
		return (name) => {
			const other = macros.names.get(name);
			if (other !== undefined) return other;
			const api = plainly(name);
			return api === undefined || macros.isForeign(name) || macros.isCall(name) ? undefined : api;
		};
	}

	#level(unit: CUnit, level: number): Level {
		const levels = this.#levels.get(unit) ?? [];
		this.#levels.set(unit, levels);
		const known = levels[level];
		if (known) return known;
		// While its own calls are read an item has none.
		levels[level] = NOTHING;
		const calls = level === 0 ? this.#direct(unit) : this.#through(unit, level - 1);
		const wrappers = new Map<string, Wrapper[]>();
		if (level < MOST_LEVELS) for (const wrapper of this.#around(calls)) pushTo(wrappers, wrapper.name, wrapper);
		levels[level] = calls.length > 0 ? { calls, wrappers, names: [...wrappers.keys()] } : NOTHING;
		return levels[level];
	}

	#direct(unit: CUnit): readonly FoundCall[] {
		if (!this.#mayName(unit.text) || unit.isDisabled) return [];
		const named = this.#named();
		const direct = this.#read.get(unit) ?? this.#callsIn(unit, named);
		return [...direct, ...this.#indirect(unit)];
	}

	/** Calls of functions whose arguments the settings explain, and what macros make of their uses. */
	#indirect(unit: CUnit): readonly FoundCall[] {
		const own = this.#ofOwn(unit);
		const macros = this.#macroCalls();
		if (macros.isEmpty) return own;
		const uses = this.#callsIn(unit, (name) => (macros.isCall(name) ? name : undefined), PLAIN);
		const expanded = uses.flatMap(({ call, node }) => {
			const made = macros.expanded(call);
			return made ? [{ call: made, node }] : [];
		});
		return [...own, ...expanded];
	}

	/** Calls of functions whose arguments the settings explain. */
	#ofOwn(unit: CUnit): readonly FoundCall[] {
		const { wrappers } = this.#file;
		if (wrappers.size === 0) return [];
		const found = this.#callsIn(unit, (name) => (wrappers.has(name) ? name : undefined));
		return found.flatMap(({ call, node }) => {
			const callee = node && field(node, 'function');
			if (!node || !callee) return [];
			const fitting = (wrappers.get(call.name) ?? []).filter((own) => isCallOf(own, callee, this.#file.scopeAt(node)));
			const through = fitting.flatMap((own) => {
				const wrapper = this.#asWrapper(own);
				return (wrapper && throughOwn(own, wrapper, call)) ?? [];
			});
			const [only] = through;
			return only && through.length === 1 ? [{ call: only, node }] : [];
		});
	}

	#asWrapper(own: OwnWrapper): Wrapper | undefined {
		const api = this.#file.catalog.functionById(own.api);
		return api && asWrapper(own, api, this.#file);
	}

	/** Calls of the wrappers of a level. */
	#through(unit: CUnit, level: number): readonly FoundCall[] {
		const definers = this.#definers(level);
		if (definers.size === 0 || !this.#mayCall[level]?.(unit.text) || unit.isDisabled) return [];
		const named = this.#named();
		// What the settings say of a function counts more than its body.
		const isOwn = (name: string) => this.#file.wrappers.get(name)?.some(({ owner }) => owner.length === 0) === true;
		const wanted = new Set(
			commonKeys(definers, unit.places).filter(
				(name) => named(name) === undefined && !isOwn(name) && !isOnlyNamed(unit, name, definers.get(name)),
			),
		);
		if (wanted.size === 0) return [];
		return this.#callsIn(unit, (name) => (wanted.has(name) ? name : undefined), OF_METHODS).flatMap(
			({ call, node }) => {
				const ofName = definers.get(call.name) ?? [];
				const callee = node && field(node, 'function');
				if (!callee || ofName.length > MOST_OF_A_NAME) return [];
				const wrappers = ofName.flatMap((definer) => definer.file.ownCalls.#wrappersIn(definer, level, call.name));
				const isCalled = (w: Wrapper): boolean =>
					w.owner.length === 0 ? PLAIN.test(callee.type) : isCallOf(w, callee, this.#file.scopeAt(node));
				// Of overloaded functions the number of arguments must tell which one is meant.
				const through = wrappers.flatMap((w) => (isCalled(w) ? (throughWrapper(w, call) ?? []) : []));
				const [only] = through;
				return only && through.length === 1 ? [{ call: only, node }] : [];
			},
		);
	}

	#wrappersIn(unit: CUnit, level: number, name: string): readonly Wrapper[] {
		this.#remember(unit);
		return this.#level(unit, level).wrappers.get(name) ?? [];
	}

	#definers(level: number): ReadonlyMap<string, readonly CUnit[]> {
		const known = this.#wrappers[level];
		if (known) return known;
		const all = new Map<string, CUnit[]>();
		this.#wrappers[level] = all;
		const files = level === 0 ? [this.#file, ...this.#file.includedFiles()] : [this.#file];
		for (const file of files) {
			const reader = file.ownCalls;
			if (reader.#isSilent()) continue;
			for (const unit of file.parts) {
				if (reader === this && this.#isPassed(unit)) continue;
				const { names } = reader.#level(unit, level);
				for (const name of names) pushTo(all, name, unit);
			}
		}
		this.#mayCall[level] = holdsAny(all.keys());
		return all;
	}

	#around(found: readonly FoundCall[]): Wrapper[] {
		return found.flatMap(({ call, node }) => {
			const wrapper = node && wrapperAround(this.#file, node, call);
			return wrapper ? [wrapper] : [];
		});
	}

	/** What a callee's last name stands for: the entry point of that id, or wrappers of that name. */
	calleeNamed(name: string): { readonly api?: string; readonly wrappers: readonly Wrapper[] } {
		const api = this.#named()(name);
		if (api !== undefined) return { api, wrappers: [] };
		const own = this.#file.wrappers.get(name);
		if (own) return { wrappers: own.flatMap((one) => this.#asWrapper(one) ?? []) };
		const wrappers: Wrapper[] = [];
		for (let level = 0; level < MOST_LEVELS; level++)
			for (const { file, unit } of this.#definersOf(name, level))
				wrappers.push(...file.ownCalls.#wrappersIn(unit, level, name));
		return { wrappers };
	}

	#definersOf(name: string, level: number): readonly { readonly file: CFile; readonly unit: CUnit }[] {
		return (this.#definers(level).get(name) ?? []).map((unit) => ({ file: unit.file, unit }));
	}

	/** The call whose callee ends with the name at an offset of an item, where it can be read. */
	callAt(unit: CUnit, at: number, name: string): RawCall | undefined {
		const node = unit.root.descendantForIndex(at, at + 1);
		const call = node && enclosingCallOf(node);
		return call ? this.#rawCall(call, name, unit.text) : undefined;
	}

	/** @param only kinds of callees; absent: any, also where the call is broken or in the body of a macro. */
	#callsIn(unit: CUnit, wanted: EntryPointOf, only?: RegExp): FoundCall[] {
		const found: FoundCall[] = [];
		const seen = new Set<number>();
		for (const place of placesOf(unit, wanted)) this.#tryCallAt(unit, place, wanted, only, seen, found);
		return found;
	}

	#tryCallAt(
		unit: CUnit,
		place: Place,
		wanted: EntryPointOf,
		only: RegExp | undefined,
		seen: Set<number>,
		found: FoundCall[],
	): void {
		try {
			this.#callAt(unit, place, wanted, only, seen, found);
		} catch (error) {
			// A call that cannot be read costs that call alone.
			if (isParserError(error)) throw error;
			this.#file.problem(error);
		}
	}

	#callAt(
		unit: CUnit,
		{ word, at }: Place,
		wanted: EntryPointOf,
		only: RegExp | undefined,
		seen: Set<number>,
		found: FoundCall[],
	): void {
		const name = wanted(word) ?? '';
		if (!unit.plain.startsWith(word, at)) {
			if (!only && isInOther(unit.compiled, at)) found.push(...this.#inOther(unit, { start: at, text: word }, name));
			// Windows does not compile it.
			return;
		}
		const node = nodeAt(unit.root, at, at + word.length);
		if (node?.type === 'preproc_arg') {
			if (seen.has(node.id) || only) return;
			seen.add(node.id);
			found.push(...this.#callsInMacro(node, wanted).map((call) => ({ call })));
			return;
		}
		const call = node && (enclosingCallOf(node) ?? callOfHook(node));
		const repaired = !only && node && !(call && isReadable(call)) ? this.#repairedCall(unit, node, name) : undefined;
		if (repaired) found.push({ call: repaired });
		if (!call || repaired || seen.has(call.id)) return;
		const kind = field(call, 'function')?.type ?? '';
		if (only && (!only.test(kind) || (PLAIN.test(kind) && this.#file.scopeAt(call).variable(word)))) return;
		seen.add(call.id);
		const raw = this.#rawCall(call, name, unit.plain);
		const either = this.#eitherWay(unit, { start: at, text: word }, name, call, raw);
		if (either) found.push({ call: either, node: call });
	}

	/** A call in a branch in the place of which the grammar reads another one. */
	#inOther(unit: CUnit, callee: Written, name: string): FoundCall[] {
		const from = unit.root.descendantForIndex(callee.start, callee.start + 1);
		const call = from && this.#eitherWay(unit, callee, name, from);
		if (!call) return [];
		const code = this.#file.catalog.functionById(name)?.roles.code;
		// What its own branch declares is not seen.
		const args = call.args.map((arg, i) => (i === code ? arg : unknownArgument(arg)));
		return [{ call: forkAround(unit.compiled, callee.start)?.isInParentheses ? call : { ...call, args } }];
	}

	/** A lone name between angle brackets reads as a type; where it is a value, it is one by its name. */
	#templateArgs(callee: Node, scope: Scope, source: string): RawArgument[] {
		const list = field(callee, 'arguments');
		return (list ? named(list) : []).map((a) => {
			const lone = a.type === 'type_descriptor' ? field(a, 'type') : null;
			return { expr: readExpression(lone ?? a, scope), scope, text: a.text, source };
		});
	}

	/** Calls in the body of a macro: its parameters are unknown names. */
	#callsInMacro(body: Node, wanted: EntryPointOf): RawCall[] {
		const definition = parentOf(body);
		// What stands behind another directive is no code.
		if (!definition || !/^preproc_(?:function_)?def$/.test(definition.type)) return [];
		const parameters = field(definition, 'parameters');
		const name = field(definition, 'name')?.text;
		// The call is where the macro is used.
		const macros = this.#macroCalls();
		if (parameters && name && macros.isCall(name) && !macros.hasOwnCode(name)) return [];
		const names = new Set(parameters ? named(parameters).map((p) => p.text) : []);
		const scope = new MacroBodyScope(this.#file.fileScope, names);
		const head = 'void _(){';
		// Blanks up to the body, behind `#define A ` at the earliest, keep the offsets of the item.
		const text = `${' '.repeat(body.startIndex - head.length)}${head}${body.text.replace(/\\\r?\n/g, (m) => ' '.repeat(m.length)).replace(/##/g, '__')};}`;
		const tree = this.#file.parse(text);
		try {
			const calls: RawCall[] = [];
			for (const call of tree.root.descendantsOfType('call_expression')) {
				const callee = call && field(call, 'function');
				const word = callee && lastWord(callee.text).replace(/^\d+/, '');
				const name = word && wanted(word);
				if (!call || !name) continue;
				const raw = this.#rawCall(call, name, text, scope);
				if (raw) calls.push(raw);
			}
			return calls;
		} finally {
			tree.free();
		}
	}

	/** A call that only breaks on types in the place of arguments: it is read as if their names were plain. */
	#repairedCall(unit: CUnit, callee: Node, name: string): RawCall | undefined {
		if (!/identifier$/.test(callee.type)) return undefined;
		const list = argumentList(unit.plain.slice(callee.endIndex, callee.endIndex + LONGEST_CALL), this.#file.catalog);
		const plain = list && withPlainTypes(list, this.#file.catalog);
		if (!plain || plain === list) return undefined;
		const call = this.#callOf({ start: callee.startIndex, text: callee.text, list: plain }, name, callee);
		// They are shown as they are written.
		const shown = (arg: RawArgument): string => unit.plain.slice(arg.at?.start, arg.at?.end);
		return call && { ...call, args: call.args.map((arg) => ({ ...arg, text: shown(arg) })) };
	}

	/** The call that a callee and a list of arguments make, as it is seen from a node. */
	#callOf({ start, text: callee, list, source = list }: WrittenCall, name: string, from: Node): RawCall | undefined {
		const scope = this.#file.scopeAt(from);
		const head = 'void _(){';
		const tree = this.#file.parse(`${head}${callee}${list};}`);
		try {
			const node = tree.root.descendantForIndex(head.length, head.length + callee.length);
			const call = node && enclosingCallOf(node);
			const raw = call ? this.#rawCall(call, name, `${head}${callee}${source};}`, scope) : undefined;
			const enclosing = enclosingFunctionName(from);
			return (
				raw && {
					...movedCall(raw, start - head.length),
					// Where the text around it is broken, nobody can tell.
					resultUsed: true,
					around: functionFacts(enclosingFunction(from)),
					...(enclosing === undefined ? {} : { enclosing }),
				}
			);
		} finally {
			tree.free();
		}
	}

	/**
	 * A call with an `#if` between its arguments, which takes what any of the branches gives it.
	 * @param read the call as the grammar reads it; absent where it stands in a branch that the grammar does not.
	 */
	#eitherWay(unit: CUnit, callee: Written, name: string, from: Node, read?: RawCall): RawCall | undefined {
		const { compiled } = unit;
		if (compiled.forks.length === 0) return read;
		const end = callee.start + callee.text.length;
		const lists = waysToCompile(compiled, callee.start, end, LONGEST_CALL);
		if (!lists) return read && { ...read, args: read.args.map(unknownArgument) };
		if (lists.length <= (read ? 1 : 0)) return read;
		const longest = Math.max(...lists.map((list) => list.length));
		const source = compiled.whole.slice(end, end + longest);
		const api = this.#file.catalog.functionById(name);
		const ways = lists
			.flatMap((list) => this.#callOf({ ...callee, list, source }, name, from) ?? [])
			.filter(({ args }) => !api || takes(api, args.length));
		const [first] = ways;
		const isRead = read && read.args.length === first?.args.length;
		if (!first || ways.some(({ args }) => args.length !== first.args.length)) return read;
		const args = first.args.map((arg, i) => {
			const either = eitherOf(ways.map((way) => way.args[i] ?? arg));
			return isRead && either === arg ? (read.args[i] ?? arg) : (either ?? arg);
		});
		return { ...(isRead ? read : first), args };
	}

	/** @param source the text that the call's offsets are of. */
	#rawCall(call: Node, name: string, source: string, around?: Scope): RawCall | undefined {
		const isInFile = around === undefined;
		const scope = around ?? this.#file.scopeAt(call);
		if (!isReadable(call)) return undefined;
		const callee = field(call, 'function');
		const list = field(call, 'arguments');
		if (!callee || !list || list.type !== 'argument_list') return undefined;
		const args = named(list);
		// A macro-decorated prototype can look like a call whose arguments are types.
		if (args.some((a) => a.type === 'type_descriptor' || a.type.startsWith('preproc_'))) return undefined;
		// Most calls have an argument that is no name: then nothing has to be looked up.
		const areNames = args.length > 0 && args.every((a) => a.type === 'identifier');
		if (areNames && args.every((a) => isTypeName(a.text, scope))) return undefined;
		const enclosing = enclosingFunctionName(call);
		const targets = isInFile ? targetsOf(this.#file, call) : undefined;
		return {
			...(targets === undefined ? {} : { targets }),
			resultUsed: isResultUsed(call),
			// In a macro the use decides.
			...(isInFile ? { resultTests: resultTests(call, resultsIn(this.#file)) } : {}),
			around: functionFacts(enclosingFunction(call)),
			start: call.startIndex,
			end: call.endIndex,
			name,
			callee: { start: callee.startIndex, end: callee.endIndex, text: callee.text },
			args: args.map((a) => ({ expr: readExpression(a, scope), scope, text: a.text, source })),
			...(callee.type === 'template_function' ? { templateArgs: this.#templateArgs(callee, scope, source) } : {}),
			...(enclosing === undefined ? {} : { enclosing }),
		};
	}
}

/** A function that the headers of Windows cannot declare as well. */
function isNoneOfWindows(definition: Node): boolean {
	const outer = parentOf(definition)?.type ?? '';
	const body = field(definition, 'body');
	if (!body || (outer !== 'translation_unit' && !PREPROCESSOR_BLOCKS.has(outer))) return false;
	const head = definition.text.slice(0, body.startIndex - definition.startIndex);
	return /\bstatic\b/.test(head);
}

/** `hook::original(…)`: the call of a member that a class of that name keeps. */
function callOfHook(node: Node): Node | undefined {
	const qualified = parentOf(node);
	if (qualified?.type !== 'qualified_identifier' || field(qualified, 'scope')?.id !== node.id) return undefined;
	const call = enclosingCallOf(qualified);
	return field(qualified, 'name')?.type === 'identifier' ? call : undefined;
}

/** A call that was read in a text of its own, with its places in the item. */
const movedCall = (call: RawCall, by: number): RawCall => ({
	...call,
	...moved(call, by),
	callee: { ...call.callee, ...moved(call.callee, by) },
	args: call.args.map((arg) => ({ ...arg, at: moved(arg.at ?? arg.expr, by) })),
});

/** An argument of which nothing is known. */
const unknownArgument = ({ expr: { start, end }, ...arg }: RawArgument): RawArgument => ({
	...arg,
	expr: { start, end, kind: 'unknown' },
});

const moved = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

/** An item holds the name of a wrapper of its own nowhere but where it defines it. */
const isOnlyNamed = (unit: CUnit, name: string, definers: readonly CUnit[] = []): boolean =>
	unit.places.get(name)?.length === 1 && definers.includes(unit);

function repeatedWords(text: string): ReadonlySet<string> {
	const seen = new Set<string>();
	const repeated = new Set<string>();
	for (const [word] of text.matchAll(/\w+/g)) {
		if (seen.has(word)) repeated.add(word);
		seen.add(word);
	}
	return repeated;
}

/** More names than this are looked up one by one. */
const MOST_NAMES = 200;

/** Tells whether a text holds one of some names, if only as a part of a word. */
function holdsAny(names: Iterable<string>): (text: string) => boolean {
	const all = [...new Set(names)];
	if (all.length === 0) return () => false;
	if (all.length > MOST_NAMES || !all.every((name) => /^\w+$/.test(name))) return () => true;
	const any = new RegExp(all.join('|'));
	return (text) => any.test(text);
}

/** The keys of two maps, for what the smaller one costs. */
function commonKeys(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): string[] {
	const [small, large] = one.size < other.size ? [one, other] : [other, one];
	return [...small.keys()].filter((key) => large.has(key));
}

interface Place {
	readonly word: string;
	readonly at: number;
}

/** The wanted words of an item by position, but for those so deep in brackets or conditions that machines must have written them. */
function placesOf(unit: CUnit, wanted: EntryPointOf): readonly Place[] {
	const places: Place[] = [];
	for (const [word, offsets] of unit.places)
		if (wanted(word) !== undefined) for (const at of offsets) places.push({ word, at });
	places.sort((a, b) => a.at - b.at);
	return places.length === 0 ? places : places.filter(isShallow(unit.text));
}

/** Tells for ascending places whether few brackets and conditions are open there. */
function isShallow(text: string): (place: Place) => boolean {
	let brackets = 0;
	let conditions = 0;
	const tokens = text.matchAll(/\n(?=[A-Za-z_])|#[ \t]*(?:if(?:n?def)?|endif)\b|[(){}]/g);
	let next = tokens.next();
	return ({ at }) => {
		// Where every word is nested in the one before, each would be looked for from the root.
		for (; !next.done && next.value.index < at; next = tokens.next()) {
			const [token] = next.value;
			if (token === '(' || token === '{') brackets++;
			else if (token === ')' || token === '}') brackets = Math.max(0, brackets - 1);
			else if (token === '\n') brackets = 0;
			else conditions = Math.max(0, conditions + (token.endsWith('endif') ? -1 : 1));
		}
		return brackets <= DEEPEST && conditions <= DEEPEST;
	};
}
