/** Types of the catalog as the forms, the encoder and the decoder walk them: by shape, for one target. */

import type { NamedValue } from '../catalog/model.ts';
import { catalogSpec, catalogType } from '../types/catalogTypes.ts';
import type { CType, Target } from '../types/ctype.ts';
import { type FieldInfo, fieldsOf, parseTypeName, resolveType, sizeOf } from '../types/layout.ts';
import { type ScalarKind, scalarKind } from '../types/scalars.ts';

/** How the bytes of a type are meant. `size` in bytes. */
export type Shape =
	| {
			readonly kind: 'number';
			readonly scalar: ScalarKind;
			readonly size: number;
			readonly values?: readonly NamedValue[];
	  }
	| { readonly kind: 'pointer'; readonly size: number }
	| { readonly kind: 'guid'; readonly size: 16 }
	| { readonly kind: 'ipv4'; readonly size: 4 }
	| { readonly kind: 'ipv6'; readonly size: 16 }
	/** A slot for a socket address; `size` is the slot's own. */
	| { readonly kind: 'sockaddr'; readonly size: number; readonly record: CType }
	| { readonly kind: 'array'; readonly size: number; readonly of: CType; readonly length: number }
	| { readonly kind: 'record'; readonly size: number; readonly union: boolean; readonly name: string };

/** A direct member of a record. */
export interface Member {
	readonly name: string;
	readonly type: CType;
	/** The type as C writes it. */
	readonly text: string;
	readonly offset: number;
	readonly size: number;
	readonly bits?: { readonly width: number; readonly shift: number };
	readonly union: boolean;
	readonly tail: boolean;
	readonly meaning?: string;
	readonly values?: readonly NamedValue[];
	readonly flags: boolean;
}

const SOCKADDRS: ReadonlySet<string> = new Set([
	'SOCKADDR',
	'SOCKADDR_IN',
	'SOCKADDR_IN6',
	'SOCKADDR_INET',
	'SOCKADDR_STORAGE',
	'sockaddr_gen',
	'sockaddr_in6_old',
]);

/** The type that a catalog entry or a name in the source stands for. */
export const typeNamed = (name: string): CType => parseTypeName(name);

/** Size in bytes on a target; undefined when the catalog does not know the type. */
export const sizeOn = (type: CType, target: Target): number | undefined => sizeOf(type, catalogType)?.[target];

/** Values that an enumeration or a named scalar gives; those of a member stand with the member. */
function namedValues(type: CType): readonly NamedValue[] | undefined {
	if (type.kind !== 'named' && type.kind !== 'enum') return undefined;
	const spec = catalogSpec(type.name);
	return spec && 'values' in spec ? spec.values : undefined;
}

/** Undefined for a type that has no layout, such as `void` or a name nobody knows. */
export function shapeOf(type: CType, target: Target): Shape | undefined {
	const size = sizeOn(type, target);
	const at = resolveType(type, catalogType);
	if (size === undefined || !at) return undefined;
	const values = namedValues(type) ?? namedValues(at);
	switch (at.kind) {
		case 'pointer':
			return { kind: 'pointer', size };
		case 'enum':
			return { kind: 'number', scalar: 'signed', size, ...(values ? { values } : {}) };
		case 'scalar': {
			const scalar = scalarKind(at.name);
			if (scalar === undefined) return undefined;
			if (scalar === 'pointer') return { kind: 'pointer', size };
			return { kind: 'number', scalar, size, ...(values ? { values } : {}) };
		}
		case 'array':
			return at.length === undefined ? undefined : { kind: 'array', size, of: at.of, length: at.length };
		case 'record':
			if (at.name === 'GUID') return { kind: 'guid', size: 16 };
			if (at.name === 'IN_ADDR') return { kind: 'ipv4', size: 4 };
			if (at.name === 'IN6_ADDR') return { kind: 'ipv6', size: 16 };
			if (at.name === 'LARGE_INTEGER') return { kind: 'number', scalar: 'signed', size };
			if (at.name === 'ULARGE_INTEGER') return { kind: 'number', scalar: 'unsigned', size };
			if (SOCKADDRS.has(at.name)) return { kind: 'sockaddr', size, record: at };
			return { kind: 'record', size, union: at.union, name: at.name };
		default:
			return undefined;
	}
}

