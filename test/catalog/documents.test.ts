/**
 * Every control code that the documents name can be looked up, whatever its spelling there. The documents live beside
 * the repository; where they are not there, a list of the names that were found in them is used instead, and the title
 * of the suite says so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codes, options, types } from '../../server/src/catalog/builtin.generated.ts';
import { apis } from '../../server/src/catalog/functions.generated.ts';
import { guids } from '../../server/src/catalog/guids.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import { codeByName } from '../support/builtin.ts';

/** Names found in each document, by the document's number, in alphabetical order. */
type Names = Readonly<Record<string, readonly string[]>>;

const folder = resolve(import.meta.dirname, '../../../shared/documents');
const copy = JSON.parse(readFileSync(join(import.meta.dirname, 'facts/document-names.json'), 'utf8')) as Names;

/** Names that look like control codes and are none on Windows, and the entry that they lead to. */
const NOT_CODES: readonly { name: string; document: string; line: number; entry: string; reason: string }[] = [
	{
		name: 'SIOCGIFCONF',
		document: '003',
		line: 21290,
		entry: 'SIO_GET_INTERFACE_LIST',
		reason: 'the Unix command that SIO_GET_INTERFACE_LIST stands for; no header of Windows defines it',
	},
];

/**
 * The text as a reader sees it: no tags (their ids repeat the names with additions), no Markdown escapes and emphasis,
 * and a name put together again where the conversion broke it after an underscore or took I for l or 1.
 */
