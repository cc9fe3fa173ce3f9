/** Configuration files of a tree: which holds for a file, and what they say together. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSettingsText } from '../../server/src/configuration/settingsText.ts';
import { codesSchema, configurationSchema, settingSpecs } from '../../server/src/settings.ts';
import { RIGHT, runCli, runJson, temporaryFolder, WRONG } from '../support/cli.ts';

const off = (...rules: string[]) => ({ rules: Object.fromEntries(rules.map((rule) => [rule, 'off'])) });
const config = (value: object) => JSON.stringify(value);

/** A folder of C files that each have one wrong call, and of configurations. */
const tree = (sources: readonly string[], configurations: Readonly<Record<string, object>>) =>
	temporaryFolder({
		...Object.fromEntries(sources.map((name) => [name, WRONG])),
		...Object.fromEntries(Object.entries(configurations).map(([name, value]) => [name, config(value)])),
	});

/** The files that have findings, and what is told. */
async function found(folder: string, ...args: string[]): Promise<readonly [readonly string[], string]> {
	const { json, err } = await runJson(folder, ['check', ...args]);
	return [json.findings.map((finding: { file: string }) => finding.file), err.replaceAll(folder, '')];
}

const PACKAGES = tree.bind(undefined, [
	'a.c',
	'pkgA/a.c',
	'pkgA/gen/a.c',
	'pkgB/a.c',
	'pkgB/gen/a.c',
	'pkgC/deep/a.c',
	'pkgC/gen/a.c',
]);

describe('for each file', () => {
	const configurations = {
		'.ioctl-lens.json': { exclude: ['gen'] },
		'pkgB/.ioctl-lens.json': off('input-too-small'),
		'pkgC/.ioctl-lens.json': { root: true },
	};

	test('the nearest configuration above it holds, and the exclude of the outer ones', async () => {
		const folder = PACKAGES(configurations);
		const all = ['a.c', 'pkgA/a.c', 'pkgC/deep/a.c', 'pkgC/gen/a.c'];
		expect(await found(folder, '.', '--jobs', '1')).toEqual([all, '']);
		// Wherever the run begins.
		expect(await found(join(folder, 'pkgB'), '..')).toEqual([all.map((name) => join(folder, name)), '']);
		expect(await found(join(folder, 'pkgA/gen'), '..')).toEqual([[join(folder, 'pkgA/a.c')], '']);
	});

	test('an outer configuration is told of what it says wrongly once, and holds for the rest', async () => {
		const folder = PACKAGES({ ...configurations, '.ioctl-lens.json': { exclude: ['gen'], target: 'z80' } });
		expect(await found(folder, '.')).toEqual([
			['a.c', 'pkgA/a.c', 'pkgC/deep/a.c', 'pkgC/gen/a.c'],
			'ioctl-lens: /.ioctl-lens.json:1:29: target has to be all, x86, x64 or arm64.\n',
		]);
	});

	test('--config holds instead, for all', async () => {
		const folder = PACKAGES({ ...configurations, 'ci.json': { exclude: ['pkgA', 'pkgC'] } });
		expect(await found(folder, '.', '--config', 'ci.json')).toEqual([['a.c', 'pkgB/a.c', 'pkgB/gen/a.c'], '']);
	});

	test('options win over every configuration', async () => {
		const folder = PACKAGES(configurations);
		expect(await found(folder, 'pkgB', '--rule', 'input-too-small=warning')).toEqual([['pkgB/a.c'], '']);
	});

	test('functions and sizes are those of its own configuration', async () => {
		const own = WRONG.replace('WSAIoctl', 'my_control');
		const folder = temporaryFolder({
			'a/a.c': own,
			'b/b.c': own,
			'c/c.c': WRONG,
			'a/.ioctl-lens.json': config({ functions: { my_control: 'WSAIoctl' } }),
			'c/.ioctl-lens.json': config({ maxFileSize: 10 }),
		});
		expect(await found(folder, '.')).toEqual([
			['a/a.c'],
			`ioctl-lens: skipped c/c.c: ${WRONG.length} bytes, and the limit is 10; raise it with --max-file-size\n`,
		]);
	});

	test.each(['1', '4'])('headers are looked for where its own configuration says, in %s threads', async (jobs) => {
		const text = `#include <outer.h>\n${WRONG.replace('SIO_KEEPALIVE_VALS', 'OWN')}`;
		const many = Array.from({ length: 20 }, (_, i) => [`a/${i}.c`, RIGHT]);
		const folder = temporaryFolder({
			...Object.fromEntries(many),
			'a/src/a.c': text,
			'b/src/b.c': text,
			'sdk/outer.h': '#include <x/own.h>',
			'one/x/own.h': '#define OWN SIO_KEEPALIVE_VALS',
			'two/x/own.h': '#define OWN FIONBIO',
			'a/.ioctl-lens.json': config({ includePath: ['../sdk', '../one'] }),
			'b/.ioctl-lens.json': config({ includePath: ['../sdk', '../two'] }),
		});
		expect(await found(folder, 'a', 'b', '--jobs', jobs)).toEqual([['a/src/a.c'], '']);
		expect(await found(folder, 'b', 'a', '--jobs', jobs)).toEqual([['a/src/a.c'], '']);
	});
});

