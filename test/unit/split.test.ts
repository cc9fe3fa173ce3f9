/** Where a C or C++ text is cut into items, by its characters alone. */
import { describe, expect, it, test } from 'vitest';
import { type Block, condition, MOST_JOINED, split } from '../../server/src/languages/c/split.ts';

/** What stands around an item, from the outside in: `if A (not B) > namespace n`. */
const around = (block: Block | undefined): string => {
	if (!block) return '-';
	const before = block.before.length > 0 ? ` (not ${block.before.join(', ')})` : '';
	const own = `${block.kind} ${block.text}`.trim() + before;
	return block.outer ? `${around(block.outer)} > ${own}` : own;
};

/** The text with `¦` where a body begins, and `‡` in front of what a constructor initialises. */
const marked = (text: string, body: number, signature: number): string => {
	if (body === 0) return text;
	const initialised = signature === body ? '' : `‡${text.slice(signature, body)}`;
	return `${text.slice(0, signature)}${initialised}¦${text.slice(body)}`;
};

type Row = readonly [kind: string, block: string, text: string];

const rows = (text: string): Row[] =>
	(split(text)?.items ?? []).map(({ kind, block, start, end, body, signature }) => [
		kind,
		around(block),
		marked(text.slice(start, end), body, signature),
	]);

const fn = (text: string, block = '-'): Row => ['function', block, text];
const declaration = (text: string, block = '-'): Row => ['declaration', block, text];
const line = (text: string, block = '-'): Row => ['directive', block, text];

/** Texts with `§` at each cut, and the marks of bodies. */
describe('a text is cut at its marks', () => {
	it.each([
		"int a = 1'000;§ int b = 9'1;§ int c = 0x1'f;§ int d = 0'7;§ int e;",
		"int a = L'x;';§ int b;",
		'#define A // b',
		'#define A /* b',
		'#define A /*/ b\n ; */ c\n§int d;',
		'/*/ ; */ int a;§ /*/ ; */ int b;',
		'void f() ¦{ } /*/ ; */ ;§ int a;',
		'void f() ¦{ } // ,\n;§ void g() ¦{ }',
		'void f() ¦{ }§ // ,\nvoid g() ¦{ }',
		'void f() ¦{ }§ /* ;',
		'void f() ¦{ } /* a */ // b\n , c;§ int d;',
		'A b() ¦{ 1 }, c;§ int d;',
		'A b() ¦{ 1 } = c;§ int d;',
		'A b() ¦{ 1 }[0];§ int d;',
		'A b() ¦{ 1 }.c;§ int d;',
		'A(b() { 1 });§ int d;',
		'A b() ¦{ 1 }§ - c;§ int d;',
		'A::A() ‡: ::b(1) ¦{ }§ int c;',
		'A::A() ‡:b::c(1) ¦{ }§ int d;',
		'A::A() ‡: b{1}, c(2) ¦{ }§ int d;',
		'int a;§ // b\\\r\n; c\r\nint d;',
		'int a;§ // b\\ \r\n;§ int d;',
		'A_MACRO\n§#if B\n§int c;§\n#endif\n§int d;',
		'A_MACRO(1)\n§#if B\n§int c;§\n#endif\n§int d;',
		'int\n#if B\na;\n#else\nb;\n#endif\n§int d;',
		'int a_macro\n#if B\n;\n#endif\n§int d;',
		'auto a = R"0123456789abcdef(;)0123456789abcdef";§ int b;',
		'auto a = R"0123456789abcdefg(;)0123456789abcdefg";§ int b;',
		'auto a = R"(;',
		'auto a = LR"(;)";§ int b;',
		'auto a = XR"(;)";§ int b;',
		'int f(a) int a; ¦{ }§ int b;',
		'int f(a)\n#if A\nint a;\n#endif\n§{ }§ int b;',
		'int x = 1;§ int f(a) int a; ¦{ }',
		'#if A\nint f(a)\n#endif\nint a;§ ¦{ }§ int b;',
		'A a(1) ¦{ }§ int b;',
		'int a[] = { 1 } ;§ int b;',
		'enum a f() ¦{ }§ int b;',
		'class A : public B { int c; } d;§ int e;',
		'template <class T> struct A { T a; };§ int b;',
		'template <class T> void f() ¦{ }§ int b;',
		'int operator()(int a) ¦{ }§ int b;',
		'void f() const ¦{ }§ int b;',
		'void f() noexcept(true) ¦{ }§ int b;',
		'auto f() -> int ¦{ }§ int b;',
		'void f()\n¦{\n}§ int b;§\n}§\nint c;',
	])('%j', (expected) => {
		const told = rows(expected.replace(/[§¦‡]/g, '')).map(([, , text]) => text);
		expect(told.join('§')).toBe(expected);
	});
});

