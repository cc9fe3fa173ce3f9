import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';
import { RIGHT, SHORT, SHORT_FINDING } from './support/samples.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

const manifest = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'));
let built: Build;

beforeAll(async () => {
	built = await build();
});
afterAll(() => built.remove());

const frame = (message: unknown): string => {
	const text = JSON.stringify(message);
	return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

const INITIALIZE = frame({
	jsonrpc: '2.0',
	id: 1,
	method: 'initialize',
	params: { processId: null, rootUri: null, capabilities: {} },
});

/** Functions with so many wrong calls in each. */
const inFunctions = (functions: number, calls: number): string =>
	Array.from({ length: functions }, (_, i) =>
		[
			`void f${i}(SOCKET s) {\n\tDWORD on = 1, n;`,
			...Array.from(
				{ length: calls },
				() => '\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &n, NULL, NULL);',
			),
			'}\n',
		].join('\n'),
	).join('');

interface Answer {
	readonly id?: number;
	readonly result?: unknown;
	readonly error?: { readonly code: number };
	readonly params?: { readonly message: string };
}

/** Writes bytes to a server's standard input and gives what it did until it ended, or had answered the last request. */
async function feed(last: number | undefined, ...chunks: (string | Buffer)[]) {
	const child = spawn(process.execPath, [built.server, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
	let output = '';
	let errors = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
		if (output.includes(`"id":${last},`)) child.stdin.end();
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors += text;
	});
	const answers = (): Answer[] =>
		output
			.split(/Content-Length: \d+\r\n\r\n/)
			.filter((text) => text !== '')
			.map((text) => JSON.parse(text));
	// The server may end while it is still being written to.
	child.stdin.on('error', () => {});
	const closed = once(child, 'close');
	child.stdin.write(Buffer.concat(chunks.map((chunk) => Buffer.from(chunk))));
	const [code] = await closed;
	return { code, errors, answers: answers() };
}

describe('the server', () => {
	test('says what it can do', async () => {
		const server = await ServerProcess.start(built.server);
		expect(server.initialized).toEqual({
			capabilities: {
				textDocumentSync: { openClose: true, change: 2, save: true },
				completionProvider: { triggerCharacters: ['(', ',', ' '], resolveProvider: true },
				hoverProvider: true,
				codeLensProvider: { resolveProvider: false },
				codeActionProvider: {
					codeActionKinds: ['quickfix', 'source.fixAll.ioctl-lens', 'source.ioctl-lens'],
					resolveProvider: false,
				},
				definitionProvider: true,
				documentHighlightProvider: true,
				documentSymbolProvider: { label: 'I/O control calls' },
				referencesProvider: true,
				semanticTokensProvider: {
					legend: { tokenTypes: ['enumMember'], tokenModifiers: ['readonly', 'deprecated'] },
					full: true,
					range: false,
				},
				workspaceSymbolProvider: true,
				inlayHintProvider: { resolveProvider: false },
				signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')'] },
				workspace: {
					workspaceFolders: { supported: true, changeNotifications: true },
					fileOperations: {
						didDelete: { filters: [{ pattern: { glob: '**/*' } }] },
						didRename: { filters: [{ pattern: { glob: '**/*' } }] },
					},
				},
			},
			serverInfo: { name: 'ioctl-lens', version: manifest.version },
		});
		expect(await server.stop()).toBe(0);
		expect(server.errors).toBe('');
		expect(server.logged).toEqual([]);
	});

	test('exits with 1 when it was not shut down first', async () => {
		const server = await ServerProcess.start(built.server);
		await server.connection.sendNotification('exit');
		expect(await server.exited).toEqual({ code: 1, signal: null });
	});

	test('ends with its client', async () => {
		const server = await ServerProcess.start(built.server);
		await server.request('textDocument/codeLens', { textDocument: { uri: 'file:///none.c' } });
		server.child.stdin!.end();
		expect(await server.exited).toEqual({ code: 1, signal: null });
		const shut = await ServerProcess.start(built.server);
		await shut.request('shutdown', undefined);
		shut.child.stdin!.end();
		expect(await shut.exited).toEqual({ code: 0, signal: null });
	});

	test('introduces itself once, and answers nothing more once it is shut down', async () => {
		const server = await ServerProcess.start(built.server);
		const code = (method: string, params: unknown) =>
			server.request(method, params).then(
				() => 'answered',
				(error) => error.code,
			);
		expect(await code('initialize', { processId: null, rootUri: null, capabilities: {} })).toBe(-32600);
		expect(await code('ioctlLens/explain', { query: 'SIO_RCVALL' })).toBe('answered');
		expect(await code('shutdown', undefined)).toBe('answered');
		expect(await code('ioctlLens/explain', { query: 'SIO_RCVALL' })).toBe(-32600);
		await server.connection.sendNotification('exit');
		expect(await server.exited).toEqual({ code: 0, signal: null });
	});

	test('names its transports when it is given none', async () => {
		const child = spawn(process.execPath, [built.server]);
		let errors = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			errors += text;
		});
		const [code] = await once(child, 'close');
		expect([code, errors]).toEqual([2, 'This is a language server. Start it with --stdio or --node-ipc.\n']);
	});

	test('talks over IPC, as the editor starts it', async () => {
		const child = fork(built.server, ['--node-ipc'], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
		const server = new ServerProcess(child, new IPCMessageReader(child), new IPCMessageWriter(child));
		await server.initialize();
		await server.open('file:///a.c', SHORT);
		expect(await server.nextDiagnostics('file:///a.c')).toEqual({
			uri: 'file:///a.c',
			version: 1,
			diagnostics: [SHORT_FINDING],
		});
		expect(await server.stop()).toBe(0);
	});

	test('takes a cancellation of nothing over IPC, and ends with its client', async () => {
		const child = fork(built.server, ['--node-ipc'], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
		const server = new ServerProcess(child, new IPCMessageReader(child), new IPCMessageWriter(child));
		await server.initialize();
		for (const params of [undefined, null, {}]) child.send({ jsonrpc: '2.0', method: '$/cancelRequest', params });
		await server.open('file:///a.c', SHORT);
		expect((await server.nextDiagnostics('file:///a.c')).diagnostics).toEqual([SHORT_FINDING]);
		const exited = once(child, 'exit');
		child.disconnect();
		expect(await exited).toEqual([1, null]);
	});

	test('runs from the command line too', async () => {
		const server = ServerProcess.spawn(join(built.folder, 'cli.cjs'), { args: ['lsp', '--stdio'] });
		await server.initialize();
		await server.open('file:///a.c', SHORT);
		expect((await server.nextDiagnostics('file:///a.c')).diagnostics).toEqual([SHORT_FINDING]);
		expect(await server.stop()).toBe(0);
	});
});

