/** What is said of findings, in German: every text that the examples bring forth, and every text of the files. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { inOtherWords } from '../../server/src/catalog/prose.ts';
import { Checker } from '../../server/src/check/check.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import { speak } from '../../server/src/lsp/session/locale.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import type { Finding } from '../../server/src/rules/rule.ts';
import { checked } from '../support/checked.ts';
import { BINDINGS, CASES } from '../support/typescriptCases.ts';

/** Words that German does not have. */
const ENGLISH =
	/\b(?:the|is|are|of|and|but|with|that|which|this|has|have|not|no|for|to|it|its|fails|reads|writes|bytes|Pass|Use|Write|Declare|Did|Set)\b/;

/** What is left of a text without code and without places that are filled in. */
const withoutCode = (text: string): string => text.replace(/`[^`]*`|\{\d\}/g, '');

const textsOf = (file: string): Readonly<Record<string, string>> =>
	JSON.parse(readFileSync(join(resolve(import.meta.dirname, '../../server/l10n/de'), `${file}.json`), 'utf8'));

// What the catalog says is translated elsewhere.
const catalog = new Catalog(inOtherWords(Catalog.builtin.entries, () => '–'));
const checker = new Checker(nodeEngine(import.meta.dirname), undefined, {}, () => catalog);
afterAll(() => checker.dispose());

interface Example {
	readonly name: string;
	readonly file: string;
	readonly text: string;
	readonly options: CheckOptions;
}

const everyRule: CheckOptions = {
	rules: Object.fromEntries(rules.filter((r) => r.offByDefault).map((r) => [r.id, r.severity])),
};

const examples: readonly Example[] = [
	...rules.flatMap(({ id, rejected, language = 'c' }) =>
		rejected.map((text, i) => ({ name: `${id} ${i + 1}`, file: `x.${language}`, text, options: everyRule })),
	),
	...CASES.map(({ rule, rejected, options }) => ({
		name: `${rule}, in TypeScript`,
		file: 'x.ts',
		text: `${BINDINGS}export function f() {${rejected}}\n`,
		options: { ...everyRule, ...options },
	})),
	...codes.map(({ name, examples: { rejected } }) => ({ name, file: 'x.c', text: rejected, options: everyRule })),
];

describe('a finding', () => {
	const english = new Map<string, readonly Finding[]>();

	const findingsOf = async ({ file, text, options }: Example): Promise<readonly Finding[]> =>
		(await checked(checker, { name: file, text }, options)).findings;

	beforeAll(async () => {
		for (const example of examples) english.set(example.name, await findingsOf(example));
		await speak('de-DE');
	});
	afterAll(() => speak(undefined));

	it.each(examples)('says nothing in English: $name', async (example) => {
		const before = english.get(example.name) ?? [];
		const found = await findingsOf(example);
		expect(found.length).toBeGreaterThan(0);
		expect(found.map(({ rule, start, end }) => [rule, start, end])).toEqual(
			before.map(({ rule, start, end }) => [rule, start, end]),
		);
		for (const [i, { message, fix }] of found.entries()) {
			expect(message).not.toBe(before[i]?.message);
			expect(withoutCode(message)).not.toMatch(ENGLISH);
			expect(fix?.edits).toEqual(before[i]?.fix?.edits);
			// A title names code as it is, and what is to be done with it.
			if (fix) expect(fix.title).toMatch(/en$/);
		}
	});

	it('is told in English again afterwards', async () => {
		await speak(undefined);
		for (const example of examples.slice(0, 3)) expect(await findingsOf(example)).toEqual(english.get(example.name));
		await speak('de');
	});
});

describe('the texts', () => {
	const all = ['rules', 'descriptions', 'interface', 'catalog'].map(textsOf);

	test.each(['rules', 'descriptions'])('about findings are German: %s', (file) => {
		const texts = Object.entries(textsOf(file));
		expect(texts.length).toBeGreaterThan(100);
		expect(texts.filter(([, german]) => ENGLISH.test(withoutCode(german)))).toEqual([]);
		// Where only code is left, there is nothing to translate.
		expect(texts.filter(([english, german]) => english === german)).toEqual([]);
	});

	test('that stand in several files are the same there', () => {
		const together: Record<string, string> = Object.assign({}, ...all);
		for (const texts of all)
			for (const [english, german] of Object.entries(texts))
				expect([english, german]).toEqual([english, together[english]]);
	});
});
