/**
 * The 32 bits of a Winsock control code, and the macros that build them (`winsock2.h`, `ws2def.h`).
 *
 * ```
 * 31 30 29 28 27 26 ........... 16 15 ............ 0
 *  I  O  V  T  T |vendor or family|      code
 * ```
 * I: data goes in. O: data comes out. V: void, no parameters. T: 0 Unix, 1 Winsock 2, 2 address family, 3 vendor.
 * With T = 0 bits 16 to 22 hold the parameter's size in bytes, bits 8 to 15 the group letter, bits 0 to 7 the number.
 */

export interface Opcode {
	/** Unsigned 32-bit value. */
	readonly value: number;
	/** The header's own expression. */
	readonly definition: string;
}

export const IOC_VOID = 0x20000000;
export const IOC_OUT = 0x40000000;
export const IOC_IN = 0x80000000;
export const IOC_INOUT = 0xc0000000;
export const IOC_UNIX = 0x00000000;
export const IOC_WS2 = 0x08000000;
export const IOC_PROTOCOL = 0x10000000;
export const IOC_VENDOR = 0x18000000;
export const IOC_WSK = 0x0f000000;

const NAMES = { IOC_UNIX, IOC_WS2, IOC_PROTOCOL, IOC_VENDOR, IOC_WSK } as const;
export type IocSpace = keyof typeof NAMES;

const winsock =
	(macro: string, direction: number) =>
	(space: IocSpace, number: number): Opcode => ({
		value: (direction | NAMES[space] | number) >>> 0,
		definition: `${macro}(${space}, ${number})`,
	});

/** `_WSAIO(space, number)`: no parameters. */
export const _WSAIO = winsock('_WSAIO', IOC_VOID);
/** `_WSAIOR(space, number)`: data comes out. */
export const _WSAIOR = winsock('_WSAIOR', IOC_OUT);
/** `_WSAIOW(space, number)`: data goes in. */
export const _WSAIOW = winsock('_WSAIOW', IOC_IN);
/** `_WSAIORW(space, number)`: both. */
export const _WSAIORW = winsock('_WSAIORW', IOC_INOUT);

const unix =
	(macro: string, direction: number) =>
	(group: string, number: number, type: 'u_long' | 'ULONG'): Opcode => ({
		// Both are 4 bytes on every Windows target, so the size field needs no target.
		value: (direction | (4 << 16) | (group.charCodeAt(0) << 8) | number) >>> 0,
		definition: `${macro}('${group}', ${number}, ${type})`,
	});

/** `_IOR(group, number, type)`: the Unix form, data comes out. */
export const _IOR = unix('_IOR', IOC_OUT);
/** `_IOW(group, number, type)`: the Unix form, data goes in. */
export const _IOW = unix('_IOW', IOC_IN);
/** `_IO(group, number)`: the Unix form without parameters. */
export const _IO = (group: string, number: number): Opcode => ({
	value: (IOC_VOID | (group.charCodeAt(0) << 8) | number) >>> 0,
	definition: `_IO('${group}', ${number})`,
});

/** A code whose header spells no macro: the number and how the header writes it. */
export const literal = (value: number, definition: string): Opcode => ({ value: value >>> 0, definition });

/** `0x98000004`: eight upper-case digits. */
export const hex = (value: number): string => `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;

/** The parts of any 32-bit control code, known or not. */
export interface OpcodeParts {
	/** Unsigned 32-bit value. */
	readonly value: number;
	readonly in: boolean;
	readonly out: boolean;
	readonly void: boolean;
	/** T, bits 28 and 27: 0 Unix, 1 Winsock 2, 2 address family or protocol, 3 vendor. */
	readonly space: 0 | 1 | 2 | 3;
	/** Bits 26 to 16: vendor or address family; the parameter's size in bytes with `space` 0. */
	readonly family: number;
	/** Bits 15 to 0. */
	readonly code: number;
	/** Group letter of a Unix-style code (`space` 0) when it is printable. */
	readonly group?: string;
	/** Number within the group of a Unix-style code. */
	readonly number?: number;
}

/** Splits a number (any JavaScript number; taken modulo 2^32, so negative ones work) into its fields. */
export function splitOpcode(number: number): OpcodeParts {
	const value = number >>> 0;
	const space = ((value >>> 27) & 3) as 0 | 1 | 2 | 3;
	const code = value & 0xffff;
	const letter = code >>> 8;
	return {
		value,
		in: (value & IOC_IN) !== 0,
		out: (value & IOC_OUT) !== 0,
		void: (value & IOC_VOID) !== 0,
		space,
		family: (value >>> 16) & 0x7ff,
		code,
		...(space === 0 && letter > 0x20 && letter < 0x7f
			? { group: String.fromCharCode(letter), number: code & 0xff }
			: {}),
	};
}
