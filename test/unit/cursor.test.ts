/** What is open at an offset of a C or C++ text, and what has to stand behind it. */
import { describe, expect, test } from 'vitest';
import { argumentsBehind, closers, cursorAt, firstToken, forEachWord } from '../../server/src/languages/c/cursor.ts';
import { LONGEST_LIST } from '../../server/src/syntax/written.ts';

/** A text around a cursor, which is written `¦`. */
function at(marked: string): { readonly text: string; readonly offset: number } {
	const [before = '', behind = ''] = marked.split('¦');
	return { text: before + behind, offset: before.length };
}

/** The place, then each open bracket with the name in front and its commas: `statement: f(1 {`; a block is `{}`. */
function shown(marked: string): string {
	const { text, offset } = at(marked);
	const { place, open } = cursorAt(text, offset);
	const brackets = open.map(({ kind, at: from, commas, isBlock, callee }) => {
		const name = callee ? text.slice(callee.at, callee.at + callee.name.length) : '';
		expect([text[from], name]).toEqual([kind, callee?.name ?? '']);
		expect(commas.map((comma) => text[comma])).toEqual(commas.map(() => ','));
		return `${name}${kind}${isBlock ? '}' : ''}${commas.length || ''}`;
	});
	return [place, ...brackets].join(' ');
}

describe('what is open at an offset', () => {
	test.each([
		['¦', 'other'],
		['f(¦', 'other f('],
		['f(¦)', 'other f('],
		['f(a, b[1, 2, ¦', 'other f(1 [2'],
		['f(a), b¦', 'other'],
		['f(a, g(b), wo¦rd', 'other f(2'],
		// Comments.
		['f( // (,\n¦', 'other f('],
		['f( // (,¦\n', 'comment f('],
		['f( // (\\\n (¦', 'comment f('],
		['f( /* (, */ ¦', 'other f('],
		['f( /* (, */¦', 'other f('],
		['f( /* ¦*/', 'comment f('],
		['f( /**¦/', 'comment f('],
		['f( /**/ (¦', 'other f( ('],
		['f( /*/ (¦', 'comment f('],
		['f( /* ¦', 'comment f('],
		['f( / * (¦', 'other f( ('],
		['f( /¦', 'other f('],
		// Literals.
		['f("(,¦', 'text f('],
		['f("(,¦")', 'text f('],
		['f("¦', 'text f('],
		['f("("¦', 'other f('],
		['f("\\"(", ¦', 'other f(1'],
		["f('(', '\\'', ¦", 'other f(2'],
		['f("(\n, ¦', 'other f(1'],
		['f("a¦\n', 'text f('],
		['f("a"(¦', 'other f( ('],
		['f(R"(a")", (¦', 'other f(1 ('],
		['f(u8R"x(")x", LR"(,")", UR"(,")", uR"(,")", (¦', 'other f(4 ('],
		['f(R"(a"¦)', 'text f('],
		['f(R "(", ( ")", ¦', 'other f(1 (1'],
		['f(xR"(", ( ")", ¦', 'other f(1 (1'],
		["f(R'(', ( ')', ¦", 'other f(1 (1'],
		["f(1'000, 2'0'0, (¦", 'other f(2 ('],
		["f(1'¦", 'other f('],
		["f(1'00¦0", 'other f('],
		["f(a'(', ¦", 'other f(1'],
		// Names in front of a parenthesis.
		['return f(¦', 'other f('],
		['case f(¦', 'other f('],
		['co_await f(¦', 'other f('],
		['int f(¦', 'other ('],
		['returned f(¦', 'other ('],
		['* f(¦', 'other f('],
		['p->f(¦', 'other f('],
		['1(¦', 'other ('],
		['(*p)(¦', 'other p('],
		['( p )(¦', 'other p('],
		['(*p->q)(¦', 'other ('],
		['(1)(¦', 'other ('],
		['(*                                 p)(¦', 'other ('],
		['(p[1])(¦', 'other ('],
		['(p) + (q, ¦', 'other (1'],
		['} (¦', 'other ('],
		// Brackets that are too many or too few.
		['f(a) ) g(¦', 'other g('],
		['f(] , ¦', 'other f(1'],
		['f([ a) , ¦', 'other'],
		['a { ) , ¦', 'other {1'],
		['f( { ) , ¦', 'other f( {1'],
		['f(a { b( } , ¦', 'other f(1'],
		['f(g[ { b( ] ¦', 'other f( [ { b('],
		['void f() { g(a, b; h(¦', 'other {} h('],
		['void f() { for (i = 0; h(¦', 'other {} for( h('],
		['void f() { for(i = 0; h(¦', 'other {} for( h('],
		['void f() { xfor(i = 0; h(¦', 'other {} h('],
		['void f() { g(for_(a; h(¦', 'other {} h('],
		['f(a; g(¦', 'other f( g('],
		['void f() { { a(; } b(¦', 'other {} b('],
		['void f() { a(b { c(; d(¦', 'other {} a( { d('],
	])('%s', (marked, expected) => {
		expect(shown(marked)).toBe(expected);
	});
});

