/** C compilers for Windows and the header sets that the catalog is held against, as far as this machine has them. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export type Width = 'x86' | 'x64';

const COMPILERS: Readonly<Record<Width, { readonly triple: string; readonly debian: string }>> = {
	x86: { triple: 'i686-w64-mingw32', debian: 'gcc-mingw-w64-i686' },
	x64: { triple: 'x86_64-w64-mingw32', debian: 'gcc-mingw-w64-x86-64' },
};

export interface HeaderSet {
	readonly name: string;
	readonly target: Width;
	readonly triple: string;
	/** Options that select the headers. */
	readonly flags: readonly string[];
	/** `#include` lines; what a set lacks is left out by `__has_include`. */
	readonly prelude: readonly string[];
	/** Judges only what the set before it does not know. */
	readonly fallback: boolean;
}

const include = (header: string) => [`#if __has_include(<${header}>)`, `#include <${header}>`, '#endif'];

/** The headers in an order that compiles; what follows `winsock2.h` needs it. */
const USER = [
	'initguid.h',
	'winsock2.h',
	'ws2tcpip.h',
	'ws2ipdef.h',
	'mswsock.h',
	'mswsockdef.h',
	'mstcpip.h',
	'ws2bth.h',
	'ws2atm.h',
	'af_irda.h',
	'afunix.h',
	'qos.h',
	'qossp.h',
	'ws2spi.h',
	'netioapi.h',
	'stdint.h',
	'stddef.h',
	'stdbool.h',
	'uchar.h',
	'errno.h',
];

// Wine's driver headers need these first; the status codes come from one header only.
const WINE_KERNEL = ['stdarg.h', 'ntstatus.h', '!WIN32_NO_STATUS', 'windef.h', 'winbase.h', 'winternl.h'];

const lines = (headers: readonly string[]) =>
	headers.flatMap((h) => (h.startsWith('!') ? [`#define ${h.slice(1)}`] : include(h)));

const VERSIONS = {
	now: ['-D_WIN32_WINNT=0x0A00', '-DNTDDI_VERSION=0x0A000010'],
	// Two codes exist in old versions only; the headers hide them from newer ones.
	old: ['-D_WIN32_WINNT=0x0502'],
};

const WINE_FOLDERS = ['/usr/include/wine/wine', '/usr/include/wine-development/wine', '/usr/include/wine'];

const runs = (command: string, args: readonly string[]): Promise<boolean> =>
	new Promise((resolve) => execFile(command, args, (error) => resolve(!error)));

export interface Sources {
	readonly sets: readonly HeaderSet[];
	/** Debian packages that would bring what is not here. */
	readonly absent: readonly string[];
}

/** Every header set that can be compiled on this machine. */
export async function headerSets(): Promise<Sources> {
	const sets: HeaderSet[] = [];
	const absent: string[] = [];
	const wine = WINE_FOLDERS.find((folder) => existsSync(join(folder, 'windows/winsock2.h')));
	if (!wine) absent.push('libwine-dev');
	for (const target of ['x86', 'x64'] as const) {
		const { triple, debian } = COMPILERS[target];
		if (!(await runs(`${triple}-gcc`, ['--version']))) {
			absent.push(debian);
			continue;
		}
		const common = { target, triple };
		const user = lines(USER);
		sets.push({ ...common, name: 'mingw-w64', flags: VERSIONS.now, prelude: user, fallback: false });
		sets.push({ ...common, name: 'mingw-w64 for Windows XP', flags: VERSIONS.old, prelude: user, fallback: true });
		if (!wine) continue;
		const folders = ['windows', 'msvcrt'].flatMap((f) => ['-isystem', join(wine, f)]);
		sets.push({
			...common,
			name: 'Wine',
			flags: ['-nostdinc', ...folders, ...VERSIONS.now],
			prelude: lines([...WINE_KERNEL, ...USER, 'ddk/wdm.h', 'ddk/wsk.h']),
			fallback: false,
		});
	}
	return { sets, absent };
}

/** Errors of one compilation, by line of the source (from 1); line 0 collects those of other files. */
export type Errors = ReadonlyMap<number, string>;

