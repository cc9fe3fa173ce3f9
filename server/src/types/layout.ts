/**
 * Sizes, alignments and offsets as Microsoft's compilers lay types out, for each target.
 *
 * Three answers are possible for a type: known (a number for each target), or `undefined` for anything that is not
 * certain: an unknown name, a length that could not be computed, a type that contains itself, a size no object can have.
 */

import type { MemberFacts, SizeExpression } from '../catalog/model.ts';
import { type CField, type CType, memberFacts, type PerTarget, TARGETS, type Target } from './ctype.ts';
import { entryOf } from './own.ts';
import { builtinName, SCALARS } from './scalars.ts';

/** Finds what a name stands for; `tag` when it was written with `struct`, `union`, `enum` or `class`. */
export type Lookup = (name: string, tag: boolean) => CType | undefined;

/** Objects larger than this do not compile. */
const MAX_SIZE = 0x7fffffff;
/** Deeper nesting than any real header has; keeps hostile sources from exhausting the stack. */
const MAX_DEPTH = 64;
/** Rows of `fieldsOf`: a record can repeat its members exponentially through nesting. */
const MAX_FIELDS = 1000;

type PointerSize = 4 | 8;

interface Box {
	readonly size: number;
	readonly align: number;
}

interface Placed {
	readonly field: CField;
	/** Bytes from the start of the record; for a bit-field, of the unit that holds it. */
	readonly offset: number;
	/** Bits from the unit's lowest bit. */
	readonly shift: number;
	readonly size: number;
}

interface RecordBox extends Box {
	readonly placed: readonly Placed[];
	/** The first of each name. */
	readonly byName: ReadonlyMap<string, Placed>;
}

/** What names stand for that a layout needs, by how they are written. */
type Names = Map<string, { readonly name: string; readonly tag: boolean; readonly is: CType | undefined }>;

interface Laid {
	readonly box: Box | undefined;
	readonly names: Names;
}

/** Layouts of records by the size of a pointer. Each holds wherever the names in it stand for the same. */
const layouts = { 4: new WeakMap<RecordType, Laid>(), 8: new WeakMap<RecordType, Laid>() };

type RecordType = Extract<CType, { kind: 'record' }>;

const byName = new WeakMap<RecordType, ReadonlyMap<string, CField>>();

/** The first field of each name. Every call may ask for one of the members of a large structure. */
function firstByName(record: RecordType): ReadonlyMap<string, CField> {
	let fields = byName.get(record);
	if (!fields) {
		fields = new Map(record.fields.toReversed().map((field) => [field.name, field]));
		byName.set(record, fields);
	}
	return fields;
}

const roundUp = (n: number, to: number): number => Math.ceil(n / to) * to;

/** Layout under one pointer size. One instance serves one question: it remembers what `lookup` said. */
class Layouter {
	private readonly pointer: PointerSize;
	private readonly lookup: Lookup;
	private readonly boxes = new Map<CType, Laid>();
	private readonly names: Names = new Map();
	/** Names that were followed for what is laid out. */
	private used: Names = new Map();
	private readonly open = new Set<CType>();
	private depth = 0;

	constructor(pointer: PointerSize, lookup: Lookup) {
		this.pointer = pointer;
		this.lookup = lookup;
	}

	/** Follows names to what they stand for. */
	resolve(type: CType): CType | undefined {
		const seen = new Set<string>();
		let at: CType | undefined = type;
		while (at?.kind === 'named') {
			const tag: boolean = at.tag === true;
			const key: string = `${tag}:${at.name}`;
			if (seen.has(key)) return undefined;
			seen.add(key);
			at = this.meaning(key, at.name, tag);
		}
		return at;
	}

	private meaning(key: string, name: string, tag: boolean): CType | undefined {
		const known = this.names.get(key) ?? { name, tag, is: this.lookup(name, tag) };
		this.names.set(key, known);
		this.used.set(key, known);
		return known.is;
	}

