/** What the conditions of a file's preprocessor lines come to where Windows is compiled for. */

import { replaceBlockComments } from '../../syntax/scan.ts';
import { pushTo } from '../../syntax/search.ts';
import {
	excludedBy,
	type Implied,
	impliedBy,
	isDefinedForWindows,
	isForNoFamily,
	type Macros,
	numberFor,
	type Truth,
	truthOf,
} from './conditions.ts';
import { type Block, standsIn } from './split.ts';
import type { CUnit } from './unit.ts';

/** A `#define` or `#undef` line. */
export interface MacroLine {
	readonly name: string;
	readonly isDefinition: boolean;
	readonly isFunction: boolean;
	/** What it stands for; undefined where that is no text of one line, and for macros with parameters. */
	readonly body: string | undefined;
	/** The name that it is another name of, or those of the functions and macros that its body calls. */
	readonly leadsTo: readonly string[];
	/** Where it stands. */
	readonly unit: CUnit;
}

/** The lines of a file by the name of the macro, in order. */
export type LinesByName = ReadonlyMap<string, readonly MacroLine[]>;

const NO_LINES: readonly MacroLine[] = [];

const LINES = /^[ \t]*#[ \t]*(define|undef)[ \t]+([A-Za-z_]\w*)(\()?((?:\\\r?\n|[^\r\n])*)/gm;

