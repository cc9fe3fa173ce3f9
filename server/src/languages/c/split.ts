/**
 * A C or C++ text cut into top-level items by its characters alone: brackets, strings, comments and preprocessor lines.
 * The same text gives the same items whatever edits led there, and typing inside one item leaves the others as they are.
 */

/** What stands around an item: a branch of an `#if`, a namespace, the braces of `extern "C"`, or a class that is cut. */
export interface Block {
	readonly kind: 'if' | 'namespace' | 'linkage' | 'class';
	/** Condition of an `#if` (`ifndef X` as `!X`), name of a namespace, a class up to its brace. */
	readonly text: string;
	/** Conditions of the branches before this one, at most so many. */
	readonly before: readonly string[];
	readonly outer: Block | undefined;
	/** The same for all branches of one `#if`. */
	readonly opened: object;
	/** Blocks around it and itself. */
	readonly depth: number;
}

export interface Item {
	readonly start: number;
	readonly end: number;
	readonly block: Block | undefined;
	/**
	 * A preprocessor line, a function with its body, what stands around the larger functions of a class, or any other
	 * declaration.
	 */
	readonly kind: 'directive' | 'function' | 'class' | 'declaration';
	/** Where the body of a function begins, from the start of the item. */
	readonly body: number;
	/** Where its head ends: at the body, or at what a constructor initialises. */
	readonly signature: number;
	/** Where a comment begins that goes to the end of the text, from the start of the item. */
	readonly comment: number | undefined;
	/** It took earlier items in, or begins with a brace and might: boundaries near it depend on what stands before. */
	readonly joint: boolean;
}

/** What further branches of one `#if` ask for is not kept with those behind them: nobody writes so many by hand. */
const MOST_BRANCHES = 100;

/** Parameters of an old-style definition stand between its head and its body: items taken back at most. */
export const MOST_JOINED = 16;

const SPACE = 32;
const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const HASH = 35;
const STAR = 42;
const SLASH = 47;

const isWordStart = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || c > 127;
export const isWord = (c: number): boolean => isWordStart(c) || (c >= 48 && c <= 57);

/** The offset behind the end of a line that may be continued by a backslash, comments within it included. */
export function endOfDirective(text: string, from: number): number {
	for (let at = from; at < text.length; at++) {
		const c = text.charCodeAt(at);
		if (c === NEWLINE) {
			const last = text.charCodeAt(at - 1) === RETURN ? at - 2 : at - 1;
			if (text.charCodeAt(last) !== 92) return at + 1;
		} else if (c === 47 && text.charCodeAt(at + 1) === 42) {
			const close = text.indexOf('*/', at + 2);
			if (close < 0) return text.length;
			at = close + 1;
		} else if (c === 47 && text.charCodeAt(at + 1) === 47) {
			// A quote in it opens nothing.
			const line = text.indexOf('\n', at);
			if (line < 0) return text.length;
			at = line - 1;
		} else if (c === 34 || c === 39) {
			const close = endOfLiteral(text, at, c);
			at = close - 1;
		}
	}
	return text.length;
}

/** The offset behind a string or character literal, which ends with its line at the latest. */
export function endOfLiteral(text: string, start: number, quote: number): number {
	for (let at = start + 1; at < text.length; at++) {
		const c = text.charCodeAt(at);
		if (c === 92) {
			at++;
			if (text.charCodeAt(at) === RETURN && text.charCodeAt(at + 1) === NEWLINE) at++;
		} else if (c === quote) return at + 1;
		else if (c === NEWLINE) return at;
	}
	return text.length;
}

