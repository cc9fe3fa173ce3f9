/** Nothing that is true of one family alone stands in code that serves them all: its source is looked through. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';

describe('what is true of Winsock alone', () => {
	const root = join(import.meta.dirname, '../../server/src');
	const winsock = Catalog.builtin.family({ family: 'winsock' });
	const errors = Array.from({ length: 12_000 }, (_, n) => winsock.errors.named(n)?.name ?? '').filter((n) => n !== '');
	const names = [...Object.keys(winsock.macros), ...Object.keys(winsock.constants), ...errors];

	/** Names of Winsock's encoding and errors that code spells: comments, examples and messages are for people. */
	const spelled = (file: string): string[] => {
		const code = readFileSync(join(root, file), 'utf8')
			.replace(/\/\*.*?\*\/|(?<!:)\/\/[^\n]*/gs, '')
			.replace(/`(?:\\.|[^`\\])*`/gs, '``')
			// A text of several words.
			.replace(/'[^'\n]* [^'\n]*'/g, "''");
		return names.filter((name) => new RegExp(`(?<![\\w.])${name}(?!\\w)`).test(code));
	};

	test('is spelled where its family is described', () => {
		expect(names.length).toBeGreaterThan(60);
		expect(spelled('catalog/families/winsock.ts')).toEqual(names);
	});

	test('and nowhere else but in the entries', () => {
		const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
		// The help of the command line shows one as an example.
		const others = files.filter((f) => !/^(?:catalog\/(?:families|codes|structs|functions)\/|cli\/main\.ts)/.test(f));
		expect(others.length).toBeGreaterThan(150);
		expect(others.flatMap((f) => spelled(f).map((name) => `${f}: ${name}`))).toEqual([]);
	});
});
