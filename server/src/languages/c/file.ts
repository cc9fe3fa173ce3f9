/**
 * One C or C++ file, or a header: its items, and what its names mean. A name is what the items say that mention it; what
 * was found out is kept until an item changes that says something of it.
 */

import type { Inclusion } from '../../calls/inclusion.ts';
import type { CallSite } from '../../calls/site.ts';
import type { Place, SiteAt } from '../../calls/siteAt.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { OwnWrappers } from '../../catalog/ownFunctions.ts';
import { changedRegion } from '../../syntax/change.ts';
import { partOf } from '../../syntax/lines.ts';
import { field } from '../../syntax/nodes.ts';
import { lastWord } from '../../syntax/scan.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node, SyntaxTree } from '../../syntax/trees.ts';
import { type CType, UNKNOWN } from '../../types/ctype.ts';
import { sizeOf } from '../../types/layout.ts';
import type { DefinedCode, Include, LanguageEnv, MacroPlace, SourceFile } from '../language.ts';
import { ownTypes } from './aliases.ts';
import { CallReader } from './calls.ts';
import { arrange } from './classes.ts';
import type { Truth } from './conditions.ts';
import { cursorAt, firstToken, forEachWord } from './cursor.ts';
import { cut, cutAgain, isSameBlock } from './cut.ts';
import { definedCodes } from './definedCodes.ts';
import { lookupFrom } from './evaluate/types.ts';
import type { Expr } from './expression.ts';
import { instanceOf } from './instances.ts';
import { type IncludedLeading, type Leading, leadingOf } from './macroCalls.ts';
import { mayWriteInMacro } from './mayDeclare.ts';
import type { Definition, MacroFunction, Scope, Variable } from './model.ts';
import { declaredName, fields, findDescendant, remembered } from './nodes.ts';
import { type Packing, readPacks } from './packs.ts';
import { withPlainTypes } from './plainTypes.ts';
import {
	Conditions,
	type Frame,
	type IncludedConditions,
	type LinesByName,
	linesByName,
	type MacroLine,
} from './preprocessor.ts';
import { declared, readExpression, readType } from './read.ts';
import { returnedBy } from './returning.ts';
import { CScope, FileScope, fileVariableIn, once } from './scope.ts';
import { siteAtIn, unitAt } from './siteAt.ts';
import type { Item } from './split.ts';
import { Answered, whole } from './underWay.ts';
import { CUnit, type MacroText } from './unit.ts';
import { mayWrite } from './uses.ts';
import { type FileVersion, fileVersion } from './version.ts';
import { holdsWord, WordIndex } from './wordIndex.ts';

const NO_WRAPPERS: OwnWrappers = new Map();
/** More structures of templates than this are not made: one may lead to any number of others. */
const MOST_INSTANCES = 100;

/** Longer bodies of macros are not read as values. */
const LONGEST_BODY = 2000;
/** Of a macro that is defined in more ways, as only machines do, no value is known. */
const MOST_BODIES = 64;

/** The answer that is known for a name, or found now. */
function answered<T>(known: Map<string, T>, name: string, ask: () => T): T {
	let answer = known.get(name);
	if (answer === undefined) {
		answer = ask();
		known.set(name, answer);
	}
	return answer;
}

/** What was found out about the names of a file; dropped as a whole when what an item declares has changed. */
class Answers {
	readonly declaring = new Map<string, readonly CUnit[]>();
	/** Those of them that define a type of the name. */
	readonly defining = new Map<string, readonly CUnit[]>();
	readonly types = new Answered<string, CType | undefined>();
	/** Structures that templates make, by name. */
	readonly instances = new Answered<string, CType | undefined>();
	readonly macros = new Map<string, readonly Definition[] | undefined>();
	readonly macroFunctions = new Map<string, readonly MacroFunction[] | undefined>();
	readonly returning = new Answered<string, MacroFunction | undefined>();
	readonly sized = new Answered<string, boolean>();
	readonly variables = new Answered<string, Variable | undefined>();
	readonly includedVariables = new Answered<string, Variable | undefined>();
	definedCodes: readonly DefinedCode[] | undefined;
	readonly writingMacros = new Map<string, readonly string[]>();
	readonly macroTexts = new Map<string, readonly MacroText[]>();
	/** What the file and those that it includes say together. */
	readonly allTypes = new Map<string, { readonly is: CType | undefined }>();
	readonly allMacros = new Map<string, { readonly are: readonly Definition[] | undefined }>();
	readonly allMacroTexts = new Map<string, readonly MacroText[]>();
	readonly enumerators = new Map<string, readonly Definition[]>();
	readonly functions = new Map<string, boolean>();
	readonly records = new WeakMap<Node['tree'], Answered<number, CType>>();
	readonly valueFunctions = new Map<string, boolean>();
	readonly definedFunctions = new Map<string, boolean>();
	packs: readonly Packing[] | undefined;
	version: { readonly is: FileVersion | undefined } | undefined;
	includes: readonly Include[] | undefined;
	closure: readonly CFile[] | undefined;
	/** Of a name: the included files that mention it. As the closure, it does not depend on the file's own items. */
	mentioning = new Map<string, readonly CFile[]>();
	includedConditions: readonly IncludedConditions[] | undefined;
	readonly includedAbout = new Map<string, readonly IncludedConditions[]>();
}

