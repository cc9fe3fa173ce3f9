/** How a language writes what a message or an edit advises. Who asks it need know no language. */
import type { PerTarget } from '../types/ctype.ts';
import type { Room } from './site.ts';

/** A number in memory, as C declares it. */
export interface NumberType {
	readonly type: string;
	readonly bytes: number;
}

/** An object that a change declares. */
export interface NewObject extends NumberType {
	readonly name: string;
	/** What its bytes are at first, as the language writes it; absent: all 0. */
	readonly value?: string;
	/** A structure, a number, room for bytes, or anything else that is not set to a number in every language. */
	readonly kind: 'record' | 'number' | 'bytes' | 'other';
}

export interface Wording {
	/** A null pointer: `NULL`. */
	readonly nullWord: string;
	/** No buffer is ever the beginning of a larger object: what lies behind its end belongs to somebody else. */
	readonly closedBuffers: boolean;
	/** Some compilers of it take comments in the form of blocks alone. */
	readonly mayLackLineComments: boolean;
	/** A call can stand inside of markup or a template, where a comment on a line of its own would be text. */
	readonly standsInMarkup: boolean;
	/** What says that a result is ignored on purpose: in words, ``cast the call to `void` ``, and in front of the call. */
	readonly discard?: { readonly words: () => string; readonly text: string };
	/** What follows a result that is compared with that of a call which has failed. */
	readonly failed: string;
	readonly notFailed: string;
	/** The same for one that has succeeded. */
	readonly succeeded: string;
	/**
	 * The size of a type: `sizeof(struct tcp_keepalive)`, `12`. Undefined where it cannot be written.
	 * @param type as C declares it, with `struct` where it has to be; absent: it has no name.
	 * @param bytes absent: not known.
	 */
	typeSize(type: string | undefined, bytes: PerTarget | undefined): string | undefined;
	/** The size of an object, from the object's own spelling: `sizeof(ka)`, `ka.byteLength`. */
	objectSize(object: string): string;
	/** The value whose bytes are all 0, as a declaration of an object of some kind has it. */
	zero(kind: NewObject['kind']): string;
	/** A declaration of an object, and its address. Undefined where the language has no short way to write the value. */
	declared(object: NewObject, room: Room): { readonly declaration: string; readonly address: string } | undefined;
	/** A port, as written, in network byte order. */
	inNetworkOrder(port: string, value: number | undefined): string | undefined;
	/** What to pass as a pointer, in words: ``the address of a `u_long` ``; without a type, that of any data. The type is any that C can declare. */
	pointerTo(number?: NumberType): string;
	/** Imperative, to replace an object of the wrong size: ``Use a `u_long` ``. */
	useInstead(number: NumberType): string;
	/** A control code: `SIO_RCVALL`, or its number where no header gives the name. */
	code(name: string, value: number): string;
}
