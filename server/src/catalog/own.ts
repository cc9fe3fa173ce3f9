/**
 * Codes and structures that somebody's configuration describes: the form in which they are written, and the catalog
 * that knows them besides the built-in ones.
 */

import * as l10n from '@vscode/l10n';
import { parseTypeName } from '../types/layout.ts';
import { entryOf } from '../types/own.ts';
import { SCALARS } from '../types/scalars.ts';
import type { ApiId } from './api.ts';
import type { Catalog } from './catalog.ts';
import { readExpression } from './expression.ts';
import type {
	BufferSpec,
	BufferUse,
	CodeFacts,
	ControlCode,
	FieldSpec,
	NamedValue,
	StructSpec,
	Unit,
	ValueRange,
} from './model.ts';
import { nearest } from './nearest.ts';
import { endingsOf, type OwnFunctions, passedProblems } from './ownFunctions.ts';
import {
	described,
	either,
	flag,
	isObject,
	listOf,
	mapOf,
	mark,
	matching,
	name,
	object,
	oneOf,
	type Shape,
	type ShapeProblem,
	textWith,
	whole,
} from './shape.ts';

/** What goes through a buffer, as a configuration says it. */
export interface OwnBuffer {
	readonly use?: 'required' | 'optional' | 'none';
	readonly type?: string;
	readonly accepts?: readonly string[];
	readonly size?: number | { readonly x86: number; readonly x64: number };
	readonly atLeast?: boolean;
	readonly sizeQuery?: boolean;
	readonly error?: string;
	readonly range?: ValueRange;
	readonly meaning?: string;
}

export interface OwnCode {
	readonly value: number | string;
	readonly header?: string;
	readonly summary?: string;
	readonly remarks?: readonly string[];
	readonly link?: string;
	readonly aliases?: readonly string[];
	readonly related?: readonly string[];
	readonly input?: OwnBuffer | 'none';
	readonly output?: OwnBuffer | 'none';
	readonly errors?: Readonly<Record<string, string>>;
	readonly functions?: readonly string[];
	readonly overlapped?: 'recommended' | 'required' | 'forbidden';
	readonly mayBlock?: boolean;
	readonly sockets?: CodeFacts['socket'];
	readonly order?: readonly string[];
	readonly minWindows?: string;
}

export interface OwnField {
	readonly name?: string;
	readonly type: string | { readonly kind?: 'struct' | 'union'; readonly fields: readonly OwnField[] };
	readonly count?: number | 'rest';
	readonly countedBy?: string;
	readonly bits?: number;
	readonly values?: Readonly<Record<string, number>>;
	readonly flags?: boolean;
	readonly unit?: Unit;
	readonly networkOrder?: true;
	readonly meaning?: string;
}

export interface OwnStruct {
	readonly kind?: 'struct' | 'union';
	readonly fields?: readonly OwnField[];
	readonly fromHeader?: true;
	readonly header?: string;
	readonly aliases?: readonly string[];
	readonly pointers?: readonly string[];
	readonly tagOnly?: boolean;
	readonly pack?: 1 | 2 | 4 | 8;
	readonly summary?: string;
	readonly link?: string;
}

/** What configurations add, by name; of two that do not go together the first one counts. */
export interface OwnEntries {
	readonly codes?: Readonly<Record<string, OwnCode>> | undefined;
	readonly structs?: Readonly<Record<string, OwnStruct>> | undefined;
	readonly functions?: OwnFunctions | undefined;
}

// ---- the form ----

/** Longer texts help nobody. */
const LONGEST_TEXT = 2000;
const MOST_BYTES = 0x7fffffff;
const MOST_LISTED = 100;
const MOST_FIELDS = 1000;
/** Records in each other's place. */
const MOST_NESTED = 12;

/** A control character could end a line of a report, or change a terminal. */
const isPlain = (given: string): boolean => given.length <= LONGEST_TEXT && !/[\p{Cc}\p{Cf}]/u.test(given);

