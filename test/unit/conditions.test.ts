/** Only what Windows compiles is judged: conditions of the preprocessor, and calls in the branches that they choose. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { compiled, endOfOther } from '../../server/src/languages/c/branches.ts';
import {
	excludedBy,
	impliedBy,
	isDefinedForWindows,
	isForNoFamily,
	type Macros,
	numberFor,
	truthOf,
} from '../../server/src/languages/c/conditions.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

describe('conditions', () => {
	const known: Readonly<Record<string, bigint>> = { ONE: 1n, ZERO: 0n, TWO: 2n };
	const macros: Macros = {
		isDefined: (name) => Object.hasOwn(known, name) || (name === 'NOT' ? false : undefined),
		value: (name) => (name === 'NOT' ? 0n : known[name]),
		isTrue: () => undefined,
	};
	it.each<[string, boolean | undefined]>([
		['defined(ONE)', true],
		['defined ONE', true],
		['!defined(NOT)', true],
		['defined(NOT)', false],
		['defined(MAYBE)', undefined],
		['MAYBE', undefined],
		['defined(MAYBE) || defined(ONE)', true],
		['defined(MAYBE) && defined(NOT)', false],
		['defined(MAYBE) && defined(ONE)', undefined],
		['!(defined(MAYBE) || ONE)', false],
		['NOT', false],
		['TWO == 2 && ONE < TWO', true],
		['TWO * 2 + 1 == 5', true],
		['(TWO << 4) == 0x20UL', true],
		['MAYBE >= 1400', undefined],
		['MAYBE >= 1400 || 1', true],
		['-1 < 0 ? 1 : MAYBE', true],
		["'A' == 65", true],
		['010 == 8', true],
		['8 / 2 * 2 == 8', true],
		['8 * 3 % 5 == 4', true],
		['7 - 2 + 1 == 6', true],
		['1 << 2 - 1 == 2', true],
		['(1 << 3 >> 1) == 4', true],
		['1 | 2 ^ 2', true],
		['(6 & 3 | 8) == 10', true],
		['(6 & 3 ^ 3) == 1', true],
		['2 > 1 == 1', true],
		['0 && 0 || 1', true],
		['1 || 0 && 0', true],
		['-TWO == 0 - 2', true],
		['~TWO == -3', true],
		['+TWO == 2', true],
		['!TWO == 0', true],
		['TWO != 2', false],
		['TWO <= 2 && TWO >= 2', true],
		['TWO < 2 || TWO > 2', false],
		['ONE ? NOT : MAYBE', false],
		['NOT ? MAYBE : ONE', true],
		['MAYBE ? 1 : 1', undefined],
		['defined(ONE) && defined(TWO) && !defined(NOT)', true],
		['MAYBE && NOT', false],
		['NOT && MAYBE', false],
		['MAYBE || ONE', true],
		['ONE || MAYBE', true],
		['__has_include(<x.h>)', undefined],
		['__has_include("a(b).h") && 0', false],
		['F(1, 2) || ONE', true],
		['not defined(NOT) and ONE', true],
		['1 / 0', undefined],
		['', undefined],
		['1 2', undefined],
		['(', undefined],
		['defined', undefined],
		['=', undefined],
	])('%s', (text, expected) => {
		expect(truthOf(text, macros)).toBe(expected);
	});
	it('gives up where machines nest and go on', () => {
		expect(truthOf(`${'('.repeat(1000)}1${')'.repeat(1000)}`, macros)).toBe(undefined);
		expect(truthOf(`1 ${'|| 1 '.repeat(1000)}`, macros)).toBe(undefined);
	});
});

/** The codes of the calls in a text, in order. */
async function codes(text: string, name = 'x.c'): Promise<readonly string[]> {
	const { calls } = await checked(checker, { name, text });
	return calls.map((call) => call.code.text);
}

const call = (code: string) => `void f_${code}(SOCKET s, u_long n) { ioctlsocket(s, ${code}, &n); }`;
const [A, B, C] = [call('FIONBIO'), call('FIONREAD'), call('SIOCATMARK')];

