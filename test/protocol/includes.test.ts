import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Registration } from 'vscode-languageserver';
import { extensions } from '../../server/src/languages/languageOf.ts';
import { type Build, build, type ClientOptions, ServerProcess } from './support/server.ts';

let built: Build;
let folder: string;
let server: ServerProcess;

beforeAll(async () => {
	built = await build();
});
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'includes-'));
});
afterEach(async () => {
	await server.kill();
	await rm(folder, { recursive: true, force: true });
});
afterAll(() => built.remove());

const uriOf = (...path: string[]) => pathToFileURL(join(folder, ...path)).href;

async function start(options: ClientOptions = {}): Promise<void> {
	server = await ServerProcess.start(built.server, options);
}

async function write(path: string, text: string): Promise<void> {
	await mkdir(join(folder, path, '..'), { recursive: true });
	await writeFile(join(folder, path), text);
}

/** The size passed is a macro of an included header. */
const SOURCE = `#include "sizes.h"
void f(SOCKET s, struct tcp_keepalive *vals)
{
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, KEEPALIVE_SIZE, NULL, 0, &bytes, NULL, NULL);
}
`;
const SHORT_SIZE = '#define KEEPALIVE_SIZE 4\n';
const RIGHT_SIZE = '#define KEEPALIVE_SIZE 12\n';

/** A compilation database for `src/a.c`. */
const commands = (flag: string): string =>
	JSON.stringify([{ directory: folder, file: 'src/a.c', arguments: ['cc', flag, 'src/a.c'] }]);

const codes = (diagnostics: readonly { code?: unknown }[]) => diagnostics.map((d) => d.code);
const next = async (uri: string) => codes((await server.nextDiagnostics(uri)).diagnostics);