const prose = textWith(() => l10n.t('a text of at most {0} characters on one line', LONGEST_TEXT), isPlain, {
	maxLength: LONGEST_TEXT,
});
const typeName = matching(() => l10n.t('the name of a type, such as DWORD'), /^[A-Za-z_][\w ]{0,199}\**$/);
const header = matching(() => l10n.t('the name of a header, such as acme.h'), /^[\w][\w ./+-]{0,199}$/);
const ERROR = described(name, 'Name of the error, such as `WSAEFAULT`.');
const link = matching(
	() => l10n.t('the address of a page, with https:// in front'),
	/^https?:\/\/[^\s<>()[\]"'`\\]{1,500}$/,
);
const NAMES = listOf(name, MOST_LISTED);
const VERSION = matching(() => l10n.t('a version such as 10.0.17763'), /^\d{1,5}(?:\.\d{1,5}){0,3}$/);

const BYTES = whole(0, MOST_BYTES);
const BYTES_EACH = object({ x86: BYTES, x64: BYTES });
const RANGE_END = whole(-0x80000000, 0xffffffff);

const NO_BUFFER = oneOf('none');
const BUFFER = object(
	{},
	{
		use: described(
			oneOf('required', 'optional', 'none'),
			'Whether the code needs the buffer; `none`: one that is not empty is a mistake.',
		),
		type: described(
			typeName,
			'Structure or number that it holds: one of `structs`, of the Windows headers, or `DWORD`.',
		),
		accepts: described(listOf(typeName, MOST_LISTED), 'Other types that are right as well.'),
		size: described(
			either([BYTES, BYTES_EACH], (value) => (isObject(value) ? BYTES_EACH : BYTES)),
			'Bytes that it needs, where that is not the size of `type`; a number, or one each for `x86` and `x64`.',
		),
		atLeast: described(flag, 'More bytes than that may be needed.'),
		sizeQuery: described(flag, 'A length of 0 asks for the size needed.'),
		error: described(ERROR, 'Error of a buffer that is too small; without it a finding is a warning.'),
		range: described(
			object({ from: RANGE_END, to: RANGE_END }, { otherwise: ERROR }),
			'Numbers that the buffer may hold, and the error of any other.',
		),
		meaning: described(prose, 'What it means.'),
	},
);
const buffer = either([NO_BUFFER, BUFFER], (value) => (typeof value === 'string' ? NO_BUFFER : BUFFER));

const NUMBER = whole(0, 0xffffffff);
const EXPRESSION = textWith(
	() => l10n.t('a number, or an expression of the macros that make codes'),
	(v) => v.length <= 200,
	{
		maxLength: 200,
	},
);

/** One of the codes. */
export const ownCode: Shape = object(
	{
		value: described(
			either([NUMBER, EXPRESSION], (value) => (typeof value === 'number' ? NUMBER : EXPRESSION)),
			'The number, as text such as `"0x98000001"`, or as the header writes it, by the macros that make codes.',
		),
	},
	{
		header: described(header, 'Header that defines it.'),
		summary: described(prose, 'What it does, one paragraph.'),
		remarks: described(listOf(prose, MOST_LISTED), 'What else is worth knowing, one fact each.'),
		link: described(link, 'Address of its documentation.'),
		aliases: described(NAMES, 'Further names of it that the header defines.'),
		related: described(NAMES, 'Other codes and functions to look at.'),
		input: described(buffer, 'What the code reads; `"none"`: nothing. Absent: not known, and not judged.'),
		output: described(buffer, 'What the code writes; `"none"`: nothing. Absent: not known, and not judged.'),
		errors: described(mapOf(name, prose), 'When an error comes, by its name, as the end of a sentence.'),
		functions: described(NAMES, 'Functions that take it: entry points, or those of `functions`.'),
		overlapped: described(
			oneOf('recommended', 'required', 'forbidden'),
			'Whether the call is made with an overlapped structure.',
		),
		mayBlock: described(flag, 'Without an overlapped structure the call may wait for long.'),
		sockets: described(
			object(
				{},
				{
					families: listOf(oneOf('AF_INET', 'AF_INET6', 'AF_UNIX', 'AF_BTH', 'AF_IRDA', 'AF_ATM')),
					types: listOf(oneOf('SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_RAW')),
					protocols: NAMES,
					otherwise: ERROR,
				},
			),
			'Sockets that it works on, and the error on any other.',
		),
		order: described(
			listOf(oneOf('before-bind', 'after-bind', 'before-connect', 'after-connect', 'before-listen', 'after-accept')),
			'When the call has to be made.',
		),
		minWindows: described(VERSION, 'First version of Windows that knows it.'),
	},
);

const REST = oneOf('rest');
const COUNT = whole(1, MOST_BYTES);
const MEMBER = textWith(
	() => l10n.t('a name, or nothing for an anonymous member'),
	(v) => /^(?:[A-Za-z_]\w{0,199})?$/.test(v),
);

const nested: Shape = {
	check(value, path, problems) {
		if (path.split('.type').length > MOST_NESTED)
			problems.push({ path, message: l10n.t('This is nested too deeply.') });
		else NESTED.check(value, path, problems);
	},
	// A schema that refers to itself could not stand in a manifest.
	schema: {
		type: 'object',
		properties: { kind: { enum: ['struct', 'union'] }, fields: { type: 'array', minItems: 1 } },
		required: ['fields'],
		additionalProperties: false,
	},
};

const field: Shape = object(
	{
		type: described(
			either([typeName, nested], (value) => (isObject(value) ? nested : typeName)),
			'Name of a type, or a `struct` or `union` with `fields` in its place.',
		),
	},
	{
		name: described(MEMBER, 'Absent for an anonymous structure or union.'),
		count: described(
			either([COUNT, REST], (value) => (typeof value === 'string' ? REST : COUNT)),
			'Elements of an array; `rest`: one is declared, and it goes on to the end of the buffer.',
		),
		countedBy: described(name, 'The member that holds the number of elements.'),
		bits: described(whole(0, 64), 'Width of a bit-field.'),
		values: described(mapOf(name, RANGE_END), 'Names of its values.'),
		flags: described(flag, '`values` names bits that may be set together.'),
		unit: described(oneOf('ms', 'us', 's', 'bytes'), 'What it counts.'),
		networkOrder: described(mark, 'Its bytes stand in network order.'),
		meaning: described(prose, 'What it means.'),
	},
);
const FIELDS = listOf(field, MOST_FIELDS);
const NESTED = object({ fields: FIELDS }, { kind: oneOf('struct', 'union') });

const ABOUT_STRUCTS = {
	header: described(header, 'Header that declares it.'),
	aliases: described(NAMES, 'Other names of the same type: typedefs and tags.'),
	pointers: described(NAMES, 'Typedefs for a pointer to it.'),
	tagOnly: described(flag, 'There is no typedef: in C only `struct` and the name compiles.'),
	summary: described(prose, 'What it is for, one sentence.'),
	link: described(link, 'Address of its documentation.'),
};
const WITH_FIELDS = object(
	{ fields: described(FIELDS, 'Its members, in order.') },
	{
		...ABOUT_STRUCTS,
		kind: oneOf('struct', 'union'),
		pack: described(oneOf(1, 2, 4, 8), '`#pragma pack` in force, in bytes.'),
	},
);
const FROM_HEADER = object(
	{ fromHeader: described(mark, 'It is as an included header declares it; where none does, no size is judged.') },
	ABOUT_STRUCTS,
);

/** One of the structures. */
export const ownStruct: Shape = either([WITH_FIELDS, FROM_HEADER], (value) =>
	isObject(value) && 'fromHeader' in value ? FROM_HEADER : WITH_FIELDS,
);

// ---- the catalog ----

export interface OwnCatalog {
	readonly catalog: Catalog;
	/** What does not go together, with paths such as `codes.SIO_ACME.input.type`. */
	readonly problems: readonly ShapeProblem[];
}

/** More catalogs are not kept: a tree has few configurations that add codes. */
const MOST_CATALOGS = 32;
const byContent = new WeakMap<Catalog, Map<string, OwnCatalog>>();
const byEntries = new WeakMap<OwnEntries, { readonly base: Catalog; readonly made: OwnCatalog }>();

/**
 * The catalog with what configurations add; the base itself where that is nothing. The same content gives the same one.
 * @param entries of the right form.
 */
export function ownCatalog(base: Catalog, entries: OwnEntries): OwnCatalog {
	if (!entries.codes && !entries.structs && !hasWrappers(entries)) return { catalog: base, problems: [] };
	const known = byEntries.get(entries);
	if (known?.base === base) return known.made;
	const catalogs = byContent.get(base) ?? new Map<string, OwnCatalog>();
	byContent.set(base, catalogs);
	const key = JSON.stringify([entries.codes, entries.structs, entries.functions]);
	const made = catalogs.get(key) ?? make(base, entries);
	if (!catalogs.has(key) && catalogs.size >= MOST_CATALOGS) catalogs.clear();
	catalogs.set(key, made);
	byEntries.set(entries, { base, made });
	return made;
}

const hasWrappers = ({ functions = {} }: OwnEntries): boolean =>
	Object.values(functions).some((own) => typeof own !== 'string');

function make(base: Catalog, { codes = {}, structs = {}, functions = {} }: OwnEntries): OwnCatalog {
	const structNames = Object.keys(structs);
	const types = Object.entries(structs).map(([each, spec]) => structOf(each, spec));
	// Macros of codes may be given a structure.
	const typed = base.with({ types });
	const problems: ShapeProblem[] = typed.problems.map((problem) => {
		const { path, message, sizeless } = placed(problem, 'structs', structNames);
		return { path, message: sizeless ? reason(path.slice('structs.'.length), structs, base) : message };
	});
	const endings = endingsOf(functions);
	const good: { readonly key: string; readonly code: ControlCode }[] = [];
	for (const [each, spec] of Object.entries(codes)) {
		const value = numberOf(spec.value, typed.catalog);
		const taking = takenBy(spec.functions ?? [], base, endings);
		if (typeof value !== 'number') problems.push({ path: `codes.${each}.value`, message: value });
		else if ('unknown' in taking)
			problems.push({ path: `codes.${each}.functions[${taking.at}]`, message: taking.unknown });
		else good.push({ key: each, code: codeOf(each, spec, value, taking.ids) });
	}
	const keys = good.map(({ key }) => key);
	const { catalog, problems: others } = typed.catalog.with({ codes: good.map(({ code }) => code) });
	problems.push(...others.map((problem) => suggesting(placed(problem, 'codes', keys), catalog)));
	problems.push(...passedProblems(functions, catalog));
	return { catalog, problems };
}

/** Why a structure has no size. */
function reason(each: string, structs: NonNullable<OwnEntries['structs']>, base: Catalog): string {
	const seen = new Set<string>();
	const open: string[] = [each];
	for (let at = open.pop(); at !== undefined; at = open.pop()) {
		for (const type of heldTypes(entryOf(structs, at)?.fields ?? [])) {
			if (type === each) return l10n.t('`{0}` contains itself, so that it has no size.', each);
			const own = entryOf(structs, type);
			if (own?.fromHeader)
				return l10n.t('`{0}` holds `{1}`, whose size only a header tells: say `fromHeader` of both.', at, type);
			if (!own && !base.lookup(type, false)) {
				const near = nearest(type, [...Object.keys(structs), ...typeNames(base), ...Object.keys(SCALARS)]);
				return near === undefined
					? l10n.t('`{0}` holds `{1}`, which is no type.', at, type)
					: l10n.t('`{0}` holds `{1}`, which is no type; did you mean `{2}`?', at, type, near);
			}
			if (own && !seen.has(type)) open.push(type);
			seen.add(type);
		}
	}
	return l10n.t('`{0}` has no size: it is larger than any object, is nested too deeply or has no members.', each);
}

/** Names of the types that members are of, those of members in place among them; pointers hold nothing. */
function heldTypes(fields: readonly OwnField[]): readonly string[] {
	return fields.flatMap(({ type }) => {
		if (typeof type !== 'string') return heldTypes(type.fields);
		const parsed = parseTypeName(type);
		return parsed.kind === 'named' || parsed.kind === 'unknown' ? [parsed.kind === 'named' ? parsed.name : type] : [];
	});
}

/** The number of a code, or what is wrong with it. */
function numberOf(given: number | string, catalog: Catalog): number | string {
	if (typeof given === 'number') return given;
	const value = readExpression(given.trim(), catalog);
	if (value === 'too-large') return l10n.t('{0} does not fit into 32 bits.', JSON.stringify(given));
	if (value !== undefined) return value;
	const unknown = [...given.matchAll(/[A-Za-z_]\w*/g)].map(([word]) => word).find((word) => !isKnown(word, catalog));
	const near = unknown === undefined ? undefined : nearest(unknown, known(catalog));
	const quoted = JSON.stringify(given);
	return near === undefined
		? l10n.t('{0} is no number, and no macro of the headers makes a code of it.', quoted)
		: l10n.t('{0} is no number, and no macro of the headers makes a code of it; did you mean {1}?', quoted, near);
}

/** The entry points that functions are or end in. */
function takenBy(
	names: readonly string[],
	base: Catalog,
	functions: Readonly<Record<string, ApiId>>,
): { readonly ids: readonly ApiId[] } | { readonly unknown: string; readonly at: number } {
	const ids = names.map((each) => base.functionByName(each)?.id ?? entryOf(functions, each));
	const at = ids.indexOf(undefined);
	if (at < 0) return { ids: ids.filter((id) => id !== undefined) };
	const missing = names[at] ?? '';
	const near = nearest(missing, [...base.functions.map(({ id }) => id), ...Object.keys(functions)]);
	const unknown =
		near === undefined
			? l10n.t('There is no function `{0}` that takes control codes.', missing)
			: l10n.t('There is no function `{0}` that takes control codes; did you mean `{1}`?', missing, near);
	return { unknown, at };
}

const known = (catalog: Catalog): readonly string[] =>
	catalog.entries.families.flatMap(({ macros, constants }) => [...Object.keys(macros), ...Object.keys(constants)]);

const isKnown = (word: string, catalog: Catalog): boolean =>
	catalog.macro(word) !== undefined || catalog.headerConstant(word) !== undefined;

/** A problem of the additions, in the words and with the path of the configuration. */
function placed({ path, ...problem }: ShapeProblem, list: string, names: readonly string[]): ShapeProblem {
	const [, at = '', rest = ''] = /^\w+\[(\d+)\](.*)$/s.exec(path) ?? [];
	const size = rest.indexOf('.minimum');
	const place = (size < 0 ? rest : `${rest.slice(0, size)}.size`)
		.replace(/^\.opcode\.value/, '.value')
		.replace(/^\.aliases\[(\d+)\].*/, '.aliases[$1]');
	return { ...problem, path: `${list}.${names[Number(at)] ?? ''}${place}` };
}

function suggesting({ path, message, unknownType }: ShapeProblem, catalog: Catalog): ShapeProblem {
	const near = unknownType === undefined ? undefined : nearest(unknownType, typeNames(catalog));
	if (unknownType === undefined || near === undefined) return { path, message };
	return { path, message: l10n.t('There is no type `{0}`; did you mean `{1}`?', unknownType, near) };
}

const typeNames = (catalog: Catalog): readonly string[] =>
	// Those that somebody added are the likeliest.
	[...catalog.entries.types].reverse().flatMap((type) => [type.name, ...(type.aliases ?? [])]);

const EMPTY: BufferSpec = { use: 'must-be-empty', basis: 'configured', confidence: 'hard' };

function bufferOf(given: OwnBuffer | 'none' | undefined): BufferSpec {
	if (given === undefined) return {};
	if (given === 'none') return EMPTY;
	const { use = 'required', type, accepts, size, atLeast, sizeQuery, error, range, meaning } = given;
	const tooSmall = error === undefined ? {} : { tooSmall: { error } };
	if (use === 'none') return { ...EMPTY, ...tooSmall };
	return {
		use: use satisfies BufferUse,
		basis: 'configured',
		confidence: error === undefined ? 'soft' : 'hard',
		...(type === undefined ? {} : { type: type.replace(/^(?:struct|union)\s+/, '') }),
		...(accepts ? { accepts } : {}),
		...(size === undefined ? {} : { minimum: sizeOf(size) }),
		...(atLeast ? { variable: 'more may be needed' } : {}),
		...(sizeQuery ? { sizeQuery } : {}),
		...tooSmall,
		...(range ? { range } : {}),
		...(meaning === undefined ? {} : { meaning }),
	};
}

const sizeOf = (size: NonNullable<OwnBuffer['size']>): NonNullable<BufferSpec['minimum']> =>
	typeof size === 'number' ? { bytes: size } : { ...size, arm64: size.x64 };

function codeOf(each: string, given: OwnCode, value: number, taking: readonly ApiId[]): ControlCode {
	const { header, summary, remarks, link, aliases, related, errors, overlapped, mayBlock } = given;
	const { sockets, order, minWindows } = given;
	return {
		name: each,
		isOwn: true,
		opcode: {
			value,
			family: 'winsock',
			...(typeof given.value === 'string' && given.value.includes('(') ? { definition: given.value } : {}),
		},
		input: bufferOf(given.input),
		output: bufferOf(given.output),
		...(header === undefined ? {} : { header }),
		...(summary === undefined ? {} : { summary }),
		...(remarks ? { remarks } : {}),
		...(link === undefined ? {} : { documentation: link }),
		...(aliases
			? { aliases: aliases.map((alias) => ({ name: alias, kind: 'header' as const, note: 'Another name of it.' })) }
			: {}),
		...(related ? { related } : {}),
		...(errors ? { errors: Object.entries(errors).map(([error, when]) => ({ error, when })) } : {}),
		...(taking.length > 0 ? { takenBy: taking } : {}),
		...(overlapped || mayBlock
			? { overlapped: { ...(overlapped ? { rule: overlapped } : {}), ...(mayBlock ? { mayBlock } : {}) } }
			: {}),
		...(sockets ? { socket: sockets } : {}),
		...(order ? { order: order.map((rule) => ({ rule })) as NonNullable<CodeFacts['order']> } : {}),
		...(minWindows === undefined ? {} : { windows: { since: `Windows ${minWindows}`, version: minWindows } }),
	};
}

function structOf(each: string, given: OwnStruct): StructSpec {
	const { kind = 'struct', fields = [], fromHeader, header, aliases, pointers, tagOnly, pack, summary, link } = given;
	return {
		name: each,
		kind,
		fields: fields.map(fieldOf),
		...(fromHeader ? { fromHeader } : {}),
		...(header === undefined ? {} : { header }),
		...(aliases ? { aliases } : {}),
		...(pointers ? { pointers } : {}),
		...(tagOnly ? { tagOnly } : {}),
		...(pack === undefined ? {} : { pack }),
		...(summary === undefined ? {} : { summary }),
		...(link === undefined ? {} : { documentation: link }),
	};
}

function fieldOf({
	name: called = '',
	type,
	count,
	values,
	networkOrder,
	meaning = '',
	...facts
}: OwnField): FieldSpec {
	return {
		...facts,
		name: called,
		type: typeof type === 'string' ? type : { kind: type.kind ?? 'struct', fields: type.fields.map(fieldOf) },
		meaning,
		...(count === undefined ? {} : { length: count === 'rest' ? ('tail' as const) : count }),
		...(networkOrder ? { order: 'network' as const } : {}),
		...(values ? { values: Object.entries(values).map(named) } : {}),
	};
}

const named = ([each, value]: [string, number]): NamedValue => ({ name: each, value, meaning: '' });
