/** The branches of `#if`s within an item: those that Windows never compiles are blanks to the grammar. */
import type { Span } from '../../syntax/span.ts';
import { type Implied, impliedBy, type Truth } from './conditions.ts';
import { type Frame, isForNoCompiler } from './preprocessor.ts';
import { condition, endOfDirective, endOfLineComment, endOfLiteral, endOfRawString, isAtLineStart } from './split.ts';

/** Tells whether a condition is true, with what is known around it. */
export type Ask = (condition: string, frame: Frame | undefined) => Truth;

/** Something else in the place of a part of a text, of the same length. */
interface Edit {
	readonly start: number;
	readonly end: number;
	/** Absent: blanks. */
	readonly text?: string;
}

/** A line that begins or ends a branch. */
interface Branch {
	/** Of the directive's line. */
	readonly start: number;
	readonly end: number;
	/** Where the name of the directive begins, and the name. */
	readonly at: number;
	readonly name: string;
	readonly condition: string;
	/** It may be compiled: false, it never is; true, whenever no branch before it is. */
	readonly isTaken: Truth;
}

/**
 * An `#if` that no grammar reads where it stands, of which any branch may be compiled: in parentheses, as between the
 * arguments of a call, around an `else`, or with other braces in its branches than it closes there.
 */
export interface Fork extends Span {
	readonly isInParentheses: boolean;
	/** What stands in each, by position; an empty one where all may be left out. */
	readonly branches: readonly Span[];
	/** The innermost one around it. */
	readonly outer: Fork | undefined;
}

/** A text without what Windows never compiles. Length and lines are what they were. */
export interface Compiled {
	/** What the grammar reads: the first branch of each fork. */
	readonly text: string;
	/** The same with every branch of the forks. */
	readonly whole: string;
	/** By position, the outer ones first. */
	readonly forks: readonly Fork[];
}

/** Parentheses that are open, of the innermost braces alone. */
class Parentheses {
	/** Those around each open brace. */
	readonly #outer: number[] = [];
	#open = 0;

	take(mark: string): void {
		if (mark === '(') this.#open++;
		else if (mark === ')') this.#open = Math.max(0, this.#open - 1);
		else if (mark === '{') {
			this.#outer.push(this.#open);
			this.#open = 0;
		} else this.#open = this.#outer.pop() ?? 0;
	}

