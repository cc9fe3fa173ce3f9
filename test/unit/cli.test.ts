import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { Checker } from '../../server/src/check/check.ts';
import { extensions } from '../../server/src/languages/languageOf.ts';
import { formats } from '../../server/src/report/index.generated.ts';
import { RIGHT, runCli, runJson, temporaryFolder, WRONG, WRONG_MESSAGE } from '../support/cli.ts';

const formatNames = formats.map((format) => format.id).join(', ');
const tool = { name: 'ioctl-lens', version: manifest.version };

describe('exit status', () => {
	test('is 0 when nothing is wrong', async () => {
		const folder = temporaryFolder({ 'a.c': RIGHT });
		expect(await runCli(folder, ['check', '.'])).toEqual({
			status: 0,
			out: 'No findings (1 call in 1 file, 1 file read).\n',
			err: '',
		});
	});

	test('is 1 for an error', async () => {
		const folder = temporaryFolder({ 'a.c': WRONG });
		const { status, err } = await runCli(folder, ['check', 'a.c']);
		expect({ status, err }).toEqual({ status: 1, err: '' });
	});

	test.each([
		['error', 1],
		['warning', 1],
		['info', 0],
		['hint', 0],
		['off', 0],
	])('follows a severity of %s', async (severity, expected) => {
		const config = JSON.stringify({ rules: { 'input-too-small': severity } });
		const folder = temporaryFolder({ 'a.c': WRONG, '.ioctl-lens.json': config });
		const { status, json } = await runJson(folder, ['check', '.']);
		expect(status).toBe(expected);
		expect(json.findings.map((f: { severity: string }) => f.severity)).toEqual(severity === 'off' ? [] : [severity]);
	});

	test('is 2 for a path that does not exist, and the rest is still checked', async () => {
		const folder = temporaryFolder({ 'a.c': WRONG });
		const { status, err, json } = await runJson(folder, ['check', 'none.c', '.', 'nowhere']);
		expect(status).toBe(2);
		expect(err).toBe('ioctl-lens: none.c: does not exist\nioctl-lens: nowhere: does not exist\n');
		expect(json.files).toEqual({
			read: 1,
			withCalls: 1,
			skipped: [
				{ file: 'none.c', reason: 'not-found', detail: 'does not exist' },
				{ file: 'nowhere', reason: 'not-found', detail: 'does not exist' },
			],
		});
		expect(json.findings).toHaveLength(1);
	});

	test('is 2 for a file that the analysis cannot cope with, and the rest is still checked', async () => {
		const folder = temporaryFolder({ 'a.c': WRONG, 'b.c': WRONG, 'c.c': WRONG });
		const check = Checker.prototype.checkOnce;
		vi.spyOn(Checker.prototype, 'checkOnce').mockImplementation(function (this: Checker, source, ...rest) {
			if (source.name.endsWith('b.c')) throw new Error('no luck');
			return check.call(this, source, ...rest);
		});
		const { status, err, json } = await runJson(folder, ['check', '.', '--jobs', '1']);
		vi.restoreAllMocks();
		expect(status).toBe(2);
		expect(err).toBe('ioctl-lens: b.c: could not be analysed: no luck\n');
		expect(json.files.read).toBe(2);
		expect(json.findings.map((f: { file: string }) => f.file)).toEqual(['a.c', 'c.c']);
	});

	test.each([
		[[], 'Usage: ioctl-lens [options] [command]'],
		[['check'], "ioctl-lens: missing required argument 'path'"],
		[
			['check', '.', '--format', 'xml'],
			`ioctl-lens: option '--format <format>' argument 'xml' is invalid. Allowed choices are ${formatNames}.`,
		],
		[
			['calls', '.', '--format', 'sarif'],
			"ioctl-lens: option '--format <format>' argument 'sarif' is invalid. Allowed choices are json, text.",
		],
		[
			['check', '.', '--target', 'mips'],
			"ioctl-lens: option '--target <target>' argument 'mips' is invalid. Allowed choices are all, x86, x64, arm64.",
		],
		[
			['check', '.', '--min-windows', '10.x'],
			`ioctl-lens: option '--min-windows <version>' argument '10.x' is invalid. "10.x" is no Windows version; write up to four numbers, such as 10.0.17763.`,
		],
		[
			['check', '.', '--min-windows', ''],
			`ioctl-lens: option '--min-windows <version>' argument '' is invalid. "" is no Windows version; write up to four numbers, such as 10.0.17763.`,
		],
		[
			['check', '.', '--max-file-size', '0'],
			`ioctl-lens: option '--max-file-size <size>' argument '0' is invalid. "0" is no size; write a number of bytes, or one such as 16M.`,
		],
		[
			['check', '.', '--jobs', '-1'],
			`ioctl-lens: option '--jobs <number>' argument '-1' is invalid. "-1" is no number of jobs.`,
		],
		[['check', '.', '--frobnicate'], "ioctl-lens: unknown option '--frobnicate'"],
		[['lint', '.'], "ioctl-lens: unknown command 'lint'"],
		[['lsp'], "ioctl-lens: required option '--stdio' not specified"],
	])('is 2 for %j', async (args, firstLine) => {
		const { status, out, err } = await runCli(temporaryFolder({ 'a.c': RIGHT }), args);
		expect({ status, out, err: err.split('\n')[0] }).toEqual({ status: 2, out: '', err: firstLine });
	});

	test('says when there was nothing to check', async () => {
		const folder = temporaryFolder({ 'readme.md': WRONG });
		const { status, out, err } = await runCli(folder, ['check', '.']);
		expect({ status, out }).toEqual({ status: 2, out: 'No findings (0 calls, 0 files read).\n' });
		const nothing = `ioctl-lens: nothing to check: no ${extensions.join(', ')} file below .`;
		expect(err).toBe(`${nothing}; --allow-empty lets that pass\n`);
		const allowed = await runCli(folder, ['check', '.', '--allow-empty']);
		expect({ status: allowed.status, err: allowed.err }).toEqual({ status: 0, err: `${nothing}\n` });
	});
});

