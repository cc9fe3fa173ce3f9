/** Calls with an `#if` between their arguments: a text for each way to compile them. */
import type { Span } from '../../syntax/span.ts';
import { type Compiled, endOfOther, type Fork } from './branches.ts';
import type { Expr } from './expression.ts';
import type { RawArgument } from './model.ts';

/** Of a call that can be compiled in more ways nothing is known. */
const MOST_WAYS = 8;

/** Which branch of each fork is compiled. */
type Choice = ReadonlyMap<Fork, Span>;

const holds = ({ start, end }: Span, at: number): boolean => start <= at && at < end;

/** The innermost fork in which an offset stands in a branch that the grammar does not read, but Windows may compile. */
export const forkAround = ({ forks }: Compiled, at: number): Fork | undefined =>
	forks.findLast(({ branches }) => branches.slice(1).some((branch) => holds(branch, at)));

export const isInOther = (compiled: Compiled, at: number): boolean => forkAround(compiled, at) !== undefined;

/**
 * The texts from an offset up to the parenthesis that closes the first one there, one for each way to compile them, the
 * grammar's first. All begin at the offset and have the places of the item. Empty where no fork is near; undefined where they
 * are too many.
 */
export function waysToCompile(
	{ whole, forks }: Compiled,
	callee: number,
	from: number,
	longest: number,
): string[] | undefined {
	const near = forks.filter((fork) => fork.end > callee && fork.start < from + longest);
	if (near.length === 0) return [];
	const around = near.filter((fork) => holds(fork, callee));
	const chosen: Choice = new Map(
		around.flatMap((fork) => {
			const branch = fork.branches.find((b) => holds(b, callee));
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
	for (const fork of forks)
		for (const branch of fork.branches) {
			const [start, end] = [Math.max(0, branch.start - from), Math.min(text.length, branch.end - from)];
			if (choice.get(fork) === branch || start >= end) continue;
			text = text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
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
