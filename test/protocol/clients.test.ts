/** Clients that can little, and say so in many ways. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

describe('the page on writing a client', () => {
	const page = readFileSync(resolve(import.meta.dirname, '../../docs/editors/write-a-client.md'), 'utf8');
	/** First cells of the table below a heading. */
	const rows = (heading: string): string[] =>
		[...(page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '').matchAll(/^\| `([^`]+)` /gm)].map(
			([, cell = '']) => cell,
		);

	test('names every option that stands in the protocol but those of live runs', () => {
		const protocol = readFileSync(resolve(import.meta.dirname, '../../server/src/lsp/protocol.ts'), 'utf8');
		const members = (name: string): string[] =>
			[
				...(new RegExp(`interface ${name}[^{]*\\{(.*?)^\\}`, 'ms').exec(protocol)?.[1] ?? '').matchAll(
					/readonly (\w+)\?:/g,
				),
			].map(([, member = '']) => member);
		const told = rows('`initializationOptions`');
		expect(told.filter((name) => name !== 'trusted').sort()).toEqual(members('InitializationOptions').sort());
		expect(members('LiveRunOptions')).toContain('trusted');
	});

	test('names requests that are answered as it says', async () => {
		const { server } = await introduced({
			capabilities: {},
			initializationOptions: {
				commands: [],
				pageScheme: 'pages',
				documentStatus: true,
				readsFiles: false,
				trusted: true,
			},
		});
		const uri = 'file:///a.c';
		await server.open(uri, SHORT);
		const params: Readonly<Record<string, object>> = {
			'ioctlLens/explain': { query: 'SIO_RCVALL' },
			'ioctlLens/explainCall': { uri, position: { line: 3, character: 3 } },
			'ioctlLens/reference': { kind: 'code', name: 'SIO_RCVALL' },
			'ioctlLens/referenceIndex': {},
		};
		const told = rows('Requests of its own');
		expect(told.sort()).toEqual(Object.keys(params).sort());
		for (const method of told) {
			const answer = await server.request<object>(method, params[method]);
			expect(Object.keys(answer)).toEqual(method === 'ioctlLens/referenceIndex' ? ['entries'] : ['title', 'markdown']);
		}
	});
});
