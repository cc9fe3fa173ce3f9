/** Every look at the disk that an answer may depend on: whoever keeps answers is told of it. */
import { type Dirent, existsSync, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { failed, keyOf, type Look, NAMES, type Names, namesAnswer, stampAt, watcher } from './sightings.ts';

/** What stands under a name. */
export type Kind = 'file' | 'folder' | 'link' | 'pipe' | 'other';

/** The system's own account of a file that may decide whether and before which other it is read. */
export interface Dated {
	readonly kind: Kind;
	/** In bytes. */
	readonly size: number;
	/** In milliseconds. */
	readonly modified: number;
}

function look<T>(kind: Look, path: string, see: (path: string) => T, told: (seen: T) => string): T {
	const sightings = watcher();
	if (!sightings) return see(path);
	try {
		const seen = see(path);
		sightings.answer(keyOf(kind, path), told(seen));
		return seen;
	} catch (error) {
		sightings.answer(keyOf(kind, path), failed(error));
		throw error;
	}
}

/** Is there anything? */
export const exists = (path: string): boolean => look('exists', path, existsSync, String);

/** What a path leads to. @throws what the system says, also where there is nothing. */
export const kindOf = (path: string): Kind => look('kind', path, (at) => kind(statSync(at)), String);

/** The same; undefined where there is nothing, or nothing that can be told. */
export function kindAt(path: string): Kind | undefined {
	try {
		return kindOf(path);
	} catch {
		return undefined;
	}
}

/** What a name stands for itself. @throws what the system says. */
export const ownKindOf = (path: string): Kind => look('own', path, (at) => kind(lstatSync(at)), String);

/** A path without links. @throws what the system says. */
export const realPathOf = (path: string): string => look('real', path, (at) => realpathSync.native(at), String);

/** Kind, size and date of what a path leads to. @throws what the system says. */
export const datedAt = (path: string): Dated => look('dated', path, dated, JSON.stringify);

function dated(path: string): Dated {
	const stats = statSync(path);
	return { kind: kind(stats), size: stats.size, modified: stats.mtimeMs };
}

function kind(stats: Stats): Kind {
	if (stats.isFile()) return 'file';
	if (stats.isDirectory()) return 'folder';
	if (stats.isSymbolicLink()) return 'link';
	return stats.isFIFO() || stats.isSocket() ? 'pipe' : 'other';
}

/** What stands in a folder by the names that are looked for. @throws what the system says. */
export function entriesOf(folder: string, wanted: Names): Dirent[] {
	const sightings = watcher();
	const stamp = sightings && stampAt(folder);
	try {
		const entries = readdirSync(folder, { withFileTypes: true });
		const names = wanted === 'all' ? entries.map(({ name }) => name) : undefined;
		sightings?.folder(folder, stamp, wanted, namesAnswer(entries, wanted, sightings.own), names);
		return wanted === 'all' ? entries : entries.filter(({ name }) => NAMES[wanted].test(name));
	} catch (error) {
		sightings?.folder(folder, stamp, wanted, failed(error));
		throw error;
	}
}

/** The names in a folder, which are read once. */
export interface FolderNames {
	/** Is there one that is written just so? */
	has(name: string): boolean;
	/** The first that differs in nothing but small and capital letters. */
	like(name: string): string | undefined;
}

/** Asks for names in a folder; none are in what cannot be read. */
export function namesIn(folder: string): FolderNames {
	const names = new Set(allNames(folder));
	let caseless: ReadonlyMap<string, string> | undefined;
	return {
		has(name) {
			const isThere = names.has(name);
			watcher()?.answer(keyOf('named', join(folder, name)), String(isThere));
			return isThere;
		},
		like(name) {
			caseless ??= new Map([...names].reverse().map((each) => [each.toLowerCase(), each]));
			const found = caseless.get(name.toLowerCase());
			watcher()?.answer(keyOf('alike', join(folder, name)), String(found));
			return found;
		},
	};
}

function allNames(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

/** The same with names as bytes, of which nobody is told. @throws what the system says. */
export function rawEntriesOf(folder: string | Buffer): Dirent<Buffer>[] {
	unwatched();
	return readdirSync(folder, { withFileTypes: true, encoding: 'buffer' });
}

/** Something is seen that cannot be seen again in the same way. */
export function unwatched(): void {
	const sightings = watcher();
	if (sightings) sightings.isWhole = false;
}

/** The answer to a look, now. @throws what the system says. */
export const LOOKS: Readonly<Record<Exclude<Look, 'bytes'>, (path: string) => string>> = {
	exists: (path) => String(existsSync(path)),
	alike: (path) => String(namesIn(dirname(path)).like(basename(path))),
	named: (path) => String(namesIn(dirname(path)).has(basename(path))),
	kind: (path) => kind(statSync(path)),
	own: (path) => kind(lstatSync(path)),
	real: (path) => realpathSync.native(path),
	dated: (path) => JSON.stringify(dated(path)),
};
