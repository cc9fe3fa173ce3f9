/** What the analysis tells the rules about one call. Language-neutral plain data. */
import type { ApiId } from '../catalog/api.ts';
import type { ControlCode } from '../catalog/model.ts';
import type { Span } from '../syntax/span.ts';
import type { CType, PerTarget, Target } from '../types/ctype.ts';

/**
 * A size in bytes. `known` holds every value it can have here (one, unless `#if` branches or `?:` disagree); a rule
 * speaks only on what all of them share. `symbolic` is `sizeof` of an object whose type is not known here.
 */
export type Quantity =
	| { readonly kind: 'known'; readonly values: readonly PerTarget[] }
	| { readonly kind: 'symbolic'; readonly object: string }
	| { readonly kind: 'unknown' };

/** A number of elements where an array's `length` was asked for. */
export interface ElementCount {
	/** Spelling of the array. */
	readonly object: string;
	/** Its type: `Uint32Array`. */
	readonly type: string;
	/** Bytes of one element, more than 1. */
	readonly bytes: number;
}

export type Nullness = 'null' | 'not-null' | 'unknown';

/** A value of an input object, by path (`onoff`, `u.v4[2]`; empty: the whole). */
export interface InitialValue {
	readonly path: string;
	/** A number or a header's name for one; absent: not known, but something else of it is. */
	readonly value?: number | string;
	/** Where it is written, when that is not the call. */
	readonly at?: Span;
	/** Nobody wrote it: it is what an initialiser or a clearing leaves. */
	readonly implied?: true;
	/** The order of its bytes, where that can be told: `host` of a plain number. */
	readonly order?: ByteOrder;
	/** It comes from something in the other order that was swapped; its text. */
	readonly swapped?: string;
	/** What a parameter that nothing in the function looks at is unless the caller says otherwise. */
	readonly byDefault?: number;
}

export type ByteOrder = 'host' | 'network';

/** The object that a pointer argument points to. */
export interface PointedObject {
	/** Canonical spelling (`ka`, `*p`, `a->b`), when there is one. */
	readonly spelling?: string;
	/** Source text of the object, for messages. */
	readonly text: string;
	/** Its declared type. */
	readonly type?: CType;
	/** Bytes from the pointer to the end of the memory that belongs to it. Absent: unknown, possibly more than the type's size. */
	readonly capacity?: PerTarget;
	/** It is a number in a structure, of so many bytes: what stands behind it is another member, or padding. */
	readonly member?: PerTarget;
	/** Of the input: what it was set to, as far as the source shows. */
	readonly initial?: readonly InitialValue[];
	/** Of the input: paths of what surely nothing has written before the call; an empty path is the whole. */
	readonly unwritten?: readonly string[];
	/** A variable that surely holds a value before the call. */
	readonly initialised?: boolean;
	/** It is a pointer that leads nowhere: NULL, or never set. */
	readonly leadsNowhere?: boolean;
	/** An object of the caller, which the function has not touched before the call. */
	readonly callers?: boolean;
	/** It is declared `const`. */
	readonly constant?: boolean;
	/** The argument is a pointer variable, so that `sizeof` of it is a pointer's size. */
	readonly throughPointer?: boolean;
	/** Where the function that makes the call declares the variable. */
	readonly declared?: Span;
}

/** What stands in the place of an address. */
export type MistakenAddress =
	/** A number: every value it can have, not all of them 0. */
	| { readonly kind: 'number'; readonly values: readonly number[] }
	/** An integer whose value is not known, and which is narrower than an address on 64-bit Windows. */
	| { readonly kind: 'integer'; readonly object: string; readonly bytes: number }
	/** The address of a function. */
	| { readonly kind: 'function'; readonly object: string }
	/** A local pointer that was never given a value. */
	| { readonly kind: 'unset'; readonly object: string }
	/** A pointer that is cast to what its own address is. */
	| { readonly kind: 'pointer'; readonly object: string }
	/** The address of a pointer that is cast to what the pointer is, or to anything: then `of` is what that points to. */
	| { readonly kind: 'address'; readonly object: string; readonly of?: string };

export interface PointerArgument extends Span {
	readonly text: string;
	readonly nullness: Nullness;
	readonly object?: PointedObject;
	/** A constant that is given as the address: `(u_long *)1`. */
	readonly address?: number;
	/** What stands there instead of the address of the data. */
	readonly mistaken?: MistakenAddress;
	/** It points to an automatic variable of the function that makes the call. */
	readonly automatic?: boolean;
}

export interface LeastSize {
	/** The parts that are known. */
	readonly bytes: PerTarget;
	/** The other part, as written. */
	readonly more: string;
	/** It surely is more than 0. */
	readonly certain: boolean;
}

export interface SizeArgument extends Span {
	readonly text: string;
	readonly value: Quantity;
	/** Of a sum that is not known: what it is at least, and what is added to that. */
	readonly least?: LeastSize;
	/** `sizeof(type)` or `sizeof` an object: the type measured. */
	readonly sizeofType?: CType;
	/** `sizeof` an object: its canonical spelling. */
	readonly sizeofObject?: string;
	/** It is the number of elements of an array whose elements are larger than a byte. */
	readonly elements?: ElementCount;
	/** Written as a number. */
	readonly literal?: boolean;
	/** Where the function that makes the call computes or measures what a variable stands for here. */
	readonly computed?: Span;
}

