/** What the text around a name tells before anything is parsed: never less than what a parse finds. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { CFile } from '../../server/src/languages/c/file.ts';
import {
	mayDeclareFunction,
	mayDefineMacro,
	mayDefineType,
	mayNameInMacro,
	mayWriteInMacro,
} from '../../server/src/languages/c/mayDeclare.ts';
import { mayWrite } from '../../server/src/languages/c/uses.ts';
import { holdsWord, WordIndex } from '../../server/src/languages/c/wordIndex.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';

const GRAMMAR = { c: 'tree-sitter-c.wasm', cpp: 'tree-sitter-cpp.wasm' };
const trees = new Trees(nodeEngine(import.meta.dirname));
beforeAll(async () => {
	for (const grammar of Object.values(GRAMMAR)) await trees.ready(grammar);
});

/** Each text, and the words that a parse finds something of. */
const TEXTS = [
	'typedef struct _A { DWORD a; struct B { int c; } *b, d; } A, *PA, AA[3];',
	'typedef DWORD (WINAPI *PFN)(HANDLE h, LPVOID *p);',
	'typedef int F(int), G;',
	'struct /* tagged */ T { int x; };',
	'struct __attribute__((packed)) P\n{ int x; };',
	'enum E { E_ONE, E_TWO = 2 }; enum E e;',
	'typedef enum { F_ONE } F_KIND;',
	'#define ONE 1\n',
	'# \tdefine TWO(x) \\\n\t((x) + ONE)\n',
	'#define /* why */ THREE /* and\nso */ (ONE + x)\n',
	'#define SETS x = 1\n',
	'#define COUNTS(a) \\\n\t(a \\\n++, b)\n',
	'#define HANDS_ON f(& /* so */ x)\n',
	'int f(int a, struct S *s), (*g)(int);',
	'static DWORD WINAPI h (LPVOID p);',
	'void k /* no */ (void);',
	'#if A\n#define IN_A ONE\nstruct IN_A_S { int x; };\n#else\ntypedef int IN_B;\n#endif\n',
	...['\t', '\n', '\v', '\f', '\r\n', ' \\\n', ' \\\r\n'].flatMap((blank) => [
		`struct${blank}A${blank}{ int a; };`,
		`typedef struct${blank}{ int a; }${blank}A${blank},${blank}*B${blank};`,
		`typedef${blank}int${blank}A${blank};`,
		`int f${blank}(void);`,
	]),
	'N_A;typedef int a_Z;',
	'#define A \\\r\n\tx = 1\r\n',
	'#define A(b) \\\n\tb; \\\n\tx = 1\n',
	'typedef int (*A)(int (*a)(int), B b);',
];
const CPP = [
	'using U = int;',
	'class EXPORTED C final : public D { typedef int I; };',
	'template <> struct X<int> { enum class K : int { A }; };',
	'namespace n { struct N; struct M { int m; }; int f(M &); }',
];

describe('what may be declared', () => {
	it.each([...TEXTS.map((text) => ['c', text] as const), ...CPP.map((text) => ['cpp', text] as const)])(
		'is no less than a parse finds (%s): %s',
		(language, text) => {
			const file = new CFile(text, language === 'cpp', {
				included: [],
				functions: {},
				catalog: Catalog.builtin,
				parse: (part) => trees.parse(GRAMMAR[language], part),
			});
			const missed = file.parts.flatMap((unit) => [
				...[...unit.types.keys()].filter((name) => !mayDefineType(unit.text, name)),
				...[...unit.functions].filter((name) => !mayDeclareFunction(unit.mentioning, name)),
				...[...unit.macros].flatMap(([name, texts]) => [
					...(mayDefineMacro(unit.text, name) ? [] : [name]),
					...texts.flatMap(({ body }) =>
						(body.match(/[A-Za-z_]\w*/g) ?? []).filter(
							(w) => !mayNameInMacro(unit.text, w) || (mayWrite(body, w) && !mayWriteInMacro(unit, w)),
						),
					),
				]),
			]);
			file.free();
			expect(missed).toEqual([]);
		},
	);

	it('is not what is only used', () => {
		expect(mayDefineType('typedef DWORD (WINAPI *PFN)(HANDLE h, LPVOID *p);', 'DWORD')).toBe(false);
		expect(mayDefineType('typedef DWORD (WINAPI *PFN)(HANDLE h, LPVOID *p);', 'LPVOID')).toBe(false);
		expect(mayDefineType('struct S { DWORD a; HANDLE *b; };', 'HANDLE')).toBe(false);
		expect(mayDefineType('DWORD f(DWORD x);', 'DWORD')).toBe(false);
		expect(mayDefineMacro('#define ONE TWO\n', 'TWO')).toBe(false);
		expect(mayNameInMacro('#define ONE TWO\nint x;', 'x')).toBe(false);
		expect(mayDeclareFunction('int f(int a, int b);', 'a')).toBe(false);
		expect(mayWriteInMacro({ text: '#define ONE (x == y)\n', kind: 'directive' }, 'x')).toBe(false);
	});
});

