import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { range, SHORT } from './support/samples.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

let built: Build;
let server: ServerProcess;

beforeAll(async () => {
	built = await build();
	// A small heap makes the collector run early, so that what remains is what is held.
	const child = spawn(process.execPath, ['--max-old-space-size=96', built.server, '--stdio']);
	server = new ServerProcess(child, new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
	await server.initialize();
});
afterAll(async () => {
	await server.kill();
	await built.remove();
});

const MEBIBYTE = 1024 * 1024;

/** Resident memory of the server in bytes; only Linux tells it without a tool. */
async function resident(): Promise<number> {
	const status = await readFile(`/proc/${server.child.pid}/status`, 'utf8');
	return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
}

test.runIf(process.platform === 'linux')('memory does not grow with the number of edits', async () => {
	const uri = 'file:///a.c';
	// 30 KB, of which a tree takes about a megabyte.
	const text = SHORT + 'int more(int a) { return a + 1; }\n'.repeat(900);
	await server.open(uri, text);
	let version = 1;
	const edit = async (times: number) => {
		for (let i = 0; i < times; i++) {
			version++;
			const insert = version % 2 === 0;
			await server.change(uri, version, {
				range: insert ? range(9, 0, 9, 0) : range(9, 0, 9, 1),
				text: insert ? ' ' : '',
			});
			await server.diagnosticsOf(uri, version);
			// The client must not be the one that remembers everything.
			server.published.length = 0;
		}
	};
	// By now the heap has the size that its limit allows: before, the collector lets it grow, and that is no leak.
	await edit(560);
	const before = await resident();
	await edit(300);
	expect(((await resident()) - before) / MEBIBYTE).toBeLessThan(48);
	expect(await server.stop()).toBe(0);
});