describe('what a condition says of macros', () => {
	/** `A !B A=1`: defined, not defined, other than 0. */
	const told = (condition: string, holds: boolean) => {
		const { defined, isTrue } = impliedBy(condition, holds);
		return [
			...[...defined].map(([name, is]) => `${is ? '' : '!'}${name}`),
			...[...isTrue].map(([name, is]) => `${name}=${is ? 1 : 0}`),
		].join(' ');
	};
	it.each([
		['', '', ''],
		['defined(A)', 'A', '!A'],
		['!defined(A)', '!A', 'A'],
		['!!defined A', 'A', '!A'],
		['A', 'A A=1', 'A=0'],
		['!A', 'A=0', 'A A=1'],
		['defined(A) && !defined(B)', 'A !B', ''],
		['defined(A) || defined(B)', '', '!A !B'],
		['!(defined(A) || B)', '!A B=0', ''],
		['A == 1', '', ''],
		['defined(A) && (B || C)', 'A', ''],
		['-A', '', ''],
	])('%s: %j where it holds, %j where it does not', (condition, where, elsewhere) => {
		expect([told(condition, true), told(condition, false)]).toEqual([where, elsewhere]);
	});

	it.each<[string, bigint | undefined]>([
		['0x1F', 31n],
		["1'000u", 1000n],
		['0b11', 3n],
		['010', 8n],
		['08', undefined],
		['018', undefined],
		['0', 0n],
		['1.5', undefined],
		["'a'", 97n],
		["'\\n'", undefined],
		['!0 + 1', 2n],
		['1 ? 2 : 3', 2n],
		['0 ? 2 : 3', 3n],
		['1 ? 2', undefined],
		['(1', undefined],
		['1 2', undefined],
		['1 +', undefined],
		['defined', undefined],
		['defined(ONE', undefined],
		['defined(1)', undefined],
		['defined(ONE) + defined ONE', 2n],
		['ONE', 1n],
		['ONE(2)', undefined],
		['ONE(2) || 1', 1n],
		['ONE((2), 3) * 0 || ONE', 1n],
		['not 0 and 1 or 0', 1n],
		['ONE @ 2', undefined],
		['NEVER', undefined],
		['NEVER && 0', 0n],
		['-NEVER', undefined],
		['~0 + 1', 0n],
		[`${'('.repeat(99)}1${')'.repeat(99)}`, 1n],
		[`${'('.repeat(200)}1${')'.repeat(200)}`, undefined],
		[`1 ${'+ 0'.repeat(600)}`, 1n],
		[`1 ${'+ 0'.repeat(700)}`, undefined],
	])('%s is %s', (text, expected) => {
		const macros: Macros = {
			isDefined: (name) => name === 'ONE' || undefined,
			value: (name) => (name === 'ONE' ? 1n : undefined),
			isTrue: () => undefined,
		};
		expect(numberFor(text, macros)).toBe(expected);
	});

	it('a macro that is known to be other than 0 makes it true', () => {
		const macros: Macros = { isDefined: () => undefined, value: () => undefined, isTrue: (name) => name === 'A' };
		expect(['A', 'B', '!A', 'A && !B'].map((text) => truthOf(text, macros))).toEqual([true, false, false, true]);
	});

	it('compilers and systems exclude each other', () => {
		expect(['_WIN32', '__linux__', 'X'].map(isDefinedForWindows)).toEqual([true, false, undefined]);
		expect(['_MSC_VER', '__GNUC__', 'X'].map(excludedBy)).toEqual([
			['__MINGW32__', '__MINGW64__', '__GNUC__'],
			['_MSC_VER'],
			[],
		]);
		const without = (...names: string[]) => isForNoFamily((name) => !names.includes(name));
		expect([without(), without('_MSC_VER'), without('__GNUC__'), without('_MSC_VER', '__MINGW32__')]).toEqual([
			false,
			false,
			false,
			true,
		]);
	});
});