/** A body that is a name and nothing else. */
const NAME = /^\(?[ \t]*(?:::[ \t]*)?([A-Za-z_]\w*)[ \t]*\)?$/;
const CALLED = /\b([A-Za-z_]\w*)[ \t]*\(/g;

/** The macros that an item defines and undefines, by position; those in a comment are none. */
export function macroLines(unit: CUnit): readonly MacroLine[] {
	const { text } = unit;
	if (!text.includes('#')) return NO_LINES;
	const code = replaceBlockComments(text, (comment) => comment.replace(/[^\r\n]/g, ' '));
	return [...code.matchAll(LINES)].map(([, directive, name = '', open, rest = '']): MacroLine => {
		const isDefinition = directive === 'define';
		const isFunction = open !== undefined;
		const body = rest.split('//', 1)[0]?.trim() ?? '';
		if (isFunction) {
			const leadsTo = [...body.matchAll(CALLED)].map(([, called = '']) => called);
			return { name, isDefinition, isFunction, body: undefined, leadsTo, unit };
		}
		const [, other] = NAME.exec(body) ?? [];
		const leadsTo = other === undefined ? [] : [other];
		return { name, isDefinition, isFunction, body: body.includes('\n') ? undefined : body, leadsTo, unit };
	});
}

export function linesByName(units: readonly CUnit[]): LinesByName {
	const lines = new Map<string, MacroLine[]>();
	for (const unit of units) for (const line of unit.macroLines) pushTo(lines, line.name, line);
	return lines;
}

/** A line that may be compiled, and whether it surely is. */
export interface FoundLine {
	readonly line: MacroLine;
	readonly isCertain: boolean;
}

/** Where an included file's lines are read in any case, or may not be. */
export interface IncludedConditions {
	readonly conditions: Conditions;
	readonly isCertain: boolean;
}

/** What holds around a condition, from the inside out. */
export interface Frame {
	readonly implied: readonly Implied[];
	readonly outer: Frame | undefined;
	/** The block that it is, for one that stands around the whole item. */
	readonly block?: Block;
}

/** More lines about one macro are not followed. */
const MOST_LINES = 200;
/** What holds further outside is not looked at. */
const MOST_FRAMES = 50;
/** Macros that stand for macros are followed this far. */
const DEEPEST = 20;
/** Nobody nests deeper by hand. */
const DEEPEST_BLOCK = 200;

/** Constants of the language and of Windows' own headers. */
const CONSTANTS: Readonly<Record<string, bigint>> = { true: 1n, TRUE: 1n, false: 0n, FALSE: 0n };

/** The conditions of one file, in its order: each depends on lines before it alone. */
export class Conditions {
	readonly #units: readonly CUnit[];
	readonly #cpp: boolean;
	readonly #included: (name: string) => readonly IncludedConditions[];
	readonly #lines: () => LinesByName;
	readonly #blocks = new Map<Block, Truth>();
	readonly #frames = new Map<Block, Frame>();
	/** What the included files say of macros. */
	readonly #given = new Map<string, State & Said>();
	/** Number of the first item whose blocks have not been asked about. */
	#next = 0;

	/**
	 * @param lines those of the items.
	 * @param included the files that the file includes and that say something of a macro.
	 */
	constructor(
		units: readonly CUnit[],
		cpp: boolean,
		lines: () => LinesByName,
		included: (name: string) => readonly IncludedConditions[] = () => [],
	) {
		this.#units = units;
		this.#cpp = cpp;
		this.#lines = lines;
		this.#included = included;
	}

	/** Is an item compiled, as far as its surroundings tell? */
	isCompiled(unit: CUnit): Truth {
		if (!unit.block) return true;
		if (unit.block.depth > DEEPEST_BLOCK) return false;
		// From the first one on: each condition may ask about lines in blocks before it.
		for (; !this.#blocks.has(unit.block) && this.#next < this.#units.length; this.#next++) {
			const each = this.#units[this.#next] as CUnit;
			if (each.block) this.#reach(each.block, each);
		}
		return this.#blocks.get(unit.block);
	}

	/** Is a condition within an item true? */
	truth(condition: string, unit: CUnit, frame: Frame | undefined): Truth {
		return truthOf(condition, this.#macros(unit, undefined, frame ?? this.#frameOf(unit.block)));
	}

	/** What holds around an item. */
	around(unit: CUnit): Frame | undefined {
		return this.#frameOf(unit.block);
	}

	/** The lines about a macro that may be compiled, and whether each surely is. */
	*linesOf(name: string): Generator<{ readonly line: MacroLine; readonly isCertain: boolean }> {
		const lines = this.#linesOf(name);
		for (const line of lines.length > MOST_LINES ? [] : lines) {
			const isCompiled = this.isCompiled(line.unit);
			if (isCompiled !== false) yield { line, isCertain: isCompiled === true && line.unit.kind === 'directive' };
		}
	}

	/** The lines about macros that may be compiled and that are wanted. */
	lines(isWanted: (line: MacroLine) => boolean): readonly FoundLine[] {
		const found: FoundLine[] = [];
		for (const unit of this.#units) {
			const wanted = unit.macroLines.filter(isWanted);
			const isCompiled = wanted.length > 0 ? this.isCompiled(unit) : false;
			if (isCompiled === false) continue;
			for (const line of wanted) found.push({ line, isCertain: isCompiled === true && unit.kind === 'directive' });
		}
		return found;
	}

	/** Does the file define the macro, if only for others? */
	names(name: string): boolean {
		return this.#linesOf(name).length > 0;
	}

	#linesOf(name: string): readonly MacroLine[] {
		return this.#lines().get(name) ?? NO_LINES;
	}

	#reach(block: Block, unit: CUnit): Truth {
		if (this.#blocks.has(block)) return this.#blocks.get(block);
		// One that needs itself is not known.
		this.#blocks.set(block, undefined);
		const outer = block.outer ? this.#reach(block.outer, unit) : true;
		const reach = block.kind === 'if' && outer !== false ? this.#branch(block, unit, outer) : outer;
		this.#blocks.set(block, reach);
		return reach;
	}

	#branch(block: Block, unit: CUnit, outer: Truth): Truth {
		if (block.depth > DEEPEST_BLOCK) return false;
		if (this.#isGuard(block, unit)) return outer;
		const macros = this.#macros(unit, block, this.#frameOf(block.outer));
		let isTaken: Truth = outer;
		for (const before of block.before) {
			const truth = truthOf(before, macros);
			if (truth === true) return false;
			if (truth === undefined) isTaken = undefined;
		}
		const truth = block.text === '' ? !isForNoCompiler(this.#frameOf(block)) : truthOf(block.text, macros);
		if (truth === false) return false;
		return truth === undefined ? undefined : isTaken;
	}

	/** `#ifndef NAME` with `#define NAME` behind it: what keeps a header from being read twice. */
	#isGuard(block: Block, unit: CUnit): boolean {
		const name = /^!defined\(?\s*(\w+)\s*\)?$/.exec(block.text)?.[1];
		if (!name || block.outer || block.before.length > 0) return false;
		const [first] = unit.block === block && unit.kind === 'directive' ? unit.macroLines : [];
		return first?.name === name && first.isDefinition && first.body === '';
	}

	#frameOf(block: Block | undefined): Frame | undefined {
		if (!block) return undefined;
		const known = this.#frames.get(block);
		if (known) return known;
		const implied =
			block.kind === 'if' ? [impliedBy(block.text, true), ...block.before.map((b) => impliedBy(b, false))] : [];
		const frame: Frame = { implied, outer: this.#frameOf(block.outer), block };
		this.#frames.set(block, frame);
		return frame;
	}

	/**
	 * Macros as they are known in front of a condition.
	 * @param block the block that the condition opens, where it stands around items.
	 */
	#macros(unit: CUnit, block: Block | undefined, frame: Frame | undefined): Macros {
		let depth = 0;
		const state = (name: string) => this.#state(name, unit, block, frame);
		const macros: Macros = {
			isDefined: (name) => state(name).isDefined,
			value: (name) => {
				if (Object.hasOwn(CONSTANTS, name)) return CONSTANTS[name];
				const { isDefined, body, isTrue } = state(name);
				if (isDefined === false || isTrue === false) return 0n;
				if (body === undefined || depth > DEEPEST) return undefined;
				depth++;
				const value = numberFor(body, macros);
				depth--;
				return value;
			},
			isTrue: (name) => state(name).isTrue,
		};
		return macros;
	}

	#state(name: string, unit: CUnit, block: Block | undefined, frame: Frame | undefined): State {
		let { isNamed, isLive, ...state } = this.#givenOf(name);
		const own = this.#linesOf(name);
		if (own.length > MOST_LINES) return UNKNOWN;
		const before: MacroLine[] = [];
		for (const line of own) {
			if (line.unit.isOneWith(unit) && unit.kind !== 'directive') return UNKNOWN;
			if (line.unit.start >= unit.start || (block && standsIn(line.unit.block, block.opened))) continue;
			isNamed = true;
			const isCompiled = this.isCompiled(line.unit);
			if (isCompiled === false) continue;
			isLive = true;
			before.push(line);
			state = after(state, line, isCompiled === true && line.unit.kind === 'directive');
		}
		if (state.isDefined !== undefined) return state;
		const assumed = assumedOf(name, frame, before);
		if (assumed) return assumed;
		// A project that defines it for other systems alone decides it itself.
		return isNamed && !isLive ? { isDefined: false } : state;
	}

	/** What is known of a macro in front of the first line. */
	#givenOf(name: string): State & Said {
		const known = this.#given.get(name);
		if (known) return known;
		let isLive = false;
		const first = initial(name, this.#cpp);
		const states: State[] = [];
		const said = this.#included(name);
		for (const { conditions, isCertain } of said) {
			let state: State | undefined;
			for (const found of conditions.linesOf(name)) {
				isLive = true;
				// What is taken back may be given again by a file that is not found.
				const isTaken = isCertain && found.isCertain && found.line.isDefinition;
				state = after(state ?? first, found.line, isTaken);
			}
			if (state) states.push(state);
		}
		// Which of two files comes first is not asked.
		const [one = first] = states;
		const state = states.every((s) => s.isDefined === one.isDefined && s.body === one.body) ? one : UNKNOWN;
		const given = { ...state, isNamed: said.length > 0, isLive };
		this.#given.set(name, given);
		return given;
	}
}

