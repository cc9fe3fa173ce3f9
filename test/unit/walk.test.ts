import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { decodeSource } from '../../server/src/node/decodeText.ts';
import { displayPath, findSources } from '../../server/src/node/files.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import { apiNames, callMarks, mayHoldCalls, SourceReader } from '../support/builtin.ts';
import { runJson, temporaryFolder, WRONG } from '../support/cli.ts';

/** The files found below some paths, relative to the folder. */
async function found(folder: string, ...paths: string[]) {
	const { files } = findSources(paths, folder);
	return files.map((file) => relative(folder, file));
}

/** What was not taken, as `name reason` relative to the folder. */
async function skipped(folder: string, ...paths: string[]) {
	const { skipped } = findSources(paths, folder);
	return skipped.map(({ path, reason }) => `${relative(folder, path)} ${reason}`);
}

describe('findSources', () => {
	test('finds the sources below a folder by name, whatever the case of their endings', async () => {
		const folder = temporaryFolder({
			'b.c': '',
			'a/z.CPP': '',
			'a/b/y.hpp': '',
			'a.txt': '',
			'a.c.orig': '',
			c: '',
			'Z.h': '',
		});
		expect(await found(folder, '.')).toEqual(['Z.h', 'a/b/y.hpp', 'a/z.CPP', 'b.c']);
	});

	test('takes paths in their order, and each file once', async () => {
		const folder = temporaryFolder({ 'a/x.c': '', 'a/b/y.c': '', 'z.c': '' });
		symlinkSync(join(folder, 'z.c'), join(folder, 'a/link.c'));
		expect(await found(folder, 'z.c', 'a/b', 'a', '.', 'a/../z.c')).toEqual(['z.c', 'a/b/y.c', 'a/x.c']);
	});

	test('follows no link to a folder, in a circle or not, unless it is named', async () => {
		const folder = temporaryFolder({ 'in/a.c': '', 'out/b.c': '' });
		symlinkSync(join(folder, 'in'), join(folder, 'in/self'));
		symlinkSync(join(folder, 'out'), join(folder, 'in/out'));
		expect(await found(folder, 'in')).toEqual(['in/a.c']);
		expect(await found(folder, 'in/out', 'out')).toEqual(['in/out/b.c']);
	});

	test('enters neither .git nor node_modules, unless they are named', async () => {
		const folder = temporaryFolder({
			'a.c': '',
			'node_modules/x/b.c': '',
			'.git/c.c': '',
			'sub/node_modules/d.c': '',
			'.hidden/e.c': '',
		});
		expect(await found(folder, '.')).toEqual(['.hidden/e.c', 'a.c']);
		expect(await found(folder, 'node_modules')).toEqual(['node_modules/x/b.c']);
	});

	test('obeys .gitignore files of the folder and below it', async () => {
		const folder = temporaryFolder({
			'.gitignore': '# generated\nbuild/\n*.gen.c\n/top.c\n!keep.gen.c\nOther/\n',
			'build/a.c': '',
			'src/x.gen.c': '',
			'src/keep.gen.c': '',
			'src/top.c': '',
			'top.c': '',
			'other/case.c': '',
			'sub/.gitignore': 'local.c\n!y.gen.c\n',
			'sub/local.c': '',
			'sub/y.gen.c': '',
			'sub/z.gen.c': '',
		});
		expect(await found(folder, '.')).toEqual(['other/case.c', 'src/keep.gen.c', 'src/top.c', 'sub/y.gen.c']);
	});

	test('obeys the .gitignore files above, up to the root of the repository', async () => {
		const files = {
			'.gitignore': 'out/\nsrc/skip.c\n',
			'src/.gitignore': 'b.c\n',
			'src/in/b.c': '',
			'src/in/c.c': '',
			'src/skip.c': '',
			'src/out/d.c': '',
		};
		const repository = temporaryFolder({
			'.gitignore': '*.c\n',
			'repo/.git/HEAD': '',
			...Object.fromEntries(Object.entries(files).map(([name, text]) => [`repo/${name}`, text])),
		});
		expect(await found(repository, 'repo/src')).toEqual(['repo/src/in/c.c']);
		const alone = temporaryFolder(files);
		expect(await found(alone, 'src/in')).toEqual(['src/in/b.c', 'src/in/c.c']);
	});

	test('takes an ignored file or folder that is named', async () => {
		const folder = temporaryFolder({
			'.git/HEAD': '',
			'.gitignore': 'build/\na.c\n',
			'a.c': '',
			'build/b.c': '',
			'build/sub/c.c': '',
		});
		expect(await found(folder, 'a.c', 'build')).toEqual(['a.c', 'build/b.c', 'build/sub/c.c']);
		expect(await found(folder, 'build/sub')).toEqual(['build/sub/c.c']);
	});

	test('says why a path was not taken', async () => {
		const folder = temporaryFolder({ 'a.txt': '', 'x.c': '' });
		symlinkSync('loop.c', join(folder, 'loop.c'));
		symlinkSync('gone', join(folder, 'dead.c'));
		const long = `${'n'.repeat(300)}.c`;
		expect(await skipped(folder, 'none', 'a.txt', 'x.c/y.c', 'loop.c', 'dead.c', long)).toEqual([
			'none not-found',
			'a.txt not-a-source',
			'x.c/y.c not-found',
			'loop.c unreadable',
			'dead.c not-found',
			`${long} unreadable`,
		]);
		expect(await skipped(folder, '.')).toEqual(['dead.c special', 'loop.c special']);
	});

	test.skipIf(process.platform === 'win32')('never opens a pipe, a socket or a device', async () => {
		const folder = temporaryFolder({ 'a.c': '' });
		execFileSync('mkfifo', [join(folder, 'pipe.c')]);
		const server = createServer();
		onTestFinished(() => void server.close());
		await new Promise<void>((listening) => server.listen(join(folder, 'socket.c'), listening));
		expect(await found(folder, '.')).toEqual(['a.c']);
		expect(await skipped(folder, '.')).toEqual(['pipe.c special', 'socket.c special']);
		expect(await skipped(folder, 'pipe.c', '/dev/null')).toEqual([
			'pipe.c unreadable',
			`${relative(folder, '/dev/null')} unreadable`,
		]);
	});

	test('walks into deep folders', async () => {
		const folder = temporaryFolder();
		const deep = join(folder, ...Array.from({ length: 800 }, () => 'd'));
		mkdirSync(deep, { recursive: true });
		writeFileSync(join(deep, 'a.c'), '');
		expect(await found(folder, '.')).toEqual([relative(folder, join(deep, 'a.c'))]);
	});
});

