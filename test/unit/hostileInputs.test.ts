/**
 * What was once made to break the product, as it was: each input is read to its end, says what it should, and costs
 * what a harmless text of its length does.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { runCli, runJson, temporaryFolder, WRONG } from '../support/cli.ts';
import { ordinary } from '../support/shapes.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures/hostile');
const fixture = (name: string) => readFileSync(join(fixtures, name), 'utf8');

const problems: unknown[] = [];
const checker = new Checker(nodeEngine(import.meta.dirname), undefined, { onProblem: (found) => problems.push(found) });
afterAll(() => checker.dispose());

/** Processor time of this thread for one check, in milliseconds; the least of two. */
async function cost(name: string, source: string): Promise<number> {
	let least = Number.POSITIVE_INFINITY;
	for (let round = 0; round < 2; round++) {
		const before = process.threadCpuUsage();
		await checker.check({ name, text: source });
		const { user, system } = process.threadCpuUsage(before);
		least = Math.min(least, (user + system) / 1000);
	}
	return least;
}

/** So many times what an ordinary text of the same length costs, and what every check costs. */
const MOST = 8;
const NOISE = 30;

/** Names of inputs, with how many calls are found and which rules speak how often. */
const sources: readonly (readonly [string, number, Readonly<Record<string, number>>])[] = [
	['blank_lines.h', 0, {}],
	['const_length.cpp', 2, { 'input-too-small': 1 }],
	['else_if_1000.c', 1000, { 'input-time': 2000 }],
	['enum_length.c', 2, { 'input-too-small': 1 }],
	['exponential_memset.c', 1, {}],
	['freed_badly.c', 1, { 'unused-suppression': 1 }],
	['ifdef_1000.c', 2000, { 'input-time': 4 }],
	['import_spaces.js', 0, {}],
	['kmsg_as_root.c', 1, { 'input-too-small': 1 }],
	['macro_callee.c', 1, { 'input-too-small': 1 }],
	['macro_parameter_regex.c', 1, { 'input-too-small': 1 }],
	['macros_with_calls_2000.c', 2000, { 'input-too-small': 12 }],
	['pagemap.c', 1, { 'input-too-small': 1 }],
	['pointer_16000.c', 1, {}],
	['prototype_word.ts', 0, { 'ffi-declaration': 1 }],
	['spread_bytes.ts', 1, {}],
	['spread_doubling.ts', 1, {}],
	['suppressions_5000.c', 1, { 'input-time': 2, 'input-too-small': 1, 'unused-suppression': 5000 }],
	['unknown_length.c', 2, { 'input-too-small': 1 }],
	['version_defined.c', 1, { 'input-time': 2 }],
];

test.each(sources)('%s', async (name, calls, rules) => {
	const source = fixture(name);
	problems.length = 0;
	const result = await checker.check({ name, text: source });
	const told: Record<string, number> = {};
	for (const { rule } of result?.findings ?? []) told[rule] = (told[rule] ?? 0) + 1;
	expect({ calls: result?.calls.length, rules: told, problems }).toEqual({ calls, rules, problems: [] });
	expect(await cost(name, source)).toBeLessThan(MOST * (await cost('ordinary.c', ordinary(source.length))) + NOISE);
});

test('a text whose tree the parser cannot free is told of all the same, and so is the next one', async () => {
	const fresh = new Checker(nodeEngine(import.meta.dirname));
	const told = async () => (await fresh.check({ name: 'a.c', text: fixture('freed_badly.c') }))?.findings;
	const first = await told();
	expect(first?.map(({ rule }) => rule)).toEqual(['unused-suppression']);
	expect(await told()).toEqual(first);
	fresh.dispose();
});

test('every one of them at once, in one folder', async () => {
	const names = sources.map(([name]) => name);
	const { status, err, json } = await runJson(
		temporaryFolder(Object.fromEntries(names.map((name) => [name, fixture(name)]))),
		['check', '.'],
	);
	expect({ status, err, skipped: json.files.skipped }).toEqual({ status: 1, err: '', skipped: [] });
	const findings = sources.flatMap(([, , rules]) => Object.values(rules)).reduce((sum, n) => sum + n, 0);
	expect(json.findings.length).toBe(findings);
});

test('exclude-braces.json is refused in a sentence', async () => {
	const name = `${'a'.repeat(248)}.c`;
	const folder = temporaryFolder({ '.ioctl-lens.json': fixture('exclude-braces.json'), [name]: WRONG });
	const { status, out, err } = await runCli(folder, ['check', '.']);
	// The rest is checked all the same.
	expect({ status, last: out.trimEnd().split('\n').at(-1), err }).toEqual({
		status: 2,
		last: '1 error (1 call in 1 file, 1 file read).',
		err: `ioctl-lens: ${join(folder, '.ioctl-lens.json')}:1:13: exclude: "*{?,??}{?,??}{?,??}*{?,??}{?,??}*{?,??}{…" has more than 4 \`*\` and \`{\` in one part.\n`,
	});
});

