/** Places of control codes, their pages, calls as symbols, and what findings lead to. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
	DocumentHighlight,
	DocumentSymbol,
	Location,
	SemanticTokens,
	SymbolInformation,
} from 'vscode-languageserver';
import { range, SHORT } from './support/samples.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

let built: Build;
/** Shows pages, and all of a finding. */
let server: ServerProcess;
/** A client as plain as can be. */
let plain: ServerProcess;
let settings: object = {};
let count = 0;

beforeAll(async () => {
	built = await build();
	server = await ServerProcess.start(built.server, {
		configuration: () => settings,
		initializationOptions: { pageScheme: 'pages' },
		capabilities: {
			textDocument: {
				publishDiagnostics: {
					relatedInformation: true,
					codeDescriptionSupport: true,
					tagSupport: { valueSet: [1, 2] },
				},
			},
		},
	});
	plain = await ServerProcess.start(built.server);
});
afterAll(async () => {
	await Promise.all([server.kill(), plain.kill()]);
	await built.remove();
});

const LANGUAGES: Readonly<Record<string, string>> = { c: 'c', cpp: 'cpp', ts: 'typescript', md: 'markdown' };

async function opened(text: string, name = 'a.c', at = server): Promise<string> {
	const uri = `file:///project/${count++}/${name}`;
	await at.open(uri, text, LANGUAGES[name.split('.')[1] ?? ''] ?? 'c');
	return uri;
}

const page = (kind: string, name: string): string =>
	`pages:/${name}.md?${encodeURIComponent(JSON.stringify({ request: 'ioctlLens/reference', params: { kind, name } }))}`;

const at = <T>(method: string, uri: string, line: number, character: number, client = server, more: object = {}) =>
	client.request<T>(`textDocument/${method}`, { textDocument: { uri }, position: { line, character }, ...more });

const CODES = `#define MINE SIO_KEEPALIVE_VALS /* SIO_KEEPALIVE_VALS */
#ifndef SIO_RCVALL
#define SIO_RCVALL _WSAIOW(IOC_VENDOR, 1)
#endif
void größe(SOCKET s, struct tcp_keepalive *ka)
{
	DWORD n;
	log("SIO_KEEPALIVE_VALS 😀"); WSAIoctl(s, SIO_KEEPALIVE_VALS, ka, sizeof(*ka), NULL, 0, &n, NULL, NULL);
	WSAIoctl(s, 0x98000004, ka, sizeof(*ka), NULL, 0, &n, NULL, NULL); // SIO_KEEPALIVE_VALS
	WSAIoctl(s, (DWORD)SIO_KEEPALIVE_VALS, ka, sizeof(*ka), NULL, 0, &n, NULL, NULL);
}
`;
const KEEPALIVE = [range(0, 13, 0, 31), range(7, 43, 7, 61), range(8, 13, 8, 23), range(9, 20, 9, 38)];

describe('the places of a control code', () => {
	test.each([
		['from its name', 7, 45],
		['from its number', 8, 15],
		['from where it is defined under another name', 0, 15],
	])('in a document, %s', async (_, line, character) => {
		const uri = await opened(CODES);
		const found = await at<DocumentHighlight[] | null>('documentHighlight', uri, line, character);
		expect(found).toEqual(KEEPALIVE.map((each) => ({ range: each, kind: 2 })));
	});

	test('beside a code there are none', async () => {
		const uri = await opened(CODES);
		expect(await at('documentHighlight', uri, 6, 2)).toBe(null);
		expect(await at('references', uri, 6, 2)).toBe(null);
		expect(await at('definition', uri, 6, 2)).toBe(null);
	});

	test('in every open document', async () => {
		const own = await ServerProcess.start(built.server);
		const first = await opened(CODES, 'a.cpp', own);
		const second = await opened(
			`import { lib, SIO_KEEPALIVE_VALS } from './lib.js';
// SIO_KEEPALIVE_VALS
lib.WSAIoctl(s, SIO_KEEPALIVE_VALS, \`\${SIO_KEEPALIVE_VALS} SIO_KEEPALIVE_VALS\`, 12, null, 0, n, null, null);
lib.WSAIoctl(s, 0x98000004, b, 12, null, 0, n, null, null);
`,
			'b.ts',
			own,
		);
		const found = await at<Location[] | null>('references', first, 7, 45, own, {
			context: { includeDeclaration: true },
		});
		expect(found).toEqual([
			...KEEPALIVE.map((each) => ({ uri: first, range: each })),
			{ uri: second, range: range(0, 14, 0, 32) },
			{ uri: second, range: range(2, 16, 2, 34) },
			{ uri: second, range: range(2, 39, 2, 57) },
			{ uri: second, range: range(3, 16, 3, 26) },
		]);
		await own.kill();
	});
});