describe('displayPath', () => {
	test.each([
		['/p/a.c', 'a.c'],
		['/p/s/a.c', 's/a.c'],
		['/p/..a/b.c', '..a/b.c'],
		['/q/a.c', '/q/a.c'],
		['/a.c', '/a.c'],
		['/pp/a.c', '/pp/a.c'],
	])('of %s in /p is %s', (path, shown) => {
		expect(displayPath(path, '/p')).toBe(shown);
	});
});

describe('decodeSource', () => {
	const decode = (bytes: Uint8Array | string) => decodeSource(Buffer.from(bytes), callMarks([]));
	const text = 'WSAIoctl(é, 漢, 😀)';

	test('reads UTF-8, with a byte order mark and without', () => {
		expect(decode(text)).toBe(text);
		expect(decode(`\ufeff${text}`)).toBe(text);
	});

	test('reads UTF-16 in both orders', () => {
		const little = Buffer.from(`\ufeff${text}`, 'utf16le');
		expect(decode(little)).toBe(text);
		expect(decode(Buffer.from(little).swap16())).toBe(text);
	});

	test('reads lines in Windows-1252 among lines in UTF-8, a character a byte', () => {
		const bytes = Buffer.concat([
			Buffer.from('// é\r\n'),
			Buffer.from('// é€\n', 'latin1'),
			Buffer.from([0x80, 0x0a]),
			Buffer.from(text),
		]);
		expect(decode(bytes)).toBe(`// é\r\n// é¬\n€\n${text}`);
	});

	test('tells binary files by a NUL near the start alone', () => {
		expect(decode('\0WSAIoctl')).toBe('binary');
		expect(decode(`${' '.repeat(8191)}\0WSAIoctl`)).toBe('binary');
		const late = `${' '.repeat(8192)}\0WSAIoctl`;
		expect(decode(late)).toBe(late);
	});

	test('gives nothing for files without a name of interest', () => {
		expect(decode('int main(void) { return 0; }')).toBe(undefined);
		expect(decode('')).toBe(undefined);
		expect(decodeSource(Buffer.from('my_control(s);'), callMarks(['my_control']))).toBe('my_control(s);');
	});

	test.each([
		...apiNames,
		'typedef int (*FN)(SOCKET, DWORD, void *, DWORD, void *, DWORD, DWORD *, WSAOVERLAPPED *, LPWSAOVERLAPPED_COMPLETION_ROUTINE);',
	])('lets a file through that names no more than %s', (text) => {
		expect({ decoded: decode(text), mayHoldCalls: mayHoldCalls(text) }).toEqual({ decoded: text, mayHoldCalls: true });
	});

	test('lets every example with a call through', () => {
		const examples = [
			...rules.flatMap((r) => [...r.accepted, ...r.rejected]),
			...codes.flatMap((c) => Object.values(c.examples)),
		].filter((example) => mayHoldCalls(example));
		expect(examples.length).toBeGreaterThan(200);
		expect(examples.filter((example) => decode(example) !== example)).toEqual([]);
	});
});

