/**
 * A family of control codes: one system of encoding, of error names and of handles. Whatever is true of Winsock's codes
 * alone stands in `families/winsock.ts`; everything else asks the family of the code or of the entry point.
 */
import type { DataModel } from '../types/model.ts';

/** A macro of the headers that builds a code. */
export interface CodeMacro {
	/** A `type` is given to `value` as its size in bytes on the target in question. */
	readonly parameters: readonly ('number' | 'type')[];
	/** The macro's value for that many arguments, not reduced to 32 bits; undefined for arguments that make no code. */
	readonly value: (...args: bigint[]) => bigint | undefined;
}

/** One group of a code's bits. */
export interface BitField {
	/** What the group is called: `I`, `T`, `method`. */
	readonly name: string;
	/** Its highest and lowest bit, counted from bit 0. */
	readonly bits: readonly [high: number, low: number];
	/** The group as an unsigned number. */
	readonly value: number;
	/** Name and value in a few characters, for the picture of the bits: `T=3`, `vendor 0`. */
	readonly meaning: string;
}

/** The bits of one code, taken apart. */
export interface SplitCode {
	/** All 32 bits, the highest group first. */
	readonly fields: readonly BitField[];
	/** The bits say that data goes in, or comes out. */
	readonly in: boolean;
	readonly out: boolean;
	/** Bytes of the parameter, where the bits hold them. */
	readonly size?: number;
	/** What the bits say, in one or two sentences. */
	readonly text: string;
}

/**
 * How a function reports an error: `winsock` by WSAGetLastError or its like, `ntstatus` by what it returns, `win32` by
 * GetLastError, `errno` by errno.
 */
export type ErrorStyle = 'winsock' | 'ntstatus' | 'win32' | 'errno';

/** An error that a call reports. */
export interface NamedError {
	readonly number: number;
	readonly name: string;
	/** What it means for a control call, one sentence. */
	readonly meaning: string;
}

export interface ErrorTable {
	/** Error of a buffer that is too small, where the code's entry names none. */
	readonly tooSmall: string;
	/** Error of an address where nothing can be; absent: no source names one. */
	readonly badAddress?: string;
	/** Error of a call that would have to wait, on a handle that does not wait; absent: no handle is of that kind. */
	readonly wouldBlock?: string;
	/** Error of a code that nobody implements. */
	readonly notSupported: string;
	/** The error of a number, as far as it is known here. */
	readonly named: (number: number) => NamedError | undefined;
	/** Every error that has a number here. */
	readonly all?: readonly NamedError[];
	/** The only way in which an error of that name is reported; undefined: no special one, or not known. */
	readonly styleOf: (error: string) => ErrorStyle | undefined;
}

/** What the first argument of an entry point stands for. */
export type HandleKind = 'socket' | 'lookup' | 'device' | 'fd';

export interface Family {
	readonly id: string;
	/** As people write it: `Winsock`. */
	readonly name: string;
	/** Macros that build codes, by name. */
	readonly macros: Readonly<Record<string, CodeMacro>>;
	/** Constants of the headers that codes are written with, by name, unsigned. */
	readonly constants: Readonly<Record<string, number>>;
	/** Takes any number apart, a known code or not; it is read modulo 2^32. */
	readonly split: (value: number) => SplitCode;
	/** The bits that say which way data goes: codes that differ in them alone are taken for each other. */
	readonly directionBits: number;
	/** The bits that say who defines a code. */
	readonly ownerBits: number;
	/** Anybody may define a code with these bits. */
	readonly isOpen: (value: number) => boolean;
	/** What the codes are sent to, unless the entry point says otherwise. */
	readonly handle: HandleKind;
	readonly errors: ErrorTable;
	/** The data models of the targets that have these codes. */
	readonly models: readonly DataModel[];
}
