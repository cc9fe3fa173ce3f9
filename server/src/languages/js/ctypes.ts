/** Types as the libraries write them: names, C prototypes, type objects. */

import type { ParameterType } from '../../calls/bindings.ts';
import { type CType, UNKNOWN } from '../../types/ctype.ts';
import { type Lookup, sizeOf } from '../../types/layout.ts';
import { entryOf } from '../../types/own.ts';
import { SCALARS, scalarKind } from '../../types/scalars.ts';

const POINTER: CType = { kind: 'pointer', to: { kind: 'void' } };
const scalar = (name: string): CType => ({ kind: 'scalar', name });

/** Names that do not mean what the same word means in C, or that C does not have. `long` has 4 bytes on Windows everywhere. */
const NAMES: Readonly<Record<string, CType>> = {
	void: { kind: 'void' },
	i8: scalar('int8_t'),
	u8: scalar('uint8_t'),
	i16: scalar('int16_t'),
	u16: scalar('uint16_t'),
	i32: scalar('int32_t'),
	u32: scalar('uint32_t'),
	i64: scalar('int64_t'),
	u64: scalar('uint64_t'),
	i64_fast: scalar('int64_t'),
	u64_fast: scalar('uint64_t'),
	bigint: scalar('int64_t'),
	int8: scalar('int8_t'),
	uint8: scalar('uint8_t'),
	int16: scalar('int16_t'),
	uint16: scalar('uint16_t'),
	int32: scalar('int32_t'),
	uint32: scalar('uint32_t'),
	int64: scalar('int64_t'),
	uint64: scalar('uint64_t'),
	int: scalar('int'),
	uint: scalar('unsigned int'),
	uchar: scalar('unsigned char'),
	byte: scalar('uint8_t'),
	ushort: scalar('unsigned short'),
	ulong: scalar('unsigned long'),
	longlong: scalar('long long'),
	ulonglong: scalar('unsigned long long'),
	isize: scalar('ssize_t'),
	usize: scalar('size_t'),
	intptr: scalar('intptr_t'),
	uintptr: scalar('uintptr_t'),
	f32: scalar('float'),
	f64: scalar('double'),
	float32: scalar('float'),
	float64: scalar('double'),
	boolean: scalar('bool'),
	pointer: POINTER,
	ptr: POINTER,
	buffer: POINTER,
	arraybuffer: POINTER,
	string: POINTER,
	str: POINTER,
	string16: POINTER,
	str16: POINTER,
	string32: POINTER,
	cstring: POINTER,
	CString: POINTER,
	WString: POINTER,
	function: POINTER,
	callback: POINTER,
	External: POINTER,
	napi_env: UNKNOWN,
	napi_value: UNKNOWN,
	BigInt: scalar('int64_t'),
	Double: scalar('double'),
	Float: scalar('double'),
	Boolean: scalar('bool'),
	String: POINTER,
	Void: { kind: 'void' },
};

/** Types here are never names: what a name stands for is found when it is read. */
export const TYPES: Lookup = () => undefined;

/** How a file's own type names are found. */
export type TypeLookup = (name: string) => CType | undefined;

const QUALIFIER =
	/\b(?:const|volatile|restrict|struct|union|enum|_In_|_In_opt_|_Out_|_Out_opt_|_Inout_|_Inout_opt_)\b/g;

const DIMENSION = /\[ ?(\d*) ?\]$/;

/** The brackets that a declaration ends in, with the digits in them, and what stands before them; single spaces only. */
function lastDimension(text: string): { readonly before: string; readonly length: string } | undefined {
	const found = DIMENSION.exec(text);
	return found ? { before: text.slice(0, found.index).trimEnd(), length: found[1] ?? '' } : undefined;
}

/** A type written as text: `uint32_t`, `_Out_ uint32_t *`, `void*`, `FFIType.u32`. Unknown names stay unknown. */
export function typeNamed(text: string, own: TypeLookup): CType {
	const written = text.replace(QUALIFIER, ' ').replace(/!/g, ' ').replace(/\s+/g, ' ').trim();
	const array = lastDimension(written);
	if (array) {
		const of = typeNamed(array.before, own);
		return { kind: 'array', of, ...(array.length ? { length: Number(array.length) } : {}) };
	}
	const [name = '', ...stars] = written.split('*');
	return stars.reduce<CType>((to) => ({ kind: 'pointer', to }), base(name.trim(), own));
}

