/** Checks one file after the other, in this thread or in several. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Checker } from '../check/check.ts';
import { problemText } from '../check/judge.ts';
import { CompileCommands } from '../node/compileCommands.ts';
import { nodeEngine } from '../node/engine.ts';
import { diskProject } from '../node/project.ts';
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

/** Checks files one at a time. A file that the analysis cannot cope with has no effect on the others. */
export class Inspector {
	readonly #settings: Settings;
	readonly #checker: Checker;

	constructor(settings: Settings) {
		this.#settings = settings;
		const commands = new CompileCommands();
		this.#checker = new Checker(
			nodeEngine(import.meta.dirname),
			diskProject({
				includePath: (file) => [...settings.includePath, ...(commands.flags(file)?.includePath ?? [])],
				defines: (file) => commands.flags(file)?.defines ?? [],
				target: (file) => commands.flags(file)?.target,
			}),
			(problem) => console.error(`ioctl-lens: ${problemText(problem)}`),
		);
	}

	async inspect({ path, name, text }: Task): Promise<Outcome> {
		try {
			const result = await this.#checker.check({ name: path, text }, this.#settings);
			return recordsOf(name, text, result!);
		} catch (error) {
			return { failure: `could not be analysed: ${error instanceof Error ? error.message : error}` };
		}
	}

	dispose(): void {
		this.#checker.dispose();
	}
}

/** Fewer files for each thread are checked sooner than a further thread is up. */
const FILES_PER_THREAD = 16;

/** Checks files in up to `jobs` threads. The outcomes are in the order of the files, whoever was first. */
export async function inspectAll(tasks: readonly Task[], settings: Settings, jobs: number): Promise<Outcome[]> {
	const threads = Math.min(jobs, Math.ceil(tasks.length / FILES_PER_THREAD));
	const outcomes: Outcome[] = new Array(tasks.length);
	if (threads <= 1) {
		const inspector = new Inspector(settings);
		for (const [at, task] of tasks.entries()) outcomes[at] = await inspector.inspect(task);
		inspector.dispose();
		return outcomes;
	}
	const queue = tasks.entries();
	await Promise.all(
		Array.from({ length: threads }, async () => {
			let thread = new Thread(settings);
			for (const [at, task] of queue) {
				outcomes[at] = await thread.inspect(task);
				if (!thread.alive) thread = new Thread(settings);
			}
			await thread.end();
		}),
	);
	return outcomes;
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
