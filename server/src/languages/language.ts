/** What the analysis needs from a source file, whatever its grammar. */
import type { IoctlBinding } from '../calls/bindings.ts';
import type { CallSite } from '../calls/site.ts';
import type { Wording } from '../calls/wording.ts';
import type { ApiId } from '../catalog/api.ts';
import type { Span } from '../syntax/span.ts';
import type { Node, SyntaxTree } from '../syntax/trees.ts';
import type { CType } from '../types/ctype.ts';
import type { Expr } from './c/expression.ts';
import type { FileVersion } from './c/version.ts';

/** An expression and the place from which its names are looked up. */
export interface Definition {
	readonly expr: Expr;
	readonly scope: Scope;
}

export interface Variable {
	readonly name: string;
	/** Declared type; a C++ reference shows what it refers to. */
	readonly type: CType;
	/** The storage is the variable's own: false for references and parameters declared as arrays. */
	readonly ownStorage: boolean;
	/** An automatic variable of the function that holds the look-up: its storage ends with the function. */
	readonly automatic?: boolean;
	/** Names of the member functions called on it anywhere in its function, and `=` or `&` where it is assigned or handed on whole. */
	readonly methods?: () => readonly string[];
	/** What the type is deduced from, when it is `auto`. */
	readonly deduced?: Definition;
	/** Every definition that can have reached the point of the look-up; undefined when that cannot be told. */
	readonly reaching: () => readonly Definition[] | undefined;
	/** What its members were set to on the way to the point of the look-up. */
	readonly members?: () => MemberValues;
}

/** What is known of a structure that was set member by member. */
export interface MemberValues {
	/** What the whole was before; absent: not known. */
	readonly whole?: Definition | { readonly zero: true };
	/** By path (`a.b[2]`), each the last one before the look-up. */
	readonly values: readonly { readonly path: string; readonly definition: Definition }[];
}

export interface MacroFunction {
	readonly parameters: readonly string[];
	readonly body: Expr;
	readonly scope: Scope;
}

/** Names as seen from one point of the source. */
export interface Scope {
	variable(name: string): Variable | undefined;
	/** Object-like macros and enumerators: every definition the file gives (`#if` branches); empty when it gives one that cannot be read. */
	constant(name: string): readonly Definition[] | undefined;
	macroFunction(name: string): readonly MacroFunction[] | undefined;
	type(name: string): CType | undefined;
	/** The file or one of its headers declares a function of that name; a variable's or macro's name is asked for first. */
	isFunction(name: string): boolean;
	/**
	 * Calls made before this point in the same function that are given the variable itself as an argument. A use of it
	 * that is no such call (it is copied, captured or returned) counts as a call of an unknown function.
	 */
	uses(name: string): readonly EarlierUse[];
}

/** A call that was given a variable before the point of a look-up. */
export interface EarlierUse {
	/** Last component of the callee's name; empty where it is not known. */
	readonly callee: string;
	/** The call runs on every path to the point (it stands in a statement before it, not inside a branch of its own). */
	readonly certain: boolean;
	/** Offset of the use in the text. */
	readonly at: number;
}

/** An argument: its expression, where its names are looked up, and its source text. */
export interface RawArgument extends Definition {
	readonly text: string;
	/** Where a finding belongs when the expression is not written in this call. */
	readonly at?: Span;
}

/** A call whose callee's name may be an entry point's. */
export interface RawCall extends Span {
	/** Name of the entry point that is called. */
	readonly name: string;
	readonly callee: Expr & { readonly text: string };
	readonly args: readonly RawArgument[];
	/** Values between angle brackets: `f<CODE>(…)`. */
	readonly templateArgs?: readonly RawArgument[];
	/** Name of the function through which the entry point is called, when the call itself is of a wrapper. */
	readonly through?: string;
	readonly scope: Scope;
	/** Name of the function it stands in. */
	readonly enclosing?: string;
	/** Source text of the function it stands in. */
	readonly functionText?: string;
	/** The result is looked at: compared, assigned, returned, cast to void or handed on. */
	readonly resultUsed: boolean;
}

/** The entry point that a callee's last name stands for. */
export type EntryPointOf = (name: string) => string | undefined;

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
	/** Finds the calls whose callee's last name stands for an entry point. The scopes of the calls are good while `root` lives. */
	readonly calls?: (
		root: Node,
		text: string,
		entryPoint: EntryPointOf,
		parse: ParseSnippet,
		included: readonly Unit[],
	) => RawCall[];
	/** Declarations of entry points for a foreign function interface; absent where a language has none. */
	readonly bindings?: (root: Node, text: string, included: readonly Unit[]) => IoctlBinding[];
	/** What a text holds where an entry point may go by any name. */
	readonly marks?: { test(text: string): boolean };
	/** How messages write things in it. */
	readonly wording: Wording;
	/** The files that a text includes, in order; absent where a language has none or they are not followed. */
	readonly includes?: (text: string) => Include[];
	/** An included file, for the names that it declares. It is good while `root` lives. */
	readonly unit?: (root: Node, text: string, parse: ParseSnippet, included: readonly Unit[]) => Unit;
	/** A unit as one including file names it, where declarations are looked up by that name. */
	readonly named?: (unit: Unit, name: string) => Unit;
}

/** What opening a text needs from outside. */
export interface LanguageEnv {
	/** Parses with the language's own grammar. The caller frees the tree. @throws ParserFailure */
	readonly parse: (text: string) => SyntaxTree;
	/** Files that the text includes or imports, of the same language. The list may be filled after the opening. */
	readonly included: readonly Included[];
	/** The user's own functions that take the arguments of an entry point. */
	readonly functions: Readonly<Record<string, ApiId>>;
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
	/** The files that it includes, where that is cheaper to know than by `Language.includes`. */
	readonly includes?: readonly Include[];
	/** The Windows that it asks the headers for. */
	readonly version?: FileVersion | undefined;
	/** In order, and without gaps. The same object as before an update stands for the same answers. */
	readonly parts: readonly Part[];
	/** Takes a new text. A part is replaced when it, or what it reads of other parts, has changed. */
	update(text: string, env: LanguageEnv): void;
	/** Frees every tree. Nothing may be asked afterwards. */
	free(): void;
}

/** A top-level item of a text. */
export interface Part extends Span {
	/** Calls of entry points in it, by position; spans are relative to the start of the part. */
	sites(): readonly CallSite[];
	/** Declarations of entry points for a foreign function interface, likewise. */
	bindings(): readonly IoctlBinding[];
}

export interface Include {
	/** As written between the quotes or brackets. */
	readonly name: string;
	readonly quoted: boolean;
	/** Names that the file can have on disk, in order, where it is not its own. */
	readonly files?: readonly string[];
}

/** A file's declarations, in a form that only its own language knows. */
export interface Unit {
	readonly language: string;
}

/** Parses a snippet with the file's own grammar, hands its root over and frees the tree. */
export type ParseSnippet = <T>(text: string, use: (root: Node) => T) => T;