describe('standard input', () => {
	test.each([
		['a greeting', 'GET / HTTP/1.1\r\nnonsense\r\n\r\n'],
		['a header without a length', 'Content-Type: x\r\n\r\n{}'],
		['a length that is no number', 'Content-Length: x\r\n\r\n{}'],
		['bytes', Buffer.from([0, 0xff, 0xfe, 0x0a, 0x0d, 0x0a, 0x0d, 0x0a])],
	])('with %s ends the server with a reason', async (_, chunk) => {
		const { code, errors, answers } = await feed(undefined, chunk, INITIALIZE);
		expect(code).toBe(1);
		expect(errors.split('\n')[0]).toMatch(/^No language server protocol on standard input: /);
		expect(answers).toEqual([]);
	});

	test('with a message that is no JSON is read on', async () => {
		const { answers, errors } = await feed(1, 'Content-Length: 5\r\n\r\n{bad}', INITIALIZE);
		expect(answers.map((a) => a.id ?? a.params?.message.split(':')[0])).toEqual(['A message is no JSON', 1]);
		expect(errors).toBe('');
	});

	test('with JSON that is no message is read on', async () => {
		const { answers } = await feed(1, frame([1, 2]), frame(null), frame('text'), frame(7), INITIALIZE);
		expect(answers.filter((a) => a.id === 1).length).toBe(1);
	});

	test('with cancellations of nothing is read on', async () => {
		const cancel = (more: object) => frame({ jsonrpc: '2.0', method: '$/cancelRequest', ...more });
		const wild = [{}, { params: null }, { params: [] }, { params: {} }, { params: 7 }, { params: 'text' }].concat(
			[null, {}, [], true].map((id) => ({ params: { id } })) as never,
		);
		const { answers, errors } = await feed(1, ...wild.map(cancel), cancel({ params: { id: 5 } }), INITIALIZE);
		expect(answers.map((a) => [a.id, a.error])).toEqual([[1, undefined]]);
		expect(errors).toBe('');
	});

	test('with a message in pieces is put together', async () => {
		const server = ServerProcess.spawn(built.server);
		const text = frame({
			jsonrpc: '2.0',
			id: 99,
			method: 'initialize',
			params: { processId: null, rootUri: null, capabilities: {} },
		});
		const answered = new Promise<number>((resolve) => {
			server.child.stdout!.on('data', (data: Buffer) => {
				const id = /"id":(\d+)/.exec(data.toString());
				if (id) resolve(Number(id[1]));
			});
		});
		for (const byte of Buffer.from(text)) server.child.stdin!.write(Buffer.of(byte));
		expect(await answered).toBe(99);
		await server.kill();
	});

	test('that asks before it introduces itself is refused', async () => {
		const ask = (id: number, method: string, params: unknown) => frame({ jsonrpc: '2.0', id, method, params });
		const { answers } = await feed(
			3,
			ask(1, 'textDocument/hover', {}),
			ask(2, 'no/such', {}),
			ask(3, 'ioctlLens/explain', { query: 'SIO_RCVALL' }),
		);
		expect(answers.map(({ id, result, error }) => [id, result, error?.code])).toEqual([
			[1, undefined, -32002],
			[2, undefined, -32601],
			[3, undefined, -32002],
		]);
	});
});

