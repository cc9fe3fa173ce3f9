/**
 * A text cut into top-level items by its characters alone, so that the same text gives the same parts whatever edits
 * led there. Where the text leaves doubt a part is larger; each part reads like a file of its own.
 */

/** A part, and what its characters tell before it is parsed. */
export interface Cut {
	readonly start: number;
	readonly end: number;
	/** Names that it can declare for the whole file; undefined: any word in it. */
	readonly declares: ReadonlySet<string> | undefined;
	/** How many things stand between some pair of parentheses in it: bit `n` for each number. */
	readonly counts: number;
}

/** Bits of `counts`: a spread may give any number, and so may what looks like a comparison or type arguments. */
export const ANY_COUNT = 1 << 30;
const MOST_COUNTED = 29;

/** Words that begin a statement wherever a line begins with them and the text before can end. */
const STARTERS = new Set(
	'import export const let var function class if for while try switch throw async abstract interface type enum declare namespace module'.split(
		' ',
	),
);
/** Words that go on with what stands before them. */
const CONTINUES = new Set(
	'as in instanceof of satisfies is extends implements else catch finally from keyof'.split(' '),
);
/** Words behind which nothing can end. */
const UNFINISHED = new Set(
	'abstract accessor as async asserts await case catch class const declare default delete do else enum export extends finally for from function get if implements import in infer instanceof interface is keyof let module namespace new of override private protected public readonly return satisfies set static switch throw try type typeof unique var void while with yield'.split(
		' ',
	),
);
/** Words whose condition in parentheses is followed by a statement. */
const CONDITIONS = new Set(['if', 'for', 'while', 'with', 'switch', 'catch']);
/** Words behind which a slash begins a regular expression. */
export const BEFORE_PATTERN = new Set(
	'return typeof case in of delete void throw new instanceof else do await yield extends default'.split(' '),
);
/** Words that open a block in which `var` declares for the whole file. */
const BLOCKS = new Set(['if', 'for', 'while', 'do', 'try', 'switch', 'with']);
const DECLARERS = new Set([
	'const',
	'let',
	'var',
	'function',
	'class',
	'enum',
	'import',
	'namespace',
	'module',
	'using',
]);
const LEADING = new Set(['export', 'default', 'declare', 'async', 'abstract']);

const isDigit = (c: number): boolean => c >= 48 && c <= 57;
export const isSpace = (c: number): boolean =>
	c <= 32 ||
	c === 0xa0 ||
	c === 0xfeff ||
	c === 0x1680 ||
	(c >= 0x2000 && c <= 0x200a) ||
	c === 0x2028 ||
	c === 0x2029 ||
	c === 0x202f ||
	c === 0x205f ||
	c === 0x3000;
export const isWord = (c: number): boolean =>
	(c >= 97 && c <= 122) ||
	(c >= 65 && c <= 90) ||
	isDigit(c) ||
	c === 95 ||
	c === 36 ||
	// An escape in a name.
	c === 92 ||
	(c >= 0x80 && !isSpace(c));
export const isNewline = (c: number): boolean => c === 10 || c === 13 || c === 0x2028 || c === 0x2029;

const NEWLINE = /[\n\r\u2028\u2029]/g;

/** The end of the line that an offset stands in. */
export function lineEnd(text: string, from: number): number {
	NEWLINE.lastIndex = from;
	return NEWLINE.exec(text)?.index ?? text.length;
}

const [TICK, QUOTE, APOSTROPHE, SLASH, STAR, BACKSLASH] = [96, 34, 39, 47, 42, 92];
const [OPEN, CLOSE, SQUARE, SQUARE_END, BRACE, BRACE_END, DOLLAR] = [40, 41, 91, 93, 123, 125, 36];

/** The offset behind a regular expression, which ends on its line; what does not is a division. */
export function patternEnd(text: string, start: number): number | undefined {
	let inClass = false;
	for (let at = start + 1; at < text.length; at++) {
		const c = text.charCodeAt(at);
		if (isNewline(c)) return undefined;
		if (c === BACKSLASH) at++;
		else if (c === SQUARE) inClass = true;
		else if (c === SQUARE_END) inClass = false;
		else if (c === SLASH && !inClass) {
			at++;
			while (isWord(text.charCodeAt(at))) at++;
			return at;
		}
	}
	return undefined;
}

/** Brackets that are open, with what has been seen between each of them. */
interface Open {
	/** Of the opening bracket; `$` for the hole of a template, a backtick for the template itself. */
	readonly kind: number;
	commas: number;
	/** Something stands behind the last comma. */
	filled: boolean;
	/** Its commas may not be its own, or a spread gives any number. */
	vague: boolean;
}

