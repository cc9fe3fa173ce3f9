/** What is read of C and C++ texts by their characters alone, before or beside any grammar. */
import { describe, expect, test } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { aliasNames, aliasTypes, mayHoldAliases, ownTypes } from '../../server/src/languages/c/aliases.ts';
import { withoutAnnotations } from '../../server/src/languages/c/annotations.ts';
import { cut, cutAgain, isSameBlock } from '../../server/src/languages/c/cut.ts';
import {
	lastComponent,
	normaliseSized,
	parseCharacter,
	parseInteger,
	wordAt,
} from '../../server/src/languages/c/nodes.ts';
import { withoutOpenNests } from '../../server/src/languages/c/openNests.ts';
import { argumentList, withPlainTypes } from '../../server/src/languages/c/plainTypes.ts';
import type { Item } from '../../server/src/languages/c/split.ts';
import { mayWrite } from '../../server/src/languages/c/uses.ts';
import { holdsWord, type Indexed, WordIndex } from '../../server/src/languages/c/wordIndex.ts';
import { changedRegion, textChange } from '../../server/src/syntax/change.ts';
import { countUpTo, lineAt, lineStarts, partOf } from '../../server/src/syntax/lines.ts';
import { lastWord, replaceBlockComments } from '../../server/src/syntax/scan.ts';
import { byPosition, countWhile, lastBefore, pushTo } from '../../server/src/syntax/search.ts';
import { trimmed } from '../../server/src/syntax/written.ts';

const catalog = Catalog.builtin;

describe('numbers and names', () => {
	test.each([
		['0', 0n],
		['12', 12n],
		['-12', -12n],
		['+12', 12n],
		['0x1F', 31n],
		['-0XfF', -255n],
		['0b101', 5n],
		['017', 15n],
		['00', 0n],
		['019', undefined],
		["1'000", 1000n],
		['12UL', 12n],
		['12uz', 12n],
		['12ui64', 12n],
		['12i8', 12n],
		['12i7', undefined],
		['12x', undefined],
		['1.5', undefined],
		['', undefined],
	])('%j is the integer %s', (text, value) => {
		expect(parseInteger(text)).toBe(value);
	});

	test.each([
		["'f'", 0x66n],
		["'\\n'", undefined],
		["'ab'", undefined],
		["f'", undefined],
	])('%s is the character %s', (text, value) => {
		expect(parseCharacter(text)).toBe(value);
	});

	test.each([
		['unsigned', 'unsigned int'],
		['  signed\tint ', 'int'],
		['unsigned  char', 'unsigned char'],
		['char', 'signed char'],
		['long double', 'long double'],
		['short unsigned int', 'unsigned short'],
		['short', 'short'],
		['int long', 'long'],
		['unsigned long', 'unsigned long'],
		['long unsigned long int', 'unsigned long long'],
		['long long', 'long long'],
		['unsigned __int64', 'unsigned __int64'],
		['__int32', '__int32'],
		['struct  a', 'struct a'],
		['longer', 'longer'],
	])('%j is %j', (text, expected) => {
		expect(normaliseSized(text)).toBe(expected);
	});

	test.each([
		['a::b::c', 'c'],
		['c', 'c'],
	])('%s ends in %s', (name, expected) => {
		expect(lastComponent(name)).toBe(expected);
	});

	test.each([
		['a', 0],
		['ba a', 3],
		['a1 a', 3],
		['(a)', 1],
		['_a a_ -a', 7],
		['b', -1],
		['', -1],
	])('in %j the word stands at %i', (text, at) => {
		expect(wordAt(text, 'a')).toBe(at);
		expect(holdsWord(text, 'a')).toBe(at >= 0);
	});

	test.each([
		['12a', true],
		['b12a', false],
		['a12', false],
		['éa', true],
		['', false],
	])('a number that runs into a word is no part of it: %j', (text, expected) => {
		expect(holdsWord(text, 'a')).toBe(expected);
		expect(holdsWord(text, '')).toBe(false);
	});

	test.each([
		['', ''],
		['a->b1_Z', 'b1_Z'],
		['az AZ09_', 'AZ09_'],
		['a b.', ''],
		['a@z', 'z'],
		['a[z', 'z'],
		['a`z', 'z'],
		['a{z', 'z'],
		['a/z', 'z'],
		['a:z', 'z'],
	])('%j ends in the word %j', (text, expected) => {
		expect(lastWord(text)).toBe(expected);
	});

	test.each([
		['a', 'a'],
		['/* a */', '<7>'],
		['a/**/b', 'a<4>b'],
		['a /*/ b */ c /* d */', 'a <8> c <7>'],
		['a /* b', 'a /* b'],
		['a /*/', 'a /*/'],
	])('comments of %j', (text, expected) => {
		expect(replaceBlockComments(text, ({ length }) => `<${length}>`)).toBe(expected);
	});
});

