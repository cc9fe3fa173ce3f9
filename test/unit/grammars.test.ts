import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as engine from 'web-tree-sitter';
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
