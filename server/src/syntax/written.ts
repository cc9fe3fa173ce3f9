/** Arguments as they are written, finished or not, whatever the language. */
import type { Span } from './span.ts';

/** Where the arguments behind an open parenthesis end. */
export interface Arguments {
	/** Offsets of the commas between them. */
	readonly commas: readonly number[];
	/** Offset of the closing parenthesis, or of the end of the word at the cursor where there is none. */
	readonly end: number;
	readonly isClosed: boolean;
}

/** Longer argument lists are not looked for, in characters. */
export const LONGEST_LIST = 4000;

/** What stands between two offsets, without the blanks around it. */
export function trimmed(text: string, from: number, to: number): Span {
	const part = text.slice(from, to);
	const start = Math.min(to, from + (part.length - part.trimStart().length));
	return { start, end: Math.max(start, from + part.trimEnd().length) };
}
