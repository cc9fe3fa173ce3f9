/** Configuration files, which hold in every editor, below what its user has set. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { runJson, temporaryFolder } from '../support/cli.ts';
import { SHORT } from './support/samples.ts';
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

const OFF = JSON.stringify({ rules: { 'input-too-small': 'off' } });

/** A server with a folder open that holds these files. */
async function start(files: Readonly<Record<string, string>>, options: ClientOptions = {}) {
	const folder = temporaryFolder(files);
	const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
	const server = await ServerProcess.start(built.server, { folders: [uriOf('')], ...options });
	started.push(server);
	/** What is shown of a document once it is open, and then once it is shown anew. */
	const next = async (name: string) =>
		(await server.nextDiagnostics(uriOf(name))).diagnostics.map(({ code, severity }) => `${code} ${severity}`);
	const write = async (name: string, text: string) => {
		await mkdir(dirname(join(folder, name)), { recursive: true });
		await writeFile(join(folder, name), text);
		const changes = [{ uri: uriOf(name), type: 2 }];
		await server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
	};
	return { folder, server, uriOf, next, write, open: (name: string, text = SHORT) => server.open(uriOf(name), text) };
}

test('a change of a file, or of one that it extends, is judged at once', async () => {
	const { open, next, write } = await start({ 'a.c': '' });
	await open('src/a.c');
	expect(await next('src/a.c')).toEqual(['input-too-small 1']);
	await write('.ioctl-lens.json', OFF);
	expect(await next('src/a.c')).toEqual([]);
	await write('base/team.ioctl-lens.json', '{ "rules": { "input-too-small": "hint" } }');
	await write('src/.ioctl-lens.json', '{ "extends": "../base/team.ioctl-lens.json" }');
	expect(await next('src/a.c')).toEqual(['input-too-small 4']);
	await write('base/team.ioctl-lens.json', '{ "rules": { "input-too-small": "info" } }');
	expect(await next('src/a.c')).toEqual(['input-too-small 3']);
	await write('.ioctl-lens.json', '{ "exclude": ["a.c"] }');
	expect(await next('src/a.c')).toEqual([]);
});

test('an editor that watches no files sees it at the next save', async () => {
	const { folder, server, uriOf, open, next } = await start({ 'a.c': '' });
	await open('a.c');
	expect(await next('a.c')).toEqual(['input-too-small 1']);
	await writeFile(join(folder, '.ioctl-lens.json'), OFF);
	await server.connection.sendNotification('textDocument/didSave', { textDocument: { uri: uriOf('a.c') } });
	expect(await next('a.c')).toEqual([]);
});

test("the user's settings are on top, rule by rule", async () => {
	const { open, next } = await start(
		{ '.ioctl-lens.json': '{ "rules": { "input-too-small": "off", "may-block": "off" }, "maxFileSize": 1 }' },
		{ configuration: () => ({ rules: { 'input-too-small': 'hint' }, maxFileSize: 4096 }) },
	);
	await open('a.c');
	expect(await next('a.c')).toEqual(['input-too-small 4']);
});

test('what is wrong in a file is logged once, and the rest of it holds', async () => {
	const text = '{ "rulez": {}, "rules": { "input-too-small": "hint" } }';
	const { folder, server, open, next } = await start({ '.ioctl-lens.json': text });
	for (const name of ['a.c', 'b.c']) {
		await open(name);
		expect(await next(name)).toEqual(['input-too-small 4']);
	}
	const file = join(folder, '.ioctl-lens.json');
	expect(server.logged.map(({ message }) => message)).toEqual([
		`${file}:1:3: no setting is called "rulez"; did you mean rules?`,
	]);
});

test('in Restricted Mode a file hides no finding; once the folder is trusted, it may', async () => {
	const files = {
		'.ioctl-lens.json': JSON.stringify({ exclude: ['b.c'], maxFileSize: 9, target: 'x86', ...JSON.parse(OFF) }),
	};
	const { server, open, next } = await start(files, { initializationOptions: { trusted: false } });
	for (const name of ['a.c', 'b.c']) {
		await open(name);
		expect(await next(name)).toEqual(['input-too-small 1']);
	}
	// Too small where a socket has 8 bytes.
	await open('c.c', 'void f(SOCKET s) { DWORD t, n; WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &t, 4, &n, NULL, NULL); }');
	expect(await next('c.c')).toEqual(['output-too-small 1']);
	await server.connection.sendNotification('ioctlLens/setTrust', { trusted: true });
	for (const name of ['a.c', 'b.c', 'c.c']) expect(await next(name)).toEqual([]);
});

