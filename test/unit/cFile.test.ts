/** What a C or C++ file declares and what its names mean, for itself and for the files that include it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { evaluateCode } from '../../server/src/languages/c/evaluate/numbers.ts';
import { lookupFrom } from '../../server/src/languages/c/evaluate/types.ts';
import { CFile } from '../../server/src/languages/c/file.ts';
import type { Definition } from '../../server/src/languages/c/model.ts';
import type { CUnit } from '../../server/src/languages/c/unit.ts';
import type { Included, LanguageEnv } from '../../server/src/languages/language.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';
import type { CType } from '../../server/src/types/ctype.ts';
import { sizeOf, typeText } from '../../server/src/types/layout.ts';

const GRAMMAR = { c: 'tree-sitter-c.wasm', cpp: 'tree-sitter-cpp.wasm' };
const trees = new Trees(nodeEngine(import.meta.dirname));
beforeAll(async () => {
	for (const grammar of Object.values(GRAMMAR)) await trees.ready(grammar);
});

const envFor = (grammar: string): LanguageEnv => ({
	included: [],
	functions: {},
	catalog: Catalog.builtin,
	parse: (text) => trees.parse(grammar, text),
});
const ENV = { c: envFor(GRAMMAR.c), cpp: envFor(GRAMMAR.cpp) };
type Headers = Readonly<Record<string, string>>;

/** A file that may include headers, which may include each other, by their names. */
function open(text: string, language: 'c' | 'cpp', headers: Headers = {}): CFile {
	const env = ENV[language];
	const lists = new Map(Object.keys(headers).map((name): [string, Included[]] => [name, []]));
	const files = new Map(
		[...lists].map(([name, included]) => [
			name,
			new CFile(headers[name] ?? '', language === 'cpp', { ...env, included }),
		]),
	);
	const includedBy = (source: string): Included[] =>
		[...source.matchAll(/#include "(.*?)"/g)].flatMap(([, as = '']) => {
			const file = files.get(as);
			return file ? [{ as, file }] : [];
		});
	for (const [name, included] of lists) included.push(...includedBy(headers[name] ?? ''));
	return new CFile(text, language === 'cpp', lists.size === 0 ? env : { ...env, included: includedBy(text) });
}

const list = (names: Iterable<string>): string => [...names].join(' ');

/** What each item declares; `{}` is behind those of which only the head does. */
function declared(text: string, language: 'c' | 'cpp'): string {
	const file = open(text, language);
	const told = file.parts.map((unit) => {
		const { types, macros, enumerators, functions } = unit;
		const isKnown = (name: string) => [types, macros, enumerators, functions].some((names) => names.has(name));
		const others = [...unit.declares()].filter((name) => !isKnown(name));
		const all = { types: types.keys(), macros: macros.keys(), enumerators: enumerators.keys(), functions, others };
		const lines = Object.entries(all).flatMap(([kind, names]) => {
			const line = list(names);
			return line ? [`${kind} ${line}`] : [];
		});
		return `${lines.join(', ')}${unit.isHeadOnly ? ' {}' : ''}`;
	});
	file.free();
	return told.filter(Boolean).join(' | ');
}

const values = (definitions: readonly Definition[] | undefined): string =>
	definitions
		? `[${definitions.map(({ expr, scope }) => evaluateCode(expr, scope)?.join('/') ?? '?').join(', ')}]`
		: '-';
const mark = (is: boolean): string => (is ? 'yes' : 'no');

const QUESTIONS: Readonly<Record<string, (file: CFile, name: string) => string>> = {
	type: (file, name) => {
		const type = file.typeByName(name);
		const told = (one: CType): string =>
			one.kind === 'unknown'
				? `${(one.variants ?? []).map(told).join(' or ')}?`
				: `${typeText(one)} ${sizeOf(one, lookupFrom(file.fileScope))?.x64 ?? '?'}`;
		return type ? told(type) : '-';
	},
	macro: (file, name) =>
		file
			.macroTexts(name)
			.map(({ parameters, body }) => `${parameters ? `(${parameters.join()}) ` : ''}${body}`)
			.join(' | '),
	value: (file, name) => values(file.macro(name)),
	constant: (file, name) => values(file.fileScope.constant(name)),
	code: (file, name) => values(file.macroValue(name)),
	call: (file, name) =>
		file
			.macroFunction(name)
			?.map(({ parameters, body }) => `(${parameters.join()}) ${body.kind}`)
			.join(' | ') ?? '-',
	enumerator: (file, name) => values(file.enumerator(name)),
	variable: (file, name) => {
		const found = file.fileVariable(name) ?? file.includedVariable(name);
		return found ? `${typeText(found.type)} ${values(found.reaching())}` : '-';
	},
	'never written': (file, name) => mark(file.isNeverWritten(name)),
	function: (file, name) =>
		[
			file.declaresFunction(name) ? 'declared' : '',
			file.definesFunction(name) ? 'defined' : '',
			file.takesValues(name) ? 'values' : '',
			file.helper(name).length || '',
		]
			.filter(Boolean)
			.join(' '),
	returning: (file, name) => {
		const found = file.returning(name);
		return found ? `(${found.parameters.join()}) ${found.body.kind}` : '-';
	},
	'written in': (file, name) => list(file.macrosWriting(name)),
	specialised: (file, name) => mark(file.isSpecialised(name)),
	includes: (file) => file.includes.map(({ name, quoted }) => (quoted ? `"${name}"` : `<${name}>`)).join(' '),
	inclusion: (file) => {
		const { names, lines, start } = file.inclusion();
		return `${list(names)}; ${lines.map(({ name, end, isConditional }) => `${name}${isConditional ? '?' : ''} ${end}`).join(', ')}; ${start}`;
	},
	version: (file) => JSON.stringify(file.version) ?? '-',
	words: (file, name) =>
		file
			.occurrences((word) => word === name)
			.map(({ start, end }) => `${start}-${end}`)
			.join(' '),
	packs: (file) => file.parts.map((unit) => file.packAt(unit, unit.text.length) ?? '-').join(' '),
	'packs in front': (file) => file.parts.map((unit) => file.packAt(unit, 0) ?? '-').join(' '),
	cursor: (file, word) => {
		const at = file.text.lastIndexOf(word) + word.length;
		const told = () => {
			const site = file.siteAt(at);
			return site ? `${site.site.api} ${site.at}` : '-';
		};
		return `${file.placeAt(at)}: ${told()}, ${told()}`;
	},
	places: (file, name) =>
		file
			.macroPlaces(name)
			.map(({ file: at, start, end }) => `${at === file ? '' : 'included '}${start} ${at.text.slice(start, end)}`)
			.join(', '),
	compiled: (file) =>
		file.parts.map((unit) => (unit.isDisabled ? '-' : unit.plain.replace(/\s+/g, ' ').trim())).join(' | '),
	parts: (file) => file.parts.map((unit) => `${unit.place(0)} ${unit.text.replace(/\s+/g, ' ')}`).join(' | '),
	heads: (file) => file.parts.map((unit) => unit.head.replace(/\s+/g, ' ').trim()).join(' | '),
	mentions: (file) => file.parts.map((unit) => list(unit.mentions)).join(' | '),
	codes: (file) =>
		file
			.definedCodes()
			.map(({ name, value }) => `${name} ${value}`)
			.join(' '),
	certain: (file) =>
		file
			.includedLeading()
			.map(({ isCertain }) => mark(isCertain))
			.join(' '),
};

/** The answer of a file to a question and the name behind it. */
function asked(question: string, text: string, language: 'c' | 'cpp', headers: Headers = {}): string {
	const [, kind = question, name = ''] = Object.hasOwn(QUESTIONS, question)
		? []
		: (/^(.*) (\S+)$/.exec(question) ?? []);
	const file = open(text, language, headers);
	const answer = QUESTIONS[kind]?.(file, name);
	file.free();
	return answer ?? 'no such question';
}

