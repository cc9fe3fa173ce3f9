/**
 * Reading entries that somebody else wrote: each is looked at property by property, and what cannot be used becomes a
 * problem in words. Nothing of an entry is taken when a part of it is wrong.
 */
import * as l10n from '@vscode/l10n';
import { TARGETS } from '../types/ctype.ts';
import { evaluateSize, parseTypeName, resolveType, sizeOf } from '../types/layout.ts';
import { type Api, derivedNames } from './api.ts';
import type { Catalog, CatalogSource } from './catalog.ts';
import type { Family } from './family.ts';
import type { BufferSpec, CatalogType, CodeFacts, ControlCode, FieldSpec, NamedValue, NumberNames } from './model.ts';
import { hex } from './opcode.ts';
import {
	either,
	flag,
	isObject,
	listOf,
	mark,
	matching,
	name,
	object,
	oneOf,
	type Shape,
	type ShapeProblem,
	text,
	textWith,
	whole,
} from './shape.ts';

/** What can be added to a catalog. Codes, types and functions are read as text that anybody may have written. */
export interface CatalogAdditions {
	/** Objects of the form of `CodeFacts`, with a `summary` if there is one. */
	readonly codes?: readonly unknown[];
	/** Objects of the form of `CatalogType`; the meaning of a member may be left out. */
	readonly types?: readonly unknown[];
	/** Objects of the form of `Api` without `matches`, which follows from the id. */
	readonly functions?: readonly unknown[];
	/** Families are code, and taken as they are. */
	readonly families?: readonly Family[];
}

export type CatalogProblem = ShapeProblem;

const UINT32 = whole(0, 0xffffffff);
const MOST_BYTES = 0x7fffffff;
const VERSION = matching(() => l10n.t('a version such as 10.0.17763'), /^\d+(?:\.\d+)*$/);

const BYTES = whole(0, MOST_BYTES);
const TYPE_AND_MEMBER: Shape = {
	check(value, path, problems) {
		const isPair = Array.isArray(value) && value.length === 2 && value.every((e) => typeof e === 'string');
		if (!isPair) problems.push({ path, message: 'This has to be a type and a member.' });
	},
	schema: { type: 'array', items: text.schema, minItems: 2, maxItems: 2 },
};
const SIZES = {
	sizeof: object({ sizeof: text }),
	offsetof: object({ offsetof: TYPE_AND_MEMBER }),
	bytes: object({ bytes: BYTES }),
	x86: object({ x86: BYTES, x64: BYTES, arm64: BYTES }),
};
const size = either(Object.values(SIZES), (value) => {
	const key = isObject(value) ? Object.keys(SIZES).find((kind) => kind in value) : undefined;
	return SIZES[key as keyof typeof SIZES] ?? SIZES.bytes;
});

const RANGE_END = whole(-0x80000000, 0xffffffff);
const range = object({ from: RANGE_END, to: RANGE_END }, { otherwise: name });

const buffer = object(
	{},
	{
		use: oneOf('required', 'optional', 'unused', 'must-be-empty'),
		type: text,
		accepts: listOf(text),
		minimum: size,
		variable: text,
		sizeQuery: flag,
		tooSmall: object({ error: name }, { belowMinimum: name, neededSize: flag, note: text }),
		basis: oneOf('documented', 'header', 'sample', 'observed', 'configured'),
		confidence: oneOf('hard', 'type', 'soft', 'conflict'),
		meaning: text,
		flag: object({ zero: text, other: text }),
		range,
	},
);

const CONDITION = oneOf('always', 'synchronous', 'overlapped');
const BUFFER_CONDITION = object({}, { input: oneOf('not-empty', 'null'), output: oneOf('not-empty', 'null') });
const condition = either([CONDITION, BUFFER_CONDITION], (value) => (isObject(value) ? BUFFER_CONDITION : CONDITION));

