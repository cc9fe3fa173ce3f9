/** Compilation databases: `compile_commands.json`, as CMake, Meson, Bazel's extractors and others write it. */
import { dirname, join, resolve } from 'node:path';
import { datedAt, entriesOf, kindAt } from '../disk.ts';
import { leadsOut, repositoryAround } from '../links.ts';
import { regularText } from '../regularFile.ts';
import type { Names } from '../sightings.ts';
import { presetFolders } from './cmakePresets.ts';
import { type CompileFlags, readFlags, splitCommand } from './flags.ts';

const NAME = 'compile_commands.json';
/** Larger databases are not read, in bytes. */
const LARGEST = 64 * 1024 * 1024;
/** Folders that are looked into below one. */
const MOST_BELOW = 64;

interface Database {
	readonly modified: number;
	readonly flags: ReadonlyMap<string, CompileFlags>;
	/** Those of any source in a folder. */
	readonly byFolder: ReadonlyMap<string, CompileFlags>;
}

/** Reads databases when first asked, and again when they have changed on disk. */
export class CompileCommands {
	readonly #databases = new Map<string, Database>();
	readonly #places = new Map<string, readonly string[]>();

	/**
	 * What the newest database of a project that knows a file says of it, without the target where others build it for
	 * another one.
	 * @param folder that of the project.
	 */
	inFolder(folder: string, file: string): CompileFlags | undefined {
		let places = this.#places.get(folder);
		if (!places) {
			places = databasesOf(folder);
			this.#places.set(folder, places);
		}
		for (const [at, place] of places.entries()) {
			const found = this.#flags(place, folder, file);
			if (!found?.target) {
				if (found) return found;
				continue;
			}
			const { target, ...others } = found;
			const isOne = places.slice(at + 1).every((other) => {
				const also = this.#flags(other, folder, file);
				return !also || also.target === target;
			});
			return isOne ? found : others;
		}
		return undefined;
	}

	/** What one database says of a file. @param path of the database, or of the folder that it is in. */
	at(path: string, file: string): CompileFlags | undefined {
		const place = kindAt(path) === 'folder' ? join(path, NAME) : path;
		return this.#flags(place, dirname(place), file);
	}

	/** There may be other databases than before. */
	forget(): void {
		this.#places.clear();
	}

	/** Flags of a source file; of any source in its folder for a header. */
	#flags(place: string, folder: string, file: string): CompileFlags | undefined {
		const database = this.#read(place, folder);
		return database?.flags.get(file) ?? database?.byFolder.get(dirname(file));
	}

	/** @param folder the one that is looked in. */
	#read(path: string, folder: string): Database | undefined {
		let modified: number;
		try {
			const info = datedAt(path);
			if (info.kind !== 'file' || info.size > LARGEST) return undefined;
			modified = info.modified;
		} catch {
			this.#databases.delete(path);
			return undefined;
		}
		const known = this.#databases.get(path);
		if (known?.modified === modified) return known;
		const isOutside = leadsOut(path, folder, () => [repositoryAround(folder) ?? folder]);
		const flags = isOutside ? new Map<string, CompileFlags>() : readDatabase(path);
		const byFolder = new Map([...flags].toReversed().map(([file, each]) => [dirname(file), each] as const));
		const database: Database = { modified, flags, byFolder };
		this.#databases.set(path, database);
		return database;
	}
}

/** The databases of a project, in its own folder first and then the newest. */
function databasesOf(folder: string): readonly string[] {
	const found = [...presetFolders(folder), ...buildFolders(folder)].map((each) => join(each, NAME));
	const dated = [...new Set(found)].map((path) => ({ path, modified: modifiedAt(path) }));
	const built = dated.filter(({ modified }) => modified > 0).sort((a, b) => b.modified - a.modified);
	// One that comes into being later is found in these two places at least.
	return [join(folder, NAME), ...built.map(({ path }) => path)];
}

function modifiedAt(path: string): number {
	try {
		return datedAt(path).modified;
	} catch {
		return 0;
	}
}

function buildFolders(folder: string): string[] {
	const first = foldersIn(folder, 'builds');
	const second = first.flatMap((each) => foldersIn(each, 'belowBuilds'));
	const third = second.filter((each) => /[\\/]build$/.test(each)).flatMap((each) => foldersIn(each, 'belowBuilds'));
	return [...first, ...second, ...third];
}

function foldersIn(folder: string, wanted: Names): string[] {
	try {
		return entriesOf(folder, wanted)
			.filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
			.slice(0, MOST_BELOW)
			.map(({ name }) => join(folder, name));
	} catch {
		return [];
	}
}

function readDatabase(path: string): ReadonlyMap<string, CompileFlags> {
	const flags = new Map<string, CompileFlags>();
	let entries: unknown;
	try {
		entries = JSON.parse((regularText(path, LARGEST) ?? '').replace(/^\ufeff/, ''));
	} catch {
		// Half written or not JSON: as if it were not there.
		return flags;
	}
	if (!Array.isArray(entries)) return flags;
	for (const entry of entries as unknown[]) {
		if (typeof entry !== 'object' || entry === null) continue;
		const { directory, file, command, arguments: words } = entry as Record<string, unknown>;
		if (typeof file !== 'string') continue;
		const folder = resolve(dirname(path), typeof directory === 'string' ? directory : '.');
		const name = resolve(folder, file);
		// The first command of a file that is compiled more than once.
		if (!flags.has(name)) flags.set(name, readFlags(wordsOf(words, command), folder));
	}
	return flags;
}

/** The words of a command line, which databases give as a list or as one text. */
function wordsOf(words: unknown, command: unknown): string[] {
	if (Array.isArray(words)) return words.filter((w): w is string => typeof w === 'string');
	return typeof command === 'string' ? splitCommand(command) : [];
}
