/** The catalog's types in the form that layout works on, found by any spelling that real code uses. */
import { types } from '../catalog/builtin.generated.ts';
import type { CatalogType, FieldSpec } from '../catalog/model.ts';
import type { CField, CType } from './ctype.ts';
import { type Lookup, parseTypeName } from './layout.ts';
import { SCALAR_POINTERS, SCALARS } from './scalars.ts';

const byName = new Map<string, CatalogType>();
const byPointer = new Map<string, CatalogType>();
for (const type of types) {
	for (const name of [type.name, ...(type.aliases ?? [])]) byName.set(name, type);
	for (const name of type.pointers ?? []) byPointer.set(name, type);
}

/** The catalog's entry of that name, alias or tag (`SOCKADDR_IN`, `sockaddr_in`); pointer typedefs are not followed. */
export const catalogSpec = (name: string): CatalogType | undefined => byName.get(name);

const converted = new Map<CatalogType, CType>();

function convert(type: CatalogType): CType {
	const known = converted.get(type);
	if (known) return known;
	const result: CType =
		type.kind === 'enum'
			? { kind: 'enum', name: type.name }
			: type.kind === 'alias'
				? parseTypeName(type.of)
				: record(type.kind === 'union', type.name, type.fields, type.pack);
	converted.set(type, result);
	return result;
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
		...(spec.values && { values: spec.values }),
		...(spec.flags && { flags: true }),
		meaning: spec.meaning,
	};
}

/**
 * What a name of the Windows headers stands for: a scalar, a pointer typedef, or a type of the catalog. The `Lookup`
 * that comes last, after a document's own types. `tag` when written with `struct`, `union` or `enum`.
 */
export const catalogType: Lookup = (name, tag = false) => {
	const type = byName.get(name);
	if (type) return convert(type);
	if (tag) return undefined;
	const target = byPointer.get(name);
	if (target) return { kind: 'pointer', to: { kind: 'named', name: target.name } };
	if (Object.hasOwn(SCALAR_POINTERS, name)) return { kind: 'pointer', to: parseTypeName(SCALAR_POINTERS[name]!) };
	return Object.hasOwn(SCALARS, name) ? { kind: 'scalar', name } : undefined;
};

/** A `Lookup` that asks `own` first and the catalog for what it does not know. */
export const withCatalog =
	(own: Lookup): Lookup =>
	(name, tag) =>
		own(name, tag) ?? catalogType(name, tag);
