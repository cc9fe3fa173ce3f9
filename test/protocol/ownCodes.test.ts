/** Codes of a team's own, and those that its headers define, in every part of the server. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CodeLens, CompletionList, Hover, MarkupContent, SignatureHelp } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Page, RunPlanResult } from '../../server/src/lsp/protocol.ts';
import { runJson } from '../support/cli.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

let built: Build;
let server: ServerProcess;

const CONFIG = {
	codes: {
		SIO_ACME_MODE: {
			value: '_WSAIOW(IOC_VENDOR, 0x1001)',
			header: 'acme.h',
			summary: 'Sets the mode of an Acme adapter.',
			input: { type: 'acme_mode', error: 'WSAEINVAL' },
			output: 'none',
		},
	},
	structs: {
		acme_mode: {
			fields: [
				{ name: 'on', type: 'DWORD' },
				{ name: 'level', type: 'ULONGLONG' },
			],
		},
	},
};
const HEADER = `#define ACME_IN(n) _WSAIOW(IOC_VENDOR, 0x2000 | (n))
#define SIO_ACME_LEVEL ACME_IN(1)
#define SIO_ACME_COUNT (IOC_OUT | IOC_VENDOR | 0x2002)
#define ACME_LIMIT 12
`;
const SOURCE = `#include <winsock2.h>
#include "acme.h"
void f(SOCKET s)
{
	DWORD on = ACME_LIMIT, n;
	WSAIoctl(s, SIO_ACME_MODE, &on, sizeof(on), NULL, 0, &n, NULL, NULL);
	WSAIoctl(s, SIO_ACME_LEVEL, &on, sizeof(on), NULL, 0, &n, NULL, NULL);
	// SIO_ACME_COUNT is not used.
	WSAIoctl(s, );
}
`;

const files: Readonly<Record<string, string>> = {
	'own/.ioctl-lens.json': JSON.stringify(CONFIG),
	'own/acme.h': HEADER,
	'own/a.c': SOURCE,
	'other/acme.h': HEADER,
	'other/a.c': SOURCE,
	'own/pkg/.ioctl-lens.json': JSON.stringify({
		extends: '../.ioctl-lens.json',
		codes: { SIO_ACME_MORE: { value: '0x98002001', input: { size: 40 } } },
	}),
	'own/pkg/a.c': SOURCE.replace('acme.h', '../acme.h'),
};

let folder: string;
const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
const document = TextDocument.create('a.c', 'c', 1, SOURCE);
const at = (text: string, by = 1) => document.positionAt(SOURCE.indexOf(text) + by);
const ask = <T>(method: string, name: string, position = {}) =>
	server.request<T>(method, { textDocument: { uri: uriOf(name) }, position });
const hovered = async (name: string, text: string): Promise<readonly string[]> => {
	const hover = await ask<Hover | null>('textDocument/hover', name, at(text));
	return ((hover?.contents as MarkupContent | undefined)?.value ?? '').split('\n').filter((line) => line !== '');
};
const shown = async (name: string) =>
	(await server.nextDiagnostics(uriOf(name))).diagnostics.map(({ code, range }) => `${range.start.line} ${code}`);

beforeAll(async () => {
	built = await build();
	folder = await realpath(await mkdtemp(join(tmpdir(), 'ioctl-lens-')));
	for (const [name, text] of Object.entries(files)) {
		await mkdir(dirname(join(folder, name)), { recursive: true });
		await writeFile(join(folder, name), text);
	}
	server = await ServerProcess.start(built.server, {
		folders: [uriOf('')],
		initializationOptions: { trusted: true, liveRuns: true, backend: 'Wine', backendName: 'winsock' },
	});
	for (const name of ['own/a.c', 'other/a.c', 'own/pkg/a.c']) await server.open(uriOf(name), SOURCE, 'c');
});
afterAll(async () => {
	await server.kill();
	await built.remove();
	await rm(folder, { recursive: true, force: true });
});

test('hold in their folder and below', async () => {
	expect([await shown('own/a.c'), await shown('other/a.c'), await shown('own/pkg/a.c')]).toEqual([
		['5 input-too-small'],
		[],
		['5 input-too-small', '6 input-too-small'],
	]);
});

test('have hovers, lenses and signature help', async () => {
	expect(await hovered('own/a.c', 'SIO_ACME_MODE')).toEqual([
		'**`SIO_ACME_MODE`** = `0x98001001`',
		'Sets the mode of an Acme adapter.',
		'- **Input** required, `acme_mode`, 16 bytes.',
		'- **Output** must be empty.',
		'```text',
		'0  DWORD      on',
		'8  ULONGLONG  level',
		'```',
		'- `WSAEINVAL`: the input buffer is too small.',
		'```text',
		'31  30  29  28-27  26-16        15-0',
		'1   0   0   11     00000000000  0001000000000001',
		'I   O   V   T=3    vendor 0     code 4097',
		'```',
	]);
	const lenses = await ask<CodeLens[]>('textDocument/codeLens', 'own/a.c');
	expect(lenses.map(({ command }) => command?.title)[0]).toBe('SIO_ACME_MODE · in 4, needs 16');
	const help = await ask<SignatureHelp>('textDocument/signatureHelp', 'own/a.c', at('&on, sizeof(on), NULL', 4));
	const meaning = help.signatures[0]?.parameters?.[3]?.documentation as MarkupContent | undefined;
	expect(meaning?.value.split('\n')[0]).toBe('16, sizeof(acme_mode).');
});

test('that a header defines are named with value and direction, and not judged', async () => {
	expect(await hovered('other/a.c', 'SIO_ACME_LEVEL')).toEqual([
		'**`SIO_ACME_LEVEL`** = `0x98002001`, defined in `acme.h`',
		'```text',
		'31  30  29  28-27  26-16        15-0',
		'1   0   0   11     00000000000  0010000000000001',
		'I   O   V   T=3    vendor 0     code 8193',
		'```',
		"Data goes in. A vendor's code (T=3): vendor 0, code 8193.",
		'No control code of the catalog has this value.',
	]);
	expect(await hovered('other/a.c', 'ACME_LIMIT')).toEqual([]);
	expect(await hovered('other/a.c', 'SIO_ACME_COUNT is')).toEqual([]);
});

test('are completed', async () => {
	const offered = async (name: string) => {
		const list = await ask<CompletionList>('textDocument/completion', name, at('WSAIoctl(s, )', 12));
		return list.items.filter(({ label }) => label.includes('ACME')).map(({ label, detail }) => `${label}: ${detail}`);
	};
	const defined = [
		'SIO_ACME_LEVEL: 0x98002001 · in · defined in the project',
		'SIO_ACME_COUNT: 0x58002002 · out · defined in the project',
	];
	expect(await offered('own/a.c')).toEqual([
		'SIO_ACME_MODE: 0x98001001 · in 16 · Sets the mode of an Acme adapter.',
		...defined,
	]);
	expect(await offered('other/a.c')).toEqual(defined);
});

test('have a page, and an explanation', async () => {
	const page = await server.request<Page>('ioctlLens/reference', { kind: 'code', name: 'SIO_ACME_MODE' });
	expect(page.title).toBe('SIO_ACME_MODE');
	const explained = await server.request<Page>('ioctlLens/explain', { query: '0x98001001' });
	expect(explained.title).toBe('SIO_ACME_MODE');
});

test('are run after an agreement', async () => {
	const plan = await server.request<RunPlanResult>('ioctlLens/runPlan', {
		uri: uriOf('own/a.c'),
		position: at('SIO_ACME_MODE'),
		sizes: 'correct',
		backend: 'winsock',
	});
	expect('error' in plan ? plan : [plan.confirm, plan.effect, (plan.plan as { steps: unknown[] }).steps[0]]).toEqual([
		true,
		'SIO_ACME_MODE is a code of the configuration, which does not say what it changes.',
		{
			call: 'WSAIoctl',
			code: 0x98001001,
			input: { bytes: 'AAAAAAAAAAAAAAAAAAAAAA==', declared: 16, pointers: [] },
			output: { size: null, declared: 0 },
			overlapped: null,
			bytesReturned: true,
		},
	]);
});

test('the command line finds the same', async () => {
	const { json } = await runJson(folder, ['check', '.']);
	expect(json.findings.map(({ file, line, rule }: Record<string, unknown>) => `${file}:${line} ${rule}`)).toEqual([
		'own/a.c:6 input-too-small',
		'own/pkg/a.c:6 input-too-small',
		'own/pkg/a.c:7 input-too-small',
	]);
});

test('a change of a file of codes is judged at once', async () => {
	const more = { codes: { SIO_ACME_LEVEL: { value: '0x98002001', input: { size: 8 } } } };
	await writeFile(join(folder, 'own/more.ioctl.json'), JSON.stringify(more));
	const changes = [{ uri: uriOf('own/more.ioctl.json'), type: 1 }];
	await server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
	expect(await shown('own/a.c')).toEqual(['5 input-too-small', '6 input-too-small']);
});