/** `R"x(…)x"`: the offset behind it; undefined when it is none. */
export function endOfRawString(text: string, quote: number): number | undefined {
	const open = text.indexOf('(', quote);
	if (open < 0 || open - quote > 17) return undefined;
	const delimiter = text.slice(quote + 1, open);
	if (/[\s\\)"]/.test(delimiter)) return undefined;
	const close = text.indexOf(`)${delimiter}"`, open);
	return close < 0 ? text.length : close + delimiter.length + 2;
}

const RECORDS: ReadonlySet<string> = new Set(['struct', 'union', 'class', 'enum']);
/** Words whose parentheses belong to no parameter list. */
const ATTRIBUTES: ReadonlySet<string> = new Set([
	'__declspec',
	'__attribute__',
	'alignas',
	'_Alignas',
	'DECLSPEC_ALIGN',
	'DECLSPEC_UUID',
]);

/** Where a cutting begins: the start of an item, the blocks open there, and the items before it. */
export interface Resume {
	readonly items: readonly Item[];
	readonly start: number;
	readonly block: Block | undefined;
}

export interface Cutting {
	readonly items: Item[];
	/** Where the cutting ended. */
	readonly end: number;
	/** A bracket is missing somewhere, so that where an item ends depends on what stands far behind it. */
	readonly isRecovered: boolean;
}

/**
 * Cuts a text.
 * @param resume where to begin; absent: at its start.
 * @param isKnown asked at each boundary: true ends the cutting there, because the rest is known.
 * @returns every item up to the end; undefined when an item reaches back beyond `resume`.
 */
export function split(
	text: string,
	resume?: Resume,
	isKnown?: (at: number, block: Block | undefined) => boolean,
): Cutting | undefined {
	return new Splitter(text, resume, isKnown).run();
}

/** Brackets that are open. A closing brace closes what was left open within it: one is missing while it is typed. */
class Brackets {
	/** Parentheses around each open brace. */
	readonly #outer: number[];
	#parentheses: number;

	constructor(outer: readonly number[] = [], parentheses = 0) {
		this.#outer = [...outer];
		this.#parentheses = parentheses;
	}

	/** Braces, and nothing but them, around what stands so deep. */
	static ofDepth(depth: number): Brackets {
		return new Brackets(new Array<number>(depth).fill(0));
	}

	/** Only so many braces are open. */
	isAt(depth: number): boolean {
		return this.#parentheses === 0 && this.#outer.length === depth;
	}

	get depth(): number {
		return this.#outer.length;
	}

	copy(): Brackets {
		return new Brackets(this.#outer, this.#parentheses);
	}

	open(): void {
		this.#parentheses++;
	}

	close(): void {
		if (this.#parentheses > 0) this.#parentheses--;
	}

	openBrace(): void {
		this.#outer.push(this.#parentheses);
		this.#parentheses = 0;
	}

	closeBrace(): void {
		this.#parentheses = this.#outer.pop() ?? 0;
	}
}

/** Preprocessor blocks within an item. */
interface Inner {
	/** Brackets that were open at the `#if`, and at the end of its first branch. */
	readonly before: Brackets;
	after: Brackets | undefined;
}

/** A declaration under way, of a file or of a class. */
class Declaration {
	/** Of its first token; -1 before that. */
	start = -1;
	/** Blanks in front of that on its line; -1 where more stands there. */
	column = -1;
	words = 0;
	lastWord = '';
	isTypedef = false;
	isEnum = false;
	record = false;
	/** Parentheses closed at its depth since the last word that begins a record type. */
	parameters = false;
	assigned = false;
	/** A word in front of parentheses that are no parameters. */
	attribute = false;
	/** A body that begins with `try` has more behind it. */
	tries = false;
	body = 0;
	/** The colon in front of what a constructor initialises. */
	initializers = 0;
	bodyKind: 'function' | 'other' | undefined;
}

/** A class whose members are being read. */
interface Frame {
	/** Up to its brace. */
	readonly head: string;
	/** What the class is a part of; undefined where it began in an earlier item. */
	readonly outer: Declaration | undefined;
	readonly block: Block | undefined;
}

/** A class with a longer head than this is not cut. */
const LONGEST_HEAD = 400;
/** A function in a class is an item of its own when its body is at least so long. */
const LARGE_BODY = 512;

class Splitter {
	readonly #text: string;
	readonly #isKnown: ((at: number, block: Block | undefined) => boolean) | undefined;
	readonly #items: Item[];
	readonly #floor: number;
	#block: Block | undefined;
	#at: number;
	/** Start of the item under way. */
	#start: number;
	#brackets = new Brackets();
	#inner: Inner[] = [];
	/** Classes that are open, the innermost last. */
	#frames: Frame[] = [];
	/** The item has a token besides comments. */
	#begun = false;
	#lastToken = 0;
	#declaration = new Declaration();
	#joint = false;
	#comment: number | undefined;

	constructor(text: string, resume: Resume | undefined, isKnown?: (at: number, block: Block | undefined) => boolean) {
		this.#text = text;
		this.#isKnown = isKnown;
		this.#items = resume ? [...resume.items] : [];
		this.#floor = this.#items.length;
		this.#isResumed = resume !== undefined;
		this.#block = resume?.block;
		this.#at = resume?.start ?? 0;
		this.#start = this.#at;
		this.#reset();
	}

	/** Nothing is open but classes whose members are read. */
	get #isLevel(): boolean {
		return this.#brackets.isAt(this.#frames.length);
	}

	run(): Cutting | undefined {
		const { length } = this.#text;
		this.#isLineStart = isAtLineStart(this.#text, this.#at);
		while (this.#at < length || this.#recover()) {
			if (this.#isGivenUp) return undefined;
			const c = this.#blank();
			if (c === undefined) continue;
			const isDirective = c === HASH && this.#isLineStart;
			if (!(isDirective ? this.#directive() : this.#token(c))) return undefined;
			this.#isLineStart = isDirective;
			if (this.#stopped) return { items: this.#items, end: this.#start, isRecovered: false };
		}
		if (this.#isGivenUp) return undefined;
		if (this.#start < length || this.#items.length === 0) this.#emit(length, 'declaration');
		return { items: this.#items, end: length, isRecovered: this.#isRecovering };
	}

	/** Passes over blanks and comments; gives the character behind, when there were none. */
	#blank(): number | undefined {
		const text = this.#text;
		const at = this.#at;
		const c = text.charCodeAt(at);
		if (c === NEWLINE || c === SPACE || c === TAB || c === RETURN || c === 12 || c === 11) {
			if (c === NEWLINE) this.#isLineStart = true;
			this.#at++;
			return undefined;
		}
		const next = c === SLASH ? text.charCodeAt(at + 1) : 0;
		if (next === SLASH) this.#at = endOfLineComment(text, at);
		else if (next === STAR) {
			const close = text.indexOf('*/', at + 2);
			if (close < 0) this.#comment = at;
			this.#at = close < 0 ? text.length : close + 2;
		} else return c;
		return undefined;
	}

	/**
	 * At the end of the text a bracket is still open: somebody is typing. The item under way is cut again, and it and those
	 * behind it end with a brace in the first column, as functions do. True when there is a text to go on with.
	 */
	#recover(): boolean {
		const isOpen = this.#begun && !(this.#isLevel && this.#inner.length === 0);
		if ((!isOpen && this.#frames.length === 0) || this.#isRecovering) return false;
		// Whoever began in the middle does not know what stands before.
		this.#isGivenUp = this.#isResumed;
		this.#isRecovering = true;
		this.#comment = undefined;
		this.#leaveClass();
		this.#at = this.#start;
		this.#reset();
		this.#isLineStart = isAtLineStart(this.#text, this.#at);
		return this.#at < this.#text.length;
	}

	/** The items of a class that is open are taken back up to the one that opens it. */
	#leaveClass(): void {
		const [{ block } = { block: undefined }] = this.#frames;
		if (!block) return;
		const items = this.#items;
		let first = items.length;
		while (first > 0 && standsIn(items[first - 1]?.block, block.opened)) first--;
		const opener = items[first - 1];
		if (!opener) return;
		this.#start = opener.start;
		this.#block = opener.block;
		items.length = first - 1;
	}

	#stopped = false;
	#isLineStart = true;
	#isRecovering = false;
	#isGivenUp = false;
	readonly #isResumed: boolean;

	/** False when the item reaches back too far. */
	#token(c: number): boolean {
		const text = this.#text;
		const at = this.#at;
		if (c === 123) return this.#openBrace();
		if (c === 125) return this.#closeBrace();
		this.#begin(at);
		if (isWord(c)) {
			let end = at + 1;
			while (end < text.length && isWord(text.charCodeAt(end))) end++;
			const isNumber = c >= 48 && c <= 57;
			// `1'000'000`.
			while (isNumber && text.charCodeAt(end) === 39 && isWord(text.charCodeAt(end + 1))) {
				end++;
				while (end < text.length && isWord(text.charCodeAt(end))) end++;
			}
			this.#at = end;
			const quote = text.charCodeAt(end);
			if (quote === 34 && text.charCodeAt(end - 1) === 82 && /^(?:u8|[uUL])?R$/.test(text.slice(at, end))) {
				this.#at = endOfRawString(text, end) ?? end;
			}
			if (this.#isLevel) this.#word(text.slice(at, end));
			this.#lastToken = 119;
			return true;
		}
		switch (c) {
			case 34:
			case 39:
				this.#at = endOfLiteral(text, at, c);
				break;
			case 40:
			case 91:
				this.#brackets.open();
				this.#at++;
				break;
			case 41:
			case 93:
				this.#at++;
				this.#brackets.close();
				if (this.#isLevel && c === 41) {
					if (this.#declaration.attribute) this.#declaration.attribute = false;
					else this.#declaration.parameters = true;
				}
				break;
			case 59:
				this.#at++;
				if (this.#isLevel) {
					this.#lastToken = c;
					this.#ended(this.#declaration.bodyKind === 'function' ? 'function' : 'declaration');
					return true;
				}
				break;
			case 61:
				this.#at++;
				if (this.#isLevel && text.charCodeAt(at + 1) !== 61 && this.#declaration.lastWord !== 'operator')
					this.#declaration.assigned = true;
				break;
			case 58:
				this.#at++;
				if (this.#isLevel && !isColonPair(text, at)) this.#colon(at);
				break;
			default:
				this.#at++;
		}
		this.#lastToken = c;
		return true;
	}

	#colon(at: number): void {
		const { parameters, record, assigned, bodyKind } = this.#declaration;
		if (parameters) this.#declaration.initializers ||= at;
		// `public:` is no part of what follows.
		else if (this.#frames.length > 0 && !record && !assigned && !bodyKind) this.#declaration = new Declaration();
	}

	#begin(at: number): void {
		this.#begun = true;
		if (this.#declaration.start >= 0) return;
		this.#declaration.start = at;
		if (this.#isRecovering) this.#declaration.column = indentation(this.#text, at);
	}

	#word(word: string): void {
		const declaration = this.#declaration;
		declaration.words++;
		declaration.lastWord = word;
		if (word === 'typedef') declaration.isTypedef = true;
		else if (word === 'try') declaration.tries = true;
		else if (RECORDS.has(word)) {
			declaration.isEnum ||= word === 'enum';
			declaration.record = true;
			declaration.parameters = false;
		} else if (ATTRIBUTES.has(word)) declaration.attribute = true;
	}

	#openBrace(): boolean {
		const at = this.#at;
		const declaration = this.#declaration;
		this.#at++;
		if (!this.#isLevel) {
			this.#brackets.openBrace();
			this.#lastToken = 123;
			return true;
		}
		const isMember = this.#frames.length > 0;
		if (!isMember && !this.#begun && !this.#join()) return false;
		const mayOpen = !isMember && declaration.words > 0 && declaration.words <= 12;
		const head = mayOpen ? opensBlock(this.#text.slice(this.#start, at)) : undefined;
		if (head && this.#inner.length === 0) {
			this.#lastToken = 123;
			this.#emit(this.#at, 'declaration');
			this.#block = { ...head, before: [], ...inside(this.#block) };
			this.#known();
			return true;
		}
		this.#begin(at);
		const initialises = this.#initialisesMember();
		this.#lastToken = 123;
		this.#brackets.openBrace();
		const classHead = declaration.bodyKind ? undefined : this.#classHead(at);
		if (!declaration.bodyKind && !initialises) {
			const { isTypedef, assigned, record, parameters } = declaration;
			const isFunction = !isTypedef && !assigned && (!record || parameters);
			declaration.bodyKind = isFunction ? 'function' : 'other';
			declaration.body = at;
		}
		if (classHead !== undefined) {
			this.#frames.push({ head: classHead, outer: declaration, block: undefined });
			this.#declaration = new Declaration();
		}
		return true;
	}

	/** A brace behind the name of a member or a base class, whose value it holds: `C::C() : member{1}`. */
	#initialisesMember(): boolean {
		const { initializers, record, assigned } = this.#declaration;
		return initializers > 0 && !record && !assigned && (this.#lastToken === 119 || this.#lastToken === 62);
	}

	/** The beginning of a class up to its brace, where it may be cut into its members. */
	#classHead(brace: number): string | undefined {
		const { start, record, isEnum, isTypedef, assigned, parameters, lastWord } = this.#declaration;
		if (!record || isEnum || isTypedef || assigned || parameters || this.#inner.length > 0) return undefined;
		if (RECORDS.has(lastWord) || ATTRIBUTES.has(lastWord) || brace - start > LONGEST_HEAD) return undefined;
		const head = this.#text.slice(start, brace);
		return head.includes('#') ? undefined : head;
	}

	#closeBrace(): boolean {
		const brackets = this.#brackets;
		const column = this.#isRecovering ? indentation(this.#text, this.#at) : -1;
		this.#at++;
		this.#lastToken = 125;
		if (column === 0 && brackets.depth > 0) {
			this.#brackets = new Brackets();
			this.#inner = [];
		} else if (column > 0 && this.#endsMember(column)) {
			this.#brackets = Brackets.ofDepth(this.#frames.length);
			this.#inner = [];
		} else if (brackets.depth > 0) brackets.closeBrace();
		else return this.#endOfBlock();
		if (this.#brackets.depth < this.#frames.length) {
			this.#closeClass();
			return true;
		}
		if (!this.#isLevel || this.#inner.length > 0) return true;
		if (this.#declaration.bodyKind === 'function' && !continuesAfterBody(this.#text, this.#at)) this.#ended('function');
		return true;
	}

	/** A brace that stands as far to the right as the member of a class under way began, in which one is missing. */
	#endsMember(column: number): boolean {
		const depth = this.#frames.length;
		return depth > 0 && this.#brackets.depth > depth && this.#declaration.column === column;
	}

	/** The brace of a class: what stands behind it belongs to what stands in front of it. */
	#closeClass(): void {
		while (this.#frames.length > this.#brackets.depth) {
			this.#declaration = this.#frames.pop()?.outer ?? new Declaration();
			this.#declaration.bodyKind = 'other';
		}
		this.#begin(this.#at - 1);
	}

	/** A declaration of the file or of a class has ended. */
	#ended(kind: 'function' | 'declaration'): void {
		if (this.#frames.length === 0) {
			this.#boundary(kind);
			return;
		}
		const { start, body, parameters, tries } = this.#declaration;
		const isLarge = this.#at - body >= LARGE_BODY;
		const isCut = kind === 'function' && isLarge && parameters && !tries && this.#inner.length === 0;
		if (isCut && !this.#text.slice(start, body).includes('#')) {
			const declaration = this.#declaration;
			if (start > this.#start) this.#emit(start, 'class');
			this.#declaration = declaration;
			this.#emit(this.#at, 'function');
			this.#known();
		} else this.#declaration = new Declaration();
	}

	/** The brace that ends a namespace or `extern "C"`, or one too many. */
	#endOfBlock(): boolean {
		if (this.#inner.length > 0 || !this.#isLevel) return true;
		this.#emit(this.#at, 'declaration');
		if (this.#block && this.#block.kind !== 'if') this.#block = this.#block.outer;
		this.#known();
		return true;
	}

	/** An old-style definition: its parameters were taken for items of their own. */
	#join(): boolean {
		this.#joint = true;
		const items = this.#items;
		for (let back = 1; back <= MOST_JOINED && back <= items.length; back++) {
			const item = items[items.length - back]!;
			if (item.block !== this.#block || item.kind !== 'declaration') return true;
			const text = this.#text.slice(item.start, item.end);
			if (!text.endsWith(';') || text.includes('{') || text.includes('=')) return true;
			if (!/\)\s*(?:register\s+|const\s+|struct\s+|unsigned\s+)?[A-Za-z_]/.test(text)) continue;
			if (items.length - back < this.#floor) return false;
			this.#start = item.start;
			items.length -= back;
			this.#begun = true;
			this.#declaration.start = item.start;
			this.#declaration.words += 2;
			this.#declaration.parameters = true;
			return true;
		}
		return true;
	}

	#boundary(kind: Item['kind']): void {
		if (this.#inner.length > 0) return;
		this.#emit(this.#at, kind);
		this.#known();
	}

	#known(): void {
		if (this.#isKnown?.(this.#start, this.#block)) this.#stopped = true;
	}

	#emit(end: number, kind: Item['kind']): void {
		const start = this.#start;
		const { body, initializers } = this.#declaration;
		const isFunction = kind === 'function';
		const isOfClass = this.#frames.length > 0 || this.#block?.kind === 'class';
		if (end > start || this.#text.length === 0) {
			this.#items.push({
				start,
				end,
				block: this.#block,
				kind: isOfClass && !isFunction ? 'class' : kind,
				body: isFunction ? body - start : 0,
				signature: isFunction ? (initializers > 0 && initializers < body ? initializers : body) - start : 0,
				joint: this.#joint,
				comment: this.#comment === undefined ? undefined : this.#comment - start,
			});
		}
		let block = this.#block;
		while (block?.kind === 'class') block = block.outer;
		for (const frame of this.#frames)
			block = frame.block ?? { kind: 'class', text: frame.head, before: [], ...inside(block) };
		this.#block = block;
		this.#start = end;
		this.#reset();
	}

	/** Nothing is known of the item that begins, but the classes that it stands in. */
	#reset(): void {
		this.#begun = false;
		this.#lastToken = 0;
		this.#declaration = new Declaration();
		this.#joint = false;
		this.#inner = [];
		this.#frames = [];
		for (let block = this.#block; block?.kind === 'class'; block = block.outer)
			this.#frames.unshift({ head: block.text, outer: undefined, block });
		this.#brackets = Brackets.ofDepth(this.#frames.length);
	}

	/** A preprocessor line. False when what it ends reaches back too far. */
	#directive(): boolean {
		const text = this.#text;
		const from = this.#at;
		const end = endOfDirective(text, from);
		this.#at = end;
		const match = /^#[ \t]*([a-z]*)/.exec(text.slice(from, from + 64));
		const name = match?.[1] ?? '';
		const rest = () => text.slice(from + (match?.[0].length ?? 1), end);
		// A lone macro in front, such as `BEGIN_DECLS` or `MACRO(x)`, is an item of its own.
		const { words, bodyKind, lastWord } = this.#declaration;
		const isMacro = words === 1 && !bodyKind && (this.#lastToken === 119 || this.#lastToken === 41);
		const isAlone = this.#begun && this.#frames.length === 0 && this.#isLevel && this.#inner.length === 0;
		if (isAlone && isMacro && /^[A-Z_]/.test(lastWord)) this.#emit(from, 'declaration');
		const isInside = this.#begun || !this.#isLevel || this.#inner.length > 0 || this.#frames.length > 0;
		if (/^if/.test(name)) {
			if (isInside) {
				this.#inner.push({ before: this.#brackets.copy(), after: undefined });
				return true;
			}
			this.#emit(end, 'directive');
			this.#block = { kind: 'if', text: condition(name, rest()), before: [], ...inside(this.#block) };
			this.#known();
			return true;
		}
		if (/^(?:el|endif)/.test(name)) {
			if (!isInside) {
				this.#closeIf(name, rest, end);
				return true;
			}
			if (this.#inner.length === 0 && !this.#takeIn()) return false;
			const inner = this.#inner.at(-1);
			if (!inner) return true;
			inner.after ??= this.#brackets.copy();
			if (name !== 'endif') {
				this.#brackets = inner.before.copy();
				return true;
			}
			this.#inner.pop();
			this.#brackets = inner.after;
			const isFunction = this.#declaration.bodyKind === 'function';
			const isOver = this.#lastToken === 59 || (this.#lastToken === 125 && isFunction);
			if (isOver && this.#frames.length === 0 && this.#isLevel) this.#boundary(isFunction ? 'function' : 'declaration');
			return true;
		}
		if (!isInside) {
			this.#emit(end, 'directive');
			this.#known();
		}
		return true;
	}

	#closeIf(name: string, rest: () => string, end: number): void {
		let open = this.#block;
		while (open && open.kind !== 'if') open = open.outer;
		this.#emit(end, 'directive');
		if (open) {
			this.#block = open.outer;
			if (name !== 'endif') {
				const before = open.before.length < MOST_BRANCHES ? [...open.before, open.text] : open.before;
				const text = name === 'else' ? '' : condition(name, rest());
				this.#block = { ...open, text, before };
			}
		}
		this.#known();
	}

	/** An item that begins in a branch goes on behind it: everything from the `#if` on is one item. */
	#takeIn(): boolean {
		let open = this.#block;
		while (open && open.kind !== 'if') open = open.outer;
		if (!open) return true;
		let first = this.#items.length;
		while (first > 0 && standsIn(this.#items[first - 1]?.block, open.opened)) first--;
		// The line that opens it.
		first--;
		const opener = this.#items[first];
		if (!opener || first < this.#floor) return false;
		this.#joint = true;
		this.#start = opener.start;
		this.#items.length = first;
		this.#block = open.outer;
		this.#inner = [{ before: new Brackets(), after: open.before.length > 0 ? new Brackets() : undefined }];
		return true;
	}
}

/** One of the two of `::`. */
const isColonPair = (text: string, at: number): boolean =>
	text.charCodeAt(at + 1) === 58 || text.charCodeAt(at - 1) === 58;

const inside = (outer: Block | undefined) => ({ outer, opened: {}, depth: (outer?.depth ?? 0) + 1 });

/** Does a block, or one around it, belong to an `#if`? */
export function standsIn(block: Block | undefined, opened: object): boolean {
	for (let at = block; at; at = at.outer) if (at.opened === opened) return true;
	return false;
}

/** How many blanks, and nothing else, stand in front of an offset on its line; -1 where something else does. */
function indentation(text: string, at: number): number {
	let before = at - 1;
	while (before >= 0 && (text.charCodeAt(before) === SPACE || text.charCodeAt(before) === TAB)) before--;
	return before < 0 || text.charCodeAt(before) === NEWLINE ? at - before - 1 : -1;
}

export const isAtLineStart = (text: string, at: number): boolean => indentation(text, at) >= 0;

export function endOfLineComment(text: string, start: number): number {
	let end = text.indexOf('\n', start);
	// A backslash at its end takes the next line in.
	while (end >= 0 && text.charCodeAt(text.charCodeAt(end - 1) === RETURN ? end - 2 : end - 1) === 92)
		end = text.indexOf('\n', end + 1);
	return end < 0 ? text.length : end;
}

/** `namespace a::b {` and `extern "C" {`: the block that the brace opens. */
function opensBlock(head: string): Pick<Block, 'kind' | 'text'> | undefined {
	if (!/namespace|extern/.test(head)) return undefined;
	const words = withoutComments(head);
	const name = /^(?:inline )?namespace(?: ([\w:]+))?$/.exec(words);
	if (name) return { kind: 'namespace', text: name[1] ?? '' };
	return /^extern "C(?:\+\+)?"$/.test(words) ? { kind: 'linkage', text: '' } : undefined;
}

const withoutComments = (text: string): string =>
	text
		.replace(/\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/|$)|\/\/[^\n]*/g, ' ')
		.split(/\s+/)
		.filter((word) => word !== '')
		.join(' ');

/**
 * The condition of an `#if`, `#ifdef`, `#ifndef` or one of their branches, in one form.
 * @param rest what follows the directive's name on its line and the lines that continue it.
 */
export function condition(name: string, rest: string): string {
	const words = withoutComments(rest.replace(/\\\r?\n/g, ' '));
	if (name === 'ifdef' || name === 'elifdef') return `defined(${words})`;
	return name === 'ifndef' || name === 'elifndef' ? `!defined(${words})` : words;
}

/** Behind a body something stands that belongs to it: `};`, `} a, b;`. */
function continuesAfterBody(text: string, from: number): boolean {
	for (let at = from; at < text.length; at++) {
		const c = text.charCodeAt(at);
		if (c === SPACE || c === TAB || c === NEWLINE || c === RETURN) continue;
		if (c === 47 && text.charCodeAt(at + 1) === 42) {
			const close = text.indexOf('*/', at + 2);
			if (close < 0) return false;
			at = close + 1;
			continue;
		}
		if (c === 47 && text.charCodeAt(at + 1) === 47) {
			at = endOfLineComment(text, at);
			continue;
		}
		return c === 59 || c === 44 || c === 61 || c === 41 || c === 91 || c === 46;
	}
	return false;
}