/** Each text, a name, and whether a type, a macro, a name in a macro or a function may be meant. */
it.each([
	['typedef N x;', 'N', ''],
	['typedef N *x;', 'N', ''],
	['typedef N (*x)(void);', 'N', 'function'],
	['typedef const\tN x;', 'N', ''],
	['typedef const \\\n N x;', 'N', ''],
	['typedef int N;', 'N', 'type'],
	['typedef int x, N;', 'N', 'type'],
	['typedef int x[3], *N;', 'N', 'type'],
	['typedef int (*N)(void);', 'N', 'type'],
	['typedef int x(int a, N b);', 'N', ''],
	['typedef int x(N, int);', 'N', ''],
	['typedef int x(N *a);', 'N', ''],
	['typedef int x(int (*a)(int), N b);', 'N', ''],
	['typedef int x(int a), N b;', 'N', 'type'],
	['typedef int (N);', 'N', 'type'],
	['struct N { int a; };', 'N', 'type'],
	['struct x { N a; };', 'N', ''],
	['struct x { int a; N b; };', 'N', ''],
	['class x N final { };', 'N', 'type'],
	['class x N finally { };', 'N', ''],
	['int N;', 'N', ''],
	['N', 'N', ''],
	['N(int a);', 'N', 'function'],
	['int N\t\n(int a);', 'N', 'function'],
	['int x(N);', 'N', ''],
	['int N_(void);', 'N', ''],
	['#define N 1\n', 'N', 'macro, named'],
	['#\tdefine \\\n N 1\n', 'N', 'macro, named'],
	['#define/**/N 1\n', 'N', 'macro, named'],
	['#define x N\n', 'N', 'named'],
	['#define x \\\n N\n', 'N', 'named'],
	['#define x \\\r\n N\r\n', 'N', 'named'],
	['#define x /*\n*/ N\n', 'N', 'macro, named'],
	['#define x\nN y;\n', 'N', ''],
	['#define x\r\nN y;\r\n', 'N', ''],
	['\n\\\nN #define x\n', 'N', ''],
	['\nN', 'N', ''],
	['#undef N\n', 'N', ''],
])('in %j %s may be a %s', (text, name, expected) => {
	const kinds = {
		type: mayDefineType(text, name),
		macro: mayDefineMacro(text, name),
		named: mayNameInMacro(text, name),
		function: mayDeclareFunction(text, name),
	};
	const told = Object.entries(kinds).flatMap(([kind, may]) => (may ? kind : []));
	expect(told.join(', ')).toBe(expected);
	// Of a text that is too long everything may be.
	const long = `${text}${' '.repeat(9000)}`;
	expect([mayDefineMacro(long, name), mayNameInMacro(long, name), mayDeclareFunction(long, name)]).not.toContain(false);
});

describe('the index of words', () => {
	const unit = (mentioning: string) => ({ mentioning });

	it('finds whole words, and a number that runs into one is no part of it', () => {
		expect(['ab', '12ab', 'xab', 'ab_', 'a', ''].map((text) => holdsWord(text, 'ab'))).toEqual([
			true,
			true,
			false,
			false,
			false,
			false,
		]);
		expect(holdsWord('a', '')).toBe(false);
	});

	it('gives what mentions a word, whatever came and went', () => {
		const units = Array.from({ length: 3000 }, (_, i) => unit(`word${i} word${i % 7} int x; word${i}`));
		const index = new WordIndex(units);
		expect(index.of('word2999')).toEqual([units[2999]]);
		expect(index.of('word3').length).toBe(429);
		expect(index.of('word')).toEqual([]);
		expect(index.of('n::word3')).toEqual([]);
		for (const gone of units.slice(0, 2990)) index.delete(gone);
		expect(new Set(index.of('word3'))).toEqual(new Set([units[2992], units[2999]]));
		const late = unit('word3 word3');
		index.add(late);
		expect(index.of('word3')).toContain(late);
	});
});
