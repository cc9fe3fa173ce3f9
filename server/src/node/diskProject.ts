/** Finds included files on disk: beside the including file, and in the include folders of settings and compile_commands.json. */
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Project } from '../check/headers.ts';
import { filePath } from '../workspace/uri.ts';
import type { CompileFlags } from './compiler/flags.ts';
import { HeaderSearch } from './headerSearch.ts';
import { leadsOut, repositoryAround } from './links.ts';
import { regularText } from './regularFile.ts';

/** Larger headers are not read, in bytes. */
const LARGEST = 2 * 1024 * 1024;

export interface ProjectOptions {
	/** Folders to search by the settings of the document under check, absolute, best first. */
	readonly includePath?: (document: string) => readonly string[];
	/** What the build says of a file: further folders for what it includes, definitions, and the target. */
	readonly compiler?: (file: string) => CompileFlags | undefined;
	/** Further folders, absolute, whose files may be read through links: those that an editor has open. */
	readonly folders?: () => readonly string[];
	/** Text of a file that is open in an editor and may differ from the disk. */
	readonly openText?: (path: string) => string | undefined;
	/** What stands for the text of a file on disk, where that is not the text itself. */
	readonly textOf?: (path: string) => string | undefined;
	/** Looks for what no folder is named for. */
	readonly search?: HeaderSearch;
}

/**
 * A project that reads regular files below the given limit. Neither absolute names in `#include` nor links out of it are
 * followed; a file that the build has read first may have such a name.
 */
export function diskProject(options: ProjectOptions = {}): Project {
	const search = options.search ?? new HeaderSearch();
	const textOf = options.textOf ?? headerText;
	return {
		async include(name, quoted, from, document = from) {
			const file = diskPath(from);
			if (file === undefined || name.includes('\0')) return undefined;
			const flags = options.compiler?.(file);
			if (isAbsolute(name)) return flags?.forced.includes(name) ? whole(name, options) : undefined;
			const folders = [
				...(quoted ? [dirname(file)] : []),
				...(options.includePath?.(diskPath(document) ?? file) ?? []),
				...(flags?.includePath ?? []),
			];
			const plain = name.replaceAll('\\', '/');
			const named = folders.map((folder) => ({ folder, path: join(folder, plain) }));
			for (const { folder, path } of withSearch(named, dirname(file), () => search.places(name, quoted, file))) {
				const open = options.openText?.(path);
				if (open !== undefined) return { path, text: open };
				const text = textOf(path);
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
			return path === undefined ? undefined : options.compiler?.(path)?.target;
		},
		async predefined(file) {
			const path = diskPath(file);
			const flags = path === undefined ? undefined : options.compiler?.(path);
			return flags && firstLines(flags);
		},
	};
}

/** A file by its own name alone. */
function whole(
	path: string,
	{ openText, textOf = headerText }: ProjectOptions,
): { readonly path: string; readonly text: string } | undefined {
	const text = openText?.(path) ?? textOf(path);
	return text === undefined ? undefined : { path, text };
}

/** What a compiler reads in front of a file; undefined for nothing. */
function firstLines({ defines, forced }: CompileFlags): string | undefined {
	const plain = (text: string): string => text.replace(/[\r\n]/g, ' ');
	const lines = [
		...defines.map((d) => `#define ${plain(d).replace('=', ' ')}${d.includes('=') ? '' : ' 1'}\n`),
		...forced.filter((name) => !/["\r\n]/.test(name)).map((name) => `#include "${name}"\n`),
	];
	return lines.length === 0 ? undefined : lines.join('');
}

/** Absolute path of a file URI or a plain path; undefined for documents that are not on a disk. */
function diskPath(name: string): string | undefined {
	const path = filePath(name);
	return path === undefined ? undefined : resolve(path);
}

/** The text of a header; undefined where it is not there or not readable: a system header, or one of another machine. */
export function headerText(path: string): string | undefined {
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
