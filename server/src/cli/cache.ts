/**
 * What files gave in an earlier run. An answer is good while everything that it was made of is the same: the program, the
 * settings, the text, what the compiler's command line says of it, and what each look for an included file finds, also
 * where it found nothing. A file that has the stamp that it had is not read for that.
 */
import type { Project } from '../check/headers.ts';
import { headerText } from '../node/diskProject.ts';
import { NotRegular } from '../node/regularFile.ts';
import { isSameStamp, type Sightings, type Stamp, stampAt } from '../node/sightings.ts';
import type { Settings } from '../settings.ts';
import { NO_PARTS, NoCache, type Parts, readParts, writeParts } from './cacheFile.ts';
import { type Found, projectFor, type Task } from './inspect.ts';
import { type KeptRun, otherRuns } from './replay.ts';
import { givenFor, sha256, type Trace } from './trace.ts';

interface Entry extends Found {
	readonly trace: Trace;
}

/** Codes of one's own make settings long, and many files have the same. */
const digests = new WeakMap<Settings, string>();

function digestOf(settings: Settings): string {
	const digest = digests.get(settings) ?? sha256(JSON.stringify(settings));
	digests.set(settings, digest);
	return digest;
}

/** What is known of a file by its stamp. */
interface KnownFile {
	readonly stamp: readonly string[];
	/** Digest of its text where it is a source that may hold calls. */
	readonly source?: string;
	/** What it was read with where it can hold none. */
	readonly without?: string;
	/** Digest of its text as a header's. */
	readonly header?: string;
}

type Noted = Omit<KnownFile, 'stamp'>;

/** What is asked of the cache. */
export type Question = Omit<Task, 'text'>;

/** The answers of one file on disk. */
export class ResultCache {
	readonly #path: string;
	readonly #project: Project;
	readonly #sightings: Sightings;
	/** What every answer depends on. */
	readonly #common: string;
	readonly #onProblem: (message: string) => void;
	readonly #parts: Parts;
	readonly #entries: Readonly<Record<string, Entry>>;
	readonly #files: ReadonlyMap<string, KnownFile>;
	/** What this run has used or made; the rest is dropped. */
	readonly #used: Record<string, Entry> = Object.create(null);
	readonly #sources = new Map<string, Noted>();
	readonly #headers = new Map<string, string | undefined>();

	/**
	 * @param program what tells one version of it from another.
	 * @param settings of a source, by its path.
	 * @param sightings told of what is believed, and asked what can be.
	 * @param onProblem told why answers cannot be read or kept; everything is checked then.
	 */
	constructor(
		path: string,
		program: string,
		settings: (path: string) => Settings,
		sightings: Sightings,
		onProblem: (message: string) => void,
	) {
		this.#path = path;
		this.#project = projectFor(settings, (header) => this.#header(header));
		this.#sightings = sightings;
		this.#common = program;
		this.#onProblem = onProblem;
		this.#parts = this.#attempt(() => readParts(path)) ?? NO_PARTS;
		this.#entries = this.#attempt(() => JSON.parse(this.#parts.text('entries') ?? '{}')) ?? {};
		this.#files = new Map(this.#attempt(() => JSON.parse(this.#parts.text('files') ?? '[]')) ?? []);
	}

