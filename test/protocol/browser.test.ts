/** The bundle for browsers, run in a worker that has the names of the web and none of Node. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PortMessageReader, PortMessageWriter } from 'vscode-languageserver/node';
import { SHORT, SHORT_FINDING } from './support/samples.ts';
import { type Build, build, Client } from './support/server.ts';

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