describe('branches around items', () => {
	it.each<[string, string, readonly string[]]>([
		['Windows and not', `#ifdef _WIN32\n${A}\n#else\n${B}\n#endif`, ['FIONBIO']],
		['not Windows', `#ifndef _WIN32\n${A}\n#else\n${B}\n#endif`, ['FIONREAD']],
		['what windef.h defines', `#ifdef WIN32\n${A}\n#else\n${B}\n#endif`, ['FIONBIO']],
		['without an else', `#if !defined(_WIN32)\n${A}\n#endif\n${B}`, ['FIONREAD']],
		[
			'other systems',
			`#if defined(__linux__) || defined(__APPLE__)\n${A}\n#elif defined(__unix__)\n${B}\n#else\n${C}\n#endif`,
			['SIOCATMARK'],
		],
		['Cygwin is none', `#ifdef __CYGWIN__\n${A}\n#elif defined(__MINGW32__)\n${B}\n#endif`, ['FIONREAD']],
		['Cygwin or Windows', `#if defined(_WIN32) && !defined(__CYGWIN__)\n${A}\n#endif`, ['FIONBIO']],
		[
			'compilers',
			`#if _MSC_VER >= 1400\n${A}\n#elif defined(__MINGW32__)\n${B}\n#else\n${C}\n#endif`,
			['FIONBIO', 'FIONREAD', 'SIOCATMARK'],
		],
		[
			'both families of compilers',
			`#ifdef _MSC_VER\n${A}\n#elif defined(__MINGW32__)\n${B}\n#else\n${C}\n#endif`,
			['FIONBIO', 'FIONREAD'],
		],
		[
			'another compiler of Windows',
			`#ifdef _WIN32\n#if defined(_MSC_VER) || defined(__GNUC__)\n${A}\n#else\n${B}\n#endif\n#endif`,
			['FIONBIO', 'FIONREAD'],
		],
		['names of frameworks', `#ifdef Q_OS_WIN\n${A}\n#elif defined(Q_OS_UNIX)\n${B}\n#else\n${C}\n#endif`, ['FIONBIO']],
		[
			'a compiler within another',
			`#ifdef _MSC_VER\n#ifdef __MINGW32__\n${A}\n#else\n${B}\n#endif\n#endif`,
			['FIONREAD'],
		],
		['either processor', `#ifdef _WIN64\n${A}\n#else\n${B}\n#endif`, ['FIONBIO', 'FIONREAD']],
		[
			'a code that Windows has',
			`#ifdef O_NDELAY\n${A}\n#elif defined(FIONBIO)\n${B}\n#else\n${C}\n#endif`,
			['FIONBIO', 'FIONREAD'],
		],
		['what a project defines', `#ifdef HAVE_X\n${A}\n#else\n${B}\n#endif`, ['FIONBIO', 'FIONREAD']],
		['the same again', `#ifdef HAVE_X\n#ifndef HAVE_X\n${A}\n#else\n${B}\n#endif\n#endif`, ['FIONREAD']],
		['0 and 1', `#if 0\n${A}\n#elif 1\n${B}\n#else\n${C}\n#endif`, ['FIONREAD']],
		['a number of the file', `#define LEVEL 2\n#if LEVEL > 1\n${A}\n#else\n${B}\n#endif`, ['FIONBIO']],
		[
			'a number that may be another',
			`#ifndef LEVEL\n#define LEVEL 2\n#endif\n#if LEVEL > 1\n${A}\n#else\n${B}\n#endif`,
			['FIONBIO', 'FIONREAD'],
		],
		[
			'a name for the system',
			`#if defined(_WIN32)\n#define OS_WIN 1\n#else\n#define OS_POSIX 1\n#endif\n#ifdef OS_POSIX\n${A}\n#endif\n#if OS_WIN\n${B}\n#endif`,
			['FIONREAD'],
		],
		[
			'a name that stands for a condition',
			`#define IS_WIN defined(_WIN32)\n#if IS_WIN\n${A}\n#else\n${B}\n#endif`,
			['FIONBIO'],
		],
		['defined behind', `#ifdef LATE\n${A}\n#endif\n#define LATE 0`, ['FIONBIO']],
		['taken back', `#define X 1\n#undef X\n#if X\n${A}\n#endif`, []],
		['a guard', `#ifndef X_H\n#define X_H\n${A}\n#ifdef X_H\n${B}\n#endif\n#endif`, ['FIONBIO', 'FIONREAD']],
		['defined in a comment', `/*\n#define X 0\n*/\n#ifdef X\n${A}\n#endif`, ['FIONBIO']],
		['over two lines', `#if defined(_WIN32) && \\\n\tdefined(__linux__)\n${A}\n#endif`, []],
		['a macro of windows redefined', `#undef _WIN32\n#ifdef _WIN32\n${A}\n#else\n${B}\n#endif`, ['FIONREAD']],
	])('%s', async (_, text, expected) => {
		expect(await codes(text)).toEqual(expected);
	});
	it('takes C++ for C++', async () => {
		const text = `#ifdef __cplusplus\n${A}\n#else\n${B}\n#endif`;
		expect(await codes(text, 'x.cpp')).toEqual(['FIONBIO']);
		expect(await codes(text, 'x.c')).toEqual(['FIONBIO', 'FIONREAD']);
	});
});

const inside = (text: string) =>
	`int f(SOCKET s, u_long n)\n{\n${text}\n}\nvoid g(SOCKET s, u_long n) { ioctlsocket(s, SIOCATMARK, &n); }`;

