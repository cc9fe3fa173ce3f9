/**
 * Compares each entry of the catalog with the facts that were compiled from the headers and read from the documents.
 * Those facts live beside the repository; where they are not there, a trimmed copy (values, sizes, use, confidence) is
 * compared instead, and the title of the suite says so.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { splitOpcode } from '../../server/src/catalog/families/winsock.ts';
import type { BufferSpec, ControlCode } from '../../server/src/catalog/model.ts';
import { evaluateSize, parseTypeName, sizeOf } from '../../server/src/types/layout.ts';
import { catalogType, codeByName } from '../support/builtin.ts';
import { DIFFERENCES } from './facts/differences.ts';

/** A buffer as the full facts describe it. */
interface FactBuffer {
	readonly min_x86: number | null;
	readonly min_x64: number | null;
	readonly variable: boolean | null;
	readonly optional: boolean | null;
	readonly must_be_zero?: boolean;
	readonly zero_length_legal?: boolean;
	readonly use: string | null;
	readonly min_confidence: string | null;
}

/** One code of the full facts, as far as it is compared. */
interface Fact {
	readonly name: string;
	readonly value_u32: number | null;
	readonly header: string | null;
	readonly alias_of: string | null;
	readonly bits: { readonly in: boolean; readonly out: boolean; readonly void: boolean; readonly T: number } | null;
	readonly in: FactBuffer | null;
	readonly out: FactBuffer | null;
	readonly overlapped: { readonly likely_to_block: boolean | null; readonly lpOverlapped: string | null } | null;
	readonly wine_tests: readonly string[] | null;
	readonly errors_too_small: Readonly<Record<'in' | 'out' | 'other' | 'wsk' | 'archived', string | null>> | null;
	readonly min_windows: string | null;
	readonly privileges: string | null;
	readonly deprecated: string | null;
	readonly doc_path: string | null;
}

