/** Documents that lie on no disk: headers and configurations are read by the client, on the desktop as in a browser. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Location } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { SHORT, SHORT_FINDING } from './support/samples.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

const workspace = resolve(import.meta.dirname, '../web/workspace');

let built: Build;
const servers: ServerProcess[] = [];

beforeAll(async () => {
	built = await build();
});
afterAll(async () => {
	await Promise.all(servers.map((server) => server.kill()));
	await built.remove();
});

const ROOT = 'memory://some%2Bwhere/project';
const uriOf = (path: string): string =>
	URI.parse(ROOT)
		.with({ path: `/project/${path}` })
		.toString();

/** A client with files in its memory, and what it was asked for. */
async function started(files: Map<string, string>, initializationOptions: object = { readsFiles: true }) {
	const server = ServerProcess.spawn(built.server);
	servers.push(server);
	const asked: string[] = [];
	const pathOf = (uri: string): string => URI.parse(uri).path.replace(/^\/project\/?/, '');
	server.connection.onRequest('ioctlLens/readFile', ({ uri }: { uri: string }) => {
		asked.push(pathOf(uri));
		const text = files.get(pathOf(uri));
		return text === undefined ? null : { text };
	});
	server.connection.onRequest('ioctlLens/readFolder', ({ uri }: { uri: string }) => {
		const folder = pathOf(uri);
		const below = [...files.keys()].filter((path) => folder === '' || path.startsWith(`${folder}/`));
		const names = below.map((path) => path.slice(folder === '' ? 0 : folder.length + 1).split('/')[0] ?? '');
		return { names: [...new Set(names)] };
	});
	await server.initialize({ folders: [ROOT], initializationOptions });
	return { server, asked };
}

test('findings of a virtual folder are those of the same folder on disk', async () => {
	const names = readdirSync(workspace, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(workspace.length + 1));
	const files = new Map(names.map((name) => [name, readFileSync(join(workspace, name), 'utf8')]));
	const { server } = await started(files);
	const disk = await ServerProcess.start(built.server, { folders: [pathToFileURL(workspace).href] });
	servers.push(disk);
	const found = async (at: ServerProcess, uri: string, name: string) => {
		await at.open(uri, files.get(name) ?? '', name.endsWith('.cpp') ? 'cpp' : 'c');
		return (await at.nextDiagnostics(uri)).diagnostics.map(({ code, severity, range, message }) => ({
			...{ code, severity, range, message },
		}));
	};
	let all = 0;
	for (const name of names.filter((each) => /\.(?:c|cpp)$/.test(each))) {
		const here = await found(server, uriOf(name), name);
		expect(here).toEqual(await found(disk, pathToFileURL(join(workspace, name)).href, name));
		all += here.length;
	}
	expect(all).toBe(6);
	expect(await server.stop()).toBe(0);
	expect(server.logged).toEqual([]);
});

test('an open header is read from its editor, and a change of one that is closed is noticed', async () => {
	const files = new Map([['own.h', '#define SIZE 4\n']]);
	const { server } = await started(files);
	const uri = uriOf('a.c');
	const messages = async (version?: number) => {
		const { diagnostics } = await (version === undefined
			? server.nextDiagnostics(uri)
			: server.diagnosticsOf(uri, version));
		return diagnostics.map(({ message }) => /`cbInBuffer` is (\d+)/.exec(String(message))?.[1]);
	};
	await server.open(uri, `#include "own.h"\n${SHORT.replace('sizeof(on)', 'SIZE')}`);
	expect(await messages()).toEqual(['4']);
	files.set('own.h', '#define SIZE 3\n');
	await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
		changes: [{ uri: uriOf('own.h'), type: 2 }],
	});
	expect(await messages()).toEqual(['3']);
	await server.open(uriOf('own.h'), '#define SIZE 2\n');
	await server.change(uri, 2, { text: `#include "own.h"\n${SHORT.replace('sizeof(on)', ' SIZE')}` });
	await server.connection.sendNotification('textDocument/didSave', { textDocument: { uri: uriOf('own.h') } });
	await server.until(() =>
		server.published.find((p) => p.uri === uri && String(p.diagnostics[0]?.message).includes('is 2')),
	);
});

