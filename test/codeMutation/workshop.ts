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
import { basename, join, resolve } from 'node:path';
import type { Visit } from './probes.ts';

export const root = resolve(import.meta.dirname, '../..');

/** Tests that take long, need what is not installed everywhere, or look at the sources themselves. */
const LEFT_OUT = new RegExp(
	`^(?:${[
		'bench|cli|codeMutation|edits|endurance|fuzz|golden|grammars|hostileInputs|linearTexts|packages|peers|shapes|vsix',
		'boundaries|delivery|familySources|floor|prose|pure|ratchet|regular|texts|walkthrough',
	].join('|')})`,
);

export class Workshop {
	readonly folder = mkdtempSync(join(tmpdir(), 'ioctl-lens-mutation-'));

	/** Copies what is under version control, and shares what is installed. */
	constructor() {
		const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
		for (const name of listed.toString().split('\0'))
			if (name && existsSync(join(root, name))) cpSync(join(root, name), join(this.folder, name));
		symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
	}

	/** Names of the test files that can notice something. */
	get tests(): readonly string[] {
		return readdirSync(join(this.folder, 'test/unit')).filter(
			(name) => name.endsWith('.test.ts') && !LEFT_OUT.test(name),
		);
	}

	/** Calls something while files have other texts; they are as they were afterwards. */
	async during<T>(texts: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
		for (const [file, text] of Object.entries(texts)) writeFileSync(join(this.folder, file), text);
		try {
			return await work();
		} finally {
			for (const file of Object.keys(texts)) cpSync(join(root, file), join(this.folder, file));
		}
	}

	/**
	 * Do some test files pass? They run in the order given, until one does not.
	 * @param limit milliseconds: what takes longer does not pass.
	 */
	async passes(tests: readonly string[], limit: number, environment: Readonly<Record<string, string>> = {}) {
		const vitest = join(root, 'node_modules/vitest/vitest.mjs');
		const files = tests.map((name) => `test/unit/${name}`);
		const child = spawn(
			process.execPath,
			[vitest, 'run', '--bail', '1', '--config', 'test/codeMutation/vitest.config.ts', ...files],
			{
				cwd: this.folder,
				stdio: 'ignore',
				env: { ...process.env, ...environment, IOCTL_LENS_ORDER: tests.join() },
				// A group of its own, so that what hangs ends with it.
				detached: process.platform !== 'win32',
			},
		);
		const stop = () => {
			if (child.pid === undefined) return;
			if (process.platform === 'win32') child.kill('SIGKILL');
			else process.kill(-child.pid, 'SIGKILL');
		};
		const late = setTimeout(stop, limit);
		const [status] = await once(child, 'close');
		clearTimeout(late);
		return status === 0;
	}

	/** What each test file comes to, of files with probes in them; the quickest first. @throws when one fails. */
	async visits(probed: Readonly<Record<string, string>>): Promise<readonly Visit[]> {
		const path = join(this.folder, 'visits.jsonl');
		const isFine = await this.during(probed, () => this.passes(this.tests, 3_600_000, { IOCTL_LENS_VISITS: path }));
		if (!isFine) throw new Error('The tests do not pass as they are.');
		return readFileSync(path, 'utf8')
			.trimEnd()
			.split('\n')
			.map((line): Visit => JSON.parse(line))
			.map((visit) => ({ ...visit, file: basename(visit.file) }))
			.sort((a, b) => a.time - b.time);
	}

	dispose(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
