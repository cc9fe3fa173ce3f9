/** Finds the source files below the paths that a user names, and reads them. */
import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { Catalog } from '../catalog/catalog.ts';
import { calledNames } from '../catalog/ownFunctions.ts';
import { extensions, languageOf } from '../languages/languageOf.ts';
import type { Settings } from '../settings.ts';
import { type Excluder, LONGEST_PATTERN, starsProblem } from '../workspace/exclude.ts';
import type { Skipped, SkipReason } from '../workspace/skipped.ts';
import { callMarks, decodeSource } from './decodeText.ts';
import { entriesOf, exists, type Kind, kindAt, kindOf, ownKindOf, rawEntriesOf, realPathOf } from './disk.ts';
import { leadsOut, repositoryAround } from './links.ts';
import { NotRegular, readRegularFile, TooLarge } from './regularFile.ts';
import { Scanner } from './scanner.ts';

/** Folders that hold no source of the user's own. */
const NEVER_ENTERED = new Set(['.git', 'node_modules']);

const sourceEndings = new Set(extensions);
const isSource = (name: string): boolean => sourceEndings.has(extname(name).toLowerCase());

/**
 * The source files below `paths`, each once whatever the number of ways to it, in the order of `paths` and then by
 * name. Folders are walked without what `.gitignore` files leave out; links to folders are not followed. A file or
 * folder that is named itself is taken although `.gitignore` leaves it out. Walking in step is several times as fast
 * as leaving each folder to the thread pool.
 */
export function findSources(paths: readonly string[], cwd: string, options: WalkOptions = {}): Sources {
	const walk = new Walk(options);
	for (const path of paths) walk.choose(resolve(cwd, path));
	for (const path of paths) drain(walk.root(resolve(cwd, path)));
	return walk;
}

function drain(steps: Iterable<undefined>): void {
	for (const _ of steps);
}

/**
 * The same below one folder, file by file, with undefined after each folder, so that others may have their turn. A file
 * whose path is no UTF-8 is left out: whoever takes files one by one knows them by their names.
 */
export function* sourcesBelow(folder: string, excluded: Excluder): Generator<string | undefined, void, undefined> {
	const walk = new Walk({ excluded });
	walk.choose(folder);
	let told = 0;
	for (const _ of walk.root(folder)) {
		for (const file of walk.files.slice(told)) if (!walk.raw.has(file)) yield file;
		told = walk.files.length;
		yield undefined;
	}
}

/** True for a file that `sourcesBelow` gives, were it there. */
export function isSourceBelow(folder: string, path: string, excluded: Excluder): boolean {
	const below = relative(folder, path);
	if (!isSource(path) || below === '' || isAbsolute(below)) return false;
	const names = below.split(sep);
	if (names[0] === '..') return false;
	let at = folder;
	let real = realOf(folder);
	let rules = IgnoreRules.above(real);
	for (const [i, name] of names.entries()) {
		const isFolder = i < names.length - 1;
		rules = rules.with(real);
		at = join(at, name);
		real = join(real, name);
		if (isFolder && NEVER_ENTERED.has(name)) return false;
		if (rules.ignore(real, isFolder) || excluded(at)) return false;
	}
	return true;
}

function realOf(path: string): string {
	try {
		return realPathOf(path);
	} catch {
		return path;
	}
}

/** A file that is named and need not be there. */
export function namedSource(path: string, excluded: Excluder = () => false): Sources {
	const walk = new Walk({ excluded });
	walk.named(path, path);
	return walk;
}

export interface Sources {
	readonly files: readonly string[];
	readonly skipped: readonly Skipped[];
	/** The bytes of those paths that are no UTF-8, which the system needs to find them; `files` shows them. */
	readonly raw: ReadonlyMap<string, Buffer>;
}

export interface WalkOptions {
	/** Told absolute paths. */
	readonly excluded?: Excluder | undefined;
	/** Told how many files were found so far, at each. */
	readonly onFile?: (number: number) => void;
}

class Walk {
	readonly files: string[] = [];
	readonly skipped: Skipped[] = [];
	readonly raw = new Map<string, Buffer>();
	readonly #excluded: Excluder;
	/** Folders whose files may be reached through links. */
	readonly #chosen: string[] = [];
	readonly #onFile: WalkOptions['onFile'];
	/** Real paths of what was seen. */
	readonly #seen = new Set<string>();