	box(type: CType): Box | undefined {
		const at = this.resolve(type);
		if (!at) return undefined;
		if (at.kind === 'scalar' || at.kind === 'pointer') return this.compute(at);
		const laid = this.boxes.get(at) ?? this.laidBefore(at) ?? this.lay(at);
		for (const [key, name] of laid?.names ?? []) this.used.set(key, name);
		return laid?.box;
	}

	/** What another question has found out about a record, where the names in it stand for the same. */
	private laidBefore(type: CType): Laid | undefined {
		const laid = type.kind === 'record' ? layouts[this.pointer].get(type) : undefined;
		for (const [key, { name, tag, is }] of laid?.names ?? []) if (this.meaning(key, name, tag) !== is) return undefined;
		return laid;
	}

	private lay(type: CType): Laid | undefined {
		// A record that is still being laid out holds itself: it has no size.
		if (this.open.has(type) || this.depth >= MAX_DEPTH) return undefined;
		const outer = this.used;
		this.used = new Map();
		this.open.add(type);
		this.depth++;
		const box = this.compute(type);
		this.depth--;
		this.open.delete(type);
		const laid: Laid = { box: box && box.size <= MAX_SIZE ? box : undefined, names: this.used };
		this.used = outer;
		this.boxes.set(type, laid);
		if (laid.box && type.kind === 'record') layouts[this.pointer].set(type, laid);
		return laid;
	}

	record(type: RecordType): RecordBox | undefined {
		return this.box(type) as RecordBox | undefined;
	}

	private compute(type: CType): Box | undefined {
		switch (type.kind) {
			case 'scalar': {
				const size = entryOf(SCALARS, type.name);
				if (size === undefined) return undefined;
				const bytes = size === 'pointer' ? this.pointer : size;
				return { size: bytes, align: bytes };
			}
			case 'pointer':
				return { size: this.pointer, align: this.pointer };
			case 'enum':
				return type.underlying ? this.box(type.underlying) : { size: 4, align: 4 };
			case 'array': {
				const of = this.box(type.of);
				if (!of || type.length === undefined || !Number.isInteger(type.length) || type.length < 0) return undefined;
				return { size: of.size * type.length, align: of.align };
			}
			case 'record':
				return this.place(type);
			default:
				return undefined;
		}
	}

	private place(type: RecordType): RecordBox | undefined {
		// C has no empty record, and C++ gives it one byte; a bare `struct name;` looks the same.
		if (type.fields.length === 0) return undefined;
		const pack = type.pack ?? 8;
		const placed: Placed[] = [];
		let end = 0;
		let align = 1;
		// The bit-field unit being filled: only a non-empty bit-field opens one.
		let unit: { offset: number; size: number; used: number } | undefined;
		for (const field of type.fields) {
			const box = this.box(field.type);
			if (!box) return undefined;
			const fieldAlign = Math.min(box.align, pack);
			if (field.bits === undefined) {
				const offset = type.union ? 0 : roundUp(end, fieldAlign);
				placed.push({ field, offset, shift: 0, size: box.size });
				end = Math.max(end, offset + box.size);
				align = Math.max(align, fieldAlign);
				unit = undefined;
				continue;
			}
			const kind = this.resolve(field.type)?.kind;
			if ((kind !== 'scalar' && kind !== 'enum') || field.bits < 0 || field.bits > box.size * 8) return undefined;
			if (type.union) {
				// Microsoft's compilers give a union the size of its bit-fields' types, but not their alignment.
				if (field.bits > 0) placed.push({ field, offset: 0, shift: 0, size: box.size });
				if (field.bits > 0) end = Math.max(end, box.size);
				continue;
			}
			if (field.bits === 0) {
				// Ends the unit and aligns what follows; means nothing where no bit-field came before.
				if (unit) {
					end = roundUp(end, fieldAlign);
					align = Math.max(align, fieldAlign);
				}
				unit = undefined;
				continue;
			}
			// A type of another size never shares a unit, and no bit-field straddles two.
			if (!unit || unit.size !== box.size || unit.used + field.bits > box.size * 8) {
				unit = { offset: roundUp(end, fieldAlign), size: box.size, used: 0 };
				end = unit.offset + box.size;
				align = Math.max(align, fieldAlign);
			}
			placed.push({ field, offset: unit.offset, shift: unit.used, size: box.size });
			unit.used += field.bits;
		}
		const byName = new Map(placed.toReversed().map((one) => [one.field.name, one]));
		return { size: roundUp(end, align), align, placed, byName };
	}

