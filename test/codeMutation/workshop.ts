/** A copy of the project in which code is changed and tests are run. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	cpSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Entry } from './journal.ts';
import type { Switches } from './switching.ts';

const root = resolve(import.meta.dirname, '../..');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
/** The compiler; what is merely left over is no mistake. */
const tsc = [
	join(root, 'node_modules/typescript/bin/tsc'),
	...['--pretty', 'false'],
	...['--noUnusedLocals', 'false', '--noUnusedParameters', 'false', '--allowUnreachableCode', 'true'],
];

const FOLDERS = ['test/unit', 'test/catalog', 'test/protocol', 'test/runner'];

/** Tests of the sources as texts, of other tools than the product, and of what is packed: they run no changed code. */
const OTHERS = new RegExp(
	`^(?:${[
		'boundaries|delivery|familySources|floor|prose|pure|ratchet|regular|repository|texts|walkthrough',
		'bench|codeMutation|grammars|packages|peers|site\\.',
	].join('|')})`,
);

/** Tests that take long or start processes of their own: they cannot run once for each change. */
const SLOW = /^(?:cli|edits|endurance|fuzz|golden|hostileInputs|linearTexts|shapes)/;

/** Arguments that run test files whole. */
const fresh = (...names: readonly string[]) => ['--config', 'test/codeMutation/fresh.config.ts', ...names];

/** What hangs is ended after so many milliseconds, and as many times what it takes otherwise. */
const PATIENCE = { least: 180_000, times: 20 };

/** A test file, and the changes that it comes to. */
export interface TestFile {
	readonly name: string;
	readonly milliseconds: number;
	readonly changes: ReadonlySet<number>;
}

interface Outcome {
	readonly testResults: readonly {
		readonly name: string;
		readonly status: string;
		readonly startTime: number;
		readonly endTime: number;
	}[];
}

export class Workshop {
	readonly folder = mkdtempSync(join(tmpdir(), 'ioctl-lens-mutation-'));
	readonly #journal = join(this.folder, 'journal.jsonl');

	/** Copies what is under version control, and shares what is installed. */
	constructor() {
		const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
		for (const name of listed.toString().split('\0'))
			if (name && existsSync(join(root, name))) cpSync(join(root, name), join(this.folder, name));
		symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
	}

	read(file: string): string {
		return readFileSync(join(this.folder, file), 'utf8');
	}

	/**
	 * Which of some changed sources are no program for the compiler: their indices. Each stands beside the file as it is,
	 * and so does a copy without any change: classes with private members are other ones there.
	 */
	async refused(sources: readonly { readonly file: string; readonly text: string }[]): Promise<ReadonlySet<number>> {
		const copyOf = (file: string, name: string | number): string => file.replace(/\.ts$/, `.copy-${name}.ts`);
		const copies = new Map(sources.map(({ file }) => [copyOf(file, 'same'), this.read(file)]));
		for (const [i, { file, text }] of sources.entries()) copies.set(copyOf(file, i), text);
		for (const [name, text] of copies) writeFileSync(join(this.folder, name), text);
		const { output } = await this.#run(tsc);
		for (const name of copies.keys()) rmSync(join(this.folder, name));
		const errors = new Map<string, number>();
		for (const [, name = ''] of output.matchAll(/^(.*?)\(\d+,\d+\): error /gm))
			errors.set(name, (errors.get(name) ?? 0) + 1);
		const isRefused = ({ file }: { readonly file: string }, i: number): boolean =>
			(errors.get(copyOf(file, i)) ?? 0) > (errors.get(copyOf(file, 'same')) ?? 0);
		return new Set([...sources.keys()].filter((i) => isRefused(sources[i] ?? { file: '' }, i)));
	}

