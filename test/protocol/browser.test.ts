/** The bundle for browsers, run in a worker that has the names of the web and none of Node. */
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PortMessageReader, PortMessageWriter } from 'vscode-languageserver/node';
import { SHORT, SHORT_FINDING } from './support/samples.ts';
import { type Build, build, Client, ServerProcess } from './support/server.ts';

let built: Build;
let files: Server;
let base: string;
const asked: string[] = [];

beforeAll(async () => {
	built = await build();
	files = createServer((request, response) => {
		const path = normalize(request.url ?? '/');
		asked.push(path);
		readFile(join(built.folder, path)).then(
			(bytes) => response.end(bytes),
			() => response.writeHead(404).end(),
		);
	});
	await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
	base = `http://127.0.0.1:${(files.address() as AddressInfo).port}/`;
});
afterAll(async () => {
	files.close();
	await built.remove();
});

test('it answers as the server of a process does, and fetches a grammar when its language is met', async () => {
	const code = await readFile(join(built.folder, 'server.browser.js'), 'utf8');
	const script = join(import.meta.dirname, 'support/browserWorker.cjs');
	const worker = new Worker(script, { workerData: { code } });
	const failed = new Promise<never>((_, reject) => worker.on('error', reject));
	try {
		const client = new Client(new PortMessageReader(worker), new PortMessageWriter(worker));
		worker.postMessage({ base });
		const { capabilities } = await Promise.race([client.initialize(), failed]);
		expect(capabilities.hoverProvider).toBe(true);
		await client.open('file:///a.c', SHORT);
		expect((await Promise.race([client.nextDiagnostics('file:///a.c'), failed])).diagnostics).toEqual([SHORT_FINDING]);
		await client.change('file:///a.c', 2, { text: 'int x;' });
		expect((await client.diagnosticsOf('file:///a.c', 2)).diagnostics).toEqual([]);
		expect(client.logged).toEqual([]);
		expect(asked.sort()).toEqual([
			'/grammars/tree-sitter-c.wasm',
			'/grammars/web-tree-sitter.wasm',
			'/web-tree-sitter.cjs',
		]);
	} finally {
		await worker.terminate();
	}
});

const LANGUAGES: Readonly<Record<string, string>> = {
	...{ '.c': 'c', '.cpp': 'cpp', '.cc': 'cpp', '.ts': 'typescript', '.tsx': 'typescriptreact' },
	...{ '.js': 'javascript', '.mjs': 'javascript', '.cjs': 'javascript' },
};

test('in every fixture it finds what the server of a process does, with the headers that the client reads', async () => {
	const root = resolve(import.meta.dirname, '../..');
	const sources: string[] = [];
	for (const folder of ['test/fixtures', 'examples']) {
		for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
			// Hostile ones are about what they cost, and some of them cost seconds.
			if (!entry.isFile() || !(extname(entry.name) in LANGUAGES) || entry.parentPath.includes('hostile')) continue;
			sources.push(join(entry.parentPath, entry.name));
		}
	}
	const code = await readFile(join(built.folder, 'server.browser.js'), 'utf8');
	const worker = new Worker(join(import.meta.dirname, 'support/browserWorker.cjs'), { workerData: { code } });
	const capabilities = { textDocument: { diagnostic: {} } };
	const folders = [pathToFileURL(root).href];
	const process = await ServerProcess.start(built.server, { capabilities, folders });
	try {
		const browser = new Client(new PortMessageReader(worker), new PortMessageWriter(worker));
		const path = (uri: string) => fileURLToPath(uri);
		browser.connection.onRequest('ioctlLens/readFile', ({ uri }: { uri: string }) =>
			readFile(path(uri), 'utf8').then(
				(text) => ({ text }),
				() => null,
			),
		);
		browser.connection.onRequest('ioctlLens/readFolder', ({ uri }: { uri: string }) =>
			readdir(path(uri)).then(
				(names) => ({ names }),
				() => null,
			),
		);
		worker.postMessage({ base });
		await browser.initialize({ capabilities, folders, initializationOptions: { readsFiles: true } });
		let all = 0;
		for (const source of sources) {
			const uri = pathToFileURL(source).href;
			const text = await readFile(source, 'utf8');
			const found = async (client: Client) => {
				await client.open(uri, text, LANGUAGES[extname(source)]);
				const { items } = await client.request<{ items: object[] }>('textDocument/diagnostic', {
					textDocument: { uri },
				});
				await client.close(uri);
				return items;
			};
			const here = await found(browser);
			expect({ source, found: here }).toEqual({ source, found: await found(process) });
			all += here.length;
		}
		expect(sources.length).toBeGreaterThan(100);
		expect(all).toBeGreaterThan(50);
	} finally {
		await Promise.all([worker.terminate(), process.kill()]);
	}
});
