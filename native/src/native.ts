/** The crossing into native code: loading koffi, checked numbers, and memory that JavaScript never sees directly. */

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { GuardVerdict } from './plan.ts';
import { LIMITS } from './plan.ts';

export type Koffi = typeof import('koffi').default;

/** koffi 3.1.3 and 3.1.4 crash on load on Windows. */
const OLDEST_KOFFI = [3, 1, 5];

/** A part of the native side is not there; the message says what and why, for people. */
export class MissingError extends Error {
	readonly reason: 'koffi-missing' | 'library-missing' | 'platform';

	constructor(reason: MissingError['reason'], message: string) {
		super(message);
		this.reason = reason;
	}
}

/**
 * Load koffi from the packages of `folder`, or from those of this file when none is given.
 * @throws MissingError when the package, or its binary for this platform, cannot be loaded
 */
export function loadKoffi(folder: string | undefined): Koffi {
	const require = createRequire(folder === undefined ? __filename : join(folder, 'anything.js'));
	let where: string | undefined;
	let koffi: Koffi;
	try {
		where = require.resolve('koffi');
		koffi = require('koffi') as Koffi;
	} catch (error) {
		const what = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
		throw new MissingError(
			'koffi-missing',
			where === undefined
				? `koffi is not installed${folder === undefined ? '' : ` in ${folder}`}: ${what}`
				: withoutBinary(require, where, what),
		);
	}
	const version = String(koffi.version).split('.').map(Number);
	if (compare(version, OLDEST_KOFFI) < 0) {
		throw new MissingError(
			'koffi-missing',
			`koffi ${koffi.version} is too old; 3.1.5 is the oldest that is safe to load.`,
		);
	}
	return koffi;
}

/** Says why koffi does not load: a package for other platforms has no binary for this one, or the binary is at fault. */
function withoutBinary(require: NodeJS.Require, where: string, what: string): string {
	const platform = `${process.platform}-${process.arch}`;
	const binary = `@koromix/koffi-${platform}`;
	try {
		require.resolve(binary);
	} catch {
		return `This package of IOCTL Lens has no native library for ${platform} (${binary}), which live runs need: install the package made for this platform.`;
	}
	return `koffi in ${dirname(where)} could not be loaded. Its binary comes as ${binary}: ${what}`;
}

function compare(left: number[], right: number[]): number {
	for (let index = 0; index < right.length; index++) {
		const difference = (left[index] ?? 0) - (right[index] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}

/** The last gate before koffi, which cuts a 33-bit number down to 32 bits without a word. */
export function uint32(value: number): number {
	if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) throw new RangeError(`${value} is no uint32`);
	return value;
}

/** The same for signed numbers. */
export function int32(value: number): number {
	if (!Number.isInteger(value) || value < -0x80000000 || value > 0x7fffffff)
		throw new RangeError(`${value} is no int32`);
	return value;
}

/** Guard bytes differ from place to place, and are neither 0, 0xff nor text, so that a likely overrun cannot equal them. */
function guardByte(position: number): number {
	return 0xa1 + ((position * 29) % 0x40);
}

export interface Inspection {
	bytes: Buffer;
	guard: GuardVerdict;
}

/**
 * A buffer in native memory with guard bytes on both sides. Contents are copied in and out; no view on native memory
 * ever reaches JavaScript, since a runtime with a memory cage (Electron) forbids that, and a stale view could corrupt it.
 *
 * When a plan declares more than the buffer holds, the surplus belongs to the rear guard: whatever is written there is
 * counted, and still hits memory that is ours.
 */
export class GuardedBuffer {
	/** Address of the first byte of the buffer proper. */
	readonly address: bigint;
	readonly #koffi: Koffi;
	readonly #start: bigint;
	readonly #size: number;
	readonly #length: number;
	#freed = false;

	constructor(koffi: Koffi, contents: Uint8Array, declared: number = contents.length) {
		this.#koffi = koffi;
		this.#size = contents.length;
		this.#length = LIMITS.guardBytes + Math.max(this.#size, uint32(declared)) + LIMITS.guardBytes;
		const image = Buffer.allocUnsafe(this.#length);
		for (let position = 0; position < image.length; position++) image[position] = guardByte(position);
		image.set(contents, LIMITS.guardBytes);
		const start: unknown = koffi.alloc('uint8_t', this.#length);
		if (typeof start !== 'bigint' || start === 0n) throw new Error(`no memory for ${this.#length} bytes`);
		this.#start = start;
		this.address = start + BigInt(LIMITS.guardBytes);
		koffi.encode(start, 'uint8_t', image, this.#length);
	}

	/** Copy the buffer out and look at its guards. */
	inspect(): Inspection {
		const image = this.#read();
		const end = LIMITS.guardBytes + this.#size;
		let before = 0;
		let after = 0;
		let first: number | null = null;
		let last: number | null = null;
		const check = (position: number): boolean => {
			if (image[position] === guardByte(position)) return false;
			first ??= position - LIMITS.guardBytes;
			last = position - LIMITS.guardBytes;
			return true;
		};
		for (let position = 0; position < LIMITS.guardBytes; position++) if (check(position)) before++;
		for (let position = end; position < image.length; position++) if (check(position)) after++;
		return {
			bytes: image.subarray(LIMITS.guardBytes, end),
			guard: { intact: before + after === 0, before, after, first, last },
		};
	}

	/** Write an address into the buffer, at a place that the caller has checked to be inside. */
	writePointer(at: number, value: bigint, pointerSize: number): void {
		if (at < 0 || at + pointerSize > this.#size) throw new RangeError(`no room for a pointer at ${at}`);
		const bytes = Buffer.alloc(8);
		bytes.writeBigUInt64LE(value);
		this.#koffi.encode(this.address, at, 'uint8_t', bytes.subarray(0, pointerSize), pointerSize);
	}

	free(): void {
		if (this.#freed) return;
		this.#freed = true;
		this.#koffi.free(this.#start);
	}

	#read(): Buffer {
		// decode() copies; the Buffer wraps the copy.
		const copy = this.#koffi.decode(this.#start, 'uint8_t', this.#length) as Uint8Array;
		return Buffer.from(copy.buffer, copy.byteOffset, copy.byteLength);
	}
}

/** `0x` and hexadecimal digits. */
export function hex(value: number | bigint): string {
	return `0x${value.toString(16)}`;
}