	constructor({ excluded = () => false, onFile }: WalkOptions) {
		this.#excluded = excluded;
		this.#onFile = onFile;
	}

	/** Links may lead into what is checked, and within a repository. */
	choose(path: string): void {
		const folder = kindAt(path) === 'folder' ? path : dirname(path);
		this.#chosen.push(folder, repositoryAround(folder) ?? folder);
	}

	/** A step for each folder that has been looked through. */
	*root(path: string): Generator<undefined, void, undefined> {
		let real: string;
		let kind: Kind;
		try {
			real = realPathOf(path);
			kind = kindOf(real);
		} catch (error) {
			this.skipped.push(failure(path, error));
			return;
		}
		if (kind === 'folder') yield* this.#folder(path, real, IgnoreRules.above(real));
		else if (kind !== 'file') this.#skip(path, 'unreadable', 'neither a file nor a folder');
		else this.named(path, real);
	}

	named(path: string, real: string): void {
		if (this.#excluded(path)) this.#skip(path, 'excluded', 'excluded by the configuration');
		else if (!isSource(path)) this.#skip(path, 'not-a-source', `not one of ${extensions.join(', ')}`);
		else this.#file(path, real);
	}

	/** @param raw the folder's bytes where they are no UTF-8. */
	*#folder(path: string, real: string, above: IgnoreRules, raw?: Buffer): Generator<undefined, void, undefined> {
		if (this.#seen.has(real)) return;
		this.#seen.add(real);
		let entries: Entry[];
		try {
			entries = readEntries(raw ?? path);
		} catch (error) {
			this.skipped.push(failure(path, error));
			return;
		}
		const rules = entries.some((e) => e.name === '.gitignore') ? above.with(real) : above;
		// Names in a folder need no normalising, which would be most of the work.
		const place: Place = { path: withSeparator(path), real: withSeparator(real), raw, rules };
		for (const entry of entries) {
			if (!entry.kind.isDirectory() && !isSource(entry.name)) continue;
			const folder = this.#entry(entry, place);
			if (folder) yield* this.#folder(folder.path, folder.real, rules, folder.raw);
		}
		yield undefined;
	}

	/** Takes a file; a folder that is to be entered is given back. */
	#entry({ name, bytes, kind }: Entry, { path, real, raw, rules }: Place): Omit<Place, 'rules'> | undefined {
		const child = path + name;
		const realChild = real + name;
		const rawChild = raw || bytes ? joined(raw ?? path, bytes ?? name) : undefined;
		if (rawChild) this.raw.set(child, rawChild);
		const folder = kind.isDirectory();
		if (folder && NEVER_ENTERED.has(name)) return undefined;
		if (rules.ignore(realChild, folder) || this.#excluded(child)) return undefined;
		if (folder) return { path: child, real: realChild, raw: rawChild };
		if (kind.isFile()) this.#file(child, realChild);
		else if (kind.isSymbolicLink()) this.#link(child);
		else this.#skip(child, 'special', 'neither a file nor a folder');
		return undefined;
	}

	#link(path: string): void {
		try {
			const real = realPathOf(path);
			const kind = kindOf(real);
			if (kind === 'file' && leadsOut(path, dirname(path), () => this.#chosen))
				this.#skip(path, 'special', 'a link out of what is checked');
			else if (kind === 'file') this.#file(path, real);
			else if (kind !== 'folder') this.#skip(path, 'special', 'neither a file nor a folder');
		} catch {
			this.#skip(path, 'special', 'a link that leads nowhere');
		}
	}

	#file(path: string, real: string): void {
		if (this.#seen.has(real)) return;
		this.#seen.add(real);
		this.files.push(path);
		this.#onFile?.(this.files.length);
	}

	#skip(path: string, reason: SkipReason, detail: string): void {
		this.skipped.push({ path, reason, detail });
	}
}

const withSeparator = (folder: string): string => (folder.endsWith(sep) ? folder : folder + sep);

/** The folder that is walked: its path and its real path, each with a separator at its end. */
interface Place {
	readonly path: string;
	readonly real: string;
	/** Where it is no UTF-8. */
	readonly raw: Buffer | undefined;
	readonly rules: IgnoreRules;
}

/** An entry of a folder by the name that is shown for it. */
interface Entry {
	readonly name: string;
	/** Where they are no UTF-8. */
	readonly bytes?: Buffer;
	readonly kind: Pick<Dirent, 'isDirectory' | 'isFile' | 'isSymbolicLink'>;
}

function readEntries(folder: string | Buffer): Entry[] {
	const plain = typeof folder === 'string' ? entriesOf(folder, 'all') : undefined;
	// What could not be decoded has lost its bytes: they are asked for again.
	const entries: Entry[] =
		!plain || plain.some(({ name }) => name.includes('\ufffd'))
			? rawEntriesOf(folder).map((kind) => ({ ...shownName(kind.name), kind }))
			: plain.map((kind) => ({ name: kind.name, kind }));
	return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Bytes that are no UTF-8 are shown one by one, `\\xff`: two names hardly ever look the same. */
export function shownName(bytes: Buffer): Pick<Entry, 'name' | 'bytes'> {
	const name = bytes.toString('utf8');
	if (Buffer.from(name).equals(bytes)) return { name };
	let shown = '';
	for (let at = 0; at < bytes.length; ) {
		const length = [1, 2, 3, 4].find((n) => isUtf8(bytes.subarray(at, at + n)));
		shown += length ? bytes.toString('utf8', at, at + length) : `\\x${bytes.toString('hex', at, at + 1)}`;
		at += length ?? 1;
	}
	return { name: shown, bytes };
}

const joined = (folder: string | Buffer, name: string | Buffer): Buffer =>
	Buffer.concat([Buffer.from(folder), Buffer.from(sep), Buffer.from(name)]);

/** Longer `.gitignore` files are as if they were not there, in bytes: each of their lines is tried on every name. */
const LARGEST_IGNORE = 256 * 1024;

interface IgnoreLevel {
	readonly folder: string;
	readonly rules: Ignore;
}

/** The `.gitignore` files in force in one folder, the nearest last. */
class IgnoreRules {
	readonly #levels: readonly IgnoreLevel[];

	private constructor(levels: readonly IgnoreLevel[]) {
		this.#levels = levels;
	}

	/** The rules from the root of the repository that a folder is in, down to the folder above it. */
	static above(folder: string): IgnoreRules {
		let rules = new IgnoreRules([]);
		const folders = repositoryFoldersAbove(folder);
		for (const outer of folders) rules = rules.with(outer);
		// Whoever names an ignored folder wants to see what is in it.
		return rules.ignore(folder, true) ? new IgnoreRules([]) : rules;
	}

	with(folder: string): IgnoreRules {
		try {
			const path = join(folder, '.gitignore');
			// Nor does git follow a link there.
			if (ownKindOf(path) !== 'file') return this;
			const text = readRegularFile(path, LARGEST_IGNORE).toString('utf8');
			const patterns = text.split(/\r?\n/).filter((line) => line.length <= LONGEST_PATTERN && !starsProblem(line));
			const ignoreCase = process.platform === 'win32' || process.platform === 'darwin';
			return new IgnoreRules([...this.#levels, { folder, rules: ignore({ ignoreCase }).add(patterns) }]);
		} catch {
			return this;
		}
	}

	/** True when the nearest rule that speaks of a path leaves it out. */
	ignore(path: string, folder: boolean): boolean {
		if (this.#levels.length === 0) return false;
		for (const level of this.#levels.toReversed()) {
			const below = relative(level.folder, path).split(sep).join('/');
			const verdict = level.rules.test(folder ? `${below}/` : below);
			if (verdict.ignored) return true;
			if (verdict.unignored) return false;
		}
		return false;
	}
}

/** The folders above one, outermost first, up to the root of its repository; none when it is in no repository. */
function repositoryFoldersAbove(folder: string): string[] {
	const above: string[] = [];
	for (let at = folder; ; at = dirname(at)) {
		if (at !== folder) above.unshift(at);
		if (exists(join(at, '.git'))) return above;
		if (at === dirname(at)) return [];
	}
}

/** In bytes; most files have room in it. */
const BUFFER = 1024 * 1024;

/** What reading one file gave: its text, a reason to skip it, or undefined when no call can be in it. */
export type ReadResult = { readonly text: string } | Skipped | undefined;

/**
 * Reads files that `findSources` found, one after the other. Reading in step is three times as fast as leaving it to
 * the thread pool, because the files are many and small, and one buffer serves them all.
 */
export class SourceReader {
	readonly #maxBytes: number;
	readonly #marks: readonly Buffer[];
	readonly #scanner: Scanner;

	/** `names`: functions that count as entry points besides those of the catalog. */
	constructor(maxBytes: number, catalog: Catalog, names: readonly string[] = []) {
		this.#maxBytes = maxBytes;
		this.#marks = callMarks(catalog, names);
		this.#scanner = new Scanner(this.#marks, BUFFER);
	}

	/** @param raw the path's bytes where they are no UTF-8. */
	read(path: string, raw?: Buffer): ReadResult {
		try {
			const bytes = readRegularFile(raw ?? path, this.#maxBytes, this.#scanner.buffer);
			return textOf(path, bytes, this.#marksOf(path, bytes));
		} catch (error) {
			if (error instanceof NotRegular) return { path, reason: 'special', detail: 'neither a file nor a folder' };
			return error instanceof TooLarge ? this.#tooLarge(path, error.size) : failure(path, error);
		}
	}

	/** The same for bytes that did not come from the disk. */
	take(path: string, bytes: Buffer): ReadResult {
		return bytes.length > this.#maxBytes ? this.#tooLarge(path, bytes.length) : textOf(path, bytes);
	}

	#tooLarge(path: string, size: number): Skipped {
		const detail = `${size} bytes, and the limit is ${this.#maxBytes}; raise it with --max-file-size`;
		return { path, reason: 'too-large', detail };
	}

	/** What to look for in a file: nothing where it is known to be in vain. */
	#marksOf(path: string, bytes: Buffer): readonly Buffer[] | undefined {
		// Where an entry point may go by any name, bytes cannot tell.
		const language = languageOf(path, undefined, '');
		if (language?.marks && !language.markWords) return undefined;
		const isScanned = bytes.buffer === this.#scanner.buffer.buffer;
		return isScanned && !this.#scanner.mayHold(bytes.length) ? [] : this.#marks;
	}
}

/** Readers that are kept, each with a buffer and a search for the names of its functions. */
const MOST_READERS = 16;

/** One reader for all settings that read alike. */
export class SourceReaders {
	readonly #catalog: Catalog;
	readonly #readers = new Map<string, SourceReader>();

	constructor(catalog: Catalog) {
		this.#catalog = catalog;
	}

	of({ maxFileSize, functions }: Pick<Settings, 'maxFileSize' | 'functions'>): SourceReader {
		const names = [...calledNames(functions)].sort();
		const key = JSON.stringify([maxFileSize, names]);
		const known = this.#readers.get(key);
		if (known) return known;
		if (this.#readers.size >= MOST_READERS) this.#readers.clear();
		const reader = new SourceReader(maxFileSize, this.#catalog, names);
		this.#readers.set(key, reader);
		return reader;
	}
}

function textOf(path: string, bytes: Buffer, marks?: readonly Buffer[]): ReadResult {
	const text = decodeSource(bytes, marks);
	if (text === 'binary') return { path, reason: 'binary', detail: 'binary: a NUL byte near its start' };
	return text === undefined ? undefined : { text };
}

/** What codes of errors mean. */
const REASONS: ReadonlyMap<string | undefined, string> = new Map([
	['EACCES', 'permission denied'],
	['EPERM', 'permission denied'],
	['ELOOP', 'links in a circle'],
]);

function failure(path: string, error: unknown): Skipped {
	const code = (error as NodeJS.ErrnoException).code;
	if (code === 'ENOENT' || code === 'ENOTDIR') return { path, reason: 'not-found', detail: 'does not exist' };
	return { path, reason: 'unreadable', detail: `cannot be read: ${REASONS.get(code) ?? code ?? error}` };
}

/** A path as reports show it: relative to the current folder with `/`, or absolute when it is outside. */
export function displayPath(path: string, cwd: string): string {
	const below = relative(cwd, path);
	const outside = below === '' || below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below);
	return outside ? path : below.split(sep).join('/');
}
