/** Data models: how many bytes the types take whose size C leaves open. */
import type { Target } from './ctype.ts';

export interface DataModel {
	readonly id: 'ILP32' | 'LLP64' | 'LP64';
	readonly target: Target;
	/** Bytes of a pointer. */
	readonly pointer: 4 | 8;
	/** Bytes of a `long`. */
	readonly long: 4 | 8;
}

/** Windows: `long` is 4 bytes everywhere, and only pointers differ. */
export const WINDOWS_MODELS: readonly DataModel[] = [
	{ id: 'ILP32', target: 'x86', pointer: 4, long: 4 },
	{ id: 'LLP64', target: 'x64', pointer: 8, long: 4 },
	{ id: 'LLP64', target: 'arm64', pointer: 8, long: 4 },
];

/** Bytes of a pointer on a target. */
export const pointerSize = (target: Target): 4 | 8 => WINDOWS_MODELS.find((m) => m.target === target)!.pointer;