describe('JSON', () => {
	test('of check has the shape of the contract', async () => {
		const folder = temporaryFolder({ 'src/a.c': `\n\t/* 😀é */ ${WRONG}\n` });
		const { json } = await runJson(folder, ['check', 'src']);
		expect(json).toEqual({
			formatVersion: 1,
			tool,
			files: { read: 1, withCalls: 1, skipped: [] },
			callCount: 1,
			findings: [
				{
					rule: 'input-too-small',
					severity: 'error',
					file: 'src/a.c',
					line: 2,
					column: 92,
					endLine: 2,
					endColumn: 102,
					message: WRONG_MESSAGE,
					api: 'WSAIoctl',
					code: { name: 'SIO_KEEPALIVE_VALS', value: 0x98000004 },
					excerpt: {
						before: `\t/* 😀é */ ${WRONG.slice(0, WRONG.indexOf('sizeof'))}`,
						marked: 'sizeof(on)',
						after: WRONG.slice(WRONG.indexOf('sizeof') + 10),
					},
					fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
				},
			],
		});
	});

	test('of calls has the shape of the contract', async () => {
		const text = [
			'#define OWN_CODE 0x9800FFFE',
			'void f(SOCKET s, DWORD code, void *p, DWORD size) {',
			'	DWORD n; SOCKET t; struct tcp_keepalive ka; u_long pending;',
			'	if (::WSAIoctl(s,',
			'		SIO_KEEPALIVE_VALS, &ka, sizeof ka, NULL, 0, &n, NULL, NULL) != 0) return;',
			'	WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &t, sizeof(t), &n, NULL, NULL);',
			'	WSAIoctl(s, code, p, size, NULL, 0, &n, NULL, NULL);',
			'	WSAIoctl(s, OWN_CODE, NULL, 0, NULL, 0, &n, NULL, NULL);',
			'	ioctlsocket(s, FIONREAD, &pending);',
			'}',
		].join('\n');
		const folder = temporaryFolder({ 'a.cpp': text });
		const { status, json } = await runJson(folder, ['calls', 'a.cpp']);
		const same = (n: number) => ({ x86: n, x64: n, arm64: n });
		const none = { type: null, size: same(0) };
		const call = { file: 'a.cpp', api: 'WSAIoctl', callee: 'WSAIoctl', kind: 'ioctl' };
		expect(status).toBe(0);
		expect(json).toEqual({
			formatVersion: 1,
			tool,
			files: { read: 1, withCalls: 1, skipped: [] },
			calls: [
				{
					...call,
					line: 4,
					column: 8,
					endLine: 5,
					endColumn: 63,
					callee: '::WSAIoctl',
					code: { name: 'SIO_KEEPALIVE_VALS', value: 0x98000004 },
					in: { type: 'tcp_keepalive', size: same(12) },
					out: none,
				},
				{
					...call,
					line: 6,
					column: 2,
					endLine: 6,
					endColumn: 70,
					code: { name: 'SIO_BASE_HANDLE', value: 0x48000022 },
					in: none,
					out: { type: 'SOCKET', size: { x86: 4, x64: 8, arm64: 8 } },
				},
				{
					...call,
					line: 7,
					column: 2,
					endLine: 7,
					endColumn: 53,
					code: null,
					in: { type: null, size: null },
					out: none,
				},
				{
					...call,
					line: 8,
					column: 2,
					endLine: 8,
					endColumn: 57,
					code: { name: 'OWN_CODE', value: 0x9800fffe },
					in: none,
					out: none,
				},
				{
					...call,
					line: 9,
					column: 2,
					endLine: 9,
					endColumn: 36,
					api: 'ioctlsocket',
					callee: 'ioctlsocket',
					code: { name: 'FIONREAD', value: 0x4004667f },
					in: { type: 'u_long', size: same(4) },
					out: { type: 'u_long', size: same(4) },
				},
			],
		});
	});

	test('names files below the current folder relatively, and others absolutely', async () => {
		const folder = temporaryFolder({ 'in/a.c': WRONG, 'out/b.c': WRONG, 'in..c': WRONG });
		const files = async (...paths: string[]) =>
			(await runJson(join(folder, 'in'), ['check', ...paths])).json.findings.map((f: { file: string }) => f.file);
		expect(await files('.', '../out', join(folder, 'in..c'))).toEqual([
			'a.c',
			join(folder, 'out/b.c'),
			join(folder, 'in..c'),
		]);
	});
});

