/** Findings for clients that ask for them: each told once, and told anew when something else than the text has changed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DocumentDiagnosticReport, WorkspaceDiagnosticReport } from 'vscode-languageserver';
import { RIGHT, SHORT, SHORT_FINDING } from './support/samples.ts';
import { type Build, build, type ClientOptions, ServerProcess } from './support/server.ts';

let built: Build;
const servers: ServerProcess[] = [];

beforeAll(async () => {
	built = await build();
});
afterAll(async () => {
	await Promise.all(servers.map((server) => server.kill()));
	await built.remove();
});

const PULLS = { textDocument: { diagnostic: { dynamicRegistration: false } } };

async function started(options: ClientOptions): Promise<ServerProcess> {
	const server = await ServerProcess.start(built.server, options);
	servers.push(server);
	return server;
}

/** Asks for the findings of a document; the answer's name is checked to be a text, and left out. */
async function pulled(server: ServerProcess, uri: string, previousResultId?: string) {
	const report = await server.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
		textDocument: { uri },
		...(previousResultId === undefined ? {} : { previousResultId }),
	});
	const { resultId, ...rest } = report;
	return { id: resultId ?? '', rest, items: 'items' in rest ? rest.items : undefined };
}

const none = { kind: 'full', items: [] };
const one = { kind: 'full', items: [SHORT_FINDING] };
const unchanged = { kind: 'unchanged' };

test('a client that asks is told of it, and is sent nothing', async () => {
	const server = await started({ capabilities: PULLS });
	expect(server.initialized.capabilities.diagnosticProvider).toEqual({
		identifier: 'ioctl-lens',
		interFileDependencies: true,
		workspaceDiagnostics: true,
	});
	await server.open('file:///a.c', SHORT);
	expect((await pulled(server, 'file:///a.c')).rest).toEqual(one);
	await server.close('file:///a.c');
	expect((await pulled(server, 'file:///a.c')).rest).toEqual(none);
	expect(await server.stop()).toBe(0);
	expect(server.published).toEqual([]);
	expect(server.logged).toEqual([]);
});

test('what a client has is not sent again', async () => {
	const server = await started({ capabilities: PULLS });
	const uri = 'file:///a.c';
	await server.open(uri, SHORT);
	const first = await pulled(server, uri);
	expect(await pulled(server, uri, first.id)).toMatchObject({ id: first.id, rest: unchanged });
	await server.change(uri, 2, { text: `${SHORT}\n` });
	// The text is another, and what is found in it is not.
	expect(await pulled(server, uri, first.id)).toMatchObject({ id: first.id, rest: unchanged });
	await server.change(uri, 3, { text: RIGHT });
	const second = await pulled(server, uri, first.id);
	expect(second.rest).toEqual(none);
	expect(await pulled(server, uri, second.id)).toMatchObject({ id: second.id, rest: unchanged });
	// A name of another time or of nobody.
	expect((await pulled(server, uri, first.id)).rest).toEqual(none);
	expect((await pulled(server, uri, 'x')).rest).toEqual(none);
	await server.close(uri);
	await server.open(uri, SHORT);
	for (const id of [first.id, second.id]) expect((await pulled(server, uri, id)).rest).toEqual(one);
});

test('all open documents are reported together, and no other file is read', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'ioctl-lens-pull-'));
	try {
		await writeFile(join(folder, 'closed.c'), SHORT);
		const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
		const [a, b, closed] = [uriOf('a.c'), uriOf('b.c'), uriOf('closed.c')] as const;
		const server = await started({ capabilities: PULLS, folders: [pathToFileURL(folder).href] });
		await server.open(a, SHORT);
		await server.open(b, RIGHT, 'c', 7);
		const all = (previousResultIds: object[]) =>
			server.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds });
		const { items } = await all([]);
		const ids = items.map(({ resultId }) => resultId);
		expect(items).toEqual([
			{ ...one, uri: a, version: 1, resultId: ids[0] },
			{ ...none, uri: b, version: 7, resultId: ids[1] },
		]);
		await server.change(b, 8, { text: SHORT });
		const known = [
			{ uri: a, value: ids[0] },
			{ uri: b, value: ids[1] },
			{ uri: closed, value: 'x' },
		];
		const next = (await all(known)).items;
		expect(next).toEqual([
			{ ...unchanged, uri: a, version: 1, resultId: ids[0] },
			{ ...one, uri: b, version: 8, resultId: next[1]?.resultId },
			{ ...none, uri: closed, version: null },
		]);
		expect(server.published).toEqual([]);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});