describe('colours', () => {
	const tokens = (uri: string) =>
		server.request<SemanticTokens | null>('textDocument/semanticTokens/full', { textDocument: { uri } });
	const set = async (given: object) => {
		settings = given;
		await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
	};

	test('are given when they are asked for', async () => {
		const uri = await opened(`${CODES}DWORD old = SIO_BSP_HANDLE;\n`);
		expect(await tokens(uri)).toBe(null);
		await set({ semanticTokens: { enable: true } });
		expect(await tokens(uri)).toEqual({
			data: [
				[0, 13, 18, 0, 1],
				[1, 8, 10, 0, 1],
				[1, 8, 10, 0, 1],
				[5, 43, 18, 0, 1],
				[2, 20, 18, 0, 1],
				[2, 12, 14, 0, 1],
			].flat(),
		});
		expect(await tokens(await opened('int x;\n'))).toBe(null);
		await set({});
	});
});

describe('the definition of a control code', () => {
	test('is its page', async () => {
		const uri = await opened(CODES);
		const expected = [{ uri: page('code', 'SIO_KEEPALIVE_VALS'), range: range(0, 0, 0, 0) }];
		expect(await at('definition', uri, 7, 45)).toEqual(expected);
		expect(await at('definition', uri, 8, 15)).toEqual(expected);
	});

	test('is where the document defines it', async () => {
		const uri = await opened(`${CODES}DWORD code = SIO_RCVALL;\n`);
		expect(await at('definition', uri, 11, 15)).toEqual([{ uri, range: range(2, 8, 2, 18) }]);
	});

	test('is where a header of the project defines it', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'ioctl-lens-'));
		try {
			await writeFile(join(folder, 'own.h'), '/* 名 */\n#define SIO_RCVALL 0x98000001\n');
			const uri = pathToFileURL(join(folder, 'a.c')).href;
			await server.open(
				uri,
				'#include "own.h"\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, SIO_RCVALL, p, 4, NULL, 0, &n, NULL, NULL);\n}\n',
			);
			expect(await at('definition', uri, 3, 15)).toEqual([
				{ uri: pathToFileURL(join(folder, 'own.h')).href, range: range(1, 8, 1, 18) },
			]);
		} finally {
			await rm(folder, { recursive: true });
		}
	});

	test('of somebody’s own name is left to others', async () => {
		const uri = await opened(`${CODES}void g(SOCKET s) { WSAIoctl(s, MINE, p, 12, NULL, 0, &n, NULL, NULL); }\n`);
		expect(await at('definition', uri, 11, 33)).toEqual([{ uri, range: range(0, 8, 0, 12) }]);
	});

	test('is nothing for a client that shows no pages', async () => {
		const uri = await opened(CODES, 'a.c', plain);
		expect(await at('definition', uri, 7, 45, plain)).toBe(null);
	});

	test('in TypeScript is its page too', async () => {
		const uri = await opened(
			"import { lib } from './lib.js';\nlib.WSAIoctl(s, 0x98000004, b, 12, null, 0, n, null, null);\n",
			'a.ts',
		);
		expect(await at('definition', uri, 1, 18)).toEqual([
			{ uri: page('code', 'SIO_KEEPALIVE_VALS'), range: range(0, 0, 0, 0) },
		]);
	});
});

describe('symbols', () => {
	test('of a document are its calls under their functions', async () => {
		const uri = await opened(`${CODES}int g(SOCKET s)
{
	u_long n;
	return ioctlsocket(s, FIONREAD, &n);
}
`);
		const found = await server.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
		const call = (name: string, detail: string, where: object, callee: object) => ({
			name,
			detail,
			kind: 24,
			range: where,
			selectionRange: callee,
		});
		const keepAlive = (line: number, from: number, to: number) =>
			call(
				'SIO_KEEPALIVE_VALS',
				'WSAIoctl · in 12 · out 0',
				range(line, from, line, to),
				range(line, from, line, from + 8),
			);
		expect(found).toEqual([
			{
				name: 'größe',
				kind: 12,
				range: range(7, 31, 9, 81),
				selectionRange: range(7, 31, 7, 104),
				children: [keepAlive(7, 31, 104), keepAlive(8, 1, 66), keepAlive(9, 1, 81)],
			},
			{
				name: 'g',
				kind: 12,
				range: range(14, 8, 14, 36),
				selectionRange: range(14, 8, 14, 36),
				children: [call('FIONREAD', 'ioctlsocket · in 4 · out 4', range(14, 8, 14, 36), range(14, 8, 14, 19))],
			},
		]);
		expect(
			await server.request('textDocument/documentSymbol', { textDocument: { uri: await opened('int x;\n') } }),
		).toBe(null);
	});

	test('of the workspace are codes, and the calls of open documents', async () => {
		const own = await ServerProcess.start(built.server, { initializationOptions: { pageScheme: 'pages' } });
		const uri = await opened(SHORT, 'a.c', own);
		const symbols = (query: string) => own.request<SymbolInformation[] | null>('workspace/symbol', { query });
		expect(await symbols('keepalive')).toEqual([
			{
				name: 'SIO_KEEPALIVE_VALS',
				kind: 24,
				containerName: 'f',
				location: { uri, range: range(3, 1, 3, 78) },
			},
			{
				name: 'SIO_KEEPALIVE_VALS',
				kind: 14,
				containerName: 'control code',
				location: { uri: page('code', 'SIO_KEEPALIVE_VALS'), range: range(0, 0, 0, 0) },
			},
		]);
		expect(await symbols('nothing of that name')).toEqual([]);
		expect(await symbols('')).toBe(null);
		await own.kill();
	});
});