describe.each([
	['one long function', 'c', inFunctions(1, 3000)],
	['many functions', 'cpp', inFunctions(1500, 2)],
])('while %s is under check', (_, languageId, text) => {
	/** So many answers in a row have the check begin long before the last one. */
	const MANY = 40;

	async function underCheck(): Promise<ServerProcess> {
		const server = await ServerProcess.start(built.server);
		await server.open(`file:///long.${languageId}`, text, languageId);
		for (let i = 0; i < MANY; i++)
			expect(await server.request('ioctlLens/explain', { query: 'FIONREAD' })).toMatchObject({ title: 'FIONREAD' });
		expect(server.published).toEqual([]);
		return server;
	}

	test('requests are answered, and then there are its findings', async () => {
		const server = await underCheck();
		const { diagnostics } = await server.nextDiagnostics(`file:///long.${languageId}`);
		expect(diagnostics.length).toBe(text.split('WSAIoctl').length - 1);
		expect(await server.stop()).toBe(0);
	});

	test('a client that is gone is noticed', async () => {
		const server = await underCheck();
		server.child.stdin?.end();
		expect(await server.exited).toEqual({ code: 1, signal: null });
		// What is told before the end was found before it.
		expect(server.published).toEqual([]);
	});

	test('a shutdown is answered', async () => {
		const server = await underCheck();
		expect(await server.stop()).toBe(0);
		expect(server.published).toEqual([]);
	});
});

test('hostile messages leave the server answering', async () => {
	const server = await ServerProcess.start(built.server);
	const uri = 'file:///a.c';
	const wild = [
		undefined,
		null,
		[],
		7,
		'text',
		{},
		{ textDocument: null },
		{ textDocument: { uri: 7 } },
		{ uri: null },
	];
	const notifications = ['didOpen', 'didChange', 'didClose', 'didSave'].map((name) => `textDocument/${name}`);
	for (const params of wild) {
		for (const method of [
			...notifications,
			'workspace/didDeleteFiles',
			'workspace/didChangeWatchedFiles',
			'workspace/didChangeConfiguration',
		]) {
			await server.connection.sendNotification(method, params as never);
		}
		for (const method of ['hover', 'codeLens', 'codeAction']) {
			const answer = await server.request(`textDocument/${method}`, params).catch((error) => error.code);
			// Nothing, or the library's "invalid parameters".
			expect([null, -32602, -32603]).toContain(Array.isArray(answer) ? (answer[0] ?? null) : answer);
		}
		for (const method of ['explain', 'explainCall', 'reference', 'referenceIndex']) {
			await server.request(`ioctlLens/${method}`, params).catch((error) => expect(error.code).toBe(-32602));
		}
	}
	await server.open(uri, RIGHT);
	for (const position of [
		null,
		{},
		{ line: -1, character: -1 },
		{ line: 1e300, character: 1e300 },
		{ line: '1', character: [] },
	]) {
		expect(await server.request('textDocument/hover', { textDocument: { uri }, position })).toBe(null);
		expect(await server.request('ioctlLens/explainCall', { uri, position })).toBe(null);
		const codeAction = { textDocument: { uri }, range: { start: position, end: position }, context: null };
		expect(await server.request('textDocument/codeAction', codeAction)).toEqual([]);
	}
	await server.change(uri, 2, { text: SHORT });
	expect((await server.diagnosticsOf(uri, 2)).diagnostics).toEqual([SHORT_FINDING]);
	expect(await server.stop()).toBe(0);
});