const SET = { arguments: ['input', 'inputSize'], passes: { code: 'SIO_KEEPALIVE_VALS' } };
const ACME = { value: '_WSAIOW(IOC_VENDOR, 0x1001)', input: { size: 6, error: 'WSAEINVAL' } };
const STRUCTS = { acme: { fields: [{ name: 'on', type: 'DWORD' }] } };

test('the command line and the server find the same in a tree of packages', async () => {
	const own = SHORT.replace('WSAIoctl', 'my_control');
	const acme = SHORT.replace('SIO_KEEPALIVE_VALS', '0x98001001');
	const set = SHORT.replace(/WSAIoctl\(s, SIO_KEEPALIVE_VALS, (.*?, .*?), .*?\);/, 'set($1);');
	const sources: Readonly<Record<string, string>> = {
		'a.c': SHORT,
		'gen/a.c': SHORT,
		'pkgA/a.c': own,
		'pkgA/b.c': SHORT,
		'pkgA/gen/a.c': SHORT,
		'pkgB/a.c': SHORT,
		'pkgB/deep/gen/a.c': SHORT,
		'pkgC/a.c': own,
		'pkgC/acme.c': acme,
		'pkgC/gen/a.c': SHORT,
		'pkgC/headers.c': `#include <own.h>\n${SHORT.replace('SIO_KEEPALIVE_VALS', 'OWN')}`,
		'out/a.c': SHORT,
		'pkgD/acme.c': acme,
		'pkgD/deep/acme.c': acme,
		'pkgD/set.c': set,
		'out/deep/a.c': SHORT,
		'third/a.c': SHORT,
	};
	const { folder, server, uriOf, open } = await start({
		...sources,
		'inc/own.h': '#define OWN SIO_KEEPALIVE_VALS\n',
		'.ioctl-lens.json': '{ "exclude": ["gen", "out", "third"], /* all */ "rules": { "input-too-small": "warning" } }',
		'pkgA/.ioctl-lens.json': '{ "functions": { "my_control": "WSAIoctl" } }',
		'pkgB/.ioctl-lens.json': `${OFF}`,
		'pkgC/.ioctl-lens.json': '{ "root": true, "extends": "../base.ioctl-lens.json" }',
		'base.ioctl-lens.json': '{ "includePath": ["inc"], "rules": { "input-too-small": "hint" } }',
		'pkgD/.ioctl-lens.json': JSON.stringify({ functions: { set: SET }, codes: { SIO_ACME: ACME } }),
		'pkgD/deep/.ioctl-lens.json': '{ "extends": "../.ioctl-lens.json", "codes": { "SIO_ACME": { "value": 1 } } }',
		'pkgD/deep/near.ioctl.json': JSON.stringify({ codes: { SIO_NEAR: ACME }, structs: STRUCTS }),
		'out/deep/.ioctl-lens.json': '{ "root": true }',
		'third/.ioctl-lens.json': '{ "root": true }',
	});
	const { json } = await runJson(folder, ['check', '.']);
	const SEVERITIES = ['', 'error', 'warning', 'info', 'hint'];
	type Found = Readonly<Record<'file' | 'rule' | 'severity' | 'message', string>> & {
		readonly line: number;
		readonly column: number;
	};
	const shown: Found[] = [];
	for (const [file, text] of Object.entries(sources)) {
		await open(file, text);
		for (const { code, severity, message, range } of (await server.nextDiagnostics(uriOf(file))).diagnostics)
			shown.push({
				file,
				rule: String(code),
				severity: String(SEVERITIES[severity ?? 0]),
				message: String(message),
				line: range.start.line + 1,
				column: range.start.character + 1,
			});
	}
	const found = json.findings.map(({ file, rule, severity, message, line, column }: Found) => ({
		file,
		rule,
		severity,
		message,
		line,
		column,
	}));
	expect(shown).toEqual(found);
	expect(shown.map(({ file, rule, severity }) => `${file} ${rule} ${severity}`)).toEqual([
		'a.c input-too-small warning',
		'pkgA/a.c input-too-small error',
		'pkgA/b.c input-too-small error',
		'pkgC/gen/a.c input-too-small hint',
		'pkgC/headers.c input-too-small hint',
		'pkgD/acme.c input-too-small error',
		'pkgD/deep/acme.c input-too-small error',
		'pkgD/set.c input-too-small error',
		'third/a.c input-too-small error',
	]);
});