const code = object(
	{ name, opcode: object({ value: UINT32, family: text }, { definition: text }) },
	{
		header: text,
		aliases: listOf(object({ name, kind: oneOf('header', 'document'), note: text }, { header: text })),
		input: buffer,
		output: buffer,
		overlapped: object(
			{},
			{
				rule: oneOf('recommended', 'required', 'forbidden'),
				mayBlock: flag,
				irp: oneOf('required', 'optional', 'forbidden'),
				note: text,
			},
		),
		errors: listOf(object({ error: name, when: text }, { on: condition })),
		socket: object(
			{},
			{
				families: listOf(oneOf('AF_INET', 'AF_INET6', 'AF_UNIX', 'AF_BTH', 'AF_IRDA', 'AF_ATM')),
				types: listOf(oneOf('SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_RAW')),
				protocols: listOf(name),
				otherwise: name,
				note: text,
			},
		),
		order: listOf(
			object(
				{
					rule: oneOf('before-bind', 'after-bind', 'before-connect', 'after-connect', 'before-listen', 'after-accept'),
				},
				{ otherwise: name, note: text },
			),
		),
		windows: object(
			{},
			{
				since: text,
				version: VERSION,
				until: text,
				basis: oneOf('documented', 'header', 'sample', 'observed'),
				note: text,
			},
		),
		status: object(
			{ kind: oneOf('deprecated', 'reserved', 'not-implemented', 'removed'), note: text },
			{ instead: text, since: VERSION, mayWork: flag },
		),
		handle: oneOf('socket', 'lookup', 'device', 'fd'),
		wskOnly: flag,
		summary: text,
		remarks: listOf(text),
		related: listOf(name),
		documentation: text,
		takenBy: listOf(name),
		isOwn: mark,
	},
);

const values = listOf(object({ name, value: whole(-0x80000000, 0xffffffff) }, { meaning: text }));

const groups = listOf(object({ mask: UINT32, values }));

/** Records in each other's place, deeper than any header nests them, are no record. */
const MOST_NESTED = 16;

const inner: Shape = {
	check(value, path, problems) {
		if (path.split('.type').length > MOST_NESTED)
			problems.push({ path, message: l10n.t('This is nested too deeply.') });
		else object({ kind: oneOf('struct', 'union'), fields: listOf(field) }).check(value, path, problems);
	},
	schema: { type: 'object' },
};

const MEMBER_NAME = textWith(
	() => l10n.t('a name, or nothing for an anonymous member'),
	(v) => /^(?:[A-Za-z_]\w*)?$/.test(v),
);
const TAIL = oneOf('tail');

const MEMBER_FACTS = {
	length: either([TAIL, BYTES], (v) => (typeof v === 'string' ? TAIL : BYTES)),
	bits: whole(0, 64),
	values,
	flags: flag,
	groups,
	unit: oneOf('ms', 'us', 's', 'bytes'),
	role: oneOf('port', 'family'),
	onOff: mark,
	order: oneOf('network'),
	range,
	countedBy: name,
	unread: mark,
	meaning: text,
};
const NAMED_FIELD = object({ name: MEMBER_NAME, type: text }, MEMBER_FACTS);
const NESTED_FIELD = object({ name: MEMBER_NAME, type: inner }, MEMBER_FACTS);

const field: Shape = either([NAMED_FIELD, NESTED_FIELD], (value) =>
	isObject(value) && typeof value.type === 'string' ? NAMED_FIELD : NESTED_FIELD,
);

const NAMES = { name };
const MORE_NAMES = {
	aliases: listOf(name),
	pointers: listOf(name),
	header: text,
	summary: text,
	documentation: text,
};

const ENUM = object({ ...NAMES, kind: text, values }, MORE_NAMES);
const ALIAS = object({ ...NAMES, kind: text, of: text }, { ...MORE_NAMES, values, flags: flag, groups });
const RECORD = object(
	{ ...NAMES, kind: oneOf('struct', 'union', 'enum', 'alias'), fields: listOf(field) },
	{ ...MORE_NAMES, tagOnly: flag, pack: oneOf(1, 2, 4, 8), fromHeader: mark },
);

const type = either([ENUM, ALIAS, RECORD], (value) => {
	switch (isObject(value) ? value.kind : undefined) {
		case 'enum':
			return ENUM;
		case 'alias':
			return ALIAS;
		default:
			return RECORD;
	}
});

const position = whole(0, 63);
const api = object(
	{
		id: name,
		family: text,
		parameters: listOf(object({ name, type: text }, { meaning: text })),
		returns: text,
		roles: object(
			{ code: position },
			{
				socket: position,
				input: position,
				inputSize: position,
				output: position,
				outputSize: position,
				bytesReturned: position,
				overlapped: position,
				completion: position,
				requestType: position,
				irp: position,
			},
		),
	},
	{
		aliases: listOf(name),
		handle: oneOf('socket', 'lookup', 'device', 'fd'),
		errorStyle: oneOf('winsock', 'ntstatus', 'win32', 'errno'),
		summary: text,
		result: text,
		remarks: listOf(text),
		header: text,
		dlls: listOf(matching(() => 'the name of a library without its ending', /^[\w.-]+$/)),
		otherCounts: listOf(position),
		impliedLength: whole(0, MOST_BYTES),
		bytesReturnedOptional: flag,
	},
);

