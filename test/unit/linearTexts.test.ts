/** Texts that are made to be read again and again: each costs what a harmless text of the same length does. */
import { expect, test } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { aliasNames, aliasTypes, ownTypes } from '../../server/src/languages/c/aliases.ts';
import { withoutAnnotations } from '../../server/src/languages/c/annotations.ts';
import { withPlainTypes } from '../../server/src/languages/c/plainTypes.ts';
import { fileVersion } from '../../server/src/languages/c/version.ts';
import { languageOf } from '../../server/src/languages/languageOf.ts';
import { lastWord, replaceBlockComments } from '../../server/src/syntax/scan.ts';
import { costRatio } from '../support/cost.ts';

const LENGTH = 100_000;
const filled = (unit: string, head = '', tail = '') => head + unit.repeat(Math.ceil(LENGTH / unit.length)) + tail;

const catalog = Catalog.builtin;
const types = aliasTypes([], catalog);
const version = (text: string) => fileVersion(`#define _WIN32_WINNT 0x0601\n${text}`);
const header = (text: string) => languageOf('a.h', undefined, text);
const aliases = (text: string) => aliasNames(`WSAIoctl GetProcAddress ${text}`, types, catalog);
const own = (text: string) => ownTypes(`SOCKET decltype ${text}`);
const plain = (text: string) => withPlainTypes(text, catalog);

test.each<readonly [string, (text: string) => unknown, string]>([
	['blank lines of a header', header, filled('\n')],
	['blanks of a header', header, filled('\t')],
	['a condition of blanks', version, filled('\t', '#if defined', '!\n')],
	['a bracket and blanks in a condition', version, filled(' ', '#if defined(', '!\n')],
	['slashes behind a definition', version, filled('/', '#define Q ', '\u2028x\n')],
	['comments that are not closed', version, filled('/*')],
	['lines of directives', version, filled('#\t')],
	['blanks behind an assignment', aliases, filled(' ', 'p =', '!')],
	['blanks behind a cast', aliases, filled(' ', 'p = (T)', '!')],
	['blanks in front of an assignment', aliases, filled('p ')],
	['casts that are not closed', aliases, filled('p=(')],
	['one long word', aliases, filled('a')],
	['types that are none', own, filled('typedef ')],
	['blanks in a type', own, filled(' ', 'typedef int (', '!')],
	['brackets of types', own, filled('typedef int (*f)(')],
	['blanks behind a type of a code', plain, filled(' ', "_IOR('s', 7, int", '!')],
	['words of a type of a code', plain, filled('int ', "_IOR('s', 7, ", '!')],
	['codes in codes', plain, filled("_IOR('s',7,")],
	['annotations that are none', withoutAnnotations, filled('_In_opt_')],
	['pointers with a convention that are not closed', withoutAnnotations, filled('BOOL (WINAPI *')],
	['blanks behind what may be a type', withoutAnnotations, filled(' ', 'BOOL', '!')],
	['one long name of a type', withoutAnnotations, filled('A', '', ' (WINAPI *')],
	['block comments that are not closed', (text) => replaceBlockComments(text, () => ' '), filled('/*')],
	['words in front of the end', lastWord, filled('a', '', '!')],
])('%s', (_, work, hostile) => {
	// The cheapest of the harmless ones are passed over at once, so they are walked over as well.
	const harmless = filled('int x; ');
	const walked = (text: string) => [work(text), text.replace(/x/g, '')];
	expect(costRatio((text) => (text === harmless ? walked : work)(text), hostile, harmless, { below: 60 })).toBeLessThan(
		60,
	);
});

test('annotations that are not closed are looked behind for a bounded way: twice as many cost twice as much', () => {
	const text = '_In_('.repeat(10_000);
	expect(costRatio(withoutAnnotations, text + text, text, { below: 3 })).toBeLessThan(3);
});

test('a walk finds what an expression would', () => {
	for (const text of ['', 'a', 'a::b_1', 'x->9a', 'f()', ' 12', 'é1'])
		expect(lastWord(text)).toBe(/\w*$/.exec(text)?.[0]);
	for (const text of ['', 'a/*b*/c/**/d', '/*/x*/y', 'a/* /*b*/*/', '/*', 'a*/b/*c', '/* \n */'])
		expect(replaceBlockComments(text, (comment) => `<${comment.length}>`)).toBe(
			text.replace(/\/\*[\s\S]*?\*\//g, (comment) => `<${comment.length}>`),
		);
});
