/** Names in a project that lead to no ordinary file: nothing is waited for, and nothing without an end is read. */
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CompilerFacts } from '../../server/src/node/compiler/compilerFacts.ts';
import { diskProject } from '../../server/src/node/diskProject.ts';
import { findSources } from '../../server/src/node/files.ts';
import {
	NotRegular,
	readNamedFile,
	readRegularFile,
	regularText,
	TooLarge,
} from '../../server/src/node/regularFile.ts';
import { runCli, runJson, temporaryFolder, WRONG } from '../support/cli.ts';
import { costRatio } from '../support/cost.ts';

test('a file is read whole up to the limit, whatever buffer it is given', () => {
	const folder = temporaryFolder({ a: 'x'.repeat(5000), empty: '' });
	const path = join(folder, 'a');
	for (const into of [undefined, Buffer.alloc(10), Buffer.alloc(5000), Buffer.alloc(9000)])
		expect(readRegularFile(path, 5000, into).toString()).toBe('x'.repeat(5000));
	expect(readRegularFile(join(folder, 'empty'), 0).length).toBe(0);
	expect(() => readRegularFile(path, 4999)).toThrow(TooLarge);
	expect(() => readRegularFile(folder, 5000)).toThrow();
	expect(regularText(join(folder, 'none'), 10)).toBeUndefined();
});

describe.runIf(process.platform === 'linux')('is not read:', () => {
	const fifo = (path: string) => execFileSync('mkfifo', [path]);
	const places: readonly (readonly [string, (path: string) => void])[] = [
		['a pipe without a writer', fifo],
		['a link to standard input', (path) => symlinkSync('/dev/stdin', path)],
		['a link to a device', (path) => symlinkSync('/dev/zero', path)],
		['a link to a file without an end', (path) => symlinkSync('/proc/self/pagemap', path)],
		['a link to a file that waits', (path) => symlinkSync('/proc/kmsg', path)],
		['a link to what the system says of itself', (path) => symlinkSync('/proc/self/environ', path)],
		['a link to itself', (path) => symlinkSync(path, path)],
	];

	test.each(places)('%s', async (_, make) => {
		const folder = temporaryFolder({ '.git/HEAD': '', 'a.c': `#include "h.h"\n${WRONG}` });
		for (const name of ['.gitignore', 'compile_commands.json', 'h.h']) make(join(folder, name));
		expect(regularText(join(folder, 'h.h'), 1 << 20)).toBeUndefined();
		expect(findSources([folder], folder).files).toContain(join(folder, 'a.c'));
		expect(new CompilerFacts().of(join(folder, 'a.c'))?.defines ?? []).toEqual([]);
		expect(await diskProject().include('h.h', true, join(folder, 'a.c'))).toBeUndefined();
		const { json } = await runJson(folder, ['check', 'a.c']);
		expect(json.findings).toHaveLength(1);
	});

	test('an include that climbs to it', async () => {
		const folder = temporaryFolder();
		const project = diskProject();
		for (const up of ['../'.repeat(40), '../'.repeat(60)])
			for (const name of ['proc/self/pagemap', 'proc/kmsg', 'dev/zero', 'proc/self/environ'])
				expect(await project.include(up + name, true, join(folder, 'a.c'))).toBeUndefined();
	});

	test('a source that became a pipe, and one that is longer than its size says', async () => {
		const folder = temporaryFolder({ 'b.c': WRONG });
		fifo(join(folder, 'a.c'));
		symlinkSync('/proc/self/pagemap', join(folder, 'c.c'));
		const { status, json } = await runJson(folder, ['check', '.']);
		expect(status).toBe(1);
		expect(json.files.skipped.map(({ file }: { file: string }) => file).sort()).toEqual(['a.c', 'c.c']);
		expect(() => readRegularFile(join(folder, 'a.c'), 10)).toThrow(NotRegular);
	});

	test('a pipe that has a writer', () => {
		const path = join(temporaryFolder(), 'h.h');
		fifo(path);
		const writer = openSync(path, constants.O_RDWR);
		try {
			expect(() => readRegularFile(path, 10)).toThrow(NotRegular);
		} finally {
			closeSync(writer);
		}
	});

	test.each([
		['--baseline', ['check', '.', '--baseline', 'named']],
		['--files-from', ['check', '--files-from', 'named']],
		['--config', ['check', '.', '--config', 'named']],
		['merge', ['merge', 'named']],
	])('what has no end, named by the command line: %s', async (_, args) => {
		const folder = temporaryFolder({ 'a.c': '' });
		symlinkSync('/dev/zero', join(folder, 'named'));
		const { status, err } = await runCli(folder, args);
		expect(status).toBe(2);
		expect(err).toMatch(/named: not a file/);
	});

	test('a file with holes is no larger than the limit', () => {
		const path = join(temporaryFolder(), 'h.h');
		writeFileSync(path, '');
		truncateSync(path, 2 ** 40);
		expect(() => readRegularFile(path, 1 << 20)).toThrow(TooLarge);
	});
});