describe('threads', () => {
	test('change neither what is found nor its order', async () => {
		const folder = temporaryFolder();
		// Text enough for more than one of them.
		const much = `/*${' '.repeat(64 * 1024)}*/\n`;
		for (let i = 0; i < 70; i++)
			writeFileSync(join(folder, `f${i}.c`), much + (i % 3 ? WRONG : `${RIGHT}\n${'\n'.repeat(i)}${WRONG}`));
		const one = await runCli(folder, ['check', '.', '--format', 'json', '--jobs', '1']);
		const four = await runCli(folder, ['check', '.', '--format', 'json', '--jobs', '4']);
		expect(JSON.parse(one.out).findings).toHaveLength(70);
		expect(four).toEqual(one);
	});
});

describe('settings', () => {
	const both = 'void f(SOCKET s) { SOCKET t; DWORD n; WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &t, 4, &n, NULL, NULL); }';

	test.each([
		['x86', 0],
		['x64', 1],
		['arm64', 1],
		['all', 1],
	])('--target %s judges for that target', async (target, status) => {
		const folder = temporaryFolder({ 'a.c': both });
		expect((await runCli(folder, ['check', 'a.c', '--target', target])).status).toBe(status);
	});

	test('takes the nearest configuration file above a file, and options before it', async () => {
		const folder = temporaryFolder({
			'a/b/x.c': both,
			'.ioctl-lens.json': 'not even JSON',
			'a/.ioctl-lens.json': '\ufeff{ /* only here */ "target": "x86", "root": true, }',
		});
		const status = async (...args: string[]) => (await runCli(join(folder, 'a/b'), ['check', '.', ...args])).status;
		expect(await status()).toBe(0);
		expect(await status('--target', 'x64')).toBe(1);
	});

	test('matches exclude patterns from the folder of the configuration file', async () => {
		const folder = temporaryFolder({
			'src/a.c': WRONG,
			'src/third_party/b.c': WRONG,
			'src/gen/c.c': WRONG,
			'conf/ci.json': '{ "exclude": ["../never", "third_party"] }',
			'.ioctl-lens.json': '{ "exclude": ["third_party", "src/gen/**"] }',
		});
		const files = async (at: string, ...args: string[]) => {
			const { json, err } = await runJson(join(folder, at), ['check', ...args]);
			return [json.findings.map((f: { file: string }) => f.file), err];
		};
		expect(await files('.', '.')).toEqual([['src/a.c'], '']);
		expect(await files('src', '.')).toEqual([['a.c'], '']);
		expect(await files('src', 'gen/c.c', 'a.c')).toEqual([
			['a.c'],
			'ioctl-lens: skipped gen/c.c: excluded by the configuration\n',
		]);
		expect(await files('src', '.', '--config', '../conf/ci.json')).toEqual([['a.c', 'gen/c.c', 'third_party/b.c'], '']);
	});

	test('finds headers in includePath, and calls of the functions that are named', async () => {
		const folder = temporaryFolder({
			'src/a.c': `#include "own.h"\n${WRONG.replace('WSAIoctl', 'my_control')}\n${WRONG.replace('SIO_KEEPALIVE_VALS', 'OWN_NAME')}`,
			'inc/own.h': '#define OWN_NAME SIO_KEEPALIVE_VALS',
			'.ioctl-lens.json': '{ "includePath": ["inc"], "functions": { "my_control": "WSAIoctl" } }',
		});
		const { json } = await runJson(join(folder, 'src'), ['check', '.']);
		expect(json.findings.map((f: { line: number }) => f.line)).toEqual([2, 3]);
	});

	test('reads maxFileSize, which --max-file-size overrides', async () => {
		const folder = temporaryFolder({ 'a.c': WRONG, '.ioctl-lens.json': '{ "maxFileSize": 20 }' });
		expect(await runCli(folder, ['check', '.'])).toEqual({
			status: 0,
			out: 'No findings (0 calls, 0 files read, 1 skipped).\n',
			err: `ioctl-lens: skipped a.c: ${WRONG.length} bytes, and the limit is 20; raise it with --max-file-size\n`,
		});
		expect((await runCli(folder, ['check', '.', '--max-file-size', '1K'])).status).toBe(1);
	});

	test.each([
		['[]', '1:1: an object is expected, such as { "target": "x64" }'],
		['', '1:1: not valid JSON: value expected'],
		['{ "target": ', '1:13: not valid JSON: value expected'],
		['{ "target": "x64"', '1:18: not valid JSON: close brace expected'],
		['{\n  "ruels": {} }', '2:3: no setting is called "ruels"; did you mean rules?'],
		['{ "target": "x64",\n"target": "x86" }', '2:1: "target" stands here twice'],
		[
			'{ "__proto__": { "target": "x86" } }',
			'1:3: no setting is called "__proto__"; there are target, rules, exclude, maxFileSize, minWindows, functions, codes, structs, includePath, compileCommands, extends, root',
		],
		['{ "exclude": ["a", "!b"] }', '1:20: a pattern cannot take back another: leave out the "!"'],
		['['.repeat(200_000), '1:1: nested too deeply'],
		[`{ "target": "${'x'.repeat(1024 * 1024)}" }`, '1:1: too large for a configuration'],
	])('refuses the configuration %.40s', async (text, problem) => {
		const folder = temporaryFolder({ 'a.c': WRONG, 'c.json': text });
		expect(await runCli(folder, ['check', '.', '--config', 'c.json'])).toEqual({
			status: 2,
			out: '',
			err: `ioctl-lens: ${join(folder, 'c.json')}:${problem}\n`,
		});
	});

	test.each([
		['{ "target": "mips" }', ['1:13: target has to be all, x86, x64 or arm64.']],
		['{ "target": null }', ['1:13: target has no value.']],
		['{ "rules": ["off"] }', ['1:12: rules has to be an object of rule ids and severities.']],
		['{ "rules": {\n"no-such-rule": "off" } }', ['2:1: rules: no rule is called "no-such-rule".']],
		[
			'{ "rules": { "input-to-small": "off" } }',
			['1:14: rules: no rule is called "input-to-small"; did you mean input-too-small?'],
		],
		[
			'{ "rules": { "may-block": "off", "input-too-small": "loud" } }',
			['1:34: rules: input-too-small has to be off, hint, info, warning or error.'],
		],
		['{ "rules": { "constructor": "off" } }', ['1:14: rules: no rule is called "constructor".']],
		['{ "exclude": "*.c" }', ['1:14: exclude has to be a list of texts.']],
		[
			'{ "exclude": ["é", 1], "minWindows": "ten" }',
			[
				'1:20: exclude: every entry has to be a text of at most 500 characters.',
				'1:38: minWindows has to be a version such as 10.0.17763.',
			],
		],
		['{ "maxFileSize": -1 }', ['1:18: maxFileSize has to be a whole number from 0 to 67108864.']],
		['{ "root": 1 }', ['1:11: root has to be true or false.']],
		['{ "extends": ["a"] }', ['1:14: extends has to be the path of a file.']],
		['{ "extends": "C:/a.json" }', ['1:14: extends has to be a path from this folder on.']],
		['{ "extends": "away.json" }', ['1:14: extends "away.json", which does not exist']],
		['{ "maxFileSze": 1 }', ['1:3: no setting is called "maxFileSze"; did you mean maxFileSize?']],
	])('tells the place of %s, and checks the rest', async (text, problems) => {
		const folder = temporaryFolder({ 'a.c': WRONG, '.ioctl-lens.json': text });
		const config = join(folder, '.ioctl-lens.json');
		const err = problems.map((problem) => `ioctl-lens: ${config}:${problem}\n`).join('');
		const found = await runJson(folder, ['check', '.']);
		expect([found.status, found.err, found.json.findings.length]).toEqual([2, err, 1]);
		expect(await runCli(folder, ['check', '.', '--config', config])).toEqual({ status: 2, out: '', err });
	});

	test.runIf(process.platform === 'linux')('refuses a configuration file that has no end', async () => {
		expect(await runCli(temporaryFolder({ 'a.c': WRONG }), ['check', '.', '--config', '/dev/zero'])).toEqual({
			status: 2,
			out: '',
			err: 'ioctl-lens: /dev/zero: not a file\n',
		});
	});

	test('refuses a configuration file that is not there', async () => {
		const folder = temporaryFolder({ 'a.c': WRONG });
		expect(await runCli(folder, ['check', '.', '--config', 'c.json'])).toEqual({
			status: 2,
			out: '',
			err: `ioctl-lens: ${join(folder, 'c.json')}: does not exist\n`,
		});
	});
});

