/** What is open at an offset of a C or C++ item, read from its characters alone: the text around may be unfinished. */
import type { Place } from '../../calls/siteAt.ts';
import type { Span } from '../../syntax/span.ts';
import { type Arguments, LONGEST_LIST } from '../../syntax/written.ts';
import { endOfDirective, endOfLineComment, endOfLiteral, endOfRawString, isWord } from './split.ts';

/** A bracket that is open. */
export interface Open {
	/** `(`, `[` or `{`. */
	readonly kind: string;
	readonly at: number;
	/** Offsets of the commas that stand directly within it. */
	readonly commas: number[];
	/** A brace that opens a block of statements. */
	readonly isBlock?: boolean;
	/** The name that is called by a parenthesis: `WSAIoctl(`, `p->WSAIoctl(`, `(*p)(`. */
	readonly callee?: Name;
}

/** A name and where it stands. */
export interface Name {
	readonly name: string;
	readonly at: number;
}

/** Words in front of a call; behind any other name a declaration is written. */
const BEFORE_CALL = /^(?:return|else|do|case|throw|goto|co_await|co_return|co_yield|and|or|not)$/;
const NAME = /^[A-Za-z_]/;
/** More characters in front of the name in `(*p)` are something else. */
const LONGEST_GROUP = 20;

/** What stands in front of an offset. */
export interface Cursor {
	readonly place: Place;
	/** The outermost first. */
	readonly open: readonly Open[];
	/** How many brackets were open at each `#if` that is open, the outermost first. */
	readonly conditions: readonly number[];
	/** Lines of `#if` and its like, and the branches beside the one that is read as compiled. */
	readonly otherBranches: readonly Span[];
	/** The branch of an `#if 0`. */
	readonly isDisabled: boolean;
	/** Start of the `#define` that the offset stands in, and of its body. */
	readonly define?: { readonly start: number; readonly body: number };
}

/** Tokens behind which a brace opens a block. */
const BEFORE_BLOCK = /^(?:[){};:]|else|do|try|const|noexcept|override|final|mutable)$/;

const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** A copy that can grow on its own. */
const copied = (open: readonly Open[]): Open[] => open.map((each) => ({ ...each, commas: [...each.commas] }));

/** An `#if` that is open. */
interface Condition {
	/** Its line. */
	readonly line: Span;
	/** Brackets that were open there, and at the end of its first branch. */
	readonly before: Open[];
	after: Open[] | undefined;
	/** Where the first branch ends, and where the branch under way begins. */
	firstEnd: number | undefined;
	branch: number;
}

/** Reads a text up to an offset, token by token. */
class Scan {
	readonly #text: string;
	readonly #end: number;
	at: number;
	open: Open[] = [];
	readonly conditions: Condition[] = [];
	readonly otherBranches: Span[] = [];
	/** What ends at the offset in its middle. */
	inside: 'comment' | 'text' | undefined;
	define: Cursor['define'];
	/** The last two tokens: a word, or one character; and where the last one begins. */
	last = '';
	before = '';
	#lastAt = 0;
	/** A name between parentheses that were just closed. */
	#group: Name | undefined;

	readonly #onWord: ((word: string, at: number) => void) | undefined;

	/** @param onWord told of every word that stands in no comment and no literal. */
	constructor(text: string, from: number, end: number, onWord?: (word: string, at: number) => void) {
		this.#text = text;
		this.at = from;
		this.#end = end;
		this.#onWord = onWord;
	}

	run(): void {
		let isLineStart = true;
		while (this.at < this.#end) {
			const c = this.#text.charAt(this.at);
			if (c === '\n') isLineStart = true;
			if (c <= ' ') this.at++;
			else if (c === '#' && isLineStart && !this.define) this.#directive();
			else {
				isLineStart = false;
				this.#token(c);
			}
		}
	}

