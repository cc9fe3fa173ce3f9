/** Types of the catalog as the forms, the encoder and the decoder walk them: by shape, for one target. */

import type { Catalog } from '../../catalog/catalog.ts';
import type { MemberFacts, NumberNames } from '../../catalog/model.ts';
import { allNames } from '../../catalog/numberNames.ts';
import { type CType, memberFacts, type Target } from '../../types/ctype.ts';
import { type FieldInfo, fieldsOf, parseTypeName, resolveType, sizeOf } from '../../types/layout.ts';
import { pointerSize } from '../../types/model.ts';
import { type ScalarKind, scalarKind } from '../../types/scalars.ts';

/** How the bytes of a type are meant. `size` in bytes. */
export type Shape =
	| {
			readonly kind: 'number';
			readonly scalar: ScalarKind;
			readonly size: number;
			/** Of an enumeration or a named scalar; those of a member stand with the member. */
			readonly names?: NumberNames;
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
export interface Member extends MemberFacts {
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

/** A catalog's types on one target. */
export class Shapes {
	readonly catalog: Catalog;
	readonly target: Target;
	readonly #members = new WeakMap<CType, readonly Member[]>();

	constructor(catalog: Catalog, target: Target) {
		this.catalog = catalog;
		this.target = target;
	}

	/** Bytes of a pointer. */
	get pointer(): 4 | 8 {
		return pointerSize(this.target);
	}

	/** Size in bytes; undefined when the catalog does not know the type. */
	size(type: CType): number | undefined {
		return sizeOf(type, this.catalog.lookup)?.[this.target];
	}

	/** Undefined for a type that has no layout, such as `void` or a name nobody knows. */
	of(type: CType): Shape | undefined {
		const size = this.size(type);
		const at = resolveType(type, this.catalog.lookup);
		if (size === undefined || !at) return undefined;
		const names = this.#names(type) ?? this.#names(at);
		switch (at.kind) {
			case 'pointer':
				return { kind: 'pointer', size };
			case 'enum':
				return { kind: 'number', scalar: 'signed', size, ...(names ? { names } : {}) };
			case 'scalar': {
				const scalar = scalarKind(at.name);
				if (scalar === undefined) return undefined;
				if (scalar === 'pointer') return { kind: 'pointer', size };
				return { kind: 'number', scalar, size, ...(names ? { names } : {}) };
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

	/** Names that an enumeration or a named scalar gives its numbers. */
	#names(type: CType): NumberNames | undefined {
		if (type.kind !== 'named' && type.kind !== 'enum') return undefined;
		const spec = this.catalog.type(type.name);
		return spec && !('fields' in spec) && allNames(spec).length > 0 ? spec : undefined;
	}

	/** Direct members in declaration order, those of anonymous records among them; none for anything but a record. */
	members(type: CType): readonly Member[] {
		const at = resolveType(type, this.catalog.lookup);
		if (at?.kind !== 'record') return [];
		let members = this.#members.get(at);
		if (!members) {
			const fields = fieldsOf(at, this.catalog.lookup) ?? [];
			members = fields.filter((f) => f.depth === 0).map((f) => memberOf(f, this.target));
			this.#members.set(at, members);
		}
		return members;
	}

	/** The address structure that a slot holds, by the family in its first two bytes; undefined for other families. */
	sockaddr(family: number, slot: CType): CType | undefined {
		const at = resolveType(slot, this.catalog.lookup);
		if (family === 2) return typeNamed('SOCKADDR_IN');
		// The slot of INTERFACE_INFO has no room for the scope.
		if (family === 23) {
			return typeNamed(
				at?.kind === 'record' && /^sockaddr_(?:gen|in6_old)$/.test(at.name) ? 'sockaddr_in6_old' : 'SOCKADDR_IN6',
			);
		}
		return undefined;
	}
}

/** What the numbers of a place are called: the member's own names, else those of its type. */
export const namesAt = (shape: Shape & { kind: 'number' }, member: Member | undefined): NumberNames | undefined =>
	member && allNames(member).length > 0 ? member : shape.names;

const memberOf = (field: FieldInfo, target: Target): Member => ({
	...memberFacts(field),
	name: field.name,
	type: field.type,
	text: field.text,
	offset: field.offset[target],
	size: field.size[target],
	...(field.bits ? { bits: { width: field.bits.width, shift: field.bits.shift[target] } } : {}),
	union: field.union === true,
	tail: field.tail === true,
	...(field.meaning === undefined ? {} : { meaning: field.meaning }),
});
