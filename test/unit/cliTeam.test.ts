/** What a team asks of the command line in CI: only what is new, only what has changed, mending, and what counts. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../../server/src/rules/index.generated.ts';
import { RIGHT, runCli, runJson, temporaryFolder, WRONG } from '../support/cli.ts';

/** Two rules, one of them with a fix. */
const SWAPPED =
	'void h(SOCKET s, struct tcp_keepalive *p) { DWORD n; WSAIoctl(s, SIO_KEEPALIVE_VALS, p, sizeof(p), NULL, 0, &n, NULL, NULL); }';

interface Shown {
	readonly rule: string;
	readonly file: string;
	readonly line: number;
}

const shown = (findings: readonly Shown[]) => findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`);

async function found(folder: string, args: readonly string[], input = '') {
	const { status, out, err } = await runCli(folder, [...args, '--format', 'json'], { input });
	return { status, err, findings: shown(JSON.parse(out).findings) };
}

function git(folder: string, ...args: readonly string[]): void {
	const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
	execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore' });
}

function repository(files: Readonly<Record<string, string | Uint8Array>>): string {
	const folder = temporaryFolder(files);
	git(folder, 'init', '-q');
	git(folder, 'add', '-A');
	git(folder, 'commit', '-q', '-m', 'first');
	return folder;
}

describe('--baseline', () => {
	test('counts only what it does not hold, wherever the rest has moved to and wherever the run starts', async () => {
		const folder = repository({ 'src/a.c': WRONG, 'src/b.c': RIGHT });
		const written = await found(folder, ['check', '.', '--baseline', 'known.json', '--update-baseline']);
		expect(written).toEqual({ status: 0, err: '', findings: [] });
		writeFileSync(join(folder, 'src/a.c'), `#include <winsock2.h>\n\n${WRONG}\n${SWAPPED}\n`);
		const expected = ['src/a.c:4 sizeof-pointer'];
		expect(await found(folder, ['check', '.', '--baseline', 'known.json'])).toEqual({
			status: 1,
			err: '',
			findings: expected,
		});
		const below = await found(join(folder, 'src'), ['check', '.', '--baseline', '../known.json']);
		expect(below).toEqual({ status: 1, err: '', findings: ['a.c:4 sizeof-pointer'] });
	});

	test('is a line for each finding, in a stable order', async () => {
		const folder = temporaryFolder({ 'b.c': WRONG, 'a.c': `${WRONG}\n${SWAPPED}` });
		await runCli(folder, ['check', 'b.c', 'a.c', '--baseline', 'k.json', '--update-baseline']);
		const text = readFileSync(join(folder, 'k.json'), 'utf8');
		await runCli(folder, ['check', 'a.c', 'b.c', '--baseline', 'k.json', '--update-baseline']);
		expect(readFileSync(join(folder, 'k.json'), 'utf8')).toBe(text);
		const { formatVersion, findings } = JSON.parse(text);
		expect(formatVersion).toBe(1);
		expect(findings.map((f: { file: string; rule: string }) => `${f.file} ${f.rule}`)).toEqual([
			'a.c input-too-small',
			'a.c sizeof-pointer',
			'b.c input-too-small',
		]);
		expect(text.split('\n').filter((line) => line.includes('fingerprint'))).toHaveLength(3);
	});

	test.each([
		[undefined, 'does not exist'],
		['{', 'not valid JSON'],
		['null', 'no baseline'],
		['[]', 'no baseline'],
		['{ "formatVersion": 7, "findings": [] }', 'a baseline of version 7, and this program knows version 1'],
		['{ "formatVersion": 1 }', 'no baseline: it has no list of findings'],
	])('of %j is told, and everything is reported', async (text, why) => {
		const folder = temporaryFolder({ 'a.c': WRONG, ...(text === undefined ? {} : { 'k.json': text }) });
		expect(await found(folder, ['check', '.', '--baseline', 'k.json'])).toEqual({
			status: 2,
			err: `ioctl-lens: ${join(folder, 'k.json')}: ${why}; --update-baseline writes it anew\n`,
			findings: ['a.c:1 input-too-small'],
		});
	});

	test.each([
		[['--update-baseline'], '--update-baseline needs to know the file: add --baseline FILE'],
		[
			['--update-baseline', '--baseline', 'k', '--since', 'HEAD'],
			'--update-baseline takes the whole: leave out --since, --files-from and --shard',
		],
	])('is not written with %j', async (args, message) => {
		const folder = temporaryFolder({ 'a.c': WRONG });
		expect(await runCli(folder, ['check', '.', ...args])).toEqual({
			status: 2,
			out: '',
			err: `ioctl-lens: ${message}\n`,
		});
	});
});

