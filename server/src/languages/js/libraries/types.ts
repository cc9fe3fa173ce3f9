/** Values as the C types that libraries take them for. */
import { field, named } from '../../../syntax/nodes.ts';
import { type CField, type CType, UNKNOWN } from '../../../types/ctype.ts';
import { sizeOf } from '../../../types/layout.ts';
import type { Chunk } from '../chunk.ts';
import { TYPES, typeNamed } from '../ctypes.ts';
import { propertyName } from '../nodes.ts';
import type { JsFile } from '../source.ts';
import { type Env, type Evaluator, sizeNumber, topOf, UNKNOWN_VALUE, type Value } from '../values.ts';

/** The C type that a value stands for, as an argument of a library's functions. */
export function typeOfValue(value: Value, chunk: Chunk | undefined, ask: Evaluator): CType {
	switch (value.kind) {
		case 'type':
			return value.type;
		case 'text':
			return typeNamed(value.text, (name) => (chunk ? declaredType(chunk, name, ask) : undefined));
		case 'foreign': {
			const [root, group, name, ...more] = value.path;
			if (name === undefined || more.length > 0 || !/^(?:FFIType|DataType|types)$/.test(group ?? '')) return UNKNOWN;
			// `ffi.types.UINT_32` of node:ffi is 'uint32'.
			return typeNamed(root === 'node:ffi' ? name.replace('_', '').toLowerCase() : name, () => undefined);
		}
		default:
			return UNKNOWN;
	}
}

/** A type that the file, or one that it imports, gives a name for the library to know. */
function declaredType(
	from: Chunk,
	name: string,
	ask: Evaluator,
	file = from.file,
	seen = new Set<JsFile>(),
): CType | undefined {
	if (seen.has(file)) return undefined;
	seen.add(file);
	for (const chunk of file.namingTypes(name, from)) {
		for (const { call, first, text } of chunk.typeMakers()) {
			const given = text === undefined ? ask.evaluate(first, topOf(chunk)) : undefined;
			if ((given?.kind === 'text' ? given.text : text) !== name) continue;
			const value = ask.evaluate(call, topOf(chunk));
			return value.kind === 'type' ? value.type : undefined;
		}
	}
	for (const unit of file.imports) {
		const found = declaredType(from, name, ask, unit, seen);
		if (found) return found;
	}
	return undefined;
}

/** The size of what a value stands for as a type. */
export function sizeOfType(type: CType): Value {
	const size = type.kind === 'unknown' ? undefined : sizeOf(type, TYPES);
	return size ? sizeNumber(size, { measured: type }) : UNKNOWN_VALUE;
}

/** A structure type of an object's members. */
export function record(
	name: string,
	fields: Value,
	env: Env,
	depth: number,
	ask: Evaluator,
	more: { readonly pack?: number; readonly union?: boolean },
): Value {
	if (fields.kind !== 'object') return UNKNOWN_VALUE;
	const open: Value = { kind: 'type', type: { kind: 'record', union: false, name, fields: [] } };
	if (fields.changed) return open;
	const list: CField[] = [];
	for (const child of named(fields.node)) {
		const key = child.type === 'pair' ? field(child, 'key') : null;
		const value = child.type === 'pair' ? field(child, 'value') : null;
		const label = key ? propertyName(key) : undefined;
		// Computed or spread fields leave the size open.
		if (label === undefined || !value) return open;
		list.push({ name: label, type: fieldType(ask.evaluate(value, fields.env, depth), env.chunk, depth, ask) });
	}
	return {
		kind: 'type',
		type: {
			kind: 'record',
			union: more.union ?? false,
			name,
			fields: list,
			...(more.pack === undefined ? {} : { pack: more.pack }),
		},
	};
}

/** A field's type: koffi takes `[alignment, type]` as well. */
function fieldType(value: Value, chunk: Chunk, depth: number, ask: Evaluator): CType {
	if (value.kind !== 'list') return typeOfValue(value, chunk, ask);
	const alignment = ask.elementOf(value, 0, depth);
	// An alignment of its own is rare: the size is left open.
	return alignment.kind === 'numbers' ? UNKNOWN : typeOfValue(ask.elementOf(value, 1, depth), chunk, ask);
}
