/**
 * What files gave in an earlier run. An answer is good while everything that it was made of is the same: the program, the
 * settings, the text, what the compiler's command line says of it, and what each look for an included file finds, also
 * where it found nothing. All of that is looked at again, so that no date of a file is believed.
 */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Project } from '../check/headers.ts';
import type { Found, Task } from './inspect.ts';

/** Grows when the file gets another form. */
const FORMAT_VERSION = 1;

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

/** One look for an included file, and what was there. */
interface Look {
	readonly name: string;
	readonly quoted: boolean;
	readonly from: string;
	readonly found: string;
}

/** What was read besides a file's own text. */
export interface Trace {
	readonly looks: readonly Look[];
	/** Of the compiler's command line. */
	readonly given: string;
}

const nameOf = (file: { readonly path: string; readonly text: string } | undefined): string =>
	file ? `${sha256(file.text)} ${file.path}` : '';

async function givenFor(project: Project, path: string): Promise<string> {
	return JSON.stringify([(await project.predefined?.(path)) ?? null, project.target?.(path) ?? null]);
}

/** A project that remembers what was looked for. */
export class TracedProject implements Project {
	readonly #project: Project;
	/** By the file that includes, and then by what it asked for. */
	readonly #looks = new Map<string, Map<string, { readonly look: Look; readonly path: string | undefined }>>();

	constructor(project: Project) {
		this.#project = project;
	}

	readonly include: Project['include'] = async (name, quoted, from, document = from) => {
		const file = await this.#project.include(name, quoted, from, document);
		const key = this.#keyOf(from, document);
		const ofFile = this.#looks.get(key) ?? new Map();
		this.#looks.set(key, ofFile);
		ofFile.set(`${quoted}${name}`, { look: { name, quoted, from, found: nameOf(file) }, path: file?.path });
		return file;
	};

	readonly predefined = async (file: string): Promise<string | undefined> => this.#project.predefined?.(file);

	readonly places = (document: string): string => this.#project.places?.(document) ?? '';

	/** Of a header, as of documents that share it. */
	#keyOf(from: string, document: string): string {
		return `${from}\n${this.places(document)}`;
	}

	readonly target: NonNullable<Project['target']> = (file) => this.#project.target?.(file);

	/** What a file and those that it includes have asked for. */
	async traceOf(path: string): Promise<Trace> {
		const looks: Look[] = [];
		const files = new Set([path]);
		// What is added while it is walked is walked as well.
		for (const file of files)
			for (const { look, path: found } of this.#looks.get(this.#keyOf(file, path))?.values() ?? []) {
				looks.push(look);
				if (found !== undefined) files.add(found);
			}
		return { looks, given: await givenFor(this.#project, path) };
	}
}

interface Entry extends Found {
	readonly trace: Trace;
}

/** Codes of one's own make settings long, and many files have the same. */
const digests = new WeakMap<Task['settings'], string>();

function digestOf(settings: Task['settings']): string {
	const digest = digests.get(settings) ?? sha256(JSON.stringify(settings));
	digests.set(settings, digest);
	return digest;
}

/** The answers of one file on disk. */
export class ResultCache {
	readonly #path: string;
	readonly #project: Project;
	/** What every answer depends on. */
	readonly #common: string;
	readonly #onProblem: (message: string) => void;
	#known: Readonly<Record<string, Entry>> = {};
	/** What this run has used or made; the rest is dropped. */
	readonly #used: Record<string, Entry> = Object.create(null);

	/**
	 * @param program what tells one version of it from another.
	 * @param onProblem told why answers cannot be read or kept; everything is checked then.
	 */
	constructor(path: string, program: string, project: Project, onProblem: (message: string) => void) {
		this.#path = path;
		this.#project = project;
		this.#common = JSON.stringify([FORMAT_VERSION, program]);
		this.#onProblem = onProblem;
		this.#known = this.#read();
	}

	#read(): Readonly<Record<string, Entry>> {
		try {
			const { formatVersion, digest, entries } = JSON.parse(readFileSync(this.#path, 'utf8')) ?? {};
			// One of another version is no failure.
			if (typeof formatVersion === 'number' && formatVersion !== FORMAT_VERSION) return {};
			if (typeof entries === 'object' && digest === sha256(JSON.stringify(entries))) return entries;
			this.#onProblem(`${this.#path}: not a whole cache; everything is checked`);
		} catch (error) {
			const { code, message } = error as NodeJS.ErrnoException;
			const why = error instanceof SyntaxError ? 'not a whole cache' : `cannot be read: ${code ?? message}`;
			if (code !== 'ENOENT') this.#onProblem(`${this.#path}: ${why}; everything is checked`);
		}
		return {};
	}

	/** There is something that may be good. */
	get isFilled(): boolean {
		return Object.keys(this.#known).length > 0;
	}

	#keyOf({ path, name, identity, text, settings }: Task): string {
		return sha256(JSON.stringify([this.#common, digestOf(settings), path, name, identity, sha256(text)]));
	}

	/** What a file gave, where nothing that it depends on has changed. */
	async get(task: Task): Promise<Found | undefined> {
		const key = this.#keyOf(task);
		const entry = Object.hasOwn(this.#known, key) ? this.#known[key] : undefined;
		if (!entry || !(await this.#isGood(task.path, entry.trace))) return undefined;
		this.#used[key] = entry;
		return entry;
	}

	async #isGood(path: string, { looks, given }: Trace): Promise<boolean> {
		if (given !== (await givenFor(this.#project, path))) return false;
		for (const { name, quoted, from, found } of looks)
			if (found !== nameOf(await this.#project.include(name, quoted, from, path))) return false;
		return true;
	}

	put(task: Task, { calls, findings }: Found, trace: Trace): void {
		this.#used[this.#keyOf(task)] = { calls, findings, trace };
	}

	save(): void {
		const entries = { ...this.#used };
		const text = JSON.stringify({ formatVersion: FORMAT_VERSION, digest: sha256(JSON.stringify(entries)), entries });
		const fresh = `${this.#path}.${process.pid}.new`;
		try {
			writeFileSync(fresh, text);
			renameSync(fresh, this.#path);
		} catch (error) {
			this.#onProblem(`${this.#path}: cannot be written: ${(error as NodeJS.ErrnoException).code ?? error}`);
		}
	}
}
