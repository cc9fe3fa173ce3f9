/** Offsets of a text as lines and columns. */
import { countUpTo, lineStarts } from '../syntax/lines.ts';
import type { Span } from '../syntax/span.ts';
import type { Excerpt, Region } from './format.ts';

/** UTF-16 units of a line that an excerpt holds on each side at most: more than any report shows. */
const WIDEST = 240;

/** The lines of one text. */
export class Lines {
	readonly #text: string;
	/** Offset of each line's first character. */
	readonly #starts: readonly number[];
	/** Offsets of the characters that take two UTF-16 units. */
	readonly #pairs: number[] = [];

	constructor(text: string) {
		this.#text = text;
		this.#starts = lineStarts(text);
		for (const match of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) this.#pairs.push(match.index);
	}

	/** A span of UTF-16 offsets as lines and columns from 1, columns in code points. */
	region(span: Span): Region {
		const start = this.#position(span.start);
		const end = this.#position(span.end);
		return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
	}

	/** The line that a span starts on, in three parts; what the span has on further lines is left out. */
	excerpt({ start, end }: Span): Excerpt {
		const line = countUpTo(this.#starts, start);
		const from = Math.max(this.#starts[line - 1] ?? 0, start - WIDEST);
		const to = this.#starts[line] ?? this.#text.length;
		const marked = this.#text.slice(start, Math.min(end, to, start + WIDEST)).replace(/[\r\n]+$/, '');
		const after = end < to ? this.#text.slice(end, Math.min(to, end + WIDEST)).replace(/[\r\n]+$/, '') : '';
		return { before: this.#text.slice(from, start), marked, after };
	}

	#position(offset: number): { line: number; column: number } {
		const line = countUpTo(this.#starts, offset);
		const start = this.#starts[line - 1] ?? 0;
		const pairs = countUpTo(this.#pairs, offset - 1) - countUpTo(this.#pairs, start - 1);
		return { line, column: offset - start - pairs + 1 };
	}
}
