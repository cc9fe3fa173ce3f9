/** What the catalog says, as constant expressions of C that a compiler can judge. */

import {
	IOC_IN,
	IOC_INOUT,
	IOC_OUT,
	IOC_PROTOCOL,
	IOC_UNIX,
	IOC_VENDOR,
	IOC_VOID,
	IOC_WS2,
	IOC_WSK,
} from '../../server/src/catalog/families/winsock.ts';
import type {
	CatalogType,
	ControlCode,
	NamedValue,
	SizeExpression,
	StructSpec,
	WskOption,
} from '../../server/src/catalog/model.ts';
import { allNames } from '../../server/src/catalog/numberNames.ts';
import type { PerTarget } from '../../server/src/types/ctype.ts';
import {
	alignOf,
	evaluateSize,
	type FieldInfo,
	fieldsOf,
	parseTypeName,
	sizeOf,
} from '../../server/src/types/layout.ts';
import { SCALAR_POINTERS, SCALARS } from '../../server/src/types/scalars.ts';
import { catalogType } from '../support/builtin.ts';

/** One way to write a claim in C. */
export interface Form {
	/** Must compile for the form to be judged at all: the headers may lack the name. */
	readonly probe: string;
	/** A constant expression. */
	readonly expression: string;
}

export interface Claim {
	readonly kind: 'code' | 'value' | 'size' | 'alignment' | 'offset' | 'member size' | 'pointer';
	/** What is claimed, for people: `SIO_RCVALL`, `INTERFACE_INFO.iiFlags`. */
	readonly subject: string;
	/** Every form that the headers know must hold. */
	readonly forms: readonly Form[];
	/** Only the first form that the headers know counts. */
	readonly first?: true;
	/**
	 * Probe of the type that a member belongs to: headers that know it must know the member too, or the catalog names
	 * something that does not exist.
	 */
	readonly within?: string;
	readonly expected: PerTarget;
}

const same = (n: number): PerTarget => ({ x86: n, x64: n, arm64: n });
const must = (size: PerTarget | undefined, what: string): PerTarget => {
	if (!size) throw new Error(`the catalog gives no size for ${what}`);
	return size;
};

/** The unsigned 32-bit value of a macro or enumerator. */
const value = (kind: 'code' | 'value', name: string, number: number): Claim => ({
	kind,
	subject: name,
	forms: [{ probe: `sizeof((${name}) + 0)`, expression: `(unsigned int)(${name})` }],
	expected: same(number >>> 0),
});

const TAGS = { struct: 'struct', union: 'union', enum: 'enum', alias: undefined } as const;

/** The type's own name as C writes it. */
export const spelling = (type: CatalogType): string =>
	type.kind === 'struct' && type.tagOnly ? `struct ${type.name}` : type.name;

function sizeClaims(subject: string, spelled: readonly string[], size: PerTarget, align: PerTarget): Claim[] {
	const forms = (operator: string) => spelled.map((s) => ({ probe: `sizeof(${s})`, expression: `${operator}(${s})` }));
	return [
		{ kind: 'size', subject, forms: forms('sizeof'), expected: size },
		{ kind: 'alignment', subject, forms: forms('__alignof__'), expected: align },
	];
}

/** `a.b.c`, `b.c`, `c`: headers differ in which inner structs they leave anonymous. */
const suffixes = (path: string): string[] => path.split('.').map((_, i, parts) => parts.slice(i).join('.'));

function memberClaims(type: StructSpec, field: FieldInfo): Claim[] {
	// A bit-field has neither address nor size; `bitFields` covers it.
	if (field.bits) return [];
	const spelled = spelling(type);
	const subject = `${type.name}.${field.path}`;
	const forms = (expression: (path: string) => string) =>
		suffixes(field.path).map((path) => ({
			probe: `sizeof(((${spelled} *)0)->${path})`,
			expression: expression(path),
		}));
	const common = {
		subject,
		first: true as const,
		// Some headers leave out what has no size.
		...(field.size.x64 > 0 && { within: `sizeof(${spelled})` }),
	};
	return [
		{
			kind: 'offset',
			...common,
			forms: forms((path) => `__builtin_offsetof(${spelled}, ${path})`),
			expected: field.offset,
		},
		{
			kind: 'member size',
			...common,
			forms: forms((path) => `sizeof(((${spelled} *)0)->${path})`),
			expected: field.size,
		},
	];
}

const fieldValues = (fields: StructSpec['fields']): NamedValue[] =>
	fields.flatMap((f) => [...allNames(f), ...(typeof f.type === 'string' ? [] : fieldValues(f.type.fields))]);

function pointee(pointer: string, expected: PerTarget): Claim {
	const expression = `sizeof(*(${pointer})0)`;
	return { kind: 'pointer', subject: pointer, forms: [{ probe: expression, expression }], expected };
}