describe('places in lists and texts', () => {
	test('are found by halves', () => {
		for (let length = 0; length < 6; length++)
			for (let holds = 0; holds <= length; holds++) expect(countWhile(length, (at) => at < holds)).toBe(holds);
		expect([0, 1, 2, 3, 9].map((limit) => lastBefore([1, 2, 2, 5], (n) => n, limit))).toEqual([-1, -1, 0, 2, 3]);
		expect([0, 1, 2, 9].map((limit) => countUpTo([1, 2, 2, 5], limit))).toEqual([0, 1, 3, 4]);
		const map = new Map<string, number[]>();
		for (const n of [1, 2]) pushTo(map, 'a', n);
		expect([...map]).toEqual([['a', [1, 2]]]);
		expect(byPosition([{ start: 2 }, { start: 0 }, { start: 1 }]).map(({ start }) => start)).toEqual([0, 1, 2]);
	});

	test('by line', () => {
		const starts = lineStarts('a\nb\r\n\rc');
		expect(starts).toEqual([0, 2, 5, 6]);
		expect([0, 1, 2, 4, 5, 6, 7].map((at) => lineAt(starts, at))).toEqual([0, 0, 1, 1, 2, 3, 3]);
		expect(partOf('abc', 1, 2)).toBe('b');
	});

	test.each([
		['a b ', 0, 4, 'a b'],
		['( a )', 1, 4, 'a'],
		['(  )', 1, 3, ''],
		['()', 1, 1, ''],
	])('without blanks: %j from %i to %i', (text, from, to, expected) => {
		const { start, end } = trimmed(text, from, to);
		expect([text.slice(start, end), start >= from, end <= to]).toEqual([expected, true, true]);
	});

	test.each([
		['abc', 'abc', 3, 0],
		['abc', 'abXc', 2, 1],
		['aa', 'aaa', 2, 0],
		['abc', '', 0, 0],
		['abab', 'ab', 2, 0],
		['xb', 'yb', 0, 1],
	])('%j and %j differ', (before, after, start, same) => {
		expect(changedRegion(before, after)).toEqual({ start, same });
	});

	test('a change is told in lines and columns', () => {
		expect(textChange('a\nbc\nd', 'a\nbX\nYc\nd')).toEqual({
			startIndex: 3,
			oldEndIndex: 3,
			newEndIndex: 6,
			startPosition: { row: 1, column: 1 },
			oldEndPosition: { row: 1, column: 1 },
			newEndPosition: { row: 2, column: 1 },
		});
		expect(textChange('\na', '\nb').oldEndPosition).toEqual({ row: 1, column: 1 });
		expect(textChange('a\n', 'b\n').startPosition).toEqual({ row: 0, column: 0 });
		expect(textChange('a\n', 'a\nb').startPosition).toEqual({ row: 1, column: 0 });
	});
});

