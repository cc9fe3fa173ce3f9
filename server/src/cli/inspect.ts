/** Checks one file after the other, in this thread or in several. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { IoctlCall } from '../calls/model.ts';
import { Checker } from '../check/check.ts';
import type { Project } from '../check/headers.ts';
import { problemText } from '../check/problem.ts';
import { CompilerFacts } from '../node/compiler/compilerFacts.ts';
import { unwatched } from '../node/disk.ts';
import { diskProject } from '../node/diskProject.ts';
import { nodeEngine } from '../node/engine.ts';
import { type Seen, type Sightings, watcher } from '../node/sightings.ts';
import type { CallRecord, ReportedFinding } from '../report/format.ts';
import { Records } from '../report/records.ts';
import { DEFAULTS, type Settings } from '../settings.ts';
import { collectSooner } from './collectSooner.ts';
import { sha256, type Trace, TracedProject } from './trace.ts';

/** A file to check. */
export interface Task {
	/** Absolute path. */
	readonly path: string;
	/** Its name in the report. */
	readonly name: string;
	/** Its name in its repository, whatever folder the run starts in. */
	readonly identity: string;
	readonly text: string;
	readonly settings: Settings;
	/** What was read besides the text is wanted as well. */
	readonly isTraced?: boolean;
}

/** What one file gave; `failure` says why it could not be checked. */
export type Outcome = (Found & { readonly trace?: Trace }) | { readonly failure: string };

export interface Found {
	readonly calls: readonly CallRecord[];
	readonly findings: readonly ReportedFinding[];
	/** Those that comments silence. */
	readonly silenced?: readonly ReportedFinding[];
}

/**
 * Where the files that sources include are found.
 * @param settings of a source, by its path.
 * @param textOf what stands for the text of a header, where that is not the text itself.
 */
export function projectFor(
	settings: (path: string) => Settings,
	textOf?: (path: string) => string | undefined,
): Project {
	const compiler = new CompilerFacts((file) => settings(file).compileCommands);
	return diskProject({
		includePath: (document) => settings(document).includePath,
		compiler: (file) => compiler.of(file),
		...(textOf ? { textOf } : {}),
	});
}

/** A task on its way to a thread, which is sent the same settings once. */
export interface PostedTask extends Omit<Task, 'settings'> {
	/** Number of the settings; they come along the first time. */
	readonly of: number;
	readonly settings?: Settings;
	/** Somebody watches what is seen of the disk. */
	readonly watched?: Pick<Sightings, 'since' | 'own'>;
}

/** What a thread answers. */
export type Answer = Outcome & { readonly seen?: Seen };

/** What a thread was sent. */
export class Received {
	readonly #settings = new Map<number, Settings>();

	/** The task, with the same object for the same settings. */
	take({ of, settings = this.#settings.get(of) ?? DEFAULTS, watched: _, ...task }: PostedTask): Task {
		this.#settings.set(of, settings);
		return { ...task, settings };
	}
}

/** In a file of more UTF-16 units memory counts for more than time. */
const LARGE_TEXT = 2 * 1024 * 1024;

/** Checks files one at a time. A file that the analysis cannot cope with has no effect on the others. */
export class Inspector {
	#checker: Checker | undefined;
	readonly #plain = projectFor(() => this.#settings);
	readonly #traced = new TracedProject(this.#plain);
	/** Those of the file under check. */
	#settings = DEFAULTS;
	#hasProblem = false;

	/** Of a run either all files are traced or none is: a trace costs a digest of every header that is looked for. */
	#checkerFor(isTraced: boolean): Checker {
		this.#checker ??= new Checker(nodeEngine(import.meta.dirname), isTraced ? this.#traced : this.#plain, {
			// Signals are served between parts of a text.
			pause: () => new Promise((resolve) => setImmediate(resolve)),
			onProblem: (problem) => {
				// Whoever tells the result again could not tell this.
				unwatched();
				this.#hasProblem = true;
				console.error(`ioctl-lens: ${problemText(problem)}`);
			},
		});
		return this.#checker;
	}

	async inspect({ path, name, identity, text, settings, isTraced = false }: Task): Promise<Outcome> {
		this.#settings = settings;
		this.#hasProblem = false;
		if (text.length > LARGE_TEXT) collectSooner();
		try {
			const records = new Records(name, text);
			const take = (call: IoctlCall) => records.add(call);
			const result = await this.#checkerFor(isTraced).checkOnce({ name: path, text }, this.#settings, take);
			// Only a check that was cancelled has no result.
			if (!result) return { failure: 'could not be analysed: cancelled' };
			const found = records.of(result, sha256, identity);
			return isTraced && !this.#hasProblem ? { ...found, trace: await this.#traced.traceOf(path) } : found;
		} catch (error) {
			return { failure: `could not be analysed: ${error instanceof Error ? error.message : error}` };
		}
	}

	dispose(): void {
		this.#checker?.dispose();
	}
}

