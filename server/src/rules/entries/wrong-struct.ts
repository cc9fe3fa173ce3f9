import type { BufferSpec } from '../../catalog/model.ts';
import type { CType, PerTarget } from '../../types/ctype.ts';
import { type Lookup, parseTypeName, resolveType, sizeOf, typeText } from '../../types/layout.ts';
import { type Code, type Direction, directions, isUsed, minimumOf, type Side, targetsWhere } from '../buffers.ts';
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
}

export default {
	id: 'wrong-struct',
	title: 'The buffer is another structure than the control code uses',
	severity: 'warning',
	severityReason:
		'The intent is plainly different, but a buffer that is large enough does not make the call fail; an error where it is too small as well.',
	description:
		'The size is a true `sizeof` and the object is really that large: it is just the wrong structure for this code, so that the system takes foreign fields for its own. Reported for structures of the Windows headers whose size differs from the expected one; structures that begin with or hold the expected one, plain byte buffers and types of equal size are left alone.',
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
	],
	check: (call, context) => directions(call).flatMap((direction) => foreignIn(direction, context)),
	message({ code, side, given, size, minimum, short, pending }, context) {
		const spec = code[side];
		const wanted = typeWithArticle(spec);
		const write = sizeofText(spec, context);
		const consequence = short ? tooSmallFails(code, side, pending, context) : FITS[side];
		return `\`${code.name}\` ${verb(side)} ${wanted} (${bytesOn(minimum, context.targets)}), but \`${argumentNames(context, side).pointer}\` is ${withArticle(typeText(given))} (${bytesOn(size, context.targets)}). ${consequence}. Use ${wanted}${write ? ` and \`${write}\`` : ''}.`;
	},
} satisfies Rule<Foreign>;

/** What becomes of a call whose wrong structure is large enough. */
const FITS = {
	input: 'The system takes its fields for others',
	output: 'Its fields do not hold what is written',
};

function foreignIn({ code, side, buffer, spec, pending }: Direction, context: RuleContext): readonly Foreign[] {
	const { lookup } = context.catalog;
	const written = buffer.size?.sizeofType;
	const given = buffer.pointer.object?.type ?? written;
	const measured = written && (resolveType(written, lookup) ?? written);
	const minimum = minimumOf(spec, context);
	if (!buffer.size || !isUsed(spec) || !minimum || given?.kind !== 'record') return [];
	// Both the object and the size speak of the same foreign structure.
	if (measured?.kind !== 'record' || measured.name !== given.name) return [];
	if (!context.catalog.type(given.name) || isExpected(given, spec, lookup)) return [];
	const size = sizeOf(given, lookup);
	if (!size || context.targets.some((t) => size[t] === minimum[t])) return [];
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
		},
	];
}

/** The structure is, begins with, or holds at its start one that the code takes; scalars and byte arrays always are. */
function isExpected(given: CType & { readonly kind: 'record' }, spec: BufferSpec, lookup: Lookup): boolean {
	const wanted = [spec.type, ...(spec.accepts ?? [])].flatMap((name) => {
		const type = name && resolveType(parseTypeName(name), lookup);
		return type ? [type] : [];
	});
	// What is expected as a number or an enumeration has no fields that could be taken for others.
	if (wanted.length === 0 || wanted.some((w) => w.kind !== 'record')) return true;
	const names = new Set(wanted.map((w) => (w.kind === 'record' ? w.name : '')));
	if (beginsWith(given, names, lookup)) return true;
	// Socket addresses stand for one another: which family is meant shows only at run time.
	return [...names].some((n) => /^SOCKADDR/i.test(n)) && /^sockaddr/i.test(given.name);
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
