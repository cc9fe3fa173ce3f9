import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { inOtherWords } from '../../server/src/catalog/prose.ts';
import { parseConfig } from '../../server/src/cli/config.ts';
import { languages } from '../../server/src/languages/index.generated.ts';
import { firstSentence, sentence } from '../../server/src/reference/facts.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import { settingSpecs } from '../../server/src/settings.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The sources in a folder, or the file itself. */
const filesIn = (path: string): readonly string[] =>
	path.endsWith('.ts')
		? [path]
		: readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
				.filter((name) => name.endsWith('.ts'))
				.map((name) => `${path}/${name}`);

/** Every literal text that sources hand to `l10n.t`; a call with anything else throws. */
function textsOf(...folders: readonly string[]): string[] {
	const texts = new Set<string>();
	for (const folder of folders)
		for (const name of filesIn(folder)) {
			const source = read(name);
			const calls = source.match(/\bl10n\.t\(/g)?.length ?? 0;
			const literals = [...source.matchAll(/\bl10n\.t\(\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)")/g)];
			if (literals.length !== calls) throw new Error(`${name}: a text for translation must be a plain string literal`);
			for (const [, single, double] of literals) texts.add((single ?? double ?? '').replace(/\\(.)/g, '$1'));
		}
	return [...texts].sort();
}

test('the bundle for translators holds every text of the client, and of the runner that it starts', async () => {
	const bundle = Object.fromEntries(textsOf('client/src', 'native/src').map((text) => [text, text]));
	expect(Object.keys(bundle).length).toBeGreaterThan(0);
	await expect(`${JSON.stringify(bundle, null, '\t')}\n`).toMatchFileSnapshot(
		join(root, 'client/l10n/bundle.l10n.json'),
	);
});

test('the manifest and its texts name each other', () => {
	const used = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
	const known = Object.keys(JSON.parse(read('package.nls.json')));
	expect([...new Set(used)].sort()).toEqual(known.sort());
});

describe('German', () => {
	/** What a translation has to keep: places that are filled in, commands, names in backticks. */
	const kept = (text: string): string[] =>
		[...text.matchAll(/\{\d\}|\]\(command:[^)]*\)|`[^`]*`/g)].map(([part]) => part).sort();

	test.each([
		['package.nls.json', 'package.nls.de.json'],
		['client/l10n/bundle.l10n.json', 'client/l10n/bundle.l10n.de.json'],
	])('has every text of %s', (english, german) => {
		const [from, to] = [english, german].map((file) => JSON.parse(read(file)) as Record<string, string>);
		expect(Object.keys(to ?? {})).toEqual(Object.keys(from ?? {}));
		for (const [key, text] of Object.entries(from ?? {}))
			expect([key, kept(to?.[key] ?? '')]).toEqual([key, kept(text)]);
	});

	/** The folders of the server whose texts are about findings; those of all others are the interface's. */
	const ABOUT_FINDINGS = ['rules', 'languages', 'calls', 'check'].map((name) => `server/src/${name}`);
	const others = readdirSync(join(root, 'server/src'), { withFileTypes: true })
		.map((entry) => `server/src/${entry.name}`)
		.filter((name) => !ABOUT_FINDINGS.includes(name));

	test.each([
		['rules', ABOUT_FINDINGS],
		['interface', others],
	])('has every text of the server: %s', (file, folders) => {
		const german = JSON.parse(read(`server/l10n/de/${file}.json`)) as Record<string, string>;
		expect(Object.keys(german)).toEqual(textsOf(...folders));
		for (const [text, own] of Object.entries(german)) expect([text, kept(own)]).toEqual([text, kept(text)]);
	});
});

/** Names of the API and numbers: they are the same in each language. */
function names(text: string): string[] {
	const words = text.match(/\w+/g) ?? [];
	const isName = /\d|_|[A-Z]\w*[A-Z]|[a-z][A-Z]|^(?:getifaddrs|[gs]etsockopt|ioctl\w*|onoff|sizeof)$/;
	return [...new Set(words.filter((word) => isName.test(word)))].sort();
}

test('what rules say about themselves is there in German, with the same names and code', () => {
	const german = JSON.parse(read('server/l10n/de/descriptions.json')) as Record<string, string>;
	const texts = rules.flatMap((rule) => [
		rule.title,
		rule.description,
		rule.severityReason,
		...(rule.withoutFix === undefined ? [] : [rule.withoutFix]),
	]);
	expect(Object.keys(german)).toEqual([...new Set(texts)].sort());
	const code = (text: string): string[] => [...text.matchAll(/`[^`]*`/g)].map(([part]) => part).sort();
	for (const [text, own] of Object.entries(german))
		expect([text, names(own), code(own)]).toEqual([text, names(text), code(text)]);
});

test('a text that several files have is the same in each', () => {
	const folder = 'server/l10n/de';
	const said = new Map<string, string>();
	for (const file of readdirSync(join(root, folder)).sort())
		for (const [text, own] of Object.entries(JSON.parse(read(`${folder}/${file}`)) as Record<string, string>)) {
			expect([file, text, own]).toEqual([file, text, said.get(text) ?? own]);
			said.set(text, own);
		}
});

describe('the German catalog', () => {
	const { entries } = Catalog.builtin;
	const german = JSON.parse(read('server/l10n/de/catalog.json')) as Record<string, string>;
	const english = new Set<string>();
	inOtherWords(entries, (text) => {
		english.add(text);
		return text;
	});

	test('has every text of the catalog, and no other', () => {
		expect(Object.keys(german)).toEqual([...english].sort());
	});

	test('names what the catalog names', () => {
		for (const [text, own] of Object.entries(german)) expect([text, names(own)]).toEqual([text, names(text)]);
	});

	test('is asked for every text that has words', () => {
		/** What C reads, and names with a space in them. */
		const ofCode = new Set(['accepted', 'rejected', 'definition', 'type', 'since']);
		const others: string[] = [];
		const look = (value: unknown, key: string): void => {
			if (typeof value === 'string' && /[a-z] [A-Za-z]/.test(value) && !ofCode.has(key)) others.push(value);
			if (typeof value === 'object' && value !== null)
				for (const [name, each] of Object.entries(value)) look(each, Array.isArray(value) ? key : name);
		};
		look(
			inOtherWords(entries, () => ''),
			'',
		);
		expect(others).toEqual([]);
	});

	test('is cut into sentences, and begun with a capital, as English is', () => {
		expect(firstSentence('Sagt es. Überall, auch hier.')).toBe('Sagt es.');
		expect(sentence('für jeden Socket')).toBe('Für jeden Socket.');
	});

	test('changes nothing but words', () => {
		const same = inOtherWords(entries, (text) => text);
		expect(JSON.stringify(same)).toBe(JSON.stringify(entries));
		const [family] = inOtherWords(entries, () => 'Anders.').families;
		expect(family?.errors.named(10014)).toEqual({ number: 10014, name: 'WSAEFAULT', meaning: 'Anders.' });
		expect(family?.split(1)).toEqual(entries.families[0]?.split(1));
	});
});

describe('the README', () => {
	const block = (language: string): string[] =>
		[...read('README.md').matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter((m) => m[1] === language).map((m) => m[2]!);

	test('shows every key of the configuration file, with values that hold', () => {
		const [text] = block('jsonc');
		const known = settingSpecs.map((spec) => spec.key).filter((key) => !key.includes('.'));
		expect(Object.keys(parseConfig(text!, 'README.md')).sort()).toEqual(known.sort());
	});

	test('starts the server of other editors for every language', () => {
		const [neovim] = block('lua');
		const listed = /filetypes = \{ (.*) \}/
			.exec(neovim!)![1]!
			.split(', ')
			.map((name) => name.slice(1, -1));
		expect(listed.sort()).toEqual(languages.flatMap((l) => l.languageIds).sort());
	});

	test('links to files that are there', () => {
		const links = [...read('README.md').matchAll(/\]\(([^):#]+)\)/g)].map((m) => m[1]!);
		expect(links).toContain('server/docs/rules.md');
		expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
	});
});
