/** Structures that a code has nothing to do with. */
import type { Catalog } from '../catalog/catalog.ts';
import type { BufferSpec } from '../catalog/model.ts';
import type { CType } from '../types/ctype.ts';
import { fieldsOf, type Lookup, parseTypeName, resolveType, sizeOf } from '../types/layout.ts';
import { minimumSize } from '../types/requirements.ts';
import type { RuleContext } from './rule.ts';

/** Is that a structure of the catalog, or an array of one, that the code surely does not take? */
export function isForeign(given: CType | undefined, spec: BufferSpec, context: RuleContext): boolean {
	const { catalog, targets } = context;
	const record = recordOf(given, catalog.lookup);
	const minimum = minimumSize(spec, catalog);
	const size = given && sizeOf(given, catalog.lookup);
	if (!record || !minimum || !size || !catalog.type(record.name) || isExpected(record, spec, context)) return false;
	// Of equal size may be another name of the same members.
	const isEqual = targets.some((t) => size[t] === minimum[t]);
	return !isEqual || (isOfAnotherCode(record.name, context) && isLaidOutOtherwise(record, spec, catalog.lookup));
}

/** A structure, or that of which something is an array. */
export function recordOf(type: CType | undefined, lookup: Lookup): RecordType | undefined {
	const is = type && (resolveType(type, lookup) ?? type);
	if (is?.kind === 'array') return recordOf(is.of, lookup);
	return is?.kind === 'record' ? is : undefined;
}

/** Names of the structures that codes use, by catalog: one of another code is no accident of layout. */
const used = new WeakMap<Catalog, ReadonlySet<string>>();

function isOfAnotherCode(name: string, { catalog }: RuleContext): boolean {
	let names = used.get(catalog);
	if (!names) {
		const specs = catalog.entries.codes.flatMap(({ input, output }) => [input, output]);
		const written = specs.flatMap(({ type, accepts = [] }) => (type === undefined ? accepts : [type, ...accepts]));
		names = new Set(written.flatMap((type) => nameOf(resolveType(parseTypeName(type), catalog.lookup)) ?? []));
		used.set(catalog, names);
	}
	return names.has(name);
}

const nameOf = (type: CType | undefined): string | undefined => (type?.kind === 'record' ? type.name : undefined);

/** Do the members of two structures of one size stand in other places? */
function isLaidOutOtherwise(given: CType, { type }: BufferSpec, lookup: Lookup): boolean {
	const places = (of: CType | undefined): string | undefined =>
		of &&
		fieldsOf(of, lookup)
			?.map(({ offset, size }) => `${offset.x64}:${size.x64}`)
			.join();
	const wanted = type === undefined ? undefined : places(parseTypeName(type));
	return wanted !== undefined && wanted !== places(given);
}

/** The structure is, begins with, or holds at its start one that the code takes; byte arrays always are. */
function isExpected(given: RecordType, spec: BufferSpec, context: RuleContext): boolean {
	const { lookup } = context.catalog;
	const wanted = [spec.type, ...(spec.accepts ?? [])].flatMap((name) => {
		const type = name && resolveType(parseTypeName(name), lookup);
		return type ? [type] : [];
	});
	if (wanted.length === 0) return true;
	// A number may be the first member of a larger structure, but not of one that belongs to another code.
	if (wanted.some((w) => w.kind !== 'record'))
		return !isOfAnotherCode(given.name, context) || beginsWithNumber(given, spec, lookup);
	const names = new Set(wanted.map((w) => (w.kind === 'record' ? w.name : '')));
	if (beginsWith(given, names, lookup)) return true;
	// Socket addresses stand for one another: which family is meant shows only at run time.
	return [...names].some((n) => /^SOCKADDR/i.test(n)) && /^sockaddr/i.test(given.name);
}

type RecordType = CType & { readonly kind: 'record' };

/** Is the first member declared as the very type that the code takes, one that is named for its purpose? */
function beginsWithNumber(given: RecordType, { type, accepts = [] }: BufferSpec, lookup: Lookup): boolean {
	const [first] = fieldsOf(given, lookup) ?? [];
	if (!first) return true;
	const names = [type, ...accepts];
	const isPlain = /^(?:BOOL|DWORD|ULONG|USHORT|WORD|INT|u?_?(?:int|long|short))\w*$/i.test(first.text);
	return names.includes(first.text) && !isPlain;
}

/** Is a type one of those, or does it begin with one? A type that cannot be looked up may be. */
function beginsWith(type: CType | undefined, names: ReadonlySet<string>, lookup: Lookup, depth = 0): boolean {
	if (!type || depth > 6) return false;
	const resolved = resolveType(type, lookup);
	if (!resolved) return true;
	if (resolved.kind === 'array') return beginsWith(resolved.of, names, lookup, depth + 1);
	if (resolved.kind !== 'record') return false;
	if (names.has(resolved.name)) return true;
	const first = resolved.union ? resolved.fields : resolved.fields.slice(0, 1);
	return first.some((field) => beginsWith(field.type, names, lookup, depth + 1));
}
