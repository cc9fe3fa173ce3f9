import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CancellationTokenSource, type ClientCapabilities, type CodeLens } from 'vscode-languageserver/node';
import { range, SHORT, SHORT_FINDING } from './support/samples.ts';
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

async function start(options: ClientOptions = {}): Promise<ServerProcess> {
	const server = await ServerProcess.start(built.server, options);
	started.push(server);
	return server;
}

const rulesOf = async (server: ServerProcess, uri: string, version: number) =>
	(await server.diagnosticsOf(uri, version)).diagnostics.map((d) => `${d.code} ${d.severity}`);

/** A call whose sizes differ between 32-bit and 64-bit Windows: an 8-byte SOCKET in 4 bytes. */
const POINTER_SIZED = `void f(SOCKET s)
{
	DWORD base, bytes;
	WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), &bytes, NULL, NULL);
}
`;

describe('settings of a document', () => {
	test('are asked for with its URI, once', async () => {
		const asked: (string | undefined)[] = [];
		const server = await start({
			configuration: (uri) => {
				asked.push(uri);
				return {};
			},
		});
		await server.open('file:///a.c', SHORT);
		await server.diagnosticsOf('file:///a.c', 1);
		await server.open('file:///b.c', SHORT);
		await server.diagnosticsOf('file:///b.c', 1);
		await server.change('file:///a.c', 2, { text: SHORT });
		await server.diagnosticsOf('file:///a.c', 2);
		await server.request('textDocument/hover', {
			textDocument: { uri: 'file:///a.c' },
			position: { line: 3, character: 15 },
		});
		expect(asked).toEqual(['file:///a.c', 'file:///b.c']);
	});

	test('differ from folder to folder', async () => {
		const server = await start({
			folders: ['file:///one', 'file:///two'],
			configuration: (uri) => (uri!.startsWith('file:///one/') ? { rules: { 'input-too-small': 'off' } } : {}),
		});
		await server.open('file:///one/a.c', SHORT);
		await server.open('file:///two/a.c', SHORT);
		expect(await rulesOf(server, 'file:///one/a.c', 1)).toEqual([]);
		expect(await rulesOf(server, 'file:///two/a.c', 1)).toEqual(['input-too-small 1']);
	});

	test('hold at once when they change', async () => {
		let severity = 'hint';
		let refreshed = 0;
		const capabilities: ClientCapabilities = { workspace: { codeLens: { refreshSupport: true } } };
		const server = await start({ capabilities, configuration: () => ({ rules: { 'input-too-small': severity } }) });
		server.connection.onRequest('workspace/codeLens/refresh', () => {
			refreshed++;
			return null;
		});
		await server.open('file:///a.c', SHORT);
		expect((await server.nextDiagnostics('file:///a.c')).diagnostics.map((d) => d.severity)).toEqual([4]);
		// Editors also tell of changes that are none: nothing is sent or drawn again for them.
		await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
		await server.request('textDocument/codeLens', { textDocument: { uri: 'file:///a.c' } });
		severity = 'warning';
		await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
		expect(await server.nextDiagnostics('file:///a.c')).toEqual({
			uri: 'file:///a.c',
			version: 1,
			diagnostics: [{ ...SHORT_FINDING, severity: 2 }],
		});
		await server.until(() => (refreshed > 0 ? true : undefined));
		expect(refreshed).toBe(1);
	});

	const INFO = { rules: { 'input-too-small': 'info' } };
	test.each<[string, ClientOptions]>([
		['cannot be asked', { initializationOptions: INFO }],
		['names their section', { initializationOptions: { ioctlLens: INFO } }],
		['has none when it is asked', { initializationOptions: INFO, configuration: () => null }],
	])('come from the start where the editor %s', async (_, options) => {
		const server = await start(options);
		await server.open('file:///a.c', SHORT);
		expect(await rulesOf(server, 'file:///a.c', 1)).toEqual(['input-too-small 3']);
	});

	test('come from the notification where the editor sends them', async () => {
		const server = await start();
		await server.open('file:///a.c', SHORT);
		expect((await server.nextDiagnostics('file:///a.c')).diagnostics.map((d) => d.severity)).toEqual([1]);
		for (const settings of [
			{ ioctlLens: { rules: { 'input-too-small': 'hint' } } },
			{ rules: { 'input-too-small': 'info' } },
		]) {
			await server.connection.sendNotification('workspace/didChangeConfiguration', { settings });
			const expected = 'ioctlLens' in settings ? 4 : 3;
			expect((await server.nextDiagnostics('file:///a.c')).diagnostics.map((d) => d.severity)).toEqual([expected]);
		}
	});

	test('that the editor refuses are the defaults, and the log says so once', async () => {
		const server = await start({
			configuration: () => {
				throw new Error('no settings today');
			},
		});
		for (const uri of ['file:///a.c', 'file:///b.c']) {
			await server.open(uri, SHORT);
			expect(await rulesOf(server, uri, 1)).toEqual(['input-too-small 1']);
		}
		expect(server.logged.length).toBe(1);
		expect(server.logged[0]!.message).toMatch(/^The settings could not be read, so the defaults hold: /);
	});

	test.each([
		[null],
		['text'],
		[[1, 2]],
		[{ rules: 7, exclude: {}, target: [], maxFileSize: 'big', codeLens: { enable: 1 } }],
	])('of the wrong kind (%j) are told once and ignored', async (raw) => {
		const server = await start({ configuration: () => raw });
		for (const uri of ['file:///a.c', 'file:///b.c']) {
			await server.open(uri, SHORT);
			expect(await rulesOf(server, uri, 1)).toEqual(['input-too-small 1']);
		}
		const messages = server.logged.map((l) => l.message);
		expect(messages).toEqual([...new Set(messages)]);
		const wrongWhole = raw === null ? 0 : 1;
		expect(messages.length).toBe(raw !== null && typeof raw === 'object' && !Array.isArray(raw) ? 5 : wrongWhole);
	});

	test('are asked again after the document was closed', async () => {
		let asked = 0;
		const server = await start({
			configuration: () => {
				asked++;
				return {};
			},
		});
		await server.open('file:///a.c', SHORT);
		await server.diagnosticsOf('file:///a.c', 1);
		await server.close('file:///a.c');
		await server.open('file:///a.c', SHORT, 'c', 5);
		await server.diagnosticsOf('file:///a.c', 5);
		expect(asked).toBe(2);
	});
});