describe('the place at an offset', () => {
	test.each([
		['case ¦', 'case'],
		['case SIO_¦', 'case'],
		['case 1 ¦', 'other'],
		['a = ¦', 'value'],
		['a = \\\n ¦', 'value'],
		['a = "b" ¦', 'other'],
		['a == ¦', 'value'],
		['a != ¦', 'value'],
		...['<', '>', '+', '*', '/', '%', '&', '|', '^', '-'].map((sign): [string, string] => [`a ${sign}= ¦`, 'other']),
		['void f() { ¦', 'statement'],
		['void f() { WSA¦', 'statement'],
		['void f() { a; ¦', 'statement'],
		['void f() { { } ¦', 'statement'],
		['void f() { a, ¦', 'other'],
		['void f() { g(h; ¦', 'statement'],
		['void f() { g({ ¦', 'other'],
		['void f() { g([] { ¦', 'other'],
		['int a[] = { ¦', 'other'],
		['a; ¦', 'other'],
		...['do', 'else', 'try', 'const', 'noexcept', 'override', 'final', 'mutable', ';', ':', '{ }', '{'].map(
			(before): [string, string] => [`${before} { ¦`, 'statement'],
		),
		...['return', 'struct a', ',', '='].map((before): [string, string] => [`${before} { ¦`, 'other']),
		['#define A ¦', 'definition'],
		['#define A WSA¦', 'definition'],
		['#define A¦', 'text'],
		['#define ¦', 'text'],
		['#define A(x) ¦', 'definition'],
		['#define A { ¦', 'other'],
		['#define A 1 ¦', 'other'],
		['#undef A ¦', 'text'],
		['#if A ¦', 'text'],
		['#if A¦\n', 'text'],
		['#if A\n¦', 'other'],
		['# ¦', 'text'],
	])('%j: %s', (marked, place) => {
		expect(shown(marked).split(' ')[0]).toBe(place);
	});
});

describe('the preprocessor around an offset', () => {
	/** Brackets at each open `#if`; the lines and branches that are passed over; `0` in a branch that is off. */
	const around = (marked: string) => {
		const { text, offset } = at(marked);
		const { conditions, otherBranches, isDisabled } = cursorAt(text, offset);
		const others = otherBranches.map(({ start, end }) => text.slice(start, end).replaceAll('\n', '/'));
		return `${conditions.join(' ')}${isDisabled ? ' 0' : ''}: ${others.join(' ')}`;
	};

	test.each([
		['a(¦', ': '],
		['#if A\n¦', '0: #if A/'],
		['  #  if A\n¦', '0: #  if A/'],
		['#ifdef A\na(¦', '0: #ifdef A/'],
		['a(b,\n#if A\nc,\n#ifndef B\n{ ¦', '1 1: #if A/ #ifndef B/'],
		['a(\n#if A\n(\n#if B\n¦', '1 2: #if A/ #if B/'],
		['a( #if A\n¦', ': '],
		['#if A\nb\n#else\n¦', '0: #if A/b/#else/'],
		['#if A\nb\n#elif B\nc\n#else\n¦', '0: #if A/b/#elif B/c/#else/'],
		['#if A\nb\n#endif\n¦', ': #if A/ #endif/'],
		['#if A\nb\n#else\nc\n#endif\n¦', ': #if A/ #else/c/#endif/'],
		['#if A\nb\n#elif B\nc\n#else\nd\n#endif\n¦', ': #if A/ #elif B/c/#else/d/#endif/'],
		['#if A\n#if B\n#endif\n¦', '0: #if B/ #endif/ #if A/'],
		['#if A\n#include B\n¦', '0: #if A/'],
		['#endif\n#else\n¦', ': '],
		['#if 0\n¦', '0 0: #if 0/'],
		['#  if  0\n¦', '0 0: #  if  0/'],
		['#if 0\n#else\n¦', '0: #if 0/#else/'],
		['#if 0\n#if A\n¦', '0 0 0: #if 0/ #if A/'],
		['#if 00\n¦', '0: #if 00/'],
		['#if 1\n¦', '0: #if 1/'],
		['#if A \\\n B\n¦', '0: #if A \\/ B/'],
		['a "\n#if A\n¦', '0: #if A/'],
		['#if A\n#define B ¦', ': '],
	])('%j', (marked, expected) => {
		expect(around(marked)).toBe(expected);
	});

	test.each([
		['of the first branch are open behind the others', 'a(\n#if A\nb(1,\n#else\nc[2\n#endif\n¦', 'other a( b(1'],
		['at the condition are open in each branch', 'a(1,\n#if A\nb(2,\n#else\n3,\n#elif B\nd[¦', 'other a(1 ['],
		['of a branch that goes on', 'a(1,\n#if A\n2,\n#endif\n3, ¦', 'other a(3'],
		['that the condition closes', '{ a(\n#if A\nb);\n#else\nc);\n#endif\n(¦', 'other { ('],
		['of a definition stand alone', 'a(\n#define F(x) b( #x, ¦', 'other b(1'],
		['of a definition over two lines', 'a(\n#define F b(c, \\\n#d, ¦', 'other b(2'],
		['of another directive are none', 'a(\n#pragma b( ¦', 'text a('],
	])('brackets %s', (_, marked, expected) => {
		expect(shown(marked)).toBe(expected);
	});

	test.each([
		['a\n#define F(x, y) b ¦', '#define F(x, y)', ' b '],
		['  # define F b ¦', '# define F', ' b '],
		['#define F (b) ¦', '#define F', ' (b) '],
	])('%j is a definition', (marked, head, body) => {
		const { text, offset } = at(marked);
		const { define } = cursorAt(text, offset);
		expect(define && [text.slice(define.start, define.body), text.slice(define.body, offset)]).toEqual([head, body]);
	});

	test('a definition that is over is none', () => {
		const { text, offset } = at('#define F b\n¦');
		expect(cursorAt(text, offset).define).toBeUndefined();
	});
});