/** The additions that can be used, behind what a catalog holds already. `make` builds a catalog, to look things up in. */
export function readAdditions(
	base: Catalog,
	additions: CatalogAdditions,
	make: (source: CatalogSource) => Catalog,
): { readonly source: CatalogSource; readonly problems: readonly CatalogProblem[] } {
	const problems: CatalogProblem[] = [];
	const families = [...base.entries.families];
	for (const [i, family] of (additions.families ?? []).entries()) {
		if (!families.some((f) => f.id === family.id)) families.push(family);
		else problems.push({ path: `families[${i}].id`, message: `There is a family \`${family.id}\` already.` });
	}
	const withFamilies = make({ ...base.entries, families });
	const types = readTypes(withFamilies, additions.types ?? [], problems, make);
	const withTypes = make({ ...withFamilies.entries, types: [...base.entries.types, ...types] });
	const functions = readFunctions(withTypes, additions.functions ?? [], problems);
	const codes = readCodes(withTypes, additions.codes ?? [], problems);
	const source = {
		...withTypes.entries,
		functions: [...base.entries.functions, ...functions],
		codes: [...base.entries.codes, ...codes],
	};
	return { source, problems };
}

/** A copy of each entry of the right form, with its path; the others become problems. */
function* shaped<T>(entries: readonly unknown[], list: string, { check }: Shape, problems: CatalogProblem[]) {
	for (const [i, entry] of entries.entries()) {
		const path = `${list}[${i}]`;
		const found: CatalogProblem[] = [];
		const copy = copyOf(entry);
		if (copy === undefined) found.push({ path, message: 'This has to be plain data.' });
		else check(copy, path, found);
		problems.push(...found);
		if (found.length === 0) yield { entry: copy as T, path };
	}
}

/** Whoever wrote the entry may change it afterwards; undefined for what is no plain data. */
function copyOf(entry: unknown): unknown {
	try {
		return plainCopy(entry);
	} catch {
		return undefined;
	}
}

/** @throws for functions and symbols, and for what holds itself. */
function plainCopy(value: unknown): unknown {
	if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError('This is no data.');
	if (Array.isArray(value)) return value.map(plainCopy);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plainCopy(each)]));
}

/** Names whose meaning was left out get an empty one. */
const completed = ({ values, groups }: NumberNames): NumberNames => {
	const meant = (list: readonly NamedValue[]) => list.map((v) => ({ ...v, meaning: v.meaning ?? '' }));
	return {
		...(values ? { values: meant(values) } : {}),
		...(groups ? { groups: groups.map((g) => ({ ...g, values: meant(g.values) })) } : {}),
	};
};

const withMeanings = (fields: readonly FieldSpec[]): FieldSpec[] =>
	fields.map((f) => ({
		...f,
		meaning: f.meaning ?? '',
		...(typeof f.type === 'string' ? {} : { type: { ...f.type, fields: withMeanings(f.type.fields) } }),
		...completed(f),
	}));

/** A tail whose count stands in no member beside it. */
function countless(type: CatalogType, path: string): string | undefined {
	if (!('fields' in type)) return undefined;
	const at = type.fields.findIndex(
		(f) => f.countedBy !== undefined && !type.fields.some((o) => o.name === f.countedBy),
	);
	return at < 0 ? undefined : `${path}.fields[${at}].countedBy`;
}

/** What it holds is for a header to say. */
const isOfHeader = (type: CatalogType): boolean => 'fromHeader' in type && type.fromHeader === true;

/** Types name each other, so one that has no size may take others with it. */
function readTypes(
	base: Catalog,
	entries: readonly unknown[],
	problems: CatalogProblem[],
	make: (source: CatalogSource) => Catalog,
): CatalogType[] {
	const taken = new Set<string>();
	let left: { readonly entry: CatalogType; readonly path: string }[] = [];
	for (const { entry, path } of shaped<CatalogType>(entries, 'types', type, problems)) {
		const names = [entry.name, ...(entry.aliases ?? []), ...(entry.pointers ?? [])];
		const double = names.find((n) => taken.has(n) || base.lookup(n, false) !== undefined);
		if (double !== undefined) {
			problems.push({ path, message: l10n.t('There is a type `{0}` already.', double) });
			continue;
		}
		for (const n of names) taken.add(n);
		const wrong = countless(entry, path);
		if (wrong !== undefined) {
			problems.push({ path: wrong, message: l10n.t('No member beside it has this name.') });
			continue;
		}
		const complete =
			'fields' in entry ? { ...entry, fields: withMeanings(entry.fields) } : { ...entry, ...completed(entry) };
		left.push({ entry: complete as CatalogType, path });
	}
	for (;;) {
		const { lookup } = make({ ...base.entries, types: [...base.entries.types, ...left.map((l) => l.entry)] });
		const sized = left.filter(
			({ entry }) => isOfHeader(entry) || sizeOf(parseTypeName(entry.name), lookup) !== undefined,
		);
		if (sized.length === left.length) return left.map((l) => l.entry);
		for (const lost of left.filter((l) => !sized.includes(l)))
			problems.push({
				path: lost.path,
				message: l10n.t('The size of `{0}` cannot be told: a type that it holds is not known.', lost.entry.name),
				sizeless: true,
			});
		left = sized;
	}
}