	/** Offset and type of a member, through nested records, anonymous ones and array elements. */
	member(type: CType, path: readonly (string | number)[]): { offset: number; type: CType } | undefined {
		let at = type;
		let offset = 0;
		for (const step of path) {
			const on = this.resolve(at);
			if (typeof step === 'number') {
				if (on?.kind !== 'array') return undefined;
				const of = this.box(on.of);
				if (!of) return undefined;
				offset += of.size * step;
				at = on.of;
				continue;
			}
			const found = on?.kind === 'record' ? this.named(on, step) : undefined;
			if (!found) return undefined;
			offset += found.offset;
			at = found.type;
		}
		return offset <= MAX_SIZE ? { offset, type: at } : undefined;
	}

	/** Type of a member, also of a record whose other members nobody knows. */
	memberType(type: CType, path: readonly (string | number)[]): CType | undefined {
		let at: CType | undefined = type;
		for (const step of path) {
			const on: CType | undefined = at && this.resolve(at);
			if (typeof step === 'number') at = on?.kind === 'array' ? on.of : undefined;
			else at = on?.kind === 'record' ? this.declared(on, step) : undefined;
		}
		return at;
	}

	/** @param seen what was looked into: one structure may be a part of another in any number of places. */
	private declared(record: RecordType, name: string, seen = new Set<CType>()): CType | undefined {
		const own = firstByName(record).get(name);
		if (own || seen.has(record)) return own?.type;
		seen.add(record);
		for (const { type } of record.fields.filter((field) => field.name === '')) {
			const inner = this.resolve(type);
			const found = inner?.kind === 'record' ? this.declared(inner, name, seen) : undefined;
			if (found) return found;
		}
		return undefined;
	}

	private named(
		record: RecordType,
		name: string,
		seen = new Set<CType>(),
	): { offset: number; type: CType } | undefined {
		const { placed = [], byName } = this.record(record) ?? {};
		const own = byName?.get(name);
		if (own) return { offset: own.offset, type: own.field.type };
		if (seen.has(record)) return undefined;
		seen.add(record);
		for (const { field, offset } of placed) {
			const inner = field.name === '' ? this.resolve(field.type) : undefined;
			const found = inner?.kind === 'record' ? this.named(inner, name, seen) : undefined;
			if (found) return { offset: offset + found.offset, type: found.type };
		}
		return undefined;
	}
}

const onTargets = (narrow: number | undefined, wide: number | undefined): PerTarget | undefined =>
	narrow === undefined || wide === undefined ? undefined : both(narrow, wide);

function both(narrow: number, wide: number): PerTarget {
	const values = {} as Record<Target, number>;
	for (const target of TARGETS) values[target] = target === 'x86' ? narrow : wide;
	return values;
}

/** Answers that were found by a look-up that always says the same. */
interface Settled {
	readonly sizes: Map<string, PerTarget | undefined>;
	readonly fields: WeakMap<CType, { readonly rows: readonly FieldInfo[] | undefined }>;
}

const settled = new WeakMap<Lookup, Settled>();

/** What a look-up leads to is kept from now on, as it never says anything else. */
export function settle(lookup: Lookup): Lookup {
	settled.set(lookup, { sizes: new Map(), fields: new WeakMap() });
	return lookup;
}

/** Size in bytes of a type by how it is written; `undefined` when it is not certain. */
export function sizeOfNamed(text: string, lookup: Lookup): PerTarget | undefined {
	const known = settled.get(lookup)?.sizes;
	if (known?.has(text)) return known.get(text);
	const size = sizeOf(parseTypeName(text), lookup);
	known?.set(text, size);
	return size;
}