describe('an excluded folder', () => {
	const sources = ['third/a.c', 'third/lib/a.c', 'other/a.c'];

	test('is left out with the configurations in it', async () => {
		const folder = tree(sources, {
			'.ioctl-lens.json': { exclude: ['third'] },
			'third/lib/.ioctl-lens.json': { root: true },
		});
		expect(await found(folder, '.')).toEqual([['other/a.c'], '']);
		expect(await found(folder, 'third/lib/a.c', 'other')).toEqual([
			['other/a.c'],
			'ioctl-lens: skipped third/lib/a.c: excluded by the configuration\n',
		]);
	});

	test('that is a root itself is not', async () => {
		const folder = tree(sources, {
			'.ioctl-lens.json': { exclude: ['third'] },
			'third/.ioctl-lens.json': { root: true, exclude: ['lib'] },
		});
		expect(await found(folder, '.')).toEqual([['other/a.c', 'third/a.c'], '']);
		expect(await found(folder, 'third/a.c')).toEqual([['third/a.c'], '']);
	});
});

describe('a configuration that extends another', () => {
	test('takes over its rules and functions one by one, its exclude, and the rest where it says nothing', async () => {
		const folder = temporaryFolder({
			'.ioctl-lens.json': config({ root: true, ...off('may-block'), target: 'x64' }),
			'etc/base.ioctl-lens.json': config({
				rules: { 'may-block': 'hint', 'input-too-small': 'off' },
				exclude: ['pkg', '*.gen.c'],
				includePath: ['inc'],
				target: 'x86',
				maxFileSize: 99,
			}),
			'pkg/.ioctl-lens.json': config({
				extends: '../etc/base.ioctl-lens.json',
				rules: { 'may-block': 'error' },
				exclude: ['out'],
				target: 'arm64',
			}),
		});
		const { status, out, err } = await runCli(folder, ['config', 'pkg/src/a.c']);
		expect([status, err]).toEqual([0, '']);
		expect(out).toBe(`pkg/src/a.c
target           "arm64"  (pkg/.ioctl-lens.json)
rules            {"may-block":"error","input-too-small":"off"}  (pkg/.ioctl-lens.json, etc/base.ioctl-lens.json)
exclude          ["out","pkg","*.gen.c"]  (pkg/.ioctl-lens.json, etc/base.ioctl-lens.json)
maxFileSize      99  (etc/base.ioctl-lens.json)
minWindows       ""  (default)
functions        {}  (default)
codes            {}  (default)
structs          {}  (default)
includePath      [${JSON.stringify(join(folder, 'etc/inc'))}]  (etc/base.ioctl-lens.json)
compileCommands  ""  (default)
`);
	});

	test('does so through so many files at most', async () => {
		const way = Array.from({ length: 30 }, (_, i) => [
			`${i + 1}.json`,
			{ extends: `${i + 2}.json`, ...(i === 18 ? off('input-too-small') : {}) },
		]);
		const folder = tree(['a.c'], { ...Object.fromEntries(way), '.ioctl-lens.json': { extends: '1.json' } });
		expect(await found(folder, '.')).toEqual([
			[],
			'ioctl-lens: /19.json:1:12: extends "20.json", after 20 files that extend one another\n',
		]);
	});

	test('cannot extend itself, and holds all the same', async () => {
		const folder = tree(['a.c'], {
			'.ioctl-lens.json': { ...off('input-too-small'), extends: 'b.json' },
			'b.json': { extends: './c.json' },
			'c.json': { extends: 'b.json', rules: { 'may-block': 'loud' } },
		});
		expect(await found(folder, '.')).toEqual([
			[],
			'ioctl-lens: /c.json:1:30: rules: may-block has to be off, hint, info, warning or error.\nioctl-lens: /c.json:1:12: extends itself: b.json → c.json → b.json\n',
		]);
		expect((await runCli(folder, ['check', '.'])).status).toBe(2);
	});
});

