/** A whole run is told again where everything is as it was, and never where it is not. */
import fs, {
	appendFileSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { readParts, writeParts } from '../../server/src/cli/cacheFile.ts';
import { type KeptRun, replayed } from '../../server/src/cli/replay.ts';
import { findSources } from '../../server/src/node/files.ts';
import { readRegularFile } from '../../server/src/node/regularFile.ts';
import { keptOf, seenAgain } from '../../server/src/node/seenAgain.ts';
import { Sightings, watch } from '../../server/src/node/sightings.ts';
import { formats } from '../../server/src/report/index.generated.ts';
import { RIGHT, runCli, temporaryFolder, WRONG } from '../support/cli.ts';

/** What an earlier run would say to these words; undefined where it is not asked. */
function again(folder: string, args: readonly string[]) {
	let out = '';
	let err = '';
	const at = {
		folder,
		environment: {},
		terminal: false,
		out: (text: string) => {
			out += text;
		},
		err: (text: string) => {
			err += text;
		},
	};
	const status = replayed(args, at);
	return status === undefined ? undefined : { status, out, err };
}

const check = ['check', '.', '--format', 'json', '--jobs', '1', '--cache'];

/** Runs with the cache, which gives what a run without it gives; tells the findings, and whether they were known. */
async function run(folder: string, args: readonly string[] = check) {
	const known = again(folder, args);
	const plain = await runCli(
		folder,
		args.filter((arg) => arg !== '--cache'),
	);
	expect(await runCli(folder, args)).toEqual(plain);
	if (known) expect(known).toEqual(plain);
	expect(again(folder, args)).toEqual(plain);
	const findings = JSON.parse(plain.out).findings.map((f: { file: string; line: number }) => `${f.file}:${f.line}`);
	return { isKnown: known !== undefined, findings };
}

/** A file of the same length. */
const same = (text: string, length: number): string => text.padEnd(length);

const owned = WRONG.replace('SIO_KEEPALIVE_VALS', 'OWN');
const OWN = same('#define OWN SIO_KEEPALIVE_VALS\n', 40);
const OTHER = same('#define OWN SIO_RCVALL\n', 40);

/** Its marks keep what stands in the system's folder for such things out of the tests. */
const tree = {
	'.git/HEAD': 'ref: refs/heads/main\n',
	'.gitignore': 'out/\n',
	'.ioctl-lens.json': '{}',
	'compile_commands.json': '[]',
	'src/a.c': `#include "own.defs"\n${owned}`,
	'src/own.defs': OWN,
	'src/none.c': `#include "later.defs"\n${owned.replace('OWN', 'LATER')}`,
	'src/b.c': same(RIGHT, 300),
	'src/plain.c': 'int x;',
	'out/c.c': WRONG,
};

/** What is done to a tree, what is found then, and that it is not known before. */
const changes: readonly (readonly [string, (folder: string) => void, readonly string[]])[] = [
	['a source', (at) => appendFileSync(join(at, 'src/plain.c'), WRONG), ['src/a.c:2', 'src/plain.c:1']],
	['a header', (at) => writeFileSync(join(at, 'src/own.defs'), OTHER), []],
	[
		'a header where none was',
		(at) => writeFileSync(join(at, 'src/later.defs'), '#define LATER SIO_KEEPALIVE_VALS\n'),
		['src/a.c:2', 'src/none.c:2'],
	],
	[
		'a header whose name differs in capital letters',
		(at) => writeFileSync(join(at, 'src/Later.DEFS'), '#define LATER SIO_KEEPALIVE_VALS\n'),
		['src/a.c:2', 'src/none.c:2'],
	],
	['a setting', (at) => writeFileSync(join(at, '.ioctl-lens.json'), '{ "rules": { "input-too-small": "off" } }'), []],
	['a setting where none was', (at) => writeFileSync(join(at, 'src/.ioctl-lens.json'), '{ "exclude": ["a.c"] }'), []],
	[
		'a definition of the build',
		(at) =>
			writeFileSync(
				join(at, 'compile_commands.json'),
				JSON.stringify([{ directory: at, file: 'src/none.c', command: 'cc -DLATER=SIO_KEEPALIVE_VALS src/none.c' }]),
			),
		['src/a.c:2', 'src/none.c:2'],
	],
	[
		'a build where none was',
		(at) => {
			mkdirSync(join(at, 'build'));
			const commands = [{ directory: at, file: 'src/none.c', command: 'cc -DLATER=SIO_KEEPALIVE_VALS src/none.c' }];
			writeFileSync(join(at, 'build/compile_commands.json'), JSON.stringify(commands));
		},
		['src/a.c:2', 'src/none.c:2'],
	],
	['a file', (at) => writeFileSync(join(at, 'src/new.c'), WRONG), ['src/a.c:2', 'src/new.c:1']],
	['a file that goes', (at) => rmSync(join(at, 'src/a.c')), []],
	['a file of another name', (at) => renameSync(join(at, 'src/a.c'), join(at, 'src/z.c')), ['src/z.c:2']],
	['what is ignored', (at) => writeFileSync(join(at, '.gitignore'), ''), ['out/c.c:1', 'src/a.c:2']],
	['what is ignored in a folder', (at) => writeFileSync(join(at, 'src/.gitignore'), 'a.c'), []],
	[
		'a file that keeps its size and date',
		(at) => {
			const path = join(at, 'src/b.c');
			const { atime, mtime } = statSync(path);
			writeFileSync(path, same(WRONG, 300));
			utimesSync(path, atime, mtime);
		},
		['src/a.c:2', 'src/b.c:1'],
	],
];

describe('of files that have long been as they are', () => {
	const folders = new Map<string, string>();

	const root = realpathSync(mkdtempSync(join(tmpdir(), 'ioctl-lens-')));

	afterAll(() => rmSync(root, { recursive: true }));

	beforeAll(async () => {
		for (const [number, what] of [...changes.map(([name]) => name), 'reading'].entries()) {
			const folder = join(root, String(number));
			folders.set(what, folder);
			for (const [name, text] of Object.entries(tree)) {
				mkdirSync(dirname(join(folder, name)), { recursive: true });
				writeFileSync(join(folder, name), text);
			}
		}
		// So that their dates say enough.
		await new Promise((resolve) => setTimeout(resolve, 2100));
	});

	test.each(changes)('%s makes another result', async (what, change, findings) => {
		const folder = folders.get(what) ?? '';
		expect(await run(folder)).toEqual({ isKnown: false, findings: ['src/a.c:2'] });
		expect(await run(folder)).toEqual({ isKnown: true, findings: ['src/a.c:2'] });
		const { seen }: KeptRun = JSON.parse(partOf(folder, (name) => name.startsWith('run ')));
		expect(seen.files.flat()).toContain('own.defs');
		change(folder);
		expect(await run(folder)).toEqual({ isKnown: false, findings });
		expect(await run(folder)).toEqual({ isKnown: true, findings });
	});

	test('none but the changed ones is read again', async () => {
		const folder = folders.get('reading') ?? '';
		const opened = async (args: readonly string[]): Promise<string[]> => {
			const spy = vi.spyOn(fs, 'openSync');
			syncBuiltinESMExports();
			await runCli(folder, args);
			const tried = spy.mock.calls.map(([path]) => String(path)).filter((path) => /\.(?:c|defs)$/.test(path));
			spy.mockRestore();
			syncBuiltinESMExports();
			// What is not there is looked for.
			const names = [...new Set(tried.filter((path) => fs.existsSync(path)))];
			return names.map((path) => relative(folder, path)).sort();
		};
		const all = ['src/a.c', 'src/b.c', 'src/none.c', 'src/own.defs', 'src/plain.c'];
		expect(await opened(check)).toEqual(expect.arrayContaining(all));
		writeFileSync(join(folder, 'src/plain.c'), 'int y;');
		expect(await opened(check)).toEqual(['src/plain.c']);
		expect(await opened(check)).toEqual(['src/plain.c']);
		writeFileSync(join(folder, 'src/own.defs'), OTHER);
		expect(await opened(check)).toEqual(['src/a.c', 'src/own.defs', 'src/plain.c']);
	});
});

function partOf(folder: string, isWanted: (name: string) => boolean): string {
	const parts = readParts(join(folder, '.ioctl-lens.cache'));
	return parts.text(parts.names.find(isWanted) ?? '') ?? '';
}

describe('of files that have just been written', () => {
	test.each(changes)('%s makes another result', async (_, change, findings) => {
		const folder = temporaryFolder(tree);
		await run(folder);
		expect(await run(folder)).toEqual({ isKnown: true, findings: ['src/a.c:2'] });
		change(folder);
		expect(await run(folder)).toEqual({ isKnown: false, findings });
	});
});

describe('what is seen', () => {
	test('is kept by stamps where it is old, and by content where it is new', () => {
		const folder = temporaryFolder({ 'a.c': 'int x;' });
		const path = join(folder, 'a.c');
		const { mtimeNs } = statSync(path, { bigint: true });
		const look = (since: bigint) => {
			const sightings = new Sightings(since, 'k');
			watch(sightings);
			findSources(['.'], folder);
			readRegularFile(path, 100);
			watch(undefined);
			const kept = keptOf(sightings);
			if (!kept) throw new Error('not kept');
			return kept;
		};
		const old = look(mtimeNs + 3_000_000_000n);
		expect(old.files).toEqual([[folder, 'a.c']]);
		const fresh = look(mtimeNs + 1_000_000_000n);
		expect(fresh.files).toEqual([]);
		expect(fresh.answers.map(([key]) => key)).toContain(`bytes 100 ${path}`);
		for (const kept of [old, fresh]) expect(seenAgain(kept, 'k', () => undefined)).toEqual({});
		// What the program itself writes is no change, and whatever else is there is one.
		writeFileSync(join(folder, 'k'), '');
		for (const kept of [old, fresh]) expect(seenAgain(kept, 'k', () => undefined)).toEqual({});
		writeFileSync(path, 'int y;');
		for (const kept of [old, fresh]) expect(seenAgain(kept, 'k', () => undefined)).toBe(undefined);
	});

	test('is kept by stamps as soon as they say enough', () => {
		const names = Array.from({ length: 20 }, (_, i) => `f${i}.c`);
		const folder = temporaryFolder(Object.fromEntries(names.map((name) => [name, 'int x;'])));
		const sightings = new Sightings(0n, 'k');
		watch(sightings);
		for (const path of findSources(['.'], folder).files) readRegularFile(path, 100);
		watch(undefined);
		const kept = keptOf(sightings);
		expect(kept?.files).toEqual([]);
		const later = (): bigint => BigInt(Date.now() + 3000) * 1_000_000n;
		const { renewed } = (kept && seenAgain(kept, 'k', later)) ?? {};
		expect(renewed?.files.map(([, ...all]) => all.sort())).toEqual([names.sort()]);
		expect(renewed && seenAgain(renewed, 'k', later)).toEqual({});
		writeFileSync(join(folder, 'f7.c'), 'int y;');
		expect(renewed && seenAgain(renewed, 'k', later)).toBe(undefined);
	});

	test('in two ways is not kept', () => {
		const folder = temporaryFolder({ 'a.c': 'int x;' });
		const sightings = new Sightings(0n, 'k');
		watch(sightings);
		onTestFinished(() => watch(undefined));
		readRegularFile(join(folder, 'a.c'), 100);
		writeFileSync(join(folder, 'a.c'), 'int y;');
		readRegularFile(join(folder, 'a.c'), 100);
		expect(keptOf(sightings)).toBe(undefined);
	});
});

describe('a run', () => {
	test.each(formats.map(({ id }) => id))(
		'gives the same bytes as %s, with and without what is silenced',
		async (format) => {
			const silenced = `// ioctl-lens-ignore-next-line input-too-small\n${WRONG}`;
			const folder = temporaryFolder({ '.git/HEAD': '', 'a.c': WRONG, 'b.c': silenced, 'c.c': '\0' });
			const more = format === 'sarif' ? [[], ['--show-silenced']] : [[], ['--statistics']];
			for (const each of more) {
				const args = ['check', '.', '--format', format, ...each];
				const plain = await runCli(folder, args);
				for (const _ of [1, 2]) expect(await runCli(folder, [...args, '--cache'])).toEqual(plain);
				expect(again(folder, [...args, '--cache'])).toEqual(plain);
				// One file after the other as well, where something else has changed.
				writeFileSync(join(folder, `d${each.length}.c`), '');
				const changed = await runCli(folder, args);
				expect(await runCli(folder, [...args, '--cache'])).toEqual(changed);
			}
		},
	);

	test('is one of its own for each command line, folder and kind of terminal', async () => {
		const folder = temporaryFolder({ '.git/HEAD': '', 'a.c': WRONG, 'b/b.c': RIGHT });
		await runCli(folder, check);
		expect(again(folder, check)?.status).toBe(1);
		expect(again(folder, ['check', '.', '--rule', 'input-too-small=off', '--cache'])).toBe(undefined);
		expect(again(folder, [...check, '--quiet'])).toBe(undefined);
		expect(again(join(folder, 'b'), ['check', '.', '--cache', '../.ioctl-lens.cache'])).toBe(undefined);
		const at = {
			folder,
			environment: { FORCE_COLOR: '1' },
			terminal: false,
			out: () => undefined,
			err: () => undefined,
		};
		expect(replayed(check, at)).toBe(undefined);
		expect(replayed(check, { ...at, environment: {} })).toBe(1);
		expect(replayed(check, { ...at, environment: {}, terminal: true })).toBe(undefined);
	});

	test('writes again what it has written, where the user says so', async () => {
		const folder = temporaryFolder({ '.git/HEAD': '', 'a.c': WRONG, 'out/r.json': '' });
		const args = [...check, '--output', 'out/r.json'];
		await runCli(folder, args);
		const text = readFileSync(join(folder, 'out/r.json'), 'utf8');
		writeFileSync(join(folder, 'out/r.json'), '');
		expect(again(folder, args)).toEqual({ status: 1, out: '', err: '' });
		expect(readFileSync(join(folder, 'out/r.json'), 'utf8')).toBe(text);
	});

	test('sees a baseline', async () => {
		const folder = temporaryFolder({ '.git/HEAD': '', 'a.c': WRONG });
		const args = [...check, '--baseline', 'known.json'];
		expect(await runCli(folder, args)).toMatchObject({ status: 2 });
		expect(again(folder, args)?.status).toBe(2);
		await runCli(folder, ['check', '.', '--baseline', 'known.json', '--update-baseline']);
		expect(again(folder, args)).toBe(undefined);
		expect(await runCli(folder, args)).toMatchObject({ status: 0 });
		expect(again(folder, args)?.status).toBe(0);
		rmSync(join(folder, 'known.json'));
		expect(again(folder, args)).toBe(undefined);
	});

	test('that does more than tell is done each time', async () => {
		const folder = temporaryFolder({ '.git/HEAD': '', 'a.c': WRONG, list: 'a.c\n' });
		for (const more of [
			['--baseline', 'b.json', '--update-baseline'],
			['--files-from', '-'],
		]) {
			await runCli(folder, [...check, ...more], { input: 'a.c\n' });
			expect(again(folder, [...check, ...more])).toBe(undefined);
		}
		await runCli(folder, [...check, '--files-from', 'list']);
		expect(again(folder, [...check, '--files-from', 'list'])?.status).toBe(1);
		writeFileSync(join(folder, 'list'), '');
		expect(again(folder, [...check, '--files-from', 'list'])).toBe(undefined);
	});

	test('is told neither by a broken cache nor by one that reaches further than it may', async () => {
		const folder = temporaryFolder({ '.git/HEAD': '', 'a.c': WRONG });
		await runCli(folder, check);
		const file = join(folder, '.ioctl-lens.cache');
		const whole = readFileSync(file);
		const parts = readParts(file);
		const name = parts.names.find((each) => each.startsWith('run ')) ?? '';
		const kept: KeptRun = JSON.parse(parts.text(name) ?? '');
		const bad: readonly Partial<KeptRun>[] = [
			{ files: [[join(folder, 'victim'), 'text']] },
			{ out: '\x1b]0;title\x07' },
			{ seen: { ...kept.seen, answers: [['kind 0 //host/share', 'file']] } },
			{ seen: { ...kept.seen, answers: [['odd 0 /', 'file']] } },
			{ seen: { ...kept.seen, folders: [[folder, '', 'odd', '']] } },
		];
		for (const each of bad) {
			writeParts(file, [[name, JSON.stringify({ ...kept, ...each })]]);
			expect(again(folder, check)).toBe(undefined);
		}
		expect(() => statSync(join(folder, 'victim'))).toThrow();
		writeParts(file, [[name, JSON.stringify(kept)]]);
		expect(again(folder, check)?.status).toBe(1);
		writeFileSync(file, whole.subarray(0, whole.length / 2));
		expect(again(folder, check)).toBe(undefined);
		expect(again(folder, ['check', '.'])).toBe(undefined);
	});
});