interface Said {
	/** Some line names it. */
	readonly isNamed: boolean;
	/** Some line that may be compiled does. */
	readonly isLive: boolean;
}

interface State {
	readonly isDefined: Truth;
	readonly body?: string | undefined;
	readonly isTrue?: Truth;
}

const UNKNOWN: State = { isDefined: undefined };

function initial(name: string, cpp: boolean): State {
	if (name === '__cplusplus' && cpp) return { isDefined: true, isTrue: true };
	const isDefined = isDefinedForWindows(name);
	return isDefined ? { isDefined, body: '1' } : { isDefined };
}

/** What is known of a macro behind a line about it. */
function after(before: State, { isDefinition, body }: MacroLine, isCertain: boolean): State {
	if (isCertain) return isDefinition ? { isDefined: true, body } : { isDefined: false };
	if (before.isDefined !== isDefinition) return UNKNOWN;
	return { isDefined: isDefinition, body: before.body === body ? body : undefined };
}

/** Around it no compiler of Windows is left, and nothing says that Windows is meant. */
export function isForNoCompiler(frame: Frame | undefined): boolean {
	const known = (name: string): Truth => assumedOf(name, frame, [])?.isDefined;
	return isForNoFamily(known) && !['_WIN32', 'WIN32', '_WIN64'].some((name) => known(name) === true);
}

/** What the conditions around say of a macro that no line between says anything of. */
function assumedOf(name: string, frame: Frame | undefined, before: readonly MacroLine[]): State | undefined {
	for (let at = frame, count = 0; at && count < MOST_FRAMES; at = at.outer, count++) {
		const { block } = at;
		if (block && before.some((line) => standsIn(line.unit.block, block.opened))) return undefined;
		for (const { defined, isTrue } of at.implied) {
			const known = defined.get(name);
			const value = isTrue.get(name);
			if (known !== undefined || value !== undefined) return { isDefined: known, isTrue: value };
			for (const other of excludedBy(name)) if (defined.get(other)) return { isDefined: false };
		}
	}
	return undefined;
}