describe('a text is cut', () => {
	it.each<[string, readonly Row[]]>([
		['nothing', [declaration('')]],
		['blanks', [declaration(' \t\r\n\v\f')]],
		['a function and a variable', [fn('int f(void) ¦{ return 1; }'), declaration('\nint a;'), declaration('\n')]],
		['a function with inner braces', [fn('void f() ¦{ if (a) { b(); } else { c(); } }'), fn('\nvoid g() ¦{}')]],
		['a variable with braces', [declaration('int a[] = { 1, { 2 } };'), declaration(' int b;')]],
		['a comparison is no value', [fn('int f(int a = b == c) ¦{}'), fn(' bool operator==(A, B) ¦{}')]],
		['an operator', [fn('A &operator=(A const &a) ¦{ return a; }'), declaration(' int b;')]],
		['structures', [declaration('struct a { int b; };'), declaration(' struct a c = { 1 };')]],
		['a structure that is given back', [fn('struct a f(void) ¦{ }'), declaration(' struct a { int b; } g(void) { }')]],
		['an enumeration', [declaration('enum a { B, C };'), declaration(' enum a d;')]],
		['a type', [declaration('typedef struct { int a; } b, *c;'), declaration(' typedef int (*d)(int);')]],
		['strings with brackets', [declaration('char *a = "{;\\"}";'), declaration(" char b = '{', c = '\\'';")]],
		['a string that is not closed', [declaration('char *a = "b;\n;'), declaration('\nint c;')]],
		['a string over two lines', [declaration('char *a = "b\\\n;";'), declaration(' char *c = "d\\\r\n;";')]],
		['raw strings', [declaration('auto a = R"x(;")y";{)x";'), declaration(' auto b = u8R"(\n;")";')]],
		[
			'what only looks like a raw string',
			[declaration('int aR"(;";'), declaration(' auto b = R"a b(";'), declaration(' c;')],
		],
		['numbers with separators', [declaration("int a = 1'000'000;"), declaration(" int b = '1';")]],
		['comments', [declaration('/* ; { */ int // ;\n a;'), declaration(' // } \\\n ; {\n int b;')]],
		['a comment behind the last item', [declaration('int a;'), declaration(' // ;\\\r\n;')]],
		['parentheses', [declaration('int a = (b; c);'), declaration(' int d[sizeof(int[2])];')]],
		[
			'an attribute',
			[declaration('struct __declspec(align(8)) a { int b; };'), fn(' struct a __attribute__((x)) f() ¦{}')],
		],
		[
			'attributes of structures',
			[declaration('struct alignas(8) a { } b;'), declaration(' struct _Alignas(8) c { };')],
		],
		['a constructor', [fn('A::A(int b) ‡: c(b), d() ¦{ }'), fn(' A::~A() ¦{ }')]],
		['a scope', [fn('void A::b() ¦{ }'), declaration(' int A::c = 1;')]],
		[
			'a body with a semicolon',
			[fn('void f() ¦{ };'), fn(' void g() ¦{ } /* ; */ ;'), fn(' void h() ¦{ }'), declaration(' // ;\n')],
		],
		[
			'old-style parameters',
			[declaration('int a;'), fn(' int f(b, c) int b; char *c; ¦{ return b; }'), declaration(' ')],
		],
		['braces that follow nothing', [declaration('int a = 1;'), fn(' ¦{ }')]],
		['two braces too many', [fn('void f() ¦{ }'), declaration(' }'), declaration(' }'), fn(' void g() ¦{ }')]],
		[
			'namespaces',
			[
				declaration('namespace a::b {'),
				declaration(' int c;', 'namespace a::b'),
				declaration(' inline namespace /* d */ e {', 'namespace a::b'),
				fn(' void f() ¦{ }', 'namespace a::b > namespace e'),
				declaration(' }', 'namespace a::b > namespace e'),
				declaration(' namespace {', 'namespace a::b'),
				declaration(' }', 'namespace a::b > namespace'),
				declaration(' }', 'namespace a::b'),
				declaration(' int g;'),
			],
		],
		[
			'other languages',
			[
				declaration('extern "C" {'),
				fn(' void f() ¦{ }', 'linkage'),
				declaration(' }', 'linkage'),
				declaration(' extern "C++" {'),
				declaration(' }', 'linkage'),
				fn(' extern "C" void g() ¦{ }'),
				declaration(' extern int a[];'),
			],
		],
		['a namespace of another name', [declaration('namespace a = b;'), declaration(' using namespace c;')]],
		[
			'lines of the preprocessor',
			[line('#include <a>\n'), line('  # define B {\\\n ;\n'), line('#define C\r\n'), declaration('int d;')],
		],
		[
			'a define with quotes',
			[line('#define A "\\\n;" // \'\n'), line("#define B '\"' /* \n ; */ {\n"), declaration('int c;')],
		],
		[
			'a define with comments',
			[line('#define A /* b *//* c\n*/ d\n'), line('#define B /* c */ // \\"\n'), declaration('int e;')],
		],
		[
			'a sign that begins no line',
			[declaration('int a; '.trimEnd()), declaration(' # if b\n;'), declaration(' int c;')],
		],
		[
			'conditions',
			[
				line('#if defined(A) && /* no */ B\\\n || C // D\n'),
				declaration('int a;', 'if defined(A) && B || C'),
				line('\n#elif E\n', 'if defined(A) && B || C'),
				declaration('int b;', 'if E (not defined(A) && B || C)'),
				line('\n#else\n', 'if E (not defined(A) && B || C)'),
				declaration('int c;', 'if (not defined(A) && B || C, E)'),
				line('\n#endif // F\n', 'if (not defined(A) && B || C, E)'),
				declaration('int d;'),
			],
		],
		[
			'conditions within each other',
			[
				line('#ifdef A\n'),
				line('#ifndef B\n', 'if defined(A)'),
				fn('void f() ¦{ }', 'if defined(A) > if !defined(B)'),
				line('\n#endif\n', 'if defined(A) > if !defined(B)'),
				declaration('int a;', 'if defined(A)'),
				line('\n#endif\n', 'if defined(A)'),
				line('#endif\n'),
				declaration('int b;'),
			],
		],
		[
			'a condition within an item',
			[
				fn('void f()\n#if A\n{ b(;\n#else\n¦{ c(\n#endif\n1); }'.replace('¦', '').replace('{ b', '¦{ b')),
				declaration('\nint a;'),
			],
		],
		[
			'conditions in a body',
			[fn('void f() ¦{\n#ifdef A\n if (b) {\n#else\n {\n#endif\n }\n}'), declaration('\nint c;')],
		],
		[
			'a condition around the end of a declaration',
			[declaration('int a\n#ifdef B\n = 1;\n#else\n = 2;\n#endif\n'), declaration('int c;')],
		],
		[
			'a condition around the end of a function',
			[fn('void f() ¦{\n#ifdef A\n}\n#else\n b(); }\n#endif\n'), declaration('int c;')],
		],
		[
			'an item that begins in a branch',
			[
				declaration('int a;\n'.trimEnd()),
				declaration('\n#ifdef A\nint b\n#else\nlong b\n#endif\n= 1;'),
				declaration('\nint c;'),
			],
		],
		[
			'a function whose head differs',
			[
				fn('#if A\nvoid f(int a) {\n#else\nvoid f(void) {\n#endif\n}'.replace('{\n#else', '¦{\n#else')),
				fn('\nvoid g() ¦{}'),
			],
		],
		[
			'a lone macro',
			[
				declaration('BEGIN_DECLS\n'),
				line('#include <a>\n'),
				declaration('MACRO(b)\n'),
				line('#if 1\n'),
				line('#endif\n', 'if 1'),
			],
		],
		[
			'what is no lone macro',
			[
				declaration('int b\n#define A\n;'),
				declaration(' lower\n#define B\n;'),
				declaration(' TWO WORDS\n#define C\n;'),
			],
		],
	])('%s', (_, parts) => {
		const text = parts.map(([, , part]) => part.replace(/[¦‡]/g, '')).join('');
		expect(rows(text)).toEqual(parts);
	});

	it('cuts a class wherever it stands', () => {
		const member = `void f() { /* ${'long '.repeat(120)}*/ }`;
		const kinds = rows(`${'int a;\n'.repeat(100)}class K {\n${member}\n};\n`).map(([kind]) => kind);
		expect(kinds.slice(100)).toEqual(['class', 'function', 'class', 'declaration']);
	});

	it('takes parameters of old-style definitions back, so many and no more', () => {
		const with_ = (count: number) => rows(`f(a) int a; ${'int b; '.repeat(count - 1)}{ }`).map(([kind]) => kind);
		expect(with_(MOST_JOINED)).toEqual(['function']);
		expect(with_(MOST_JOINED + 1).length).toBeGreaterThan(MOST_JOINED);
	});

	it.each([
		['a value', 'int f(a) int a = 1; { }'],
		['braces', 'int f(a) struct { int b; } a; { }'],
		['a body', 'int f(a) { } int a; { }'],
		['another block', '#if A\nint f(a)\nint a;\n#endif\n{ }'],
	])('takes nothing back across %s', (_, text) => {
		expect(rows(text).length).toBeGreaterThan(1);
	});
});