	/** Changes sources, and builds what tests start. */
	async change(texts: Readonly<Record<string, string>>): Promise<void> {
		for (const [file, text] of Object.entries(texts)) writeFileSync(join(this.folder, file), text);
		if (!(await this.#run(['esbuild.mjs'])).ok) throw new Error('The changed sources cannot be built.');
	}

	/** Tries each change with those tests that can run often. What hangs is noticed. */
	async tryQuickTests(): Promise<ReadonlySet<number>> {
		const tests = readdirSync(join(this.folder, 'test/unit')).filter(
			(name) => name.endsWith('.test.ts') && !OTHERS.test(name) && !SLOW.test(name),
		);
		writeFileSync(this.#journal, '');
		const env = { IOCTL_LENS_JOURNAL: this.#journal, IOCTL_LENS_TESTS: tests.join() };
		for (;;) {
			const isDone = await this.#passes(['--config', 'test/codeMutation/vitest.config.ts'], env);
			const entries = this.#entries();
			const last = entries.at(-1);
			if (isDone) return new Set(entries.flatMap((entry) => (entry.kind === 'noticed' ? entry.change : [])));
			if (last?.kind !== 'try') throw new Error(`The tests cannot be run behind ${JSON.stringify(last)}.`);
			writeFileSync(this.#journal, `${JSON.stringify({ ...last, kind: 'hung' })}\n`, { flag: 'a' });
		}
	}

	#entries(): Entry[] {
		return readFileSync(this.#journal, 'utf8')
			.split('\n')
			.flatMap((line): Entry[] => (line ? [JSON.parse(line)] : []));
	}

	/** Runs all tests as things are, or the quick ones: what they come to, and those that do not pass. */
	async survey(isQuick: boolean): Promise<{ readonly tests: readonly TestFile[]; readonly failed: readonly string[] }> {
		const [visits, result] = [join(this.folder, 'visits.txt'), join(this.folder, 'result.json')];
		writeFileSync(visits, '');
		const names = (isQuick ? ['test/unit'] : FOLDERS).flatMap((folder) =>
			readdirSync(join(this.folder, folder))
				.filter((name) => name.endsWith('.test.ts') && !OTHERS.test(name) && !(isQuick && SLOW.test(name)))
				.map((name) => join(folder, name)),
		);
		await this.#passes([...fresh(...names), '--reporter=json', `--outputFile.json=${result}`], {
			IOCTL_LENS_VISITS: visits,
		});
		const changes = new Map<string, Set<number>>();
		for (const line of readFileSync(visits, 'utf8').split('\n')) {
			const [change, name = ''] = line.split(' ');
			if (name) changes.set(name, (changes.get(name) ?? new Set()).add(Number(change)));
		}
		const { testResults }: Outcome = JSON.parse(readFileSync(result, 'utf8'));
		const tests = testResults.map(({ name: path, status, startTime, endTime }) => {
			const name = relative(this.folder, path);
			return { name, status, milliseconds: endTime - startTime, changes: changes.get(name) ?? new Set<number>() };
		});
		return {
			tests: tests.filter(({ status }) => status === 'passed').sort((a, b) => a.milliseconds - b.milliseconds),
			failed: tests.filter(({ status }) => status !== 'passed').map(({ name }) => name),
		};
	}

	/** Does a test file fail, read anew, when some changes are made? */
	async fails({ name, milliseconds }: TestFile, changes: readonly number[]): Promise<boolean> {
		const limit = PATIENCE.least + PATIENCE.times * milliseconds;
		return !(await this.#passes([...fresh(name), '--bail', '1'], { IOCTL_LENS_CHANGES: changes.join() }, limit));
	}

	async #passes(args: readonly string[], env: Switches, limit?: number): Promise<boolean> {
		const preload = pathToFileURL(join(this.folder, 'test/codeMutation/preload.ts'));
		return (await this.#run([vitest, 'run', ...args], { ...env, NODE_OPTIONS: `--import=${preload}` }, limit)).ok;
	}

	/** @param limit milliseconds, after which it does not end well. */
	async #run(args: readonly string[], env: Switches = {}, limit?: number): Promise<{ ok: boolean; output: string }> {
		const child = spawn(process.execPath, args, {
			cwd: this.folder,
			stdio: ['ignore', 'pipe', 'ignore'],
			env: { ...process.env, ...env },
			// A group of its own, so that what hangs ends with it.
			detached: process.platform !== 'win32',
		});
		let output = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			output += text;
		});
		const stop = () => {
			if (child.pid === undefined) return;
			if (process.platform === 'win32') child.kill('SIGKILL');
			else process.kill(-child.pid, 'SIGKILL');
		};
		const late = limit === undefined ? undefined : setTimeout(stop, limit);
		const [status] = await once(child, 'close');
		clearTimeout(late);
		return { ok: status === 0, output };
	}

	dispose(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
