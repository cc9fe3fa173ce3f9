/** Columns in UTF-8, UTF-16 and UTF-32: every request that takes or gives places, with letters of every width in front. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Build, build, ServerProcess } from './support/server.ts';

const HEADER = '/* ä😀 */ #define X\n/* ß𝄞€ */\n#define MY_CODE /* 😀 */ SIO_KEEPALIVE_VALS\n';

const SOURCE = `#include "ümlaut.h"
/* 😀 */ /* ioctl-lens-ignore-file may-block: ß */
void f(SOCKET s)
{
	/* ä */ DWORD /* 😀 */ on = 1, bytes; struct tcp_keepalive ka = { 1 };
	/* 😀ü */ WSAIoctl(s, /* 𝄞 */ SIO_KEEPALIVE_VALS, /* € */ &on, /* ß */ sizeof(on), NULL, 0, &bytes, NULL, NULL); /* 😀 */ WSAIoctl(s, /* é */ SIO_KEEPALIVE_VALS, /* 😀 */ &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
	/* 😀😀 */ WSAIoctl(s, MY_CODE, &ka, /* ü */ sizeof(&ka), NULL, 0, &bytes, NULL, NULL);
	/* 😀 */ WSAIoctl(s, SIO_K, &on, 4, NULL, 0, &bytes, NULL, NULL);
}
`;

const ENCODINGS = ['utf-8', 'utf-16', 'utf-32'] as const;
type Encoding = (typeof ENCODINGS)[number];

/** How many units a text takes. */
const UNITS: Readonly<Record<Encoding, (text: string) => number>> = {
	'utf-8': (text) => Buffer.byteLength(text),
	'utf-16': (text) => text.length,
	'utf-32': (text) => [...text].length,
};

interface Place {
	readonly line: number;
	readonly character: number;
}

const isPlace = (value: object): value is Place => 'line' in value && 'character' in value;

/** The same answer with every place as it is in another encoding; what has a URI of the header is about that. */
function translated(value: unknown, encoding: Encoding, text: string): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((each) => translated(each, encoding, text));
	if (isPlace(value)) {
		const before = (text.split('\n')[value.line] ?? '').slice(0, value.character);
		return { line: value.line, character: UNITS[encoding](before) };
	}
	const inHeader = 'uri' in value && String(value.uri).endsWith('.h');
	return Object.fromEntries(
		Object.entries(value).map(([key, each]) => [key, translated(each, encoding, inHeader ? HEADER : text)]),
	);
}