describe('an included header', () => {
	test('is read from the folder of the document', async () => {
		await start();
		await write('sizes.h', SHORT_SIZE);
		await server.open(uriOf('a.c'), SOURCE);
		expect(await next(uriOf('a.c'))).toEqual(['input-too-small']);
	});

	test('that is not there says nothing', async () => {
		await start();
		await server.open(uriOf('a.c'), SOURCE);
		expect(await next(uriOf('a.c'))).toEqual([]);
		expect(server.logged).toEqual([]);
	});

	test('is found through ioctlLens.includePath, relative to the folder and absolute', async () => {
		for (const includePath of [['include'], [join(folder, 'include')]]) {
			await start({ folders: [uriOf()], configuration: () => ({ includePath }) });
			await write('include/sizes.h', SHORT_SIZE);
			await server.open(uriOf('src', 'a.c'), SOURCE);
			expect(await next(uriOf('src', 'a.c'))).toEqual(['input-too-small']);
			await server.kill();
		}
	});

	test('is found through compile_commands.json', async () => {
		await start();
		await write('include/sizes.h', SHORT_SIZE);
		await write('compile_commands.json', commands('-Iinclude'));
		await server.open(uriOf('src', 'a.c'), SOURCE);
		expect(await next(uriOf('src', 'a.c'))).toEqual(['input-too-small']);
	});

	test('is not needed for what compile_commands.json defines', async () => {
		await start();
		await write('compile_commands.json', commands('-DKEEPALIVE_SIZE=4'));
		await server.open(uriOf('src', 'a.c'), SOURCE);
		expect(await next(uriOf('src', 'a.c'))).toEqual(['input-too-small']);
	});

	test('that is open is read from its editor, and again when it is saved', async () => {
		await start();
		await write('sizes.h', RIGHT_SIZE);
		await server.open(uriOf('sizes.h'), SHORT_SIZE);
		await server.open(uriOf('a.c'), SOURCE);
		expect(await next(uriOf('a.c'))).toEqual(['input-too-small']);
		await server.change(uriOf('sizes.h'), 2, { text: RIGHT_SIZE });
		await server.connection.sendNotification('textDocument/didSave', { textDocument: { uri: uriOf('sizes.h') } });
		expect(await next(uriOf('a.c'))).toEqual([]);
	});

	test('that is opened after the document is read again when it is saved', async () => {
		await start();
		await write('sizes.h', RIGHT_SIZE);
		await server.open(uriOf('a.c'), SOURCE);
		expect(await next(uriOf('a.c'))).toEqual([]);
		await server.open(uriOf('sizes.h'), RIGHT_SIZE);
		await server.change(uriOf('sizes.h'), 2, { text: SHORT_SIZE });
		await server.connection.sendNotification('textDocument/didSave', { textDocument: { uri: uriOf('sizes.h') } });
		expect(await next(uriOf('a.c'))).toEqual(['input-too-small']);
	});

	test('that closes with changes is read from the disk again', async () => {
		await start();
		await write('sizes.h', RIGHT_SIZE);
		await server.open(uriOf('sizes.h'), SHORT_SIZE);
		await server.open(uriOf('a.c'), SOURCE);
		expect(await next(uriOf('a.c'))).toEqual(['input-too-small']);
		await server.close(uriOf('sizes.h'));
		expect(await next(uriOf('a.c'))).toEqual([]);
	});

	test('that changes on disk is read again', async () => {
		await start();
		await write('sizes.h', SHORT_SIZE);
		await server.open(uriOf('a.c'), SOURCE);
		expect(await next(uriOf('a.c'))).toEqual(['input-too-small']);
		await write('sizes.h', RIGHT_SIZE);
		await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
			changes: [{ uri: uriOf('sizes.h'), type: 2 }],
		});
		expect(await next(uriOf('a.c'))).toEqual([]);
	});

	test('that comes into being is read, and other files are not waited for', async () => {
		await start();
		await server.open(uriOf('a.c'), SOURCE);
		expect(await next(uriOf('a.c'))).toEqual([]);
		const appeared = (...names: string[]) =>
			server.connection.sendNotification('workspace/didChangeWatchedFiles', {
				changes: names.map((name) => ({ uri: uriOf(name), type: 1 })),
			});
		await appeared('other.h', 'other.c', 'other.js');
		await server.request('textDocument/codeLens', { textDocument: { uri: uriOf('a.c') } });
		await write('sizes.h', SHORT_SIZE);
		await appeared('sizes.h');
		expect(await next(uriOf('a.c'))).toEqual(['input-too-small']);
		expect(server.published.filter(({ uri }) => uri === uriOf('a.c')).length).toBe(2);
	});

	test('that is saved with all others costs one new check of each source', async () => {
		await start();
		const headers = Array.from({ length: 20 }, (_, i) => `h${i}.h`);
		const sources = Array.from({ length: 30 }, (_, i) => uriOf(`s${i}.c`));
		for (const name of headers) await write(name, '\n');
		await write('sizes.h', RIGHT_SIZE);
		const text = headers.map((name) => `#include "${name}"\n`).join('') + SOURCE;
		for (const name of headers) await server.open(uriOf(name), '\n');
		for (const uri of sources) await server.open(uri, text);
		for (const uri of sources) expect(await next(uri)).toEqual([]);
		await write('sizes.h', SHORT_SIZE);
		const saved = headers.map((name) =>
			server.connection.sendNotification('textDocument/didSave', { textDocument: { uri: uriOf(name) } }),
		);
		await Promise.all(saved);
		for (const uri of sources) expect(await next(uri)).toEqual(['input-too-small']);
		expect(await server.stop()).toBe(0);
		const counts = new Map<string, number>();
		for (const { uri } of server.published) counts.set(uri, (counts.get(uri) ?? 0) + 1);
		expect(sources.map((uri) => counts.get(uri))).toEqual(sources.map(() => 2));
	});

	test('is read again for whoever asks before the saves are gathered', async () => {
		await start();
		await write('sizes.h', RIGHT_SIZE);
		const uri = uriOf('a.c');
		await server.open(uri, SOURCE);
		expect(await next(uri)).toEqual([]);
		await write('sizes.h', SHORT_SIZE);
		void server.connection.sendNotification('textDocument/didSave', { textDocument: { uri: uriOf('sizes.h') } });
		const range = { start: { line: 4, character: 45 }, end: { line: 4, character: 45 } };
		const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
		expect(await server.request<unknown[]>('textDocument/codeAction', params)).not.toEqual([]);
	});

	test('is looked for only for documents of a disk', async () => {
		await start();
		await write('sizes.h', SHORT_SIZE);
		const uri = uriOf('a.c').replace('file:', 'vscode-vfs:');
		await server.open(uri, SOURCE);
		expect(await next(uri)).toEqual([]);
	});
});

test('the files that findings depend on are watched, and the settings', async () => {
	const registered: Registration[] = [];
	await start({
		capabilities: {
			workspace: {
				didChangeWatchedFiles: { dynamicRegistration: true },
				didChangeConfiguration: { dynamicRegistration: true },
			},
		},
		onRegister: ({ registrations }) => registered.push(...registrations),
	});
	await server.until(() => (registered.length === 2 ? true : undefined));
	registered.sort((a, b) => (a.method < b.method ? -1 : 1));
	expect(registered.map(({ method, registerOptions }) => [method, registerOptions])).toEqual([
		['workspace/didChangeConfiguration', { section: 'ioctlLens' }],
		[
			'workspace/didChangeWatchedFiles',
			{
				watchers: [
					{ globPattern: `**/*.{${extensions.map((extension) => extension.slice(1)).join(',')}}` },
					{
						globPattern: '**/{compile_commands.json,CMakePresets.json,CMakeUserPresets.json,c_cpp_properties.json}',
					},
					{ globPattern: '**/*{.vcxproj,.props}' },
					{ globPattern: '**/.ioctl-lens.json' },
					{ globPattern: '**/*.ioctl-lens.json' },
					{ globPattern: '**/*.ioctl.json' },
				],
			},
		],
	]);
});
