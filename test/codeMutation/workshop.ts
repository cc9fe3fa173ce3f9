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
import { join, resolve } from 'node:path';
import type { Entry } from './journal.ts';

const root = resolve(import.meta.dirname, '../..');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');

/** Tests that take long, need what is not installed everywhere, or look at the sources themselves. */
const LEFT_OUT = new RegExp(
	`^(?:${[
		'bench|cli|codeMutation|edits|endurance|fuzz|golden|grammars|hostileInputs|linearTexts|packages|peers|shapes|vsix',
		'boundaries|delivery|familySources|floor|prose|pure|ratchet|regular|texts|walkthrough',
	].join('|')})`,
);

/** What hangs is ended after so many milliseconds, and as many more for each test file. */
const PATIENCE = 120_000;

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

	/** Calls something while files have other texts. */
	async #during<T>(texts: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
		const were = Object.keys(texts).map((file) => [file, this.read(file)] as const);
		for (const [file, text] of Object.entries(texts)) writeFileSync(join(this.folder, file), text);
		try {
			return await work();
		} finally {
			for (const [file, text] of were) writeFileSync(join(this.folder, file), text);
		}
	}

	/** Tries all changes that sources can switch to. What hangs is noticed. */
	async tryAll(switched: Readonly<Record<string, string>>): Promise<readonly Entry[]> {
		const tests = readdirSync(join(this.folder, 'test/unit')).filter(
			(name) => name.endsWith('.test.ts') && !LEFT_OUT.test(name),
		);
		writeFileSync(this.#journal, '');
		const env = { IOCTL_LENS_JOURNAL: this.#journal, IOCTL_LENS_TESTS: tests.join() };
		return this.#during(switched, async () => {
			for (;;) {
				const isDone = await this.#passes(['--config', 'test/codeMutation/vitest.config.ts'], undefined, env);
				const entries = this.#entries();
				const last = entries.at(-1);
				if (isDone) return entries;
				if (last?.kind !== 'try') throw new Error(`The tests cannot be run behind ${JSON.stringify(last)}.`);
				const { file, change } = last;
				writeFileSync(this.#journal, `${JSON.stringify({ kind: 'noticed', file, change })}\n`, { flag: 'a' });
			}
		});
	}

	#entries(): Entry[] {
		return readFileSync(this.#journal, 'utf8')
			.split('\n')
			.flatMap((line): Entry[] => (line ? [JSON.parse(line)] : []));
	}

	/** Does some test notice that a file has another text, when everything is read anew? */
	async notices(file: string, text: string, tests: readonly string[]): Promise<boolean> {
		const paths = tests.map((name) => `test/unit/${name}`);
		const limit = PATIENCE * (1 + paths.length);
		return this.#during({ [file]: text }, async () => !(await this.#passes(['--bail', '1', ...paths], limit)));
	}

	/** @param limit milliseconds, after which they do not pass. */
	async #passes(args: readonly string[], limit?: number, env: NodeJS.ProcessEnv = {}): Promise<boolean> {
		const child = spawn(process.execPath, [vitest, 'run', ...args], {
			cwd: this.folder,
			stdio: 'ignore',
			env: { ...process.env, ...env },
			// A group of its own, so that what hangs ends with it.
			detached: process.platform !== 'win32',
		});
		const stop = () => {
			if (child.pid === undefined) return;
			if (process.platform === 'win32') child.kill('SIGKILL');
			else process.kill(-child.pid, 'SIGKILL');
		};
		const late = limit === undefined ? undefined : setTimeout(stop, limit);
		const [status] = await once(child, 'close');
		clearTimeout(late);
		return status === 0;
	}

	dispose(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