describe('each setting does what it says:', () => {
	const open = async (settings: unknown, text = SHORT, uri = 'file:///root/src/a.c') => {
		const server = await start({ folders: ['file:///root'], configuration: () => settings });
		await server.open(uri, text);
		return { server, rules: await rulesOf(server, uri, 1), uri };
	};
	const lenses = (server: ServerProcess, uri: string) =>
		server.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });

	test('codeLens.enable', async () => {
		const { server, uri } = await open({ codeLens: { enable: false } });
		expect(await lenses(server, uri)).toEqual([]);
	});

	test('hover.enable', async () => {
		const { server, uri } = await open({ hover: { enable: false } });
		const position = { line: 3, character: 15 };
		expect(await server.request('textDocument/hover', { textDocument: { uri }, position })).toBe(null);
	});

	test.each([
		['all', ['output-too-small 1'], '4, needs 4/8', ' on 64-bit Windows'],
		['x64', ['output-too-small 1'], '4, needs 8', ''],
		['arm64', ['output-too-small 1'], '4, needs 8', ''],
		['x86', [], '4', undefined],
	])('target %s', async (target, expected, size, suffix) => {
		const { server, rules, uri } = await open({ target }, POINTER_SIZED);
		expect(rules).toEqual(expected);
		expect((await lenses(server, uri)).map((l) => l.command!.title)).toEqual([`SIO_BASE_HANDLE · out ${size}`]);
		const message = server.published[0]!.diagnostics[0]?.message as string | undefined;
		expect(message?.split('.')[0]).toBe(
			suffix === undefined
				? undefined
				: `\`SIO_BASE_HANDLE\` writes a \`SOCKET\` (8 bytes), but \`cbOutBuffer\` is 4${suffix}`,
		);
	});

	test('target, in the sizes of a lens', async () => {
		const text = POINTER_SIZED.replace('DWORD base, bytes', 'SOCKET base; DWORD bytes');
		for (const [target, size] of [
			['all', '4/8'],
			['x86', '4'],
			['x64', '8'],
		]) {
			const { server, uri } = await open({ target }, text);
			expect((await lenses(server, uri)).map((l) => l.command!.title)).toEqual([`SIO_BASE_HANDLE · out ${size}`]);
		}
	});

	test('rules', async () => {
		expect((await open({ rules: { 'input-too-small': 'hint' } })).rules).toEqual(['input-too-small 4']);
		expect((await open({ rules: { 'input-too-small': 'off' } })).rules).toEqual([]);
	});

	test.each([
		['**/src/**', []],
		['src', []],
		['/src/*.c', []],
		['*.c', []],
		['/a.c', ['input-too-small 1']],
		['root/src/a.c', ['input-too-small 1']],
		['lib/**', ['input-too-small 1']],
	])('exclude %s', async (pattern, expected) => {
		const { rules, server, uri } = await open({ exclude: [pattern] });
		expect(rules).toEqual(expected);
		expect((await lenses(server, uri)).length).toBe(expected.length);
	});

	test('maxFileSize, in bytes and not in characters', async () => {
		const text = SHORT.replace('SOCKET s', 'SOCKET s/*ééé*/');
		const bytes = Buffer.byteLength(text);
		expect(bytes).toBe(text.length + 3);
		expect((await open({ maxFileSize: bytes }, text)).rules).toEqual(['input-too-small 1']);
		const { rules, server } = await open({ maxFileSize: bytes - 1 }, text);
		expect(rules).toEqual([]);
		expect(server.logged.map((l) => l.message)).toEqual([
			`a.c is not checked: it has ${bytes} bytes, and ioctlLens.maxFileSize is ${bytes - 1}.`,
		]);
	});

	test('minWindows', async () => {
		const text = `void f(SOCKET s, TCP_INFO_v0 *info)
{
	DWORD version = 0, bytes;
	WSAIoctl(s, SIO_TCP_INFO, &version, sizeof(version), info, sizeof(*info), &bytes, NULL, NULL);
}
`;
		expect((await open({}, text)).rules).toEqual([]);
		expect((await open({ minWindows: '10.0.15063' }, text)).rules).toEqual([]);
		expect((await open({ minWindows: '6.1' }, text)).rules).toEqual(['newer-than-target 2']);
	});

	test('functions', async () => {
		const text = SHORT.replace('WSAIoctl', 'my_control');
		expect((await open({}, text)).rules).toEqual([]);
		expect((await open({ functions: { my_control: 'WSAIoctl' } }, text)).rules).toEqual(['input-too-small 1']);
	});
});