test.each([
	['a(', ')'],
	['void f() { a(b[{', ';}])' + ';}'],
	['a(\n#if A\nb(', ')\n#endif\n)'],
	['#if A\n#if B\na(', ')\n#endif\n\n#endif\n'],
	['{ a(\n#if A\n#if B\n', '\n#endif\n\n#endif\n);}'],
	['', ''],
])('%j is closed by %j', (text, expected) => {
	expect(closers(cursorAt(text, text.length))).toBe(expected);
});

describe('the arguments behind an offset', () => {
	const LONG = 'a'.repeat(LONGEST_LIST);
	/** The arguments, in which `‖` stands for each comma of the list, up to where they end. */
	const behind = (marked: string) => {
		const { text, offset } = at(marked);
		const { open } = cursorAt(text, offset);
		const { commas, end, isClosed } = argumentsBehind(text, offset, open, 0);
		const shown = [...text].map((c, i) => (commas.includes(i) ? '‖' : c));
		return shown.slice((open[0]?.at ?? 0) + 1, end + (isClosed ? 1 : 0)).join('');
	};

	test.each([
		['f(¦)', ')'],
		['f(a, b¦c, d)', 'a‖ bc‖ d)'],
		['f(a, b¦, d', 'a‖ b'],
		['f(a, b¦c; d)', 'a‖ bc'],
		['f(a, b¦ } d)', 'a‖ b'],
		['f(a, b¦\n#if C\n)', 'a‖ b'],
		['f(¦a, g(b, c), d[e, f])', 'a‖ g(b, c)‖ d[e, f])'],
		['f(g(a, ¦b), c)', 'g(a, b)‖ c)'],
		['f(g(a, ¦b', 'g(a, b'],
		['f(¦a])', 'a'],
		['f(g[¦a))', 'g[a'],
		['f(¦"a,)", \',\', b)', '"a,)"‖ \',\'‖ b)'],
		['f(¦/* a,) */, // b,)\n c)', '/* a,) */‖ // b,)\n c)'],
		['f(¦a / b, c)', 'a / b‖ c)'],
		['f(¦a, /* b)', 'a'],
		['f(¦a, { b, { c } }, d)', 'a‖ { b, { c } }‖ d)'],
		['f(¦a, { b })', 'a‖ { b })'],
		['f(¦a, { b } c)', 'a'],
		['f(¦a, { b )', 'a'],
		[`f(¦a, ${LONG})`, 'a'],
		[`f(a¦${LONG})`, `a${LONG}`],
		[`f(¦a, {${LONG}})`, 'a'],
	])('%j', (marked, expected) => {
		expect(behind(marked)).toBe(expected);
	});
});

test.each([
	['', ''],
	[' \t\r\n', ''],
	['a', 'a'],
	['/* a */ // b\n\tc', 'c'],
	['/**/c', 'c'],
	['/ a', '/ a'],
	['/* a', '/* a'],
	['// a', ''],
	['"a"', '"a"'],
	['{ a }', '{ a }'],
])('the first token of %j is %j', (text, expected) => {
	expect(text.slice(firstToken(text))).toBe(expected);
});

test('every word of a text is told, but for those in comments and literals', () => {
	const text = `a /* b */ = c("d", 'e') + 1'000; // f
#define G(x) h(x) /* i */ "j"
#if K
#pragma l(m
`;
	const words: string[] = [];
	forEachWord(text, (word, from) => {
		expect(text.startsWith(word, from)).toBe(true);
		words.push(word);
	});
	expect(words).toEqual(['a', 'c', '000', 'define', 'G', 'x', 'h', 'x', 'if', 'K', 'pragma', 'l', 'm']);
	const last: string[] = [];
	forEachWord('#define A b(c', (word) => last.push(word));
	expect(last).toEqual(['define', 'A', 'b', 'c']);
});