function typeClaims(type: CatalogType): Claim[] {
	const named = parseTypeName(spelling(type));
	const size = must(sizeOf(named, catalogType), type.name);
	const align = must(alignOf(named, catalogType), type.name);
	const claims = sizeClaims(type.name, [spelling(type)], size, align);
	const tag = TAGS[type.kind];
	for (const alias of type.aliases ?? []) {
		claims.push(...sizeClaims(alias, tag ? [alias, `${tag} ${alias}`] : [alias], size, align));
	}
	claims.push(...(type.pointers ?? []).map((pointer) => pointee(pointer, size)));
	if ('fields' in type) {
		const fields = fieldsOf(named, catalogType);
		if (!fields) throw new Error(`the catalog gives no layout for ${type.name}`);
		claims.push(...fields.flatMap((f) => memberClaims(type, f)));
		claims.push(...fieldValues(type.fields).map((v) => value('value', v.name, v.value)));
	} else claims.push(...allNames(type).map((v) => value('value', v.name, v.value)));
	return claims;
}

function minimumClaims(code: ControlCode): Claim[] {
	return [code.input.minimum, code.output.minimum].flatMap((minimum) => {
		if (!minimum || 'bytes' in minimum || 'x86' in minimum) return [];
		const expression = sizeText(minimum);
		const expected = must(evaluateSize(minimum, catalogType), expression);
		return [{ kind: 'size' as const, subject: expression, forms: [{ probe: expression, expression }], expected }];
	});
}

const sizeText = (e: Exclude<SizeExpression, { bytes: number } | { x86: number }>): string =>
	'sizeof' in e ? `sizeof(${e.sizeof})` : `__builtin_offsetof(${e.offsetof[0]}, ${e.offsetof[1]})`;

function scalarClaims(): Claim[] {
	const claims = Object.keys(SCALARS).flatMap((name) => {
		const type = parseTypeName(name);
		return sizeClaims(name, [name], must(sizeOf(type, catalogType), name), must(alignOf(type, catalogType), name));
	});
	for (const [name, to] of Object.entries(SCALAR_POINTERS)) {
		const expected = sizeOf(parseTypeName(to), catalogType);
		if (expected) claims.push(pointee(name, expected));
	}
	return claims;
}

const OPCODE_PARTS = { IOC_VOID, IOC_OUT, IOC_IN, IOC_INOUT, IOC_UNIX, IOC_WS2, IOC_PROTOCOL, IOC_VENDOR, IOC_WSK };

export interface Catalog {
	readonly codes: readonly ControlCode[];
	readonly types: readonly CatalogType[];
	readonly options: readonly WskOption[];
}

/** Every claim of the catalog that is a number, each once. */
export function claimsOf(catalog: Catalog): readonly Claim[] {
	const all = [
		...Object.entries(OPCODE_PARTS).map(([name, number]) => value('value', name, number)),
		...catalog.codes.map((c) => value('code', c.name, c.opcode.value)),
		...catalog.codes.flatMap((c) =>
			(c.aliases ?? []).filter((a) => a.kind === 'header').map((a) => value('code', a.name, c.opcode.value)),
		),
		...catalog.codes.flatMap(minimumClaims),
		...catalog.types.flatMap(typeClaims),
		...catalog.options.map((o) => value('value', o.name, o.value)),
		...scalarClaims(),
	];
	const unique = new Map(all.map((c) => [JSON.stringify([c.forms, c.expected]), c]));
	return [...unique.values()];
}

/** One bit-field: all its bits set, and nothing else. */
export interface BitField {
	readonly subject: string;
	readonly type: string;
	readonly initialiser: string;
	readonly expected: Readonly<Record<'x86' | 'x64', Uint8Array>>;
}

export function bitFields(types: readonly CatalogType[], slot: number): readonly BitField[] {
	return types.flatMap((type) => {
		if (!('fields' in type)) return [];
		const fields = fieldsOf(parseTypeName(spelling(type)), catalogType) ?? [];
		return fields.flatMap((field) => {
			const { bits } = field;
			if (!bits) return [];
			const bytes = (target: 'x86' | 'x64') => {
				const room = new Uint8Array(slot);
				for (let bit = 0; bit < bits.width; bit++) {
					const at = bits.shift[target] + bit;
					room[field.offset[target] + (at >> 3)]! |= 1 << (at & 7);
				}
				return room;
			};
			return [
				{
					subject: `${type.name}.${field.path}`,
					type: spelling(type),
					initialiser: `{ .${field.path} = -1 }`,
					expected: { x86: bytes('x86'), x64: bytes('x64') },
				},
			];
		});
	});
}