describe('workspace folders', () => {
	test('that come and go change what a pattern is relative to', async () => {
		const server = await start({ folders: ['file:///root'], configuration: () => ({ exclude: ['/src/a.c'] }) });
		const uri = 'file:///root/src/a.c';
		await server.open(uri, SHORT);
		expect((await server.nextDiagnostics(uri)).diagnostics).toEqual([]);
		const change = (added: string[], removed: string[]) =>
			server.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
				event: { added: added.map((u) => ({ uri: u, name: u })), removed: removed.map((u) => ({ uri: u, name: u })) },
			});
		// The inner folder is the nearer one: the path is now `a.c`.
		await change(['file:///root/src'], []);
		expect((await server.nextDiagnostics(uri)).diagnostics).toEqual([SHORT_FINDING]);
		await change([], ['file:///root/src']);
		expect((await server.nextDiagnostics(uri)).diagnostics).toEqual([]);
	});

	test('do not match folders that only begin alike', async () => {
		const server = await start({ folders: ['file:///root'], configuration: () => ({ exclude: ['/a.c'] }) });
		await server.open('file:///root2/a.c', SHORT);
		expect((await server.nextDiagnostics('file:///root2/a.c')).diagnostics).toEqual([SHORT_FINDING]);
		await server.open('file:///root/a.c', SHORT);
		expect((await server.nextDiagnostics('file:///root/a.c')).diagnostics).toEqual([]);
	});
});

test('cancelled requests are answered at once, whatever they wait for', async () => {
	let release = () => {};
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	const server = await start({ configuration: () => held.then(() => ({})) });
	const uri = 'file:///a.c';
	await server.open(uri, SHORT);
	const position = { line: 3, character: 15 };
	const asked = [
		['textDocument/hover', { textDocument: { uri }, position }],
		['textDocument/codeLens', { textDocument: { uri } }],
		['textDocument/codeAction', { textDocument: { uri }, range: range(3, 0, 3, 0), context: { diagnostics: [] } }],
		['ioctlLens/explainCall', { uri, position }],
	] as const;
	for (const [method, params] of asked) {
		const source = new CancellationTokenSource();
		const answer = server.connection.sendRequest(method, params, source.token).then(
			() => 'answered',
			(error) => error.code,
		);
		// What needs no document is answered meanwhile, so the request before it has begun to wait.
		await server.request('ioctlLens/referenceIndex', {});
		source.cancel();
		expect([method, await answer]).toEqual([method, -32800]);
	}
	release();
	expect((await server.nextDiagnostics(uri)).diagnostics).toEqual([SHORT_FINDING]);
	expect((await server.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } })).length).toBe(1);
	expect(server.logged).toEqual([]);
});

test('a client that never says what its settings are gets findings with the defaults', async () => {
	const server = await start({ configuration: () => new Promise(() => {}) });
	const uri = 'file:///a.c';
	await server.open(uri, SHORT);
	expect((await server.nextDiagnostics(uri)).diagnostics).toEqual([SHORT_FINDING]);
	expect((await server.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } })).length).toBe(1);
	await server.log('The editor does not answer what its settings are; the defaults hold until it does.');
});
