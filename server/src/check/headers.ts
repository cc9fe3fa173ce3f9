/**
 * Included files, read when a document needs them and kept for the next one: macros, constants, types and variables
 * that its calls are written with. Bounded in number, size and depth; a change of any file drops them all.
 */
import type { Include, Language, ParseSnippet, Unit } from '../languages/language.ts';
import { ParserFailure, type Trees } from '../syntax/trees.ts';
import type { Target } from '../types/ctype.ts';

/** How the surroundings find included files. */
export interface Project {
	/**
	 * The file that `from` includes as `name`, or undefined when it is not there, is too large or may not be read.
	 * @param from path or URI of the including file, as given to the check or returned here.
	 */
	readonly include: (
		name: string,
		quoted: boolean,
		from: string,
	) => Promise<{ readonly path: string; readonly text: string } | undefined>;
	/** Definitions from the compiler's command line for a file, as source text (`#define NAME value` lines). */
	readonly predefined?: (file: string) => Promise<string | undefined>;
	/** The one target that the compiler's command line names for a file. */
	readonly target?: (file: string) => Target | undefined;
}

/** Files kept at most; a document that includes more is read without the rest. */
const MOST_FILES = 400;
/** Text kept at most, in UTF-16 units. */
const MOST_TEXT = 24 * 1024 * 1024;
/** Includes of includes are followed this far. */
const DEEPEST = 12;

interface Header {
	readonly unit: Unit;
	/** Filled when the file's own includes have been read; the unit holds the same list. */
	readonly included: Unit[];
	readonly pending: readonly Include[];
	readonly path: string;
	followed: boolean;
}

/** The included files that are kept, with their trees. */
export class Headers {
	readonly #trees: Trees;
	readonly #files = new Map<string, Header>();
	#text = 0;

	constructor(trees: Trees) {
		this.#trees = trees;
	}

	/** Number of files kept. */
	get size(): number {
		return this.#files.size;
	}

	/** Forgets everything: a file has changed, or the parser was rebuilt. */
	clear(): void {
		for (const key of this.#files.keys()) this.#trees.forget(key);
		this.#files.clear();
		this.#text = 0;
	}

	/**
	 * The files that a text includes directly; deeper ones hang on them. They are good until the next call.
	 * @param cancelled asked before each file; true stops reading.
	 */
	async of(
		name: string,
		text: string,
		language: Language,
		project: Project,
		cancelled: () => boolean,
	): Promise<readonly Unit[]> {
		if (!language.includes || !language.unit) return [];
		if (this.#text > MOST_TEXT || this.#files.size >= MOST_FILES) this.clear();
		// A header means something else under other definitions, so it is kept once for each set of them.
		const given = (await project.predefined?.(name)) ?? '';
		const commandLine = given === '' ? undefined : this.#read(given, 'command line', given, language)?.unit;
		const direct: Unit[] = commandLine ? [commandLine] : [];
		const followed: Header[] = [];
		let level: { readonly into: Unit[]; readonly include: Header['pending'][number]; readonly from: string }[] =
			language.includes(text).map((include) => ({ into: direct, include, from: name }));
		for (let depth = 0; level.length > 0 && depth < DEEPEST; depth++) {
			const next: typeof level = [];
			for (const { into, include, from } of level) {
				if (cancelled()) {
					// What these include has not been read, or not all of it.
					for (const header of followed) {
						header.followed = false;
						header.included.length = commandLine ? 1 : 0;
					}
					return [];
				}
				const file = await firstOf(project, include, from);
				if (!file || file.path === name) continue;
				const header = this.#read(given, file.path, file.text, language, commandLine);
				if (!header) continue;
				into.push(language.named?.(header.unit, include.name) ?? header.unit);
				if (header.followed) continue;
				header.followed = true;
				followed.push(header);
				next.push(...header.pending.map((inner) => ({ into: header.included, include: inner, from: header.path })));
			}
			level = next;
		}
		return direct;
	}

	#read(given: string, path: string, text: string, language: Language, commandLine?: Unit): Header | undefined {
		const key = `${language.grammar}\n${path}\n${given}`;
		const known = this.#files.get(key);
		if (known) return known;
		if (this.#files.size >= MOST_FILES || this.#text + text.length > MOST_TEXT) return undefined;
		try {
			const root = this.#trees.hold(key, language.grammar, text);
			const included: Unit[] = commandLine ? [commandLine] : [];
			const header: Header = {
				unit: language.unit!(root, text, snippetParser(this.#trees, language), included),
				included,
				pending: language.includes!(text),
				path,
				followed: false,
			};
			this.#files.set(key, header);
			this.#text += text.length;
			return header;
		} catch (error) {
			// One header that the parser cannot cope with must not hide the document's own calls.
			if (error instanceof ParserFailure) return undefined;
			throw error;
		}
	}
}

async function firstOf(project: Project, include: Include, from: string) {
	for (const name of include.files ?? [include.name]) {
		const file = await project.include(name, include.quoted, from);
		if (file) return file;
	}
	return undefined;
}

/** Parses snippets (the text of a macro) with a language's grammar. */
export const snippetParser =
	(trees: Trees, language: Language): ParseSnippet =>
	(text, use) =>
		trees.withTree(language.grammar, text, (root) => ({ value: use(root) }))!.value;