/** The place in front of the nth occurrence of a word, in UTF-16. */
function frontOf(word: string, nth = 0): Place {
	let at = -1;
	for (let i = 0; i <= nth; i++) at = SOURCE.indexOf(word, at + 1);
	expect(at).toBeGreaterThan(0);
	const lines = SOURCE.slice(0, at).split('\n');
	return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

let built: Build;
let folder: string;
let uri: string;
const servers: Partial<Record<Encoding, ServerProcess>> = {};

beforeAll(async () => {
	built = await build();
	folder = await mkdtemp(join(tmpdir(), 'ioctl-lens-encodings-'));
	await writeFile(join(folder, 'ümlaut.h'), HEADER);
	uri = pathToFileURL(join(folder, 'a.c')).href;
	for (const encoding of ENCODINGS) {
		const server = await ServerProcess.start(built.server, {
			initializationOptions: {
				pageScheme: 'pages',
				semanticTokens: { enable: true },
				inlayHints: { codes: { enable: true }, sizes: { enable: true }, arguments: { enable: true } },
			},
			capabilities: {
				general: { positionEncodings: ['utf-7' as Encoding, encoding, 'utf-16'] },
				textDocument: {
					publishDiagnostics: { relatedInformation: true },
					completion: { completionItem: { insertReplaceSupport: true } },
				},
			},
		});
		servers[encoding] = server;
		await server.open(uri, SOURCE);
	}
});
afterAll(async () => {
	for (const server of Object.values(servers)) await server.kill();
	await built.remove();
	await rm(folder, { recursive: true, force: true });
});

const server = (encoding: Encoding): ServerProcess => {
	const found = servers[encoding];
	if (!found) throw new Error(`no server for ${encoding}`);
	return found;
};

const ask = (encoding: Encoding, method: string, params: object): Promise<unknown> =>
	server(encoding).request(method, translated(params, encoding, SOURCE));

const document = { uri: '' };
const inDocument = (more: object = {}) => ({ textDocument: { ...document, uri }, ...more });
const whole = () => ({ start: { line: 0, character: 0 }, end: { line: 9, character: 0 } });

/** How many places an answer holds. */
function places(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 0;
	if (isPlace(value)) return 1;
	return Object.values(value).reduce((sum: number, each) => sum + places(each), 0);
}

test.each(ENCODINGS)('%s is taken where it is offered first', (encoding) => {
	expect(server(encoding).initialized.capabilities.positionEncoding).toBe(encoding);
});

test('without an offer nothing is said, which means UTF-16', async () => {
	const plain = await ServerProcess.start(built.server);
	const odd = await ServerProcess.start(built.server, {
		capabilities: { general: { positionEncodings: ['utf-7' as Encoding] } },
	});
	expect(plain.initialized.capabilities).not.toHaveProperty('positionEncoding');
	expect(odd.initialized.capabilities).not.toHaveProperty('positionEncoding');
	await plain.open(uri, SOURCE);
	const [own, same] = await Promise.all([plain, server('utf-16')].map((each) => each.diagnosticsOf(uri, 1)));
	expect(own?.diagnostics.map(({ range }) => range)).toEqual(same?.diagnostics.map(({ range }) => range));
	await Promise.all([plain.kill(), odd.kill()]);
});

/** Method, parameters in UTF-16, and how many places the answer holds at least. */
const REQUESTS: readonly (readonly [method: string, params: () => object, least: number])[] = [
	['textDocument/hover', () => inDocument({ position: frontOf('SIO_KEEPALIVE_VALS') }), 2],
	['textDocument/hover', () => inDocument({ position: frontOf('sizeof(on)', 1) }), 2],
	['textDocument/codeLens', () => inDocument(), 12],
	[
		'textDocument/codeAction',
		() => {
			const start = frontOf('sizeof(on)', 1);
			return inDocument({ range: { start, end: start }, context: { diagnostics: [] } });
		},
		6,
	],
	[
		'textDocument/codeAction',
		() => inDocument({ range: whole(), context: { diagnostics: [], only: ['source.fixAll.ioctl-lens'] } }),
		2,
	],
	['textDocument/completion', () => inDocument({ position: frontOf(', &on, 4') }), 100],
	['textDocument/definition', () => inDocument({ position: frontOf('MY_CODE') }), 2],
	['textDocument/documentHighlight', () => inDocument({ position: frontOf('SIO_KEEPALIVE_VALS', 1) }), 4],
	['textDocument/documentLink', () => inDocument(), 2],
	['textDocument/documentSymbol', () => inDocument(), 12],
	['textDocument/inlayHint', () => inDocument({ range: whole() }), 4],
	[
		'textDocument/references',
		() => inDocument({ position: frontOf('SIO_KEEPALIVE_VALS', 1), context: { includeDeclaration: true } }),
		4,
	],
	['workspace/symbol', () => ({ query: 'KEEPALIVE' }), 4],
];

describe.each(ENCODINGS.filter((encoding) => encoding !== 'utf-16'))('in %s', (encoding) => {
	test.each(REQUESTS)('%s has the places of UTF-16', async (method, params, least) => {
		const [own, known] = await Promise.all([ask(encoding, method, params()), ask('utf-16', method, params())]);
		expect(places(known)).toBeGreaterThanOrEqual(least);
		expect(own).toEqual(translated(known, encoding, SOURCE));
	});

	test('findings have', async () => {
		const [own, known] = await Promise.all(
			[server(encoding), server('utf-16')].map((each) => each.diagnosticsOf(uri, 1)),
		);
		expect(known?.diagnostics.length).toBeGreaterThanOrEqual(3);
		expect(own).toEqual(translated(known, encoding, SOURCE));
	});

	test('signatures and explanations are found at the same places', async () => {
		const position = frontOf('sizeof(on)', 1);
		for (const [method, params] of [
			['textDocument/signatureHelp', inDocument({ position })],
			['ioctlLens/explainCall', { uri, position: frontOf('WSAIoctl(s, /* é') }],
		] as const) {
			const known = await ask('utf-16', method, params);
			expect(known).not.toBeNull();
			expect(await ask(encoding, method, params)).toEqual(known);
		}
	});

	test('colours have', async () => {
		const decoded = async (each: Encoding) => {
			const { data } = (await ask(each, 'textDocument/semanticTokens/full', inDocument())) as { data: number[] };
			let [line, character] = [0, 0];
			return Array.from({ length: data.length / 5 }, (_, i) => {
				const [down = 0, right = 0, length = 0] = data.slice(5 * i);
				character = down === 0 ? character + right : right;
				line += down;
				return { start: { line, character }, end: { line, character: character + length } };
			});
		};
		const known = await decoded('utf-16');
		expect(known.length).toBeGreaterThanOrEqual(2);
		expect(await decoded(encoding)).toEqual(translated(known, encoding, SOURCE));
	});
});

describe.each(ENCODINGS)('a change in %s', (encoding) => {
	test('changes what it names, one after the other', async () => {
		const own = server(encoding);
		const at = pathToFileURL(join(folder, 'changed.c')).href;
		const call = (code: string) =>
			`void f(SOCKET s) { DWORD n; /* ä😀 */ WSAIoctl(s, ${code}, 0, 0, 0, 0, &n, 0, 0); }\n`;
		const text = `/* 😀ß€ */ ${call('/* ü😀 */ FIONBIO')}`;
		await own.open(at, text);
		const place = (of: string, index: number) => ({ line: 0, character: UNITS[encoding](of.slice(0, index)) });
		const from = text.indexOf('FIONBIO');
		const second = text.replace('FIONBIO', '/* 𝄞 */ FIONREAD');
		const emoji = second.indexOf('😀', 20);
		await own.change(
			at,
			2,
			{ range: { start: place(text, from), end: place(text, from + 7) }, text: '/* 𝄞 */ FIONREAD' },
			{ range: { start: place(second, emoji), end: place(second, emoji + 2) }, text: 'é' },
		);
		const lenses = await own.request<{ range: object; command: { title: string } }[]>('textDocument/codeLens', {
			textDocument: { uri: at },
		});
		const last = second.replace('ä😀', 'äé');
		const callee = last.indexOf('WSAIoctl');
		expect(lenses.map(({ range, command }) => [range, command.title.split(' ')[0]])).toEqual([
			[{ start: place(last, callee), end: place(last, callee + 8) }, 'FIONREAD'],
		]);
	});

	test('behind a completion that is asked for does not move it', async () => {
		const own = server(encoding);
		const at = pathToFileURL(join(folder, 'behind.c')).href;
		const before = 'void f(SOCKET s) { DWORD n; /* ä😀𝄞 */ WSAIoctl(s, SIO_K';
		const character = UNITS[encoding](before);
		await own.open(at, `${before}\n}\n`);
		const asked = own.request<{ items: { label: string; textEdit: { insert: object } }[] } | null>(
			'textDocument/completion',
			{ textDocument: { uri: at }, position: { line: 0, character } },
		);
		const end = { line: 0, character };
		void own.change(at, 2, { range: { start: end, end }, text: 'E' });
		const edits = (await asked)?.items.filter(({ label }) => label === 'SIO_KEEPALIVE_VALS');
		expect(edits?.map(({ textEdit }) => textEdit.insert)).toEqual([
			{ start: { line: 0, character: character - 'SIO_K'.length }, end },
		]);
		await own.close(at);
	});

	test('within a character begins in front of it', async () => {
		const own = server(encoding);
		const at = pathToFileURL(join(folder, 'within.c')).href;
		await own.open(at, 'int 😀x;\n');
		const start = { line: 0, character: 5 };
		await own.change(at, 2, {
			range: { start, end: start },
			text: 'void f(SOCKET s) { u_long n; ioctlsocket(s, FIONREAD, &n); } //',
		});
		const lenses = await own.request<{ range: { start: Place } }[]>('textDocument/codeLens', {
			textDocument: { uri: at },
		});
		// The emoji is a single unit of UTF-32, and 5 is behind it.
		const shift = encoding === 'utf-32' ? 1 : 0;
		expect(lenses.map(({ range }) => range.start.character)).toEqual(encoding === 'utf-16' ? [34] : [33 + shift]);
	});
});
