/** The cache of the command line: nothing is checked twice, and no answer is stale. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { RIGHT, runCli, temporaryFolder, WRONG } from '../support/cli.ts';

/** Names of the files that were really checked. */
let checked: string[] = [];

beforeEach(() => {
	checked = [];
	const check = Checker.prototype.checkOnce;
	vi.spyOn(Checker.prototype, 'checkOnce').mockImplementation(function (this: Checker, source, ...rest) {
		checked.push(source.name.split('/').at(-1) ?? '');
		return check.call(this, source, ...rest);
	});
});

afterEach(() => {
	vi.restoreAllMocks();
});

/** Runs with the cache, and gives the lines of the findings, and which files were checked for them. */
async function cached(folder: string, ...args: readonly string[]) {
	checked = [];
	const all = ['check', '.', '--format', 'json', '--jobs', '1', ...args];
	const { status, out, err } = await runCli(folder, [...all, '--cache']);
	const seen = [...checked];
	expect((await runCli(folder, all)).out).toBe(out);
	const findings = JSON.parse(out).findings.map((f: { file: string; line: number }) => `${f.file}:${f.line}`);
	return { status, err, findings, checked: [...seen].sort() };
}

const owned = WRONG.replace('SIO_KEEPALIVE_VALS', 'OWN');

