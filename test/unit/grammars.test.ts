import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as engine from 'web-tree-sitter';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { languages } from '../../server/src/languages/index.generated.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'grammars');

interface Entry {
	readonly package: string;
	readonly version: string;
	readonly sha256: string;
	readonly license: string;
	readonly abi?: number;
	readonly oldestAbi?: number;
	readonly newestAbi?: number;
}

const { files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { files: Record<string, Entry> };
const runtime = files['web-tree-sitter.wasm']!;
const bytes = (file: string) => readFileSync(join(folder, file));

describe('grammars/manifest.json', () => {
	test('lists every wasm file of the folder and no other', () => {
		const present = readdirSync(folder).filter((file) => file.endsWith('.wasm'));
		expect(Object.keys(files).sort()).toEqual(present.sort());
	});

	test('lists every grammar that a language needs', () => {
		const grammars = languages.map((language) => language.grammar);
		expect(grammars.filter((file) => !(file in files))).toEqual([]);
	});

	test.each(Object.entries(files))('%s is the file that its package holds', (file, entry) => {
		expect(createHash('sha256').update(bytes(file)).digest('hex')).toBe(entry.sha256);
	});

	test('the parser is the one that is installed', () => {
		const installed = join(root, 'node_modules/web-tree-sitter');
		const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { version: string };
		expect(version).toBe(runtime.version);
		const wasm = readFileSync(join(installed, 'web-tree-sitter.wasm'));
		expect(createHash('sha256').update(wasm).digest('hex')).toBe(runtime.sha256);
	});

	test('every grammar has the ABI that it states, and the parser reads it', async () => {
		await engine.Parser.init({ wasmBinary: bytes('web-tree-sitter.wasm') } as object);
		expect([engine.MIN_COMPATIBLE_VERSION, engine.LANGUAGE_VERSION]).toEqual([runtime.oldestAbi, runtime.newestAbi]);
		for (const [file, { abi }] of Object.entries(files)) {
			if (file === 'web-tree-sitter.wasm') continue;
			const language = await engine.Language.load(bytes(file));
			expect([file, language.abiVersion]).toEqual([file, abi]);
			expect(abi).toBeGreaterThanOrEqual(engine.MIN_COMPATIBLE_VERSION);
			expect(abi).toBeLessThanOrEqual(engine.LANGUAGE_VERSION);
		}
	});

	test('the terms of every package travel along', () => {
		const packages = [...new Set(Object.values(files).map((entry) => entry.package))].sort();
		expect(readdirSync(join(folder, 'licenses')).sort()).toEqual(packages.map((name) => `${name}.txt`));
	});
});

describe('the grammar that colours control codes', () => {
	const { scopeName, injectionSelector, patterns } = JSON.parse(
		readFileSync(join(folder, 'control-codes.tmLanguage.json'), 'utf8'),
	) as { scopeName: string; injectionSelector: string; patterns: { name: string; match: string }[] };
	const [{ match, name }] = patterns as [{ match: string; name: string }];
	const found = (text: string) => [...text.matchAll(new RegExp(match, 'g'))].map(([word]) => word);

	test('knows every code by every name that compiles, as a whole word', () => {
		for (const code of Catalog.builtin.entries.codes) {
			const names = [code.name, ...(code.aliases ?? []).filter((a) => a.kind === 'header').map((a) => a.name)];
			expect(found(`f(${names.join(', ')})`)).toEqual(names);
		}
		expect(found('MY_SIO_RCVALL SIO_RCVALL_ON SIO_NO_SUCH_CODE FIONBIOS')).toEqual([]);
	});

	test('is one of the manifest, for every language that is read, outside of comments and strings', () => {
		const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
			contributes: { grammars: { scopeName: string; path: string; injectTo: string[] }[] };
		};
		const injectTo = ['source.c', 'source.cpp', 'source.ts', 'source.tsx', 'source.js', 'source.js.jsx'];
		expect(contributes.grammars).toEqual([{ scopeName, path: './grammars/control-codes.tmLanguage.json', injectTo }]);
		expect(injectionSelector).toBe(injectTo.map((scope) => `L:${scope} -comment -string`).join(', '));
		expect(name).toBe('variable.other.enummember.control-code.ioctl-lens');
	});
});