describe.runIf(process.platform === 'linux')('as a process of its own:', () => {
	const cli = resolve(import.meta.dirname, '../../server/src/node/cli.ts');

	/** A folder in which a script has run that may call `ioctl-lens`, and what the script wrote. */
	async function afterScript(script: string) {
		const folder = temporaryFolder({ 'bin/ioctl-lens': `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n` });
		chmodSync(join(folder, 'bin/ioctl-lens'), 0o755);
		const shell = spawn('/bin/sh', [join(fixtures, script)], {
			cwd: folder,
			env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
		});
		shell.stdin.end();
		const [out, err] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'close')]);
		return { folder, out, err };
	}

	/** Checks a folder, with a standard input that stays open; the most memory it held in MB follows on a line of its own. */
	async function check(folder: string, ...args: string[]) {
		const report = `process.on('exit', () => require('fs').writeSync(3, String(process.resourceUsage().maxRSS)))`;
		const child = spawn(
			process.execPath,
			['--import', `data:text/javascript,${encodeURIComponent(IMPORT + report)}`, cli, 'check', ...args],
			{ cwd: folder, env: { PATH: process.env.PATH }, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] },
		);
		onTestFinished(() => void child.kill('SIGKILL'));
		const memory = child.stdio[3] as NodeJS.ReadableStream;
		const [out, err, peak, [status]] = await Promise.all([
			text(child.stdout as NodeJS.ReadableStream),
			text(child.stderr as NodeJS.ReadableStream),
			text(memory),
			once(child, 'close'),
		]);
		return { status, out, err, megabytes: Number(peak) / 1024 };
	}
	const IMPORT = "import { createRequire } from 'node:module'; const require = createRequire('file:///'); ";

	const QUIET = { status: 0, err: '', out: 'No findings (0 calls, 1 file read).\n' };

	test.each(['fifo', 'stdin', 'zero', 'redos'])('gitignore.sh: %s', async (name) => {
		const { folder } = await afterScript('gitignore.sh');
		const { megabytes, ...result } = await check(folder, name);
		expect(result).toEqual(QUIET);
		expect(megabytes).toBeLessThan(300);
	});

	test('compile-commands-symlink.sh', async () => {
		const { folder } = await afterScript('compile-commands-symlink.sh');
		const { status, err, out, megabytes } = await check(folder, 'repo', '--format', 'github');
		expect({ status, err, findings: out.trimEnd().split('\n').length }).toEqual({ status: 1, err: '', findings: 1 });
		expect(megabytes).toBeLessThan(400);
	});

	test('full-disk.sh', async () => {
		const { out, err } = await afterScript('full-disk.sh');
		expect({ out, err }).toEqual({
			out: '2\n',
			err: 'ioctl-lens: the output could not be written: no space is left on the device\n',
		});
	});

	test.each(['kmsg_as_root.c', 'pagemap.c'])('%s', async (name) => {
		const folder = temporaryFolder({ [`a/${basename(name)}`]: fixture(name) });
		const { status, err, out, megabytes } = await check(folder, '.', '--format', 'github');
		expect({ status, err, findings: out.trimEnd().split('\n').length }).toEqual({ status: 1, err: '', findings: 1 });
		expect(megabytes).toBeLessThan(400);
	});

	test('cancel-without-id.txt', async () => {
		const child = spawn(process.execPath, [cli, 'lsp', '--stdio'], { env: { PATH: process.env.PATH } });
		onTestFinished(() => void child.kill('SIGKILL'));
		const frame = (message: object) => {
			const body = JSON.stringify({ jsonrpc: '2.0', ...message });
			return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
		};
		// The input's own length is wrong as well: what it says is sent, with the right one.
		const said = JSON.parse(fixture('cancel-without-id.txt').split('\r\n\r\n')[1] ?? '');
		child.stdin.write(
			frame({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } }),
		);
		child.stdin.write(frame(said) + frame({ id: 2, method: 'shutdown' }));
		let out = '';
		child.stdout.on('data', (data) => {
			out += data;
			if (out.includes('"id":2')) child.stdin.end(frame({ method: 'exit' }));
		});
		const [err, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
		expect({ status, err, answers: out.match(/"id":\d+/g) }).toEqual({
			status: 0,
			err: '',
			answers: ['"id":1', '"id":2'],
		});
	});
});