export class CFile implements SourceFile {
	readonly cpp: boolean;
	/** Names as seen from outside of every function. */
	readonly fileScope: Scope;
	readonly #calls: CallReader;
	#env: LanguageEnv;
	#text: string;
	/** In order, and without gaps. */
	#items: readonly CUnit[] = [];
	/** What is read alone: the items, but for those of a class that is cut. */
	#units: readonly CUnit[] = [];
	/** Items that came with the last update, those that went, and the names of which they mean something else. */
	#unsettled:
		| { readonly changed: Set<string>; readonly dropped: Set<CUnit>; readonly fresh: readonly CUnit[] }
		| undefined;
	/** Classes that are cut, without the bodies of their larger functions. */
	#classes: readonly CUnit[] = [];
	#byMention: WordIndex<CUnit> | undefined;
	#answers = new Answers();
	#conditions: Conditions | undefined;
	/** The conditions as the file alone decides them. */
	#ownConditions: Conditions | undefined;
	#macroLines: LinesByName | undefined;
	#leading: Leading | undefined;
	/** A bracket is missing somewhere. */
	#isRecovered = false;
	/** The item that was typed into. */
	#typed: CUnit | undefined;
	/** The last call that was looked for at an offset, and the item that was made for it. */
	#looked: { readonly offset: number; readonly site?: SiteAt; readonly unit?: CUnit } | undefined;
	/** Functions of the file that were looked into for what they do with what they are given. */
	readonly #helpers = new Set<string>();
	/** Variables of which it was asked whether anything in the file writes them. */
	readonly #written = new Map<string, boolean>();

	constructor(text: string, cpp: boolean, env: LanguageEnv) {
		this.cpp = cpp;
		this.#env = env;
		this.#text = text;
		this.fileScope = new FileScope(this);
		this.#calls = new CallReader(this);
		this.#cut(text);
	}

	get text(): string {
		return this.#text;
	}

	get parts(): readonly CUnit[] {
		return this.#units;
	}

	get catalog(): Catalog {
		return this.#env.catalog;
	}

	get functions(): LanguageEnv['functions'] {
		return this.#env.functions;
	}

	/** Functions of the user's own with arguments of their own. */
	get wrappers(): OwnWrappers {
		return this.#env.wrappers ?? NO_WRAPPERS;
	}

	/** Tells of a call that could not be read. */
	problem(error: unknown): void {
		this.#env.onProblem?.(error);
	}

	/** @throws ParserFailure */
	parse(text: string): SyntaxTree {
		return this.#env.parse(text);
	}

