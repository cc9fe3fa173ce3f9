/** The check of the whole workspace: what it finds, what it leaves out, and how it stays up to date. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { CheckWorkspaceResult, FileCalls, WorkspaceProgress } from '../../server/src/lsp/protocol.ts';
import { runJson, temporaryFolder } from '../support/cli.ts';
import { RIGHT, SHORT, SHORT_FINDING } from './support/samples.ts';
import { type Build, build, type ClientOptions, ServerProcess } from './support/server.ts';

let built: Build;
const started: ServerProcess[] = [];

beforeAll(async () => {
	built = await build();
});
afterEach(async () => {
	await Promise.all(started.splice(0).map((server) => server.kill()));
});
afterAll(() => built.remove());

const CHANGED = 2;
const DELETED = 3;

async function start(files: Readonly<Record<string, string>>, options: ClientOptions = {}) {
	const folder = temporaryFolder(files);
	const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
	const nameOf = (uri: string) => uri.slice(uriOf('').length).replace(/^\//, '');
	const server = await ServerProcess.start(built.server, { folders: [uriOf('')], ...options });
	started.push(server);
	const progress: { token: unknown; value: unknown }[] = [];
	server.connection.onNotification('$/progress', (params) => void progress.push(params));
	const told: FileCalls[] = [];
	server.connection.onNotification('ioctlLens/fileCalls', (params) => void told.push(params));
	const partial = () => progress.filter(({ token }) => token === 'part').map(({ value }) => value as WorkspaceProgress);
	/** What was told of each file so far, `line code: sizes (state)` by name. */
	const calls = () =>
		Object.fromEntries(
			[...partial().flatMap(({ files }) => files), ...told].map(({ uri, calls }) => [
				nameOf(uri),
				calls.map(({ range, code, sizes, state }) => `${range.start.line + 1} ${code}: ${sizes} (${state})`),
			]),
		);
	const check = (params: object = {}) =>
		server.request<CheckWorkspaceResult>('ioctlLens/checkWorkspace', {
			partialResultToken: 'part',
			workDoneToken: 'work',
			...params,
		});
	const change = async (name: string, text: string | undefined) => {
		const file = join(folder, name);
		await mkdir(dirname(file), { recursive: true });
		if (text === undefined) await rm(file);
		else await writeFile(file, text);
		const changes = [{ uri: uriOf(name), type: text === undefined ? DELETED : CHANGED }];
		await server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
	};
	/** The newest findings of each file that has any. */
	const findings = () => {
		const newest = new Map(server.published.map((p) => [nameOf(p.uri), p.diagnostics.map(({ code }) => code)]));
		return Object.fromEntries([...newest].filter(([, codes]) => codes.length > 0));
	};
	/** Resolves when everything that was told so far has been read. */
	const answered = () => server.request('ioctlLens/referenceIndex', {});
	/** Resolves with the next publication for a file. */
	const next = async (name: string) => (await server.nextDiagnostics(uriOf(name))).diagnostics.map((d) => d.code);
	return { folder, server, uriOf, check, change, calls, findings, progress, partial, told, next, answered };
}

const WRONG = ['4 SIO_KEEPALIVE_VALS: in 4, needs 12 (wrong)'];
const FINE = ['5 SIO_KEEPALIVE_VALS: in 12 (fine)'];

test('codes and structures of one’s own are told with their sizes', async () => {
	const { check, calls, findings } = await start({
		'.ioctl-lens.json': JSON.stringify({
			codes: { SIO_ACME_MODE: { value: '_WSAIOW(IOC_VENDOR, 0x1001)', input: { type: 'acme_mode' } } },
			structs: {
				acme_mode: {
					fields: [
						{ name: 'on', type: 'DWORD' },
						{ name: 'level', type: 'DWORD' },
					],
				},
			},
		}),
		'a.c': 'void f(SOCKET s, DWORD n)\n{\n\tDWORD on = 1;\n\tWSAIoctl(s, SIO_ACME_MODE, &on, 4, 0, 0, &n, 0, 0);\n}\n',
	});
	expect(await check()).toEqual({ read: 1, calls: 1 });
	expect(calls()).toEqual({ 'a.c': ['4 SIO_ACME_MODE: in 4, needs 8 (wrong)'] });
	expect(findings()).toEqual({ 'a.c': ['input-too-small'] });
});

