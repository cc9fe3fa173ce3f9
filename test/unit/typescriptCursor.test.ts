/** What is open at a place of a TypeScript text, read from its characters alone. */
import { describe, expect, it } from 'vitest';
import { argumentsBehind, closers, cursorAt, forEachWord } from '../../server/src/languages/js/cursor.ts';

describe('at the end of a text', () => {
	it.each([
		['', 'statement', ''],
		['abc', 'statement', ''],
		['a; ', 'statement', ''],
		['f(', 'other', '(0'],
		['f(a, b, cd', 'other', '(2'],
		['f([1, 2, ', 'other', '(0 [2'],
		['f(a, { b: 1, ', 'other', '(1 {1'],
		['f(`a${b(1, ', 'other', '(0 `0 $0 (1'],
		[`f(\`a\${b}, `, 'text', '(0 `0'],
		['f(`a\\`, ', 'text', '(0 `0'],
		['f(`a`, ', 'other', '(1'],
		['f(`$a`, ', 'other', '(1'],
		['f("a, (", ', 'other', '(1'],
		["f('a\\', ", 'text', '(0'],
		["f('a\n, ", 'other', '(1'],
		['f(/[/,]/, ', 'other', '(1'],
		['f(a / b, c / d, ', 'other', '(2'],
		['return /,(/, ', 'other', ''],
		['a.b /,(', 'other', '(0'],
		['(a) /,(', 'other', '(0'],
		['</p>(', 'other', '(0'],
		['f(/a\n(', 'other', '(0 (0'],
		['// a, (', 'comment', ''],
		['// a\n', 'statement', ''],
		['// a\r', 'statement', ''],
		['/* a, (', 'comment', ''],
		['/* a */ ', 'statement', ''],
		['f(/* , */ a, // ,\n', 'other', '(1'],
		['case A', 'case', ''],
		['a = ', 'value', ''],
		['a == ', 'value', ''],
		['a += ', 'other', ''],
		['a <= ', 'other', ''],
		['a, ', 'other', ''],
		['if (a) { ', 'statement', '{0'],
		['if (a) { b(); c', 'statement', '{0'],
		['if (a) { b ', 'other', '{0'],
		['else { ', 'statement', '{0'],
		['() => { ', 'statement', '{0'],
		['const a = { ', 'other', '{0'],
		['f({ a() { ', 'other', '(0 {0 {0'],
		['a } ', 'statement', ''],
		['f(a] ', 'other', '(0'],
		['f(a) ', 'other', ''],
		['f[a] ', 'other', ''],
		['{ f( } ', 'statement', ''],
		['{ f( } g(', 'other', '(0'],
		['f(/*/, ', 'comment', '(0'],
		['f(/**/ a, ', 'other', '(1'],
		['/* a */', 'statement', ''],
		["f('', ", 'other', '(1'],
		["f('\\n', ", 'other', '(1'],
		["f('\\\\', ", 'other', '(1'],
		['f(`\\`, `, ', 'other', '(1'],
		['(a) /(/ b', 'other', '(0'],
		['</p>(</p>', 'other', '(0'],
		['f = /(', 'other', '(0'],
		['a = /b/ / (c / d', 'other', '(0'],
		['a = /\n/(/', 'other', ''],
	])('%j it is a place of kind %s, in %s', (text, place, open) => {
		const cursor = cursorAt(text, text.length);
		expect(cursor.place).toBe(place);
		expect(cursor.open.map(({ kind, commas }) => kind + commas.length).join(' ')).toBe(open);
		for (const { kind, at } of cursor.open) expect(text.slice(at, at + 2)).toContain(kind === '$' ? '{' : kind);
	});

	it('all that is open can be closed', () => {
		expect(closers(cursorAt('f({ a: [`x${', 12).open)).toBe('}`]\n})');
	});
});

it('in its middle a comment or a text ends only behind it', () => {
	const text = 'f("abc", /* def */ g) // h';
	const places = [4, 9, 12, 19, 24].map((at) => cursorAt(text, at).place);
	expect(places).toEqual(['text', 'other', 'comment', 'other', 'comment']);
	expect(cursorAt('f(`-`)', 4).place).toBe('text');
	expect(cursorAt('f(`-${b', 5)).toMatchObject({ place: 'text', open: [{ kind: '(' }, { kind: '`' }] });
});

it('words are those of the code', () => {
	const words: string[] = [];
	const text = `a b.c "d" // e\n /* f */ g(/h/, \`i\${j}k\`) $l_1 été`;
	forEachWord(text, (word, at) => {
		expect(text.slice(at, at + word.length)).toBe(word);
		words.push(word);
	});
	expect(words).toEqual(['a', 'b', 'c', 'g', 'j', '$l_1', 'été']);
});

describe('the arguments behind a cursor', () => {
	it.each([
		['f(a, |b, g(c, d), e) h', [3, 6, 15], 18],
		['f(|)', [], 2],
		['f(a|bc, d)', [5], 8],
		['f(a, |b; g)', [3], undefined],
		['f(a, |b, c', [3], undefined],
		['f(|a, "),", /* ) */ b)', [3, 9], 20],
		['f(|a, () => { b; }, c)', [3, 17], 20],
		['f(|a] , b)', [5], 8],
	])('%s', (marked, commas, end) => {
		const offset = marked.indexOf('|');
		const text = marked.replace('|', '');
		const { open } = cursorAt(text, offset);
		const behind = argumentsBehind(text, offset, open, 0);
		expect([[...behind.commas], behind.isClosed ? behind.end : undefined]).toEqual([commas, end]);
	});
});