describe('a table of words', () => {
	const item = (mentioning: string): Indexed => ({ mentioning });
	const found = (index: WordIndex<Indexed>, name: string) =>
		index
			.of(name)
			.map(({ mentioning }) => mentioning)
			.sort();

	test('tells which items mention a name', () => {
		const index = new WordIndex([item('a b a'), item('12b c_1'), item('é_d aé'), item('1')]);
		expect(['a', 'b', 'c_1', '_d', 'c', 'é', '1', '', 'x'].map((name) => found(index, name))).toEqual([
			['a b a', 'é_d aé'],
			['12b c_1', 'a b a'],
			['12b c_1'],
			['é_d aé'],
			[],
			[],
			[],
			[],
			[],
		]);
	});

	test('takes no word for another of the same hash', () => {
		const [one, other] = [item('xAa y'), item('xBB z')];
		const index = new WordIndex([one, other]);
		expect([found(index, 'xAa'), found(index, 'xBB')]).toEqual([['xAa y'], ['xBB z']]);
		const both = new WordIndex([item('xAa xBB')]);
		expect([found(both, 'xAa'), found(both, 'xBB')]).toEqual([['xAa xBB'], ['xAa xBB']]);
	});

	test('grows, and forgets what is taken out', () => {
		const names = Array.from({ length: 300 }, (_, i) => `name_${i}`);
		const items = names.map((name) => item(`${name} all ${name}a ${name}b ${name}c ${name}d`));
		const index = new WordIndex(items.slice(0, 150));
		for (const each of items.slice(150)) index.add(each);
		expect(names.map((name) => index.of(name))).toEqual(items.map((each) => [each]));
		expect([index.of('all').length, index.of('name_299d')]).toEqual([300, [items[299]]]);
		for (const [i, each] of items.entries()) if (i % 4 > 0) index.delete(each);
		index.delete(item('name_0'));
		expect(names.map((name) => index.of(name).length)).toEqual(names.map((_, i) => (i % 4 > 0 ? 0 : 1)));
		expect(index.of('all').length).toBe(75);
		index.add(item('all the rest'));
		expect([index.of('all').length, found(index, 'rest')]).toEqual([76, ['all the rest']]);
	});
});

describe('brackets that are never closed', () => {
	const open = (count: number) => '('.repeat(count);
	const close = (count: number) => ')'.repeat(count);
	const blanks = (text: string) => text.replace(/[^\n]/g, ' ');

	test.each([
		['200 of them', `a${open(200)};\nb;`, 0, 0],
		['201 of them', `a${open(201)};\nb;`, 0, 203],
		['with one of another kind', `${'{['.repeat(101)}\nb;`, 199, 202],
		['behind other statements', `a; b${open(201)}\nc;`, 2, 205],
		['behind a block', `a { } b${open(201)}\nc;`, 5, 209],
		['at the end', `a; b${open(201)}`, 2, 205],
		['that are closed', `a${open(201)}${close(201)};\nb;`, 0, 0],
		['of which one is closed', `a${open(201)})\nb;`, 0, 0],
		['that end on a line of their own', `a${open(201)}\n${close(201)}\nb;`, 0, 0],
		['over several lines', `a${open(201)}\n (\nb;`, 0, 205],
		['with more closed before', `))a${open(201)}\nb;`, 0, 204],
	])('%s', (_, text, from, to) => {
		expect(withoutOpenNests(text)).toBe(text.slice(0, from) + blanks(text.slice(from, to)) + text.slice(to));
	});

	test.each(['a', 'z', 'A', 'Z', '_'])('a line that begins with %s ends them', (first) => {
		const nest = `x${open(201)}`;
		const text = `${nest}\n${first};\n${nest}\n${first}`;
		expect(withoutOpenNests(text)).toBe(`${blanks(nest)}\n${first};${blanks(`\n${nest}`)}\n${first}`);
	});

	test.each(['1', '#', ' a', '@', '[', '`', '{'])('a line that begins with %j does not', (first) => {
		const text = `x${open(201)}\n${first}`;
		expect(withoutOpenNests(text)).toBe(blanks(text));
	});
});

