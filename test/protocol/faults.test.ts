import { copyFile, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RIGHT, range, SHORT, SHORT_FINDING } from './support/samples.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

let built: Build;
let server: ServerProcess;
let log: string;
let count = 0;

beforeAll(async () => {
	built = await build();
	await rename(join(built.folder, 'web-tree-sitter.cjs'), join(built.folder, 'real-web-tree-sitter.cjs'));
	await copyFile(join(import.meta.dirname, 'support/brokenParser.cjs'), join(built.folder, 'web-tree-sitter.cjs'));
});
afterEach(() => server.kill());
afterAll(() => built.remove());

async function start(): Promise<void> {
	log = join(built.folder, `parser-${count++}.log`);
	server = await ServerProcess.start(built.server, {}, { PARSER_LOG: log });
}

const events = async (name: string) => (await readFile(log, 'utf8')).split('\n').filter((line) => line === name).length;

describe.each([
	['traps in its wasm', 'FAULT_TRAP', 2, /^a\.c could not be checked: ParserFailure: The parser failed: /],
	['throws', 'FAULT_THROW', 1, /^a\.c could not be checked: TypeError: a mistake in the parser/],
])('when the parser %s', (_, fault, engines, message) => {
	test('every request is answered, the log says why, and other documents are checked', async () => {
		await start();
		const [good, uri] = ['file:///good.c', 'file:///a.c'];
		await server.open(good, SHORT);
		expect((await server.nextDiagnostics(good)).diagnostics).toEqual([SHORT_FINDING]);

		await server.open(uri, SHORT);
		expect((await server.nextDiagnostics(uri)).diagnostics).toEqual([SHORT_FINDING]);
		await server.change(uri, 2, { range: range(0, 0, 0, 0), text: `/* ${fault} */\n` });
		// What was found in the text before is not true of this one.
		expect(await server.nextDiagnostics(uri)).toEqual({ uri, version: 2, diagnostics: [] });
		const position = { line: 4, character: 15 };
		const hover = await server.request<{ range: unknown }>('textDocument/hover', { textDocument: { uri }, position });
		expect(hover.range).toEqual(range(4, 13, 4, 31));
		expect(
			await server.request('textDocument/hover', { textDocument: { uri }, position: { line: 4, character: 2 } }),
		).toBe(null);
		expect(await server.request('textDocument/codeLens', { textDocument: { uri } })).toEqual([]);
		expect(await server.request('ioctlLens/explainCall', { uri, position })).toBe(null);
		// One attempt for one text, and one message for one attempt.
		expect(server.logged.map((l) => [l.type, message.test(l.message)])).toEqual([[1, true]]);

		await server.change(good, 2, { range: range(0, 0, 0, 0), text: '\n' });
		expect((await server.diagnosticsOf(good, 2)).diagnostics).toEqual([
			{ ...SHORT_FINDING, range: range(4, 38, 4, 48) },
		]);
		await server.change(uri, 3, { range: range(0, 0, 1, 0), text: '' });
		expect((await server.diagnosticsOf(uri, 3)).diagnostics).toEqual([SHORT_FINDING]);
		expect(await events('engine')).toBe(engines);
		expect(await server.stop()).toBe(0);
	});

	test('again and again, the server lives on', async () => {
		await start();
		const uri = 'file:///a.c';
		await server.open(uri, SHORT);
		for (let version = 2; version <= 21; version++) {
			await server.change(uri, version, { text: version % 2 === 0 ? `// ${fault}\n${SHORT}` : SHORT });
			expect((await server.diagnosticsOf(uri, version)).diagnostics).toEqual(version % 2 === 0 ? [] : [SHORT_FINDING]);
		}
		expect(server.logged.length).toBe(10);
		expect(await server.stop()).toBe(0);
	});
});

describe('trees', () => {
	test('of a document are freed but for those of its items, whatever the number of edits', async () => {
		await start();
		const uri = 'file:///a.c';
		await server.open(uri, SHORT);
		await server.diagnosticsOf(uri, 1);
		for (let version = 2; version <= 301; version++) {
			// Also texts that are broken or hold no call.
			const text = ['x', '', SHORT, RIGHT, '{'][version % 5]!;
			if (version % 7 === 0) await server.change(uri, version, { text: SHORT });
			else await server.change(uri, version, { range: range(0, 0, version % 3, 0), text });
			await server.diagnosticsOf(uri, version);
		}
		await server.change(uri, 302, { text: SHORT });
		expect((await server.diagnosticsOf(uri, 302)).diagnostics).toEqual([SHORT_FINDING]);
		const made = await events('made');
		expect(made).toBeGreaterThan(200);
		// The function that was typed into, and the blank line behind it.
		expect(made - (await events('freed'))).toBeLessThanOrEqual(2);
		await server.close(uri);
		await server.until(() => (server.published.at(-1)?.version === undefined ? true : undefined));
		expect(made - (await events('freed'))).toBe(0);
		expect(await server.stop()).toBe(0);
	});

	test('of many documents are given back when their findings are known', async () => {
		await start();
		for (let i = 0; i < 20; i++) {
			const uri = `file:///${i}.c`;
			await server.open(uri, i % 2 === 0 ? SHORT : 'int x;\n');
			await server.diagnosticsOf(uri, 1);
		}
		expect(await events('made')).toBeGreaterThanOrEqual(10);
		expect((await events('made')) - (await events('freed'))).toBe(0);
		for (let i = 0; i < 20; i++) {
			await server.close(`file:///${i}.c`);
			await server.until(() => server.published.find((p) => p.uri === `file:///${i}.c` && p.version === undefined));
		}
		expect((await events('made')) - (await events('freed'))).toBe(0);
		expect(await server.stop()).toBe(0);
	});
});
