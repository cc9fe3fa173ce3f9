import * as l10n from '@vscode/l10n';
import type { IoctlCall } from '../../calls/model.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { BufferSpec } from '../../catalog/model.ts';
import type { CType, PerTarget } from '../../types/ctype.ts';
import { fieldsOf, type Lookup, parseTypeName, resolveType, sizeOf, typeText } from '../../types/layout.ts';
import {
	type Code,
	type Direction,
	directions,
	exchangedBuffers,
	isUsed,
	minimumOf,
	type Side,
	targetsWhere,
} from '../buffers.ts';
import { declareBuffer, retype } from '../declaring.ts';
import type { Fact, Rule, RuleContext } from '../rule.ts';
import { argumentNames, bytesOn, sizeofText, tooSmallFails, typeWithArticle, verb, withArticle } from '../wording.ts';

interface Foreign extends Fact {
	readonly code: Code;
	readonly side: Side;
	readonly given: CType;
	readonly size: PerTarget;
	readonly minimum: PerTarget;
	/** It is too small as well. */
	readonly short: boolean;
	readonly pending: boolean;
	readonly call: IoctlCall;
}

export default {
	id: 'wrong-struct',
	title: 'The buffer is another structure than the control code uses',
	severity: 'warning',
	severityReason:
		'The intent is plainly different, but a buffer that is large enough does not make the call fail; an error where it is too small as well.',
	description:
		'The size is a true `sizeof` and the object is really that large: it is just the wrong structure for this code, so that the system takes foreign fields for its own. Reported for structures of the Windows headers whose size differs from the expected one, and for those of other control codes whose members stand in other places; structures that begin with or hold the expected one, plain byte buffers and other types of equal size are left alone.',
	withoutFix:
		'An object that is declared elsewhere, or used for other things as well, has to be replaced by the author.',
	stage: 'measure',
	accepted: [
		`
void f(SOCKET s)
{
	struct { struct tcp_keepalive vals; int other; } both = { { 1, 10000, 1000 }, 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &both, sizeof(both), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	SOCKADDR_IN vals = { 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	//                                     ^^^^^^^^^^^^ wrong-struct
}`,
		`
void f(SOCKET s)
{
	SOCKET_PROCESSOR_AFFINITY processor = { 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_CPU_AFFINITY, &processor, sizeof(processor), NULL, 0, &bytes, NULL, NULL);
	//                                        ^^^^^^^^^^^^^^^^^ wrong-struct
}`,
		`
void f(SOCKET s)
{
	INTERFACE_INFO_EX list[4];
	DWORD bytes;
	WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, sizeof(list), &bytes, NULL, NULL);
	//                                                 ^^^^^^^^^^^^ wrong-struct
}`,
		`
void f(SOCKET s)
{
	SOCKET_PROCESSOR_AFFINITY mode = { 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_SET_COMPATIBILITY_MODE, &mode, sizeof(mode), NULL, 0, &bytes, NULL, NULL);
	//                                             ^^^^^^^^^^^^ wrong-struct
}`,
	],
	check(call, context) {
		// What is of another call is told as that.
		const known = call.guid === undefined ? undefined : context.catalog.guid(call.guid);
		const isOther = known !== undefined && known.code !== call.code.entry?.name;
		if (isOther || exchangedBuffers(call, context)) return [];
		return directions(call).flatMap((direction) => foreignIn(call, direction, context));
	},
	message({ code, side, given, size, minimum, short, pending }, context) {
		const spec = code[side];
		const wanted = typeWithArticle(spec);
		const write = sizeofText(spec, context);
		const consequence = short ? tooSmallFails(code, side, pending, context) : fitsText(side);
		const what = l10n.t(
			'`{0}` {1} {2} ({3}), but `{4}` is {5} ({6}).',
			code.name,
			verb(side),
			wanted,
			bytesOn(minimum, context.targets),
			argumentNames(context, side).pointer,
			withArticle(typeText(given)),
			bytesOn(size, context.targets),
		);
		const advice = write ? l10n.t('Use {0} and `{1}`.', wanted, write) : l10n.t('Use {0}.', wanted);
		return `${what} ${consequence}. ${advice}`;
	},
	fix({ call, code, side, pending }, context) {
		const buffer = call[side];
		if (!buffer || pending) return undefined;
		return retype(call, buffer, code[side], context) ?? declareBuffer(call, side, buffer, code[side], context);
	},
} satisfies Rule<Foreign>;

/** What becomes of a call whose wrong structure is large enough. */
const fitsText = (side: Side): string =>
	side === 'input'
		? l10n.t('The system takes its fields for others')
		: l10n.t('Its fields do not hold what is written');

function foreignIn(
	call: IoctlCall,
	{ code, side, buffer, spec, pending }: Direction,
	context: RuleContext,
): readonly Foreign[] {
	const { lookup } = context.catalog;
	const written = buffer.size?.sizeofType;
	const given = buffer.pointer.object?.type ?? written;
	const record = recordOf(given, lookup);
	const measured = recordOf(written, lookup);
	const minimum = minimumOf(spec, context);
	if (!buffer.size || !isUsed(spec) || !minimum || !given || !record) return [];
	// Both the object and the size speak of the same foreign structure.
	if (measured?.name !== record.name) return [];
	if (!context.catalog.type(record.name) || isExpected(record, spec, context)) return [];
	const size = sizeOf(given, lookup);
	if (!size) return [];
	// Of equal size may be another name of the same members.
	const isEqual = context.targets.some((t) => size[t] === minimum[t]);
	if (isEqual && !(isOfAnotherCode(record.name, context) && isLaidOutOtherwise(record, spec, lookup))) return [];
	const short = targetsWhere(buffer.length, context.targets, (n, t) => n < minimum[t]).length > 0;
	const isSure = spec.confidence !== 'soft' && spec.confidence !== 'conflict';
	return [
		{
			span: buffer.size,
			severity: short && isSure ? 'error' : 'warning',
			code,
			side,
			given,
			size,
			minimum,
			short,
			pending,
			call,
		},
	];
}

/** A structure, or that of which something is an array. */
function recordOf(type: CType | undefined, lookup: Lookup): RecordType | undefined {
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
