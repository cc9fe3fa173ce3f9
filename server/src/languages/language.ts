/** What the analysis needs from a source file, whatever its grammar. */
import type { ForeignInterface, IoctlBinding } from '../calls/bindings.ts';
import type { Inclusion } from '../calls/inclusion.ts';
import type { CallSite, Surroundings } from '../calls/site.ts';
import type { Place, SiteAt } from '../calls/siteAt.ts';
import type { Wording } from '../calls/wording.ts';
import type { ApiId } from '../catalog/api.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { OwnWrappers } from '../catalog/ownFunctions.ts';
import type { Span } from '../syntax/span.ts';
import type { SyntaxTree } from '../syntax/trees.ts';
import type { FileVersion } from './c/version.ts';

export interface Language {
	readonly id: string;
	/** File name below `grammars/`. */
	readonly grammar: string;
	/** File name endings, with the dot. */
	readonly extensions: readonly string[];
	/** LSP language identifiers. */
	readonly languageIds: readonly string[];
	/** Reads a text. */
	readonly open: (text: string, env: LanguageEnv) => SourceFile;
	/** What a text holds where an entry point may go by any name. */
	readonly marks?: { test(text: string): boolean };
	/** Words of which a text that `marks` holds for has one; absent where it may have none of any. */
	readonly markWords?: readonly string[];
	/** How messages write things in it. */
	readonly wording: Wording;
}

/** What opening a text needs from outside. */
export interface LanguageEnv {
	/** Parses with the language's own grammar. The caller frees the tree. @throws ParserFailure */
	readonly parse: (text: string) => SyntaxTree;
	/** Told of what costs a call: a defect of the product. */
	readonly onProblem?: (error: unknown) => void;
	/** Files that the text includes or imports, of the same language. The list may be filled after the opening. */
	readonly included: readonly Included[];
	/** The user's own functions that take the arguments of an entry point. */
	readonly functions: Readonly<Record<string, ApiId>>;
	/** Those with arguments of their own; absent: none. */
	readonly wrappers?: OwnWrappers;
	readonly catalog: Catalog;
}

export interface Included {
	/** As the including file names it. */
	readonly as: string;
	readonly file: SourceFile;
}

/**
 * One text as its language reads it. It is cut into parts by the text alone, so that the same text gives the same parts
 * whatever edits led there, and each part is parsed when it is first asked.
 */
export interface SourceFile {
	readonly text: string;
	/** The files that it includes or imports, in order; packages and the system's are not told apart. */
	readonly includes: readonly Include[];
	/** The Windows that it asks the headers for. */
	readonly version?: FileVersion | undefined;
	/** Reads what the first question to any part needs of all of them, step by step; nothing where that is known. */
	ahead?(): Iterator<undefined, void, undefined>;
	/** By their beginnings. The same object as before an update stands for the same answers. */
	readonly parts: readonly Part[];
	/** What stands at an offset. Costs what the part around it does up to there. */
	placeAt(offset: number): Place;
	/**
	 * The call of an entry point that an offset stands in, between its parentheses, be it finished or not. What is asked of
	 * it is answered until the next question of this kind, or the next update. It costs what the part does up to there.
	 */
	siteAt(offset: number): SiteAt | undefined;
	/** Where words stand that are neither in comments nor in literals, in order. It costs what the parts do that hold one. */
	occurrences(isWanted: (word: string) => boolean): readonly Span[];
	/** Where it, or a file that it includes, defines a macro; absent: the language has none. */
	macroPlaces?(name: string): readonly MacroPlace[];
	/** How it calls functions of a DLL, for what is written at an offset; undefined or absent: it does not. */
	foreign?(offset: number): ForeignInterface | undefined;
	/** Control codes that it and the files that it includes define by the macros of the headers; absent: the language has none. */
	definedCodes?(): readonly DefinedCode[];
	/** Its headers, and where one more can stand; absent: the language has none. */
	inclusion?(): Inclusion;
	/** Takes a new text. A part is replaced when it, or what it reads of other parts, has changed. */
	update(text: string, env: LanguageEnv): void;
	/**
	 * Replaces what reads names that the last update gave another meaning, as far as that takes reading what has changed.
	 * Until then what stands elsewhere in the text may be known as it was before; the next update does it as well.
	 */
	settle?(): void;
	/** Gives back what only further questions would need; those cost more then. */
	rest?(): void;
	/** Frees every tree. Nothing may be asked afterwards. */
	free(): void;
}

/** A control code by the name that a file gives it. */
export interface DefinedCode {
	readonly name: string;
	readonly value: number;
}

/** The name of a macro where it is defined. */
export interface MacroPlace extends Span {
	readonly file: SourceFile;
}

/** A top-level item of a text, or what of it is read alone. */
export interface Part {
	/** Another value when some of it stands elsewhere than before. */
	readonly stands: unknown;
	/** Where a character stands in the text. */
	place(offset: number): number;
	/**
	 * Calls of entry points in it; spans are offsets of the part's own. Where there are very many, each is read when it is
	 * come to, and those through wrappers follow the others.
	 */
	sites(): Iterable<CallSite>;
	/** Declarations of entry points for a foreign function interface, likewise. */
	bindings(): readonly IoctlBinding[];
	/** What stands around a call, in the part's own offsets. */
	surroundings(call: Span): Surroundings;
	/** Gives back what no other part needs, where there is very much of it; further questions cost more then. */
	done?(): void;
}

export interface Include {
	/** As written between the quotes or brackets. */
	readonly name: string;
	readonly quoted: boolean;
	/** Names that the file can have on disk, in order, where it is not its own. */
	readonly files?: readonly string[];
}
