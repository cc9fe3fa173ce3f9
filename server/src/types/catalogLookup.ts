/** The catalog's types in the form that layout works on. */
import type { CatalogType, FieldSpec } from '../catalog/model.ts';
import { type CField, type CType, memberFacts } from './ctype.ts';
import { type Lookup, parseTypeName, settle } from './layout.ts';
import { SCALAR_POINTERS, SCALARS } from './scalars.ts';

/** A catalog's types, found by any spelling that real code uses. */
export interface TypeIndex {
	/** By name, alias or tag (`SOCKADDR_IN`, `sockaddr_in`); pointer typedefs are not followed. */
	readonly byName: ReadonlyMap<string, CatalogType>;
	/** By the name of a pointer to it (`LPSOCKADDR_IN`). */
	readonly byPointer: ReadonlyMap<string, CatalogType>;
}

/** Finds types by their names; of two types with one name the later one is found. */
export function indexTypes(types: readonly CatalogType[]): TypeIndex {
	const byName = new Map<string, CatalogType>();
	const byPointer = new Map<string, CatalogType>();
	for (const type of types) {
		for (const name of [type.name, ...(type.aliases ?? [])]) byName.set(name, type);
		for (const name of type.pointers ?? []) byPointer.set(name, type);
	}
	return { byName, byPointer };
}

/**
 * What a name of the headers stands for: a type of the catalog, a pointer typedef, or a scalar. The `Lookup` that comes
 * last, after a document's own types; each type is converted once.
 */
export function typeLookup({ byName, byPointer }: TypeIndex): Lookup {
	const converted = new Map<CatalogType | string, CType>();
	// A name stands for one and the same type, each time: layouts that need it are known by that.
	const once = (key: CatalogType | string, made: () => CType | undefined): CType | undefined => {
		const type = converted.get(key) ?? made();
		if (type) converted.set(key, type);
		return type;
	};
	const plain = (name: string): CType | undefined => {
		const target = byPointer.get(name);
		if (target) return { kind: 'pointer', to: { kind: 'named', name: target.name } };
		if (Object.hasOwn(SCALAR_POINTERS, name)) return { kind: 'pointer', to: parseTypeName(SCALAR_POINTERS[name]!) };
		return Object.hasOwn(SCALARS, name) ? { kind: 'scalar', name } : undefined;
	};
	return settle((name, tag = false) => {
		const type = byName.get(name);
		if (type) return once(type, () => convert(type));
		return tag ? undefined : once(name, () => plain(name));
	});
}

function convert(type: CatalogType): CType {
	if (type.kind === 'enum') return { kind: 'enum', name: type.name };
	if (type.kind === 'alias') return parseTypeName(type.of);
	return record(type.kind === 'union', type.name, type.fields, type.pack);
}

const record = (union: boolean, name: string, fields: readonly FieldSpec[], pack: number | undefined): CType => ({
	kind: 'record',
	union,
	name,
	fields: fields.map((f) => field(f, pack)),
	...(pack !== undefined && { pack }),
});

function field(spec: FieldSpec, pack: number | undefined): CField {
	// `#pragma pack` stays in force for the records written in place.
	const one =
		typeof spec.type === 'string'
			? parseTypeName(spec.type)
			: record(spec.type.kind === 'union', '', spec.type.fields, pack);
	const length = spec.length === 'tail' ? 1 : spec.length;
	return {
		name: spec.name,
		type: length === undefined ? one : { kind: 'array', of: one, length },
		...(spec.bits !== undefined && { bits: spec.bits }),
		...((spec.length === 'tail' || spec.length === 0) && { tail: true }),
		...memberFacts(spec),
		meaning: spec.meaning,
	};
}

/** A `Lookup` that asks `own` first and the other for what it does not know. */
export const lookupOver =
	(own: Lookup, other: Lookup): Lookup =>
	(name, tag) =>
		own(name, tag) ?? other(name, tag);
