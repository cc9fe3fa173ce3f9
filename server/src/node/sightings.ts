/**
 * What a run has seen of the disk: everything that its answer was made of, so that a later run can tell whether it would
 * see the same. A file that had long been as it was is known by its stamp; of one that changed shortly before it was
 * looked at, or since, what was seen is kept itself, because a clock may not tell one change from the next. Of a folder
 * both is kept: much comes and goes in one that matters to nobody.
 */
import { createHash } from 'node:crypto';
import { type BigIntStats, type Dirent, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * A kind of look: is something there; has the folder exactly that name, or one alike; what it is, itself or where a link leads; its
 * path without links; its size and date; the bytes of a file.
 */
export type Look = 'exists' | 'named' | 'alike' | 'kind' | 'own' | 'real' | 'dated' | 'bytes';

/** What somebody looks for in a folder. */
export type Names = keyof typeof NAMES;

/** The names that are looked for in folders: any; folders that tools build in, and below them; and files by their ends. */
export const NAMES = {
	all: /^/,
	/** Folders that tools build in, below that of the project. */
	builds: /^(?:build|builds|builddir|out|output|bin|obj|debug|release|\.build|_build|cmake-build-.*|build[-_.].*)$/i,
	/** The same one level down: Visual Studio builds in `out/build/x64-Debug`, others in `build/Release`. */
	belowBuilds: /^(?!\.|node_modules$|CMakeFiles$|_deps$)/,
	projects: /\.vcxproj$/i,
	solutions: /\.slnx?$/i,
	codes: /\.ioctl\.json$/,
	/** What stands in the uppermost folder of a project. */
	marks:
		/^(?:\.git|\.hg|compile_commands\.json|CMakeLists\.txt|configure|configure\.ac|configure\.in|Makefile|GNUmakefile|meson\.build|SConstruct|premake5\.lua|README|README\.md|README\.txt|LICENSE|COPYING)$/,
} as const satisfies Readonly<Record<string, RegExp>>;

/** Size, time of the last change of the content and of anything in nanoseconds, and the number of the inode. */
export type Stamp = readonly [size: bigint, modified: bigint, changed: bigint, inode: bigint];

export const stampOf = ({ size, mtimeNs, ctimeNs, ino }: BigIntStats): Stamp => [size, mtimeNs, ctimeNs, ino];

export const isSameStamp = (a: Stamp, b: Stamp): boolean => a.every((value, at) => value === b[at]);

/** The stamp of what a path leads to; undefined where that cannot be told. */
export function stampAt(path: string): Stamp | undefined {
	try {
		const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
		return stats && stampOf(stats);
	} catch {
		return undefined;
	}
}

/** Clocks of file systems count in steps of up to two seconds. */
const COARSEST_NS = 2_000_000_000n;

/** True for what had its stamp well before a moment, so that any later change gives it another one. */
export const isSettled = ([, modified, changed]: Stamp, moment: bigint): boolean =>
	(modified > changed ? modified : changed) < moment - COARSEST_NS;

/** What stands for an answer: the answer itself where it is short. */
export const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('base64');

/** What stands for a failure. */
export const failed = (error: unknown): string => {
	const { code, size } = error as { readonly code?: string; readonly size?: number };
	return `!${code ?? error}${size === undefined ? '' : ` ${size}`}`;
};

/** A look and where it went, as one text; `limit` in bytes belongs to the look at a file's bytes. */
export const keyOf = (look: Look, path: string, limit = 0): string => `${look} ${limit} ${path}`;

/** The same taken apart. */
export function fromKey(key: string): { readonly look: Look; readonly limit: number; readonly path: string } {
	const [, look = '', limit = '', path = ''] = /^(\w+) (\d+) (.*)$/s.exec(key) ?? [];
	return { look: look as Look, limit: Number(limit), path };
}

/** The files that the program writes beside what it reads are nobody's business. @param file the name of the lasting one */
export const isOwnName = (name: string, file: string): boolean =>
	file !== '' && (name === file || (name.startsWith(`${file}.`) && /^\.\d+\.new$/.test(name.slice(file.length))));

/** The names and kinds in a folder, in the order in which the system gives them. */
export function namesAnswer(entries: readonly Dirent[], wanted: Names, own: string): string {
	let text = '';
	for (const entry of entries)
		if (NAMES[wanted].test(entry.name) && !isOwnName(entry.name, own))
			text += `${entry.name}\0${entry.isDirectory()} ${entry.isFile()} ${entry.isSymbolicLink()}\n`;
	return text && digest(text);
}

/** A folder that was looked into. */
export interface SeenFolder {
	/** Undefined where it does not say enough. */
	stamp: Stamp | undefined;
	/** What stands for the names in it, by what was looked for. */
	readonly answers: Map<Names, string>;
}

/** What a thread tells another. */
export interface Seen {
	readonly stamps: ReadonlyMap<string, Stamp>;
	readonly folders: ReadonlyMap<string, SeenFolder>;
	readonly answers: ReadonlyMap<string, string>;
	readonly isWhole: boolean;
}

const nothing = () => ({
	stamps: new Map<string, Stamp>(),
	folders: new Map<string, SeenFolder>(),
	answers: new Map<string, string>(),
});

/** Collects what is seen. */
export class Sightings implements Seen {
	/** By path, of files that were read. */
	readonly stamps = new Map<string, Stamp>();
	readonly folders = new Map<string, SeenFolder>();
	/** By key. */
	readonly answers = new Map<string, string>();
	/** False when something was seen that cannot be told, or in two ways. */
	isWhole = true;
	/** When it began, by the clock of the disk, in nanoseconds. */
	readonly since: bigint;
	/** Name of the file that is written. */
	readonly own: string;
	#untold = nothing();
	readonly #names = new Map<string, ReadonlySet<string>>();

	constructor(since: bigint, own: string) {
		this.since = since;
		this.own = own;
	}

	answer(key: string, answer: string): void {
		const known = this.answers.get(key);
		if (known !== undefined) {
			if (known !== answer) this.isWhole = false;
			return;
		}
		this.answers.set(key, answer);
		this.#untold.answers.set(key, answer);
	}

	/** A file that was read has a stamp, taken before. @param answer asked where that does not say enough. */
	content(key: string, path: string, stamp: Stamp, answer: () => string): void {
		if (!isSettled(stamp, this.since)) {
			this.answer(key, answer());
			return;
		}
		const known = this.stamps.get(path);
		if (known) {
			if (!isSameStamp(known, stamp)) this.isWhole = false;
			return;
		}
		this.stamps.set(path, stamp);
		this.#untold.stamps.set(path, stamp);
	}

	/** A folder that was looked into has a stamp, taken before; undefined where there was none to be had. */
	folder(path: string, stamp: Stamp | undefined, wanted: Names, answer: string, names?: readonly string[]): void {
		const settled = stamp && isSettled(stamp, this.since) ? stamp : undefined;
		const known = this.folders.get(path) ?? { stamp: settled, answers: new Map() };
		this.folders.set(path, known);
		// What changes meanwhile may still answer the same.
		if (!settled || (known.stamp && !isSameStamp(known.stamp, settled))) known.stamp = undefined;
		if ((known.answers.get(wanted) ?? answer) !== answer) this.isWhole = false;
		known.answers.set(wanted, answer);
		this.#untold.folders.set(path, known);
		if (names && wanted === 'all') this.#names.set(path, new Set(names));
	}

	/** What was seen since this was asked last. */
	news(): Seen {
		const news = { ...this.#untold, isWhole: this.isWhole };
		this.#untold = nothing();
		return news;
	}

	/** Takes what another thread has seen. */
	join({ stamps, folders, answers, isWhole }: Seen): void {
		for (const [path, stamp] of stamps) this.content('', path, stamp, () => '');
		for (const [path, folder] of folders)
			for (const [wanted, answer] of folder.answers) this.folder(path, folder.stamp, wanted, answer);
		for (const [key, answer] of answers) this.answer(key, answer);
		this.isWhole &&= isWhole;
	}

	/** The answers without those that the names in folders tell already: where a name is not, nothing is. */
	get needed(): [key: string, answer: string][] {
		return [...this.answers].filter(([key, answer]) => {
			const { look, path } = fromKey(key);
			if ((look === 'named' || look === 'alike') && this.#names.has(dirname(path)))
				return isOwnName(basename(path), this.own);
			const isAbsence = answer === '!ENOENT' || answer === 'false';
			return !isAbsence || !this.#isMissing(path);
		});
	}

	#isMissing(path: string): boolean {
		for (let at = path; dirname(at) !== at; at = dirname(at)) {
			const names = this.#names.get(dirname(at));
			const name = basename(at);
			if (names) return !names.has(name) && !isOwnName(name, this.own);
		}
		return false;
	}
}

let watching: Sightings | undefined;

/** Whoever watches is told of every look that follows. One at a time; undefined ends it. */
export function watch(sightings: Sightings | undefined): void {
	watching = sightings;
}

/** Who watches. */
export const watcher = (): Sightings | undefined => watching;
