/**
 * A call as its language reads it: where it stands, and what each argument can be asked. The language resolves its own
 * arguments; nothing here or above knows syntax, scopes or expressions.
 */
import type { ApiId } from '../catalog/api.ts';
import type { Span } from '../syntax/span.ts';
import type { CType, PerTarget, Target } from '../types/ctype.ts';
import type { CodeArgument, InitialValue, PointerArgument, ResultTest, SizeArgument, SocketOrigin } from './model.ts';

/** One argument. Each question is answered when it is asked; what cannot be told is unknown, never guessed. */
export interface Slot extends Span {
	/** Source text of the argument. The span is where findings about it belong: the callee's where it is not written in the call. */
	readonly text: string;
	/** As a control code, without the catalog's entry. */
	code(): Omit<CodeArgument, 'entry'>;
	/** As the address of a buffer. */
	pointer(): PointerArgument;
	/** The values that the source gives the object behind that address before the call. */
	initial(): readonly InitialValue[];
	/** Paths of what surely nothing has written there before the call; an empty path is the whole. */
	unwritten(): readonly string[];
	/** As a number of bytes. */
	size(): SizeArgument;
	/** As a socket: how it was made and what was done with it since. */
	origin(): SocketOrigin | undefined;
	/** As a socket: the function that has set it up for event notifications, which nothing has ended since. */
	selectedBy(): string | undefined;
	/** As the address of a GUID: the name it is written or initialised with, `WSAID_ACCEPTEX`. */
	guid(): string | undefined;
	/** Where that name stands, in the function of the call. */
	guidAt(): Span | undefined;
	/** A lone name or number: `WskIoctl`, `2`; undefined for anything else. */
	word(): string | number | undefined;
}

/** A variable that can be named at an offset. */
export interface VisibleObject {
	readonly name: string;
	readonly type?: CType;
	/** Bytes of its memory, where no type tells them. */
	readonly bytes?: PerTarget;
}

/** What stands around a call, for what a change would write there. */
export interface Surroundings {
	room(): Room | undefined;
	/**
	 * Variables of the function's body that can be named there, the last named first.
	 * @param isWanted tells by its name alone which are asked for: each costs a look at all that the function does with it.
	 */
	locals(isWanted?: (name: string) => boolean): readonly VisibleObject[];
	/**
	 * The type in the declaration of one variable that holds nothing, or zeros, and where those stand; undefined where the
	 * declaration says more.
	 * @param declared the place of the variable's name.
	 */
	typeOf(declared: Span): { readonly type: Span; readonly zeros?: Span } | undefined;
	/** A value can be written behind the variable's name in its declaration. */
	isWithoutValue(declared: Span): boolean;
}

/** The line in front of the statement of a call, where a declaration can be written. */
export interface Room {
	/** Where the line begins. */
	readonly at: number;
	readonly indentation: string;
	readonly lineEnd: string;
	/** The text around the call uses the name for something. */
	isTaken(name: string): boolean;
}

/** A call of an entry point, directly or through a function that hands its arguments on. */
export interface CallSite extends Span {
	readonly api: ApiId;
	/** As written: `WSAIoctl`, `::WSAIoctl`, `Dispatch->WskControlSocket`. */
	readonly callee: string;
	/** The name that the callee ends with. */
	readonly calleeSpan: Span;
	/** By position; as many as the function takes. */
	readonly args: readonly Slot[];
	/** Name of the function through which the entry point is called, when the call itself is of a wrapper. */
	readonly through?: string;
	/** That wrapper does nothing with the input but hand it on. */
	readonly isHandedOn?: true;
	/** The settings say so of that function. */
	readonly isConfigured?: true;
	/** Name of the function that the call stands in. */
	readonly enclosing?: string;
	/** The result is looked at: compared, assigned, returned, cast to void or handed on. */
	readonly resultUsed: boolean;
	/** What the result is taken for, where that can be told. */
	readonly resultTests: readonly ResultTest[];
	/** The function waits for the overlapped operation somewhere, hands its structure on, or cannot be seen not to. */
	readonly waits: boolean;
	/** Winsock errors that the function names: it is ready for them. */
	readonly expects: readonly string[];
	/** The function makes a socket non-blocking, or speaks of one that is. */
	readonly nonBlocking: boolean;
	/** The targets that it is compiled for; absent: all. */
	readonly targets?: readonly Target[];
	/** Bytes of a type that the file or one of its headers declares; absent: the language has no headers. */
	sizeOf?(type: string): PerTarget | undefined;
}
