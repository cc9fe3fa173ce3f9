/** Where the lines of a text begin, and parts of it. */

import { countWhile } from './search.ts';

/** Offset of each line's first character, in UTF-16 units; a line ends in `\r\n`, `\r` or `\n`. */
export function lineStarts(text: string): number[] {
	const starts = [0];
	for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
	return starts;
}

/** How many of some ascending numbers are not above a limit: of the starts of lines, the line of an offset, from 1. */
export const countUpTo = (numbers: readonly number[], limit: number): number =>
	countWhile(numbers.length, (at) => (numbers[at] ?? 0) <= limit);

/** The line of an offset, from 0, by the starts of lines. */
export const lineAt = (starts: readonly number[], offset: number): number => countUpTo(starts, offset) - 1;

/**
 * A part of a text that keeps nothing else of it: engines make a slice a view of the whole text, which then lives as long
 * as the slice does.
 */
export const partOf = (text: string, start: number, end: number): string => `${text.slice(start, end)} `.slice(0, -1);
