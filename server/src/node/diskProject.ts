/** Finds included files on disk: beside the including file, and in the include folders of settings and compile_commands.json. */
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Project } from '../check/headers.ts';
import type { Target } from '../types/ctype.ts';
import { filePath } from '../workspace/uri.ts';
import { HeaderSearch } from './headerSearch.ts';
import { leadsOut, repositoryAround } from './links.ts';
import { regularText } from './regularFile.ts';

/** Larger headers are not read, in bytes. */
const LARGEST = 2 * 1024 * 1024;

export interface ProjectOptions {
	/** Folders to search by the settings of the document under check, absolute, best first. */
	readonly includePath?: (document: string) => readonly string[];
	/** Further ones, by the compiler's command line for the including file. */
	readonly compilerPath?: (file: string) => readonly string[];
	/** Further folders, absolute, whose files may be read through links: those that an editor has open. */
	readonly folders?: () => readonly string[];
	/** Text of a file that is open in an editor and may differ from the disk. */
	readonly openText?: (path: string) => string | undefined;
	/** Definitions of the compiler's command line: `NAME` or `NAME=value`. */
	readonly defines?: (file: string) => readonly string[];
	/** Target that the compiler's command line names. */
	readonly target?: (file: string) => Target | undefined;
	/** Looks for what no folder is named for. */
	readonly search?: HeaderSearch;
}

/** A project that reads regular files below the given limit; neither absolute names in `#include` nor links out of it are followed. */
export function diskProject(options: ProjectOptions = {}): Project {
	const search = options.search ?? new HeaderSearch();
	return {
		async include(name, quoted, from, document = from) {
			if (isAbsolute(name) || name.includes('\0')) return undefined;
			const file = diskPath(from);
			if (file === undefined) return undefined;
			const folders = [
				...(quoted ? [dirname(file)] : []),
				...(options.includePath?.(diskPath(document) ?? file) ?? []),
				...(options.compilerPath?.(file) ?? []),
			];
			const plain = name.replaceAll('\\', '/');
			const named = folders.map((folder) => ({ folder, path: join(folder, plain) }));
			for (const { folder, path } of withSearch(named, dirname(file), () => search.places(name, quoted, file))) {
				const open = options.openText?.(path);
				if (open !== undefined) return { path, text: open };
				const text = read(path);
				if (text === undefined) continue;
				const allowed = () => [
					...folders,
					...(options.folders?.() ?? []),
					repositoryAround(dirname(file)) ?? dirname(file),
				];
				if (!leadsOut(path, folder, allowed)) return { path, text };
			}
			return undefined;
		},
		places(document) {
			const path = diskPath(document);
			return path === undefined ? '' : (options.includePath?.(path) ?? []).join('\n');
		},
		target(file) {
			const path = diskPath(file);
			return path === undefined ? undefined : options.target?.(path);
		},
		async predefined(file) {
			const path = diskPath(file);
			const defines = path === undefined ? [] : (options.defines?.(path) ?? []);
			return defines.length === 0
				? undefined
				: defines
						.map((d) => `#define ${d.replace('=', ' ').replace(/[\r\n]/g, ' ')}${d.includes('=') ? '' : ' 1'}\n`)
						.join('');
		},
	};
}

/** Absolute path of a file URI or a plain path; undefined for documents that are not on a disk. */
function diskPath(name: string): string | undefined {
	const path = filePath(name);
	return path === undefined ? undefined : resolve(path);
}

/** Undefined where it is not there or not readable: a system header, or one of another machine. */
function read(path: string): string | undefined {
	const text = regularText(path, LARGEST);
	// A mark in front of the first line would hide the directive on it.
	return text?.includes('\0') ? undefined : text?.replace(/^\ufeff/, '');
}

/** A path, and the folder that it was looked for from. */
interface Candidate {
	readonly folder: string;
	readonly path: string;
}

/** Paths that are named, and then those that are looked for around a folder. */
function* withSearch(
	named: readonly Candidate[],
	folder: string,
	search: () => Iterable<string>,
): Generator<Candidate> {
	yield* named;
	for (const path of search()) yield { folder, path };
}
