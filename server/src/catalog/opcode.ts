/** A control code as a number, whatever its family. */

export interface Opcode {
	/** Unsigned 32-bit value. */
	readonly value: number;
	/** The header's own expression; absent where none is known. */
	readonly definition?: string;
	/** Id of the family whose layout the bits have. */
	readonly family: string;
}

/** `0x98000004`: eight upper-case digits. */
export const hex = (value: number): string => `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
