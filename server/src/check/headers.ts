/**
 * Included files, read when a document needs them and kept for the next one: macros, constants, types and variables
 * that its calls are written with. Bounded in number, size and depth; a change of any file drops them all.
 */
import type { Include, Included, Language, LanguageEnv, SourceFile } from '../languages/language.ts';
import { ParserFailure } from '../syntax/trees.ts';
import type { Target } from '../types/ctype.ts';

/** How the surroundings find included files. */
export interface Project {
	/**
	 * The file that `from` includes as `name`, or undefined when it is not there, is too large or may not be read.
	 * @param from path or URI of the including file, as given to the check or returned here.
	 * @param document path or URI of the text under check, whose settings hold.
	 */
	readonly include: (
		name: string,
		quoted: boolean,
		from: string,
		document?: string,
	) => Promise<{ readonly path: string; readonly text: string } | undefined>;
	/** Definitions from the compiler's command line for a file, as source text (`#define NAME value` lines). */
	readonly predefined?: (file: string) => Promise<string | undefined>;
	/** Tells documents apart whose includes are looked for in different places: they share no header. */
	readonly places?: (document: string) => string;
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
	readonly file: SourceFile;
	/** Filled when the file's own includes have been read; the file holds the same list. */
	readonly included: Included[];
	readonly pending: readonly Include[];
	readonly path: string;
	followed: boolean;
}

/** An include that is still to be read. */
interface Wanted {
	readonly into: Included[];
	readonly include: Include;
	readonly from: string;
}

/** What a header includes, where that is not followed already; it is from now on. */
function pendingOf(header: Header, from: string, followed: Header[]): readonly Wanted[] {
	if (header.followed) return [];
	header.followed = true;
	followed.push(header);
	return header.pending.map((include) => ({ into: header.included, include, from }));
}

/** What it includes has not been read, or not all of it. @param own how many it was given. */
function unfollow(header: Header, own: number): void {
	header.followed = false;
	header.included.length = own;
}

/** What opening a file of a language needs besides the files that it includes. */
export type OpenEnv = (language: Language, included: readonly Included[]) => LanguageEnv;

/** The included files that are kept. */
export class Headers {
	readonly #env: OpenEnv;
	readonly #files = new Map<string, Header>();
	#text = 0;
	#epoch = 0;

	constructor(env: OpenEnv) {
		this.#env = env;
	}

	/** Grows whenever the files that were handed out are good no longer. */
	get epoch(): number {
		return this.#epoch;
	}

	/** Path or URI of a file that was handed out. */
	pathOf(file: SourceFile): string | undefined {
		for (const header of this.#files.values()) if (header.file === file) return header.path;
		return undefined;
	}

	/** Forgets everything: a file has changed, or the parser was rebuilt. */
	clear(): void {
		for (const { file } of this.#files.values()) file.free();
		this.#files.clear();
		this.#text = 0;
		this.#epoch++;
	}

	/**
	 * The files that a text includes directly; deeper ones hang on them. They are good while `epoch` stays.
	 * @param given definitions from the command line, as source text.
	 * @param places where includes are looked for, by any name.
	 * @param cancelled asked before each file; true stops reading, and the result is undefined.
	 */
	async of(
		name: string,
		includes: readonly Include[],
		language: Language,
		project: Project,
		{ given, places }: { readonly given: string; readonly places: string },
		cancelled: () => boolean,
	): Promise<readonly Included[] | undefined> {
		if (this.#text > MOST_TEXT || this.#files.size >= MOST_FILES) this.clear();
		// A header means something else under other definitions or beside others, so it is kept once for each set of them.
		const surroundings = `${given}\n${places}`;
		const first = given === '' ? undefined : this.#read(surroundings, 'command line', given, language);
		const always: readonly Included[] = first ? [{ as: '', file: first.file }] : [];
		const direct: Included[] = [...always];
		const followed: Header[] = [];
		const asked = includes.map((include): Wanted => ({ into: direct, include, from: name }));
		let level: readonly Wanted[] = first ? [...pendingOf(first, name, followed), ...asked] : asked;
		const read = (path: string, text: string): Header | undefined =>
			path === name ? undefined : this.#read(surroundings, path, text, language, always);
		for (let depth = 0; level.length > 0 && depth < DEEPEST; depth++) {
			const next: Wanted[] = [];
			for (const { into, include, from } of level) {
				if (cancelled()) {
					for (const header of followed) unfollow(header, header === first ? 0 : always.length);
					return undefined;
				}
				const file = await firstOf(project, include, from, name);
				const header = file && read(file.path, file.text);
				if (!header) continue;
				into.push({ as: include.name, file: header.file });
				next.push(...pendingOf(header, header.path, followed));
			}
			level = next;
		}
		return direct;
	}

	#read(
		surroundings: string,
		path: string,
		text: string,
		language: Language,
		always: readonly Included[] = [],
	): Header | undefined {
		const key = `${language.grammar}\n${path}\n${surroundings}`;
		const known = this.#files.get(key);
		if (known) return known;
		if (this.#files.size >= MOST_FILES || this.#text + text.length > MOST_TEXT) return undefined;
		try {
			const included: Included[] = [...always];
			const file = language.open(text, this.#env(language, included));
			const header: Header = { file, included, pending: file.includes, path, followed: false };
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

async function firstOf(project: Project, include: Include, from: string, document: string) {
	for (const name of include.files ?? [include.name]) {
		const file = await project.include(name, include.quoted, from, document);
		if (file) return file;
	}
	return undefined;
}
