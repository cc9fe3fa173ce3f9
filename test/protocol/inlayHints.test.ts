/** Hints within the source. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InlayHint } from 'vscode-languageserver';
import { range } from './support/samples.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

let built: Build;
let server: ServerProcess;
let settings: object = {};
let count = 0;

beforeAll(async () => {
	built = await build();
	server = await ServerProcess.start(built.server, { configuration: () => settings });
});
afterAll(async () => {
	await server.kill();
	await built.remove();
});

async function set(given: object): Promise<void> {
	settings = given;
	await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
}

/** The lines of a text with each hint in its place, between guillemets. */
async function shown(text: string, languageId = 'c', lines = range(0, 0, 99, 0)): Promise<string | null> {
	const uri = `file:///project/${count++}/a.${languageId === 'typescript' ? 'ts' : languageId}`;
	await server.open(uri, text, languageId);
	const hints = await server.request<InlayHint[] | null>('textDocument/inlayHint', {
		textDocument: { uri },
		range: lines,
	});
	if (!hints) return null;
	const rows = text.split('\n');
	for (const { position, label, paddingLeft, paddingRight } of hints.toReversed()) {
		const row = rows[position.line] ?? '';
		const written = `«${paddingLeft ? ' ' : ''}${label}${paddingRight ? ' ' : ''}»`;
		rows[position.line] = row.slice(0, position.character) + written + row.slice(position.character);
	}
	return rows.filter((row) => row.includes('«')).join('\n');
}

const TEXT = `#define MINE _WSAIOW(IOC_VENDOR, 4)
static int set(SOCKET s, DWORD code, void *p, DWORD n)
{
	DWORD out;
	return WSAIoctl(s, code, p, n, NULL, 0, &out, NULL, NULL);
}
void f(SOCKET s)
{
	struct tcp_keepalive ka = { 1, 2, 3 };
	SOCKET base;
	DWORD n;
	/* 名前 😀 */ WSAIoctl(s, 0x98000004, &ka, sizeof(ka), NULL, 0, &n, NULL, NULL);
	WSAIoctl(s, MINE, &ka, 12, NULL, 0, &n, NULL, NULL);
	WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof base, &n, NULL, NULL);
	ioctlsocket(s, FIONREAD, &n);
	set(s, 0x98000004 /* SIO_KEEPALIVE_VALS */, &ka, sizeof(ka));
}
`;

test('there are none unless they are asked for', async () => {
	await set({});
	expect(await shown(TEXT)).toBe(null);
});

describe('asked for', () => {
	test('names of codes stand behind numbers', async () => {
		await set({ inlayHints: { codes: { enable: true } } });
		expect(await shown(TEXT)).toBe(
			'\t/* 名前 😀 */ WSAIoctl(s, 0x98000004« SIO_KEEPALIVE_VALS», &ka, sizeof(ka), NULL, 0, &n, NULL, NULL);',
		);
	});

	test('sizes stand behind what is no number', async () => {
		await set({ inlayHints: { sizes: { enable: true } } });
		expect(await shown(TEXT)).toBe(
			[
				'\t/* 名前 😀 */ WSAIoctl(s, 0x98000004, &ka, sizeof(ka)« = 12», NULL, 0, &n, NULL, NULL);',
				'\tWSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof base« = 4/8», &n, NULL, NULL);',
				'\tset(s, 0x98000004 /* SIO_KEEPALIVE_VALS */, &ka, sizeof(ka)« = 12»);',
			].join('\n'),
		);
	});

	test('names of arguments stand in front of them', async () => {
		await set({ inlayHints: { arguments: { enable: true } } });
		expect(await shown(TEXT, 'cpp', range(13, 0, 14, 0))).toBe(
			'\tWSAIoctl(s, «dwIoControlCode: »SIO_BASE_HANDLE, «lpvInBuffer: »NULL, «cbInBuffer: »0, «lpvOutBuffer: »&base, «cbOutBuffer: »sizeof base, «lpcbBytesReturned: »&n, «lpOverlapped: »NULL, «lpCompletionRoutine: »NULL);',
		);
		expect(await shown(TEXT, 'c', range(14, 0, 15, 0))).toBe('\tioctlsocket(s, «cmd: »FIONREAD, «argp: »&n);');
	});

	test('they are there in TypeScript', async () => {
		await set({ inlayHints: { codes: { enable: true }, sizes: { enable: true } } });
		expect(
			await shown(
				`import { lib } from './lib.js';\nconst values = Buffer.alloc(12);\nlib.WSAIoctl(s, 0x98000004, values, values.byteLength, null, 0, n, null, null);\n`,
				'typescript',
			),
		).toBe(
			'lib.WSAIoctl(s, 0x98000004« SIO_KEEPALIVE_VALS», values, values.byteLength« = 12», null, 0, n, null, null);',
		);
	});

	test('only those in the range that is shown', async () => {
		await set({ inlayHints: { sizes: { enable: true } } });
		expect(await shown(TEXT, 'c', range(13, 0, 14, 0))).toBe(
			'\tWSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof base« = 4/8», &n, NULL, NULL);',
		);
	});
});