describe('SourceReader', () => {
	test('reads files of any size one after the other', () => {
		const folder = temporaryFolder({
			'a.c': WRONG,
			'big.c': `${' '.repeat(600_000)}${WRONG}`,
			'empty.c': '',
			'none.c': 'int x;',
		});
		const reader = new SourceReader(1_000_000);
		const read = (name: string) => reader.read(join(folder, name));
		const expected = [
			{ text: WRONG },
			{ text: `${' '.repeat(600_000)}${WRONG}` },
			{ text: WRONG },
			undefined,
			undefined,
		];
		expect(['a.c', 'big.c', 'a.c', 'empty.c', 'none.c'].map(read)).toEqual(expected);
	});

	test('leaves languages in which a call may go by any name to their own marks', () => {
		const folder = temporaryFolder({ 'a.ts': 'control(s);', 'a.c': 'control(s);' });
		const reader = new SourceReader(100);
		expect(reader.read(join(folder, 'a.ts'))).toEqual({ text: 'control(s);' });
		expect(reader.read(join(folder, 'a.c'))).toBe(undefined);
	});

	test('skips a file above the limit, and takes one at the limit', () => {
		const folder = temporaryFolder({ 'a.c': WRONG });
		expect(new SourceReader(WRONG.length).read(join(folder, 'a.c'))).toEqual({ text: WRONG });
		expect(new SourceReader(WRONG.length - 1).read(join(folder, 'a.c'))).toEqual({
			path: join(folder, 'a.c'),
			reason: 'too-large',
			detail: `${WRONG.length} bytes, and the limit is ${WRONG.length - 1}; raise it with --max-file-size`,
		});
	});

	test('says that a file went away', () => {
		const path = join(temporaryFolder(), 'gone.c');
		expect(new SourceReader(10).read(path)).toEqual({ path, reason: 'not-found', detail: 'does not exist' });
	});
});

describe('check', () => {
	/** Lines and columns of the findings in one file with these bytes. */
	async function places(bytes: Uint8Array | string, name = 'a.c') {
		const { json } = await runJson(temporaryFolder({ [name]: bytes }), ['check', '.']);
		return json.findings.map((f: { line: number; column: number }) => `${f.line}:${f.column}`);
	}
	const at = WRONG.indexOf('sizeof') + 1;

	test.each<[string, Uint8Array | string, string[]]>([
		['UTF-8 with a byte order mark', `\ufeff${WRONG}`, [`1:${at}`]],
		['UTF-16', Buffer.from(`\ufeff${WRONG}\r\n${WRONG}`, 'utf16le'), [`1:${at}`, `2:${at}`]],
		['a line that is not UTF-8', Buffer.from(`/*\xe9\xe9*/${WRONG}`, 'latin1'), [`1:${at + 6}`]],
		['CRLF', `\r\n\r\n${WRONG}\r\n`, [`3:${at}`]],
		['CR alone', `\r\r${WRONG}\r`, [`3:${at}`]],
		['tabs', `\t\t${WRONG}`, [`1:${at + 2}`]],
		['a NUL far behind', `${WRONG}\n${'/'.repeat(9000)}\0\n${WRONG}`, [`1:${at}`, `3:${at}`]],
		['a NUL at the start', `\0${WRONG}`, []],
	])('finds the places in a file with %s', async (_, bytes, expected) => {
		expect(await places(bytes)).toEqual(expected);
	});

	test('skips a file of 50 MB and says so', async () => {
		const folder = temporaryFolder({ 'big.c': Buffer.alloc(50_000_000, WRONG), 'small.c': WRONG });
		const { status, err, json } = await runJson(folder, ['check', '.']);
		expect({ status, err }).toEqual({
			status: 1,
			err: 'ioctl-lens: skipped big.c: 50000000 bytes, and the limit is 16777216; raise it with --max-file-size\n',
		});
		expect([json.findings.length, json.files.read]).toEqual([1, 1]);
	});
});