/** What calls there are in each part, and sizes and codes in them. */
const calls = (unit: CUnit): string =>
	[...unit.sites()]
		.map(
			({ api, args, through }) =>
				`${through ? `${through}: ` : ''}${api} ${args
					.slice(1, 3)
					.map(
						(arg) =>
							arg
								.code()
								.values?.map((value) => value.toString(16))
								.join('/') || '?',
					)
					.join(' ')}`,
		)
		.join(', ');

/** What is read again after an edit, each by its first words, and the calls there. */
function edited(before: string, after: string, language: 'c' | 'cpp'): string {
	const file = open(before, language);
	for (const unit of file.parts) calls(unit);
	file.version;
	const old = new Map(file.parts.map((unit, i) => [unit, i]));
	file.update(after, ENV[language]);
	file.settle();
	const told = file.parts.map((unit) => {
		const i = old.get(unit);
		return `${i ?? 'new'} ${calls(unit)}`;
	});
	const fresh = open(after, language);
	const same =
		JSON.stringify([fresh.parts.map((u) => [u.start, u.end, u.text, calls(u)]), fresh.version]) ===
		JSON.stringify([file.parts.map((u) => [u.start, u.end, u.text, calls(u)]), file.version]);
	file.free();
	fresh.free();
	return `${same ? '' : 'WRONG '}${told.join(' | ')}`;
}

/** Makes the body of a function long enough to be read alone. */
const LONG = `\n${'\twork();\n'.repeat(80)}`;

describe('what each item declares', () => {
	test.each<[string, string, string?]>([
		['typedef struct _A { int a; } A, *PA, AA[3];', 'types A PA AA _A'],
		['typedef DWORD (WINAPI *PFN)(HANDLE h);', 'types PFN'],
		['typedef int F(int), G;', 'types F G, functions F'],
		['struct T { int x; } t, *u;', 'types T, others t u'],
		['struct T;', ''],
		['struct T *t;', 'others t'],
		['union U { int a; };', 'types U'],
		['enum E { ONE, TWO = 2 } e;', 'types E, enumerators ONE E::ONE TWO E::TWO, others e'],
		['enum E e;', 'types E, others e'],
		['enum { ONE };', 'enumerators ONE'],
		['enum class K : int { ONE, TWO };', 'types class', 'types K, enumerators ONE K::ONE TWO K::TWO'],
		['using U = int;', 'others U', 'types U'],
		['class C { int a; };', '', 'types C'],
		['template <class T> struct X { T t; };', '', 'types X'],
		['#define ONE 1\n', 'macros ONE'],
		['#define F(x) (x)\n#undef ONE\n', 'macros F | others ONE'],
		['#undef ONE\n', 'others ONE'],
		['int x, *y = 0, z[4];', 'others x y z'],
		['int f(int a);', 'functions f'],
		['int f(int a), x, (*p)(int);', 'functions f, others x p'],
		['int *f(void);', 'functions f'],
		['int CALLBACK f(void);', 'functions f'],
		['int (*p)(int);', 'others p'],
		['int (f)(int);', 'others f'],
		['int A::f(int);', 'functions f', 'others A::f'],
		['static int f(int a) { int b; return g(a); }', 'functions f {}'],
		['int f(void) { struct S { int a; } s; }', 'types S, functions f'],
		['int f(void) { struct S s = { 1 }; }', 'functions f {}'],
		['int f(void) { enum { A }; }', 'enumerators A, functions f'],
		['int f(void) { typedef int I; }', 'types I, functions f'],
		['int f(void)\n{\n#define ONE 1\n}', 'macros ONE, functions f'],
		['int f(void)\n{\n#undef ONE\n}', 'functions f, others ONE'],
		['int f(void) { using namespace n; }', 'functions f'],
		['int f(void) { union U { int a; }; }', 'types U, functions f'],
		['int f(void) { class /* c */ C { }; }', 'functions f {}'],
		['extern "C" {\nint f(int);\nint x;\n}', 'functions f | others x'],
		['namespace n {\nint x;\nstruct S { int a; };\nint f(S);\n}', 'others x | types S | functions f'],
		['namespace n { namespace m { int x; } }', 'others x'],
		['namespace { int x; }', 'others x'],
		['#if A\nint x;\n#else\nint y;\n#endif\n', 'others x | others y'],
		['int a, \\\nb;', 'others a b'],
		[
			'class C {\npublic:\nint f() { return 1; }\nstruct I { int i; };\nenum { ONE };\n};',
			'types I, enumerators ONE, functions f',
			'types C I, enumerators ONE, functions f',
		],
		['int f(void) { return (A)1; }', 'functions f {}'],
		['__declspec(dllexport) int f(int a) { return a; }', 'functions __declspec f {}'],
		['int f(struct S { int a; } s) { }', 'functions f {}'],
		['void f(a) int a; { }', 'functions f {}'],
		['typedef int;', ''],
		['int x(4);', 'functions x', 'others x'],
		['#define\n', ''],
		['#define A \\\n  b\n', 'macros A'],
		['template <class T> int f(T t) { return 1; }', 'functions f {}'],
		['struct A { int a; } f(void) { }', 'types A, functions f'],
		['int f(int (*g)(int)) { }', 'functions f int {}'],
		['extern "C" int x;', 'others x'],
		['extern "C" { int x; }', 'others x'],
		['inline namespace n { int x; }', 'others x'],
		['int a, (*b)(int), c(1);', 'functions c, others a b', 'others a b c'],
		['#if A\nint x,\n#else\nlong x,\n#endif\ny;\n', 'others x y'],
		['enum { A,\n#if X\n B,\n#endif\n C };', 'enumerators A C'],
		['struct S { int a; } const x;', 'types S, others x'],
		['int f(int a)\n{\n#if A\nreturn 1;\n#endif\n}', 'functions f {}'],
		['int f(void) { struct S { union { int a; }; }; }', 'types S, functions f'],
		['int x\n#if A\n= 1\n#endif\n;', 'others A'],
		['namespace n = m;', 'others n', ''],
		['typedef struct { int a;\n#if X\nint b;\n#endif\n} A;', 'types A'],
	])('%j: %s', (text, inC, inCpp = inC) => {
		expect([declared(text, 'c'), declared(text, 'cpp')]).toEqual([inC, inCpp]);
	});
});

/** Two of them include each other. */
const HEADERS = {
	'a.h':
		'#define ONE 1\nstruct S { int a; };\nenum E { IN_A = 5 };\nint a_function(int);\nextern int a_variable;\nstatic const int a_constant = 3;\n',
	'b.h': '#include "a.h"\n#define ONE 2\nstruct S { int a; };\n',
	'c.h': '#include "d.h"\nstruct S { char c; };\n',
	'd.h': '#include "c.h"\n#define FROM_D 4\n',
};

