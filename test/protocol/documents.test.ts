import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RIGHT, range, SHORT, SHORT_FINDING } from './support/samples.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

let built: Build;
let server: ServerProcess;
let count = 0;
/** A document of its own for each test. */
const fresh = (name = 'a.c') => `file:///project/${count++}/${name}`;

beforeAll(async () => {
	built = await build();
	server = await ServerProcess.start(built.server);
});
afterAll(async () => {
	await server.kill();
	await built.remove();
});

describe('findings', () => {
	test('come with the version that they are of', async () => {
		const uri = fresh();
		await server.open(uri, SHORT, 'c', 7);
		expect(await server.nextDiagnostics(uri)).toEqual({ uri, version: 7, diagnostics: [SHORT_FINDING] });
	});

	test('have the severity, the place and the text of every rule that speaks', async () => {
		const uri = fresh();
		const text = `void f(SOCKET s, TCP_INFO_v0 *info)
{
	DWORD version = 0, bytes;
	bool report = false;
	WSAIoctl(s, SIO_TCP_INFO, &version, sizeof(version),
		info, sizeof(info), &bytes, NULL, NULL);
	WSAIoctl(s, SIO_UDP_CONNRESET, &report, sizeof(report), NULL, 0, NULL, NULL, NULL);
}
`;
		await server.open(uri, text);
		const { diagnostics } = await server.nextDiagnostics(uri);
		expect(diagnostics.map(({ range, severity, code, source }) => [range, severity, code, source])).toEqual([
			[range(5, 8, 5, 20), 1, 'sizeof-pointer', 'ioctl-lens'],
			[range(6, 41, 6, 55), 2, 'input-too-small', 'ioctl-lens'],
			[range(6, 66, 6, 70), 1, 'missing-bytes-returned', 'ioctl-lens'],
		]);
	});

	test('of a file without any are published as none', async () => {
		const uri = fresh();
		await server.open(uri, 'int main(void) { return 0; }\n');
		expect(await server.nextDiagnostics(uri)).toEqual({ uri, version: 1, diagnostics: [] });
	});

	test('follow edits in UTF-16 positions', async () => {
		const uri = fresh();
		const text = SHORT.replace('SOCKET s', 'SOCKET s /* 😀ö */');
		await server.open(uri, text);
		await server.nextDiagnostics(uri);
		await server.change(
			uri,
			2,
			{ range: range(3, 0, 3, 0), text: '\t/* 😀 */ ' },
			{ range: range(0, 0, 0, 0), text: '\n' },
		);
		expect((await server.diagnosticsOf(uri, 2)).diagnostics).toEqual([
			{ ...SHORT_FINDING, range: range(4, 48, 4, 58) },
		]);
		await server.change(uri, 3, { range: range(3, 1, 3, 10), text: 'struct tcp_keepalive on = {0}; DWORD' });
		expect((await server.diagnosticsOf(uri, 3)).diagnostics).toEqual([]);
	});

	test('of a burst of changes are those of the newest version', async () => {
		const own = await ServerProcess.start(built.server);
		const uri = fresh();
		await own.open(uri, SHORT);
		for (let version = 2; version <= 200; version++) {
			void own.change(uri, version, { text: version % 2 === 0 ? RIGHT : SHORT });
		}
		await own.change(uri, 201, { text: SHORT });
		expect((await own.diagnosticsOf(uri, 201)).diagnostics).toEqual([SHORT_FINDING]);
		expect(await own.stop()).toBe(0);
		const versions = own.published.map((p) => p.version!);
		expect(versions).toEqual([...versions].sort((a, b) => a - b));
		expect(new Set(versions).size).toBe(versions.length);
		expect(versions.at(-1)).toBe(201);
		// Most of the two hundred were out of date before their turn came.
		expect(versions.length).toBeLessThan(100);
		for (const { version, diagnostics } of own.published) {
			expect(diagnostics).toEqual(version === 1 || version! % 2 === 1 ? [SHORT_FINDING] : []);
		}
	});

	test('are the same for every scheme', async () => {
		for (const uri of [
			'untitled:Untitled-1',
			'vscode-vfs://github/o/r/a.c',
			'file:///c%3A/a%20b/%C3%A4.c',
			'x:y',
			'odd%zz',
		]) {
			await server.open(uri, SHORT);
			expect(await server.nextDiagnostics(uri)).toEqual({ uri, version: 1, diagnostics: [SHORT_FINDING] });
		}
	});

	test('need a language that is known, by its identifier or by the name', async () => {
		const python = fresh('a.py');
		await server.open(python, SHORT, 'python');
		expect((await server.nextDiagnostics(python)).diagnostics).toEqual([]);
		const header = fresh('a.h');
		await server.open(header, SHORT, 'unknown');
		expect((await server.nextDiagnostics(header)).diagnostics).toEqual([SHORT_FINDING]);
		const cpp = fresh('a.txt');
		await server.open(cpp, SHORT, 'cpp');
		expect((await server.nextDiagnostics(cpp)).diagnostics).toEqual([SHORT_FINDING]);
	});
});