describe('a finding', () => {
	test('leads to the page of its rule and to the object that it is about', async () => {
		const uri = await opened(SHORT);
		const { diagnostics } = await server.diagnosticsOf(uri, 1);
		expect(
			diagnostics.map(({ code, codeDescription, tags, relatedInformation }) => ({
				code,
				codeDescription,
				tags,
				relatedInformation,
			})),
		).toEqual([
			{
				code: 'input-too-small',
				codeDescription: { href: page('rule', 'input-too-small') },
				tags: undefined,
				relatedInformation: [
					{ location: { uri, range: range(2, 7, 2, 9) }, message: '`on` is declared here: `DWORD`.' },
				],
			},
		]);
		const answer = await server.request<{ title: string; markdown: string }>('ioctlLens/reference', {
			kind: 'rule',
			name: 'input-too-small',
		});
		expect([answer.title, answer.markdown.split('\n').slice(0, 3)]).toEqual([
			'input-too-small',
			['# input-too-small', '', 'The input buffer is smaller than the control code reads.'],
		]);
	});

	test('leads to where its size comes from', async () => {
		const uri = await opened(`int before;
void f(SOCKET s, struct tcp_keepalive *ka)
{
	DWORD size = sizeof(ka), bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, ka, size, NULL, 0, &bytes, NULL, NULL);
}
`);
		const { diagnostics } = await server.diagnosticsOf(uri, 1);
		expect(diagnostics.map(({ code, relatedInformation }) => [code, relatedInformation])).toEqual([
			[
				'sizeof-pointer',
				[
					{ location: { uri, range: range(1, 39, 1, 41) }, message: '`ka` is declared here.' },
					{ location: { uri, range: range(3, 14, 3, 24) }, message: '`size` comes from here.' },
				],
			],
		]);
	});

	test('in TypeScript leads to the buffer', async () => {
		const uri = await opened(
			"import { lib } from './lib.js';\nfunction f(s) {\n\tconst values = Buffer.alloc(4);\n\tlib.WSAIoctl(s, 0x98000004, values, values.byteLength, null, 0, n, null, null);\n}\n",
			'a.ts',
		);
		const { diagnostics } = await server.diagnosticsOf(uri, 1);
		expect(diagnostics.map(({ code, relatedInformation }) => [code, relatedInformation])).toEqual([
			['input-too-small', [{ location: { uri, range: range(2, 7, 2, 13) }, message: '`values` is declared here.' }]],
		]);
	});

	test('is struck through or faded where that is what it says', async () => {
		const uri = await opened(`void f(SOCKET s)
{
	INTERFACE_INFO_EX list[32];
	DWORD n;
	// ioctl-lens-ignore-next-line input-too-small
	WSAIoctl(s, SIO_GET_INTERFACE_LIST_EX, NULL, 0, list, sizeof(list), &n, NULL, NULL);
}
`);
		const { diagnostics } = await server.diagnosticsOf(uri, 1);
		expect(diagnostics.map(({ code, tags }) => [code, tags])).toEqual([
			['unused-suppression', [1]],
			['reserved-code', [2]],
		]);
	});

	test('is as plain as its client', async () => {
		const uri = await opened(SHORT, 'a.c', plain);
		const { diagnostics } = await plain.diagnosticsOf(uri, 1);
		expect(Object.keys(diagnostics[0] ?? {}).sort()).toEqual(['code', 'message', 'range', 'severity', 'source']);
	});
});
