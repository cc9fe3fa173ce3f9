/** Checks one file after the other, in this thread or in several. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Checker } from '../check/check.ts';
import { problemText } from '../check/problem.ts';
import { CompileCommands, type CompileFlags } from '../node/compileCommands.ts';
import { diskProject } from '../node/diskProject.ts';
import { nodeEngine } from '../node/engine.ts';
import type { CallRecord, ReportedFinding } from '../report/format.ts';
import { recordsOf } from '../report/records.ts';
import type { Settings } from '../settings.ts';

/** A file to check. */
export interface Task {
	/** Absolute path. */
	readonly path: string;
	/** Its name in the report. */
	readonly name: string;
	readonly text: string;
}

/** What one file gave; `failure` says why it could not be checked. */
export type Outcome =
	| { readonly calls: readonly CallRecord[]; readonly findings: readonly ReportedFinding[] }
	| { readonly failure: string };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Checks files one at a time. A file that the analysis cannot cope with has no effect on the others. */
export class Inspector {
	readonly #settings: Settings;
	readonly #checker: Checker;

	constructor(settings: Settings) {
		this.#settings = settings;
		const flags = flagsOf(new CompileCommands());
		this.#checker = new Checker(
			nodeEngine(import.meta.dirname),
			diskProject({
				includePath: (file) => [...settings.includePath, ...(flags(file)?.includePath ?? [])],
				defines: (file) => flags(file)?.defines ?? [],
				target: (file) => flags(file)?.target,
			}),
			{
				// Signals are served between parts of a text.
				pause: () => new Promise((resolve) => setImmediate(resolve)),
				onProblem: (problem) => console.error(`ioctl-lens: ${problemText(problem)}`),
			},
		);
	}

	async inspect({ path, name, text }: Task): Promise<Outcome> {
		try {
			const result = await this.#checker.check({ name: path, text }, this.#settings);
			// Only a check that was cancelled has no result.
			return result ? recordsOf(name, text, result, sha256) : { failure: 'could not be analysed: cancelled' };
		} catch (error) {
			return { failure: `could not be analysed: ${error instanceof Error ? error.message : error}` };
		}
	}

	dispose(): void {
		this.#checker.dispose();
	}
}

/** Looks for each file's flags once: a run is short, and every included file asks for them again. */
function flagsOf(commands: CompileCommands): (file: string) => CompileFlags | undefined {
	const known = new Map<string, CompileFlags | undefined>();
	return (file) => {
		if (!known.has(file)) known.set(file, commands.flags(file));
		return known.get(file);
	};
}

/** Fewer files for each thread are checked sooner than a further thread is up. */
const FILES_PER_THREAD = 16;

/** Checks files in up to `jobs` threads, which stay until `end`. */
export class Inspectors {
	readonly #settings: Settings;
	readonly #jobs: number;
	readonly #threads: Thread[] = [];
	#own: Inspector | undefined;

	constructor(settings: Settings, jobs: number) {
		this.#settings = settings;
		this.#jobs = jobs;
	}

	/** Starts the threads that so many files call for, before the files are all known. */
	prepare(files: number): void {
		const wanted = Math.min(this.#jobs, Math.ceil(files / FILES_PER_THREAD));
		if (this.#jobs > 1) while (this.#threads.length < wanted) this.#threads.push(new Thread(this.#settings));
	}

	/** The outcomes are in the order of the files, whoever was first. */
	async inspect(tasks: readonly Task[]): Promise<Outcome[]> {
		const outcomes: Outcome[] = new Array(tasks.length);
		if (tasks.length > FILES_PER_THREAD) this.prepare(tasks.length);
		if (this.#threads.length === 0) {
			this.#own ??= new Inspector(this.#settings);
			for (const [at, task] of tasks.entries()) outcomes[at] = await this.#own.inspect(task);
			return outcomes;
		}
		// The longest first: a long one begun last would be waited for alone.
		const queue = [...tasks.entries()].sort(([, a], [, b]) => b.text.length - a.text.length).values();
		const work = async (at: number): Promise<void> => {
			for (const [index, task] of queue) {
				let thread = this.#threads[at];
				if (!thread?.alive) this.#threads[at] = thread = new Thread(this.#settings);
				outcomes[index] = await thread.inspect(task);
			}
		};
		await Promise.all(this.#threads.map((_, at) => work(at)));
		return outcomes;
	}

	/** Ends the threads. */
	async end(): Promise<void> {
		this.#own?.dispose();
		await Promise.all(this.#threads.map((thread) => thread.end()));
	}
}

/** An `Inspector` in a thread of its own. */
class Thread {
	readonly #worker: Worker;
	#settle: ((outcome: Outcome) => void) | undefined;
	alive = true;

	constructor(settings: Settings) {
		// The bundle is one file; among the sources the entry is a folder up, and `serve` below runs in both.
		const bundled = import.meta.filename.endsWith('.cjs');
		const script = bundled ? import.meta.filename : join(import.meta.dirname, '..', 'node', 'cli.ts');
		this.#worker = new Worker(script, { workerData: settings });
		this.#worker.on('message', (outcome: Outcome) => this.#settle?.(outcome));
		this.#worker.on('error', (error) => this.#died(error.message));
		this.#worker.on('exit', () => this.#died('its thread ended'));
	}

	#died(why: string): void {
		this.alive = false;
		this.#settle?.({ failure: `could not be analysed: ${why}` });
	}

	inspect(task: Task): Promise<Outcome> {
		return new Promise((settle) => {
			this.#settle = settle;
			this.#worker.postMessage(task);
		});
	}

	async end(): Promise<void> {
		await this.#worker.terminate();
	}
}
