/**
 * Conditions of the preprocessor as the compilers of Windows see them. What decides them is often the command line, so
 * that there are three answers: true, false, and not known.
 */
import { applied } from './evaluate/pairs.ts';

/** Undefined: not known. */
export type Truth = boolean | undefined;

/** What is known of macros at a condition. */
export interface Macros {
	isDefined(name: string): Truth;
	/** What stands for a macro in a condition; undefined where it is not known. One that is not defined is 0. */
	value(name: string): bigint | undefined;
	/** A macro whose value is not known is known to be zero, or not to be. */
	isTrue(name: string): Truth;
}

type Condition =
	| { readonly kind: 'number'; readonly value: bigint }
	| { readonly kind: 'name'; readonly name: string }
	| { readonly kind: 'defined'; readonly name: string }
	| { readonly kind: 'unary'; readonly op: string; readonly operand: Condition }
	| { readonly kind: 'binary'; readonly op: string; readonly left: Condition; readonly right: Condition }
	| { readonly kind: 'choice'; readonly test: Condition; readonly yes: Condition; readonly no: Condition }
	| { readonly kind: 'unknown' };

const UNKNOWN: Condition = { kind: 'unknown' };

/** Longer conditions are not known. */
const LONGEST = 2000;
/** Deeper parentheses are not known. */
const DEEPEST = 100;

