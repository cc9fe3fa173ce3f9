/** Objects that a fix declares in front of the statement of a call, and passes instead of what stands there. */
import * as l10n from '@vscode/l10n';
import type { BufferArgument, IoctlCall, PointedObject, PointerArgument } from '../calls/model.ts';
import type { NewObject } from '../calls/wording.ts';
import type { BufferSpec } from '../catalog/model.ts';
import type { CType } from '../types/ctype.ts';
import { parseTypeName, resolveType } from '../types/layout.ts';
import { scalarKind } from '../types/scalars.ts';
import { isUsed, minimumOf, type Side } from './buffers.ts';
import type { Edit, Fix, RuleContext } from './rule.ts';
import { DWORD, declaredType, withArticle } from './wording.ts';

/** What is declared, under the first name that is free. */
export interface Wanted extends Omit<NewObject, 'name'> {
	readonly names: readonly string[];
}

export interface Declared {
	readonly edit: Edit;
	readonly name: string;
	readonly address: string;
}

/** The declaration of an object; undefined where there is no line for it, or a wrapper hands the arguments on. */
export function declare(call: IoctlCall, wanted: Wanted, context: RuleContext): Declared | undefined {
	const room = call.through === undefined ? context.surroundings?.(call).room() : undefined;
	const name = room && wanted.names.find((n) => !room.isTaken(n));
	const made = room && name !== undefined ? context.wording.declared({ ...wanted, name }, room) : undefined;
	if (!room || name === undefined || !made) return undefined;
	const newText = `${room.indentation}${made.declaration}${room.lineEnd}`;
	return { name, address: made.address, edit: { start: room.at, end: room.at, newText } };
}

/** Another address in the place of one; what a library makes of a buffer's address stays around it. */
export function passing({ start, end, text, object }: PointerArgument, address: string, context: RuleContext): Edit {
	const { spelling } = object ?? {};
	const isWrapped = context.wording.closedBuffers && spelling !== undefined && text !== spelling;
	const at = isWrapped ? text.indexOf(spelling) : -1;
	const isOnce = isWrapped && at >= 0 && text.indexOf(spelling, at + 1) < 0;
	return isOnce
		? { start: start + at, end: start + at + spelling.length, newText: address }
		: { start, end, newText: address };
}

/** The same alone as a fix. */
export const passAddress = (pointer: PointerArgument, address: string, context: RuleContext): Fix => ({
	title: l10n.t('Pass {0}', address),
	edits: [passing(pointer, address, context)],
});

/** The name of the type without the backticks of a message: `a struct tcp_keepalive`. */
const named = (type: string): string => withArticle(type).replaceAll('`', '');

const titleOf = ({ type, bytes, kind }: Wanted, { wording }: RuleContext): string =>
	wording.closedBuffers || kind === 'bytes'
		? l10n.t('Declare a buffer of {0} bytes and pass it', bytes)
		: l10n.t('Declare {0} and pass it', named(type.replace(/^static /, '')));

/** Declares an object and passes its address alone. */
export function declareAndPass(
	call: IoctlCall,
	pointer: PointerArgument,
	wanted: Wanted,
	context: RuleContext,
): Fix | undefined {
	const made = declare(call, wanted, context);
	return made && { title: titleOf(wanted, context), edits: [made.edit, passing(pointer, made.address, context)] };
}

const RECORD_NAMES: Readonly<Record<Side, readonly string[]>> = {
	input: ['settings', 'input', 'inputSettings', 'newSettings'],
	output: ['result', 'output', 'answer', 'received'],
};
const NUMBER_NAMES: Readonly<Record<Side, readonly string[]>> = {
	input: ['value', 'setting', 'input', 'newValue'],
	output: RECORD_NAMES.output,
};

/** For what has no fixed length. */
const ROOM = 4096;

/** An object of the type that a code reads or writes; undefined where no type is known for it. */
export function objectFor(spec: BufferSpec, side: Side, context: RuleContext): Wanted | undefined {
	const type = declaredType(spec, context);
	const minimum = minimumOf(spec, context);
	if (side === 'output' && spec.variable !== undefined)
		return { type: 'BYTE', bytes: Math.max(ROOM, minimum?.x64 ?? 0), kind: 'bytes', names: RECORD_NAMES.output };
	if (type === undefined || !minimum || spec.variable !== undefined) return undefined;
	const kind = kindOf(parseTypeName(type), context);
	if (!kind) return undefined;
	const bytes = Math.max(...context.targets.map((target) => minimum[target]));
	return { type, bytes, kind, names: (kind === 'record' ? RECORD_NAMES : NUMBER_NAMES)[side] };
}

function kindOf(type: CType, { catalog }: RuleContext): Wanted['kind'] | undefined {
	const resolved = resolveType(type, catalog.lookup);
	switch (resolved?.kind) {
		case 'record':
			return 'record';
		case 'scalar':
			return 'number';
		case 'enum':
		case 'pointer':
			return 'other';
		default:
			return undefined;
	}
}

/** A variable whose whole value is one integer, by its name. */
function numberIn(object: PointedObject | undefined): string | undefined {
	const { type, spelling } = object ?? {};
	const isNumber = type?.kind === 'scalar' && /^(?:signed|unsigned|boolean)$/.test(scalarKind(type.name) ?? '');
	return isNumber && spelling !== undefined && /^[A-Za-z_]\w*$/.test(spelling) ? spelling : undefined;
}