describe('annotations', () => {
	const LONG = 'x'.repeat(600);
	test.each([
		['_In_ int a', '     int a'],
		['_In_reads_(n) int *a', '              int *a'],
		['_In_reads_bytes_( (n) * 2 )\tint *a', '                           \tint *a'],
		['_Ret_x(n)', '_Ret_x(n)'],
		['_In_opt_ _Out_ int a', '               int a'],
		['_When_(a == 0, _In_)', '                    '],
		['_In_reads_(n', '          (n'],
		[`_In_reads_(${LONG})`, `          (${LONG})`],
		['my_In_ a', 'my_In_ a'],
		['f(IN int a, OUT int b)', 'f(   int a,     int b)'],
		['f(IN\tOUT int a)', 'f(  \t    int a)'.replace('\t', ' ')],
		['IN int a', 'IN int a'],
		['f(x IN int)', 'f(x IN int)'],
		['#define _In_ x', '#define _In_ x'],
		['#  undef _In_', '#  undef _In_'],
		['#if defined(_In_)', '#if defined(_In_)'],
		['#elif X && defined(_In_)', '#elif X && defined(_In_)'],
		['#define X _In_', '#define X     '],
		['int WINAPI f(void)', 'int        f(void)'],
		['#define WINAPI __stdcall', '#define WINAPI __stdcall'],
		['#ifndef FAR', '#ifndef FAR'],
		['f(WINAPI)', 'f(WINAPI)'],
		['BOOL (WINAPI *f)(SOCKET)', 'int  (       *f)(SOCKET)'],
		['struct BOOL (WINAPI *f)(SOCKET)', 'struct BOOL (       *f)(SOCKET)'],
		['x.BOOL (WINAPI *f)(SOCKET)', 'x.BOOL (       *f)(SOCKET)'],
		['__declspec(align(16)) int a', 'alignas(16)           int a'],
		['struct __declspec(align(16)) a', 'struct __declspec(align(16)) a'],
		['class MINE a {', 'class      a {'],
		['class MINE(x) a : b', 'class         a : b'],
		['struct MY_API a {', 'struct        a {'],
		['struct MINE a {', 'struct MINE a {'],
		['class MINE final {', 'class MINE final {'],
		['class MINE a;', 'class MINE a;'],
		['[[x]] int a', '[[x]] int a'],
	])('%j becomes %j', (text, expected) => {
		expect(withoutAnnotations(text)).toBe(expected);
	});

	test.each([
		[64, true],
		[65, false],
	])('%i attributes are left: %s', (count, isLeft) => {
		const text = '[[a]] int b;\n'.repeat(count);
		expect(withoutAnnotations(text)).toBe(isLeft ? text : '      int b;\n'.repeat(count));
	});
});

describe('types where an expression belongs', () => {
	test.each([
		['offsetof(struct a, b)', 'OFFSETOF(       a, b)'],
		['FIELD_OFFSET( union a, b)', 'FIELD_OFFSET(       a, b)'],
		['offsetof(structure, b)', 'OFFSETOF(structure, b)'],
		["_IOR('s', 7, unsigned long)", "_IOR('s', 7, u_long       )"],
		["_IOW(',', 7, long unsigned  int)", "_IOW(',', 7, u_long            )"],
		["_IOR('s', 7, struct a)", "_IOR('s', 7, a       )"],
		["_IOR('s', 7, u_long)", "_IOR('s', 7, u_long)"],
		["_IOR('s', 7, long double)", "_IOR('s', 7, long double)"],
		["other('s', 7, unsigned long)", "other('s', 7, unsigned long)"],
	])('%s is read as %s', (text, expected) => {
		expect(withPlainTypes(text, catalog)).toBe(expected);
	});

	test.each([
		[' (a, offsetof(b, c)) d)', ' (a, offsetof(b, c))'],
		["(_IOR('s', 7, int))", "(_IOR('s', 7, int))"],
		['(a) offsetof(b, c)', '(a)'],
		['(a, offsetof(b, c)', undefined],
		['(a, b)', undefined],
		['a (offsetof(b, c))', undefined],
	])('the arguments of %j are %j', (text, expected) => {
		expect(argumentList(text, catalog)).toBe(expected);
	});
});