describe('--cache', () => {
	test('checks what has changed alone', async () => {
		const folder = temporaryFolder({ 'a.c': WRONG, 'b.c': RIGHT, 'c.c': 'int x;' });
		const first = { status: 1, err: '', findings: ['a.c:1'], checked: ['a.c', 'b.c'] };
		expect(await cached(folder)).toEqual(first);
		expect(await cached(folder)).toEqual({ ...first, checked: [] });
		writeFileSync(join(folder, 'b.c'), `\n${WRONG}`);
		expect(await cached(folder)).toEqual({ ...first, findings: ['a.c:1', 'b.c:2'], checked: ['b.c'] });
		rmSync(join(folder, 'a.c'));
		expect(await cached(folder)).toEqual({ ...first, findings: ['b.c:2'], checked: [] });
	});

	test('sees a header that changes, also one that others include, and both where they share it', async () => {
		const folder = temporaryFolder({
			'a.c': `#include "outer.defs"\n${owned}`,
			'b.c': `#include "outer.defs"\n${owned}`,
			'c.c': RIGHT,
			'outer.defs': '#include "inner.defs"\n',
			'inner.defs': '#define OWN SIO_KEEPALIVE_VALS\n',
		});
		const first = { status: 1, err: '', findings: ['a.c:2', 'b.c:2'], checked: ['a.c', 'b.c', 'c.c'] };
		expect(await cached(folder)).toEqual(first);
		writeFileSync(join(folder, 'inner.defs'), '#define OWN SIO_RCVALL\n');
		const after = { status: 0, err: '', findings: [], checked: ['a.c', 'b.c'] };
		expect(await cached(folder)).toMatchObject({ findings: [], checked: after.checked });
		expect(await cached(folder)).toMatchObject({ findings: [], checked: [] });
	});

	test('sees a header that appears where none was, and one that goes', async () => {
		const folder = temporaryFolder({ 'src/a.c': `#include "own.defs"\n${owned}` });
		expect(await cached(folder)).toMatchObject({ findings: [], checked: ['a.c'] });
		writeFileSync(join(folder, 'src/own.defs'), '#define OWN SIO_KEEPALIVE_VALS\n');
		expect(await cached(folder)).toMatchObject({ findings: ['src/a.c:2'], checked: ['a.c'] });
		rmSync(join(folder, 'src/own.defs'));
		expect(await cached(folder)).toMatchObject({ findings: [], checked: ['a.c'] });
	});

	test('sees settings, options and definitions of the command line of the compiler', async () => {
		const folder = temporaryFolder({ 'a.c': owned, '.ioctl-lens.json': '{}' });
		expect(await cached(folder)).toMatchObject({ findings: [], checked: ['a.c'] });
		const commands = (value: string) =>
			JSON.stringify([{ directory: folder, file: 'a.c', command: `cc -DOWN=${value} -c a.c` }]);
		writeFileSync(join(folder, 'compile_commands.json'), commands('SIO_KEEPALIVE_VALS'));
		expect(await cached(folder)).toMatchObject({ findings: ['a.c:1'], checked: ['a.c'] });
		expect(await cached(folder)).toMatchObject({ findings: ['a.c:1'], checked: [] });
		writeFileSync(join(folder, 'compile_commands.json'), commands('0x12345678'));
		expect(await cached(folder)).toMatchObject({ checked: ['a.c'] });
		writeFileSync(join(folder, 'compile_commands.json'), commands('SIO_KEEPALIVE_VALS'));
		expect(await cached(folder, '--rule', 'input-too-small=off')).toMatchObject({ findings: [], checked: ['a.c'] });
		writeFileSync(join(folder, '.ioctl-lens.json'), '{ "rules": { "input-too-small": "off" } }');
		expect(await cached(folder)).toMatchObject({ findings: [] });
	});

	test.each([
		['{', 'not a whole cache; everything is checked'],
		['', 'not a whole cache; everything is checked'],
		['null', 'not a whole cache; everything is checked'],
		['{ "formatVersion": "1" }', 'not a whole cache; everything is checked'],
		['{ "formatVersion": 2, "parts": 1 }', 'not a whole cache; everything is checked'],
		['{ "formatVersion": 2, "parts": [["entries", 2, "0"]] }\n{}', 'not a whole cache; everything is checked'],
		['int x;\n', 'not a whole cache; everything is checked'],
	])('tells of one that holds %j, and checks all the same', async (text, why) => {
		const folder = temporaryFolder({ 'a.c': WRONG, '.ioctl-lens.cache': text });
		const expected = { findings: ['a.c:1'], checked: ['a.c'] };
		expect(await cached(folder)).toEqual({
			...expected,
			status: 1,
			err: `ioctl-lens: ${join(folder, '.ioctl-lens.cache')}: ${why}\n`,
		});
		expect(await cached(folder)).toEqual({ ...expected, checked: [], status: 1, err: '' });
	});

	test('does without one that another version wrote', async () => {
		const folder = temporaryFolder({ 'a.c': WRONG, '.ioctl-lens.cache': '{ "formatVersion": 99 }' });
		expect(await cached(folder)).toEqual({ status: 1, err: '', findings: ['a.c:1'], checked: ['a.c'] });
	});

	test('takes nothing from one that was tampered with', async () => {
		const folder = temporaryFolder({ 'a.c': WRONG });
		await cached(folder);
		const file = join(folder, '.ioctl-lens.cache');
		writeFileSync(file, readFileSync(file, 'utf8').replace('input-too-small', 'sizeof-pointer'));
		expect(await cached(folder)).toMatchObject({ findings: ['a.c:1'], checked: ['a.c'] });
	});

	test('tells where it cannot be read or written, and checks all the same', async () => {
		const folder = temporaryFolder({ 'a.c': WRONG });
		mkdirSync(join(folder, '.ioctl-lens.cache'));
		const file = join(folder, '.ioctl-lens.cache');
		expect(await cached(folder)).toEqual({
			status: 1,
			err: `ioctl-lens: ${file}: not a file; everything is checked\nioctl-lens: ${file}: cannot be written: EISDIR\n`,
			findings: ['a.c:1'],
			checked: ['a.c'],
		});
	});

	test('gives the same with threads', async () => {
		const files = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`f${i}.c`, i % 2 ? WRONG : RIGHT]));
		const folder = temporaryFolder(files);
		const run = async (...args: string[]) =>
			(await runCli(folder, ['check', '.', '--format', 'json', '--jobs', '2', ...args])).out;
		const plain = await run();
		expect(await run('--cache', 'k')).toBe(plain);
		expect(await run('--cache', 'k')).toBe(plain);
		expect(JSON.parse(readFileSync(join(folder, 'k'), 'utf8').split('\n')[0] ?? '').formatVersion).toBe(2);
	});
});