/**
 * Declares an object of what the code uses in front of the call's statement, and passes it with its size. What a number
 * holds goes into the new one; everything else the author has to write.
 * @param standing the value that stands in the place of an address.
 */
export function declareBuffer(
	call: IoctlCall,
	side: Side,
	{ pointer, size }: BufferArgument,
	spec: BufferSpec,
	context: RuleContext,
	standing?: string,
): Fix | undefined {
	const wanted = objectFor(spec, side, context);
	const { code } = call;
	const isTaken = wanted?.kind === 'number' && !(code.entry && isUsed(code.entry.output));
	const isRead = isTaken && side === 'input' && !context.wording.closedBuffers;
	const value = (isTaken ? standing : undefined) ?? (isRead ? numberIn(pointer.object) : undefined);
	const isHeld = value !== undefined;
	const made = wanted && declare(call, { ...wanted, ...(isHeld ? { value } : {}) }, context);
	if (!made) return undefined;
	const edits = [made.edit, passing(pointer, made.address, context)];
	if (size) edits.push({ start: size.start, end: size.end, newText: context.wording.objectSize(made.name) });
	return { title: titleOf(wanted, context), edits, ...(isHeld ? {} : { unfinished: true }) };
}

/** Gives the code an object that it can use instead of the one that is passed. */
export function replaceBuffer(
	call: IoctlCall,
	side: Side,
	buffer: BufferArgument,
	spec: BufferSpec,
	context: RuleContext,
): Fix | undefined {
	// What the input holds was written for its own type.
	const own = side === 'output' ? retype(call, buffer, spec, context) : undefined;
	return own ?? declareBuffer(call, side, buffer, spec, context);
}

/** Changes the type in the declaration of the object that is passed, where it says nothing else and holds nothing yet. */
export function retype(
	call: IoctlCall,
	{ pointer, size }: BufferArgument,
	spec: BufferSpec,
	context: RuleContext,
): Fix | undefined {
	const { declared, spelling } = pointer.object ?? {};
	const type = spec.variable === undefined ? declaredType(spec, context) : undefined;
	const at = declared && context.surroundings?.(call).typeOf(declared);
	const kind = type === undefined ? undefined : kindOf(parseTypeName(type), context);
	if (!at || spelling === undefined || type === undefined || !size || !kind) return undefined;
	const edits: Edit[] = [{ ...at.type, newText: type }];
	if (at.zeros) edits.push({ ...at.zeros, newText: context.wording.zero(kind) });
	if (size.sizeofObject !== spelling)
		edits.push({ start: size.start, end: size.end, newText: context.wording.objectSize(spelling) });
	return { unfinished: true, title: l10n.t('Declare {0} as {1}', spelling, named(type)), edits };
}

/** Where the number of bytes goes. */
const COUNT: Wanted = { ...DWORD, kind: 'number', names: ['bytes', 'returned', 'bytesReturned'] };

/** Names of variables that are there for such a number. */
const COUNTS =
	/^(?:dw|cb|lpcb|n|num|out)?_?(?:bytes?(?:_?(?:ret(?:urned)?|out|written|received|transferred))?|ret(?:urned)?|written|received|transferred|dummy|ignored)$/i;

/** The address of a variable of the function that is there for the number of bytes, and has no part in the call. */
function declaredCount(call: IoctlCall, context: RuleContext): string | undefined {
	const { closedBuffers } = context.wording;
	if (closedBuffers || call.through !== undefined) return undefined;
	const parts = [call.input?.pointer, call.input?.size, call.output?.pointer, call.output?.size, call.overlapped];
	const found = context
		.surroundings?.(call)
		.locals((name) => COUNTS.test(name) && !parts.some((part) => part?.text.includes(name)))
		.find(
			({ type }) =>
				(type?.kind === 'scalar' || type?.kind === 'named') && /^(?:DWORD|ULONG|u_long|unsigned long)$/.test(type.name),
		);
	return found && `&${found.name}`;
}

/** Where the number of bytes goes, instead of where nothing can. */
export function countFix(call: IoctlCall, context: RuleContext): Fix | undefined {
	const { bytesReturned: count } = call;
	if (!count) return undefined;
	// What is read later on is the variable itself.
	const { declared, spelling } = count.object ?? {};
	const at = declared && context.surroundings?.(call).typeOf(declared);
	if (at && spelling !== undefined)
		return {
			title: l10n.t('Declare {0} as {1}', spelling, named(COUNT.type)),
			edits: [{ ...at.type, newText: COUNT.type }],
			unfinished: true,
		};
	const address = declaredCount(call, context);
	if (address === undefined) return declareAndPass(call, count, COUNT, context);
	return passAddress(count, address, context);
}

/** The structure of an operation that ends later, in memory that stays. */
export const overlappedOf = (bytes: number): Wanted => ({
	type: 'static WSAOVERLAPPED',
	bytes,
	kind: 'record',
	names: ['overlapped', 'pending', 'operation'],
});

/** A null pointer as the call writes it elsewhere, else as its language does. */
export function nullIn({ input, output, bytesReturned, overlapped, completion }: IoctlCall, context: RuleContext) {
	const pointers = [overlapped, completion, input?.pointer, output?.pointer, bytesReturned];
	const written = pointers.find((pointer) => pointer?.text === 'nullptr');
	return written ? written.text : context.wording.nullWord;
}
