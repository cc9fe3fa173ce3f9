/** The values that a call's input holds, beside what the catalog says of them. */
import * as l10n from '@vscode/l10n';
import type { InitialValue, IoctlCall, PointerArgument } from '../calls/model.ts';
import type { MemberFacts, ValueFacts } from '../catalog/model.ts';
import type { Span } from '../syntax/span.ts';
import type { CType } from '../types/ctype.ts';
import {
	type FieldInfo,
	fieldsOf,
	type Lookup,
	parseTypeName,
	resolveType,
	sizeOf,
	sizeOfNamed,
} from '../types/layout.ts';
import { type Code, exchangedBuffers, isZero } from './buffers.ts';
import type { RuleContext } from './rule.ts';

/** One number that the code reads. */
export interface InputValue {
	readonly code: Code;
	/** As people write it: `vals.onoff`. */
	readonly name: string;
	readonly path: string;
	readonly given: InitialValue;
	readonly facts: MemberFacts & ValueFacts;
	/** Bytes that the code reads of it; absent where the targets differ. */
	readonly bytes?: number;
	/** It is a member of the structure that is read, and has that many bytes itself. */
	readonly isMember: boolean;
	/** Where it is written, else the argument. */
	readonly span: Span;
	/** What the member that switches this one is; absent: it has none, or that is not known. */
	readonly switch?: number | string;
}

type RecordType = CType & { readonly kind: 'record' };

export interface ReadInput {
	readonly code: Code;
	readonly pointer: PointerArgument;
	/** The structure that the code reads, where the object is one. */
	readonly record?: RecordType;
}

/**
 * The object behind a call's input when the code surely reads it and nobody in between may change it.
 */
export function readInput(call: IoctlCall, context: RuleContext): ReadInput | undefined {
	const code = call.code.entry;
	const { input } = call;
	// A wrapper may write the object itself before it hands it on.
	if (!code || !input?.pointer.object || (call.through && !call.isHandedOn) || code.input.type === undefined)
		return undefined;
	if (code.input.use === 'must-be-empty' || code.input.use === 'unused') return undefined;
	if (isZero(input.length) || exchangedBuffers(call, context)) return undefined;
	const asked = resolveType(parseTypeName(code.input.type), context.catalog.lookup);
	const { pointer } = input;
	if (asked?.kind !== 'record' || !isOf(pointer.object?.type, asked, context)) return { code, pointer };
	return { code, pointer, record: asked };
}

/** The object is of the type that the code reads; memory without a type is read as that. */
function isOf(type: CType | undefined, asked: RecordType, context: RuleContext): boolean {
	const { lookup } = context.catalog;
	const own = type && resolveType(type, lookup);
	if (own?.kind === 'array') return resolveType(own.of, lookup)?.kind === 'record' && isOf(own.of, asked, context);
	if (own?.kind !== 'record') return own === undefined;
	return context.catalog.type(own.name)?.name === asked.name || hasMembersOf(own, asked, lookup);
}

/** A structure of the author's own with the members of another one, by name and place. */
function hasMembersOf(own: RecordType, asked: RecordType, lookup: Lookup): boolean {
	const places = (of: RecordType) =>
		fieldsOf(of, lookup)
			?.map(({ path, offset, size }) => `${path} ${offset.x86} ${offset.x64} ${size.x64}`)
			.join();
	return places(own) === places(asked);
}

/** A member of the object behind a pointer, as people write it; of an object without a name its own name alone. */
export function memberName({ object }: PointerArgument, path: string): string {
	const text = object?.text ?? '';
	if (path === '') return text;
	if (object?.type?.kind === 'array' && object.type.of.kind !== 'scalar') return `${text}[0].${path}`;
	if (path.startsWith('[') && object?.type?.kind === 'array') return text + path;
	if (object?.type && text.startsWith('*')) return `${text.slice(1)}->${path}`;
	return object?.type?.kind !== 'array' && object?.spelling !== undefined && object.type ? `${text}.${path}` : path;
}

/** The last call that was asked about in some surroundings. */
const known = new WeakMap<RuleContext, { readonly call: IoctlCall; readonly values: readonly InputValue[] }>();

/** Every number of the input that is known, with what the catalog says of it; several rules ask for it. */
export function inputValues(call: IoctlCall, context: RuleContext): readonly InputValue[] {
	const before = known.get(context);
	if (before?.call === call) return before.values;
	const values = readValues(call, context);
	known.set(context, { call, values });
	return values;
}

function readValues(call: IoctlCall, context: RuleContext): readonly InputValue[] {
	const read = readInput(call, context);
	const initial = read?.pointer.object?.initial ?? [];
	if (!read || initial.length === 0) return [];
	const { code, pointer } = read;
	const rows = rowsOf(read, context);
	const numbers = new Map(initial.map(({ path, value }) => [rows.get(path)?.path ?? path, value]));
	return initial.flatMap((given): readonly InputValue[] => {
		const { path } = given;
		const row = rows.get(path);
		const found = { code, path, given, name: memberName(pointer, row?.path ?? path), span: given.at ?? pointer };
		if (path === '') return [{ ...found, facts: wholeFacts(code), ...bytesOf(code, context), isMember: false }];
		if (!row) return [];
		const switched = row.switchedBy === undefined ? undefined : numbers.get(row.switchedBy);
		const { size } = row;
		return [
			{
				...found,
				facts: row,
				isMember: true,
				...(size.x86 === size.x64 ? { bytes: size.x64 } : {}),
				...(switched === undefined ? {} : { switch: switched }),
			},
		];
	});
}

/** The members that the code reads, by the path of what is given for them; elements of a plain array stand at their place. */
export function rowsOf({ code, pointer, record }: ReadInput, { catalog }: RuleContext): ReadonlyMap<string, FieldInfo> {
	const { lookup } = catalog;
	if (record) return new Map((fieldsOf(record, lookup) ?? []).map((row) => [row.path, row]));
	const given = pointer.object?.type && resolveType(pointer.object.type, lookup);
	const element = given?.kind === 'array' ? sizeOf(given.of, lookup) : undefined;
	const asked = code.input.type === undefined ? undefined : fieldsOf(parseTypeName(code.input.type), lookup);
	const rows = new Map<string, FieldInfo>();
	for (const row of (element && asked) ?? []) {
		const { size, offset } = row;
		if (element?.x64 !== size.x64 || size.x86 !== size.x64 || offset.x86 !== offset.x64) continue;
		rows.set(`[${offset.x64 / size.x64}]`, row);
	}
	return rows;
}

const wholeFacts = ({ input }: Code): MemberFacts & ValueFacts => ({
	...(input.flag || input.type === 'BOOL' ? { onOff: true } : {}),
	...(input.range ? { range: input.range } : {}),
	...(input.newSocket === undefined ? {} : { newSocket: input.newSocket }),
});

function bytesOf({ input }: Code, { catalog }: RuleContext): { readonly bytes?: number } {
	const size = input.type === undefined ? undefined : sizeOfNamed(input.type, catalog.lookup);
	return size && size.x86 === size.x64 ? { bytes: size.x64 } : {};
}

/** `60,000`. */
export const grouped = (n: number): string => n.toLocaleString(l10n.t('en'));