describe('findings go away', () => {
	test('when the document closes', async () => {
		const uri = fresh();
		await server.open(uri, SHORT);
		await server.nextDiagnostics(uri);
		await server.close(uri);
		expect(await server.nextDiagnostics(uri)).toEqual({ uri, diagnostics: [] });
		await server.open(uri, SHORT, 'c', 1);
		expect(await server.nextDiagnostics(uri)).toEqual({ uri, version: 1, diagnostics: [SHORT_FINDING] });
	});

	test('when it closes before they were found', async () => {
		const own = await ServerProcess.start(built.server);
		const uri = fresh();
		void own.open(uri, SHORT);
		await own.close(uri);
		expect(await own.stop()).toBe(0);
		expect(own.published).toEqual([{ uri, diagnostics: [] }]);
	});

	test.each([
		['is deleted', 'workspace/didDeleteFiles', (uri: string) => ({ files: [{ uri }] })],
		['is deleted on disk', 'workspace/didChangeWatchedFiles', (uri: string) => ({ changes: [{ uri, type: 3 }] })],
		['is renamed', 'workspace/didRenameFiles', (uri: string) => ({ files: [{ oldUri: uri, newUri: `${uri}x` }] })],
		[
			'has its folder deleted',
			'workspace/didDeleteFiles',
			(uri: string) => ({ files: [{ uri: uri.replace(/\/[^/]*$/, '') }] }),
		],
	])('when the file %s, and come back with the next change', async (_, method, params) => {
		const uri = fresh();
		const neighbour = fresh();
		await server.open(uri, SHORT);
		await server.open(neighbour, SHORT);
		await server.nextDiagnostics(uri);
		await server.nextDiagnostics(neighbour);
		await server.connection.sendNotification(method, params(uri));
		expect(await server.nextDiagnostics(uri)).toEqual({ uri, diagnostics: [] });
		await server.change(uri, 2, { range: range(0, 0, 0, 0), text: ' ' });
		expect(await server.nextDiagnostics(uri)).toEqual({ uri, version: 2, diagnostics: [SHORT_FINDING] });
		expect(server.published.filter((p) => p.uri === neighbour).length).toBe(1);
	});

	test('and a document opened twice is the second one', async () => {
		const uri = fresh();
		await server.open(uri, SHORT, 'c', 1);
		await server.open(uri, RIGHT, 'c', 2);
		expect((await server.diagnosticsOf(uri, 2)).diagnostics).toEqual([]);
	});
});

describe('odd texts', () => {
	const finding = (line: number, shift = 0) => ({
		...SHORT_FINDING,
		range: range(line, 38 + shift, line, 48 + shift),
	});

	test.each<[string, string, unknown[]]>([
		['Windows line ends', SHORT.replace(/\n/g, '\r\n'), [finding(3)]],
		['old Macintosh line ends', SHORT.replace(/\n/g, '\r'), [finding(3)]],
		['mixed line ends', SHORT.replace('\n', '\r').replace('{\n', '{\r\n'), [finding(3)]],
		['a byte order mark', `\ufeff${SHORT}`, [finding(3)]],
		['NUL characters', `/* \0 */ int a;\0\n${SHORT}`, [finding(4)]],
		['lone surrogates', `/* \ud800 \udc00 */ ${SHORT}`, [finding(3)]],
		['a lone surrogate in the call', SHORT.replace('NULL, 0', '/*\ud83d*/ NULL, 0'), [finding(3)]],
		['nothing', '', []],
		['nothing but the name', 'WSAIoctl', []],
		['an open call', 'void f() { WSAIoctl(', []],
		['open brackets', `${'('.repeat(20_000)} WSAIoctl(`, []],
		['a line of a million characters', `/*${'x'.repeat(1_000_000)}*/\n${SHORT}`, [finding(4)]],
	])('with %s', async (_, text, expected) => {
		const uri = fresh();
		await server.open(uri, text);
		expect((await server.nextDiagnostics(uri)).diagnostics).toEqual(expected);
		const position = { line: 0, character: 5 };
		await server.request('textDocument/hover', { textDocument: { uri }, position });
		await server.request('textDocument/codeLens', { textDocument: { uri } });
		await server.change(uri, 2, { range: range(0, 0, 0, 0), text: '\n' });
		expect((await server.diagnosticsOf(uri, 2)).diagnostics).toEqual(
			expected.map((e) => {
				const { start, end } = (e as typeof SHORT_FINDING).range;
				return { ...(e as object), range: range(start.line + 1, start.character, end.line + 1, end.character) };
			}),
		);
	});

	test('of 50 MB are noted once and left alone', async () => {
		const own = await ServerProcess.start(built.server);
		const uri = fresh('big.c');
		const text = `${SHORT}/*${'x'.repeat(50 * 1024 * 1024)}*/\n`;
		await own.open(uri, text);
		expect(await own.nextDiagnostics(uri)).toEqual({ uri, version: 1, diagnostics: [] });
		await own.change(uri, 2, { range: range(0, 0, 0, 0), text: '\n' });
		expect((await own.diagnosticsOf(uri, 2)).diagnostics).toEqual([]);
		expect(own.logged).toEqual([
			{
				type: 3,
				message: `big.c is not checked: it has ${Buffer.byteLength(text)} bytes, and ioctlLens.maxFileSize is 16777216.`,
			},
		]);
		// A name is explained all the same, and a small document beside it is checked.
		const hover = await own.request<{ range: unknown }>('textDocument/hover', {
			textDocument: { uri },
			position: { line: 4, character: 20 },
		});
		expect(hover.range).toEqual(range(4, 13, 4, 31));
		await own.open('file:///small.c', SHORT);
		expect((await own.nextDiagnostics('file:///small.c')).diagnostics).toEqual([SHORT_FINDING]);
		expect(await own.stop()).toBe(0);
	});
});

