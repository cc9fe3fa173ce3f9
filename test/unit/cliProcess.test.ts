/** The command line as a process of its own: pipes, exit status and the language server's door. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import manifest from '../../package.json' with { type: 'json' };
import { temporaryFolder, WRONG } from '../support/cli.ts';

const cli = resolve(import.meta.dirname, '../../server/src/node/cli.ts');

function start(folder: string, args: readonly string[], environment: Record<string, string> = {}) {
	const child = spawn(process.execPath, [cli, ...args], {
		cwd: folder,
		env: { PATH: process.env.PATH, ...environment },
	});
	onTestFinished(() => void child.kill());
	return child;
}

async function run(...call: Parameters<typeof start>) {
	const child = start(...call);
	child.stdin.end();
	const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	return { status, out, err };
}

function manyFiles(): string {
	const folder = temporaryFolder();
	for (let i = 0; i < 400; i++) writeFileSync(join(folder, `${i}.c`), WRONG);
	return folder;
}

describe('a process', () => {
	test('writes all of a long output into a pipe', async () => {
		const { status, out, err } = await run(manyFiles(), ['check', '.', '--format', 'json']);
		expect({ status, err }).toEqual({ status: 1, err: '' });
		expect(out.length).toBeGreaterThan(64 * 1024);
		expect(JSON.parse(out).findings).toHaveLength(400);
	});

	test('does not mind a reader that stops early', async () => {
		const child = start(manyFiles(), ['check', '.', '--jobs', '1']);
		child.stdout.once('data', () => child.stdout.destroy());
		const [err, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
		expect({ status, err }).toEqual({ status: 1, err: '' });
	});

	test('colours a pipe only when it is forced to', async () => {
		const folder = temporaryFolder({ 'a.c': WRONG });
		const plain = await run(folder, ['check', '.'], { CI: 'true' });
		const forced = await run(folder, ['check', '.'], { FORCE_COLOR: '1' });
		expect(plain.out.startsWith('a.c:1:82: error: ')).toBe(true);
		expect(forced.out.startsWith('\u001b[1ma.c:1:82:\u001b[22m \u001b[1m\u001b[31merror:')).toBe(true);
	});

	test.each([
		[['check', '.'], 1],
		[['check', 'none'], 2],
		[['frobnicate'], 2],
		[['--version'], 0],
	])('of %j ends with %i', async (args, expected) => {
		const { status } = await run(temporaryFolder({ 'a.c': WRONG }), args);
		expect(status).toBe(expected);
	});
});

describe('lsp --stdio', () => {
	test('is the language server', async () => {
		const child = start(temporaryFolder(), ['lsp', '--stdio']);
		const connection = createMessageConnection(
			new StreamMessageReader(child.stdout),
			new StreamMessageWriter(child.stdin),
		);
		onTestFinished(() => connection.dispose());
		connection.listen();
		const { serverInfo } = await connection.sendRequest<{ serverInfo: unknown }>('initialize', {
			processId: process.pid,
			rootUri: null,
			capabilities: {},
		});
		expect(serverInfo).toEqual({ name: manifest.name, version: manifest.version });
		await connection.sendRequest('shutdown');
		const closed = once(child, 'close');
		await connection.sendNotification('exit');
		expect(await closed).toEqual([0, null]);
	});
});

describe.runIf(process.platform === 'linux')('a fault around it is a sentence and status 2:', () => {
	/** Through a shell, which can bring standard files and folders into any state. `"$@"` is the command line. */
	async function shell(folder: string, script: string, args: readonly string[]) {
		const child = spawn('/bin/sh', ['-c', script, 'sh', process.execPath, cli, ...args], {
			cwd: folder,
			env: { PATH: process.env.PATH },
		});
		onTestFinished(() => void child.kill());
		child.stdin.end();
		const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
		return { status, out, err };
	}
	const clean = { 'a.c': 'int x;\n' };

	test.each(['sarif', 'json', 'text', 'github'])('a full disk under the format %s', async (format) => {
		const folder = temporaryFolder({ 'a.c': WRONG });
		expect(await shell(folder, '"$@" > /dev/full', ['check', 'a.c', '--format', format])).toEqual({
			status: 2,
			out: '',
			err: 'ioctl-lens: the output could not be written: no space is left on the device\n',
		});
	});

	test('a full disk under a report without a finding', async () => {
		const { status } = await shell(temporaryFolder(clean), '"$@" > /dev/full', ['check', 'a.c', '--format', 'sarif']);
		expect(status).toBe(2);
	});

	test.each(['2> /dev/full', '2>&-'])('missing files, and nobody to be told (%s)', async (redirected) => {
		const { status, out } = await shell(temporaryFolder(clean), `"$@" ${redirected}`, ['check', 'a.c', 'none.c']);
		expect({ status, out }).toEqual({ status: 2, out: 'No findings (0 calls, 1 file read, 1 skipped).\n' });
	});

	test('a current folder that is gone', async () => {
		const folder = temporaryFolder({ 'sub/a.c': WRONG });
		expect(await shell(folder, 'cd sub && rm -r ../sub && "$@"', ['check', '.'])).toEqual({
			status: 2,
			out: '',
			err: 'ioctl-lens: the current folder is no longer there\n',
		});
	});

	test('an interrupt', async () => {
		const folder = temporaryFolder(clean);
		const child = start(folder, ['lsp', '--stdio']);
		const connection = createMessageConnection(
			new StreamMessageReader(child.stdout),
			new StreamMessageWriter(child.stdin),
		);
		onTestFinished(() => connection.dispose());
		connection.listen();
		await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
		const ended = Promise.all([text(child.stderr), once(child, 'close')]);
		child.kill('SIGINT');
		expect(await ended).toEqual(['ioctl-lens: interrupted\n', [2, null]]);
	});
});