function readFunctions(base: Catalog, entries: readonly unknown[], problems: CatalogProblem[]): Api[] {
	const result: Api[] = [];
	for (const { entry, path } of shaped<Api>(entries, 'functions', api, problems)) {
		const found: CatalogProblem[] = [];
		const { family } = entry;
		if (!base.entries.families.some((f) => f.id === family))
			found.push({ path: `${path}.family`, message: `There is no family \`${family}\`.` });
		for (const [role, at] of Object.entries(entry.roles))
			if (at >= entry.parameters.length)
				found.push({
					path: `${path}.roles.${role}`,
					message: `The function has no parameter ${at}.`,
				});
		const names = [entry.id, ...(entry.aliases ?? [])];
		const double = names.find((n) => base.functionByName(n) ?? result.find((r) => r.id === n || r.aliases.includes(n)));
		if (double !== undefined) found.push({ path, message: `There is a function \`${double}\` already.` });
		problems.push(...found);
		if (found.length > 0) continue;
		result.push({
			...entry,
			aliases: entry.aliases ?? [],
			summary: entry.summary ?? '',
			result: entry.result ?? '',
			errorStyle: entry.errorStyle ?? 'winsock',
			parameters: entry.parameters.map((p) => ({ ...p, meaning: p.meaning ?? '' })),
			matches: derivedNames(entry.id),
		});
	}
	return result;
}

function readCodes(base: Catalog, entries: readonly unknown[], problems: CatalogProblem[]): ControlCode[] {
	const result: ControlCode[] = [];
	const names = new Set<string>();
	const values = new Map<string, string>();
	for (const { entry, path } of shaped<CodeFacts>(entries, 'codes', code, problems)) {
		const found: CatalogProblem[] = [];
		const { family } = entry.opcode;
		if (!base.entries.families.some((f) => f.id === family))
			found.push({ path: `${path}.opcode.family`, message: `There is no family \`${family}\`.` });
		for (const side of ['input', 'output'] as const) checkBuffer(base, entry[side] ?? {}, `${path}.${side}`, found);
		const own = [entry.name, ...(entry.aliases ?? []).map((a) => a.name)];
		const double = own.find((n) => base.code(n) !== undefined || names.has(n));
		if (double !== undefined) found.push({ path, message: l10n.t('There is a code `{0}` already.', double) });
		// The number alone would no longer tell which code is meant, and the rules would fall silent about both.
		const { value } = entry.opcode;
		const key = `${family} ${value}`;
		const same = base.codes(value, family)[0]?.name ?? values.get(key);
		if (same) found.push({ path: `${path}.opcode.value`, message: l10n.t('{0} is `{1}` already.', hex(value), same) });
		problems.push(...found);
		if (found.length > 0) continue;
		for (const each of own) names.add(each);
		values.set(key, entry.name);
		result.push({
			...entry,
			input: entry.input ?? {},
			output: entry.output ?? {},
		});
	}
	return result;
}

function checkBuffer({ lookup }: Catalog, spec: BufferSpec, path: string, problems: CatalogProblem[]): void {
	const unknown = (name: string, at: string) => {
		const type = resolveType(parseTypeName(name), lookup);
		if (!type || type.kind === 'unknown')
			problems.push({ path: at, message: l10n.t('There is no type `{0}`.', name), unknownType: name });
	};
	if (spec.type !== undefined) unknown(spec.type, `${path}.type`);
	for (const [i, accepted] of (spec.accepts ?? []).entries()) unknown(accepted, `${path}.accepts[${i}]`);
	if (!spec.minimum) return;
	const minimum = evaluateSize(spec.minimum, lookup);
	if (!minimum || TARGETS.some((t) => minimum[t] > MOST_BYTES))
		problems.push({
			path: `${path}.minimum`,
			message: l10n.t('This size cannot be told: a type or a member in it is not known.'),
		});
}
