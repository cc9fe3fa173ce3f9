/** What is open at an offset of a part of a TypeScript or JavaScript file, read from its characters alone. */
import type { Place } from '../../calls/siteAt.ts';
import { type Arguments, LONGEST_LIST } from '../../syntax/written.ts';
import { BEFORE_PATTERN, isNewline, isSpace, isWord, lineEnd, patternEnd } from './cut.ts';

/** A bracket that is open. */
export interface Open {
	/** `(`, `[`, `{`, a backtick, or `$` for the hole of a template. */
	readonly kind: string;
	readonly at: number;
	/** Offsets of the commas that stand directly within it. */
	readonly commas: number[];
	/** A brace that opens a block of statements. */
	readonly isBlock?: boolean;
}

/** What stands in front of an offset. */
export interface Cursor {
	readonly place: Place;
	/** The outermost first. */
	readonly open: readonly Open[];
}

const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

const BEFORE_BLOCK = /^(?:[){};>]|else|do|try|finally|)$/;

class Scan {
	readonly #text: string;
	readonly #end: number;
	at: number;
	readonly open: Open[];
	/** What ends at the offset in its middle. */
	inside: 'comment' | 'text' | undefined;
	/** The last two tokens: a word, or one character. */
	last = '';
	before = '';
	/** How many brackets more may be closed. */
	readonly #stopsAt: number | undefined;

	readonly #onWord: ((word: string, at: number) => void) | undefined;

	/**
	 * @param open brackets that are open already; reading ends where the first of them is closed.
	 * @param onWord told of every word that stands in no comment and no literal.
	 */
	constructor(
		text: string,
		from: number,
		end: number,
		open: readonly Open[] = [],
		onWord?: (word: string, at: number) => void,
	) {
		this.#onWord = onWord;
		this.#text = text;
		this.at = from;
		this.#end = end;
		this.open = [...open];
		this.#stopsAt = open.length > 0 ? 0 : undefined;
	}

	/** @param until ends the reading in front of a character that no bracket more than those given holds. */
	run(until?: (c: string, depth: number) => boolean): void {
		while (this.at < this.#end && this.open.length !== this.#stopsAt) {
			const code = this.#text.charCodeAt(this.at);
			if (isSpace(code)) {
				this.at++;
				continue;
			}
			const c = this.#text.charAt(this.at);
			if (until?.(c, this.open.length)) return;
			this.#token(c, code);
		}
	}

	#token(c: string, code: number): void {
		const text = this.#text;
		const { at } = this;
		const next = text.charAt(at + 1);
		if (c === '/' && next === '/') {
			const end = lineEnd(text, at);
			if (end >= this.#end) this.inside = 'comment';
			this.at = Math.min(end, this.#end);
		} else if (c === '/' && next === '*') {
			const close = text.indexOf('*/', at + 2);
			this.#pass(close < 0 ? text.length + 1 : close + 2, 'comment');
		} else if (c === '"' || c === "'") this.#string(c);
		else if (c === '`') {
			this.#push('`');
			this.#template();
		} else if (isWord(code)) {
			while (isWord(text.charCodeAt(this.at))) this.at++;
			const word = text.slice(at, this.at);
			this.#onWord?.(word, at);
			this.#take(word);
		} else if (c === '/' && this.#patternMayBegin()) this.#pattern();
		else this.#bracket(c);
	}

	#take(token: string): void {
		this.before = this.last;
		this.last = token;
	}

	#pass(end: number, what: 'comment' | 'text'): void {
		if (end > this.#end) this.inside = what;
		this.at = Math.min(end, this.#end);
	}

	#string(quote: string): void {
		const text = this.#text;
		let at = this.at + 1;
		while (at < text.length && text.charAt(at) !== quote && !isNewline(text.charCodeAt(at)))
			at += text.charAt(at) === '\\' ? 2 : 1;
		// One that is not closed ends behind its line.
		this.#pass(at + 1, 'text');
		this.#take(quote);
	}

	/** The characters of a template, from behind its backtick or a hole. */
	#template(): void {
		const text = this.#text;
		for (this.at++; this.at < this.#end; this.at++) {
			const c = text.charAt(this.at);
			if (c === '\\') this.at++;
			else if (c === '`') {
				this.open.pop();
				this.#take('`');
				this.at++;
				return;
			} else if (c === '$' && text.charAt(this.at + 1) === '{' && this.at + 2 <= this.#end) {
				this.at++;
				this.#push('$');
				this.at++;
				return;
			}
		}
		this.at = this.#end;
		this.inside = 'text';
	}

