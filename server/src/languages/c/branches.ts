/** The branches of `#if`s within an item: those that Windows never compiles are blanks to the grammar. */
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

interface Open {
	readonly branches: Branch[];
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
 * The text with blanks in the place of every branch that is never compiled, and of every line of an `#if` that is decided.
 * Length and lines stay what they were.
 */
export function withoutDeadBranches(text: string, around: Frame | undefined, ask: Ask): string {
	if (!/#[ \t]*if/.test(text)) return text;
	const edits: Edit[] = [];
	const open: Open[] = [];
	const marks = /\/[/*]|["'#]/g;
	for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
		const at = mark.index;
		const end = mark[0] === '#' ? directive(text, at, around, ask, open, edits) : endOfOther(text, at, mark[0]);
		marks.lastIndex = Math.max(end, at + 1);
	}
	return edits.length === 0 ? text : applied(text, edits);
}

/** The offset behind a comment, a string or a character. */
function endOfOther(text: string, at: number, mark: string): number {
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
function directive(text: string, at: number, around: Frame | undefined, ask: Ask, open: Open[], edits: Edit[]): number {
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
			outer: inner ? inner.frame : around,
			before: [],
			frame: undefined,
			isDecided: inner?.branches.at(-1)?.isTaken === false,
		});
	}
	const last = open.at(-1);
	if (!last) return end;
	if (name === 'endif') {
		open.pop();
		if (open.length < DEEPEST) settle(last.branches, branch, edits);
		return end;
	}
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
function settle(branches: readonly Branch[], end: Omit<Branch, 'isTaken'>, edits: Edit[]): void {
	const live = branches.filter((branch) => branch.isTaken !== false);
	const isDecided = live.length === 0 || live[0]?.isTaken === true;
	for (const [i, branch] of branches.entries()) {
		const next = branches[i + 1] ?? end;
		if (branch.isTaken === false) edits.push({ start: branch.start, end: next.start });
		else if (isDecided) edits.push({ start: branch.start, end: branch.end });
		else if (branch === live[0]) opened(branch, edits);
		else if (branch.isTaken === true) edits.push(...alternative(branch));
		else readable(branch, edits);
	}
	if (isDecided) edits.push({ start: end.start, end: end.end });
}

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

function applied(text: string, edits: Edit[]): string {
	edits.sort((a, b) => a.start - b.start || b.end - a.end);
	let made = '';
	let from = 0;
	for (const { start, end, text: other } of edits) {
		if (start < from) continue;
		made += text.slice(from, start) + (other ?? text.slice(start, end).replace(/[^\r\n]/g, ' '));
		from = end;
	}
	return made + text.slice(from);
}
