/** Reads files, and has those checked of which no earlier run knows what they gave. */
import { Catalog } from '../catalog/catalog.ts';
import { mayHoldCalls } from '../check/prefilter.ts';
import { languageOf } from '../languages/languageOf.ts';
import { displayPath, SourceReaders, type Sources } from '../node/files.ts';
import type { Settings } from '../settings.ts';
import type { Skipped } from '../workspace/skipped.ts';
import type { Question, ResultCache } from './cache.ts';
import type { Inspectors, Outcome, Task } from './inspect.ts';
import { type CheckRequest, identities } from './request.ts';
import { sha256 } from './trace.ts';

/** Source text that waits to be checked at a time, in UTF-16 units. */
const MOST_WAITING = 32 * 1024 * 1024;

/** Files read between two looks at signals and at what the threads have done. */
const STRETCH = 64;

/** Files that are called so are read first: those that take longest to check are among them more often than not. */
const PROMISING = /sock|ioctl|wsa/i;

/** What became of a file; nothing for one without a call. */
type Became = Skipped | Outcome | undefined;

/** Reads files one after the other. */
export class Reading {
	readonly #sources: Sources;
	readonly #request: CheckRequest;
	readonly #inspectors: Inspectors;
	readonly #outcomes: Became[];
	readonly #readers = new SourceReaders(Catalog.builtin);
	readonly #identify: (path: string) => string;
	#waiting: Promise<void>[] = [];
	/** Questions to the cache. */
	#asked: Promise<void>[] = [];
	/** Text that waits, in UTF-16 units. */
	#held = 0;

	constructor(sources: Sources, request: CheckRequest, inspectors: Inspectors) {
		this.#sources = sources;
		this.#request = request;
		this.#inspectors = inspectors;
		this.#identify = identities(request);
		this.#outcomes = new Array(sources.files.length);
	}

	/** What became of each file, in their order. */
	async all(): Promise<readonly Became[]> {
		const { files } = this.#sources;
		const numbers = files.map((_, at) => at);
		const isPromising = (at: number): boolean => PROMISING.test(files[at] ?? '');
		const order = [...numbers.filter(isPromising), ...numbers.filter((at) => !isPromising(at))];
		for (const [number, at] of order.entries()) {
			if (number % STRETCH === STRETCH - 1) {
				await new Promise((resolve) => setImmediate(resolve));
				this.#request.onProgress?.(number + 1, files.length);
			}
			this.#take(at);
			if (this.#held > MOST_WAITING) await this.#finish();
		}
		await this.#finish();
		return this.#outcomes;
	}

	async #finish(): Promise<void> {
		// An answer may lead to another question.
		while (this.#asked.length > 0) await Promise.all(this.#asked.splice(0));
		await this.#inspectors.work();
		await Promise.all(this.#waiting);
		this.#waiting = [];
	}

	/** The cache, where what is on the disk decides about a file. */
	#cacheFor(path: string): ResultCache | undefined {
		const { input, cache } = this.#request;
		return input || this.#sources.raw.has(path) ? undefined : cache;
	}

	/** Takes a file as it was, where it is so still; else reads it. */
	#take(at: number): void {
		const path = this.#sources.files[at] ?? '';
		const settings = this.#request.configurations.of(path);
		const cache = this.#cacheFor(path);
		const known = cache?.source(path, settings);
		if (!cache || !known) this.#read(at, path, settings);
		else if (known.text !== undefined)
			this.#asked.push(this.#again(at, known.text, this.#question(path, settings), cache));
	}

	async #again(at: number, text: string, question: Question, cache: ResultCache): Promise<void> {
		const found = await cache.get(question, text);
		if (found) this.#outcomes[at] = found;
		else this.#read(at, question.path, question.settings);
	}

	/** What is asked about a file, whatever its text. */
	#question(path: string, settings: Settings): Question {
		const { folder, cache } = this.#request;
		return { path, name: displayPath(path, folder), identity: this.#identify(path), settings, isTraced: !!cache };
	}

	#read(at: number, path: string, settings: Settings): void {
		const { input } = this.#request;
		const reader = this.#readers.of(settings);
		const result = input ? reader.take(path, input) : reader.read(path, this.#sources.raw.get(path));
		if (result && 'reason' in result) {
			this.#outcomes[at] = result;
			return;
		}
		const text = result?.text;
		const mayHold =
			text !== undefined && mayHoldCalls(text, Catalog.builtin, settings, languageOf(path, undefined, text));
		this.#cacheFor(path)?.note(path, settings, mayHold ? text : undefined);
		if (mayHold) this.#inspect(at, { ...this.#question(path, settings), text });
	}

	#inspect(at: number, task: Task): void {
		const { cache } = this.#request;
		this.#held += task.text.length;
		const settle = (outcome: Outcome): void => {
			this.#held -= task.text.length;
			this.#outcomes[at] = outcome;
			if ('trace' in outcome && outcome.trace) cache?.put(task, outcome, outcome.trace);
		};
		const inspect = (): void => {
			this.#waiting.push(this.#inspectors.inspect(task).then(settle));
		};
		if (!cache) inspect();
		else this.#asked.push(cache.get(task, sha256(task.text)).then((known) => (known ? settle(known) : inspect())));
	}
}