	get now(): Place {
		return { braces: this.#outer.length, open: this.#open };
	}

	/** Each branch of an `#if` begins where the first one did. */
	return({ braces, open }: Place): void {
		this.#outer.length = Math.min(this.#outer.length, braces);
		this.#open = open;
	}
}

interface Place {
	readonly braces: number;
	readonly open: number;
}

interface Open {
	readonly branches: Branch[];
	/** What is open is not what was, at the end of a branch that may be compiled. */
	isUneven: boolean;
	/** What is open in front of it. */
	readonly place: Place;
	readonly outer: Frame | undefined;
	readonly before: Implied[];
	frame: Frame | undefined;
	/** A branch before is always taken. */
	isDecided: boolean;
}

/** Machines nest deeper; what stands there is left as it is. */
const DEEPEST = 200;

/** What no grammar reads in a condition: it says nothing that is not known by then. */
const UNREADABLE = /__has_|["'<@$\\]/;

/**
 * The text with blanks in the place of every branch that is never compiled, and of every line of an `#if` that is decided
 * or stands in parentheses.
 */
export function compiled(text: string, around: Frame | undefined, ask: Ask): Compiled {
	if (!/#[ \t]*if/.test(text)) return { text, whole: text, forks: [] };
	const under: UnderWay = { text, around, ask, open: [], edits: [], forks: [], parentheses: new Parentheses() };
	const marks = /\/[/*]|["'#(){}]/g;
	for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
		const at = mark.index;
		marks.lastIndex = Math.max(endOf(under, at, mark[0]), at + 1);
	}
	const { edits } = under;
	const whole = edits.length === 0 ? text : applied(text, edits);
	if (under.forks.length === 0) return { text: whole, whole, forks: [] };
	const forks = nested(under.forks.sort((a, b) => a.start - b.start));
	const others = forks.flatMap(({ branches }) => branches.slice(1));
	return { text: applied(text, [...edits, ...others]), whole, forks };
}

/** Forks by position, each with the one around it. */
function nested(forks: readonly Omit<Fork, 'outer'>[]): readonly Fork[] {
	const made: Fork[] = [];
	for (const fork of forks) {
		let outer = made.at(-1);
		while (outer && outer.end <= fork.start) outer = outer.outer;
		made.push({ ...fork, outer });
	}
	return made;
}

interface UnderWay {
	readonly text: string;
	readonly around: Frame | undefined;
	readonly ask: Ask;
	readonly open: Open[];
	readonly edits: Edit[];
	readonly forks: Omit<Fork, 'outer'>[];
	readonly parentheses: Parentheses;
}

/** Takes in what a mark begins; the offset behind it. */
function endOf(under: UnderWay, at: number, mark: string): number {
	if (mark === '#') return directive(under, at);
	if (!/^[(){}]$/.test(mark)) return endOfOther(under.text, at, mark);
	under.parentheses.take(mark);
	return at + 1;
}

/** The offset behind a comment, a string or a character. */
export function endOfOther(text: string, at: number, mark: string): number {
	if (mark === '//') return endOfLineComment(text, at);
	if (mark === '/*') {
		const close = text.indexOf('*/', at + 2);
		return close < 0 ? text.length : close + 2;
	}
	const before = text.slice(Math.max(0, at - 4), at);
	if (mark === '"' && /(?:^|\W)(?:u8|[uUL])?R$/.test(before)) return endOfRawString(text, at) ?? at + 1;
	// `1'000'000`.
	if (mark === "'" && /\d$/.test(before)) return at + 1;
	return endOfLiteral(text, at, text.charCodeAt(at));
}

/** Takes a preprocessor line in; the offset behind it. */
function directive(under: UnderWay, at: number): number {
	const { text, around, ask, open, parentheses } = under;
	const head = /^#[ \t]*(if(?:n?def)?|el(?:if(?:n?def)?|se)|endif)(?!\w)/.exec(text.slice(at, at + 64));
	if (!head || !isAtLineStart(text, at)) return isAtLineStart(text, at) ? endOfDirective(text, at) : at + 1;
	const [words, name = ''] = head;
	const end = endOfDirective(text, at);
	const rest = text.slice(at + words.length, end);
	const branch = {
		start: at,
		end,
		at: at + words.length - name.length,
		name,
		condition: /^(?:else|endif)$/.test(name) ? '' : condition(name, rest),
	};
	if (name.startsWith('if')) {
		const inner = open.at(-1);
		open.push({
			branches: [],
			isUneven: false,
			place: parentheses.now,
			outer: inner ? inner.frame : around,
			before: [],
			frame: undefined,
			isDecided: inner?.branches.at(-1)?.isTaken === false,
		});
	}
	const last = open.at(-1);
	if (!last) return end;
	const { braces, open: now } = parentheses.now;
	const isLive = last.branches.length > 0 && last.branches.at(-1)?.isTaken !== false;
	if (isLive && (braces !== last.place.braces || now !== last.place.open)) last.isUneven = true;
	if (name === 'endif') {
		open.pop();
		if (open.length < DEEPEST) settle(last, branch, under);
		return end;
	}
	parentheses.return(last.place);
	take(last, branch, open.length, ask);
	return end;
}

function take(open: Open, branch: Omit<Branch, 'isTaken'>, depth: number, ask: Ask): void {
	let isTaken: Truth = false;
	if (!open.isDecided) {
		const before = open.before.length > 0 ? { implied: open.before, outer: open.outer } : open.outer;
		if (branch.name === 'else') isTaken = !isForNoCompiler(before);
		else isTaken = depth > DEEPEST ? undefined : ask(branch.condition, before);
		open.isDecided = isTaken === true;
		open.frame = { implied: [...open.before, impliedBy(branch.condition, true)], outer: open.outer };
		if (isTaken !== true && open.before.length < DEEPEST) open.before.push(impliedBy(branch.condition, false));
	}
	open.branches.push({ ...branch, isTaken });
}

/** Leaves of an `#if` what may be compiled, and of its lines what tells the branches apart. */
function settle(open: Open, end: Omit<Branch, 'isTaken'>, { text, edits, forks }: UnderWay): void {
	const { branches, place } = open;
	const live = branches.filter((branch) => branch.isTaken !== false);
	const isDecided = live.length === 0 || live[0]?.isTaken === true;
	const isInParentheses = place.open > 0;
	const isFork = !isDecided && (isInParentheses || open.isUneven || hasElse(text, live, end));
	const choices: Span[] = [];
	for (const [i, branch] of branches.entries()) {
		const next = branches[i + 1] ?? end;
		if (branch.isTaken === false) edits.push({ start: branch.start, end: next.start });
		else if (isDecided || isFork) edits.push({ start: branch.start, end: branch.end });
		else if (branch === live[0]) opened(branch, edits);
		else if (branch.isTaken === true) edits.push(...alternative(branch));
		else readable(branch, edits);
		if (branch.isTaken !== false) choices.push({ start: branch.end, end: next.start });
	}
	if (isDecided || isFork) edits.push({ start: end.start, end: end.end });
	if (!isFork) return;
	if (live.at(-1)?.isTaken !== true) choices.push({ start: end.start, end: end.start });
	forks.push({ start: branches[0]?.start ?? end.start, end: end.end, branches: choices, isInParentheses });
}

/** No more than this is looked at on either side of a line. */
const LONGEST_LOOK = 100;

/** An `else` stands right behind one of the lines of an `#if`, or right in front of its last one. */
const hasElse = (text: string, branches: readonly Branch[], { start }: Pick<Branch, 'start'>): boolean =>
	branches.some(({ end }) => /^\s*else\b/.test(text.slice(end, end + LONGEST_LOOK))) ||
	/\belse\s*$/.test(text.slice(Math.max(0, start - LONGEST_LOOK), start));

/** The first branch that may be compiled begins the `#if`, whatever stood before it. */
function opened(branch: Branch, edits: Edit[]): void {
	const { at, name } = branch;
	if (name.startsWith('el')) edits.push({ start: at, end: at + name.length, text: name.slice(2).padEnd(name.length) });
	readable(branch, edits);
}

/** A branch that is compiled when those before it are not. */
function alternative({ at, name, end }: Branch): readonly Edit[] {
	if (name === 'else') return [];
	return [
		{ start: at, end: at + 4, text: 'else' },
		{ start: at + 4, end },
	];
}

/** A condition that no grammar reads gives way to a plain one. */
function readable({ at, name, end, condition: words }: Branch, edits: Edit[]): void {
	if (!UNREADABLE.test(words) || !/^(?:el)?if$/.test(name)) return;
	const start = at + name.length;
	edits.push({ start, end: start + 2, text: ' 2' }, { start: start + 2, end });
}

function applied(text: string, edits: readonly Edit[]): string {
	const sorted = [...edits].sort((a, b) => a.start - b.start || b.end - a.end);
	let made = '';
	let from = 0;
	for (const { start, end, text: other } of sorted) {
		if (start < from) continue;
		made += text.slice(from, start) + (other ?? text.slice(start, end).replace(/[^\r\n]/g, ' '));
		from = end;
	}
	return made + text.slice(from);
}