	#attempt<T>(read: () => T): T | undefined {
		try {
			return read();
		} catch (error) {
			const { code, message } = error as NodeJS.ErrnoException;
			let why = `cannot be read: ${code ?? message}`;
			if (error instanceof NoCache) why = 'not a whole cache';
			if (error instanceof NotRegular) why = 'not a file';
			if (code !== 'ENOENT') this.#onProblem(`${this.#path}: ${why}; everything is checked`);
			return undefined;
		}
	}

	/** There is something that may be good. */
	get isFilled(): boolean {
		return Object.keys(this.#entries).length > 0;
	}

	/** What is known of a file that has the stamp that it had. */
	#known(path: string): KnownFile | undefined {
		const known = this.#files.get(path);
		const stamp = known && stampAt(path);
		if (!stamp || !isSameStamp(stamp, known.stamp.map(BigInt) as unknown as Stamp)) return undefined;
		this.#sightings.content('', path, stamp, () => '');
		return known;
	}

	/** A source as it was read before; `text` is the digest of its text where it may hold calls. Undefined where it has changed. */
	source(path: string, settings: Settings): { readonly text?: string } | undefined {
		const known = this.#known(path);
		if (known?.source !== undefined) {
			this.#sources.set(path, { source: known.source });
			return { text: known.source };
		}
		const without = this.#reading(settings);
		if (known?.without !== without) return undefined;
		this.#sources.set(path, { without });
		return {};
	}

	/** A source was read. @param text undefined where it can hold no call. */
	note(path: string, settings: Settings, text: string | undefined): void {
		this.#sources.set(path, text === undefined ? { without: this.#reading(settings) } : { source: sha256(text) });
	}

	#reading = (settings: Settings): string => sha256(JSON.stringify([this.#common, digestOf(settings)]));

	#header(path: string): string | undefined {
		if (this.#headers.has(path)) return this.#headers.get(path);
		const known = this.#known(path)?.header;
		const text = known === undefined ? headerText(path) : undefined;
		const sum = known ?? (text === undefined ? undefined : sha256(text));
		this.#headers.set(path, sum);
		return sum;
	}

	#keyOf({ path, name, identity, settings }: Question, text: string): string {
		return sha256(JSON.stringify([this.#common, digestOf(settings), path, name, identity, text]));
	}

	/** What a file gave, where nothing that it depends on has changed. @param text the digest of its text */
	async get(question: Question, text: string): Promise<Found | undefined> {
		const key = this.#keyOf(question, text);
		const entry = Object.hasOwn(this.#entries, key) ? this.#entries[key] : undefined;
		if (!entry || !(await this.#isGood(question.path, entry.trace))) return undefined;
		this.#used[key] = entry;
		return entry;
	}

	async #isGood(path: string, { looks, given }: Trace): Promise<boolean> {
		if (given !== (await givenFor(this.#project, path))) return false;
		for (const { name, quoted, from, found } of looks) {
			const file = await this.#project.include(name, quoted, from, path);
			if (found !== (file ? `${file.text} ${file.path}` : '')) return false;
		}
		return true;
	}

	put(task: Task, { calls, findings, silenced }: Found, trace: Trace): void {
		const entry = { calls, findings, ...(silenced ? { silenced } : {}), trace };
		this.#used[this.#keyOf(task, sha256(task.text))] = entry;
	}

	/** Writes what this run has come to. @param run the whole of it, where it can be told again, and its name. */
	save(run?: readonly [name: string, run: KeptRun]): void {
		const entries = { ...this.#used };
		try {
			const others = this.#attempt(() => otherRuns(this.#parts, run?.[0] ?? '')) ?? [];
			writeParts(this.#path, [
				...(run ? [[run[0], JSON.stringify(run[1])] as const] : []),
				...others,
				['files', JSON.stringify(this.#noted())],
				['entries', JSON.stringify(entries)],
			]);
		} catch (error) {
			this.#onProblem(`${this.#path}: cannot be written: ${(error as NodeJS.ErrnoException).code ?? error}`);
		}
	}

	/** What a later run may believe of files that have the same stamps. */
	#noted(): (readonly [path: string, KnownFile])[] {
		const noted = new Map<string, Noted>(this.#sources);
		for (const { trace } of Object.values(this.#used))
			for (const { found } of trace.looks) {
				const at = found.indexOf(' ');
				if (at > 0) noted.set(found.slice(at + 1), { ...noted.get(found.slice(at + 1)), header: found.slice(0, at) });
			}
		return [...noted].flatMap(([path, file]) => {
			const stamp = this.#sightings.stamps.get(path);
			return stamp ? [[path, { stamp: stamp.map(String), ...file }]] : [];
		});
	}
}