test('it finds the calls and findings that the command line does, and nothing before it is asked to', async () => {
	const files = {
		'a.c': SHORT,
		'src/b.cpp': RIGHT,
		'src/c.ts': 'export const x = 1;\n',
		'src/d.c': 'void f(SOCKET s, int code) { ioctlsocket(s, code, &v); }\n',
		'notes.txt': SHORT,
		'.git/HEAD': '',
		'.gitignore': 'build\n',
		'build/e.c': SHORT,
		'node_modules/x/f.c': SHORT,
		'.ioctl-lens.json': '{ "exclude": ["third_party"], "rules": { "may-block": "off" } }',
		'third_party/g.c': SHORT,
		'mine/.ioctl-lens.json': '{ "rules": { "input-too-small": "off" } }',
		'mine/h.c': SHORT,
		'hidden/i.c': SHORT,
		'user/j.c': SHORT,
	};
	const { folder, server, uriOf, check, calls, findings, progress } = await start(files, {
		configuration: () => ({}),
	});
	server.connection.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
		items.map(({ section }) =>
			section === 'files.exclude' ? { '**/hidden': true, '**/src': false } : { exclude: ['user'] },
		),
	);
	expect(server.published).toEqual([]);
	expect(await check()).toEqual({ read: 5, calls: 4 });
	expect(calls()).toEqual({
		'a.c': WRONG,
		'src/b.cpp': FINE,
		'src/d.c': ['1 ?: in 4 · out 4 (unresolved)'],
		'mine/h.c': ['4 SIO_KEEPALIVE_VALS: in 4, needs 12 (fine)'],
	});
	expect(findings()).toEqual({ 'a.c': ['input-too-small'] });
	expect(server.published).toEqual([{ uri: uriOf('a.c'), diagnostics: [SHORT_FINDING] }]);
	expect(progress.filter(({ token }) => token === 'work').map(({ value }) => value)).toEqual([
		{ kind: 'begin', title: 'Checking the workspace', cancellable: true },
		{ kind: 'report', message: '5 files, 4 calls' },
		{ kind: 'end' },
	]);
	const report = await runJson(folder, ['check', '.', '--exclude', 'hidden', '--exclude', 'user']);
	expect(report.json.findings.map((f: { file: string; rule: string }) => `${f.file} ${f.rule}`)).toEqual([
		'a.c input-too-small',
	]);
});

test('a call says its function, its place and its worst finding', async () => {
	const { check, partial } = await start({ 'a.c': SHORT });
	await check();
	expect(partial().flatMap(({ files }) => files.flatMap((f) => f.calls))).toEqual([
		{
			code: 'SIO_KEEPALIVE_VALS',
			sizes: 'in 4, needs 12',
			callee: 'WSAIoctl',
			enclosing: 'f',
			range: { start: { line: 3, character: 1 }, end: { line: 3, character: 78 } },
			state: 'wrong',
			worst: { severity: 'error', message: SHORT_FINDING.message },
			findings: 1,
		},
	]);
});

test('an open document is taken as it is, and owns its findings until it is closed', async () => {
	const { server, uriOf, check, calls, next, answered } = await start({ 'a.c': SHORT });
	await server.open(uriOf('a.c'), RIGHT);
	expect(await next('a.c')).toEqual([]);
	expect(await check()).toEqual({ read: 1, calls: 1 });
	expect(calls()).toEqual({ 'a.c': FINE });
	expect(server.published.length).toBe(1);
	await server.change(uriOf('a.c'), 2, { text: SHORT });
	expect(await next('a.c')).toEqual(['input-too-small']);
	await answered();
	expect(calls()).toEqual({ 'a.c': WRONG });
	await server.change(uriOf('a.c'), 3, { text: RIGHT });
	expect(await next('a.c')).toEqual([]);
	await server.close(uriOf('a.c'));
	// First it has none, then those of the disk.
	expect(await next('a.c')).toEqual([]);
	expect(await next('a.c')).toEqual(['input-too-small']);
	await server.open(uriOf('a.c'), RIGHT);
	expect(await next('a.c')).toEqual([]);
	await check();
	expect(server.published.at(-1)?.diagnostics).toEqual([]);
});

test('what changes on disk is checked again, it alone', async () => {
	const { server, check, change, calls, findings, next, answered } = await start({ 'a.c': SHORT, 'b.c': SHORT });
	await check();
	for (const name of ['a.c', 'b.c']) expect(await next(name)).toEqual(['input-too-small']);
	const before = server.published.length;
	await change('a.c', RIGHT);
	expect(await next('a.c')).toEqual([]);
	await change('sub/new.c', SHORT);
	expect(await next('sub/new.c')).toEqual(['input-too-small']);
	await change('b.c', undefined);
	expect(await next('b.c')).toEqual([]);
	await answered();
	expect(server.published.length).toBe(before + 3);
	expect(findings()).toEqual({ 'sub/new.c': ['input-too-small'] });
	expect(calls()).toEqual({ 'a.c': FINE, 'b.c': [], 'sub/new.c': WRONG });
});