	free(): void {
		this.#endLook();
		for (const unit of [...this.#units, ...(this.#unsettled?.dropped ?? [])]) unit.free();
		this.#unsettled = undefined;
	}

	rest(): void {
		this.#endLook();
		for (const unit of this.#units) {
			this.#calls.rest(unit);
			if (unit !== this.#typed) unit.rest();
		}
	}

	/** An item has been asked everything. */
	done(unit: CUnit): void {
		if (unit !== this.#typed) this.#calls.restAlone(unit);
	}

	placeAt(offset: number): Place {
		const found = this.#readAt(offset);
		if (found && found.at > found.unit.text.length) return 'comment';
		return found ? cursorAt(found.unit.text, found.at).place : 'other';
	}

	occurrences(isWanted: (word: string) => boolean): readonly Span[] {
		const found: Span[] = [];
		for (const item of this.#items) {
			let isThere = false;
			for (const word of item.places.keys()) isThere ||= isWanted(word);
			if (!isThere) continue;
			forEachWord(item.own, (word, at) => {
				const start = item.start + at;
				if (isWanted(word)) found.push({ start, end: start + word.length });
			});
		}
		return found;
	}

	siteAt(offset: number): SiteAt | undefined {
		// Completion and signature help ask for the same place.
		if (this.#looked?.offset === offset) return this.#looked.site;
		this.#endLook();
		const read = this.#readAt(offset);
		this.#looked = { offset, ...(read && read.at <= read.unit.text.length && siteAtIn(this, read.unit, read.at)) };
		return this.#looked.site;
	}

	/** Gives back what the last look at an offset needed. */
	#endLook(): void {
		this.#looked?.unit?.free();
		this.#looked = undefined;
	}

	/** What is read of the text at an offset, and where that stands in it. */
	#readAt(offset: number): { readonly unit: CUnit; readonly at: number } | undefined {
		const item = unitAt(this.#items, offset);
		if (item?.kind !== 'class') return item && { unit: item, at: offset - item.start + item.lead };
		for (const unit of this.#classes) {
			const stretch = unit.stretches?.find((one) => one.item === item);
			if (stretch) return { unit, at: stretch.at + offset - item.start };
		}
		return undefined;
	}

	ahead(): Generator<undefined, void, undefined> {
		return this.#calls.ahead();
	}

	sitesOf(unit: CUnit): Iterable<CallSite> {
		return this.#calls.sitesOf(unit);
	}

	// ---- edits ----

	update(text: string, env: LanguageEnv): void {
		const isSame =
			env.included === this.#env.included &&
			env.functions === this.#env.functions &&
			env.catalog === this.#env.catalog &&
			env.wrappers === this.#env.wrappers;
		this.#env = env;
		if (!isSame) {
			this.#startAnew(text);
			return;
		}
		if (text === this.#text) return;
		this.settle();
		this.#take(text);
	}

	#startAnew(text: string): void {
		this.free();
		this.#text = text;
		this.#classes = [];
		this.#cut(text);
		this.#byMention = undefined;
		this.#answers = new Answers();
		this.#forgetConditions();
		this.#written.clear();
		this.#calls.clear();
	}

	#cut(text: string): void {
		const { items, isRecovered } = cut(text);
		this.#isRecovered = isRecovered;
		this.#items = items.map((item) => this.#unit(item));
		this.#arrange([], []);
	}

	#unit(item: Item): CUnit {
		return new CUnit(this, item, partOf(this.#text, item.start, item.end));
	}

	#take(text: string): void {
		this.#endLook();
		const old = this.#items;
		const change = changedRegion(this.#text, text);
		const { items, first, rest, shift, isRecovered } = this.#isRecovered ? cut(text) : cutAgain(text, old, change);
		this.#isRecovered = isRecovered;
		this.#text = text;
		const gone = old.slice(first, rest);
		const reusable = new Map<string, CUnit[]>();
		for (const unit of gone) reusable.set(unit.own, [...(reusable.get(unit.own) ?? []), unit]);
		const fresh: CUnit[] = [];
		const places = new Map<CUnit, Item>();
		let last = -1;
		const middle = items.map((item) => {
			const same = reusable.get(text.slice(item.start, item.end));
			// One that another has passed may stand behind a macro that it stood in front of.
			const at =
				same?.findIndex((u) => u.start > last && u.kind === item.kind && isSameBlock(u.block, item.block)) ?? -1;
			const [unit] = at >= 0 && same ? same.splice(at, 1) : [];
			if (!unit) {
				const made = this.#unit(item);
				fresh.push(made);
				return made;
			}
			last = unit.start;
			places.set(unit, item);
			return unit;
		});
		for (const [unit, { start, end, block, joint }] of places) Object.assign(unit, { start, end, block, joint });
		for (const unit of old.slice(rest)) {
			unit.start += shift;
			unit.end += shift;
		}
		this.#items = [...old.slice(0, first), ...middle, ...old.slice(rest)];
		const kept = new Set(middle);
		const replaced = gone.filter((unit) => !kept.has(unit));
		const goneUnits = replaced.filter(isReadAsItIs);
		const freshUnits = fresh.filter(isReadAsItIs);
		this.#arrange(goneUnits, freshUnits);
		this.#forgetConditions();
		this.#followTree(goneUnits, freshUnits);
		this.#replace(goneUnits, freshUnits);
	}

	/** @param gone @param fresh are given what came and went with the classes. */
	#arrange(gone: CUnit[], fresh: CUnit[]): void {
		const arranged = arrange(this, this.#items, this.#classes, new Set(fresh));
		this.#items = arranged.items;
		this.#units = arranged.units;
		this.#classes = arranged.classes;
		gone.push(...arranged.gone);
		fresh.push(...arranged.fresh);
	}

	/** Typing goes on where it was: the tree of the item that is typed into is kept for the next letter. */
	#followTree([gone, ...more]: readonly CUnit[], [fresh, ...others]: readonly CUnit[]): void {
		this.#typed = fresh && others.length === 0 ? fresh : undefined;
		if (gone && this.#typed && more.length === 0) this.#typed.follow(gone);
	}

	/** Some items gave way to others: what depends on them is asked anew. */
	#replace(gone: readonly CUnit[], fresh: readonly CUnit[]): void {
		if (gone.some(concernsAll) || fresh.some(concernsAll)) {
			this.#startAnew(this.#text);
			for (const unit of gone) unit.free();
			return;
		}
		const changed = new Set<string>();
		const isBody = isBodyChange(gone, fresh);
		if (!isBody) for (const unit of gone) for (const name of unit.declares()) changed.add(name);
		for (const unit of gone) for (const name of this.#calls.handedOn(unit)) changed.add(name);
		for (const unit of [...gone, ...fresh])
			for (const name of unit.functions) if (this.#helpers.has(name)) changed.add(name);
		const before = this.#aliases(gone);
		const dropped = new Set(gone);
		this.#calls.forget(gone);
		this.#mention(gone, fresh);
		// A body may hold conditions and includes all the same.
		if ([...gone, ...fresh].some((unit) => unit.text.includes('#'))) this.#answers.version = undefined;
		this.#answers.includes = undefined;
		if (!isBody) {
			this.#forgetNames();
			for (const unit of fresh) for (const name of unit.declares()) changed.add(name);
		}
		for (const name of differences(before, this.#aliases(fresh))) changed.add(name);
		if (!this.#spread(changed, dropped, new Set(fresh))) return;
		this.#unsettled = { changed, dropped, fresh };
	}

	settle(): void {
		const unsettled = this.#unsettled;
		if (!unsettled) return;
		this.#unsettled = undefined;
		const { changed, dropped, fresh } = unsettled;
		// What the new items write and hand on is asked when nothing that is known is left of the old ones.
		for (let size = -1; changed.size !== size; ) {
			size = changed.size;
			for (const unit of fresh) for (const name of this.#calls.handsOn(unit)) changed.add(name);
			for (const [name, was] of this.#written) if (this.#isWritten(name) !== was) changed.add(name);
			for (const name of changed) this.#written.delete(name);
			if (changed.size !== size && !this.#spread(changed, dropped, new Set(fresh))) return;
		}
		for (const unit of dropped) unit.free();
	}

	#aliases(units: readonly CUnit[]): ReadonlyMap<string, string> {
		return new Map(units.flatMap((unit) => [...this.#calls.aliasesOf(unit)]));
	}

	#forgetNames(): void {
		this.#answers = Object.assign(new Answers(), {
			closure: this.#answers.closure,
			mentioning: this.#answers.mentioning,
		});
	}

	/**
	 * Replaces every item that reads a changed name; what it declares itself has changed then too. False where that
	 * concerns all items, and every one was replaced.
	 */
	#spread(changed: Set<string>, dropped: Set<CUnit>, fresh: ReadonlySet<CUnit>): boolean {
		if (changed.size === 0) return true;
		this.#forgetNames();
		const stale = new Set<CUnit>();
		for (let grown = true; grown; ) {
			grown = false;
			for (const unit of this.#units) {
				if (stale.has(unit)) continue;
				const isInStale = unit.around && stale.has(unit.around.unit);
				if (!isInStale && (fresh.has(unit) || !reads(unit, changed))) continue;
				stale.add(unit);
				const asked = [...unit.functions].filter((name) => this.#helpers.has(name));
				const names = [...this.#calls.handedOn(unit), ...this.#mayDeclare(unit, changed), ...asked];
				for (const name of names) {
					if (!changed.has(name)) grown = true;
					changed.add(name);
				}
			}
		}
		if (stale.size === 0) return true;
		if ([...stale].some(concernsAll)) {
			for (const unit of dropped) unit.free();
			this.#startAnew(this.#text);
			return false;
		}
		this.#renew([...stale]);
		for (const unit of stale) dropped.add(unit);
		return true;
	}

	/** What an item declares, or will when a name that it reads means something else. */
	#mayDeclare(unit: CUnit, changed: ReadonlySet<string>): Iterable<string> {
		const hasBranches = /#[ \t]*if/.test(unit.text);
		const aliases = hasBranches || unit.isConditionedBy(changed) ? this.#calls.anyAliases(unit) : undefined;
		if (!aliases) return unit.isHeadOnly ? [] : unit.declares();
		return [...(hasBranches ? unit.mentions : unit.declares()), ...aliases];
	}

	/** Puts items of which nothing is known in the places of others. */
	#renew(stale: readonly CUnit[]): void {
		const made = new Map(stale.map((unit) => [unit, unit.again()]));
		const again = [...made.values()];
		for (const unit of again) {
			const { around } = unit;
			if (around) unit.around = { ...around, unit: made.get(around.unit) ?? around.unit };
		}
		const renewed = (unit: CUnit): CUnit => made.get(unit) ?? unit;
		this.#units = this.#units.map(renewed);
		this.#items = this.#items.map(renewed);
		this.#classes = this.#classes.map(renewed);
		this.#forgetConditions();
		this.#mention(stale, again);
		this.#calls.forget(stale);
	}

	#mention(gone: readonly CUnit[], fresh: readonly CUnit[]): void {
		const index = this.#byMention;
		if (!index) return;
		for (const unit of gone) index.delete(unit);
		for (const unit of fresh) index.add(unit);
		for (const unit of [...gone, ...fresh]) {
			for (const word of unit.mentions) {
				this.#answers.declaring.delete(word);
				this.#answers.defining.delete(word);
			}
		}
	}

	// ---- conditions ----

	/** May Windows compile an item? */
	mayBeCompiled(unit: CUnit): boolean {
		return this.#allConditions().isCompiled(unit) !== false;
	}

	/** Is a condition within an item true for Windows? */
	isTrue(condition: string, unit: CUnit, frame: Frame | undefined): Truth {
		return this.#allConditions().truth(condition, unit, frame);
	}

	/** What holds around an item. */
	around(unit: CUnit): Frame | undefined {
		return this.#allConditions().around(unit);
	}

	/** What the macros of this file alone lead to. */
	get leading(): Leading {
		const { catalog } = this;
		this.#leading ??= leadingOf(
			this.#allConditions().lines(({ leadsTo, name }) => leadsTo.length > 0 || catalog.entryPoint(name) !== undefined),
			catalog,
		);
		return this.#leading;
	}

	/** Those of the files that it includes. */
	includedLeading(): readonly IncludedLeading[] {
		const files = this.#closure();
		return this.#includedConditions().flatMap(({ isCertain }, i) => {
			const { leading } = files[i] ?? {};
			return leading ? [{ leading, isCertain }] : [];
		});
	}

	/** The definitions of macros that may be compiled, those of the files that it includes first. */
	definitionLines(): readonly MacroLine[] {
		return [...this.#closure(), this].flatMap((file) =>
			file
				.#allConditions()
				.lines(({ isDefinition }) => isDefinition)
				.map(({ line }) => line),
		);
	}

	#allConditions(): Conditions {
		this.#conditions ??= new Conditions(
			this.#units,
			this.cpp,
			() => this.#linesByName(),
			(name) => this.#includedAbout(name),
		);
		return this.#conditions;
	}

	#aloneConditions(): Conditions {
		this.#ownConditions ??= new Conditions(this.#units, this.cpp, () => this.#linesByName());
		return this.#ownConditions;
	}

	#linesByName(): LinesByName {
		this.#macroLines ??= linesByName(this.#units);
		return this.#macroLines;
	}

	#forgetConditions(): void {
		this.#macroLines = undefined;
		this.#leading = undefined;
		this.#conditions = undefined;
		this.#ownConditions = undefined;
	}