/** Reads one part from its first character to its last. */
class Reader {
	readonly #text: string;
	readonly #start: number;
	#at: number;
	readonly #open: Open[] = [];
	/** The token before: a word, or '' for anything else. */
	#word = '';
	/** Its last character; 0 before the first token. */
	#last = 0;
	/** It is an operand: a name, a literal, a closing bracket. */
	#operand = false;
	/** First character of the first line that begins behind the token before, as soon as there is one. */
	#gap: number | undefined;
	#counts = 0;
	/** Words at the top level. */
	readonly #heads: string[] = [];
	readonly #names = new Set<string>();
	#wide = false;
	#nameNext = false;
	#bodyEnded = false;
	#decorated = false;
	#sawClass = false;
	#sawDo = false;
	#condition = false;
	#sawVar = false;

	constructor(text: string, start: number) {
		this.#text = text;
		this.#start = start;
		this.#at = start;
	}

	read(): Cut {
		const text = this.#text;
		let end = text.length;
		while (this.#at < text.length) {
			const c = text.charCodeAt(this.#at);
			if (isSpace(c)) {
				this.#at++;
				if (isNewline(c)) this.#gap ??= this.#at;
				continue;
			}
			if (c === SLASH && this.#comment()) continue;
			if (this.#gap !== undefined && this.#begins(c)) {
				end = this.#gap;
				break;
			}
			this.#token(c);
		}
		return { start: this.#start, end, declares: this.#declares(), counts: this.#counts };
	}

	#comment(): boolean {
		const text = this.#text;
		const next = text.charCodeAt(this.#at + 1);
		if (next === SLASH) {
			this.#at = lineEnd(text, this.#at);
			return true;
		}
		if (next !== STAR) return false;
		const end = text.indexOf('*/', this.#at + 2);
		this.#at = end < 0 ? text.length : end + 2;
		return true;
	}

	/** Does another part begin with the token here, which is the first of a line? */
	#begins(c: number): boolean {
		const at = this.#at;
		if (this.#open.length > 0 || !isNewline(this.#text.charCodeAt(at - 1))) return false;
		const ended = this.#last === 59 || this.#last === BRACE_END;
		if (this.#decorated && !(this.#sawClass && ended)) return false;
		if (c === 64) return ended;
		if (!isWord(c) || isDigit(c) || !this.#canEnd()) return false;
		const word = this.#wordAt(at);
		if (CONTINUES.has(word) || (word === 'while' && this.#sawDo)) return false;
		return ended || STARTERS.has(word);
	}

	/** Can the statement end with the token before? */
	#canEnd(): boolean {
		if (this.#last === CLOSE && this.#condition) return false;
		return this.#last === 59 || (this.#operand && !UNFINISHED.has(this.#word));
	}

	#wordAt(from: number): string {
		let end = from;
		while (isWord(this.#text.charCodeAt(end))) end++;
		return this.#text.slice(from, end);
	}

	#token(c: number): void {
		const top = this.#open.at(-1);
		const isClosing = c === CLOSE || c === SQUARE_END || c === BRACE_END;
		if (top && !isClosing) top.filled = true;
		this.#gap = undefined;
		if (isWord(c)) this.#readWord(c);
		else if (c === QUOTE || c === APOSTROPHE) this.#readString(c);
		else if (c === TICK) {
			this.#at++;
			this.#readTemplate();
		} else if (c === OPEN || c === SQUARE || c === BRACE) this.#opening(c);
		else if (isClosing) this.#closing(c);
		else {
			const end = c === SLASH && this.#patternMayBegin() ? patternEnd(this.#text, this.#at) : undefined;
			if (end === undefined) this.#punctuation(c, top);
			else {
				this.#at = end;
				this.#operandRead(c);
			}
		}
	}

	#operandRead(last: number): void {
		this.#wide ||= this.#bodyEnded && this.#open.length === 0;
		this.#word = '';
		this.#last = last;
		this.#operand = true;
		this.#nameNext = false;
	}

	#readWord(c: number): void {
		const word = this.#wordAt(this.#at);
		this.#at += word.length;
		if (word === 'var') this.#sawVar = true;
		if (this.#open.length === 0) this.#topWord(word);
		this.#word = word;
		this.#last = c;
		this.#operand = true;
	}

	#topWord(word: string): void {
		if (this.#bodyEnded) this.#wide = true;
		if (this.#nameNext) this.#names.add(word);
		this.#nameNext = word === 'const' || word === 'let' || word === 'var';
		if (word === 'class') this.#sawClass = true;
		if (word === 'do') this.#sawDo = true;
		if (CONDITIONS.has(word)) this.#condition = true;
		// Behind an operator a function or class is a value.
		const isValue = !this.#operand && this.#last !== 0;
		if (!isValue || (word !== 'function' && word !== 'class')) this.#heads.push(word);
	}

	#readString(quote: number): void {
		const text = this.#text;
		let at = this.#at + 1;
		for (; at < text.length; at++) {
			const c = text.charCodeAt(at);
			if (c === quote) {
				at++;
				break;
			}
			if (c === BACKSLASH) at++;
			// Text of an element, not a string.
			else if (c === 10 || c === 13) break;
		}
		this.#at = at;
		this.#operandRead(quote);
	}

	/** The characters of a template, from behind its backtick or from behind a hole. */
	#readTemplate(): void {
		const text = this.#text;
		let at = this.#at;
		for (; at < text.length; at++) {
			const c = text.charCodeAt(at);
			if (c === BACKSLASH) at++;
			else if (c === TICK) {
				this.#at = at + 1;
				this.#operandRead(TICK);
				return;
			} else if (c === DOLLAR && text.charCodeAt(at + 1) === BRACE) {
				this.#at = at + 2;
				this.#push(DOLLAR);
				return;
			}
		}
		this.#at = text.length;
	}

	#push(kind: number): void {
		this.#open.push({ kind, commas: 0, filled: false, vague: false });
		this.#word = '';
		this.#last = kind;
		this.#operand = false;
	}

	#opening(c: number): void {
		if (this.#nameNext) this.#wide = true;
		this.#at++;
		this.#push(c);
	}

	#closing(c: number): void {
		this.#at++;
		if (c === BRACE_END) {
			// Brackets in the text of an element need not match; braces do.
			while (this.#open.length > 0) {
				const closed = this.#open.pop();
				if (closed?.kind === DOLLAR) {
					this.#readTemplate();
					return;
				}
				if (closed?.kind === BRACE) break;
			}
		} else {
			const top = this.#open.at(-1);
			if (top?.kind === (c === CLOSE ? OPEN : SQUARE)) {
				this.#open.pop();
				if (c === CLOSE) this.#count(top);
			}
		}
		const ends = c === BRACE_END && this.#open.length === 0;
		this.#operandRead(c);
		if (ends) this.#bodyEnded = true;
	}

	#count({ commas, filled, vague }: Open): void {
		const count = commas + (filled ? 1 : 0);
		this.#counts |= vague || count > MOST_COUNTED ? ANY_COUNT : 1 << count;
	}

	#patternMayBegin(): boolean {
		if (this.#word !== '') return BEFORE_PATTERN.has(this.#word);
		// `</div>`.
		return !this.#operand && this.#last !== 60;
	}

	#punctuation(c: number, top: Open | undefined): void {
		if (top) {
			if (c === 44) {
				top.commas++;
				top.filled = false;
			} else if (c === 60 || (c === 46 && this.#text.startsWith('...', this.#at))) top.vague = true;
		} else {
			if (c === 44) this.#nameNext = true;
			if (c === 64) {
				this.#decorated ||= this.#last === 0;
				// `@a export class` and the like are rare enough to look at every word.
				this.#wide = true;
			}
			// A statement behind this one on the same line declares names of its own.
			if (c === 59) this.#bodyEnded = true;
		}
		this.#at++;
		this.#word = '';
		this.#last = c;
		this.#operand = false;
	}

	#declares(): ReadonlySet<string> | undefined {
		const heads = this.#heads;
		let at = 0;
		while (LEADING.has(heads[at] ?? '')) at++;
		const [word = '', next = '', after = ''] = heads.slice(at);
		const others = heads.slice(at + 2);
		if (this.#wide || word === 'import') return undefined;
		switch (word) {
			case 'function':
			case 'class':
			case 'enum':
			case 'namespace':
			case 'module':
				return others.some((w) => DECLARERS.has(w) || BLOCKS.has(w)) ? undefined : new Set([next]);
			case 'interface':
			case 'type':
				return others.some((w) => DECLARERS.has(w)) ? undefined : NOTHING;
			case 'const':
			case 'let':
			case 'var':
				if (next === 'enum') return new Set([after]);
				return others.some((w) => DECLARERS.has(w) || BLOCKS.has(w)) ? undefined : this.#names;
			default:
				return this.#sawVar || heads.some((w) => DECLARERS.has(w)) ? undefined : NOTHING;
		}
	}
}

const NOTHING: ReadonlySet<string> = new Set();

/** The part that begins at an offset, which is the start of the text or the end of a part. */
export const cutAt = (text: string, start: number): Cut => new Reader(text, start).read();

const WORDS =
	/[\w$\\\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff]+/g;

/** Every word of a text, those in strings and comments among them. */
export function wordsOf(text: string): ReadonlySet<string> {
	const words = new Set<string>();
	// A backslash may be a part of a name, or stand before one in a string.
	for (const word of text.match(WORDS) ?? []) {
		words.add(word);
		if (word.includes('\\')) for (const piece of word.split('\\')) words.add(piece);
	}
	return words;
}