	/** One token, comment or literal. */
	#token(c: string): void {
		const text = this.#text;
		const { at } = this;
		const next = text.charAt(at + 1);
		if (c === '/' && next === '/') this.#pass(endOfLineComment(text, at), 'comment', true);
		else if (c === '/' && next === '*') {
			const close = text.indexOf('*/', at + 2);
			this.#pass(close < 0 ? text.length + 1 : close + 2, 'comment');
		} else if (c === '"' || c === "'") {
			const raw = c === '"' && /^(?:u8|[uUL])?R$/.test(this.last) && text.charAt(at - 1) === 'R';
			const end = (raw ? endOfRawString(text, at) : undefined) ?? endOfLiteral(text, at, c.charCodeAt(0));
			this.#pass(end, 'text', end - at < 2 || text.charAt(end - 1) !== c);
			this.#take(c);
		} else if (isWord(c.charCodeAt(0))) this.#word();
		// It goes on with the next line.
		else if (c === '\\') this.at++;
		else {
			this.#bracket(c);
			this.#take(c);
			this.at++;
		}
	}

	#take(token: string, at = this.at): void {
		this.before = this.last;
		this.last = token;
		this.#lastAt = at;
	}

	/** The name that a parenthesis here is behind. */
	#callee(): Name | undefined {
		if (this.last === ')') return this.#group;
		if (!NAME.test(this.last) || (NAME.test(this.before) && !BEFORE_CALL.test(this.before))) return undefined;
		return { name: this.last, at: this.#lastAt };
	}

	/** `(*p)` and `(p)`. */
	#grouped(from: number): Name | undefined {
		const between = this.#text.slice(from + 1, Math.min(this.#lastAt, from + LONGEST_GROUP)).trim();
		const isOnly = NAME.test(this.last) && this.#lastAt - from < LONGEST_GROUP && (between === '' || between === '*');
		return isOnly ? { name: this.last, at: this.#lastAt } : undefined;
	}

	#word(): void {
		const from = this.at;
		while (this.at < this.#end && isWord(this.#text.charCodeAt(this.at))) this.at++;
		// `1'000'000`: the quote opens nothing.
		const isNumber = /\d/.test(this.#text.charAt(from));
		if (isNumber && this.#text.charAt(this.at) === "'") {
			this.at++;
			this.#word();
			return;
		}
		const word = this.#text.slice(from, this.at);
		this.#onWord?.(word, from);
		this.#take(word, from);
	}

	/** @param includesEnd the offset right behind still belongs to it, as nothing closes it. */
	#pass(end: number, what: 'comment' | 'text', includesEnd = false): void {
		if (end > this.#end || (includesEnd && end === this.#end)) this.inside = what;
		this.at = Math.min(end, this.#end);
	}

	#bracket(c: string): void {
		if (c === '{') this.open.push({ kind: c, at: this.at, commas: [], isBlock: BEFORE_BLOCK.test(this.last) });
		else if (c === '(') {
			const callee = this.#callee();
			this.open.push({ kind: c, at: this.at, commas: [], ...(callee ? { callee } : {}) });
		} else if (c === '[') this.open.push({ kind: c, at: this.at, commas: [] });
		else if (c === ',') this.open.at(-1)?.commas.push(this.at);
		else if (c === ';') {
			// A statement ends what was left open within it, but for the head of a `for`.
			const brace = this.open.findLastIndex(({ kind }) => kind === '{');
			const first = this.open[brace + 1];
			if (first && brace >= 0 && !/\bfor\s*$/.test(this.#text.slice(Math.max(0, first.at - 20), first.at)))
				this.open.length = brace + 1;
		} else {
			const kind = CLOSES[c];
			const at = kind === undefined ? -1 : this.open.findLastIndex((each) => each.kind === kind);
			const brace = this.open.findLastIndex((each) => each.kind === '{');
			const opened = c === ')' ? this.open[at] : undefined;
			this.#group = opened && this.#grouped(opened.at);
			// A parenthesis too many closes no brace.
			if (at >= 0 && (c === '}' || at > brace)) this.open.length = at;
		}
	}

	#directive(): void {
		const text = this.#text;
		const end = endOfDirective(text, this.at);
		const [head = '', name = ''] = /^#[ \t]*([a-z]*)/.exec(text.slice(this.at, this.at + 64)) ?? [];
		if (end > this.#end || (end === this.#end && text.charAt(end - 1) !== '\n')) {
			this.#within(name, head.length);
			return;
		}
		if (this.#onWord) new Scan(text, this.at + 1, end, this.#onWord).run();
		const line = { start: this.at, end };
		const condition = this.conditions.at(-1);
		if (/^if/.test(name)) {
			const before = copied(this.open);
			this.conditions.push({ line, before, after: undefined, firstEnd: undefined, branch: end });
		} else if (name === 'endif' && condition) {
			this.open = condition.after ?? this.open;
			this.otherBranches.push(condition.line, { start: condition.firstEnd ?? line.start, end });
			this.conditions.pop();
		} else if (/^el/.test(name) && condition) {
			condition.after ??= this.open;
			condition.firstEnd ??= line.start;
			condition.branch = end;
			this.open = copied(condition.before);
		}
		this.at = end;
	}

	/** The offset stands in a directive: of those only the body of a macro is read. */
	#within(name: string, head: number): void {
		const start = this.at;
		if (this.#onWord) {
			new Scan(this.#text, start + 1, this.#end, this.#onWord).run();
			this.at = this.#end;
			return;
		}
		const defined = /^[ \t]+\w+(?:\([^()]*\))?/.exec(this.#text.slice(start + head, this.#end));
		if (name !== 'define' || !defined) {
			this.inside = 'text';
			this.at = this.#end;
			return;
		}
		this.at = start + head + defined[0].length;
		this.define = { start, body: this.at };
		this.open = [];
		this.conditions.length = 0;
		this.last = this.at < this.#end ? '#define' : '';
	}
}

/** What is open at an offset. */
export function cursorAt(text: string, offset: number): Cursor {
	// The word under way says nothing of what stands in front of it.
	let start = offset;
	while (start > 0 && isWord(text.charCodeAt(start - 1))) start--;
	const scan = new Scan(text, 0, start);
	scan.run();
	return {
		place: scan.inside ?? placeOf(scan),
		open: scan.open,
		conditions: scan.conditions.map(({ before }) => before.length),
		otherBranches: [
			...scan.otherBranches,
			...scan.conditions.map(({ line, branch }) => ({ start: line.start, end: branch })),
		],
		isDisabled: scan.conditions.some(
			({ line, firstEnd }) => firstEnd === undefined && /^#[ \t]*if[ \t]+0\b/.test(text.slice(line.start, line.end)),
		),
		...(scan.define ? { define: scan.define } : {}),
	};
}

/** Every word of a text that stands in no comment and no literal. */
export function forEachWord(text: string, onWord: (word: string, at: number) => void): void {
	new Scan(text, 0, text.length, onWord).run();
}

function placeOf({ last, before, open, define }: Scan): Place {
	if (last === '#define') return 'definition';
	if (last === 'case') return 'case';
	if (last === '=') return /^[<>+*/%&|^-]$/.test(before) ? 'other' : 'value';
	const isInBlock = open.at(-1)?.isBlock === true && open.every(({ kind }) => kind === '{');
	if (!define && isInBlock && (last === ';' || last === '{' || last === '}')) return 'statement';
	return 'other';
}

/** Follows the arguments of a call from a cursor within them to the closing parenthesis, as far as it is there. */
export function argumentsBehind(text: string, offset: number, open: readonly Open[], level: number): Arguments {
	const parenthesis = open[level];
	const known = parenthesis?.commas ?? [];
	let wordEnd = offset;
	while (wordEnd < text.length && isWord(text.charCodeAt(wordEnd))) wordEnd++;
	const commas = [...known];
	const stack = open.slice(level).map(({ kind }) => kind);
	for (let at = wordEnd; at < text.length && at - offset < LONGEST_LIST; at++) {
		const c = text.charAt(at);
		if (c === ';' || c === '}' || c === '#') break;
		const end = endOfToken(text, at);
		if (end === undefined) break;
		at = end - 1;
		if (c === '(' || c === '[') stack.push(c);
		else if (c === ',' && stack.length === 1) commas.push(at);
		else if (c === ')' || c === ']') {
			if (stack.pop() !== CLOSES[c]) break;
			if (stack.length === 0) return { commas, end: at, isClosed: true };
		}
	}
	return { commas: known, end: wordEnd, isClosed: false };
}

/** The offset behind a literal, a comment or an initialiser, else behind one character; undefined: it has no end. */
function endOfToken(text: string, at: number): number | undefined {
	const c = text.charAt(at);
	if (c === '"' || c === "'") return endOfLiteral(text, at, c.charCodeAt(0));
	if (c === '/' && text.charAt(at + 1) === '/') return endOfLineComment(text, at);
	if (c === '/' && text.charAt(at + 1) === '*') {
		const close = text.indexOf('*/', at + 2);
		return close < 0 ? undefined : close + 2;
	}
	if (c !== '{') return at + 1;
	const close = closingBrace(text, at);
	return close === undefined ? undefined : close + 1;
}

/** The brace that closes one, where what is between them is a part of an expression. */
function closingBrace(text: string, from: number): number | undefined {
	let depth = 0;
	for (const { 0: c, index } of text.slice(from, from + LONGEST_LIST).matchAll(/[{}]/g)) {
		depth += c === '{' ? 1 : -1;
		if (depth === 0)
			return /^[\s]*[,)]/.test(text.slice(from + index + 1, from + index + 40)) ? from + index : undefined;
	}
	return undefined;
}

const CLOSER: Readonly<Record<string, string>> = { '{': ';}', '[': ']', '(': ')' };

/** What has to stand behind an offset so that everything that is open there is closed. */
export function closers({ open, conditions }: Pick<Cursor, 'open' | 'conditions'>): string {
	const left = [...conditions];
	let text = '';
	for (let at = open.length - 1; at >= 0; at--) {
		while ((left.at(-1) ?? -1) > at) {
			left.pop();
			text += '\n#endif\n';
		}
		text += CLOSER[open[at]?.kind ?? ''] ?? '';
	}
	return text + '\n#endif\n'.repeat(left.length);
}

/** The offset of the first character that is no blank and stands in no comment. */
export function firstToken(text: string): number {
	for (let at = 0; at < text.length; ) {
		const c = text.charAt(at);
		const end = c === '/' ? endOfToken(text, at) : undefined;
		if (end !== undefined && end > at + 1) at = end;
		else if (c <= ' ') at++;
		else return at;
	}
	return text.length;
}