describe('what a file says', () => {
	test.each<[string, string, [string, string?], Headers?]>([
		[
			'parts',
			`class C : public B {\npublic:\n\tint f(int a) const {${LONG}\t}\n\tint a;\n\tstruct I { int i; };\n\tenum { ONE };\n\tint g() : a(1) { typedef int J;${LONG}\t}\n};\nint z;\n`,
			[
				'0 class C : public B { public: int f(int a) const {} int a; struct I { int i; }; enum { ONE }; int g() {} }; | 10 class C : public B {int f(int a) const { work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); }}; | 800 class C : public B {int g() : a(1) { typedef int J; work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); }}; | 1577  int z; | 1584  ',
			],
		],
		[
			'heads',
			`class C : public B {\npublic:\n\tint f(int a) const {${LONG}\t}\n\tint a;\n\tstruct I { int i; };\n\tenum { ONE };\n\tint g() : a(1) { typedef int J;${LONG}\t}\n};\nint z;\n`,
			[' | int f(int a) const | int g() |  | '],
		],
		[
			'mentions',
			`class C : public B {\npublic:\n\tint f(int a) const {${LONG}\t}\n\tint a;\n\tstruct I { int i; };\n\tenum { ONE };\n\tint g() : a(1) { typedef int J;${LONG}\t}\n};\nint z;\n`,
			[
				'class C public B int f a const struct I i enum ONE g | int f a const | class C public B int g a typedef J work | int z | ',
			],
		],
		[
			'type C',
			`class C : public B {\npublic:\n\tint f(int a) const {${LONG}\t}\n\tint a;\n\tstruct I { int i; };\n\tenum { ONE };\n\tint g() : a(1) { typedef int J;${LONG}\t}\n};\nint z;\n`,
			['-', 'C ?'],
		],
		[
			'type I',
			`class C : public B {\npublic:\n\tint f(int a) const {${LONG}\t}\n\tint a;\n\tstruct I { int i; };\n\tenum { ONE };\n\tint g() : a(1) { typedef int J;${LONG}\t}\n};\nint z;\n`,
			['I 4'],
		],
		[
			'type J',
			`class C : public B {\npublic:\n\tint f(int a) const {${LONG}\t}\n\tint a;\n\tstruct I { int i; };\n\tenum { ONE };\n\tint g() : a(1) { typedef int J;${LONG}\t}\n};\nint z;\n`,
			['int 4'],
		],
		[
			'function f',
			`class C : public B {\npublic:\n\tint f(int a) const {${LONG}\t}\n\tint a;\n\tstruct I { int i; };\n\tenum { ONE };\n\tint g() : a(1) { typedef int J;${LONG}\t}\n};\nint z;\n`,
			['declared defined 1'],
		],
		[
			'function g',
			`class C : public B {\npublic:\n\tint f(int a) const {${LONG}\t}\n\tint a;\n\tstruct I { int i; };\n\tenum { ONE };\n\tint g() : a(1) { typedef int J;${LONG}\t}\n};\nint z;\n`,
			['declared defined 1'],
		],
		[
			'enumerator ONE',
			`class C : public B {\npublic:\n\tint f(int a) const {${LONG}\t}\n\tint a;\n\tstruct I { int i; };\n\tenum { ONE };\n\tint g() : a(1) { typedef int J;${LONG}\t}\n};\nint z;\n`,
			['[0]'],
		],
		[
			'words a',
			`class C : public B {\npublic:\n\tint f(int a) const {${LONG}\t}\n\tint a;\n\tstruct I { int i; };\n\tenum { ONE };\n\tint g() : a(1) { typedef int J;${LONG}\t}\n};\nint z;\n`,
			['40-41 779-780 830-831'],
		],
		[
			'compiled',
			`#if 0\nclass C : public B {\npublic:\n\tint f(int a) const {${LONG}\t}\n\tint a;\n\tstruct I { int i; };\n\tenum { ONE };\n\tint g() : a(1) { typedef int J;${LONG}\t}\n};\nint z;\n#endif\n`,
			['#if 0 | - | - | - | - | -'],
		],
		[
			'parts',
			`namespace n {\n#define X 1\nclass C : public B {\npublic:\n\tint f(int a) const {${LONG}\t}\n\tint a;\n\tstruct I { int i; };\n\tenum { ONE };\n\tint g() : a(1) { typedef int J;${LONG}\t}\n};\nint z;\n}\n`,
			[
				'0 namespace n { | 13  #define X 1  | 26 class C : public B { public: int f(int a) const {} int a; struct I { int i; }; enum { ONE }; int g() {} }; | 36 class C : public B {int f(int a) const { work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); }}; | 826 class C : public B {int g() : a(1) { typedef int J; work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); work(); }}; | 1603  int z; | 1610  } | 1612  ',
			],
		],
		['function f', 'int (*f)(int);', ['']],
		['function f', 'int (f)(int);', ['']],
		['variable x', 'extern "C" int x;', ['int -']],
		['variable x', 'extern "C" { int x; }', ['int -']],
		['variable x', 'inline namespace n { int x; }', ['int -']],
		['variable x', 'namespace n { int x = 4; static int y; }', ['int -']],
		['enumerator C', 'enum E { A,\n#if X\n B,\n#endif\n C, D = 7, F };', ['[?]']],
		['enumerator F', 'enum E { A,\n#if X\n B,\n#endif\n C, D = 7, F };', ['[8]']],
		['enumerator A', 'enum E { A = sizeof(x), B }; int x[B];', ['[?]']],
		['enumerator B', 'enum E { A = sizeof(x), B }; int x[B];', ['[?]']],
		['type A', 'typedef struct { int a; } A, *PA;', ['struct 4']],
		['type PA', 'typedef struct { int a; } A, *PA;', ['struct * 8']],
		['type T', 'struct T { int x; };\ntypedef struct T T;', ['T 4']],
		['type T', 'typedef struct T T;', ['-']],
		['type T', 'struct T { struct U { int a, b; }; struct V { int c; } v; };', ['T 12', 'T 4']],
		['type T', 'struct T { struct { int a, b; }; union { int c; }; };', ['T 12']],
		['type T', '#if X\ntypedef int T;\n#else\ntypedef char T;\n#endif\n', ['int 4 or char 1?']],
		['type T', '#if X\ntypedef int T;\n#else\ntypedef int T;\n#endif\n', ['int 4']],
		['type T', 'typedef T2 T; typedef T T2;', ['T2 ?']],
		['type U', 'using U = char;', ['-', 'char 1']],
		['type E', 'enum E { A };', ['E 4']],
		['type X', 'int X;', ['-']],
		['type S', '#include "a.h"\n', ['S 4'], HEADERS],
		['type S', '#include "b.h"\n', ['S 4'], HEADERS],
		['type S', '#include "a.h"\n#include "c.h"\n', ['S 4 or S 1?'], HEADERS],
		['type S', '#include "a.h"\nstruct S { long long b[2]; };', ['S 16'], HEADERS],
		['type DWORD', 'typedef int DWORD;', ['int 4']],
		['type DWORD', '#include "a.h"\n', ['unsigned long 4'], { 'a.h': 'typedef unsigned long DWORD;\n' }],
		['type DWORD', '#include "a.h"\n', ['-'], { 'a.h': 'typedef UNKNOWN_TO_ALL DWORD;\n' }],
		['type OWN', '#include "a.h"\n', ['UNKNOWN_TO_ALL ?'], { 'a.h': 'typedef UNKNOWN_TO_ALL OWN;\n' }],
		[
			'type DWORD',
			'#include "a.h"\n#include "b.h"\n',
			['-'],
			{ 'a.h': 'typedef unsigned long DWORD;\n', 'b.h': 'typedef char DWORD;\n' },
		],
		['type X<int>', 'template <class T> struct X { T t; char c; };', ['-', 'X<int> 8']],
		['type X<int>', '#include "a.h"\n', ['-', 'X<int> 4'], { 'a.h': 'template <class T> struct X { T t; };\n' }],
		['specialised X', 'template <> struct X<int> { };', ['yes']],
		['specialised X', 'template <class T> struct X { };', ['no']],
		['specialised X', '#include "a.h"\n', ['yes'], { 'a.h': 'template <> class X <int> { };\n' }],
		['macro ONE', '#define ONE 1\n', ['1']],
		['macro ONE', '#define ONE /* a */ 1 // b\n', ['1']],
		['macro ONE', '#define ONE 1 + \\\n 2\n', ['1 +   2']],
		['macro ONE', '#define ONE 1 + \\\r\n 2\r\n', ['1 +   2']],
		['macro ONE', '#define ONE\n', ['']],
		['macro F', '#define F(a, b) (a)\n', ['(a,b) (a)']],
		['macro F', '#define F(a, ...) g(a, __VA_ARGS__)\n', ['(a,...) g(a, __VA_ARGS__)']],
		['macro F', '#define F() 1\n', ['() 1']],
		['macro ONE', '#ifdef A\n#define ONE 1\n#else\n#define ONE 2\n#endif\n', ['1 | 2']],
		['macro ONE', '#if 0\n#define ONE 1\n#else\n#define ONE 2\n#endif\n', ['2']],
		['macro ONE', '#define ONE_MORE ONE\n', ['']],
		['macro ONE', '#include "b.h"\n#define ONE 3\n', ['3 | 2 | 1'], HEADERS],
		['value ONE', '#include "b.h"\n#define ONE 3\n', ['[3]'], HEADERS],
		['value ONE', '#include "b.h"\n', ['[2, 1]'], HEADERS],
		['value ONE', '#define ONE TWO\n#define TWO 2\n', ['[2]']],
		['value ONE', '#define ONE 1\n#undef ONE\n#define ONE 1\n', ['[1]']],
		['value ONE', '#define ONE {\n', ['[]']],
		['value ONE', '#ifdef A\n#define ONE 1\n#else\n#define ONE {\n#endif\n', ['[]']],
		['value ONE', '#define ONE 1; int x = 2\n', ['[]']],
		['value ONE', '#define ONE 1)\n', ['[]']],
		['value ONE', '#define ONE(a) a\n', ['-']],
		['value ONE', '#define ONE\n', ['[]']],
		['value ONE', '#define ONE sizeof(void *)\n', ['[?]']],
		['value ONE', 'int x;', ['-']],
		['value ONE', '#include "a.h"\n#include "e.h"\n', ['[]'], { ...HEADERS, 'e.h': '#define ONE }\n' }],
		['code FIONBIO', '#define FIONBIO 1\n', ['[1]']],
		['code FIONBIO', '#ifdef X\n#define FIONBIO 1\n#endif\n', ['-']],
		['code FIONBIO', '#ifndef FIONBIO\n#define FIONBIO 1\n#endif\n', ['-']],
		['code FIONBIO', '#ifdef FIONBIO\n#define FIONBIO 1\n#endif\n', ['[1]']],
		['code FIONBIO', '#undef FIONBIO\n', ['-']],
		['code FIONBIO', '#include "a.h"\n', ['[1]'], { 'a.h': '#define FIONBIO 1\n' }],
		['code FIONBIO', '#ifdef X\n#include "a.h"\n#endif\n', ['-'], { 'a.h': '#define FIONBIO 1\n' }],
		['code FIONBIO', '#include "a.h"\n', ['-'], { 'a.h': '#ifdef X\n#define FIONBIO 1\n#endif\n' }],
		[
			'code FIONBIO',
			'#ifdef X\n#include "a.h"\n#endif\n',
			['-'],
			{ 'a.h': '#ifndef FIONBIO\n#define FIONBIO 1\n#endif\n' },
		],
		['code OWN', '#ifdef X\n#define OWN 1\n#endif\n', ['[1]']],
		['code FIONBIO', '#define OTHER 1\n', ['-']],
		['call F', '#define F(a, b) (a + b)\n', ['(a,b) binary']],
		['call F', '#define F(a) {\n', ['(a) unknown']],
		['call F', '#define F 1\n', ['-']],
		['call F', '#ifdef A\n#define F(a) a\n#else\n#define F(b) (b) + 1\n#endif\n', ['(a) name | (b) binary']],
		['call F', '#include "a.h"\n', ['(a) number'], { 'a.h': '#define F(a) 1\n' }],
		['enumerator A', 'enum E { A, B = 4, C };', ['[0]']],
		['enumerator C', 'enum E { A, B = 4, C };', ['[5]']],
		['enumerator E::C', 'enum E { A, B = 4, C };', ['-']],
		['enumerator D', 'enum E { A, B = A + 3, C, D };', ['[5]']],
		['enumerator IN_A', '#include "b.h"\n', ['[5]'], HEADERS],
		['enumerator A', 'int A;', ['-']],
		['enumerator A', 'enum E { /* a */ A, // b\n B };', ['[0]']],
		['enumerator B', 'enum E { A,\n#if X\n B,\n#endif\n C };', ['-']],
		['constant E::B', 'enum E { A, B };', ['[1]']],
		['constant n::B', 'enum E { A, B };', ['[1]']],
		['constant ONE', '#define ONE 1\nenum E { TWO };', ['[1]']],
		['variable x', 'int x = 1;', ['int -']],
		['variable x', 'int x;', ['int -']],
		['variable x', 'const int x = 1;', ['int [1]']],
		['variable x', 'static int x = 1, y = 2;', ['int [1]']],
		['variable y', 'static int x = 1, y = 2;', ['int [2]']],
		['variable x', 'static int x = 1;\nvoid f(void) { x = 2; }', ['int -']],
		['variable x', 'static int x = 1;\nvoid f(void) { g(&x); }', ['int -']],
		['variable x', 'static int x = 1;\nvoid f(void) { int y = x; }', ['int [1]']],
		['variable x', 'static int x = 1;\n#if 0\nvoid f(void) { x = 2; }\n#endif\n', ['int [1]']],
		['variable x', 'extern int x;', ['int -']],
		['variable x', 'extern int x;\nint x = 3;', ['int -']],
		['variable x', '#if A\nstatic int x = 1;\n#else\nstatic char x = 2;\n#endif\n', ['? -']],
		['variable x', 'namespace n { const int x = 4; }', ['int [4]']],
		['variable x', 'int x[x];', ['int[] -']],
		['variable x', 'int f(void) { int x = 1; }', ['-']],
		['variable x', '#define x 1\n', ['-']],
		['variable a_constant', '#include "b.h"\n', ['int [3]'], HEADERS],
		['variable a_variable', '#include "b.h"\n', ['int -'], HEADERS],
		['variable DWORD', '#include "a.h"\n', ['-'], { 'a.h': 'extern UNKNOWN_TO_ALL DWORD;\n' }],
		['variable DWORD', '#include "a.h"\n', ['int -'], { 'a.h': 'extern int DWORD;\n' }],
		['variable other', '#include "a.h"\n', ['UNKNOWN_TO_ALL -'], { 'a.h': 'extern UNKNOWN_TO_ALL other;\n' }],
		['never written x', 'int x; void f(void) { x++; }', ['no']],
		['never written x', 'int x; void f(void) { y = x; }', ['yes']],
		['never written x', 'int x; void f(void) { g(&x); }', ['no']],
		['never written x', 'int x;\n#if 0\nvoid f(void) { x++; }\n#endif\n', ['yes']],
		['never written x', 'int x;\n#ifdef A\nvoid f(void) { x++; }\n#endif\n', ['no']],
		['never written x', 'int x;\n#define SET x = 1\nvoid f(void) { SET; }', ['no']],
		['function f', 'int f(int a);', ['declared']],
		['function f', 'int f(int a) { }', ['declared defined values 1']],
		['function f', 'int f(int &a) { }', ['declared defined 1']],
		['function f', 'int f(auto a) { }', ['declared defined 1']],
		['function f', 'int f(int a);\nint f(int a) { return a; }', ['declared defined 1']],
		['function f', 'int f(int a) { struct S { int b; }; }', ['declared defined 1']],
		['function f', '#if 0\nint f(int a) { }\n#endif\n', ['']],
		['function f', 'int x;', ['']],
		['function f', '#include "a.h"\n', ['declared'], { 'a.h': 'int f(int a) { }\n' }],
		['function f', 'class C { int f(int a) { } };', ['declared 1']],
		['function f', 'int f(int a) { }\nint f(char a) { }', ['declared defined values 2']],
		['function C::f', 'int C::f(int a) { }', ['']],
		['function a_function', '#include "b.h"\n', ['declared'], HEADERS],
		['returning f', 'int f(int a) { return a; }', ['(a) cast']],
		['returning f', 'int f(int a);\nint f(int a) { return a; }', ['-']],
		['returning f', 'int f(int a) { return a; }\nint f(char a) { return a; }', ['-']],
		['returning f', '#include "a.h"\n', ['(a) cast'], { 'a.h': 'inline int f(int a) { return a; }\n' }],
		['returning f', 'int f(int a);', ['-']],
		['returning n::f', 'namespace n { int f(int a) { return a; } }', ['-']],
		['written in x', '#define SET x = 1\n#define SAY y = x\n#define GIVEN(x) x = 1\n', ['SET']],
		['written in x', '#define A xx = 1\n#define B x_ = 1\n#define C ax = 1\n#define D x == 1\n#define E -x\n', ['']],
		[
			'written in x',
			'#define A x += 1\n#define B ++x\n#define C x--\n#define D f(&x)\n#define E ax, x = 1\n',
			['A B C D E'],
		],
		['written in x', '#include "a.h"\n', ['SET'], { 'a.h': '#define SET x++\n' }],
		['written in x', 'int x; void f(void) { x = 1; }', ['']],
		['includes', '#include "a.h"\n#include <b.h>\n', ['"a.h" <b.h>']],
		[
			'includes',
			'  #  include "a.h"\n#if 0\n#include "b.h"\n#endif\n#ifdef X\n#include "c.h"\n#endif\n',
			['"a.h" "c.h"'],
		],
		['includes', '// #include "a.h"\n"#include";\n#include NAME\n#include "a\n', ['']],
		[
			'inclusion',
			'#include "A.h"\n#include <sys/b.h>\n#include <x\\c.h>\n',
			['a.h b.h c.h; a.h 15, b.h 34, c.h 51; 0'],
		],
		['inclusion', '// hello\n\n/* a */\nint x;', ['; ; 18']],
		['inclusion', '/* a */ int x;', ['; ; 0']],
		['inclusion', 'int x;', ['; ; 0']],
		['inclusion', '', ['; ; 0']],
		['inclusion', '#ifndef A_H\n#define A_H\n#include "a.h"\n#endif\n', ['a.h; a.h 39; 0']],
		['inclusion', '#ifdef A_H\n#include "a.h"\n#endif\n', ['a.h; a.h? 26; 0']],
		['inclusion', '#ifndef A_H\n#ifndef B_H\n#include "a.h"\n#endif\n#endif\n', ['a.h; a.h? 39; 0']],
		['inclusion', '#if !defined(A) && !defined(B)\n#include "a.h"\n#endif\n', ['a.h; a.h? 46; 0']],
		['inclusion', '#include "b.h"\n', ['b.h a.h; b.h 15; 0'], HEADERS],
		['inclusion', 'int x;\n#include "b.h"\nint y;\n', ['b.h; b.h 22; 0']],
		[
			'version',
			'#define _WIN32_WINNT 0x0601\n#include <winsock2.h>\n',
			['{"version":"6.1","text":"_WIN32_WINNT 0x0601"}'],
		],
		[
			'version',
			'#define NTDDI_VERSION 0x06010000\n#include <winsock2.h>\n',
			['{"version":"6.1","text":"NTDDI_VERSION 0x06010000"}'],
		],
		['version', '#include <winsock2.h>\n', ['-']],
		['version', '#if 0\n#define _WIN32_WINNT 0x0601\n#endif\n#include <winsock2.h>\n', ['-']],
		['words x', 'int x; // x\n"x"; xx x_ x;', ['4-5 23-24']],
		['words x', 'int y;\nint z(x, x);\n', ['13-14 16-17']],
		['packs', 'int a;\n#pragma pack(1)\nint b;\n#pragma pack()\nint c;\n', ['- 1 1 - - -']],
		[
			'packs',
			'#pragma pack(push, 2)\nint b;\n#pragma pack(push)\n#pragma pack(4)\nint c;\n#pragma pack(pop)\nint d;\n#pragma pack(pop)\nint e;\n',
			['2 2 2 4 4 2 2 - - -'],
		],
		['packs', '#include <pshpack1.h>\nint b;\n#include <poppack.h>\nint c;\n', ['1 1 - - -']],
		[
			'packs',
			'#include <pshpack4.h>\n#include "pshpack2.h"\nint b;\n#include <poppack.h>\nint c;\n#include <package.h>\nint d;\n',
			['4 2 2 4 4 4 4 4'],
		],
		['packs', '#if 0\n#pragma pack(1)\n#endif\nint b;\n', ['- - - - -']],
		[
			'packs',
			'#pragma pack(push, name, 8)\nint b;\n#pragma pack(show)\nint c;\n#pragma pack(16)\n#pragma pack(0)\nint d;\n',
			['8 8 8 8 16 16 16 16'],
		],
		['packs', 'struct S\n{\n#pragma pack(1)\nint b;\n};\nint c;\n', ['1 1 1']],
		['places ONE', '#define ONE 1\n#define ONE_MORE 2\n#  define  ONE 3\n', ['8 ONE, 44 ONE']],
		['places ONE', '#include "b.h"\n', ['included 23 ONE, included 8 ONE'], HEADERS],
		['places ONE', 'int ONE;\n#undef ONE\n', ['']],
		[
			'compiled',
			'#if 0\nint a;\n#elif X\nint b;\n#else\nint c;\n#endif\nint d;\n',
			['#if 0 | - | - | int b; | #else | int c; | #endif | int d; | '],
		],
		['compiled', '#ifdef _WIN32\nint a;\n#else\nint b;\n#endif\n', ['#ifdef _WIN32 | int a; | #else | - | -']],
		['compiled', 'void f(void)\n{\n#ifdef _WIN32\na();\n#else\nb();\n#endif\n}\n', ['void f(void) { a(); } | ']],
		[
			'compiled',
			'void f(void)\n{\n#if X\na();\n#else\nb();\n#endif\n}\n',
			['void f(void) { #if X a(); #else b(); #endif } | '],
		],
		[
			'compiled',
			'int f(_In_ int a);\n__declspec(dllexport) int g(void) { return 1; }\n',
			['int f( int a); | __declspec(dllexport) int g(void) { return 1; } | '],
		],
		[
			'compiled',
			'#include "a.h"\n#if ONE == 1\nint a;\n#else\nint b;\n#endif\n',
			['#include "a.h" | #if ONE == 1 | int a; | #else | - | -'],
			HEADERS,
		],
		[
			'compiled',
			'#ifdef X\n#include "a.h"\n#endif\n#if ONE == 1\nint a;\n#else\nint b;\n#endif\n',
			['#ifdef X | #include "a.h" | #endif | #if ONE == 1 | int a; | #else | int b; | #endif'],
			HEADERS,
		],
		[
			'compiled',
			'#define ONE 1\n#ifdef X\n#undef ONE\n#endif\n#ifdef ONE\nint a;\n#else\nint b;\n#endif\n',
			['#define ONE 1 | #ifdef X | #undef ONE | #endif | #ifdef ONE | int a; | #else | int b; | #endif'],
		],
		[
			'compiled',
			'#define ONE 1\n#ifdef X\n#define ONE 2\n#endif\n#ifdef ONE\nint a;\n#else\nint b;\n#endif\n',
			['#define ONE 1 | #ifdef X | #define ONE 2 | #endif | #ifdef ONE | int a; | #else | - | -'],
		],
		[
			'compiled',
			'#define ONE 1\n#ifdef X\n#define ONE 2\n#endif\n#if ONE == 1\nint a;\n#else\nint b;\n#endif\n',
			['#define ONE 1 | #ifdef X | #define ONE 2 | #endif | #if ONE == 1 | int a; | #else | int b; | #endif'],
		],
		[
			'compiled',
			'#define ONE 1\n#ifdef X\n#define ONE 1\n#endif\n#if ONE == 1\nint a;\n#else\nint b;\n#endif\n',
			['#define ONE 1 | #ifdef X | #define ONE 1 | #endif | #if ONE == 1 | int a; | #else | - | -'],
		],
		[
			'compiled',
			'#undef ONE\n#ifdef X\n#undef ONE\n#endif\n#ifdef ONE\nint a;\n#else\nint b;\n#endif\n',
			['#undef ONE | #ifdef X | #undef ONE | #endif | #ifdef ONE | - | - | int b; | #endif'],
		],
		[
			'compiled',
			'#undef ONE\n#ifdef X\n#define ONE 1\n#endif\n#ifdef ONE\nint a;\n#else\nint b;\n#endif\n',
			['#undef ONE | #ifdef X | #define ONE 1 | #endif | #ifdef ONE | int a; | #else | int b; | #endif'],
		],
		[
			'compiled',
			'#include "a.h"\n#include "e.h"\n#if ONE == 1\nint a;\n#else\nint b;\n#endif\n',
			['#include "a.h" | #include "e.h" | #if ONE == 1 | int a; | #else | int b; | #endif'],
			{ ...HEADERS, 'e.h': '#ifdef X\n#define ONE 2\n#endif\n' },
		],
		[
			'compiled',
			'#include "a.h"\n#include "e.h"\n#ifdef ONE\nint a;\n#else\nint b;\n#endif\n',
			['#include "a.h" | #include "e.h" | #ifdef ONE | int a; | #else | int b; | #endif'],
			{ ...HEADERS, 'e.h': '#ifdef X\n#define ONE 2\n#endif\n' },
		],
		[
			'compiled',
			'#include "a.h"\n#include "e.h"\n#if ONE == 1\nint a;\n#else\nint b;\n#endif\n',
			['#include "a.h" | #include "e.h" | #if ONE == 1 | int a; | #else | int b; | #endif'],
			{ ...HEADERS, 'e.h': '#ifdef X\n#define ONE 1\n#endif\n' },
		],
		[
			'compiled',
			'#include "a.h"\n#undef ONE\n#ifdef ONE\nint a;\n#else\nint b;\n#endif\n',
			['#include "a.h" | #undef ONE | #ifdef ONE | - | - | int b; | #endif'],
			HEADERS,
		],
		[
			'compiled',
			'#if __cplusplus\nint a;\n#else\nint b;\n#endif\n',
			['#if __cplusplus | int a; | #else | int b; | #endif', '#if __cplusplus | int a; | #else | - | -'],
		],
		[
			'compiled',
			'#if ONE == 1\nint a;\n#else\nint b;\n#endif\n#define ONE 1\n',
			['#if ONE == 1 | int a; | #else | int b; | #endif | #define ONE 1'],
		],
		[
			'compiled',
			'#ifdef X\nvoid f(void)\n{\n#ifdef X\na();\n#else\nb();\n#endif\n}\n#endif\n',
			['#ifdef X | void f(void) { a(); } | #endif'],
		],
		['code FIONBIO', '#ifndef A_H\n#define A_H\n#define FIONBIO 1\n#endif\n', ['[1]']],
		['code FIONBIO', '#ifndef A_H\n#define B_H\n#define FIONBIO 1\n#endif\n', ['-']],
		['code FIONBIO', '#ifndef A_H\n#define A_H 1\n#define FIONBIO 1\n#endif\n', ['-']],
		['code FIONBIO', '#ifndef A_H\n#undef A_H\n#define FIONBIO 1\n#endif\n', ['-']],
		['code FIONBIO', '#ifndef A_H\nint x;\n#define A_H\n#define FIONBIO 1\n#endif\n', ['-']],
		['code FIONBIO', '#ifdef X\n#ifndef A_H\n#define A_H\n#define FIONBIO 1\n#endif\n#endif\n', ['-']],
		['code FIONBIO', '#if X\n#elif !defined(A_H)\n#define A_H\n#define FIONBIO 1\n#endif\n', ['-']],
		['code FIONBIO', '#if 0\n#elif 1\n#define FIONBIO 1\n#endif\n', ['[1]']],
		['code FIONBIO', '#if X\n#elif 1\n#define FIONBIO 1\n#endif\n', ['-']],
		['code FIONBIO', '#if 1\n#elif 1\n#define FIONBIO 1\n#endif\n', ['-']],
		[
			'compiled',
			'void f(void)\n{\n#ifdef X\na();\n#else\n#ifdef X\nb();\n#else\nc();\n#endif\n#endif\n}\n',
			['void f(void) { #ifdef X a(); #else c(); #endif } | '],
		],
		[
			'compiled',
			'void f(void)\n{\n#ifdef X\n#ifdef X\na();\n#else\nb();\n#endif\n#endif\n}\n',
			['void f(void) { #ifdef X a(); #endif } | '],
		],
		[
			'compiled',
			'void f(void)\n{\n#if X\na();\n#elif 0\nb();\n#elif 1\nc();\n#else\nd();\n#endif\n}\n',
			['void f(void) { #if X a(); #else c(); #endif } | '],
		],
		[
			'compiled',
			'void f(void)\n{\n#if 0\na();\n#elif X\nb();\n#else\nc();\n#endif\n}\n',
			['void f(void) { #if X b(); #else c(); #endif } | '],
		],
		['compiled', 'int a; /* never closed\nint b;', ['int a; | ']],
		['parts', 'int a;\nint b;\n', ['0 int a; | 6  int b; | 13  ']],
		[
			'parts',
			'class C {\npublic:\nint f() { return 1;                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                         }\nint a;\nint g() { return a;                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                         }\n};\n',
			[
				'0 class C { public: int f() {} int a; int g() {} }; | 9 class C {int f() { return 1; }}; | 5038 class C {int g() { return a; }}; | 10071  ',
			],
		],
		['heads', 'static int f(int a) { return a; }\nint x;\nstruct S { int a; };\n', ['static int f(int a) |  |  | ']],
		['mentions', 'static int f(int a) { return b; }\nint x = y + x;\n', ['static int f a | int x y | ']],
		[
			'codes',
			"#define MINE _WSAIOR(IOC_VENDOR, 1)\n#define OTHER 5\n#define THIRD _IOW('f', 1, u_long)\n",
			['MINE 1476395009 THIRD 2147771905'],
		],
		['codes', '#include "a.h"\n', ['MINE 1476395009'], { 'a.h': '#define MINE _WSAIOR(IOC_VENDOR, 1)\n' }],
		['certain', '#include "a.h"\n#ifdef X\n#include "c.h"\n#endif\n', ['yes no no'], HEADERS],
		['certain', '#ifdef X\n#include "b.h"\n#else\n#include "d.h"\n#endif\n', ['no no no no'], HEADERS],
		['places ONE', '/*\n#define ONE 1\n*/ int ONE;', ['']],
		['value ONE', '#define ONE 1;\n', ['[1]']],
		['value ONE', '#define ONE 1 ;\n', ['[]']],
		['type DWORD', 'int x;', ['-']],
		['packs in front', '#pragma pack(1)\nint b;\n#pragma pack(2)\nint c;\n', ['- 1 1 2 2']],
		['inclusion', '// hello\n\nint x;\n#include "b.h"\n', ['b.h; b.h 32; 0']],
		['inclusion', '\nint x;', ['; ; 1']],
		['cursor WSAIoctl(s,', 'void f(SOCKET s) { WSAIoctl(s, 1); }', ['other: WSAIoctl 1, WSAIoctl 1']],
		['cursor s,', 'int x;\nvoid f(SOCKET s) { /* s, */ }', ['comment: -, -']],
		['cursor two', 'int x; /* one two', ['comment: -, -']],
		['cursor x;', 'int x;', ['other: -, -']],
		[
			'cursor (s,',
			`class C {\n\tint f(SOCKET s) {${LONG}WSAIoctl(s, 1);\t}\n\tint a;\n};\n`,
			['other: WSAIoctl 1, WSAIoctl 1'],
		],
		[
			'cursor (s,',
			`class C {\n\tint f(SOCKET s) {${LONG}}\n\tint g() { WSAIoctl(s, 1); }\n\tint h(SOCKET s) {${LONG}}\n};\n`,
			['other: WSAIoctl 1, WSAIoctl 1'],
		],
		['cursor =', `class C {\n\tint f(SOCKET s) {${LONG}}\n\tint a =\n};\n`, ['value: -, -']],
	])('%s of %j', (question, text, [inC, inCpp = inC], headers = {}) => {
		expect([asked(question, text, 'c', headers), asked(question, text, 'cpp', headers)]).toEqual([inC, inCpp]);
	});
});