/** One direction's buffer. `size` is absent where the function takes none (`ioctlsocket`). */
export interface BufferArgument {
	readonly pointer: PointerArgument;
	readonly size?: SizeArgument;
	/** Bytes that the function itself takes or gives: the size argument's, or 4 for `ioctlsocket`. */
	readonly length: Quantity;
}

export interface CodeArgument extends Span {
	readonly text: string;
	/** Every value it can have here, unsigned 32 bits; empty when not resolved. */
	readonly values: readonly number[];
	/** Name as written, when the argument is one (`SIO_RCVALL`, also inside a cast) and no variable has it. */
	readonly name?: string;
	/** The file or one of its headers defines that name itself. */
	readonly ownName?: boolean;
	/** The catalog's entry when all values lead to one. */
	readonly entry?: ControlCode;
}

/** How the socket of the call was made, where that is in sight. */
export interface SocketOrigin {
	/** Names as written in the call that made it: `AF_INET`, `SOCK_STREAM`, `IPPROTO_TCP`. */
	readonly family?: string;
	readonly type?: string;
	readonly protocol?: string;
	/** Functions that were surely called with the socket since: `bind`, `connect`, `listen`. */
	readonly called: readonly string[];
	/** Every function that can have been given the socket since; empty names for uses that cannot be followed. */
	readonly mayHaveCalled: readonly string[];
	/** It was surely bound to the address that stands for all interfaces. */
	readonly boundToAll?: true;
}

/** What the returned value, or what holds it, is taken for. */
export type ResultReading =
	/** Compared for equality with a number, or with an error by its name. `truth`: it was made a truth value before. */
	| { readonly kind: 'equality'; readonly value: number | string; readonly truth: boolean }
	/** Compared in a way that tells numbers above 0 from the others. */
	| { readonly kind: 'positive' }
	/** Compared as an unsigned number in a way that tells none from the others: `< 0`. */
	| { readonly kind: 'unsigned' }
	/** Given to something whose name says that it tests a BOOL. */
	| { readonly kind: 'checked'; readonly by: string }
	/** The condition for a branch that is taken when the result is 0, and asks for the error. */
	| { readonly kind: 'asked'; readonly by: string }
	/** Made a truth value by `!!` and returned, or kept under a name that speaks of success. */
	| { readonly kind: 'doubled'; readonly holder?: string };

/** The place where that is, as written. */
export type ResultTest = Span & { readonly text: string } & ResultReading;

export interface IoctlCall extends Span {
	readonly api: ApiId;
	/**
	 * `socket-option`: a WskControlSocket get or set request; no control code at all. `unknown`: what it is a request for is
	 * not known.
	 */
	readonly kind: 'ioctl' | 'socket-option' | 'unknown';
	/** As written: `WSAIoctl`, `::WSAIoctl`, `Dispatch->WskControlSocket`. */
	readonly callee: string;
	readonly calleeSpan: Span;
	/** Name of the wrapper that is really called; the entry point is called inside of it. */
	readonly through?: string;
	/** That wrapper does nothing with the input but hand it on. */
	readonly isHandedOn?: true;
	/** The settings say so of that function. */
	readonly isConfigured?: true;
	readonly code: CodeArgument;
	readonly input?: BufferArgument;
	readonly output?: BufferArgument;
	/** `lpcbBytesReturned` or its counterpart. */
	readonly bytesReturned?: PointerArgument;
	readonly overlapped?: PointerArgument;
	readonly completion?: PointerArgument;
	readonly socket?: SocketOrigin;
	/** The function that has set the socket up for event notifications, which nothing has ended since. */
	readonly selectedBy?: string;
	/** Name of the function that the call stands in. */
	readonly enclosing?: string;
	/** WskControlSocket's request type, when it is written as a name or number: `WskSetOption`, `WskGetOption`, `WskIoctl`. */
	readonly request?: WskRequest;
	/** Where the request type is written. */
	readonly requestArgument?: Span;
	/** The IRP argument of WskControlSocket. */
	readonly irp?: PointerArgument;
	/** GUID given as the input, by the name it is written or initialised with: `WSAID_ACCEPTEX`. */
	readonly guid?: string;
	/** Where that name is written, in the function that makes the call. */
	readonly guidAt?: Span;
	/** The returned value is looked at. */
	readonly resultUsed: boolean;
	/** What the returned value is taken for, where that can be told. */
	readonly resultTests: readonly ResultTest[];
	/** The function waits for the overlapped operation somewhere, hands its structure on, or cannot be seen not to. */
	readonly waits: boolean;
	/** Winsock errors that the function names: it is ready for them. */
	readonly expects: readonly string[];
	/** The function makes a socket non-blocking, or speaks of one that is. */
	readonly nonBlocking: boolean;
	/** The targets that it is compiled for; absent: all. */
	readonly targets?: readonly Target[];
}

export type WskRequest = 'WskSetOption' | 'WskGetOption' | 'WskIoctl';