describe('--since and --files-from', () => {
	test('check what has changed and what includes it, also through others', async () => {
		const folder = repository({
			'a.c': `#include "outer.h"\n${WRONG}`,
			'b.c': WRONG,
			'outer.h': '#include "sub/inner.h"\n',
			'sub/inner.h': '#define A 1\n',
			'gone.c': WRONG,
			'c.ts': "import { x } from './lib.js';",
			'lib.ts': 'export const x = 1;',
		});
		const since = (revision = 'HEAD') => found(folder, ['check', '.', '--since', revision]);
		expect(await since()).toEqual({ status: 0, err: '', findings: [] });
		writeFileSync(join(folder, 'sub/inner.h'), '#define A 2\n');
		rmSync(join(folder, 'gone.c'));
		writeFileSync(join(folder, 'new.c'), WRONG);
		const expected = { status: 1, err: '', findings: ['a.c:2 input-too-small', 'new.c:1 input-too-small'] };
		expect(await since()).toEqual(expected);
		expect(await found(join(folder, 'sub'), ['check', '..', '--since', 'HEAD'])).toMatchObject({ status: 1, err: '' });
		git(folder, 'add', '-A');
		git(folder, 'commit', '-q', '-m', 'second');
		expect(await since('HEAD~1')).toEqual(expected);
		expect(await since()).toEqual({ status: 0, err: '', findings: [] });
		const listed = await found(folder, ['check', '.', '--files-from', '-'], 'sub/inner.h\nnever.c\n');
		expect(listed).toEqual({ status: 1, err: '', findings: ['a.c:2 input-too-small'] });
	});

	test('take every file where the configuration has changed', async () => {
		const folder = repository({ 'a.c': WRONG, 'b.c': WRONG });
		writeFileSync(join(folder, '.ioctl-lens.json'), '{ "target": "x64" }');
		expect((await found(folder, ['check', '.', '--since', 'HEAD'])).findings).toHaveLength(2);
	});

	test('take names of any kind', async () => {
		const names = ['with space.c', 'line\nbreak.c', 'é.c', '-x.c', 'a"b.c'];
		const folder = repository({ 'old.c': WRONG });
		for (const name of names) writeFileSync(join(folder, name), WRONG);
		const raw = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff]), Buffer.from('.c')]);
		writeFileSync(raw, WRONG);
		const files = async (args: readonly string[], input: string | Buffer = '') => {
			const { out } = await runCli(folder, ['check', '.', ...args, '--format', 'json'], { input });
			return JSON.parse(out)
				.findings.map((f: Shown) => f.file)
				.sort();
		};
		const all = [...names, '\\xff.c'].sort();
		expect(await files(['--since', 'HEAD'])).toEqual(all);
		const list = Buffer.concat([Buffer.from(`${names.join('\0')}\0`), Buffer.from([0xff]), Buffer.from('.c\0')]);
		expect(await files(['--files-from', '-'], list)).toEqual(all);
	});

	test.each([
		[['--since', 'nowhere'], '--since nowhere: Needed a single revision'],
		[['--since', '--output=x'], '--since --output=x: Needed a single revision'],
		[['--files-from', 'none.txt'], 'none.txt: does not exist'],
	])('say what is wrong with %j', async (args, message) => {
		const folder = repository({ 'a.c': WRONG });
		const { status, out, err } = await runCli(folder, ['check', '.', ...args]);
		expect({ status, out, err: err.replace(`${folder}/`, '') }).toEqual({
			status: 2,
			out: '',
			err: `ioctl-lens: ${message}\n`,
		});
		expect(existsSync(join(folder, 'x'))).toBe(false);
	});
});

