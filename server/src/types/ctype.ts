/** Types as source code declares them, in a form that no grammar shows through. */
import type { MemberFacts } from '../catalog/model.ts';

/** Targets that the product judges. Windows is LLP64: only pointer-sized things differ, and x64 and arm64 agree. */
export const TARGETS = ['x86', 'x64', 'arm64'] as const;
export type Target = (typeof TARGETS)[number];
/** One value for each target, in bytes where it is a size. */
export type PerTarget = Readonly<Record<Target, number>>;

/** Builds a value for each target from the size of a pointer there (4 or 8 bytes). */
export function perTarget(value: (pointerSize: 4 | 8) => number): PerTarget {
	const wide = value(8);
	return { x86: value(4), x64: wide, arm64: wide };
}

/** The same number of bytes on every target. */
export const same = (n: number): PerTarget => ({ x86: n, x64: n, arm64: n });

/** A size that many times. */
export const times = (size: PerTarget, count: number): PerTarget =>
	perTarget((p) => (p === 4 ? size.x86 : size.x64) * count);

/** What is left of a size; undefined where it is smaller. */
export function minus(size: PerTarget, part: PerTarget): PerTarget | undefined {
	const rest = perTarget((p) => (p === 4 ? size.x86 - part.x86 : size.x64 - part.x64));
	return rest.x86 < 0 || rest.x64 < 0 ? undefined : rest;
}

/** What the catalog says of a member's numbers comes with it: units, names, roles. */
export interface CField extends MemberFacts {
	/** Empty for an anonymous struct or union. */
	readonly name: string;
	readonly type: CType;
	/** Width of a bit-field in bits. */
	readonly bits?: number;
	/** Declared with one element or none, and goes on to the end of the buffer. */
	readonly tail?: boolean;
	/** What the catalog says of it. */
	readonly meaning?: string;
}

export type CType =
	/** `void`: no size. */
	| { readonly kind: 'void' }
	/** A scalar of the table in `scalars.ts`, spelt as there. */
	| { readonly kind: 'scalar'; readonly name: string }
	/** A name still to be looked up: typedef, struct tag or class. `tag` when written with `struct`, `union`, `enum` or `class`. */
	| { readonly kind: 'named'; readonly name: string; readonly tag?: boolean }
	| { readonly kind: 'pointer'; readonly to: CType }
	/** `length` absent: written `[]` or of unknown length. `isObject`: a `std::array`, which never decays to a pointer. */
	| { readonly kind: 'array'; readonly of: CType; readonly length?: number; readonly isObject?: true }
	| {
			readonly kind: 'record';
			readonly union: boolean;
			/** Tag or typedef name; empty when anonymous. */
			readonly name: string;
			readonly fields: readonly CField[];
			/** `#pragma pack` in force, in bytes. */
			readonly pack?: number;
	  }
	| { readonly kind: 'enum'; readonly name: string; readonly underlying?: CType }
	| { readonly kind: 'function' }
	/** `variants`: what it is by definitions of which a condition that is not known takes one. */
	| { readonly kind: 'unknown'; readonly variants?: readonly CType[] };

/** Those properties alone, as far as they are there. */
export const memberFacts = (facts: MemberFacts): MemberFacts => {
	const { values, flags, groups, unit, role, onOff, order, range, usualFrom, zeroUntold, countedBy } = facts;
	const { switchedBy, unread } = facts;
	return {
		...(values && { values }),
		...(flags && { flags }),
		...(groups && { groups }),
		...(unit && { unit }),
		...(role && { role }),
		...(onOff && { onOff }),
		...(order && { order }),
		...(range && { range }),
		...(usualFrom !== undefined && { usualFrom }),
		...(zeroUntold && { zeroUntold }),
		...(countedBy !== undefined && { countedBy }),
		...(switchedBy !== undefined && { switchedBy }),
		...(unread && { unread }),
	};
};

/** A type of which nothing is known; no size follows from it. */
export const UNKNOWN: CType = { kind: 'unknown' };