test('settings, headers and deleted files let the client ask again, where it can be told to', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'ioctl-lens-pull-'));
	try {
		const header = join(folder, 'own.h');
		await writeFile(header, '#define SIZE 4\n');
		const uri = pathToFileURL(join(folder, 'a.c')).href;
		let settings: object = {};
		const server = ServerProcess.spawn(built.server);
		servers.push(server);
		let asked = 0;
		let waiting: (() => void) | undefined;
		server.connection.onRequest('workspace/diagnostic/refresh', () => {
			asked++;
			waiting?.();
			return null;
		});
		/** Resolves when the server has asked for it since `count`. */
		const refreshed = async (count: number) => {
			while (asked <= count) await new Promise<void>((resolve) => (waiting = resolve));
		};
		await server.initialize({
			configuration: () => settings,
			capabilities: { ...PULLS, workspace: { diagnostics: { refreshSupport: true } } },
		});
		await server.open(uri, `#include "own.h"\n${SHORT.replace('sizeof(on)', 'SIZE')}`);
		const first = await pulled(server, uri);
		expect(first.items).toMatchObject([{ code: 'input-too-small' }]);

		let seen = asked;
		settings = { rules: { 'input-too-small': 'off' } };
		await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
		await refreshed(seen);
		const second = await pulled(server, uri, first.id);
		expect(second.rest).toEqual(none);

		seen = asked;
		settings = {};
		await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
		await refreshed(seen);
		expect((await pulled(server, uri, second.id)).items).toHaveLength(1);

		seen = asked;
		await writeFile(header, '#define SIZE 3\n');
		await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
			changes: [{ uri: pathToFileURL(header).href, type: 2 }],
		});
		await refreshed(seen);
		const third = await pulled(server, uri, second.id);
		expect(third.items).toMatchObject([{ message: expect.stringContaining('`cbInBuffer` is 3') }]);

		seen = asked;
		await server.connection.sendNotification('workspace/didDeleteFiles', { files: [{ uri }] });
		await refreshed(seen);
		expect((await pulled(server, uri, third.id)).rest).toEqual(none);
		await server.change(uri, 2, { text: SHORT });
		expect((await pulled(server, uri)).rest).toEqual(one);
		expect(server.published).toEqual([]);
		expect(server.logged).toEqual([]);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});

test('a client that does not ask is not told that it may, and is sent findings', async () => {
	const server = await started({});
	expect(server.initialized.capabilities).not.toHaveProperty('diagnosticProvider');
	await server.open('file:///a.c', SHORT);
	expect((await server.nextDiagnostics('file:///a.c')).diagnostics).toEqual([SHORT_FINDING]);
});

test('what such a client shows of a finding may stand with either way', async () => {
	const server = await started({
		capabilities: { textDocument: { diagnostic: { relatedInformation: true } } },
	});
	await server.open('file:///a.c', SHORT);
	const { rest } = await pulled(server, 'file:///a.c');
	expect(rest).toEqual({
		kind: 'full',
		items: [
			{
				...SHORT_FINDING,
				relatedInformation: [
					{
						location: {
							uri: 'file:///a.c',
							range: { start: { line: 2, character: 7 }, end: { line: 2, character: 9 } },
						},
						message: '`on` is declared here: `DWORD`.',
					},
				],
			},
		],
	});
});