/** `u.v4[2].x` as steps; `undefined` when it is not such a path. */
function steps(path: string): (string | number)[] | undefined {
	if (!/^[A-Za-z_]\w*(\[\d+\])*(\.[A-Za-z_]\w*(\[\d+\])*)*$/.test(path)) return undefined;
	return path.split(/\.|(?=\[)/).map((step) => (step.startsWith('[') ? Number(step.slice(1, -1)) : step));
}

/** Size in bytes; `undefined` when it is not certain. */
export function sizeOf(type: CType, lookup: Lookup): PerTarget | undefined {
	return onTargets(new Layouter(4, lookup).box(type)?.size, new Layouter(8, lookup).box(type)?.size);
}

/** Alignment in bytes; `undefined` when it is not certain. */
export function alignOf(type: CType, lookup: Lookup): PerTarget | undefined {
	return onTargets(new Layouter(4, lookup).box(type)?.align, new Layouter(8, lookup).box(type)?.align);
}

/**
 * Bytes from the start of `type` to a member: `Address`, `u.v4.x`, `Address[2].iSockaddrLength`. Members of anonymous
 * structs and unions are found by their own name. An index may pass the end of the declared array, as `offsetof` allows.
 * For a bit-field, the offset of the unit that holds it.
 */
export function fieldOffset(type: CType, path: string, lookup: Lookup): PerTarget | undefined {
	const parts = steps(path);
	if (!parts) return undefined;
	return onTargets(
		new Layouter(4, lookup).member(type, parts)?.offset,
		new Layouter(8, lookup).member(type, parts)?.offset,
	);
}

/** Declared type of the member at `path` (see `fieldOffset`). */
export function fieldType(type: CType, path: string, lookup: Lookup): CType | undefined {
	const parts = steps(path);
	return parts && new Layouter(8, lookup).memberType(type, parts);
}

/** What a type's name stands for in the end; itself when it is no name, `undefined` when nobody knows it. */
export const resolveType = (type: CType, lookup: Lookup): CType | undefined => new Layouter(8, lookup).resolve(type);

/** A size as the catalog writes it: `sizeof`, `offsetof`, plain bytes, or those of each target. */
export function evaluateSize(expression: SizeExpression, lookup: Lookup): PerTarget | undefined {
	if ('bytes' in expression) return onTargets(expression.bytes, expression.bytes);
	if ('x86' in expression) return expression;
	if ('sizeof' in expression) return sizeOfNamed(expression.sizeof, lookup);
	const [struct, field] = expression.offsetof;
	return fieldOffset(parseTypeName(struct), field, lookup);
}

/**
 * Reads a type written without a name, as field lists and `sizeof` do: `ULONG`, `struct sockaddr *`, `unsigned long`,
 * `const GUID *`. No arrays and no function types.
 */
export function parseTypeName(text: string): CType {
	const stars = text.match(/\*/g)?.length ?? 0;
	const words = text
		.replaceAll('*', ' ')
		.split(/\s+/)
		.filter((w) => w !== '' && !/^(const|volatile|FAR|CONST|UNALIGNED)$/.test(w));
	const tag = words.length > 1 && /^(struct|union|enum|class)$/.test(words[0]!);
	const builtin = tag ? undefined : builtinName(words);
	const name = builtin ?? (tag ? words.slice(1) : words).join(' ');
	let type: CType;
	if (name === 'void' || name === 'VOID') type = { kind: 'void' };
	else if (!tag && Object.hasOwn(SCALARS, name)) type = { kind: 'scalar', name };
	else if (/^[A-Za-z_]\w*$/.test(name)) type = tag ? { kind: 'named', name, tag } : { kind: 'named', name };
	else type = { kind: 'unknown' };
	for (let i = 0; i < stars; i++) type = { kind: 'pointer', to: type };
	return type;
}

/** A type as C writes it, without the declared name: `LPSOCKADDR`, `SOCKADDR *`, `WCHAR[16]`; `?` when unknown. */
export function typeText(type: CType): string {
	switch (type.kind) {
		case 'void':
			return 'void';
		case 'scalar':
			return type.name;
		case 'named':
			return type.name;
		case 'pointer': {
			const to = typeText(type.to);
			return to.endsWith('*') ? `${to}*` : `${to} *`;
		}
		case 'array': {
			// C writes the outer dimension first.
			const dimensions: string[] = [];
			let of: CType = type;
			while (of.kind === 'array') {
				dimensions.push(`[${of.length ?? ''}]`);
				of = of.of;
			}
			return typeText(of) + dimensions.join('');
		}
		case 'record':
			return type.name || (type.union ? 'union' : 'struct');
		case 'enum':
			return type.name || 'enum';
		case 'function':
			return 'function';
		case 'unknown':
			return '?';
	}
}

/** One member of a record, nested ones included; what names its numbers is its own, never its enumeration type's. */
export interface FieldInfo extends MemberFacts {
	/** Path that `fieldOffset` accepts. */
	readonly path: string;
	readonly name: string;
	readonly type: CType;
	/** The type as C writes it. */
	readonly text: string;
	/** Bytes from the start of the outermost record. */
	readonly offset: PerTarget;
	readonly size: PerTarget;
	/** 0 for the record's own members; members of anonymous records count as the enclosing record's. */
	readonly depth: number;
	/** A bit-field: width, and place counted from the lowest bit of the unit of `size` bytes at `offset`. */
	readonly bits?: { readonly width: number; readonly shift: PerTarget };
	/** Shares its bytes with other members. */
	readonly union?: true;
	/** Declared with one element or none, and goes on to the end of the buffer. */
	readonly tail?: true;
	readonly meaning?: string;
}

/**
 * All members in declaration order, each record member followed by its own members; arrays are one row.
 * `undefined` when the type is no record or its layout is not certain.
 */
export function fieldsOf(type: CType, lookup: Lookup): readonly FieldInfo[] | undefined {
	const known = settled.get(lookup)?.fields;
	const before = known?.get(type);
	if (before) return before.rows;
	const rows = readFields(type, lookup);
	known?.set(type, { rows });
	return rows;
}

function readFields(type: CType, lookup: Lookup): readonly FieldInfo[] | undefined {
	const narrow = new Layouter(4, lookup);
	const wide = new Layouter(8, lookup);
	const rows: FieldInfo[] = [];

	const walk = (record: RecordType, base: readonly [number, number], prefix: string, depth: number): boolean => {
		const left = narrow.record(record);
		const right = wide.record(record);
		if (!left || !right) return false;
		for (const [i, { field, offset, size, shift }] of left.placed.entries()) {
			const other = right.placed[i]!;
			const at = [base[0] + offset, base[1] + other.offset] as const;
			const inner = wide.resolve(field.type);
			if (field.name !== '') {
				if (rows.length >= MAX_FIELDS) return true;
				rows.push({
					path: prefix + field.name,
					name: field.name,
					type: field.type,
					text: typeText(field.type),
					offset: onTargets(at[0], at[1])!,
					size: onTargets(size, other.size)!,
					depth,
					...(field.bits !== undefined && { bits: { width: field.bits, shift: onTargets(shift, other.shift)! } }),
					...(record.union && { union: true as const }),
					...(field.tail && { tail: true as const }),
					...(field.meaning !== undefined && { meaning: field.meaning }),
					...memberFacts(field),
				});
			}
			if (inner?.kind !== 'record' || field.bits !== undefined) continue;
			const named = field.name !== '';
			walk(inner, at, named ? `${prefix}${field.name}.` : prefix, named ? depth + 1 : depth);
		}
		return true;
	};

	const record = wide.resolve(type);
	return record?.kind === 'record' && walk(record, [0, 0], '', 0) ? rows : undefined;
}