test('a client that shows it is told of documents that are too large, and when they are so no longer', async () => {
	const told: unknown[] = [];
	const own = await ServerProcess.start(built.server, {
		initializationOptions: { documentStatus: true, maxFileSize: Buffer.byteLength(SHORT) + 1 },
	});
	own.connection.onNotification('ioctlLens/documentStatus', (params) => {
		told.push(params);
	});
	// What was sent before an answer has arrived before it.
	const answered = () => own.request('textDocument/codeLens', { textDocument: { uri: 'file:///a.c' } });
	await own.open('file:///a.c', SHORT);
	await own.nextDiagnostics('file:///a.c');
	expect(told).toEqual([]);
	await own.change('file:///a.c', 2, { range: range(0, 0, 0, 0), text: '\n\n' });
	await own.diagnosticsOf('file:///a.c', 2);
	await answered();
	const size = Buffer.byteLength(SHORT) + 2;
	expect(told).toEqual([{ uri: 'file:///a.c', tooLarge: { size, limit: size - 1 }, spent: null }]);
	await own.change('file:///a.c', 3, { range: range(0, 0, 1, 0), text: '' });
	await own.diagnosticsOf('file:///a.c', 3);
	await answered();
	expect(told.slice(1)).toEqual([{ uri: 'file:///a.c', tooLarge: null, spent: null }]);
	expect(await own.stop()).toBe(0);
});

test('a client that wants to know it is told which documents hold calls, when that changes', async () => {
	const told: unknown[] = [];
	const own = await ServerProcess.start(built.server, { initializationOptions: { documentCalls: true } });
	own.connection.onNotification('ioctlLens/documentCalls', (params) => {
		told.push(params);
	});
	const uri = 'file:///a.c';
	const shown = async (version: number, text: string) => {
		await own.change(uri, version, { text });
		await own.diagnosticsOf(uri, version);
		await own.request('textDocument/codeLens', { textDocument: { uri } });
		return told.splice(0);
	};
	await own.open(uri, 'int x;\n');
	expect(await shown(2, 'int y;\n')).toEqual([]);
	expect(await shown(3, `int x;\n${RIGHT}`)).toEqual([{ uri, hasCalls: true }]);
	expect(await shown(4, `int xy;\n\n${RIGHT}`)).toEqual([]);
	expect(await shown(5, 'int x;\n')).toEqual([{ uri, hasCalls: false }]);
	await shown(6, RIGHT);
	await own.close(uri);
	await own.request('ioctlLens/referenceIndex', {});
	expect(told).toEqual([{ uri, hasCalls: false }]);
	expect(await own.stop()).toBe(0);
});

test('requests for documents that are not open are answered with nothing', async () => {
	const uri = fresh();
	const position = { line: 3, character: 15 };
	const ask = async () => [
		await server.request('textDocument/hover', { textDocument: { uri }, position }),
		await server.request('textDocument/codeLens', { textDocument: { uri } }),
		await server.request('textDocument/codeAction', {
			textDocument: { uri },
			range: { start: position, end: position },
			context: { diagnostics: [] },
		}),
		await server.request('ioctlLens/explainCall', { uri, position }),
	];
	expect(await ask()).toEqual([null, [], [], null]);
	await server.change(uri, 2, { text: SHORT });
	await server.open(uri, SHORT);
	await server.nextDiagnostics(uri);
	await server.close(uri);
	expect(await ask()).toEqual([null, [], [], null]);
});