/** So few files are checked sooner than a thread is up. */
const FEWEST_FOR_THREADS = 16;

/**
 * Text that waits for each thread before there is one more, in UTF-16 units: until a thread is up and warm, and has read
 * the headers that another one has read already, that one has checked about as much.
 */
const MOST_FOR_THREAD = 2 * 1024 * 1024;

interface Waiting {
	readonly task: Task;
	readonly settle: (outcome: Outcome) => void;
}

/** Checks files in up to `jobs` threads, which stay until `end`. */
export class Inspectors {
	readonly #jobs: number;
	readonly #threads: Thread[] = [];
	/** The longest last, which is next: a long one begun late would be waited for alone. */
	readonly #waiting: Waiting[] = [];
	#waitingText = 0;
	#own: Inspector | undefined;

	constructor(jobs: number) {
		this.#jobs = jobs;
	}

	/** Starts a thread before there is work for it, so that it loads meanwhile. */
	prepare(): void {
		if (this.#jobs > 1 && this.#threads.length === 0) this.#threads.push(new Thread());
	}

	/** Resolves when somebody has checked the file: at once in threads, otherwise not before `work`. */
	inspect(task: Task): Promise<Outcome> {
		return new Promise((settle) => {
			const { length } = task.text;
			const at = this.#waiting.findIndex((other) => other.task.text.length > length);
			this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, { task, settle });
			this.#waitingText += length;
			if (this.#waiting.length > FEWEST_FOR_THREADS) this.prepare();
			const { length: threads } = this.#threads;
			const isMuch = this.#waitingText > threads * MOST_FOR_THREAD;
			if (threads > 0 && threads < this.#jobs && isMuch) this.#threads.push(new Thread());
			for (const thread of this.#threads) if (!thread.busy) void this.#serve(thread);
		});
	}

	#next(): Waiting | undefined {
		const next = this.#waiting.pop();
		this.#waitingText -= next?.task.text.length ?? 0;
		return next;
	}

	async #serve(thread: Thread): Promise<void> {
		thread.busy = true;
		for (let next = this.#next(); next; next = this.#next()) next.settle(await thread.inspect(next.task));
		thread.busy = false;
	}

	/** Checks what waits, where there are no threads to do so. */
	async work(): Promise<void> {
		if (this.#threads.length > 0) return;
		this.#own ??= new Inspector();
		for (let next = this.#next(); next; next = this.#next()) next.settle(await this.#own.inspect(next.task));
	}

	/** Ends the threads. */
	async end(): Promise<void> {
		this.#own?.dispose();
		await Promise.all(this.#threads.map((thread) => thread.end()));
	}
}

/** An `Inspector` in a thread of its own; another takes its place when it dies. */
class Thread {
	#worker: Worker;
	#settle: ((outcome: Outcome) => void) | undefined;
	/** Numbers of the settings that the worker has. */
	readonly #sent = new Map<Settings, number>();
	busy = false;

	constructor() {
		this.#worker = this.#start();
	}

	#start(): Worker {
		// The bundles are beside each other; among the sources the entry is a folder up.
		const bundled = import.meta.filename.endsWith('.cjs');
		const script = join(import.meta.dirname, ...(bundled ? ['inspector.cjs'] : ['..', 'node', 'inspector.ts']));
		const worker = new Worker(script);
		worker.on('message', ({ seen, ...outcome }: Answer) => {
			if (seen) watcher()?.join(seen);
			this.#settle?.(outcome);
		});
		worker.on('error', (error) => this.#died(worker, error.message));
		worker.on('exit', () => this.#died(worker, 'its thread ended'));
		return worker;
	}

	#alive = true;

	#died(worker: Worker, why: string): void {
		if (worker !== this.#worker) return;
		this.#alive = false;
		this.#settle?.({ failure: `could not be analysed: ${why}` });
	}

	inspect(task: Task): Promise<Outcome> {
		if (!this.#alive) {
			this.#worker = this.#start();
			this.#sent.clear();
			this.#alive = true;
		}
		return new Promise((settle) => {
			this.#settle = settle;
			this.#worker.postMessage(this.#posted(task));
		});
	}

	#posted({ settings, ...task }: Task): PostedTask {
		const { since, own } = watcher() ?? {};
		const watched = since === undefined || own === undefined ? {} : { watched: { since, own } };
		const known = this.#sent.get(settings);
		if (known !== undefined) return { ...task, ...watched, of: known };
		const of = this.#sent.size;
		this.#sent.set(settings, of);
		return { ...task, ...watched, of, settings };
	}

	async end(): Promise<void> {
		await this.#worker.terminate();
	}
}