test('a configuration that changes is judged at once', async () => {
	const files = new Map([['.ioctl-lens.json', '{ "rules": { "input-too-small": "hint" } }']]);
	const { server } = await started(files);
	const uri = uriOf('deep/er/a.c');
	await server.open(uri, SHORT);
	expect((await server.nextDiagnostics(uri)).diagnostics).toEqual([{ ...SHORT_FINDING, severity: 4 }]);
	files.set('.ioctl-lens.json', '{ "exclude": ["deep"] }');
	await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
		changes: [{ uri: uriOf('.ioctl-lens.json'), type: 2 }],
	});
	expect((await server.nextDiagnostics(uri)).diagnostics).toEqual([]);
	files.set('.ioctl-lens.json', '{ "extends": "./none.json", "rules": { "x": 1 } }');
	await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
		changes: [{ uri: uriOf('.ioctl-lens.json'), type: 2 }],
	});
	expect((await server.nextDiagnostics(uri)).diagnostics).toEqual([SHORT_FINDING]);
	expect(server.logged.map(({ message }) => message)).toEqual(
		expect.arrayContaining([`${uriOf('.ioctl-lens.json')}:1:14: extends "./none.json", which does not exist`]),
	);
});

test('definitions lead into headers that the client has read', async () => {
	const { server } = await started(new Map([['own.h', '/* 😀 */\n#define MINE SIO_KEEPALIVE_VALS\n']]));
	const uri = uriOf('a.c');
	await server.open(uri, `#include "own.h"\n${SHORT.replace('SIO_KEEPALIVE_VALS', 'MINE')}`);
	const found = await server.request<Location[]>('textDocument/definition', {
		textDocument: { uri },
		position: { line: 4, character: 15 },
	});
	expect(found).toEqual([
		{ uri: uriOf('own.h'), range: { start: { line: 1, character: 8 }, end: { line: 1, character: 12 } } },
	]);
});

test('each file is asked for once, and never one by an absolute name or above the folder by a search', async () => {
	const { server, asked } = await started(new Map());
	const text = `#include <windows.h>\n#include "/etc/passwd"\n#include "C:\\x.h"\n#include "../../up.h"\n${SHORT}`;
	for (const name of ['a/b/one.c', 'a/b/two.c']) {
		await server.open(uriOf(name), text);
		expect((await server.nextDiagnostics(uriOf(name))).diagnostics).toHaveLength(1);
	}
	const configurations = asked.filter((path) => path.endsWith('.ioctl-lens.json'));
	const headers = asked.filter((path) => !configurations.includes(path));
	expect(headers).toEqual(['up.h']);
	expect(new Set(configurations).size).toBe(configurations.length);
});

test('a client that reads no files is asked for none', async () => {
	const { server, asked } = await started(new Map([['own.h', '#define SIZE 4\n']]), {});
	const uri = uriOf('a.c');
	await server.open(uri, `#include "own.h"\n${SHORT.replace('sizeof(on)', 'SIZE')}`);
	expect((await server.nextDiagnostics(uri)).diagnostics).toEqual([]);
	expect(asked).toEqual([]);
});

test('a client that fails to read is no worse off', async () => {
	const server = ServerProcess.spawn(built.server);
	servers.push(server);
	await server.initialize({ folders: [ROOT], initializationOptions: { readsFiles: true } });
	const uri = uriOf('a.c');
	await server.open(uri, `#include "own.h"\n${SHORT}`);
	expect((await server.nextDiagnostics(uri)).diagnostics).toHaveLength(1);
	await server.log(/^A file could not be asked for: /);
});
