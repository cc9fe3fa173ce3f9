/** Clients that can little, and say so in many ways. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompletionList, DocumentLink } from 'vscode-languageserver';
import type { MessageConnection } from 'vscode-languageserver/node';
import { range, SHORT, SHORT_FINDING } from './support/samples.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

let built: Build;
let folder: string;
const servers: ServerProcess[] = [];

beforeAll(async () => {
	built = await build();
	folder = await mkdtemp(join(tmpdir(), 'ioctl-lens-clients-'));
});
afterAll(async () => {
	await Promise.all(servers.map((server) => server.kill()));
	await built.remove();
	await rm(folder, { recursive: true, force: true });
});

/** A client that introduces itself with exactly this, and notes every request of the server. */
async function introduced(params: object) {
	const server = ServerProcess.spawn(built.server);
	servers.push(server);
	const asked: string[] = [];
	(server.connection as unknown as MessageConnection).onRequest((method) => {
		asked.push(method);
		return null;
	});
	await server.connection.sendRequest('initialize', params);
	await server.connection.sendNotification('initialized', {});
	return { server, asked };
}

test.each([
	['no folder and no capabilities', { processId: null, rootUri: null, capabilities: {} }],
	['no member but the one that has to be', { capabilities: {} }],
	[
		'members that are null',
		{ processId: null, rootUri: null, rootPath: null, capabilities: {}, workspaceFolders: null },
	],
])('a client with %s is sent findings and asked nothing', async (_, params) => {
	const { server, asked } = await introduced(params);
	await server.open('file:///a.c', SHORT);
	expect((await server.nextDiagnostics('file:///a.c')).diagnostics).toEqual([SHORT_FINDING]);
	await server.connection.sendNotification('workspace/didChangeConfiguration', {
		settings: { ioctlLens: { rules: { 'input-too-small': 'off' } } },
	});
	expect((await server.nextDiagnostics('file:///a.c')).diagnostics).toEqual([]);
	expect(await server.stop()).toBe(0);
	expect(asked).toEqual([]);
	expect(server.logged).toEqual([]);
});

test('a folder may be named in each of the ways that there have been', async () => {
	await writeFile(join(folder, '.ioctl-lens.json'), '{ "rules": { "input-too-small": "warning" } }');
	const root = pathToFileURL(folder).href;
	const uri = `${root}/generated/a.c`;
	const settings = { exclude: ['generated'] };
	for (const named of [
		{ workspaceFolders: [{ uri: root, name: 'x' }] },
		{ rootUri: root },
		{ rootUri: null, rootPath: folder },
		{ rootPath: folder },
	]) {
		const { server } = await introduced({ capabilities: {}, ...named, initializationOptions: settings });
		await server.open(uri, SHORT);
		expect((await server.nextDiagnostics(uri)).diagnostics).toEqual([]);
		await server.open(`${root}/a.c`, SHORT);
		expect((await server.nextDiagnostics(`${root}/a.c`)).diagnostics).toEqual([{ ...SHORT_FINDING, severity: 2 }]);
	}
});

test('registrations are sent to those who take them, one by one', async () => {
	const registered = async (workspace: object): Promise<string[]> => {
		const methods: string[] = [];
		const server = await ServerProcess.start(built.server, {
			capabilities: { workspace },
			onRegister: ({ registrations }) => methods.push(...registrations.map(({ method }) => method)),
		});
		servers.push(server);
		await server.open('file:///a.c', SHORT);
		await server.nextDiagnostics('file:///a.c');
		expect(await server.stop()).toBe(0);
		expect(server.logged).toEqual([]);
		return methods.sort();
	};
	const yes = { dynamicRegistration: true };
	const no = { dynamicRegistration: false };
	expect(await registered({})).toEqual([]);
	expect(await registered({ didChangeConfiguration: no, didChangeWatchedFiles: no })).toEqual([]);
	expect(await registered({ didChangeConfiguration: yes })).toEqual(['workspace/didChangeConfiguration']);
	expect(await registered({ didChangeConfiguration: yes, didChangeWatchedFiles: yes })).toEqual([
		'workspace/didChangeConfiguration',
		'workspace/didChangeWatchedFiles',
	]);
});

test('whole calls are offered to those alone who take snippets', async () => {
	const labels = async (snippetSupport: boolean | undefined): Promise<readonly string[]> => {
		const completionItem = snippetSupport === undefined ? {} : { completionItem: { snippetSupport } };
		const server = await ServerProcess.start(built.server, {
			capabilities: { textDocument: { completion: completionItem } },
		});
		servers.push(server);
		const uri = 'file:///a.c';
		await server.open(uri, 'void f(SOCKET s)\n{\n\tSIO_KEEPALIVE\n}\n');
		const list = await server.request<CompletionList | null>('textDocument/completion', {
			textDocument: { uri },
			position: { line: 2, character: 14 },
		});
		return list?.items.map(({ label }) => label) ?? [];
	};
	expect(await labels(undefined)).toEqual([]);
	expect(await labels(false)).toEqual([]);
	expect(await labels(true)).toContain('SIO_KEEPALIVE_VALS call');
});

test('rules that comments name lead to their pages, where the client shows pages', async () => {
	const text = [
		'// ioctl-lens-ignore-file input-too-small, no-such-rule: x',
		'int a; /* ioctl-lens-ignore-line may-block, all: y */',
		'// ioctl-lens-ignore-next-line',
		'// ioctl-lens-ignore-next-line: may-block',
	].join('\n');
	const links = async (pageScheme?: string) => {
		const server = await ServerProcess.start(built.server, pageScheme ? { initializationOptions: { pageScheme } } : {});
		servers.push(server);
		await server.open('file:///a.c', text);
		const { documentLinkProvider } = server.initialized.capabilities;
		const found = await server.request<DocumentLink[] | null>('textDocument/documentLink', {
			textDocument: { uri: 'file:///a.c' },
		});
		return { documentLinkProvider, found };
	};
	expect(await links()).toEqual({ documentLinkProvider: undefined, found: [] });
	const page = (name: string) =>
		`pages:/${name}.md?${encodeURIComponent(JSON.stringify({ request: 'ioctlLens/reference', params: { kind: 'rule', name } }))}`;
	expect(await links('pages')).toEqual({
		documentLinkProvider: { resolveProvider: false },
		found: [
			{ range: range(0, 26, 0, 41), target: page('input-too-small'), tooltip: 'What input-too-small finds' },
			{ range: range(1, 33, 1, 42), target: page('may-block'), tooltip: 'What may-block finds' },
		],
	});
});