describe('a text that may write a name', () => {
	test.each([
		...['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>='].map((op) => `n ${op} 1`),
		'n++',
		'--n',
		'++ n',
		'(n) = 1',
		'(n)--',
		'&n',
		'& (n)',
		'f(m, &n)',
		'n.a = 1',
		'n[2].b += 1',
		'n[i] ++',
		'm == n; n = 1',
		'nn + n = 1',
	])('%s', (text) => {
		expect(mayWrite(text, 'n')).toBe(true);
	});

	test.each([
		'n',
		'n == 1',
		'n + 1',
		'm = n',
		'm && n',
		'f(n)',
		'n.a',
		'nn = 1',
		'n1++',
		'an++',
		'n[f(1)] = 2',
		'-n',
		`n ${' '.repeat(80)}= 1`,
	])('%s does not', (text) => {
		expect(mayWrite(text, 'n')).toBe(false);
		expect(mayWrite('... = 1', '...')).toBe(false);
	});
});

describe('names of an entry point', () => {
	const NINE =
		'SOCKET s, DWORD c, LPVOID i, DWORD n, void *o, DWORD m, LPDWORD b, LPWSAOVERLAPPED v, LPWSAOVERLAPPED_COMPLETION_ROUTINE r';
	const types = aliasTypes([['OWN', 'WSAIoctl']], catalog);

	test.each<[string, Readonly<Record<string, string>>]>([
		[`typedef int (WSAAPI *T)(${NINE});`, { T: 'WSAIoctl' }],
		[`typedef int (*T)(${NINE}, int t, LPINT e);`, { T: 'WSPIoctl' }],
		[`typedef int (*T)(${NINE}, int t);`, {}],
		[`using T = int (__stdcall *)(_In_ ${NINE});`, { T: 'WSAIoctl' }],
		['typedef int (PASCAL FAR *T)(SOCKET s, long c, u_long FAR *a);', { T: 'ioctlsocket' }],
		['typedef int (*T)(IN SOCKET s, IN long c, IN OUT u_long *a);', { T: 'ioctlsocket' }],
		['typedef int (*T)(SOCKET s, int c, void *a);', {}],
		['typedef int (*my_ioctl)(SOCKET s, int c, void *a);', { my_ioctl: 'ioctlsocket' }],
		['typedef int (*T)(SOCKET s, long c, u_long *a, int d);', {}],
		['typedef int (*T)(int s, SOCKET c, u_long *a);', {}],
		[`int (*t)(${NINE});`, {}],
		['typedef decltype(&WSAIoctl) T;', { T: 'WSAIoctl' }],
		['using T = decltype(&::ioctlsocket);', { T: 'ioctlsocket' }],
		['using T = decltype(&connect);', {}],
	])('%s declares the types %j', (text, expected) => {
		expect(Object.fromEntries(ownTypes(text))).toEqual(expected);
	});

	test.each<[string, Readonly<Record<string, string>>]>([
		['p = (FN)GetProcAddress(m, "WSAIoctl");', { p: 'WSAIoctl' }],
		['p = dlsym(m, "ioctlsocket");', { p: 'ioctlsocket' }],
		['p = GetProcAddress(m, "connect");', {}],
		['p = &::WSAIoctl; q = ioctlsocket;', { p: 'WSAIoctl', q: 'ioctlsocket' }],
		['decltype(&WSAIoctl) p;', { p: 'WSAIoctl' }],
		['class Hook : public api<&WSAIoctl> { };', { Hook: 'WSAIoctl' }],
		[`int (*p)(${NINE});`, { p: 'WSAIoctl' }],
		[`typedef int (*T)(${NINE});`, {}],
		['LPWSPIOCTL p; OWN q = r;', { p: 'WSPIoctl', q: 'WSAIoctl' }],
		['OWN p;', { p: 'WSAIoctl' }],
		['OWNER p;', {}],
		['int p;', {}],
	])('%s gives the names %j', (text, expected) => {
		const names = aliasNames(text, types, catalog);
		expect(Object.fromEntries(names)).toEqual(expected);
		if (names.size > 0) expect(mayHoldAliases(text, types, catalog)).toBe(true);
	});

	test('are not looked for where nothing can be one', () => {
		const headersOwn = aliasTypes([], catalog);
		expect(['int p;', 'OWN p;', 'SOCKET s;', 'a * b'].map((text) => mayHoldAliases(text, types, catalog))).toEqual([
			false,
			true,
			false,
			false,
		]);
		expect(['OWN p;', 'SOCKET *s;', 'WSAIoctl'].map((text) => mayHoldAliases(text, headersOwn, catalog))).toEqual([
			false,
			true,
			true,
		]);
	});
});