describe('branches within items', () => {
	it.each<[string, string, readonly string[]]>([
		[
			'compilers',
			inside(
				'#if defined(_MSC_VER) || defined(__MINGW32__)\nioctlsocket(s, FIONBIO, &n);\n#else\nioctlsocket(s, FIONREAD, &n);\n#endif',
			),
			['FIONBIO', 'SIOCATMARK'],
		],
		[
			'statements',
			inside('#ifdef _WIN32\nioctlsocket(s, FIONBIO, &n);\n#else\nioctlsocket(s, FIONREAD, &n);\n#endif'),
			['FIONBIO', 'SIOCATMARK'],
		],
		[
			'arguments',
			inside('ioctlsocket(s,\n#ifdef __linux__\nFIONREAD\n#else\nFIONBIO\n#endif\n, &n);'),
			['FIONBIO', 'SIOCATMARK'],
		],
		[
			'heads',
			inside(
				'#ifdef _WIN32\nif (ioctlsocket(s, FIONBIO, &n)) {\n#else\nif (ioctlsocket(s, FIONREAD, &n)) {\n#endif\nreturn 1; }',
			),
			['FIONBIO', 'SIOCATMARK'],
		],
		[
			'an expression',
			inside('return n ||\n#ifndef _WIN32\nioctlsocket(s, FIONREAD, &n) ||\n#endif\nioctlsocket(s, FIONBIO, &n);'),
			['FIONBIO', 'SIOCATMARK'],
		],
		[
			'either',
			inside(
				'#ifdef HAVE_X\nioctlsocket(s, FIONBIO, &n);\n#elif defined(__APPLE__)\nioctlsocket(s, SIO_RCVALL, &n);\n#else\nioctlsocket(s, FIONREAD, &n);\n#endif',
			),
			['FIONBIO', 'FIONREAD', 'SIOCATMARK'],
		],
		[
			'either, behind another system',
			inside(
				'#ifdef __APPLE__\nint broken(\n#elif defined(HAVE_X)\nioctlsocket(s, FIONBIO, &n);\n#else\nioctlsocket(s, FIONREAD, &n);\n#endif',
			),
			['FIONBIO', 'FIONREAD', 'SIOCATMARK'],
		],
		[
			'the rest',
			inside(
				'#if HAVE_X\nioctlsocket(s, FIONBIO, &n);\n#elif defined(_WIN32)\nioctlsocket(s, FIONREAD, &n);\n#else\nioctlsocket(s, SIO_RCVALL, &n);\n#endif',
			),
			['FIONBIO', 'FIONREAD', 'SIOCATMARK'],
		],
		[
			'a header that may be there',
			inside('#if __has_include(<afunix.h>)\nioctlsocket(s, FIONBIO, &n);\n#endif'),
			['FIONBIO', 'SIOCATMARK'],
		],
		[
			'text of another language',
			inside("#if 0\nisn't C at all: {{{\n#endif\nioctlsocket(s, FIONBIO, &n);"),
			['FIONBIO', 'SIOCATMARK'],
		],
		[
			'in a comment and a string',
			inside('/*\n#if 0\n*/\nchar *t = "\\\n#if 0";\nioctlsocket(s, FIONBIO, &n);'),
			['FIONBIO', 'SIOCATMARK'],
		],
	])('%s', async (_, text, expected) => {
		expect(await codes(text)).toEqual(expected);
	});
	it('follows values through what is compiled', async () => {
		const text = inside(
			'DWORD code = FIONREAD;\n#ifdef _WIN32\ncode = FIONBIO;\n#else\ncode = 1;\n#endif\nWSAIoctl(s, code, &n, sizeof n, 0, 0, &n, 0, 0);',
		);
		const { calls } = await checked(checker, { name: 'x.c', text });
		expect(calls[0]?.code.entry?.name).toBe('FIONBIO');
	});
	it('takes the definitions that Windows takes', async () => {
		const text = `#ifdef _WIN32\ntypedef struct { DWORD a, b, c; } T;\n#else\ntypedef struct { long a; } T;\n#endif\n${inside('T t;\nWSAIoctl(s, SIO_KEEPALIVE_VALS, &t, sizeof t, 0, 0, &n, 0, 0);')}`;
		const { calls } = await checked(checker, { name: 'x.c', text });
		expect(calls[0]?.input?.length).toEqual({ kind: 'known', values: [{ x86: 12, x64: 12, arm64: 12 }] });
	});
});