describe('a text in which a bracket is missing', () => {
	it.each<[string, readonly Row[]]>([
		['a brace', [fn('void f()\n¦{\n\tif (a) {\n}'), fn('\nvoid g()\n¦{\n}'), declaration('\nint b;')]],
		['the last brace', [fn('void g()\n¦{\n}'), declaration('\nvoid f()\n{\n\ta();\n')]],
		['an end of a condition', [fn('void f()\n¦{\n#if A\n}'), fn('\nvoid g()\n¦{\n}')]],
	])('%s', (_, parts) => {
		const text = parts.map(([, , part]) => part.replace(/[¦‡]/g, '')).join('');
		expect(rows(text)).toEqual(parts);
		expect(split(text)?.isRecovered).toBe(true);
	});

	test('is told from one in which none is', () => {
		expect(split('void f() { }')?.isRecovered).toBe(false);
		expect(split('int a')?.isRecovered).toBe(false);
	});

	test('is not cut from its middle', () => {
		const text = 'int a;\nvoid f()\n{\n\tif (a) {\n}\n';
		const first = split(text)?.items[0];
		expect(first?.end).toBe(6);
		expect(split(text, { items: first ? [first] : [], start: 6, block: undefined })).toBeUndefined();
	});
});

describe('a comment that is not closed', () => {
	test.each([
		['int a; /* b', 1],
		['int a; /* b */ int c; /* d', 1],
	])('%s', (text, blanks) => {
		const last = split(text)?.items.at(-1);
		expect(last?.comment).toBe(blanks);
		expect(
			split(text)
				?.items.slice(0, -1)
				.every(({ comment }) => comment === undefined),
		).toBe(true);
	});
});

describe('a condition in one form', () => {
	it.each([
		['if', ' A  &&\tB ', 'A && B'],
		['if', ' A \\\r\n B /* C */ // D', 'A B'],
		['if', ' A /* B', 'A'],
		['elif', ' A', 'A'],
		['ifdef', ' A', 'defined(A)'],
		['elifdef', ' A', 'defined(A)'],
		['ifndef', ' A // B', '!defined(A)'],
		['elifndef', ' A', '!defined(A)'],
	])('#%s%s', (name, rest, expected) => {
		expect(condition(name, rest)).toBe(expected);
	});
});

test('cutting ends where the rest is known', () => {
	const text = 'int a;\nint b;\nint c;\n';
	const asked: number[] = [];
	const cutting = split(text, undefined, (at) => {
		asked.push(at);
		return at === 13;
	});
	expect(asked).toEqual([6, 13]);
	expect([cutting?.items.length, cutting?.end]).toEqual([2, 13]);
});
