import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import manifest from '../package.json' with { type: 'json' };
import { npm } from '../packaging/natives.ts';

const root = resolve(import.meta.dirname, '..');

const bundles = [
	'dist/THIRD-PARTY-NOTICES.txt',
	'dist/cli.cjs',
	'dist/commands.cjs',
	'dist/grammars/tree-sitter-c.wasm',
	'dist/grammars/tree-sitter-cpp.wasm',
	'dist/grammars/tree-sitter-tsx.wasm',
	'dist/grammars/tree-sitter-typescript.wasm',
	'dist/grammars/web-tree-sitter.wasm',
	'dist/inspector.cjs',
	'dist/runner.cjs',
	'dist/server.cjs',
	'dist/web-tree-sitter.cjs',
];

const texts = [
	'server/schemas/report.schema.json',
	'CHANGELOG.md',
	'LICENSE',
	'README.md',
	'SECURITY.md',
	'SUPPORT.md',
	'package.json',
];

const wrong = `#include <winsock2.h>
#include <mstcpip.h>
int f(SOCKET s) {
	DWORD on = 1, bytes = 0;
	return WSAIoctl(s, SIO_RCVALL, &on, 2, NULL, 0, &bytes, NULL, NULL);
}
`;

describe('the package of the command line', () => {
	let folder: string;
	let installed: string;

	/** IOCTL_LENS_NODE is another Node to run the program in: the oldest that it promises to work in, for example. */
	const node = process.env.IOCTL_LENS_NODE ?? process.execPath;
	/** The program that npm puts on the path, or rather what it starts: the same on every system. */
	const program = () => join(installed, manifest.bin['ioctl-lens']);
	const cli = (...args: string[]) =>
		promisify(execFile)(node, [program(), ...args], { cwd: folder }).then(
			({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
			(failure: { code: number; stdout: string; stderr: string }) => failure,
		);

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'ioctl-lens-npm-'));
		const args = ['packaging/main.ts', '--target', 'npm', '--out', folder];
		await promisify(execFile)(process.execPath, args, { cwd: root });
		await writeFile(join(folder, 'package.json'), '{ "private": true }');
		const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
		await npm(['install', ...quiet, join(folder, `ioctl-lens-${manifest.version}.tgz`)], folder);
		installed = join(folder, 'node_modules', 'ioctl-lens');
		await mkdir(join(folder, 'src'));
		await writeFile(join(folder, 'src', 'wrong.c'), wrong);
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	test('holds these files and no other', async () => {
		const entries = await readdir(installed, { recursive: true, withFileTypes: true });
		const files = entries
			.filter((entry) => entry.isFile())
			.map((entry) => relative(installed, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
		expect(files.sort()).toEqual([...bundles, ...texts].sort());
	});

	test('says who made it, what it needs, and that it was published by a workflow', async () => {
		const published = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
		expect(published).toEqual({
			name: 'ioctl-lens',
			version: manifest.version,
			description:
				'Checks Winsock I/O control calls such as WSAIoctl: do both buffer sizes fit the control code between them?',
			license: 'MIT',
			keywords: manifest.keywords,
			repository: manifest.repository,
			bugs: manifest.bugs,
			homepage: manifest.homepage,
			bin: { 'ioctl-lens': 'dist/cli.cjs' },
			engines: { node: manifest.engines.node },
			dependencies: manifest.dependencies,
			publishConfig: { access: 'public', provenance: true },
		});
	});

	test('npx finds the program, and check finds the mistake', async () => {
		const { stdout } = await npm(['exec', '--no', '--', 'ioctl-lens', '--version'], folder);
		expect(stdout.trim()).toBe(manifest.version);
		const { code, stdout: found } = await cli('check', 'src');
		expect(code).toBe(1);
		expect(found.split('\n')[0]).toMatch(/^src.wrong\.c:5:38: warning: .* \[input-too-small\]$/);
	});

	test('explain and run work', async () => {
		expect((await cli('explain', 'SIO_RCVALL')).stdout.split('\n')[0]).toContain('SIO_RCVALL');
		const { code, stdout } = await cli('run', 'FIONREAD', '--json');
		expect(code).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({ status: 'ok', output: { rows: [{ text: '5 bytes' }] } });
	});

	test('lsp is a language server', async () => {
		const server = spawn(node, [program(), 'lsp', '--stdio'], { cwd: folder });
		const ended = new Promise((done) => server.once('exit', done));
		const connection = createMessageConnection(
			new StreamMessageReader(server.stdout),
			new StreamMessageWriter(server.stdin),
		);
		const published = new Promise<{ diagnostics: { code: string }[] }>((done) => {
			connection.onNotification('textDocument/publishDiagnostics', done);
		});
		connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
		connection.onRequest('client/registerCapability', () => null);
		connection.listen();
		const rootUri = pathToFileURL(folder).href;
		const answer = await connection.sendRequest('initialize', { processId: process.pid, rootUri, capabilities: {} });
		expect(answer).toMatchObject({ serverInfo: { version: manifest.version } });
		await connection.sendNotification('initialized', {});
		const uri = pathToFileURL(join(folder, 'src', 'wrong.c')).href;
		const textDocument = { uri, languageId: 'c', version: 1, text: wrong };
		await connection.sendNotification('textDocument/didOpen', { textDocument });
		expect((await published).diagnostics.map(({ code }) => code)).toEqual(['input-too-small']);
		await connection.sendRequest('shutdown');
		await connection.sendNotification('exit');
		expect(await ended).toBe(0);
	});
});

test('a checkout is packed with the same files, built before', async () => {
	const { stdout } = await npm(['pack', '--dry-run', '--json'], root);
	const [packed] = Object.values(JSON.parse(stdout.slice(stdout.search(/^[[{]/m)))) as [{ files: { path: string }[] }];
	expect(packed.files.map(({ path }) => path).sort()).toEqual([...bundles, ...texts].sort());
});