const readable = (text: string): string =>
	text
		.replace(/<[^>\n]*>/g, '')
		.replace(/\\/g, '')
		.replace(/(?<=\b(?:S[Il1]O_[A-Z0-9_]*|S[Il1]O))(?:\*|`)+(?=_)|(?<=\bS[Il1]O_[A-Z0-9_]*)\*+(?=[A-Z0-9_])/g, '')
		.replace(/(?<=\bS[Il1]O_(?:[A-Z0-9_]*_)?)(?:-?[ \t]*\n[ \t]*|[ \t]+)(?=[A-Z])/g, '')
		.replace(/(?<=\bS[Il1]O)[ \t]+(?=_[A-Z])/g, '')
		.replace(/\bS[l1]O(?=_[A-Z]|C[A-Z])/g, 'SIO');

const CODE = /\b(?:SIO_[A-Z0-9_]*[A-Z0-9]|SIOC[A-Z]+|FIO[A-Z]+)\b/g;

const codesIn = (text: string): readonly string[] => [...new Set(readable(text).match(CODE))].sort();

const documents = existsSync(folder) ? readdirSync(folder).filter((f) => /^\d{3}_\w+\.txt$/.test(f)) : undefined;
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const names: Names = documents
	? Object.fromEntries(documents.map((file) => [file.slice(0, 3), codesIn(read(file))]))
	: copy;

const title = documents ? 'the documents' : 'the names copied from the documents (../shared/documents is not there)';

test.each([
	['SIO\\_ADDRESS\\_LIST\\_QUERY', ['SIO_ADDRESS_LIST_QUERY']],
	['see SIO_ADDRESS_\nLIST_QUERY, or', ['SIO_ADDRESS_LIST_QUERY']],
	['SIO_ADDRESS_ LIST_QUERY', ['SIO_ADDRESS_LIST_QUERY']],
	['SIO _KEEPALIVE_VALS', ['SIO_KEEPALIVE_VALS']],
	['SlO_RCVALL and S1O_FLUSH', ['SIO_FLUSH', 'SIO_RCVALL']],
	['**SIO**_FLUSH', ['SIO_FLUSH']],
	['<span id="SIO_FLUSH__opcode_setting__V__T__1_"></span>SIO\\_FLUSH (opcode', ['SIO_FLUSH']],
	['SIO_FLUSH\nSIO_GET_QOS IOCTL', ['SIO_FLUSH', 'SIO_GET_QOS']],
	['FIONBIO, SIOCATMARK; WSA_SIO_NONE', ['FIONBIO', 'SIOCATMARK']],
	['an SIO code, RIO_EXTENSION_FUNCTION_TABLE', []],
])('reads %j as a reader would', (text, expected) => {
	expect(codesIn(text)).toEqual(expected);
});

describe(title, () => {
	test.each(Object.entries(names))('document %s names codes that the catalog knows', (_, found) => {
		const exempt = new Set(NOT_CODES.map((n) => n.name));
		expect(found.filter((name) => !exempt.has(name) && codeByName(name) === undefined)).toEqual([]);
	});

	test('what is no code on Windows leads to the one that stands for it, and is named there', () => {
		const leads = NOT_CODES.map((n) => [codeByName(n.name)?.code.name, codeByName(n.name)?.alias?.kind]);
		expect(leads).toEqual(NOT_CODES.map((n) => [n.entry, 'document']));
		expect(NOT_CODES.filter((n) => !names[n.document]?.includes(n.name))).toEqual([]);
	});
});

/** Errors that the pages give to every control code alike, with the same words. */
const COMMON = new Set([
	'WSA_IO_PENDING',
	'WSA_OPERATION_ABORTED',
	'WSAEFAULT',
	'WSAEINPROGRESS',
	'WSAEINTR',
	'WSAEINVAL',
	'WSAENETDOWN',
	'WSAENOTSOCK',
]);

/** Errors in the tables of the pages that documents give to single control codes, by the code's name there. */
const errorTables = (text: string): readonly (readonly [name: string, errors: readonly string[]])[] =>
	readable(text)
		.split(/^# (?=SIO_\w+(?: Control Code)?$)/im)
		.slice(1)
		.map((page) => {
			const [own] = page.split(/^# /m);
			const rows = own!.matchAll(/^(WSAE[A-Z]+|WSA_[A-Z_]+|ERROR_[A-Z_]+)\b/gm);
			return [/^\w+/.exec(page)![0], [...new Set([...rows].map((m) => m[1]!))].filter((e) => !COMMON.has(e))] as const;
		})
		.filter(([, errors]) => errors.length > 0);

if (documents)
	describe('the error tables of the documents', () => {
		const tables = documents.flatMap((file) => errorTables(read(file)));

		test('are found', () => {
			expect(tables.length).toBe(18);
		});

		test.each(tables)('%s: all are in the entry', (name, errors) => {
			const { code } = codeByName(name)!;
			const texts = textsOf(code, name).map(([, text]) => text);
			expect(errors.filter((error) => !texts.some((text) => new RegExp(`\\b${error}\\b`).test(text)))).toEqual([]);
		});
	});

/** Every text of an object that is shown to somebody: code examples and names are none. */
function textsOf(value: unknown, path: string): readonly (readonly [path: string, text: string])[] {
	if (typeof value === 'string') return [[path, value]];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		/^(?:examples|accepted|rejected)$/.test(key) ? [] : textsOf(inner, `${path}.${key}`),
	);
}

/** As many words in a row as no two authors write by chance. */
const RUN = 8;

const wordsOf = (text: string): readonly string[] =>
	text
		.replace(/<[^>\n]*>/g, ' ')
		.replace(/\\/g, '')
		.toLowerCase()
		.match(/\w+/g) ?? [];

const runsOf = (text: string): readonly string[] => {
	const words = wordsOf(text);
	return words.slice(RUN - 1).map((_, i) => words.slice(i, i + RUN).join(' '));
};

if (documents)
	describe('texts of our own', () => {
		const theirs = new Set(documents!.flatMap((file) => runsOf(read(file))));

		test.each([
			['codes', codes.map((c) => [c.name, c] as const)],
			['types', types.map((t) => [t.name, t] as const)],
			['options', options.map((o) => [o.name, o] as const)],
			['extension functions', guids.map((g) => [g.name, g] as const)],
			['functions', apis.map((a) => [a.id, a] as const)],
			['rules', rules.map((r) => [r.id, r] as const)],
		])(`%s share no ${RUN} words in a row with the documents`, (_, entries) => {
			const texts = entries.flatMap(([name, entry]) => textsOf(entry, name));
			expect(
				texts.flatMap(([path, text]) =>
					runsOf(text)
						.filter((r) => theirs.has(r))
						.map((r) => `${path}: ${r}`),
				),
			).toEqual([]);
		});

		test('a sentence that is taken over is found', () => {
			const line = documents!.flatMap((file) => read(file).split('\n')).find((l) => wordsOf(l).length > 20)!;
			expect(runsOf(`Note: ${line}`).filter((r) => theirs.has(r)).length).toBeGreaterThan(0);
		});
	});

if (documents)
	describe('the copied names', () => {
		test('are those of the documents', () => {
			expect(copy).toEqual(names);
		});

		test('cite what is no code by its line', () => {
			const lines = (number: string) => read(documents!.find((f) => f.startsWith(number))!).split('\n');
			expect(NOT_CODES.filter((n) => !codesIn(lines(n.document)[n.line - 1] ?? '').includes(n.name))).toEqual([]);
		});
	});
