/**
 * What compilers and analysers find of the same mistakes. Usage: npm run peers
 * Prints a table of Markdown. A mistake counts as found where a tool says anything at all in its function. The tools are
 * those of Debian (gcc-mingw-w64-x86-64, clang, clang-tidy, cppcheck); one that is absent is left out.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const file = join(import.meta.dirname, 'mistakes.c');

interface Tool {
	readonly name: string;
	readonly command: string;
	readonly args: readonly string[];
	readonly version: readonly string[];
}

const forWindows = '--target=x86_64-w64-mingw32';

function tools(folder: string): Tool[] {
	const object = join(folder, 'object.o');
	return [
		{
			name: 'GCC, `-Wall -Wextra -fanalyzer`',
			command: 'x86_64-w64-mingw32-gcc',
			args: ['-c', '-O2', '-Wall', '-Wextra', '-fanalyzer', file, '-o', object],
			version: ['--version'],
		},
		{
			name: 'Clang, `-Wall -Wextra`',
			command: 'clang',
			args: [forWindows, '-fsyntax-only', '-Wall', '-Wextra', file],
			version: ['--version'],
		},
		{
			name: 'clang-tidy, `clang-analyzer-*,bugprone-*,cert-*`',
			command: 'clang-tidy',
			args: ['--quiet', '--checks=clang-analyzer-*,bugprone-*,cert-*', file, '--', forWindows],
			version: ['--version'],
		},
		{
			name: 'Cppcheck, `--enable=warning,portability --inconclusive --library=windows`',
			command: 'cppcheck',
			args: ['--enable=warning,portability', '--inconclusive', '--library=windows', '--platform=win64', file],
			version: ['--version'],
		},
		{
			name: '**IOCTL Lens**',
			command: process.execPath,
			args: [join(root, 'server/src/node/cli.ts'), 'check', file],
			version: [join(root, 'server/src/node/cli.ts'), '--version'],
		},
	];
}

/** First and last line of each function of the file. */
function functions(text: string): { first: number; last: number }[] {
	const found: { first: number; last: number }[] = [];
	let first = 0;
	for (const [index, line] of text.split('\n').entries()) {
		if (line === '{') first = index;
		if (line === '}') found.push({ first, last: index + 1 });
	}
	return found;
}

function row({ name, command, args, version }: Tool, places: readonly { first: number; last: number }[]): string {
	const { stdout: told, error } = spawnSync(command, version, { encoding: 'utf8' });
	if (error) return '';
	const number = /(?<=^|[ )])\d+(?:\.\d+)*/.exec(told)?.[0] ?? '';
	const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
	const lines = Array.from(`${stdout}\n${stderr}`.matchAll(/mistakes\.c:(\d+):\d+: (?:error|warning)/g), ([, n]) =>
		Number(n),
	);
	const found = places.filter(({ first, last }) => lines.some((line) => line >= first && line <= last)).length;
	return `| ${name} | ${number} | ${found} of ${places.length} |\n`;
}

const folder = mkdtempSync(join(tmpdir(), 'ioctl-lens-peers-'));
try {
	const places = functions(readFileSync(file, 'utf8'));
	const rows = tools(folder).map((tool) => row(tool, places));
	process.stdout.write(`| | version | found |\n|---|---|---|\n${rows.join('')}`);
} finally {
	rmSync(folder, { recursive: true, force: true });
}
