/** Calls with an `#if` between their arguments: a text for each way to compile them. */
import { lastBefore } from '../../syntax/search.ts';
import type { Span } from '../../syntax/span.ts';
import { type Compiled, endOfOther, type Fork } from './branches.ts';
import type { Expr } from './expression.ts';
import type { RawArgument } from './model.ts';

/** Of a call that can be compiled in more ways nothing is known. */
const MOST_WAYS = 8;

/** Which branch of each fork is compiled. */
type Choice = ReadonlyMap<Fork, Span>;

const holds = ({ start, end }: Span, at: number): boolean => start <= at && at < end;

/** The branch of a fork in which an offset stands. */
function branchAt({ branches }: Fork, at: number): Span | undefined {
	const branch = branches[lastBefore(branches, ({ start }) => start, at + 1)];
	return branch && holds(branch, at) ? branch : undefined;
}

/** The forks around an offset, the innermost first. */
function* around({ forks }: Compiled, at: number): Generator<Fork> {
	for (let fork = forks[lastBefore(forks, ({ start }) => start, at + 1)]; fork; fork = fork.outer)
		if (holds(fork, at)) yield fork;
}

/** The innermost fork in which an offset stands in a branch that the grammar does not read, but Windows may compile. */
export function forkAround(compiled: Compiled, at: number): Fork | undefined {
	for (const fork of around(compiled, at)) {
		const branch = branchAt(fork, at);
		if (branch && branch !== fork.branches[0]) return fork;
	}
	return undefined;
}

export const isInOther = (compiled: Compiled, at: number): boolean => forkAround(compiled, at) !== undefined;

/** The forks that begin within a range, by position. */
function within({ forks }: Compiled, from: number, to: number): readonly Fork[] {
	const first = lastBefore(forks, ({ start }) => start, from) + 1;
	return forks.slice(first, lastBefore(forks, ({ start }) => start, to) + 1);
}

/**
 * The texts from an offset up to the parenthesis that closes the first one there, one for each way to compile them, the
 * grammar's first. All begin at the offset and have the places of the item. Empty where no fork is near; undefined where they
 * are too many.
 */
export function waysToCompile(compiled: Compiled, callee: number, from: number, longest: number): string[] | undefined {
	const { whole } = compiled;
	const outer = [...around(compiled, callee)].reverse();
	const near = [...outer, ...within(compiled, callee + 1, from + longest)];
	if (near.length === 0) return [];
	const chosen: Choice = new Map(
		outer.flatMap((fork) => {
			const branch = branchAt(fork, callee);
			return branch ? [[fork, branch] as const] : [];
		}),
	);
	const open: Choice[] = [chosen];
	const ways: string[] = [];
	for (let choice = open.shift(); choice; choice = open.shift()) {
		const list = listAt(textOf(whole, near, choice, from, longest));
		if (list === undefined) continue;
		const next = near.find((fork) => !choice.has(fork) && fork.start < from + list.length && isVisible(fork, choice));
		if (!next) ways.push(list);
		else open.unshift(...next.branches.map((branch) => new Map([...choice, [next, branch]])));
		if (open.length + ways.length > MOST_WAYS) return undefined;
	}
	return ways;
}

/** No fork around it leaves it out. */
const isVisible = (fork: Fork, choice: Choice): boolean =>
	[...choice].every(([other, branch]) => !holds(other, fork.start) || holds(branch, fork.start));

/** A stretch with blanks for every branch that is not chosen. */
function textOf(whole: string, forks: readonly Fork[], choice: Choice, from: number, longest: number): string {
	let text = whole.slice(from, from + longest);
	for (const fork of forks) {
		const { branches } = fork;
		const first = Math.max(
			0,
			lastBefore(branches, ({ start }) => start, from + 1),
		);
		for (const branch of branches.slice(first, lastBefore(branches, ({ start }) => start, from + longest) + 1)) {
			const [start, end] = [Math.max(0, branch.start - from), Math.min(text.length, branch.end - from)];
			if (choice.get(fork) === branch || start >= end) continue;
			text = text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
		}
	}
	return text;
}

/** The parentheses that a text begins with, and what is between them. */
function listAt(text: string): string | undefined {
	if (!/^\s*\(/.test(text)) return undefined;
	let open = 0;
	const marks = /\/[/*]|["'()]/g;
	for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
		const [what] = mark;
		if (what === '(') open++;
		else if (what !== ')') marks.lastIndex = endOfOther(text, mark.index, what);
		else if (--open === 0) return text.slice(0, mark.index + 1);
	}
	return undefined;
}

/** One argument of a call that can be compiled in several ways. */
export function eitherOf(ways: readonly RawArgument[]): RawArgument | undefined {
	const [first, ...others] = ways;
	if (!first) return undefined;
	const written = plain(first.text);
	const differing = others.filter((other) => plain(other.text) !== written);
	if (differing.length === 0) return first;
	const { start, end } = first.expr;
	const expr = differing.reduce<Expr>(
		(either, { expr: other }) => ({
			start,
			end,
			kind: 'conditional',
			test: { start, end, kind: 'unknown' },
			whenTrue: either,
			whenFalse: other,
		}),
		first.expr,
	);
	return { ...first, expr };
}

const plain = (text: string): string => text.replace(/\s+/g, '');
