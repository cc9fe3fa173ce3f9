import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../server/src/cli/config.ts';
import { languages } from '../../server/src/languages/index.generated.ts';
import { settingSpecs } from '../../server/src/settings.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Every literal text that the client hands to `l10n.t`; a call with anything else throws. */
function clientTexts(): string[] {
	const texts = new Set<string>();
	for (const file of readdirSync(join(root, 'client/src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
		name.endsWith('.ts'),
	)) {
		const source = read(`client/src/${file}`);
		const calls = source.match(/\bl10n\.t\(/g)?.length ?? 0;
		const literals = [...source.matchAll(/\bl10n\.t\(\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)")/g)];
		if (literals.length !== calls) throw new Error(`${file}: a text for translation must be a plain string literal`);
		for (const [, single, double] of literals) texts.add((single ?? double ?? '').replace(/\\(.)/g, '$1'));
	}
	return [...texts].sort();
}

test('the bundle for translators holds every text of the client', async () => {
	const bundle = Object.fromEntries(clientTexts().map((text) => [text, text]));
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
