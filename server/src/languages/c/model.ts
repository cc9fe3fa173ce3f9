/** What evaluation needs of a C or C++ source: names as seen from one point of it, and calls before they are resolved. */
import type { ResultTest } from '../../calls/model.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { Span } from '../../syntax/span.ts';
import type { CType, Target } from '../../types/ctype.ts';
import type { Expr } from './expression.ts';

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
	/** Declared `const`, whatever it holds. */
	readonly constant?: boolean;
	/** An automatic variable of the function that holds the look-up: its storage ends with the function. */
	readonly automatic?: boolean;
	/** Where its name is declared, for one that the function around the look-up declares; offsets of the item. */
	readonly declared?: Span;
	/** How often each member function is called on it anywhere in its function; `&` where it is assigned or handed on whole. */
	readonly methods?: () => ReadonlyMap<string, number>;
	/** The first argument of the last `resize` or `assign` that has surely been called on it before the look-up. */
	readonly lengthSet?: () => Definition | undefined;
	/** What the type is deduced from, when it is `auto`. */
	readonly deduced?: Definition;
	/** Every definition that can have reached the point of the look-up; undefined when that cannot be told. */
	readonly reaching: () => readonly Definition[] | undefined;
	/** Of a parameter: the number that it is unless the caller gives another, where nothing else looks at it. */
	readonly byDefault?: () => number | undefined;
	/** What its members were set to on the way to the point of the look-up. */
	readonly members?: () => MemberValues;
	/** Of a pointer: what the members of what it points to were set to right before the look-up. */
	readonly pointee?: () => MemberValues;
	/**
	 * Of a local variable that was made without a value: paths of the members that something may have written up to the
	 * call that holds the look-up, `''` for the whole; undefined where that is not followed.
	 */
	readonly written?: () => readonly string[] | undefined;
	/** The same of what a local pointer leads to, where that is new memory; undefined where it may be anything else. */
	readonly writtenThrough?: () => readonly string[] | undefined;
	/** A parameter that its function only tests before the call that holds the look-up, and so what it points to. */
	readonly untouched?: () => boolean;
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
	/** What a function takes; a macro takes anything. */
	readonly types?: readonly CType[];
}

/** Names as seen from one point of the source. */
export interface Scope {
	/** The file is one of C++. */
	readonly cpp?: boolean;
	/** What the headers define; asked after the file itself. */
	readonly catalog: Catalog;
	variable(name: string): Variable | undefined;
	/** Object-like macros and enumerators: every definition the file gives (`#if` branches); empty when it gives one that cannot be read. */
	constant(name: string): readonly Definition[] | undefined;
	macroFunction(name: string): readonly MacroFunction[] | undefined;
	/** The only function of that name in sight, if all that it does is return an expression. */
	returning(name: string): MacroFunction | undefined;
	type(name: string): CType | undefined;
	/** The file or one of its headers declares a function of that name; a variable's or macro's name is asked for first. */
	isFunction(name: string): boolean;
	/** A structure of that name is made without any value: no constructor and no initialiser fills it. */
	isPlainRecord(name: string): boolean;
	/**
	 * Calls made before this point in the same function that are given the variable itself as an argument. A use of it
	 * that is no such call (it is copied, captured or returned) counts as a call of an unknown function.
	 */
	uses(name: string): readonly EarlierUse[];
	/**
	 * What a member, or a variable that outlives the function, is surely set to before this point in it, and the calls
	 * since then that may have been given it.
	 * @param spelt as it is written here.
	 * @param isLocal it is a variable that nobody but the function has; the calls are left out.
	 */
	kept?(
		spelt: string,
		isLocal: boolean,
	): { readonly definition: Definition; readonly uses: readonly EarlierUse[] } | undefined;
	/** What every `return` of the only function of that name in the file gives. */
	returned?(name: string): readonly Definition[] | undefined;
}

/** A call that was given a variable before the point of a look-up. */
export interface EarlierUse {
	/** Last component of the callee's name; empty where it is not known. */
	readonly callee: string;
	/** The call runs on every path to the point (it stands in a statement before it, not inside a branch of its own). */
	readonly certain: boolean;
	/** Offset of the use in the text. */
	readonly at: number;
	/** The arguments of the call; absent where another function makes it with the variable that it is given. */
	readonly args?: () => readonly Definition[];
}

/** An argument: its expression, where its names are looked up, and its source text. */
export interface RawArgument extends Definition {
	readonly text: string;
	/** The text that the expression's offsets are of. */
	readonly source: string;
	/** Where a finding belongs when the expression is not written in this call. */
	readonly at?: Span;
}

/** What a function says of all calls in it. */
export interface FunctionFacts {
	/** It waits for overlapped operations somewhere, or cannot be seen not to. */
	readonly waits: boolean;
	/** Winsock errors that its code names; comments and texts are not ready for any. */
	readonly expects: readonly string[];
	/** Its code speaks of sockets that do not block. */
	readonly nonBlocking: boolean;
	/** Its text without calls that only prepare a structure. */
	readonly text: string;
}

/** A call whose callee's name is an entry point's. */
export interface RawCall extends Span {
	/** Name of the entry point that is called. */
	readonly name: string;
	readonly callee: Span & { readonly text: string };
	readonly args: readonly RawArgument[];
	/** Values between angle brackets: `f<CODE>(…)`. */
	readonly templateArgs?: readonly RawArgument[];
	/** Name of the function through which the entry point is called, when the call itself is of a wrapper. */
	readonly through?: string;
	/** That function does nothing with the input but hand it on. */
	readonly isHandedOn?: true;
	/** The settings say so of that function. */
	readonly isConfigured?: true;
	/** Name of the function it stands in. */
	readonly enclosing?: string;
	readonly around: FunctionFacts;
	/** The result is looked at: compared, assigned, returned, cast to void or handed on. */
	readonly resultUsed: boolean;
	/** What it is taken for. */
	readonly resultTests?: readonly ResultTest[];
	/** The targets that it is compiled for; absent: all. */
	readonly targets?: readonly Target[];
}
