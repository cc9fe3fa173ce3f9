/** The libraries that are locked: pinned exactly, and those that both ends of a protocol use in one version only. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

const { dependencies, devDependencies } = read('package.json') as Record<string, Record<string, string>>;
const { packages } = read('package-lock.json') as { packages: Record<string, { version?: string }> };
const major = (version: string | undefined) => version?.split('.')[0];

describe('libraries', () => {
	test('are pinned exactly', () => {
		const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, range]) => !/^\d/.test(range));
		expect(loose).toEqual([]);
	});

	test.each(['vscode-jsonrpc', 'vscode-languageserver-protocol', 'vscode-languageserver-types', 'web-tree-sitter'])(
		'%s is there once',
		(name) => {
			const places = Object.keys(packages).filter((place) => place.endsWith(`node_modules/${name}`));
			expect(places).toEqual([`node_modules/${name}`]);
		},
	);

	test('server and client speak one version of the protocol', () => {
		const versions = ['vscode-languageserver', 'vscode-languageclient'].map((name) => devDependencies?.[name]);
		expect(major(versions[0])).toBe(major(versions[1]));
	});
});