const TOKEN =
	/[ \t\r\n]*(?:(\d[\w.']*)|([A-Za-z_$][\w$]*)|('(?:[^'\\]|\\.)')|(&&|\|\||[=!<>]=|<<|>>|[-+*/%&|^~!<>?:(),]))/y;

const BINARY: Readonly<Record<string, number>> = {
	'||': 1,
	'&&': 2,
	'|': 3,
	'^': 4,
	'&': 5,
	'==': 6,
	'!=': 6,
	'<': 7,
	'>': 7,
	'<=': 7,
	'>=': 7,
	'<<': 8,
	'>>': 8,
	'+': 9,
	'-': 9,
	'*': 10,
	'/': 10,
	'%': 10,
};

/** Operators that are spelt as words. */
const WORDS: Readonly<Record<string, string>> = { and: '&&', or: '||', not: '!' };

/** Reads one condition; what cannot be read makes the part around it unknown. */
class Reader {
	readonly #tokens: readonly string[];
	#at = 0;
	#depth = 0;

	constructor(text: string) {
		this.#tokens = tokensOf(text);
	}

	read(): Condition {
		const condition = this.#choice();
		return this.#at < this.#tokens.length ? UNKNOWN : condition;
	}

	#takes(token: string): boolean {
		if (this.#tokens[this.#at] !== token) return false;
		this.#at++;
		return true;
	}

	#choice(): Condition {
		const test = this.#binary(1);
		if (!this.#takes('?')) return test;
		const yes = this.#choice();
		if (!this.#takes(':')) return UNKNOWN;
		return { kind: 'choice', test, yes, no: this.#choice() };
	}

	#binary(least: number): Condition {
		let left = this.#unary();
		for (;;) {
			const op = this.#tokens[this.#at] ?? '';
			const binds = Object.hasOwn(BINARY, op) ? (BINARY[op] ?? 0) : 0;
			if (binds < least) return left;
			this.#at++;
			left = { kind: 'binary', op, left, right: this.#binary(binds + 1) };
		}
	}

	#unary(): Condition {
		const token = this.#tokens[this.#at++] ?? '';
		if (++this.#depth > DEEPEST) return UNKNOWN;
		try {
			if (/^[!~+-]$/.test(token)) return { kind: 'unary', op: token, operand: this.#unary() };
			if (token === '(') {
				const inner = this.#choice();
				return this.#takes(')') ? inner : UNKNOWN;
			}
			return this.#leaf(token);
		} finally {
			this.#depth--;
		}
	}

	#leaf(token: string): Condition {
		if (/^\d/.test(token)) return numberOf(token);
		if (token.startsWith("'"))
			return token.length === 3 ? { kind: 'number', value: BigInt(token.charCodeAt(1)) } : UNKNOWN;
		if (!/^[A-Za-z_$]/.test(token)) return UNKNOWN;
		if (token === 'defined') {
			const isIn = this.#takes('(');
			const name = this.#tokens[this.#at++] ?? '';
			return (isIn && !this.#takes(')')) || !/^[A-Za-z_$]/.test(name) ? UNKNOWN : { kind: 'defined', name };
		}
		if (this.#tokens[this.#at] !== '(') return { kind: 'name', name: token };
		// `__has_include(<x>)`, and macros with arguments.
		for (let open = 0; this.#at < this.#tokens.length; ) {
			const next = this.#tokens[this.#at++];
			if (next === '(') open++;
			else if (next === ')' && --open === 0) break;
		}
		return UNKNOWN;
	}
}

/** What cannot be a token is one of its own. */
function tokensOf(text: string): string[] {
	const tokens: string[] = [];
	for (let at = 0; at < text.length; ) {
		TOKEN.lastIndex = at;
		const match = TOKEN.exec(text);
		const token = match?.[0].trim() ?? text.charAt(at);
		at = match ? TOKEN.lastIndex : at + 1;
		if (token.trim() !== '') tokens.push(Object.hasOwn(WORDS, token) ? (WORDS[token] ?? token) : token);
	}
	return tokens;
}

function numberOf(token: string): Condition {
	const digits = /^(0[xX][\da-fA-F']+|0[bB][01']+|[\d']+)[uUlLzZ]*$/.exec(token)?.[1]?.replaceAll("'", '');
	if (digits === undefined || /^0[89]/.test(digits)) return UNKNOWN;
	const octal = /^0\d+$/.test(digits);
	if (octal && /[89]/.test(digits)) return UNKNOWN;
	return { kind: 'number', value: BigInt(octal ? `0o${digits.slice(1)}` : digits) };
}

interface Known {
	readonly condition: Condition;
	/** What follows where it is true, and where it is false. */
	readonly implied: { true?: Implied; false?: Implied };
}

const known = new Map<string, Known>();
/** Conditions that are kept: most of a project's are of a few kinds. */
const MOST_KNOWN = 2000;

function knownOf(text: string): Known {
	let found = known.get(text);
	if (!found) {
		found = { condition: text.length > LONGEST ? UNKNOWN : new Reader(text).read(), implied: {} };
		if (known.size >= MOST_KNOWN) known.clear();
		known.set(text, found);
	}
	return found;
}

const read = (text: string): Condition => knownOf(text).condition;

/** Is a condition true, whatever is not known? */
export const truthOf = (condition: string, macros: Macros): Truth => truth(read(condition), macros);

/** The value of an expression that a macro stands for; undefined where it is not known. */
export const numberFor = (text: string, macros: Macros): bigint | undefined => value(read(text), macros);

function truth(c: Condition, macros: Macros): Truth {
	if (c.kind === 'defined') return macros.isDefined(c.name);
	if (c.kind === 'unary' && c.op === '!') return not(truth(c.operand, macros));
	if (c.kind === 'binary' && (c.op === '&&' || c.op === '||')) {
		const decides = c.op === '||';
		const left = truth(c.left, macros);
		if (left === decides) return decides;
		const right = truth(c.right, macros);
		if (right === decides) return decides;
		return left === undefined || right === undefined ? undefined : !decides;
	}
	const number = value(c, macros);
	if (number !== undefined) return number !== 0n;
	return c.kind === 'name' ? macros.isTrue(c.name) : undefined;
}

const not = (t: Truth): Truth => (t === undefined ? undefined : !t);

function value(c: Condition, macros: Macros): bigint | undefined {
	switch (c.kind) {
		case 'number':
			return c.value;
		case 'name':
			return macros.value(c.name);
		case 'unary': {
			if (c.op === '!') break;
			const operand = value(c.operand, macros);
			if (operand === undefined) return undefined;
			if (c.op === '+') return operand;
			return c.op === '-' ? -operand : ~operand;
		}
		case 'binary': {
			if (c.op === '&&' || c.op === '||') break;
			const left = value(c.left, macros);
			const right = value(c.right, macros);
			return left === undefined || right === undefined ? undefined : applied(c.op, left, right);
		}
		case 'choice': {
			const test = truth(c.test, macros);
			return test === undefined ? undefined : value(test ? c.yes : c.no, macros);
		}
		case 'unknown':
			return undefined;
	}
	const holds = truth(c, macros);
	return holds === undefined ? undefined : BigInt(holds);
}

/** What is known of macros where a condition holds, or does not. */
export interface Implied {
	readonly defined: ReadonlyMap<string, boolean>;
	/** Whether a macro's value is other than 0. */
	readonly isTrue: ReadonlyMap<string, boolean>;
}

const NOTHING: Implied = { defined: new Map(), isTrue: new Map() };

/** What follows from a condition that is true, or false. */
export function impliedBy(condition: string, holds: boolean): Implied {
	if (condition === '') return NOTHING;
	const { condition: whole, implied } = knownOf(condition);
	const is = holds ? 'true' : 'false';
	implied[is] ??= following(whole, holds);
	return implied[is];
}

function following(condition: Condition, holds: boolean): Implied {
	const defined = new Map<string, boolean>();
	const isTrue = new Map<string, boolean>();
	const follow = (c: Condition, wanted: boolean): void => {
		if (c.kind === 'defined') defined.set(c.name, wanted);
		else if (c.kind === 'name') {
			isTrue.set(c.name, wanted);
			if (wanted) defined.set(c.name, true);
		} else if (c.kind === 'unary' && c.op === '!') follow(c.operand, !wanted);
		else if (c.kind === 'binary' && c.op === (wanted ? '&&' : '||')) {
			follow(c.left, wanted);
			follow(c.right, wanted);
		}
	};
	follow(condition, holds);
	return { defined, isTrue };
}

/**
 * Macros that every compiler for Windows or the first lines of its headers define (`windef.h` defines `WIN32`), those that
 * projects and their build systems define for Windows, and the control codes that every `winsock.h` had.
 */
const WINDOWS: ReadonlySet<string> = new Set(
	(
		'_WIN32 WIN32 __WIN32__ __WINDOWS__ OS_WIN Q_OS_WIN Q_OS_WIN32 BOOST_WINDOWS HAVE_WINSOCK2_H USE_WINSOCK ' +
		'FIONBIO FIONREAD FIOASYNC SIOCATMARK'
	).split(' '),
);

/** Macros that stand for other systems. Cygwin is one of them: there `long` has 8 bytes. */
const OTHERS: ReadonlySet<string> = new Set(
	(
		'__linux__ __linux linux __gnu_linux__ __ANDROID__ __APPLE__ __APPLE_CC__ __MACH__ macintosh __unix__ __unix unix ' +
		'__CYGWIN__ __CYGWIN32__ __CYGWIN64__ __MSYS__ __FreeBSD__ __FreeBSD_kernel__ __NetBSD__ __OpenBSD__ __bsdi__ ' +
		'__DragonFly__ __GNU__ __sun __sun__ sun __SVR4 __svr4__ __hpux hpux _hpux _AIX __TOS_AIX__ __sgi sgi __osf__ __osf ' +
		'__ultrix __HAIKU__ __BEOS__ __QNX__ __QNXNTO__ __VXWORKS__ __vxworks __OS2__ __EMX__ __MSDOS__ __DJGPP__ ' +
		'__amigaos__ __amigaos4__ __MORPHOS__ __AROS__ __EMSCRIPTEN__ __wasm__ __wasi__ __minix __VMS __vms __NuttX__ ' +
		'__AMIGA__ AMIGA DJGPP MSDOS __DOS__ __riscos__ __ZEPHYR__ ESP_PLATFORM ARDUINO __PPU__ __wii__ __WIIU__ HW_RVL ' +
		'TARGET_OS_MAC TARGET_OS_IPHONE __GLIBC__ __BIONIC__ Q_OS_UNIX Q_OS_LINUX Q_OS_MAC Q_OS_MACOS ' +
		'Q_OS_DARWIN Q_OS_ANDROID BOOST_POSIX ' +
		'__SYMBIAN32__ __native_client__ __INTERIX __Fuchsia__ __rtems__ __PSP__ __vita__ __SWITCH__ __3DS__ GEKKO ' +
		'__ORBIS__ __PROSPERO__'
	).split(' '),
);

/** Is a macro defined where Windows is compiled for, as far as the compilers say? */
export function isDefinedForWindows(name: string): Truth {
	if (WINDOWS.has(name)) return true;
	return OTHERS.has(name) ? false : undefined;
}

/** Macros of the two families of compilers: where one is defined those of the other are not. */
const FAMILIES: readonly (readonly string[])[] = [['_MSC_VER'], ['__MINGW32__', '__MINGW64__', '__GNUC__']];

/** Compilers of both families are left out where these macros are as they are known. */
export const isForNoFamily = (isDefined: (name: string) => Truth): boolean =>
	FAMILIES.every((family) => family.some((name) => isDefined(name) === false));

/** The macros that are not defined where a compiler's macro is. */
export const excludedBy = (name: string): readonly string[] => {
	const own = FAMILIES.findIndex((family) => family.includes(name));
	return own < 0 ? [] : FAMILIES.flatMap((family, i) => (i === own ? [] : family));
};
