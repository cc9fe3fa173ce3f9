import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CompilerFacts } from '../../server/src/node/compiler/compilerFacts.ts';

const folder = mkdtempSync(join(tmpdir(), 'compile-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'build'), { recursive: true });
mkdirSync(join(folder, 'src'), { recursive: true });
const database = join(folder, 'build/compile_commands.json');
const file = join(folder, 'src/a.c');
let clock = 1_000_000;
const write = (content: string) => {
	writeFileSync(database, content);
	// Two writes within a tick of the file system's clock would look like one.
	utimesSync(database, ++clock, clock);
};

describe('compile_commands.json', () => {
	test.each([
		['i686-w64-mingw32-gcc', 'x86'],
		['/usr/bin/x86_64-w64-mingw32-g++', 'x64'],
		['/opt/llvm/bin/aarch64-w64-mingw32-clang', 'arm64'],
		['C:\\\\VC\\\\bin\\\\Hostx64\\\\x86\\\\cl.exe', 'x86'],
		['C:\\\\VC\\\\bin\\\\Hostx64\\\\x64\\\\cl.exe', 'x64'],
		['cc', undefined],
		['clang-cl', undefined],
		['gcc -m32 -march=x86-64', 'x86'],
	])('%s compiles for %s', (compiler, target) => {
		write(`[{ "directory": "${folder}", "file": "src/a.c", "command": "${compiler} -c src/a.c" }]`);
		expect(new CompilerFacts().of(file)?.target).toBe(target);
	});

	test('gives include folders, definitions and the target', () => {
		write(
			JSON.stringify([
				{
					directory: join(folder, 'build'),
					file: '../src/a.c',
					arguments: [
						'cc',
						'-I../include',
						'-isystem',
						'sys',
						'-DNAME',
						'-D',
						'N=2',
						'--target=i686-w64-mingw32',
						'../src/a.c',
					],
				},
			]),
		);
		expect(new CompilerFacts().of(file)).toEqual({
			includePath: [join(folder, 'include'), join(folder, 'build/sys')],
			defines: ['NAME', 'N=2'],
			forced: [],
			target: 'x86',
		});
	});

	test('splits a command as a shell does', () => {
		write(
			JSON.stringify([
				{ directory: folder, file: 'src/a.c', command: `cl.exe "/Iwith space" /DTEXT=\\"x\\" '-DQ=a b' -m64 src/a.c` },
			]),
		);
		expect(new CompilerFacts().of(file)).toEqual({
			includePath: [join(folder, 'with space')],
			defines: ['TEXT="x"', 'Q=a b'],
			forced: [],
			target: 'x64',
		});
	});

	test('serves headers with the flags of their folder, and is read again when it changes', () => {
		const commands = new CompilerFacts();
		const entry = (define: string) =>
			JSON.stringify([{ directory: folder, file: 'src/a.c', arguments: ['cc', `-D${define}`] }]);
		write(entry('ONE'));
		const before = commands.of(join(folder, 'src/b.h'))?.defines;
		write(entry('TWO'));
		commands.forget();
		expect([before, commands.of(join(folder, 'src/b.h'))?.defines]).toEqual([['ONE'], ['TWO']]);
	});

	test.each(['', '{', 'null', '[1, null, {}]', '{"file": "src/a.c"}', '[{"file": 3, "arguments": "x"}]'])(
		'%j is as good as none',
		(content) => {
			write(content);
			expect(new CompilerFacts().of(file)).toBeUndefined();
		},
	);
});