/** Each part behind an edit is the one of that number before it, or a new one, with its calls. */
describe('what is read again behind a change of', () => {
	test.each<[string, string, string, string, [string, string?]]>([
		[
			'a body',
			'void f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'ONE',
			'TWO',
			['new WSAIoctl ? ? | 1 WSAIoctl ? ? | 2 '],
		],
		[
			'nothing',
			'void f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'f',
			'f',
			['0 WSAIoctl ? ? | 1 '],
		],
		[
			'a macro that is used',
			'#define ONE 0x98000001\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'98000001',
			'98000004',
			['new  | new WSAIoctl 98000004 ? | 2 WSAIoctl ? ? | 3 '],
		],
		[
			'a macro of a macro',
			'#define ONE TWO\n#define TWO 0x98000001\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, FIONBIO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'98000001',
			'98000004',
			['new  | new  | new WSAIoctl 98000004 ? | 3 WSAIoctl 8004667e ? | 4 '],
		],
		[
			'a macro that nobody uses',
			'#define ONE 0x98000001\n#define TWO 3\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'TWO 3',
			'TWO 4',
			['0  | new  | 2 WSAIoctl 98000001 ? | 3 '],
		],
		[
			'the name of a macro',
			'#define ONE 0x98000001\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'#define ONE',
			'#define TEN',
			['new  | new WSAIoctl ? ? | 2 '],
		],
		[
			'an enumerator',
			'enum { ONE = 0x98000001 };\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'98000001',
			'98000004',
			['new  | new WSAIoctl 98000004 ? | 2 WSAIoctl ? ? | 3 '],
		],
		[
			'a variable',
			'const int x = 0x98000001;\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, x, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'98000001',
			'98000004',
			['new  | new WSAIoctl 98000004 ? | new WSAIoctl ? ? | 3 '],
		],
		[
			'a write to a variable',
			'static int v = 0x98000001;\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, v, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\ty = 1;\n}\n',
			'y = 1',
			'v = 1',
			['new  | new WSAIoctl ? ? | new  | 3 '],
		],
		[
			'a write to another variable',
			'static int v = 0x98000001;\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, v, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\ty = 1;\n}\n',
			'y = 1',
			'z = 1',
			['0  | 1 WSAIoctl 98000001 ? | new  | 3 '],
		],
		[
			'a wrapper',
			'int w(SOCKET s, DWORD c) { WSAIoctl(s, c, &x, 4, NULL, 0, &n, NULL, NULL); }\nvoid f(SOCKET s)\n{\n\tw(s, 0x98000001);\n}\nvoid g(SOCKET s)\n{\n\tv(s, 1);\n}\n',
			'int w(SOCKET s, DWORD c)',
			'int w(DWORD c, SOCKET s)',
			['new WSAIoctl ? ? | new w: WSAIoctl ? ? | 2  | 3 '],
		],
		[
			'the body of a wrapper',
			'int w(SOCKET s, DWORD c) { WSAIoctl(s, c, &x, 4, NULL, 0, &n, NULL, NULL); }\nvoid f(SOCKET s)\n{\n\tw(s, 0x98000001);\n}\nvoid g(SOCKET s)\n{\n\tv(s, 1);\n}\n',
			's, c,',
			's, d,',
			['new WSAIoctl ? ? | new w: WSAIoctl ? ? | 2  | 3 '],
		],
		[
			'what becomes a wrapper',
			'int w(SOCKET s, DWORD c) { WSAIoctl(s, d, &x, 4, NULL, 0, &n, NULL, NULL); }\nvoid f(SOCKET s)\n{\n\tw(s, 0x98000001);\n}\nvoid g(SOCKET s)\n{\n\tv(s, 1);\n}\n',
			's, d,',
			's, c,',
			['new WSAIoctl ? ? | new w: WSAIoctl 98000001 ? | 2  | 3 '],
		],
		[
			'a helper',
			'int w(SOCKET s) { bind(s, a, 1); }\nvoid f(SOCKET s)\n{\n\tSOCKET t = socket(AF_INET, SOCK_RAW, 0); w(t); WSAIoctl(t, SIO_RCVALL, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'bind',
			'find',
			['new  | 1 WSAIoctl 98000001 ? | 2 WSAIoctl ? ? | 3 '],
		],
		[
			'what a helper returns',
			'int w(void) { return 4; }\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, w(), &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'4',
			'8',
			['new  | new WSAIoctl 8 ? | 2 WSAIoctl ? ? | 3 '],
		],
		[
			'a packing',
			'#pragma pack(1)\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'1',
			'2',
			['new  | new WSAIoctl ? ? | new WSAIoctl ? ? | new '],
		],
		[
			'a header of packings',
			'#include <pshpack1.h>\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'pshpack1',
			'pshpack2',
			['new  | new WSAIoctl ? ? | new '],
		],
		[
			'a header of packings in front of a structure',
			'#include <pshpack1.h>\nstruct T { char c; int i; };\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, sizeof(struct T), &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'pshpack1',
			'pshpack2',
			['new  | new  | new WSAIoctl 6 ? | new '],
		],
		[
			'a header that ends a packing',
			'#include <pshpack1.h>\n#include <poppack.h>\nstruct T { char c; int i; };\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, sizeof(struct T), &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'poppack',
			'others',
			['new  | new  | new  | new WSAIoctl 5 ? | new '],
		],
		[
			'an include',
			'#include <a.h>\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'<a',
			'<b',
			['new  | 1 WSAIoctl ? ? | 2 '],
		],
		[
			'a condition around an item',
			'#if ONE\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, FIONBIO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n#endif\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'#if ONE',
			'#if 0',
			['new  | new  | new  | 3 WSAIoctl ? ? | 4 '],
		],
		[
			'a macro that a condition asks for',
			'#define ONE 1\n#if ONE\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, FIONBIO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n#else\nvoid h(SOCKET s)\n{\n\tWSAIoctl(s, FIONREAD, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n#endif\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'ONE 1',
			'ONE 0',
			['new  | new  | new  | new  | new WSAIoctl 4004667f ? | new  | 6 WSAIoctl ? ? | 7 '],
		],
		[
			'a macro that a condition within asks for',
			'#define ONE 1\nvoid f(SOCKET s)\n{\n\t\n#if ONE\nWSAIoctl(s, FIONBIO, &x, 4, NULL, 0, &n, NULL, NULL);\n#else\nWSAIoctl(s, FIONREAD, &x, 4, NULL, 0, &n, NULL, NULL);\n#endif\n\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'ONE 1',
			'ONE 0',
			['new  | new WSAIoctl 4004667f ? | new WSAIoctl ? ? | 3 '],
		],
		[
			'a type of pointers',
			'typedef int (WINAPI *FN)(SOCKET, long, u_long *);\nFN a = (FN)GetProcAddress(m, "ioctlsocket");\nvoid f(SOCKET s)\n{\n\ta(s, FIONBIO, &x);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'*FN)',
			'*PN)',
			['new  | new  | new ioctlsocket 8004667e ? | new WSAIoctl ? ? | new '],
		],
		[
			'a name for an entry point',
			'LPFN_WSAIOCTL a;\nvoid f(SOCKET s)\n{\n\ta(s, FIONBIO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			' a;',
			' b;',
			['new  | new  | 2 WSAIoctl ? ? | 3 '],
		],
		[
			'a name for an entry point, from a table',
			'int a;\nvoid load(SOCKET s)\n{\n\ta = GetProcAddress(m, "ioctlsocket");\n}\nvoid f(SOCKET s)\n{\n\ta(s, FIONBIO, &x);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'"ioctlsocket"',
			'"closesocket"',
			['new  | new  | new  | 3 WSAIoctl ? ? | 4 '],
		],
		[
			'a macro that makes a call',
			'#define DO(c) ioctlsocket(s, c, &x)\nvoid f(SOCKET s)\n{\n\tDO(FIONBIO);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'(s, c',
			'(t, d',
			['new ioctlsocket ? ? | new  | 2 WSAIoctl ? ? | 3 '],
		],
		[
			'a structure',
			'struct T { int a; };\nvoid f(SOCKET s)\n{\n\tstruct T t; WSAIoctl(s, sizeof(t), &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'int a',
			'char a',
			['new  | new WSAIoctl 1 ? | 2 WSAIoctl ? ? | 3 '],
		],
		[
			'the Windows that is asked for',
			'#define _WIN32_WINNT 0x0601\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, FIONBIO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'0601',
			'0A00',
			['new  | 1 WSAIoctl 8004667e ? | 2 '],
		],
		[
			'the Windows that is asked for, in a body',
			'void f(SOCKET s)\n{\n\t\n#define _WIN32_WINNT 0x0601\nWSAIoctl(s, FIONBIO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'0601',
			'0A00',
			['new WSAIoctl 8004667e ? | 1 '],
		],
		[
			'a member of a class that is cut',
			`class C {\npublic:\n\tint a;\n\tint f(SOCKET s) {${LONG}WSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\t}\n\tint g(SOCKET s) {${LONG}WSAIoctl(s, a, &x, 4, NULL, 0, &n, NULL, NULL);\t}\n};\n`,
			'int a;',
			'int b;',
			['new  | new WSAIoctl ? ? | new WSAIoctl ? ? | 3 '],
		],
		[
			'a function of a class that is cut',
			`class C {\npublic:\n\tint a;\n\tint f(SOCKET s) {${LONG}WSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\t}\n\tint g(SOCKET s) {${LONG}WSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\t}\n};\n`,
			'TWO',
			'ONE',
			['new  | new WSAIoctl ? ? | new WSAIoctl ? ? | 3 ', '0  | 1 WSAIoctl ? ? | new WSAIoctl ? ? | 3 '],
		],
		[
			'the head of a function of a class that is cut',
			`class C {\npublic:\n\tint a;\n\tint f(SOCKET s) {${LONG}WSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\t}\n\tint g(SOCKET s) {${LONG}WSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\t}\n};\n`,
			'int g(',
			'long g(',
			['new  | new WSAIoctl ? ? | new WSAIoctl ? ? | 3 '],
		],
		[
			'a new function in front',
			'void f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'void f',
			'void e(void) { }\nvoid f',
			['new  | new WSAIoctl ? ? | 1 WSAIoctl ? ? | 2 '],
		],
		[
			'a function that goes',
			'void f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'void f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'',
			['new WSAIoctl ? ? | 2 '],
		],
		[
			'functions that change places',
			'void f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'void f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'void g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			['new WSAIoctl ? ? | new WSAIoctl ? ? | 2 '],
		],
		[
			'a brace that is missing',
			'void f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'{\n',
			'\n',
			['new  | new  | 1 WSAIoctl ? ? | 2 ', 'new WSAIoctl ? ? | new  | 1 WSAIoctl ? ? | 2 '],
		],
		[
			'a brace that was missing',
			'void f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid h(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'\n\nvoid g',
			'\n}\nvoid g',
			['new WSAIoctl ? ? | new WSAIoctl ? ? | 1 WSAIoctl ? ? | 2 '],
		],
		[
			'a comment',
			'// one\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'one',
			'two',
			['new WSAIoctl ? ? | 1 '],
		],
		[
			'a local type in a body',
			'void f(SOCKET s)\n{\n\tstruct T { int a; }; WSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, sizeof(struct T), &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid h(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'int a',
			'char a',
			['new WSAIoctl ? ? | new WSAIoctl 1 ? | 2 WSAIoctl ? ? | 3 '],
		],
		[
			'a qualified name',
			'namespace n { const int x = 0x98000001; }\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, n::x, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'98000001',
			'98000004',
			[
				'0  | new  | 2  | new  | new WSAIoctl ? ? | 5 ',
				'0  | new  | 2  | new WSAIoctl 98000004 ? | new WSAIoctl ? ? | 5 ',
			],
		],
		[
			'many names at once',
			'#define N0 0x98000000\n#define N1 0x98000001\n#define N2 0x98000002\n#define N3 0x98000003\n#define N4 0x98000004\n#define N5 0x98000005\n#define N6 0x98000006\n#define N7 0x98000007\n#define N8 0x98000008\n#define N9 0x98000000\n#define N10 0x98000001\n#define N11 0x98000002\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, N3, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nvoid g(SOCKET s)\n{\n\tWSAIoctl(s, TWO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			'0x',
			'0X0',
			[
				'new  | new  | new  | new  | new  | new  | new  | new  | new  | new  | new  | new  | new WSAIoctl 98000003 ? | 13 WSAIoctl ? ? | 14 ',
			],
		],
		[
			'the parameters of an old-style function',
			'int a;\nint f(s)\nSOCKET s;\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nint b;\nint c;\nint d;\nint e;\n',
			'SOCKET s',
			'SOCKET  s',
			['0  | new WSAIoctl ? ? | 2  | 3  | 4  | 5  | 6 '],
		],
		[
			'what stands in front of an old-style function',
			'int a;\nint f(s)\nSOCKET s;\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nint b;\nint c;\nint d;\nint e;\n',
			'int a',
			'long a',
			['new  | 1 WSAIoctl ? ? | 2  | 3  | 4  | 5  | 6 '],
		],
		[
			'what stands behind an old-style function',
			'int a;\nint f(s)\nSOCKET s;\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nint b;\nint c;\nint d;\nint e;\n',
			'int b',
			'long b',
			['0  | 1 WSAIoctl ? ? | new  | 3  | 4  | 5  | 6 '],
		],
		[
			'what becomes an old-style function',
			'int a;\nint f(s)\nSOCKET s; ;\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nint b;\nint c;\nint d;\nint e;\n',
			'; ;',
			';',
			['0  | new WSAIoctl ? ? | 2  | 3  | 4  | 5  | 6 '],
		],
		[
			'what stands far behind an old-style function',
			'int a;\nint f(s)\nSOCKET s;\n{\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nint b;\nint c;\nint d;\nint e;\n',
			'int e',
			'long e',
			['0  | 1 WSAIoctl ? ? | 2  | 3  | 4  | new  | 6 '],
		],
		[
			'a branch that takes an item in',
			'#if A\nvoid f(SOCKET s) {\n#else\nvoid g(SOCKET s) {\n#endif\n\tWSAIoctl(s, ONE, &x, 4, NULL, 0, &n, NULL, NULL);\n}\nint b;\nint c;\nint d;\n',
			'int b',
			'long b',
			['0 WSAIoctl ? ? | new  | 2  | 3  | 4 '],
		],
		[
			'a block around an item that stays',
			'#if A\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, FIONBIO, &x, 4, NULL, 0, &n, NULL, NULL);\n}\n#else\nint x;\n#endif\n',
			'#if A',
			'#if B',
			['new  | new WSAIoctl 8004667e ? | new  | new  | new '],
		],
	])('%s', (_, before, from, to, [inC, inCpp = inC]) => {
		const after = from === '0x' ? before.replaceAll(from, to) : before.replace(from, () => to);
		expect([edited(before, after, 'c'), edited(before, after, 'cpp')]).toEqual([inC, inCpp]);
	});
});

test.each<[string, Partial<LanguageEnv>, string]>([
	['nothing', {}, '0  | 1 WSAIoctl ? ?'],
	[
		'the functions that are called as an entry point',
		{ functions: { own: 'WSAIoctl' } },
		'new WSAIoctl 1 ? | new WSAIoctl ? ?',
	],
	['the files that are included', { included: [] }, 'new  | new WSAIoctl ? ?'],
	['the wrappers', { wrappers: new Map() }, 'new  | new WSAIoctl ? ?'],
])('what is read again where %s changed around a text', (_, changed, expected) => {
	const text =
		'void f(SOCKET s) { own(s, 1, p, 4, 0, 0, q, 0, 0); }\nvoid g(SOCKET s) { WSAIoctl(s, A, p, 4, 0, 0, q, 0, 0); }';
	const file = open(text, 'c');
	const old = new Map(file.parts.map((unit, i) => [unit, i]));
	for (const unit of file.parts) calls(unit);
	file.update(text, { ...ENV.c, ...changed });
	expect(file.parts.map((unit) => `${old.get(unit) ?? 'new'} ${calls(unit)}`).join(' | ')).toBe(expected);
	file.free();
});