test.runIf(process.platform === 'linux')('a pipe that is named is waited for', () => {
	const path = join(temporaryFolder(), 'named');
	execFileSync('mkfifo', [path]);
	spawn('/bin/sh', ['-c', 'printf a.c > "$0"', path], { stdio: 'ignore' });
	expect(readNamedFile(path).toString()).toBe('a.c');
});

test('a .gitignore whose stars would be tried for years costs what any other does', () => {
	const folder = (pattern: string) => {
		const deep = join('a/'.repeat(40), 'x.c');
		return temporaryFolder({ '.git/HEAD': '', '.gitignore': `${pattern}\n*.skip.c\n`, [deep]: '', 'b.skip.c': '' });
	};
	const hostile = folder(`${'**/a/'.repeat(16)}b`);
	const harmless = folder('a/'.repeat(40));
	expect(findSources([hostile], hostile).files).toHaveLength(1);
	expect(costRatio((at) => findSources([at], at), hostile, harmless, { below: 25 })).toBeLessThan(25);
});

test('definitions and include folders of one file are no more than anybody writes', () => {
	const folder = temporaryFolder();
	mkdirSync(join(folder, 'src'));
	const words = ['cc', `-DFIRST=${'1'.repeat(1000)}`, `-DLONG=${'x'.repeat(1 << 20)}`];
	for (let i = 0; i < 2000; i++) words.push(`-Id${i}`, `-DM${i}=${'x'.repeat(100)}`);
	writeFileSync(
		join(folder, 'compile_commands.json'),
		JSON.stringify([{ directory: folder, file: 'src/a.c', arguments: words }]),
	);
	const flags = new CompilerFacts().of(join(folder, 'src/a.c'));
	expect(flags?.includePath.slice(0, 2)).toEqual([join(folder, 'd0'), join(folder, 'd1')]);
	expect(flags?.includePath).toHaveLength(256);
	expect(flags?.defines[0]?.length).toBe(1006);
	expect(flags?.defines.join('').length).toBeLessThan(65536);
});

test.runIf(process.platform === 'linux')('no escape of a name reaches a terminal', async () => {
	const name = 'a\u001b]0;x\u0007\u009b31m\u0085.c';
	const folder = temporaryFolder({ [name]: WRONG, 'c\u001b[1m/.ioctl-lens.json': '{', 'c\u001b[1m/b.c': WRONG });
	const control = /(?![\n\t])\p{Cc}/u;
	for (const format of ['text', 'json', 'sarif', 'github']) {
		const { out, err } = await runCli(folder, ['check', name, 'none\u001b[1m.c', '--format', format]);
		expect(out.length).toBeGreaterThan(0);
		expect([format, control.exec(out + err)]).toEqual([format, null]);
	}
	const broken = await runCli(join(folder, 'c\u001b[1m'), ['check', '.']);
	expect([broken.status, control.exec(broken.err)]).toEqual([2, null]);
	const { json } = await runJson(folder, ['check', name]);
	expect(json.findings[0].file).toBe(name);
});

test.runIf(process.platform === 'linux')('names that are no UTF-8 are read, and shown byte by byte', async () => {
	const folder = temporaryFolder();
	const below = (...bytes: (string | number)[]) =>
		Buffer.concat([
			Buffer.from(`${folder}/`),
			...bytes.map((b) => (typeof b === 'string' ? Buffer.from(b) : Buffer.of(b))),
		]);
	mkdirSync(below('d', 0xe9));
	for (const name of [
		below('a', 0xff, '.c'),
		below('a', 0xfe, '.c'),
		below('d', 0xe9, '/é', 0x80, '.c'),
		below('d', 0xe9, '/b.c'),
	])
		writeFileSync(name, WRONG);
	const { status, err, json } = await runJson(folder, ['check', '.']);
	expect({ status, err }).toEqual({ status: 1, err: '' });
	expect(json.findings.map(({ file }: { file: string }) => file)).toEqual([
		'a\\xfe.c',
		'a\\xff.c',
		'd\\xe9/b.c',
		'd\\xe9/é\\x80.c',
	]);
});