test('config shows what is excluded, as JSON for scripts, and tells what is wrong', async () => {
	const folder = tree([], { '.ioctl-lens.json': { exclude: ['gen'], rulez: {} } });
	const { status, out, err } = await runCli(folder, ['config', 'gen/a.c', '--format', 'json']);
	const file = join(folder, '.ioctl-lens.json');
	const nothing = (value: unknown) => ({ value, from: [] });
	expect(JSON.parse(out)).toEqual({
		file: join(folder, 'gen/a.c'),
		excluded: true,
		settings: {
			target: nothing('all'),
			rules: nothing({}),
			exclude: { value: ['gen'], from: [file] },
			maxFileSize: nothing(16777216),
			minWindows: nothing(''),
			functions: nothing({}),
			codes: nothing({}),
			structs: nothing({}),
			includePath: nothing([]),
			compileCommands: nothing(''),
		},
	});
	expect([status, err]).toEqual([2, `ioctl-lens: ${file}:1:20: no setting is called "rulez"; did you mean rules?\n`]);
});

describe('in the editor', () => {
	const root = join(import.meta.dirname, '../..');
	const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));
	const schema = read('client/schemas/configuration.schema.json');

	test('the schema has each key that a file may have, and no other', () => {
		expect(schema).toEqual(JSON.parse(JSON.stringify(configurationSchema())));
		const keys = settingSpecs.filter((spec) => spec.inFile).map((spec) => spec.key);
		expect(Object.keys(schema.properties)).toEqual([...keys, 'extends', 'root', '$schema']);
		expect([schema.additionalProperties, schema.properties.rules.additionalProperties]).toEqual([false, false]);
		const every = Object.fromEntries(
			Object.entries<{ default?: unknown }>(schema.properties).map(([key, property]) => [key, property.default ?? 'a']),
		);
		expect(readSettingsText(config(every), 'a').problems).toEqual([]);
	});

	test('it judges each file that is read as a configuration, which may hold comments', () => {
		const { contributes } = read('package.json');
		const names = ['.ioctl-lens.json', '*.ioctl-lens.json'];
		expect(contributes.jsonValidation).toEqual([
			{ fileMatch: names, url: './client/schemas/configuration.schema.json' },
			{ fileMatch: ['*.ioctl.json'], url: './client/schemas/codes.schema.json' },
		]);
		expect(read('client/schemas/codes.schema.json')).toEqual(JSON.parse(JSON.stringify(codesSchema())));
		expect(contributes.languages).toEqual([
			{ id: 'jsonc', filenames: ['.ioctl-lens.json'], filenamePatterns: ['*.ioctl-lens.json', '*.ioctl.json'] },
		]);
	});
});