/** One code of the trimmed copy: x86 and x64 bytes, use, confidence of both buffers. */
interface Trimmed {
	readonly name: string;
	readonly value: number;
	readonly in: TrimmedBuffer;
	readonly out: TrimmedBuffer;
}
interface TrimmedBuffer {
	readonly min: readonly [x86: number, x64: number] | null;
	readonly use: string | null;
	readonly confidence: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

const root = resolve(import.meta.dirname, '../..');
const shared = resolve(root, '../shared/facts/codes.json');
const copy = join(import.meta.dirname, 'facts/codes.json');
const full: readonly Fact[] | undefined = existsSync(shared)
	? (JSON.parse(readFileSync(shared, 'utf8')) as Fact[])
	: undefined;
const trimmed = JSON.parse(readFileSync(copy, 'utf8')) as readonly Trimmed[];

const USES: Readonly<Record<string, string>> = { 'must be NULL/0': 'must-be-empty' };
const use = (text: string | null) => (text === null ? null : (USES[text] ?? text));
/** What is unused or must be empty has no smallest size. */
const holdsNothing = (u: string | null | undefined) => u === 'unused' || u === 'must-be-empty';

const trimBuffer = (b: FactBuffer): TrimmedBuffer => ({
	min: b.min_x86 === null || b.min_x64 === null || holdsNothing(use(b.use)) ? null : [b.min_x86, b.min_x64],
	use: use(b.use),
	confidence: holdsNothing(use(b.use)) ? null : b.min_confidence,
});
const trim = (f: Fact): Trimmed => ({
	name: f.name,
	value: f.value_u32!,
	in: trimBuffer(f.in!),
	out: trimBuffer(f.out!),
});

/** NT version of a first Windows version as the facts spell it. */
const NT_VERSIONS: readonly (readonly [RegExp, string])[] = [
	[/^Windows 2000\b/, '5.0'],
	[/^Windows XP\b/, '5.1'],
	[/^Windows Vista SP1\b/, '6.0.6001'],
	[/^Windows Vista\b/, '6.0'],
	[/^Windows 8 \//, '6.2'],
	[/^Windows 10 1703$/, '10.0.15063'],
	[/^Windows 10 1809$/, '10.0.17763'],
	[/^Windows 10 2004 \(10\.0\.19041\)$/, '10.0.19041'],
];
function ntVersion(text: string): string {
	const found = NT_VERSIONS.find(([pattern]) => pattern.test(text));
	if (!found) throw new Error(`No NT version for "${text}"`);
	return found[1];
}

const OVERLAPPED: Readonly<Record<string, string>> = {
	recommended: 'rule recommended',
	advised: 'rule recommended',
	required: 'rule required',
	forbidden: 'rule forbidden',
	'completion structure': 'completion structure',
	'IRP required': 'irp required',
	'no IRP': 'irp forbidden',
	'IRP must be NULL': 'irp forbidden',
};

const errorNames = (text: string | null | undefined): string[] => [
	...new Set((text ?? '').match(/\b(?:WSA_?E\w+|ERROR_\w+|STATUS_\w+)/g)),
];

/** What the trimmed copy says, as compared fields. */
const trimmedFields = (t: Trimmed): Fields => ({
	value: t.value,
	'in.min': t.in.min,
	'in.use': t.in.use,
	'in.confidence': t.in.confidence,
	'out.min': t.out.min,
	'out.use': t.out.use,
	'out.confidence': t.out.confidence,
});

/** What only the full facts say. */
function fullFields(f: Fact): Fields {
	const output = use(f.out!.use);
	return {
		header: f.header,
		T: f.bits!.T,
		bits: [f.bits!.in, f.bits!.out, f.bits!.void],
		'in.variable': f.in!.variable === true,
		'out.variable': f.out!.variable === true,
		'in.may be empty': f.in!.optional === true,
		'out.may be empty': f.out!.optional === true,
		'in.must be zero': f.in!.must_be_zero === true,
		'out.must be zero': f.out!.must_be_zero === true,
		'out.size query': f.out!.zero_length_legal === true,
		overlapped: f.overlapped!.lpOverlapped === null ? null : OVERLAPPED[f.overlapped!.lpOverlapped],
		'may block': f.overlapped!.likely_to_block === true,
		'in.too small': errorNames(f.errors_too_small!.in),
		// An output that must be empty cannot be too small: the pages repeat a stock sentence there.
		'out.too small': output === 'must-be-empty' ? [] : errorNames(f.errors_too_small!.out),
		'further errors': errorNames(
			[f.errors_too_small!.other, f.errors_too_small!.wsk, f.errors_too_small!.archived].join(' '),
		),
		windows: f.min_windows === null ? null : ntVersion(f.min_windows),
		privilege: f.privileges !== null,
		'has a status': f.deprecated !== null,
		page: f.doc_path?.slice(1) ?? null,
	};
}

/** Every error that the facts connect with a small buffer: by the documents, by samples, by Wine's tests. */
type FactErrors = Readonly<Record<'in' | 'out', readonly string[]>>;
function factErrors(f: Fact): FactErrors {
	const { in: input, out: output, other, wsk, archived } = f.errors_too_small!;
	const both = [other, wsk, archived, ...(f.wine_tests ?? [])].join(' ');
	return { in: errorNames(`${input} ${both}`), out: errorNames(`${output} ${both}`) };
}

function smallest(spec: BufferSpec): readonly [number, number] | null {
	const used = spec.use === 'required' || spec.use === 'optional';
	const ofType = used && spec.type !== undefined ? sizeOf(parseTypeName(spec.type), catalogType) : undefined;
	const size = spec.minimum ? evaluateSize(spec.minimum, catalogType) : ofType;
	return size ? [size.x86, size.x64] : null;
}

/** What the catalog says, in the same fields. */
function catalogFields(code: ControlCode, wanted: Fields, errors: FactErrors | undefined): Fields {
	const parts = splitOpcode(code.opcode.value);
	const { input, output, overlapped } = code;
	const tooSmall = (spec: BufferSpec) =>
		spec.tooSmall ? errorNames(`${spec.tooSmall.error} ${spec.tooSmall.note}`) : [];
	const named = new Set([
		...(code.errors ?? []).map((e) => e.error),
		...tooSmall(input),
		...tooSmall(output),
		...(code.order ?? []).flatMap((o) => o.otherwise ?? []),
		...(code.socket?.otherwise ? [code.socket.otherwise] : []),
	]);
	const mayBeEmpty = (spec: BufferSpec) => spec.use === 'optional' || holdsNothing(spec.use);
	/** Errors of the facts that the entry names anywhere; the ones of a small buffer in their own place only. */
	const among = (field: string, names: ReadonlySet<string>) =>
		(wanted[field] as readonly string[] | undefined)?.filter((n) => names.has(n));
	/** The errors of the facts that the entry names, and those of the entry that the facts do not know. */
	const small = (side: 'in' | 'out', spec: BufferSpec) => [
		// NULL and connected sockets stand beside the size in the facts, and among the other errors in the catalog.
		...(among(`${side}.too small`, named) ?? []),
		...tooSmall(spec).filter((n) => !errors?.[side].includes(n)),
	];
	const irp = code.wskOnly && overlapped?.irp ? `irp ${overlapped.irp}` : null;
	return {
		value: code.opcode.value,
		'in.min': smallest(input),
		'in.use': input.use ?? null,
		'in.confidence': holdsNothing(input.use) ? null : (input.confidence ?? null),
		'out.min': smallest(output),
		'out.use': output.use ?? null,
		'out.confidence': holdsNothing(output.use) ? null : (output.confidence ?? null),
		header: code.header,
		T: parts.space,
		bits: [parts.in, parts.out, parts.void],
		'in.variable': input.variable !== undefined,
		'out.variable': output.variable !== undefined,
		'in.may be empty': mayBeEmpty(input),
		'out.may be empty': mayBeEmpty(output),
		'in.must be zero': input.use === 'must-be-empty',
		'out.must be zero': output.use === 'must-be-empty',
		'out.size query': output.sizeQuery === true,
		overlapped: overlapped?.rule ? `rule ${overlapped.rule}` : irp,
		'may block': overlapped?.mayBlock === true,
		'in.too small': small('in', input),
		'out.too small': small('out', output),
		'further errors': among('further errors', named),
		windows: code.windows?.version ?? null,
		privilege: code.privilege !== undefined,
		'has a status': code.status !== undefined,
		page: code.documentation ?? null,
	};
}

const facts: readonly { name: string; alias: boolean; fields: Fields; errors?: FactErrors }[] = full
	? full
			.filter((f) => f.value_u32 !== null)
			.map((f) => ({
				name: f.name,
				alias: f.alias_of !== null,
				fields: { ...trimmedFields(trim(f)), ...fullFields(f) },
				errors: factErrors(f),
			}))
	: trimmed.map((t) => ({ name: t.name, alias: false, fields: trimmedFields(t) }));

const allowed = new Map(DIFFERENCES.map((d) => [`${d.code} ${d.field}`, d]));
const title = full ? 'the full facts' : 'the trimmed copy of the facts (../shared/facts is not there)';

describe(`the catalog against ${title}`, () => {
	test('has every code that has a value, and no other', () => {
		const known = facts.map((f) => codeByName(f.name)?.code.name);
		expect(facts.filter((_, i) => known[i] === undefined).map((f) => f.name)).toEqual([]);
		expect(codes.map((c) => c.name).filter((n) => !known.includes(n))).toEqual([]);
	});

	test.each(facts.map((f) => [f.name, f] as const))('%s', (name, fact) => {
		const { code, alias } = codeByName(name)!;
		const found = catalogFields(code, fact.fields, fact.errors);
		const expected = Object.fromEntries(
			Object.entries(fact.fields).map(([field, value]) => {
				const difference = allowed.get(`${code.name} ${field}`);
				// An alias may stand in another header and be hidden from older versions.
				const own = alias && (field === 'header' || field === 'windows') ? found[field] : value;
				return [field, difference ? difference.catalog : own];
			}),
		);
		expect(Object.fromEntries(Object.keys(expected).map((field) => [field, found[field]]))).toEqual(expected);
	});

	test('differs in nothing that has been settled since', () => {
		const settled = DIFFERENCES.filter((d) => {
			const fact = facts.find((f) => f.name === d.code);
			return fact && d.field in fact.fields && JSON.stringify(fact.fields[d.field]) === JSON.stringify(d.catalog);
		});
		expect(settled).toEqual([]);
		expect(DIFFERENCES.filter((d) => !facts.some((f) => f.name === d.code)).map((d) => d.code)).toEqual([]);
	});
});

if (full)
	describe('the facts themselves', () => {
		test('agree with their trimmed copy', () => {
			const values = (full ?? []).filter((f) => f.value_u32 !== null && f.alias_of === null).map(trim);
			expect(trimmed).toEqual(values);
		});

		test.each((full ?? []).filter((f) => f.alias_of !== null).map((f) => [f.name, f] as const))(
			'%s is a further name',
			(name, fact) => {
				const known = codeByName(name);
				expect(known?.code.name).toBe(fact.alias_of);
				expect(known?.alias?.kind).toBe(fact.header === null ? 'document' : 'header');
				expect(known?.alias?.header).toBe(fact.header ?? undefined);
			},
		);
	});