describe('--stdin', () => {
	test('checks a text that is on no disk, with the headers beside its name', async () => {
		const folder = temporaryFolder({
			'src/own.h': '#define OWN SIO_KEEPALIVE_VALS\n',
			'.ioctl-lens.json': '{ "exclude": ["third"] }',
		});
		const text = `#include "own.h"\n${WRONG.replace('SIO_KEEPALIVE_VALS', 'OWN')}`;
		const stdin = (name: string, input = text) => found(folder, ['check', '--stdin', '--stdin-filename', name], input);
		expect(await stdin('src/new.c')).toEqual({ status: 1, err: '', findings: ['src/new.c:2 input-too-small'] });
		expect(await stdin('src/new.c', RIGHT)).toEqual({ status: 0, err: '', findings: [] });
		expect(await stdin('third/new.c')).toEqual({
			status: 0,
			err: 'ioctl-lens: skipped third/new.c: excluded by the configuration\n',
			findings: [],
		});
	});

	test.each([
		[['--stdin'], '--stdin needs a name that tells the language: add --stdin-filename NAME'],
		[['.', '--stdin', '--stdin-filename', 'a.c'], '--stdin checks one text alone: leave the paths out'],
		[['--stdin', '--stdin-filename', 'a.c', '--fix'], '--fix mends files, and --stdin has none'],
		[
			['--stdin', '--stdin-filename', 'a.c', '--since', 'HEAD'],
			'--stdin checks one text alone: leave out --since and --files-from',
		],
	])('refuses %j', async (args, message) => {
		expect(await runCli(temporaryFolder(), ['check', ...args])).toEqual({
			status: 2,
			out: '',
			err: `ioctl-lens: ${message}\n`,
		});
	});
});

describe('--fix', () => {
	const other = SWAPPED.replace(' h(', ' k(');
	const text = `\ufeff/* é😀 */\r\n${SWAPPED}\r\nint a;\r\nint b;\r\n${other}\r\n${WRONG}`;

	test('mends what it can, and tells what is left', async () => {
		const folder = temporaryFolder({ 'a.c': text });
		expect(await found(folder, ['check', 'a.c', '--fix'])).toEqual({
			status: 1,
			err: '',
			findings: ['a.c:6 input-too-small'],
		});
		expect(readFileSync(join(folder, 'a.c'), 'utf8')).toBe(text.replaceAll('sizeof(p)', 'sizeof(*p)'));
	});

	test('shows with --dry-run what it would do, as patch takes it', async () => {
		const folder = temporaryFolder({ 'a.c': text, 'sub/b.c': `${SWAPPED}\n${'int x;\n'.repeat(20)}${other}` });
		const { status, out } = await runCli(folder, ['check', '.', '--fix', '--dry-run']);
		expect(status).toBe(1);
		expect(readFileSync(join(folder, 'a.c'), 'utf8')).toBe(text);
		expect(out.split('\n').filter((line) => line.startsWith('@@') || line.startsWith('---'))).toEqual([
			'--- a/a.c',
			'@@ -1,6 +1,6 @@',
			'--- a/sub/b.c',
			'@@ -1,4 +1,4 @@',
			'@@ -19,4 +19,4 @@',
		]);
		execFileSync('git', ['apply', '-'], { cwd: folder, input: out });
		expect(readFileSync(join(folder, 'a.c'), 'utf8')).toBe(text.replaceAll('sizeof(p)', 'sizeof(*p)'));
		expect(await found(folder, ['check', 'sub'])).toEqual({ status: 0, err: '', findings: [] });
	});

	test('leaves a file alone that is no UTF-8', async () => {
		const bytes = Buffer.from(`/* \xe9 */ ${SWAPPED}`, 'latin1');
		const folder = temporaryFolder({ 'a.c': bytes });
		expect(await found(folder, ['check', '.', '--fix'])).toEqual({
			status: 2,
			err: 'ioctl-lens: a.c: not mended: it cannot be read as UTF-8\n',
			findings: ['a.c:1 sizeof-pointer'],
		});
		expect(readFileSync(join(folder, 'a.c')).equals(bytes)).toBe(true);
	});

	test('has nothing to try without itself', async () => {
		expect(await runCli(temporaryFolder(), ['check', '.', '--dry-run'])).toEqual({
			status: 2,
			out: '',
			err: 'ioctl-lens: --dry-run says what --fix would do: add --fix\n',
		});
	});
});