describe('files that make the functions themselves', () => {
	const made = 'int ioctlsocket(SOCKET s, long cmd, u_long *argp) { return ioctl(s, cmd, argp); }\n';
	it.each<[string, string, readonly string[]]>([
		['with numbers of their own', `#define FIONBIO 0x5421\n${made}${A}`, []],
		['with the numbers of Windows', `${made}${A}`, ['FIONBIO']],
		[
			'numbers of their own alone',
			`#define FIONBIO 0x5421\nint ioctlsocket(SOCKET s, long cmd, u_long *argp);\n${A}`,
			['FIONBIO'],
		],
	])('%s', async (_, text, expected) => {
		expect(await codes(text)).toEqual(expected);
	});
});

describe('edits of conditions', () => {
	const texts = [
		['#define X 0\n', '#define X 1\n', '', '#undef X\n', '#ifdef __linux__\n#define X 1\n#endif\n'],
		['#if X\n', '#ifndef X\n', '#ifdef _WIN32\n', '#ifdef __linux__\n', '#if 0\n'],
		[
			`${A}\n#define CODE FIONREAD\nstruct t { DWORD a; };\n`,
			`struct t { DWORD a, b, c; };\n#pragma pack(push, 1)\n#define Y 1\n`,
		],
		['#else\n', '#elif defined(Y)\n'],
		[
			`struct t { char c; DWORD a; };\nint my(SOCKET s, long c, u_long *p) { return ioctlsocket(s, c, p); }\n#define CODE FIONBIO\n`,
		],
		['#endif\n'],
		[
			'void g(SOCKET s, u_long n) {\nstruct t t;\n#if X\nioctlsocket(s, CODE, &n);\n#else\nmy(s, FIONREAD, &n);\n#endif\nWSAIoctl(s, SIO_KEEPALIVE_VALS, &t, sizeof t, 0, 0, &n, 0, 0);\n}\n',
		],
	];
	it('end where a fresh check does, whatever led there', async () => {
		const at = texts.map(() => 0);
		const text = () => texts.map((choices, i) => choices[at[i] ?? 0]).join('');
		const shown = async (document?: { key: string }) => {
			const { calls, findings } = await checked(checker, { name: 'x.c', text: text() }, {}, document);
			return {
				calls: calls.map(({ start, code, input }) => ({ start, code: code.values, length: input?.length })),
				findings: findings.map(({ rule, start, end, message }) => ({ rule, start, end, message })),
			};
		};
		let seed = 7;
		for (let step = 0; step < 150; step++) {
			seed = (seed * 1103515245 + 12345) % 2147483648;
			const part = (seed >> 8) % texts.length;
			at[part] = (seed >> 16) % (texts[part]?.length ?? 1);
			expect(await shown({ key: 'kept' }), text()).toEqual(await shown());
		}
		checker.forget('kept');
	});
	it('notices a line that moves past a condition', async () => {
		const [define, block] = ['#define X 0\n', `#if X\n${A}\n#endif\n`];
		const document = { key: 'moved' };
		const calls = async (text: string) => (await checked(checker, { name: 'x.c', text }, {}, document)).calls.length;
		expect([await calls(define + block + B), await calls(block + define + B), await calls(define + block + B)]).toEqual(
			[1, 2, 1],
		);
		checker.forget('moved');
	});
});

describe('targets', () => {
	const size = (body: string) =>
		`int f(SOCKET s, DWORD n)\n{\n\tGUID g = WSAID_CONNECTEX; void *fn;\n${body}\n\treturn 0;\n}\n`;
	const ask = (bytes: number) =>
		`WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &g, sizeof g, &fn, ${bytes}, &n, NULL, NULL);`;
	it.each<[string, string, readonly string[]]>([
		['either', size(`${ask(4)}`), ['pointer-sized-literal']],
		['each its own', size(`#ifdef _WIN64\n${ask(8)}\n#else\n${ask(4)}\n#endif`), []],
		[
			'each the other',
			size(`#ifndef _WIN64\n${ask(8)}\n#else\n${ask(4)}\n#endif`),
			['size-exceeds-object', 'pointer-sized-literal'],
		],
		[
			'by the compiler',
			size(`#if defined(_M_X64) || defined(__x86_64__)\n${ask(8)}\n#elif defined(_M_IX86)\n${ask(4)}\n#endif`),
			[],
		],
		['around the function', `#if !defined(_WIN64)\n${size(ask(4))}#endif\n`, []],
		['around the function, the others', `#if defined(_WIN64)\n${size(ask(4))}#endif\n`, ['pointer-sized-literal']],
		['one of several', size(`#ifdef _WIN64\n#ifdef _M_ARM64\n${ask(4)}\n#endif\n#endif`), ['pointer-sized-literal']],
	])('%s', async (_, text, expected) => {
		const { findings } = await checked(checker, { name: 'x.c', text });
		expect(findings.map(({ rule }) => rule).filter((rule) => rule !== 'unused-result')).toEqual(expected);
	});
});