	/** What included files decide, each on its own: they may include one another in circles. */
	#includedConditions(): readonly IncludedConditions[] {
		this.#answers.includedConditions ??= this.#decidedByIncluded();
		return this.#answers.includedConditions;
	}

	#decidedByIncluded(): readonly IncludedConditions[] {
		const certain = new Set<CFile>([this]);
		for (const file of certain) {
			const included = file.#certainIncludes();
			for (const { as, file: next } of file.#env.included)
				if (next instanceof CFile && (as === '' || included.has(as))) certain.add(next);
		}
		return this.#closure().map((file) => ({
			conditions: file.#aloneConditions(),
			isCertain: certain.has(file),
		}));
	}

	/** What those of them decide that define a macro, if only for others. */
	#includedAbout(name: string): readonly IncludedConditions[] {
		return answered(this.#answers.includedAbout, name, () =>
			this.#includedConditions().filter(({ conditions }) => conditions.names(name)),
		);
	}

	/** The files that it includes whatever is defined. */
	#certainIncludes(): ReadonlySet<string> {
		return new Set(
			this.#units.flatMap((unit) =>
				unit.includes.length > 0 && this.#aloneConditions().isCompiled(unit) === true
					? unit.includes.map(({ name }) => name)
					: [],
			),
		);
	}

	// ---- names ----

	/** Items that may declare a name, by position. */
	#declaring(name: string): readonly CUnit[] {
		const known = this.#answers.declaring.get(name);
		if (known) return known;
		this.#byMention ??= new WordIndex(this.#units);
		const units = this.#byMention
			.of(name)
			.filter((unit) => !unit.isDisabled)
			.sort((a, b) => a.start - b.start);
		this.#answers.declaring.set(name, units);
		return units;
	}

	/** All files that this one includes, directly or not, each once; itself is left out. */
	#closure(): readonly CFile[] {
		this.#answers.closure ??= this.#allIncluded();
		return this.#answers.closure;
	}

	#allIncluded(): readonly CFile[] {
		// Includes can go in circles.
		const seen = new Set<CFile>([this]);
		for (const file of seen) for (const { file: next } of file.#env.included) if (next instanceof CFile) seen.add(next);
		seen.delete(this);
		return [...seen];
	}

	/** Those of them that may declare a name: of a hundred hardly one does. */
	#mentioning(name: string): readonly CFile[] {
		return answered(this.#answers.mentioning, name, () =>
			this.#closure().filter((file) => file.#declaring(name).length > 0),
		);
	}

	/** What this file says of a name, else what the included files say together. */
	#fromFiles<T>(name: string, own: (file: CFile) => readonly T[] | undefined): readonly T[] | undefined {
		const mine = own(this);
		if (mine) return mine;
		const found = this.#mentioning(name).flatMap((file) => {
			const said = own(file);
			return said ? [said] : [];
		});
		// One that cannot be read leaves the whole open.
		return found.length === 0 ? undefined : found.some((f) => f.length === 0) ? [] : found.flat();
	}

	typeByName(name: string): CType | undefined {
		const { allTypes } = this.#answers;
		const known = allTypes.get(name);
		if (known) return known.is;
		const { value, isWhole } = whole(() => this.#typeByName(name));
		if (isWhole) allTypes.set(name, { is: value });
		return value;
	}

	#typeByName(name: string): CType | undefined {
		const own = this.#ownType(name);
		if (own) return own;
		if (name.endsWith('>')) return this.cpp ? this.#instance(name) : undefined;
		const found = this.#mentioning(name).flatMap((file) => file.#ownType(name) ?? []);
		const first = found[0];
		if (!first) return undefined;
		const isOne = found.every((t) => JSON.stringify(t) === JSON.stringify(first));
		// What a copy of Windows' headers says in a way that cannot be read is as those have it.
		if (this.#isOfHeaders(name) && !(isOne && this.#answers.sized.ask(name, () => this.#hasSize(first))))
			return undefined;
		return isOne ? first : { kind: 'unknown', variants: found };
	}

	#instance(name: string): CType | undefined {
		const { instances } = this.#answers;
		return instances.ask(name, () => (instances.size > MOST_INSTANCES ? undefined : instanceOf(this, name)));
	}

	/** Somebody says of a template what it is for some arguments. */
	isSpecialised(name: string): boolean {
		const isOne = ({ text }: CFile) => new RegExp(`\\b(?:struct|class|union)\\s+${name}\\s*<`).test(text);
		return isOne(this) || this.#mentioning(name).some(isOne);
	}

	#ownType(name: string): CType | undefined {
		// A type that needs itself is unknown while it is being read.
		return this.#answers.types.ask(name, () => this.#readType(name));
	}

	/** Where this file defines a type of that name. */
	typeNodes(name: string): readonly Node[] {
		const defining = answered(this.#answers.defining, name, () =>
			this.#declaring(name).filter((unit) => unit.typesNamed(name).length > 0),
		);
		return defining.flatMap((unit) => unit.typesNamed(name));
	}

	/** The same; where it does not, where included files do. */
	classNodes(name: string): readonly Node[] {
		const own = this.typeNodes(name);
		return own.length > 0 ? own : this.#mentioning(name).flatMap((file) => file.typeNodes(name));
	}

	/** The type that a class or a structure of this file makes where it stands. */
	recordAt(node: Node): CType {
		const { records } = this.#answers;
		const ofTree = records.get(node.tree) ?? new Answered<number, CType>();
		records.set(node.tree, ofTree);
		return ofTree.ask(node.id, () => readType(node, this.scopeAt(node))) ?? UNKNOWN;
	}

	#readType(name: string): CType | undefined {
		const candidates = this.typeNodes(name).map((node): CType => {
			if (node.type === 'alias_declaration') {
				const type = node.childForFieldName('type');
				return type ? readType(type, this.fileScope) : UNKNOWN;
			}
			if (node.type !== 'type_definition') return readType(node, this.fileScope);
			const typeNode = node.childForFieldName('type');
			const base = typeNode ? readType(typeNode, this.fileScope) : UNKNOWN;
			for (const declarator of fields(node, 'declarator')) {
				const found = declared(base, declarator, this.fileScope);
				if (found.name === name) return found.type;
			}
			return UNKNOWN;
		});
		// `typedef struct X X;` beside `struct X { … }`: the one with a body says more.
		const telling = candidates.filter((c) => !(c.kind === 'named' && c.name === name));
		const [first] = telling;
		const isOne = telling.every((c) => JSON.stringify(c) === JSON.stringify(first));
		return isOne ? first : { kind: 'unknown', variants: telling };
	}

	/** A variable that this file declares outside of every function: the same from wherever it is asked for. */
	fileVariable(name: string): Variable | undefined {
		// A name that is looked up on the way to itself, as the length of an array, is no variable there.
		return this.#answers.variables.ask(name, () => {
			const units = this.#declaring(name).filter(({ kind }) => kind !== 'function' && kind !== 'directive');
			const found = fileVariableIn(this, units, name);
			// Whether anything writes it is asked of the whole file.
			return found && { ...found, reaching: once(found.reaching) };
		});
	}

	/** A file-level variable that an included file declares. */
	includedVariable(name: string): Variable | undefined {
		return this.#answers.includedVariables.ask(name, () => {
			for (const file of this.#mentioning(name)) {
				const found = file.fileVariable(name);
				// `API SOCKET WINAPI MACRO(f)(int);` reads as a variable that is called as the type.
				if (found && (!this.#isOfHeaders(name) || this.#hasSize(found.type))) return found;
			}
			return undefined;
		});
	}

	/** Windows' headers have a type of that name. */
	#isOfHeaders(name: string): boolean {
		return (this.catalog.lookup(name, false) ?? this.catalog.lookup(name, true)) !== undefined;
	}

	#hasSize(type: CType): boolean {
		return sizeOf(type, lookupFrom(this.fileScope)) !== undefined;
	}

	/** Nothing in the file writes the variable or takes its address. */
	isNeverWritten(name: string): boolean {
		let isWritten = this.#written.get(name);
		if (isWritten === undefined) {
			isWritten = this.#isWritten(name);
			this.#written.set(name, isWritten);
		}
		return !isWritten;
	}

	#isWritten(name: string): boolean {
		return this.#units.some((unit) => unit.writes(name));
	}

	/** The file or one that it includes declares a function of that name. */
	declaresFunction(name: string): boolean {
		return this.#ownFunction(name) || this.#mentioning(name).some((file) => file.#ownFunction(name));
	}

	/** Definitions of a function in this file itself. Who asks is asked again when one of them changes. */
	helper(name: string): readonly Node[] {
		this.#helpers.add(name);
		return this.#declaring(name)
			.filter((unit) => unit.declaresFunction(name))
			.flatMap((unit) =>
				unit.root
					.descendantsOfType('function_definition')
					.filter((node) => node !== null && !unit.isReadAlone(node.startIndex)),
			)
			.filter((node) => node !== null)
			.filter((node) => declaredName(field(node, 'declarator') ?? node) === name);
	}

	/** A function of that name is defined in this file, and nothing in its head is a reference. */
	takesValues(name: string): boolean {
		return answered(this.#answers.valueFunctions, name, () => {
			const units = /^\w+$/.test(name) ? this.#declaring(name).filter((unit) => unit.declaresFunction(name)) : [];
			return units.length > 0 && units.every((unit) => unit.isHeadOnly && !/[&<]|\bauto\b/.test(unit.head));
		});
	}

	/** The file itself says what a function of that name does. */
	definesFunction(name: string): boolean {
		return answered(this.#answers.definedFunctions, name, () =>
			this.#declaring(name).some((unit) => unit.kind === 'function' && unit.declaresFunction(name)),
		);
	}

	#ownFunction(name: string): boolean {
		return answered(this.#answers.functions, name, () =>
			this.#declaring(name).some((unit) => unit.declaresFunction(name)),
		);
	}

	// ---- macros and enumerators ----

	/** Every definition of a macro in this file and in those that it includes. */
	macroTexts(name: string): readonly MacroText[] {
		return answered(this.#answers.allMacroTexts, name, () =>
			[this, ...this.#mentioning(name)].flatMap((file) => file.#ownMacroTexts(name)),
		);
	}

	#ownMacroTexts(name: string): readonly MacroText[] {
		return answered(this.#answers.macroTexts, name, () =>
			this.#declaring(name).flatMap((unit) => unit.macrosNamed(name)),
		);
	}

	/** Macros that write a variable by its name, without being given it. */
	macrosWriting(variable: string): readonly string[] {
		return answered(this.#answers.writingMacros, variable, () =>
			[this, ...this.#mentioning(variable)].flatMap((file) =>
				file
					.#declaring(variable)
					.flatMap((unit) =>
						[...(mayWriteInMacro(unit, variable) ? unit.macros : [])].flatMap(([macro, texts]) =>
							texts.some((m) => !m.parameters?.includes(variable) && mayWrite(m.body, variable)) ? [macro] : [],
						),
					),
			),
		);
	}

	/** An expression that stands in a text of its own, such as the body of a macro. */
	snippet(body: string): Expr {
		const unknown: Expr = { start: 0, end: 0, kind: 'unknown' };
		if (body === '' || body.length > LONGEST_BODY) return unknown;
		const tree = this.parse(`int _ = ${withPlainTypes(body, this.catalog)};`);
		try {
			const { root } = tree;
			if (root.hasError) return unknown;
			const declarator = findDescendant(root, 'init_declarator');
			const value = declarator?.childForFieldName('value');
			return value && value.endIndex >= root.endIndex - 2 ? readExpression(value, this.fileScope) : unknown;
		} finally {
			tree.free();
		}
	}

	macro(name: string): readonly Definition[] | undefined {
		return answered(this.#answers.allMacros, name, () => ({
			are: this.#fromFiles(name, (file) => file.#ownMacro(name)),
		})).are;
	}

	/** The same; a code of the headers stays what it is where a condition that is not known decides. */
	macroValue(name: string): readonly Definition[] | undefined {
		const isOfHeaders = this.catalog.code(name)?.alias?.kind !== 'document' && this.catalog.code(name) !== undefined;
		return isOfHeaders && !this.#surelyDefines(name) ? undefined : this.macro(name);
	}

	/** Some line defines the macro in any case, or where the headers do not. */
	#surelyDefines(name: string): boolean {
		const all = [{ conditions: this.#allConditions(), isCertain: true }, ...this.#includedAbout(name)];
		for (const { conditions, isCertain } of all)
			for (const { line, isCertain: isTaken } of conditions.linesOf(name)) {
				const isFallback = line.unit.block?.text === `!defined(${name})`;
				if (line.isDefinition && ((isCertain && isTaken) || isFallback)) return true;
			}
		return false;
	}

	#ownMacro(name: string): readonly Definition[] | undefined {
		const { macros } = this.#answers;
		if (!macros.has(name)) {
			const texts = this.#ownMacroTexts(name).filter((m) => !m.parameters);
			const bodies = new Set(texts.map((t) => t.body));
			const values = [...(bodies.size > MOST_BODIES ? [''] : bodies)].map((body) => ({
				expr: this.snippet(body),
				scope: this.fileScope,
			}));
			const readable = values.every((v) => v.expr.kind !== 'unknown') ? values : [];
			macros.set(name, texts.length === 0 ? undefined : readable);
		}
		return macros.get(name);
	}

	macroFunction(name: string): readonly MacroFunction[] | undefined {
		return this.#fromFiles(name, (file) => file.#ownMacroFunction(name));
	}

	#ownMacroFunction(name: string): readonly MacroFunction[] | undefined {
		const { macroFunctions } = this.#answers;
		if (!macroFunctions.has(name)) {
			const texts = this.#ownMacroTexts(name).flatMap(({ parameters, body }) =>
				parameters ? [{ parameters, body }] : [],
			);
			const read = texts.length > MOST_BODIES ? texts.slice(0, 1).map((text) => ({ ...text, body: '' })) : texts;
			const values = read.map(({ parameters, body }) => ({
				parameters,
				body: this.snippet(body),
				scope: this.fileScope,
			}));
			macroFunctions.set(name, values.length === 0 ? undefined : values);
		}
		return macroFunctions.get(name);
	}

	/** What the function of a name returns; undefined where nothing or more than one thing in sight declares it. */
	returning(name: string): MacroFunction | undefined {
		return /^\w+$/.test(name) ? this.#answers.returning.ask(name, () => this.#returning(name)) : undefined;
	}

	#returning(name: string): MacroFunction | undefined {
		const [unit, ...others] = [this, ...this.#mentioning(name)].flatMap((file) => {
			file.#helpers.add(name);
			return file.#declaring(name).filter((one) => one.declaresFunction(name));
		});
		const [node, ...more] = unit && others.length === 0 ? unit.file.helper(name) : [];
		return unit && node && more.length === 0 ? returnedBy(node, unit.file.fileScope) : undefined;
	}

	enumerator(name: string): readonly Definition[] | undefined {
		return this.#fromFiles(name, (file) => {
			const found = answered(file.#answers.enumerators, name, () =>
				file.#declaring(name).flatMap((unit) => unit.enumerators.get(name) ?? []),
			);
			return found.length === 0 ? undefined : found;
		});
	}

	/** Names as seen from a node. */
	scopeAt(node: Node): CScope {
		return remembered(node, 'scope', () => new CScope(this, node));
	}

	// ---- what stands outside of declarations ----

	/** The functions of included files that hand their arguments on. */
	includedFiles(): readonly CFile[] {
		return this.#closure();
	}

	get ownCalls(): CallReader {
		return this.#calls;
	}

	/** `#pragma pack` in force at an offset of an item, in bytes. */
	packAt(unit: CUnit, index: number): number | undefined {
		this.#answers.packs ??= readPacks(this.#units);
		return this.#answers.packs.findLast((p) => p.unit.start < unit.start || (p.unit === unit && p.at < index))?.pack;
	}

	/** The Windows that the file asks the headers for. */
	get version(): FileVersion | undefined {
		if (!this.#answers.version) {
			const isAsked = ['_WIN32_WINNT', 'NTDDI_VERSION'].some((name) => this.#declaring(name).length > 0);
			this.#answers.version = { is: isAsked ? fileVersion(this.#text) : undefined };
		}
		return this.#answers.version.is;
	}

	macroPlaces(name: string): readonly MacroPlace[] {
		return [this, ...this.#mentioning(name)].flatMap((file) =>
			file
				.#declaring(name)
				.filter((unit) => unit.macrosNamed(name).length > 0)
				.flatMap((unit) =>
					[...unit.text.matchAll(/#[ \t]*define[ \t]+(\w+)/g)].flatMap(({ 0: whole, 1: defined, index }) => {
						const start = unit.place(index + whole.length - name.length);
						return defined === name ? [{ file, start, end: start + name.length }] : [];
					}),
				),
		);
	}

	definedCodes(): readonly DefinedCode[] {
		this.#answers.definedCodes ??= definedCodes(this);
		return this.#answers.definedCodes;
	}

	inclusion(): Inclusion {
		const names = [this, ...this.#closure()].flatMap((file) => file.includes.map(({ name }) => headerName(name)));
		return { names: new Set(names), ...includeLines(this.#units) };
	}

	/** The files that it includes. */
	get includes(): readonly Include[] {
		this.#answers.includes ??= this.#units.flatMap((unit) =>
			unit.includes.length > 0 && this.#aloneConditions().isCompiled(unit) !== false ? unit.includes : [],
		);
		return this.#answers.includes;
	}
}

const headerName = (name: string): string => (name.split(/[\\/]/).at(-1) ?? name).toLowerCase();

/** The `#include` lines of some items, and where a first one can stand: behind the comments that the text begins with. */
function includeLines(units: readonly CUnit[]): Pick<Inclusion, 'lines' | 'start'> {
	const lines = units.flatMap(({ kind, includes, end, block }) => {
		const [include] = kind === 'directive' ? includes : [];
		if (!include) return [];
		// What a whole header stands in is no condition.
		const isGuard = block?.kind === 'if' && block.outer === undefined && /^!defined\(\w+\)$/.test(block.text);
		return [{ name: headerName(include.name), end, isConditional: block !== undefined && !isGuard }];
	});
	const [first] = units;
	return { lines, start: first && lines.length === 0 ? first.start + firstLine(first.text) : 0 };
}

/** Where the line of the first token of a text begins. */
function firstLine(text: string): number {
	return text.lastIndexOf('\n', firstToken(text)) + 1;
}

/** For more names than this the words of a text are kept; fewer are looked for in the text itself. */
const MOST_SOUGHT = 8;

const reads = (unit: CUnit, names: ReadonlySet<string>): boolean => {
	if (unit.isConditionedBy(names)) return true;
	// `c` of `a::b::c`, which is one word of a text.
	const words = [...names].map(lastWord);
	return words.length <= MOST_SOUGHT
		? words.some((word) => holdsWord(unit.text, word))
		: words.some((word) => unit.places.has(word));
};

/** Lines that say something of everything behind them, and types of pointers that give names a meaning elsewhere. */
const CONCERNS_ALL = /#[ \t]*(?:pragma[ \t]+pack|include[ \t]*[<"][^>"\r\n]{0,200}p(?:s|sh|op)pack)/i;
const concernsAll = (unit: CUnit): boolean => CONCERNS_ALL.test(unit.text) || ownTypes(unit.text).size > 0;

/** It is no part of a class that is put together before it is read. */
const isReadAsItIs = ({ kind }: CUnit): boolean => kind !== 'class';

/** One function gave way to one that differs in its body alone. */
function isBodyChange(gone: readonly CUnit[], fresh: readonly CUnit[]): boolean {
	const [one] = gone;
	const [other] = fresh;
	if (!one || !other || gone.length > 1 || fresh.length > 1 || !one.isHeadOnly || !other.isHeadOnly) return false;
	return one.own.slice(0, one.body) === other.own.slice(0, other.body);
}

function* differences(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): Generator<string> {
	for (const [name, value] of one) if (other.get(name) !== value) yield name;
	for (const [name, value] of other) if (one.get(name) !== value) yield name;
}