const cache = new WeakMap<CType, Map<Target, readonly Member[]>>();

/** Direct members in declaration order, those of anonymous records among them; none for anything but a record. */
export function membersOf(type: CType, target: Target): readonly Member[] {
	const at = resolveType(type, catalogType);
	if (at?.kind !== 'record') return [];
	let known = cache.get(at);
	if (!known) {
		known = new Map();
		cache.set(at, known);
	}
	let members = known.get(target);
	if (!members) {
		members = (fieldsOf(at, catalogType) ?? []).filter((f) => f.depth === 0).map((f) => memberOf(f, target));
		known.set(target, members);
	}
	return members;
}

const memberOf = (field: FieldInfo, target: Target): Member => ({
	name: field.name,
	type: field.type,
	text: field.text,
	offset: field.offset[target],
	size: field.size[target],
	...(field.bits ? { bits: { width: field.bits.width, shift: field.bits.shift[target] } } : {}),
	union: field.union === true,
	tail: field.tail === true,
	...(field.meaning === undefined ? {} : { meaning: field.meaning }),
	...(field.values ? { values: field.values } : {}),
	flags: field.flags === true,
});

/** The address structure that a slot holds, by the family in its first two bytes; undefined for other families. */
export function sockaddrOf(family: number, slot: CType): CType | undefined {
	const at = resolveType(slot, catalogType);
	if (family === 2) return typeNamed('SOCKADDR_IN');
	// The slot of INTERFACE_INFO has no room for the scope.
	if (family === 23) {
		return typeNamed(
			at?.kind === 'record' && /^sockaddr_(?:gen|in6_old)$/.test(at.name) ? 'sockaddr_in6_old' : 'SOCKADDR_IN6',
		);
	}
	return undefined;
}

/** Ports stand in network byte order. */
export const isPort = (name: string): boolean => name === 'sin_port' || name === 'sin6_port';
/** Members that hold an address family, also where the catalog's scalar type does not say so. */
export const isFamily = (name: string): boolean => /family$/i.test(name);

/** A unit that the catalog's own words give a number, for values with a unit beside them. */
export function unitOf(meaning: string | undefined): 'ms' | 'us' | 's' | 'bytes' | undefined {
	const words =
		meaning === undefined ? undefined : /\bin (milliseconds|microseconds|seconds|bytes)\b/.exec(meaning)?.[1];
	if (words === undefined) return undefined;
	return ({ milliseconds: 'ms', microseconds: 'us', seconds: 's', bytes: 'bytes' } as const)[
		words as 'milliseconds' | 'microseconds' | 'seconds' | 'bytes'
	];
}

/** Base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return btoa(text);
}

/** The bytes of base64 text; none for null. */
export const fromBase64 = (text: string | null | undefined): Uint8Array =>
	text ? Uint8Array.from(atob(text), (c) => c.charCodeAt(0)) : new Uint8Array();

/** Two digits for each byte, without spaces. */
export const hexOf = (bytes: Uint8Array): string => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');

/** An unsigned little-endian number of 1 to 8 bytes. */
export function readUnsigned(bytes: Uint8Array, offset: number, size: number): bigint {
	let value = 0n;
	for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[offset + i] ?? 0);
	return value;
}

/** Writes the low bytes of a number, little-endian. */
export function writeInteger(bytes: Uint8Array, offset: number, size: number, value: bigint): void {
	let rest = BigInt.asUintN(size * 8, value);
	for (let i = 0; i < size; i++) {
		bytes[offset + i] = Number(rest & 0xffn);
		rest >>= 8n;
	}
}