/** A folder that lives as long as `use` runs. */
async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), 'ioctl-lens-headers-'));
	try {
		return await use(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

// The compiler's `long double` is wider than Microsoft's unless told so.
const DIALECT = ['-std=gnu11', '-fms-extensions', '-mms-bitfields', '-mlong-double-64', '-w'];

interface Run {
	readonly failed: boolean;
	readonly stdout: string;
	readonly stderr: string;
}

const run = (set: HeaderSet, args: readonly string[], cwd: string): Promise<Run> =>
	new Promise((resolve) => {
		const options = { cwd, maxBuffer: 256 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } };
		execFile(`${set.triple}-gcc`, [...DIALECT, ...set.flags, ...args], options, (error, stdout, stderr) =>
			resolve({ failed: error !== null, stdout, stderr }),
		);
	});

async function gcc(set: HeaderSet, args: readonly string[], cwd: string): Promise<Errors> {
	const { failed, stderr } = await run(set, args, cwd);
	const errors = new Map<number, string>();
	for (const [, file, line, text] of stderr.matchAll(/^([^\s:]+):(\d+):\d+: (?:fatal )?error: (.*)$/gm)) {
		const at = file === 'claims.c' ? Number(line) : 0;
		if (!errors.has(at)) errors.set(at, `${at === 0 ? `${file}:${line}: ` : ''}${text}`);
	}
	if (failed && errors.size === 0) throw new Error(`${set.triple}-gcc failed:\n${stderr}`);
	return errors;
}

/** The headers of each set, read by the compiler once: reading them takes longer than anything that is asked of them. */
const precompiled = new Map<HeaderSet, Promise<string>>();
const made: string[] = [];
afterAll(() => {
	for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** The line that includes all headers of a set. */
function headersOf(set: HeaderSet): Promise<string> {
	const known = precompiled.get(set) ?? precompile(set);
	precompiled.set(set, known);
	return known;
}

async function precompile(set: HeaderSet): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'ioctl-lens-headers-'));
	made.push(folder);
	writeFileSync(join(folder, 'prelude.h'), [...set.prelude, ''].join('\n'));
	const { failed, stderr } = await run(set, ['-x', 'c-header', 'prelude.h', '-o', 'prelude.h.gch'], folder);
	if (failed) throw new Error(`${set.name} ${set.target}: the headers do not compile:\n${stderr}`);
	return `#include "${join(folder, 'prelude.h')}"`;
}

/** Every identifier in the headers and every macro that they define. What is not among them cannot compile. */
export function identifiers(set: HeaderSet): Promise<ReadonlySet<string>> {
	const known = found.get(set) ?? findIdentifiers(set);
	found.set(set, known);
	return known;
}

/** Reading all headers takes a second or two for each set. */
const found = new Map<HeaderSet, Promise<ReadonlySet<string>>>();

const findIdentifiers = (set: HeaderSet): Promise<ReadonlySet<string>> =>
	inFolder(async (folder) => {
		writeFileSync(join(folder, 'claims.c'), [...set.prelude, ''].join('\n'));
		const { failed, stdout, stderr } = await run(set, ['-E', '-P', '-dD', 'claims.c'], folder);
		if (failed) throw new Error(`${set.name} ${set.target}: the headers do not compile:\n${stderr}`);
		return new Set(stdout.match(/[A-Za-z_]\w*/g));
	});

/**
 * Compiles statements, one a line, after the headers of `set`. The errors' keys are indexes into `statements`;
 * an error in a header or in the prelude throws, because then nothing else can be believed.
 */
export const compile = (set: HeaderSet, statements: readonly string[]): Promise<Errors> =>
	inFolder(async (folder) => {
		// The compiler reports an unknown name once a function: each statement gets its own.
		const functions = statements.map((statement, i) => `void claim${i}(void) { ${statement} }`);
		writeFileSync(join(folder, 'claims.c'), [await headersOf(set), ...functions, ''].join('\n'));
		const errors = await gcc(set, ['-fsyntax-only', 'claims.c'], folder);
		const byIndex = new Map<number, string>();
		for (const [line, text] of errors) {
			const index = line - 2;
			if (index < 0) throw new Error(`${set.name} ${set.target}: the headers do not compile: ${text}`);
			byIndex.set(index, text);
		}
		return byIndex;
	});

/** Room for one object in `objectBytes`. */
export const SLOT = 64;

/** The bytes of initialised constants, `SLOT` bytes each (the object, then zeros), as the compiler lays them out. */
export const objectBytes = (
	set: HeaderSet,
	objects: readonly { readonly type: string; readonly initialiser: string }[],
): Promise<readonly Uint8Array[]> =>
	inFolder(async (folder) => {
		const members = objects.map((o, i) => `union { ${o.type} v; unsigned char room[${SLOT}]; } m${i};`);
		const values = objects.map((o, i) => `.m${i} = { .v = ${o.initialiser} },`);
		const source = [
			await headersOf(set),
			...objects.map((o) => `_Static_assert(sizeof(${o.type}) <= ${SLOT}, "too large");`),
			`const struct { ${members.join(' ')} } claims __attribute__((section(".claims"), used)) = {`,
			...values,
			'};',
			'',
		];
		writeFileSync(join(folder, 'claims.c'), source.join('\n'));
		const errors = await gcc(set, ['-c', 'claims.c', '-o', 'claims.o'], folder);
		if (errors.size > 0) throw new Error(`${set.name} ${set.target}: ${[...errors.values()].join('\n')}`);
		const copy = ['-O', 'binary', '-j', '.claims', 'claims.o', 'claims.bin'].map((a) =>
			a.startsWith('claims.') ? join(folder, a) : a,
		);
		if (!(await runs(`${set.triple}-objcopy`, copy))) throw new Error(`${set.triple}-objcopy failed`);
		const bytes = readFileSync(join(folder, 'claims.bin'));
		return objects.map((_, i) => new Uint8Array(bytes.subarray(i * SLOT, (i + 1) * SLOT)));
	});
