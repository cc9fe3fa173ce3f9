/**
 * Finds included files that no include folder is named for: they are written from a folder above the source, or from one
 * that a build names and nobody wrote down.
 */
import type { Dirent } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { entriesOf, type FolderNames, namesIn } from './disk.ts';
import type { Names } from './sightings.ts';

/** Folders above a source that are looked at. */
const MOST_LEVELS = 16;
/** The same where nothing marks the uppermost folder of a project. */
const MOST_UNMARKED = 5;
/** Where projects keep what is included, below the folder that names are written from. */
const BELOW = ['', 'include', 'inc', 'src', 'source', 'lib'];
/** Folders of a project that are looked into for a name; in a larger one nothing would tell that a name is the only one. */
const MOST_FOLDERS = 3000;
/** The same of files. */
const MOST_FILES = 50_000;
/** Files of one name that are kept: more say nothing. */
const MOST_ALIKE = 50;

const HEADER = /\.(?:h|hh|hpp|hxx|h\+\+|inc|inl|ipp|tpp|tcc|c|cc|cpp|cxx)$/i;
const SKIPPED = /^(?:\.|node_modules$)/;

/** What folders hold, read once and kept until something changes. */
export class HeaderSearch {
	readonly #folders = new Map<string, FolderNames>();
	readonly #marks = new Map<string, readonly string[]>();
	readonly #roots = new Map<string, string | undefined>();
	readonly #indices = new Map<string, ReadonlyMap<string, readonly string[]> | undefined>();

	/** Something on the disk has changed. */
	clear(): void {
		this.#folders.clear();
		this.#marks.clear();
		this.#roots.clear();
		this.#indices.clear();
	}

	/**
	 * Where an included file may stand, best first: below the folders above a source, the one place in the project whose
	 * path ends as it is written, and last where small and capital letters differ, which nobody notices on Windows.
	 */
	*places(name: string, quoted: boolean, file: string): Generator<string> {
		const parts = name.split(/[\\/]/).filter((part) => part !== '.');
		const [first] = parts;
		if (!first || parts.includes('..')) return;
		const root = this.#rootOf(dirname(file));
		const places = [...this.#around(dirname(file), root)];
		for (const from of places) if (this.#holds(from).has(first)) yield join(from, ...parts);
		// What stands between brackets without a folder is the system's.
		if (!quoted && parts.length === 1) return;
		const ending = root === undefined ? undefined : this.#ending(root, parts);
		if (ending !== undefined) yield ending;
		for (const from of places) {
			const path = this.#caselessPath(from, parts);
			if (path !== undefined) yield path;
		}
	}

	/** Folders that names are written from: those above one, and what they keep such files in. */
	*#around(folder: string, root: string | undefined): Generator<string> {
		for (const at of aboveUpTo(folder, root))
			for (const below of BELOW) {
				if (below === '') yield at;
				else if (this.#holds(at).has(below)) yield join(at, below);
			}
	}

	/** The one file in a project whose path ends so. */
	#ending(root: string, parts: readonly string[]): string | undefined {
		const found = this.#index(root)?.get(parts.at(-1) ?? '') ?? [];
		const suffix = sep + join(...parts);
		const ending = found.length < MOST_ALIKE ? found.filter((path) => path.endsWith(suffix)) : [];
		return ending.length === 1 ? ending[0] : undefined;
	}

	/** A path below a folder whose names differ from what is written in nothing but small and capital letters. */
	#caselessPath(folder: string, parts: readonly string[]): string | undefined {
		let path = folder;
		for (const part of parts) {
			const name = this.#holds(path).like(part);
			if (name === undefined) return undefined;
			path = join(path, name);
		}
		return path;
	}

	/** The names in a folder; none where it cannot be read. */
	#holds(folder: string): FolderNames {
		const names = this.#folders.get(folder) ?? namesIn(folder);
		this.#folders.set(folder, names);
		return names;
	}

	#marksIn(folder: string): readonly string[] {
		const marks = this.#marks.get(folder) ?? entries(folder, 'marks').map(({ name }) => name);
		this.#marks.set(folder, marks);
		return marks;
	}

	/** The uppermost folder of the project that a folder belongs to, where something marks it. */
	#rootOf(folder: string): string | undefined {
		if (this.#roots.has(folder)) return this.#roots.get(folder);
		let root: string | undefined;
		for (const at of above(folder, MOST_LEVELS)) {
			const marks = this.#marksIn(at);
			if (marks.length > 0) root = at;
			if (marks.includes('.git')) break;
		}
		this.#roots.set(folder, root);
		return root;
	}

	/** The files of a project by their names; undefined where it is too large for that. */
	#index(root: string): ReadonlyMap<string, readonly string[]> | undefined {
		if (!this.#indices.has(root)) this.#indices.set(root, readIndex(root));
		return this.#indices.get(root);
	}
}

/** A folder and so many above it, never the root of the disk. */
function* above(folder: string, levels: number): Generator<string> {
	for (let at = folder, level = 0; level < levels && dirname(at) !== at; level++, at = dirname(at)) yield at;
}

/** A folder and those above it up to the uppermost one of the project. */
function* aboveUpTo(folder: string, root: string | undefined): Generator<string> {
	for (const at of above(folder, root === undefined ? MOST_UNMARKED : MOST_LEVELS)) {
		yield at;
		if (at === root) return;
	}
}

function readIndex(root: string): ReadonlyMap<string, readonly string[]> | undefined {
	const index = new Map<string, string[]>();
	const folders = [root];
	let files = 0;
	for (const folder of folders) {
		const found = entries(folder, 'all');
		// Links could lead in circles.
		for (const { name } of found.filter((entry) => entry.isDirectory() && !SKIPPED.test(entry.name)))
			folders.push(join(folder, name));
		const headers = found.filter((entry) => !entry.isDirectory() && HEADER.test(entry.name));
		files += headers.length;
		if (folders.length > MOST_FOLDERS || files > MOST_FILES) return undefined;
		for (const { name } of headers) {
			const all = index.get(name);
			if (!all) index.set(name, [join(folder, name)]);
			else if (all.length < MOST_ALIKE) all.push(join(folder, name));
		}
	}
	return index;
}

function entries(folder: string, wanted: Names): Dirent[] {
	try {
		return entriesOf(folder, wanted);
	} catch {
		return [];
	}
}