describe('branches between arguments', () => {
	const sized = (size: string, after = 'NULL, 0, &n, NULL, NULL') =>
		`void f(SOCKET s)\n{\nDWORD n; struct tcp_keepalive k = { 1, 5000, 1000 };\nWSAIoctl(s, SIO_KEEPALIVE_VALS, &k,${size}\n${after});\n}\n`;
	const either = (a: string, b: string) => `\n#ifdef HAVE_X\n${a}\n#else\n${b}\n#endif\n`;
	it.each<[string, string, readonly (number | undefined)[], readonly string[]]>([
		['the same', sized(either('sizeof(k),', 'sizeof k,')), [12], []],
		['both wrong', sized(either('sizeof(&k),', '8,')), [4, 8], ['input-too-small']],
		['one wrong', sized(either('sizeof(&k),', 'sizeof(k),')), [4, 12], []],
		['by the processor', sized('\n#ifdef _WIN64\n12,\n#else\n12,\n#endif\n'), [12], []],
		['without an else', sized('12\n#ifdef HAVE_X\n- 1\n#endif\n,'), [11, 12], []],
		['several', sized(`${either('4', '8')}+${either('0', '1')},`), [4, 5, 8, 9], ['input-too-small']],
		['one within another', sized(either('#if HAVE_Y\n4,\n#else\n5,\n#endif', '6,')), [4, 5, 6], ['input-too-small']],
		['too many', sized(`${either('1', '2')}${'+\n#if HAVE_Y\n1\n#else\n2\n#endif\n'.repeat(3)},`), [undefined], []],
		[
			'the end',
			sized('\n#if HAVE_X\n4,\n#else\n8,\n#endif\n', either('0, 0, &n, 0, 0', '0, 0, &n, 0, 0')),
			[4, 8],
			['input-too-small'],
		],
		['other counts', sized('8,\n#ifdef HAVE_X\nsome, more,\n#endif'), [8], ['input-too-small']],
	])('%s', async (_, text, sizes, rules) => {
		const { calls, findings } = await checked(checker, { name: 'x.c', text });
		const length = calls[0]?.input?.length;
		const known = length?.kind === 'known' ? length.values.map(({ x86 }) => x86) : [undefined];
		expect([calls.length, known.sort((a = 0, b = 0) => a - b)]).toEqual([1, sizes]);
		expect(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual(rules);
	});
	it.each<[string, string, readonly string[]]>([
		['codes', 'ioctlsocket(s,\n#ifdef HAVE_X\nFIONBIO\n#else\nFIONREAD\n#endif\n, &n);', ['FIONBIO']],
		[
			'whole calls',
			'if (\n#ifdef HAVE_X\nioctlsocket(s, FIONBIO, &n)\n#elif HAVE_Y\nioctlsocket(s, FIONREAD, &n)\n#else\n0\n#endif\n) n = 0;',
			['FIONBIO', 'FIONREAD'],
		],
		[
			'ends of conditions',
			'if (ioctlsocket(s, FIONBIO, &n)\n#ifdef HAVE_X\n) {\n#else\n&& n) {\n#endif\nioctlsocket(s, FIONREAD, &n); }',
			['FIONBIO', 'FIONREAD'],
		],
		[
			'a word',
			'log(n\n#ifdef HAVE_X\n, 1\n#else\n, "ioctlsocket"\n#endif\n); ioctlsocket(s, FIONBIO, &n);',
			['FIONBIO'],
		],
	])('%s', async (_, text, expected) => {
		expect(await codes(inside(text))).toEqual([...expected, 'SIOCATMARK']);
	});
	it('says nothing of what a branch declares that is not read', async () => {
		const text = inside(
			'#if HAVE_X\nif (n) { n = 1;\n#else\nif (s) { char n = 1; ioctlsocket(s, FIONREAD, &n);\n#endif\n}',
		);
		const { calls, findings } = await checked(checker, { name: 'x.c', text });
		expect([calls[0]?.output?.pointer.object, findings.filter(({ call }) => call === calls[0])]).toEqual([
			undefined,
			[],
		]);
	});
	it('takes what it sets for unknown', async () => {
		const text = inside(
			'DWORD z = 4; char k[12];\n#if HAVE_X\nif (n) {\n#else\nz = 12; if (s) {\n#endif\n}\nWSAIoctl(s, SIO_KEEPALIVE_VALS, k, z, 0, 0, &n, 0, 0);',
		);
		const { calls } = await checked(checker, { name: 'x.c', text });
		expect(calls[0]?.input?.length.kind).toBe('unknown');
	});
	it('knows what stands behind an else that may be left out', async () => {
		const text = inside(
			'if (n) n = 1;\n#ifdef HAVE_X\nelse if (s) n = 2;\n#endif\nelse n = 3;\nstruct tcp_keepalive k = { 1, 5000, 1000 };\nWSAIoctl(s, SIO_KEEPALIVE_VALS, &k, sizeof k, 0, 0, &n, 0, 0);',
		);
		const { calls } = await checked(checker, { name: 'x.c', text });
		expect(calls[0]?.input?.length).toEqual({ kind: 'known', values: [{ x86: 12, x64: 12, arm64: 12 }] });
	});
	it('takes all that is written in any of them for written', async () => {
		const text = 'u_long on, x; set(\n#ifdef HAVE_X\n&x\n#else\n&on\n#endif\n); ioctlsocket(s, FIONBIO, &on);';
		const { findings } = await checked(checker, { name: 'x.c', text: inside(text) });
		expect(findings.map(({ rule }) => rule)).not.toContain('input-uninitialised');
		const none = inside('u_long on; ioctlsocket(s, FIONBIO, &on);');
		expect((await checked(checker, { name: 'x.c', text: none })).findings.map(({ rule }) => rule)).toContain(
			'input-uninitialised',
		);
	});
});

describe('what is left of a text with branches in it', () => {
	/** `T` is always compiled, `F` never. Blanks and lines are seen in what comes out. */
	const ask = (condition: string) => ({ T: true, F: false })[condition];
	const shown = (text: string) => text.replaceAll(' ', '·').replaceAll('\n', '/');

	it.each<[string, string, string, string]>([
		['#if F\na\n#endif\nb', '·····/·/······/b', '', ''],
		['#if T\na\n#endif\nb', '·····/a/······/b', '', ''],
		['#if A\na\n#endif\nb', '#if·A/a/#endif/b', '', ''],
		['#if F\na\n#else\nb\n#endif', '·····/·/·····/b/······', '', ''],
		['#if T\na\n#else\nb\n#endif', '·····/a/·····/·/······', '', ''],
		['#if A\na\n#else\nb\n#endif', '#if·A/a/#else/b/#endif', '', ''],
		['#if F\na\n#elif T\nb\n#else\nc\n#endif', '·····/·/·······/b/·····/·/······', '', ''],
		['#if F\na\n#elif A\nb\n#else\nc\n#endif', '·····/·/#if···A/b/#else/c/#endif', '', ''],
		['#if A\na\n#elif T\nb\n#else\nc\n#endif', '#if·A/a/#else··/b/·····/·/#endif', '', ''],
		['#if A\na\n#elif F\nb\n#else\nc\n#endif', '#if·A/a/·······/·/#else/c/#endif', '', ''],
		['#if T\na\n#elif A\nb\n#endif', '·····/a/·······/·/······', '', ''],
		['#if A\na\n#elif B\nb\n#endif', '#if·A/a/#elif·B/b/#endif', '', ''],
		['#if F\na\n#elif F\nb\n#endif', '·····/·/·······/·/······', '', ''],
		['#if F\n#elifdef A\nb\n#endif', '·····/#ifdef···A/b/#endif', '', ''],
		['#if A\n#if F\na\n#endif\n#if T\nb\n#endif\n#endif', '#if·A/·····/·/······/·····/b/······/#endif', '', ''],
		['#if F\n#if T\na\n#endif\n#endif b', '·····/·····/·/······/········', '', ''],
		['#if T\n#if A\na\n#else\nb\n#endif\n#endif', '·····/#if·A/a/#else/b/#endif/······', '', ''],
		['#if __has_include("x")\na\n#endif', '#if·2·················/a/#endif', '', ''],
		['#if F\n#elif A < "b"\nc\n#endif', '·····/#if···2······/c/#endif', '', ''],
		['#ifdef A$\nb\n#endif', '#ifdef·A$/b/#endif', '', ''],
		['f(\n#if A\na\n#else\nb\n#endif\n)', 'f(/·····/a/·····/·/······/)', 'f(/·····/a/·····/b/······/)', 'a/|b/'],
		['f(\n#if A\na\n#endif\n)', 'f(/·····/a/······/)', '', 'a/|'],
		[
			'f(\n#if A\na\n#elif T\nb\n#else\nc\n#endif\n)',
			'f(/·····/a/·······/·/·····/·/······/)',
			'f(/·····/a/·······/b/·····/·/······/)',
			'a/|b/',
		],
		['f(\n#if T\na\n#else\nb\n#endif\n)', 'f(/·····/a/·····/·/······/)', '', ''],
		[
			'f(\n#if F\na\n#elif A\nb\n#elif B\nc\n#endif\n)',
			'f(/·····/·/·······/b/·······/·/······/)',
			'f(/·····/·/·······/b/·······/c/······/)',
			'b/|c/|',
		],
		['f(a)\n#if A\nb\n#endif', 'f(a)/#if·A/b/#endif', '', ''],
		['{ f( {\n#if A\nb\n#endif\n} )', '{·f(·{/#if·A/b/#endif/}·)', '', ''],
		[
			'f(\n#if A\n(a\n#else\n(b\n#endif\n))\n#if B\nc\n#endif',
			'f(/·····/(a/·····/··/······/))/#if·B/c/#endif',
			'f(/·····/(a/·····/(b/······/))/#if·B/c/#endif',
			'(a/|(b/',
		],
		['f( )) (\n#if A\na\n#endif', 'f(·))·(/·····/a/······', '', 'a/|'],
		['f("("); \'(\'; // (\n/* ( */\n#if A\na\n#endif', 'f("(");·\'(\';·//·(//*·(·*//#if·A/a/#endif', '', ''],
		['R"x(")x" (\n#if A\na\n#endif', 'R"x(")x"·(/·····/a/······', '', 'a/|'],
		["1'000 (\n#if A\na\n#endif", "1'000·(/·····/a/······", '', 'a/|'],
		['a #if F\nb\n#endif', 'a·#if·F/b/#endif', '', ''],
		['"\\\n#if F\n" b\n#endif', '"\\/#if·F/"·b/#endif', '', ''],
		['/*\n#if F\n*/ a', '/*/#if·F/*/·a', '', ''],
		['// \\\n#if F\nb', '//·\\/#if·F/b', '', ''],
		['#define A #if F\nb\n#if F\nc\n#endif', '#define·A·#if·F/b/·····/·/······', '', ''],
		['#ifx F\na\n#endif', '#ifx·F/a/#endif', '', ''],
		['#if F\na', '#if·F/a', '', ''],
		['#endif\n#else\na #if F', '#endif/#else/a·#if·F', '', ''],
		['#  if F\na\n#  endif', '·······/·/········', '', ''],
		['#if F // "\na\n#endif "', '··········/·/········', '', ''],
		['#if A\na\n#else\n#if F\nb\n#endif\n#endif', '#if·A/a/#else/·····/·/······/#endif', '', ''],
		[
			'g(\n#if A\na\n#if B\nb\n#else\nc\n#endif\n#endif\n)',
			'g(/·····/a/·····/b/·····/·/······/······/)',
			'g(/·····/a/·····/b/·····/c/······/······/)',
			'a/#if·B/b/#else/c/#endif/| & b/|c/',
		],
		['} f(\n#if A\na\n#endif\n)', '}·f(/·····/a/······/)', '', 'a/|'],
		[
			'f(\n#if A\n{\n#else\n{\n#endif\n#if B\nb\n#endif\n})',
			'f(/·····/{/·····/·/······/#if·B/b/#endif/})',
			'f(/·····/{/·····/{/······/#if·B/b/#endif/})',
			'{/|{/',
		],
	])('%j: %s', (given, first, every, branches) => {
		const { text, whole, forks } = compiled(given, undefined, ask);
		expect([shown(text), shown(whole)]).toEqual([first, every || first]);
		const told = forks.map((fork) => fork.branches.map(({ start, end }) => shown(given.slice(start, end))).join('|'));
		expect(told.join(' & ')).toBe(branches);
	});

	it.each([
		['//a\nb', 0, 3],
		['/*a*/b', 0, 5],
		['/*/b', 0, 4],
		['/*a', 0, 3],
		['R"(")"b', 1, 6],
		['aR"("b)', 2, 5],
		['LR"(")"b', 2, 7],
		['u8R"(")"b', 3, 8],
		["1'0", 1, 2],
		["'a'b", 0, 3],
		['"a"b', 0, 3],
		['R"a b"c', 1, 2],
	])('%j is passed over from %i to %i', (text, from, end) => {
		expect(endOfOther(text, from, /^\/[/*]/.exec(text)?.[0] ?? text.charAt(from))).toBe(end);
	});
});