describe('a text that is cut again after a change', () => {
	const shown = (text: string, items: readonly Item[]) =>
		items.map(({ start, end, kind, block }) => `${kind} ${block?.text ?? '-'} ${text.slice(start, end)}`);
	const ITEMS = Array.from({ length: 30 }, (_, i) => `int v${i};\nvoid f${i}(void)\n{\n\tg(${i});\n}\n`);

	test.each<[string, string, string]>([
		['in a body', 'g(14);', 'g(15, 16);'],
		['in a declaration', 'int v14;', 'int v14, w;'],
		['that adds a function', 'int v14;', 'int v14; void h() { }'],
		['that takes one away', 'void f14(void)\n{\n\tg(14);\n}\n', ''],
		['that opens a condition', 'int v14;', '#if A\nint v14;'],
		['that opens a comment', 'int v14;', '/* int v14;'],
		['that opens a brace', 'g(14);', 'g(14); {'],
		['at the beginning', 'int v0;', 'long v0;'],
		['at the end', 'g(29);', 'g(30);'],
		['to an old-style definition', 'void f14(void)\n', 'void f14(a) int a;\n'],
		['of nothing', 'int v14;', 'int v14;'],
	])('%s is cut as a fresh one', (change, before, after) => {
		const old = ITEMS.join('');
		const { items } = cut(old);
		const text = old.replace(before, after);
		const again = cutAgain(text, items, changedRegion(old, text));
		const moved = items
			.slice(again.rest)
			.map((item) => ({ ...item, start: item.start + again.shift, end: item.end + again.shift }));
		const all = [...items.slice(0, again.first), ...again.items, ...moved];
		expect(shown(text, all)).toEqual(shown(text, cut(text).items));
		// What is far from the change stays.
		if (/^in|^that takes|^of/.test(change)) expect([again.first > 20, again.items.length < 12]).toEqual([true, true]);
	});

	test('blocks that mean the same', () => {
		const block = (text: string) => cut(text).items.at(-1)?.block;
		const some = [
			'#if A\nint a;',
			'#ifdef A\nint a;',
			'#if A\n#else\nint a;',
			'#if A\n#if A\nint a;',
			'namespace A {\nint a;',
		];
		for (const [i, one] of some.entries())
			for (const [j, other] of some.entries()) expect(isSameBlock(block(one), block(other))).toBe(i === j);
		expect([isSameBlock(undefined, undefined), isSameBlock(block(some[0] ?? ''), undefined)]).toEqual([true, false]);
	});
});