function base(name: string, own: TypeLookup): CType {
	const declared = own(name);
	if (declared) return declared;
	// `DataType.U32`, `FFIType.uint32_t`.
	const known = entryOf(NAMES, /^[IU]\d+$/.test(name) ? name.toLowerCase() : name);
	if (known) return known;
	if (/^(?:[IU]?\d+|Double|Float|String)Array$/.test(name)) return POINTER;
	// Upper-case names of the Windows headers mean nothing to a library unless the file declares them.
	return /^[a-z_]/.test(name) && Object.hasOwn(SCALARS, name) ? scalar(name) : UNKNOWN;
}

/** What kind of parameter a C type makes. */
export function parameterType(type: CType): ParameterType {
	switch (type.kind) {
		case 'void':
		case 'record':
			return { kind: 'other' };
		case 'pointer':
			return { kind: 'pointer', to: type.to };
		case 'array':
			return { kind: 'pointer', to: type.of };
		case 'function':
			return { kind: 'pointer' };
		case 'scalar': {
			if (scalarKind(type.name) === 'float') return { kind: 'other' };
			const bytes = sizeOf(type, TYPES);
			return bytes ? { kind: 'integer', bytes } : { kind: 'unknown' };
		}
		default:
			return { kind: 'unknown' };
	}
}

export interface PrototypeParameter {
	/** Offsets in the prototype's text. */
	readonly start: number;
	readonly end: number;
	readonly text: string;
	readonly type: string;
	readonly name?: string;
}

export interface Prototype {
	readonly name: string;
	/** Of the text between the parentheses. */
	readonly start: number;
	readonly end: number;
	readonly parameters: readonly PrototypeParameter[];
}

/** A function's C prototype: `int __stdcall WSAIoctl(uint64_t s, …)`. */
export function parsePrototype(text: string): Prototype | undefined {
	const head = text.length > LONGEST_PROTOTYPE ? undefined : nameBeforeParenthesis(text);
	const close = text.lastIndexOf(')');
	if (!head || close < head.start) return undefined;
	const { start } = head;
	const inside = text.slice(start, close);
	if (/[()]/.test(inside)) return undefined;
	const parameters: PrototypeParameter[] = [];
	if (inside.trim() !== '' && inside.trim() !== 'void') {
		let at = start;
		for (const part of inside.split(',')) {
			const lead = part.length - part.trimStart().length;
			const own = part.trim();
			parameters.push({ start: at + lead, end: at + lead + own.length, text: own, ...typeAndName(own) });
			at += part.length + 1;
		}
	}
	return { name: head.name, start, end: close, parameters };
}

const LONGEST_PROTOTYPE = 16 * 1024;

/** The first name with an opening parenthesis behind it, and where what is in there begins. */
function nameBeforeParenthesis(text: string): { readonly name: string; readonly start: number } | undefined {
	for (let open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
		let end = open;
		while (/\s/.test(text.charAt(end - 1))) end--;
		let start = end;
		while (/\w/.test(text.charAt(start - 1))) start--;
		while (/\d/.test(text.charAt(start))) start++;
		if (start < end) return { name: text.slice(start, end), start: open + 1 };
	}
	return undefined;
}

/** `_Out_ uint32_t *returned` without its name; a lone word is a type, and so are the words of C's own types. */
function typeAndName(written: string): { type: string; name?: string } {
	const text = written.replace(/\s+/g, ' ');
	const array = lastDimension(text);
	const plain = array?.before ?? text;
	const tail = array ? ' *' : '';
	const [, type = '', name = ''] = /^(.*[\s*])([A-Za-z_]\w*)$/.exec(plain) ?? [];
	const before = type.replace(QUALIFIER, ' ').trim();
	if (!before) return { type: plain + tail };
	// `unsigned int`, `long long`: the last word is a part of the type.
	if (/^(?:unsigned|signed|long|short)(?:\s+long)?$/.test(before) && /^(?:int|long|char|short)$/.test(name))
		return { type: plain + tail };
	return { type: type.trim() + tail, name };
}
