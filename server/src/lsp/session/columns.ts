/** Columns as the client counts them: in the units of UTF-8 or UTF-32 where both sides agreed on that, else of UTF-16. */
import type { InitializeParams } from 'vscode-languageserver';
import { countWhile } from '../../syntax/search.ts';

const ENCODINGS = ['utf-16', 'utf-8', 'utf-32'] as const;
export type PositionEncoding = (typeof ENCODINGS)[number];

/** What the client likes best of what it offers; undefined where it offers nothing, which means UTF-16. */
export function agreedEncoding({ capabilities }: InitializeParams): PositionEncoding | undefined {
	const offered: unknown = capabilities?.general?.positionEncodings;
	if (!Array.isArray(offered)) return undefined;
	return offered.map((name) => ENCODINGS.find((known) => known === name)).find((known) => known !== undefined);
}

/** The characters of a line that take another number of units than in UTF-16, in order. */
interface Line {
	/** Column in UTF-16 behind each. */
	readonly ends: readonly number[];
	/** How many units there are more, up to there; negative where there are fewer. */
	readonly surplus: readonly number[];
}

const PLAIN: Line = { ends: [], surplus: [] };

const isLead = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isTrail = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

function readLine(text: string, encoding: PositionEncoding): Line {
	const first = text.search(/[^\0-\x7f]/);
	if (encoding === 'utf-16' || first < 0) return PLAIN;
	const ends: number[] = [];
	const surplus: number[] = [];
	let more = 0;
	for (let at = first; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		const isPair = isLead(unit) && isTrail(text.charCodeAt(at + 1));
		if (isPair) at++;
		const own = encoding === 'utf-32' ? -Number(isPair) : moreInUtf8(unit, isPair);
		if (own === 0) continue;
		more += own;
		ends.push(at + 1);
		surplus.push(more);
	}
	return { ends, surplus };
}

/** Half a pair alone is written as U+FFFD. */
function moreInUtf8(unit: number, isPair: boolean): number {
	if (unit < 0x80) return 0;
	return unit < 0x800 && !isPair ? 1 : 2;
}

/** The columns of one version of a text. A line is looked through once, however many places in it are asked for. */
export class Columns {
	readonly encoding: PositionEncoding;
	readonly #lines = new Map<number, Line>();

	constructor(encoding: PositionEncoding) {
		this.encoding = encoding;
	}

	/** The text is another. */
	clear(): void {
		this.#lines.clear();
	}

	/**
	 * The client's column for one in UTF-16.
	 * @param textOf gives the line's text.
	 */
	toClient(line: number, column: number, textOf: () => string): number {
		const { ends, surplus } = this.#line(line, textOf);
		const before = countWhile(ends.length, (i) => (ends[i] ?? 0) <= column);
		return column + (surplus[before - 1] ?? 0);
	}

	/** The column in UTF-16 for the client's; a place inside of a character is taken as the one in front of it. */
	fromClient(line: number, column: number, textOf: () => string): number {
		const { ends, surplus } = this.#line(line, textOf);
		const before = countWhile(ends.length, (i) => (ends[i] ?? 0) + (surplus[i] ?? 0) <= column);
		const found = column - (surplus[before - 1] ?? 0);
		const next = ends[before];
		if (next === undefined) return found;
		const text = textOf();
		const width = isTrail(text.charCodeAt(next - 1)) && isLead(text.charCodeAt(next - 2)) ? 2 : 1;
		return Math.min(found, next - width);
	}

	#line(line: number, textOf: () => string): Line {
		let known = this.#lines.get(line);
		if (!known) {
			known = readLine(textOf(), this.encoding);
			this.#lines.set(line, known);
		}
		return known;
	}
}