describe('what counts', () => {
	test('--rule sets a severity, before the configuration', async () => {
		const folder = temporaryFolder({
			'a.c': WRONG,
			'.ioctl-lens.json': '{ "rules": { "input-too-small": "off", "sizeof-pointer": "info" } }',
		});
		const severities = async (...args: string[]) =>
			(await runJson(folder, ['check', '.', ...args])).json.findings.map((f: { severity: string }) => f.severity);
		expect(await severities()).toEqual([]);
		expect(await severities('--rule', 'input-too-small=hint')).toEqual(['hint']);
		expect(await severities('--rule', 'input-too-small=hint', '--rule', 'input-too-small=error')).toEqual(['error']);
	});

	test.each([
		['input-too-small', '"input-too-small" is no rule=severity'],
		['=error', '"=error" is no rule=severity'],
	])('--rule %s is refused', async (value, message) => {
		const { status, err } = await runCli(temporaryFolder(), ['check', '.', '--rule', value]);
		expect([status, err.split('\n')[0]]).toEqual([
			2,
			`ioctl-lens: option '--rule <id=severity>' argument '${value}' is invalid. ${message}.`,
		]);
	});

	test.each(['no-such-rule=error', 'input-too-small=loud'])('--rule %s is refused as well', async (value) => {
		const { status, out } = await runCli(temporaryFolder({ 'a.c': RIGHT }), ['check', '.', '--rule', value]);
		expect([status, out]).toEqual([2, '']);
	});

	test('--max-warnings lets so many pass, and no error', async () => {
		const folder = temporaryFolder({ 'a.c': `${WRONG}\n${SWAPPED}` });
		const warn = ['--rule', 'input-too-small=warning', '--rule', 'sizeof-pointer=warning'];
		const status = async (...args: string[]) => (await runCli(folder, ['check', '.', ...args])).status;
		expect(await status(...warn)).toBe(1);
		expect(await status(...warn, '--max-warnings', '1')).toBe(1);
		expect(await status(...warn, '--max-warnings', '2')).toBe(0);
		expect(await status('--max-warnings', '9')).toBe(1);
		expect(await status('--max-warnings', 'x')).toBe(2);
	});

	test('--quiet shows warnings and errors alone', async () => {
		const folder = temporaryFolder({ 'a.c': `${WRONG}\n${SWAPPED}`, 'b.c': 'a\0b' });
		const args = ['check', '.', '--rule', 'input-too-small=info'];
		expect((await found(folder, args)).findings).toHaveLength(2);
		expect(await found(folder, [...args, '--quiet'])).toEqual({
			status: 1,
			err: '',
			findings: ['a.c:2 sizeof-pointer'],
		});
		expect((await found(folder, ['check', 'none.c', '--quiet'])).err).toBe('ioctl-lens: none.c: does not exist\n');
	});

	test('--exclude leaves out, from the current folder on', async () => {
		const folder = temporaryFolder({ 'src/a.c': WRONG, 'src/gen/b.c': WRONG, 'gen/c.c': WRONG });
		expect((await found(folder, ['check', '.', '--exclude', 'src/gen'])).findings).toEqual([
			'gen/c.c:1 input-too-small',
			'src/a.c:1 input-too-small',
		]);
		const below = await found(join(folder, 'src'), ['check', '.', '../gen', '--exclude', 'gen', '--exclude', 'x']);
		expect(below.findings).toEqual(['a.c:1 input-too-small', `${join(folder, 'gen/c.c')}:1 input-too-small`]);
		expect((await found(folder, ['check', '.', '--exclude', 'src', '--exclude', 'gen', '--allow-empty'])).status).toBe(
			0,
		);
		const { status, err } = await runCli(folder, ['check', '.', '--exclude', '!a']);
		expect([status, err.split('\n')[0]]).toEqual([
			2,
			`ioctl-lens: option '--exclude <glob>' argument '!a' is invalid. a pattern cannot take back another: leave out the "!".`,
		]);
	});

	test('--output writes the result into a file', async () => {
		const folder = temporaryFolder({ 'a.c': WRONG });
		const plain = await runCli(folder, ['check', '.', '--format', 'sarif']);
		const written = await runCli(folder, ['check', '.', '--format', 'sarif', '--output', 'out.sarif']);
		expect(written).toEqual({ status: 1, out: '', err: '' });
		expect(readFileSync(join(folder, 'out.sarif'), 'utf8')).toBe(plain.out);
		expect(await runCli(folder, ['check', '.', '--output', 'none/x'])).toEqual({
			status: 2,
			out: '',
			err: `ioctl-lens: ${join(folder, 'none/x')}: cannot be written: ENOENT\n`,
		});
	});

	test('--statistics counts the findings of each rule', async () => {
		const folder = temporaryFolder({ 'a.c': `${WRONG}\n${SWAPPED}`, 'b.c': WRONG, 'c.c': RIGHT, 'd.c': 'int x;' });
		expect((await runCli(folder, ['check', '.', '--statistics'])).err).toBe(
			'2  input-too-small\n1  sizeof-pointer\n3 findings; 4 files read, 3 of them with calls\n',
		);
	});

	test('--print-config shows what holds and from where', async () => {
		const folder = temporaryFolder({ 'src/a.c': WRONG, '.ioctl-lens.json': '{ "target": "x86" }' });
		const { status, out } = await runCli(join(folder, 'src'), [
			'check',
			'--print-config',
			'--rule',
			'may-block=off',
			'--max-file-size',
			'1K',
		]);
		expect(status).toBe(0);
		expect(JSON.parse(out)).toEqual({
			file: join(folder, '.ioctl-lens.json'),
			folder,
			settings: {
				target: ['x86'],
				rules: { 'may-block': 'off' },
				exclude: [],
				maxFileSize: 1024,
				minWindows: null,
				functions: {},
				structs: null,
				includePath: [],
				codes: null,
				compileCommands: null,
			},
		});
	});

	test('progress is shown on a terminal, and wiped out', async () => {
		const files = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${i}.c`, 'int x;']));
		const folder = temporaryFolder(files);
		const { err } = await runCli(folder, ['check', '.'], { progress: true });
		const line = (n: number) => `\r${n} of 200 files\x1b[K`;
		expect(err).toBe(`${line(64)}${line(128)}${line(192)}\r\x1b[K`);
		expect((await runCli(folder, ['check', '.', '--quiet'], { progress: true })).err).toBe('');
	});
});

describe('--shard', () => {
	test('gives every file to one part, whatever folder the run starts in', async () => {
		const files = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`s/f${i}.c`, WRONG]));
		const folder = repository(files);
		const part = async (i: number, at = '.') =>
			(await found(join(folder, at), ['check', '.', '--shard', `${i}/3`])).findings.map((f) => f.replace('s/', ''));
		const parts = [await part(1), await part(2), await part(3)];
		const whole = (await found(folder, ['check', '.'])).findings.map((f) => f.replace('s/', ''));
		expect(parts.flat().sort()).toEqual([...whole].sort());
		expect(Math.min(...parts.map((p) => p.length))).toBeGreaterThan(0);
		expect(await part(2, 's')).toEqual(parts[1]);
	});

	test.each(['0/3', '4/3', '1', 'a/b', '1/0', '1/99999'])('%s is no part', async (value) => {
		const { status, err } = await runCli(temporaryFolder(), ['check', '.', '--shard', value]);
		expect([status, err.split('\n')[0]]).toEqual([
			2,
			`ioctl-lens: option '--shard <i/n>' argument '${value}' is invalid. "${value}" is no part of a whole; write one such as 2/4.`,
		]);
	});
});

describe('help', () => {
	test('rules are listed', async () => {
		const folder = temporaryFolder();
		const lines = (await runCli(folder, ['rules'])).out.trimEnd().split('\n');
		expect(lines.map((line) => line.split(' ')[0])).toEqual(rules.map(({ id }) => id));
		const { json } = await runJson(folder, ['rules']);
		expect(json.rules.map((rule: { id: string }) => rule.id)).toEqual(rules.map(({ id }) => id));
		expect(json.rules.find((rule: { id: string }) => rule.id === 'unused-result').severity).toBe('off');
	});

	test('of a command is what its --help says', async () => {
		const folder = temporaryFolder();
		expect(await runCli(folder, ['help', 'check'])).toEqual(await runCli(folder, ['check', '--help']));
		expect((await runCli(folder, ['help'])).out).toBe((await runCli(folder, ['--help'])).out);
	});

	test.each(['bash', 'zsh', 'fish', 'powershell'])('completion for %s knows commands and options', async (shell) => {
		const { status, out } = await runCli(temporaryFolder(), ['completion', shell]);
		const missing = ['check', 'calls', 'explain', 'rules', 'baseline', 'shard'].filter((word) => !out.includes(word));
		expect({ status, missing }).toEqual({ status: 0, missing: [] });
	});

	test('completion works in bash', async () => {
		const folder = temporaryFolder();
		const { out } = await runCli(folder, ['completion', 'bash']);
		writeFileSync(join(folder, 'completion.bash'), out);
		const complete = (...words: string[]) =>
			execFileSync(
				'bash',
				[
					'-c',
					`source completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _ioctl_lens; echo "\${COMPREPLY[@]}"`,
					'x',
					...words,
				],
				{ cwd: folder, encoding: 'utf8' },
			).trim();
		expect(complete('ioctl-lens', 'che')).toBe('check');
		expect(complete('ioctl-lens', 'check', '--upd')).toBe('--update-baseline');
		expect(complete('ioctl-lens', 'check', '--target', 'x')).toBe('x86 x64');
	});
});

test('a file that was renamed is new to the baseline, and its findings with it', async () => {
	const folder = temporaryFolder({ 'a.c': WRONG });
	await runCli(folder, ['check', '.', '--baseline', 'k.json', '--update-baseline']);
	renameSync(join(folder, 'a.c'), join(folder, 'b.c'));
	expect(await found(folder, ['check', '.', '--baseline', 'k.json'])).toEqual({
		status: 1,
		err: '',
		findings: ['b.c:1 input-too-small'],
	});
});