describe('explain', () => {
	test.each([['SIO_RCVALL'], ['0x98000001'], ['2550136833'], ['-1744830463'], ['_WSAIOW(IOC_VENDOR, 1)']])(
		'explains %s',
		async (query) => {
			const { status, out, err } = await runCli(temporaryFolder(), ['explain', query]);
			expect({ status, err, title: out.split('\n')[0] }).toEqual({
				status: 0,
				err: '',
				title: 'SIO_RCVALL  0x98000001  2550136833  -1744830463',
			});
		},
	);

	test('says what it did not understand', async () => {
		expect(await runCli(temporaryFolder(), ['explain', 'SIO_NOTHING_LIKE_THIS_AT_ALL'])).toEqual({
			status: 2,
			out: '',
			err: 'ioctl-lens: Nothing in the catalog is called SIO_NOTHING_LIKE_THIS_AT_ALL.\n',
		});
	});

	test('writes Markdown, and data for programs', async () => {
		const folder = temporaryFolder();
		const page = await runCli(folder, ['explain', 'FIONBIO', '--format', 'markdown']);
		expect([page.status, page.out.split('\n')[0]]).toEqual([0, '# FIONBIO']);
		const { status, out } = await runCli(folder, ['explain', '0x98000004', '--format', 'json']);
		const { formatVersion, kind, codes, ...number } = JSON.parse(out);
		expect([status, formatVersion, kind, number]).toEqual([0, 1, 'number', { value: 0x98000004, hex: '0x98000004' }]);
		const [{ name, header, input, output }] = codes;
		expect([codes.length, name, header, output.use]).toEqual([1, 'SIO_KEEPALIVE_VALS', 'mstcpip.h', 'must-be-empty']);
		expect(input).toMatchObject({
			use: 'required',
			type: 'tcp_keepalive',
			minimum: { x86: 12, x64: 12, arm64: 12 },
		});
		expect((await runCli(folder, ['explain', 'NOTHING_AT_ALL_LIKE_IT', '--format', 'json'])).status).toBe(2);
	});

	test.each([
		['SIO_RCVALL', 'code', 'SIO_RCVALL'],
		['tcp_keepalive', 'type', 'struct tcp_keepalive'],
		['WSAIoctl', 'function', 'WSAIoctl'],
		['10014', 'error', 'WSAEFAULT'],
		['WSAID_CONNECTEX', 'guid', 'WSAID_CONNECTEX'],
		['SO_WSK_EVENT_CALLBACK', 'option', 'SO_WSK_EVENT_CALLBACK'],
		['input-too-small', 'rule', 'input-too-small'],
		['keep alive', 'search', undefined],
	])('%s is %s as data', async (query, kind, name) => {
		const { out } = await runCli(temporaryFolder(), ['explain', query, '--format', 'json']);
		const record = JSON.parse(out);
		expect([record.kind, record.name]).toEqual([kind, name]);
	});

	test('marks its text on a terminal alone', async () => {
		const plain = await runCli(temporaryFolder(), ['explain', 'FIONBIO']);
		const marked = await runCli(temporaryFolder(), ['explain', 'FIONBIO'], { terminal: true });
		expect(stripVTControlCharacters(plain.out)).toBe(plain.out);
		expect(stripVTControlCharacters(marked.out)).toBe(plain.out);
		expect(marked.out).not.toBe(plain.out);
	});
});

describe('help', () => {
	test('goes to standard output', async () => {
		const { status, out, err } = await runCli(temporaryFolder(), ['--help']);
		expect({ status, err, first: out.split('\n')[0] }).toEqual({
			status: 0,
			err: '',
			first: 'Usage: ioctl-lens [options] [command]',
		});
	});

	test('tells the version', async () => {
		expect(await runCli(temporaryFolder(), ['--version'])).toEqual({
			status: 0,
			out: `${manifest.version}\n`,
			err: '',
		});
	});
});