	#patternMayBegin(): boolean {
		if (/^[\w$]/.test(this.last)) return BEFORE_PATTERN.has(this.last);
		return !/^[)\]}"'`]$/.test(this.last) && this.last !== '<';
	}

	#pattern(): void {
		const end = patternEnd(this.#text, this.at);
		this.#pass(end ?? this.at + 1, 'text');
		this.#take(end === undefined ? '/' : '"');
	}

	#push(kind: string): void {
		this.open.push({ kind, at: this.at, commas: [], isBlock: kind === '{' && BEFORE_BLOCK.test(this.last) });
		this.#take(kind);
	}

	#bracket(c: string): void {
		if (c === '(' || c === '[' || c === '{') this.#push(c);
		else if (c === '}') {
			this.#closeBrace();
			return;
		} else {
			if (c === ',') this.open.at(-1)?.commas.push(this.at);
			const kind = CLOSES[c];
			if (kind !== undefined && this.open.at(-1)?.kind === kind) this.open.pop();
			this.#take(c);
		}
		this.at++;
	}

	/** Brackets that were left open within braces end with them. */
	#closeBrace(): void {
		const at = this.open.findLastIndex(({ kind }) => kind === '{' || kind === '$');
		const kind = this.open[at]?.kind;
		if (at >= 0) this.open.length = at;
		this.#take('}');
		if (kind === '$') this.#template();
		else this.at++;
	}
}

/** What is open at an offset. */
export function cursorAt(text: string, offset: number): Cursor {
	let start = offset;
	while (isWord(text.charCodeAt(start - 1))) start--;
	const scan = new Scan(text, 0, start);
	scan.run();
	return { place: scan.inside ?? placeOf(scan), open: scan.open };
}

/** Every word of a text that stands in no comment and no literal. */
export function forEachWord(text: string, onWord: (word: string, at: number) => void): void {
	new Scan(text, 0, text.length, [], onWord).run();
}

function placeOf({ last, before, open }: Scan): Place {
	if (last === 'case') return 'case';
	if (last === '=') return /^[<>+*/%&|^?-]$/.test(before) ? 'other' : 'value';
	const isInBlock = open.every(({ kind, isBlock }) => kind === '{' && isBlock === true);
	return isInBlock && (last === ';' || last === '{' || last === '}' || last === '') ? 'statement' : 'other';
}

/** Follows the arguments of a call from a cursor within them to the closing parenthesis, as far as it is there. */
export function argumentsBehind(text: string, offset: number, open: readonly Open[], level: number): Arguments {
	const known = open[level]?.commas ?? [];
	let wordEnd = offset;
	while (isWord(text.charCodeAt(wordEnd))) wordEnd++;
	const own = open.slice(level).map((each) => ({ ...each, commas: [...each.commas] }));
	const commas = own[0]?.commas ?? [];
	const scan = new Scan(text, wordEnd, Math.min(text.length, offset + LONGEST_LIST), own);
	scan.run((c, depth) => c === ';' && depth <= own.length);
	if (scan.open.length === 0 && text.charAt(scan.at - 1) === ')') return { commas, end: scan.at - 1, isClosed: true };
	return { commas: known, end: wordEnd, isClosed: false };
}

/** What has to stand behind an offset so that everything that is open there is closed. */
export function closers(open: readonly Open[]): string {
	const close: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '\n}', $: '}', '`': '`' };
	return open
		.toReversed()
		.map(({ kind }) => close[kind] ?? '')
		.join('');
}