test('what is left out is left out when it changes, too', async () => {
	const { check, change, next, findings } = await start({ '.git/HEAD': '', '.gitignore': 'build/\n', 'a.c': RIGHT });
	await check();
	await change('build/b.c', SHORT);
	await change('node_modules/b.c', SHORT);
	await change('a.c', SHORT);
	expect(await next('a.c')).toEqual(['input-too-small']);
	expect(findings()).toEqual({ 'a.c': ['input-too-small'] });
});

test('a header or a configuration that changes is known to what depends on it', async () => {
	const { check, change, next } = await start({
		'sizes.h': '#define SIZE 4\n',
		'a.c': `#include "sizes.h"\n${SHORT.replace('sizeof(on)', 'SIZE')}`,
	});
	await check();
	expect(await next('a.c')).toEqual(['input-too-small']);
	await change('sizes.h', '#define SIZE 12\n');
	expect(await next('a.c')).toEqual(['size-exceeds-object']);
	await change('.ioctl-lens.json', '{ "rules": { "size-exceeds-object": "off" } }');
	expect(await next('a.c')).toEqual([]);
});

test('cleared, nothing is left and nothing is told any more', async () => {
	const { server, check, change, findings, next, told, uriOf, answered } = await start({ 'a.c': SHORT, 'b.c': SHORT });
	await server.open(uriOf('b.c'), SHORT);
	expect(await next('b.c')).toEqual(['input-too-small']);
	await check();
	expect(await next('a.c')).toEqual(['input-too-small']);
	expect(await server.request('ioctlLens/clearWorkspace', {})).toBe(null);
	expect(await next('a.c')).toEqual([]);
	expect(findings()).toEqual({ 'b.c': ['input-too-small'] });
	await change('a.c', SHORT);
	await server.close(uriOf('b.c'));
	expect(await next('b.c')).toEqual([]);
	await answered();
	expect(told).toEqual([]);
	expect(findings()).toEqual({});
});

test('it ends at a bound of files or calls, and says which', async () => {
	const files = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${String(i).padStart(2, '0')}.c`, SHORT]));
	const { check } = await start(files);
	expect(await check({ mostFiles: 7 })).toEqual({ read: 7, calls: 7, bound: { of: 'files', at: 7 } });
	expect(await check({ mostCalls: 5 })).toEqual({ read: 5, calls: 5, bound: { of: 'calls', at: 5 } });
	expect(await check({ mostFiles: 20, mostCalls: 20 })).toEqual({ read: 20, calls: 20 });
});

test('it can be cancelled, and keeps what was found', async () => {
	const files = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`f${String(i).padStart(3, '0')}.c`, SHORT]));
	const { server, check, partial, findings, answered } = await start(files);
	const source = new CancellationTokenSource();
	const cancelled = server.connection.sendRequest(
		'ioctlLens/checkWorkspace',
		{ partialResultToken: 'part' },
		source.token,
	);
	await server.until(() => (partial().length > 0 || server.published.length >= 64 ? true : undefined));
	source.cancel();
	await expect(cancelled).rejects.toMatchObject({ code: -32800 });
	await answered();
	const found = Object.keys(findings()).length;
	expect(found).toBeGreaterThan(0);
	expect(found).toBeLessThan(400);
	expect(await check()).toEqual({ read: 400, calls: 400 });
	expect(Object.keys(findings()).length).toBe(400);
});

test('in Restricted Mode a configuration file hides nothing', async () => {
	const { check, findings } = await start(
		{ 'a.c': SHORT, '.ioctl-lens.json': '{ "exclude": ["a.c"], "rules": { "input-too-small": "off" } }' },
		{ initializationOptions: { trusted: false } },
	);
	expect(await check()).toEqual({ read: 1, calls: 1 });
	expect(findings()).toEqual({ 'a.c': ['input-too-small'] });
});

test('without a folder there is nothing to check', async () => {
	const server = await ServerProcess.start(built.server);
	started.push(server);
	expect(await server.request('ioctlLens/checkWorkspace', {})).toEqual({ read: 0, calls: 0 });
});

test('a client that asks for the findings of open documents keeps no others of them', async () => {
	const capabilities = { textDocument: { diagnostic: {} } };
	const { server, uriOf, check, next } = await start({ 'a.c': SHORT }, { capabilities });
	await check();
	expect(await next('a.c')).toEqual(['input-too-small']);
	await server.open(uriOf('a.c'), SHORT);
	expect(await next('a.c')).toEqual([]);
	await server.close(uriOf('a.c'));
	expect(await next('a.c')).toEqual(['input-too-small']);
});
