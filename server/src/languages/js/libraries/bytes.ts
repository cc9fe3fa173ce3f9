/** Memory: typed arrays, Node's buffers and what their members and methods give. */
import type { CType } from '../../../types/ctype.ts';
import { minus, type PerTarget, perTarget, same, times } from '../../../types/ctype.ts';
import { sizeOf } from '../../../types/layout.ts';
import { TYPES } from '../ctypes.ts';
import {
	type Arguments,
	type Bytes,
	byteCount,
	type Content,
	ELEMENT_BYTES,
	type Element,
	number,
	sizeNumber,
	UNKNOWN_VALUE,
	type Value,
	wholeNumber,
} from '../values.ts';

const ZERO: Content = { kind: 'zero' };

/** Memory of so many bytes. `element`: bytes of one element, 0 where it has none. */
export const memory = (
	type: string,
	element: number,
	bytes: PerTarget | undefined,
	more: { readonly pooled?: boolean; readonly content?: Content | undefined } = {},
): Bytes => ({
	kind: 'bytes',
	type,
	...(element ? { element } : {}),
	...(bytes ? { bytes } : {}),
	...(bytes && !more.pooled ? { below: bytes } : {}),
	...(more.content ? { content: more.content } : {}),
});

const byWidth = (size: PerTarget, change: (bytes: number) => number): PerTarget =>
	perTarget((p) => change(p === 4 ? size.x86 : size.x64));

const timesIf = (size: PerTarget | undefined, by: number): PerTarget | undefined => size && times(size, by);

const elementCount = ({ bytes, element }: Bytes): PerTarget | undefined =>
	bytes && element ? byWidth(bytes, (n) => n / element) : undefined;

const ofElements = (elements: readonly Element[] | undefined, bytes: number): Content | undefined =>
	elements && { kind: 'elements', elements, bytes };

/** `new Uint32Array(…)`. */
export function typedArray(type: string, args: Arguments): Value {
	const element = ELEMENT_BYTES[type] ?? 1;
	const [first] = args;
	if (!first) return memory(type, element, args.elements ? same(0) : undefined);
	const from = first();
	switch (from.kind) {
		case 'numbers':
			return memory(type, element, timesIf(byteCount(from), element), { content: ZERO });
		case 'list':
			return memory(type, element, from.elements && same(from.elements.length * element), {
				content: /^Float/.test(type) ? undefined : ofElements(from.elements, element),
			});
		case 'bytes': {
			if (from.type === 'ArrayBuffer' || from.type === 'SharedArrayBuffer') return view(type, element, from, args);
			return memory(type, element, timesIf(elementCount(from), element));
		}
		default:
			return memory(type, element, undefined);
	}
}

/** `Uint32Array.of(…)`. */
export function typedArrayOf(type: string, args: Arguments): Value {
	const element = ELEMENT_BYTES[type] ?? 1;
	return memory(type, element, args.elements && same(args.length * element), {
		content: /^Float/.test(type) ? undefined : ofElements(args.elements, element),
	});
}

/** `new Uint8Array(buffer, byteOffset, length)` and `new DataView(…)`. */
export function view(type: string, element: number | undefined, below: Bytes, args: Arguments): Value {
	const offset = args[1] ? wholeNumber(args[1]()) : 0;
	const length = args[2]?.();
	let bytes: PerTarget | undefined;
	if (length && length.kind !== 'null') bytes = timesIf(byteCount(length), element ?? 1);
	else if (offset !== undefined && below.bytes) bytes = minus(below.bytes, same(offset));
	return {
		kind: 'bytes',
		type,
		...(element ? { element } : {}),
		...(bytes ? { bytes } : {}),
		...(below.bytes ? { below: below.bytes } : {}),
		...(below.content?.kind === 'zero' ? { content: ZERO } : {}),
	};
}

/** `Buffer.from(…)`. */
export function bufferFrom(from: Value, args: Arguments): Value {
	switch (from.kind) {
		case 'numbers':
			return memory('Buffer', 1, byteCount(from));
		case 'list':
			return memory('Buffer', 1, from.elements && same(from.elements.length), {
				pooled: true,
				content: ofElements(from.elements, 1),
			});
		case 'text': {
			const encoding = args[1]?.();
			const raw = encoding && encoding.kind !== 'text' ? undefined : encoded(from.text, encoding?.text ?? 'utf8');
			const length = typeof raw === 'number' ? raw : raw?.length;
			return memory('Buffer', 1, length === undefined ? undefined : same(length), {
				pooled: true,
				content: raw instanceof Uint8Array ? { kind: 'raw', raw } : undefined,
			});
		}
		case 'bytes':
			if (from.type === 'ArrayBuffer' || from.type === 'SharedArrayBuffer') return view('Buffer', 1, from, args);
			// Each element becomes one byte.
			return memory('Buffer', 1, elementCount(from), { pooled: true });
		default:
			return memory('Buffer', 1, undefined);
	}
}

/** A text in an encoding of Node's, or its length; undefined where that depends on its content. */
export function encoded(text: string, encoding: string): Uint8Array | number | undefined {
	switch (encoding.toLowerCase()) {
		case 'utf8':
		case 'utf-8':
			return new TextEncoder().encode(text);
		case 'latin1':
		case 'binary':
		case 'ascii':
			return text.length;
		case 'hex':
			return /^[\da-fA-F]*$/.test(text) && text.length % 2 === 0
				? Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16))
				: undefined;
		case 'base64':
		case 'base64url':
			return base64(text);
		case 'utf16le':
		case 'ucs2':
		case 'utf-16le':
		case 'ucs-2':
			return text.length * 2;
		default:
			return undefined;
	}
}

/** What plain base64 stands for; undefined where it holds anything else, such as line ends. */
function base64(text: string): Uint8Array | undefined {
	if (!/^[\w+/-]*={0,2}$/.test(text)) return undefined;
	const plain = (text.split('=', 1)[0] ?? '').replaceAll('-', '+').replaceAll('_', '/');
	return plain.length % 4 === 1 ? undefined : Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
}

/** Bytes of a text in UTF-8. */
export const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

/** `Buffer.concat([…])`. */
export function concatenated(parts: readonly Value[] | undefined): Value {
	let sum: PerTarget | undefined = parts && same(0);
	for (const part of parts ?? []) {
		const more: PerTarget | undefined = part.kind === 'bytes' ? part.bytes : undefined;
		const so: PerTarget | undefined = sum;
		sum = more && so && perTarget((p) => (p === 4 ? so.x86 + more.x86 : so.x64 + more.x64));
	}
	return memory('Buffer', 1, sum, { pooled: true });
}

/** `Buffer.copyBytesFrom(view, offset, length)`: both count elements of the view. */
export function copiedBytes(from: Value, args: Arguments): Value {
	if (from.kind !== 'bytes') return memory('Buffer', 1, undefined);
	const end = args[2] && [args[1]?.() ?? UNKNOWN_VALUE, args[2]()].map(integer);
	const taken = part(from, [
		args[1] ?? (() => number(0)),
		...(end ? [() => (end[0] === undefined || end[1] === undefined ? UNKNOWN_VALUE : number(end[0] + end[1]))] : []),
	]);
	return memory('Buffer', 1, taken.bytes, { pooled: true });
}

/** A view of so many bytes over an address: what `toArrayBuffer` and its like give. */
export function viewed(type: 'ArrayBuffer' | 'Buffer', length: Value | undefined): Value {
	const bytes = byteCount(length);
	return {
		kind: 'bytes',
		type,
		...(type === 'Buffer' ? { element: 1 } : {}),
		...(bytes ? { bytes, below: bytes } : {}),
	};
}

/** A member of memory. */
export function bytesMember(object: Bytes, property: string): Value {
	const { bytes, element } = object;
	switch (property) {
		case 'length': {
			if (!element) return UNKNOWN_VALUE;
			const elements =
				element > 1 ? { elements: { object: object.spelling ?? '', type: object.type, bytes: element } } : {};
			if (bytes)
				return sizeNumber(
					byWidth(bytes, (n) => n / element),
					elements,
				);
			return element > 1 ? { kind: 'numbers', values: [], ...elements } : UNKNOWN_VALUE;
		}
		case 'byteLength':
			return bytes ? sizeNumber(bytes) : UNKNOWN_VALUE;
		case 'BYTES_PER_ELEMENT':
			return element ? number(element) : UNKNOWN_VALUE;
		case 'buffer': {
			const { element: _, bytes, spelling, content, ...rest } = object;
			const { below } = object;
			const isWhole = bytes && below && bytes.x86 === below.x86 && bytes.x64 === below.x64;
			return {
				...rest,
				type: 'ArrayBuffer',
				...(below ? { bytes: below } : {}),
				...(isWhole && spelling !== undefined ? { spelling } : {}),
				...(isWhole && content ? { content } : {}),
			};
		}
		// Bun's extension packages give every buffer its address by this name.
		case 'ptr':
			return object;
		default:
			return UNKNOWN_VALUE;
	}
}

/** What a method of memory gives. */
export function bytesCall(receiver: Bytes, method: string, args: Arguments): Value {
	const { spelling: _, content: __, ...copy } = receiver;
	switch (method) {
		case 'subarray':
			return part(receiver, args);
		case 'slice':
			// Of a `Buffer` it is the same memory.
			return receiver.type === 'Buffer' ? part(receiver, args) : copied(part(receiver, args));
		case 'transfer':
		case 'transferToFixedLength': {
			const length = args[0]?.();
			return memory(receiver.type, 0, length ? byteCount(length) : receiver.bytes);
		}
		case 'fill': {
			const { content: ___, ...same } = receiver;
			return args.length === 1 && args[0] && integer(args[0]()) === 0 ? { ...same, content: ZERO } : same;
		}
		case 'reverse':
		case 'sort':
		case 'swap16':
		case 'swap32':
		case 'swap64':
			return { ...copy, ...(receiver.spelling === undefined ? {} : { spelling: receiver.spelling }) };
		case 'map':
		case 'toReversed':
		case 'toSorted':
		case 'with':
			return copied(copy);
		case 'ref':
			// A struct's own memory; of a plain buffer, a pointer to it.
			return receiver.holds
				? receiver
				: memory(
						'Buffer',
						1,
						perTarget((p) => p),
					);
		default:
			return UNKNOWN_VALUE;
	}
}

/** The same in memory of its own. */
const copied = ({ below, ...copy }: Bytes): Bytes => (below && copy.bytes ? { ...copy, below: copy.bytes } : copy);

/** `subarray` and `slice`. */
function part(receiver: Bytes, args: Arguments): Bytes {
	const unit = receiver.element ?? 1;
	const { spelling: _, content: __, bytes, ...base } = receiver;
	const from = args[0] ? integer(args[0]()) : 0;
	const to = args[1] ? integer(args[1]()) : undefined;
	if (!bytes || from === undefined || (args[1] && to === undefined)) return base;
	const cut = (size: number): number => {
		const count = size / unit;
		const place = (n: number) => (n < 0 ? Math.max(count + n, 0) : Math.min(n, count));
		return Math.max(place(to ?? count) - place(from), 0) * unit;
	};
	return { ...base, bytes: byWidth(bytes, cut) };
}

/** The one integer that a value is on every target. */
export function integer(value: Value): number | undefined {
	if (value.kind !== 'numbers' || value.values.length !== 1) return undefined;
	const [only] = value.values;
	return only && only.x86 === only.x64 && Number.isInteger(Number(only.x64)) ? Number(only.x64) : undefined;
}

/** The memory that is made of an array or object for a pointer parameter. */
export function convertedBytes(given: Value, to: CType | undefined): Bytes | undefined {
	const one = to && to.kind !== 'void' && to.kind !== 'unknown' ? sizeOf(to, TYPES) : undefined;
	const content: Content = { kind: 'converted', from: given, ...(to ? { to } : {}) };
	if (given.kind === 'object')
		return {
			kind: 'bytes',
			type: 'object',
			...(one ? { bytes: one } : {}),
			...(to?.kind === 'record' ? { holds: to } : {}),
			content,
		};
	if (given.kind !== 'list') return undefined;
	const count = given.elements?.length;
	return { kind: 'bytes', type: 'list', ...(one && count !== undefined ? { bytes: times(one, count) } : {}), content };
}

/** A structure's own memory. */
export function structValue(type: CType): Value {
	const bytes = sizeOf(type, TYPES);
	return { kind: 'bytes', type: 'struct', holds: type, ...(bytes ? { bytes } : {}) };
}

/** The address of memory, or of what lies some bytes into it. */
export function behind(of: Value, offset: (() => Value) | undefined): Value {
	if (of.kind !== 'bytes') return UNKNOWN_VALUE;
	if (!offset) return of;
	const by = wholeNumber(offset());
	// What is left is no longer the object of that name.
	const { bytes, spelling: _, content: __, ...rest } = of;
	const left = bytes && by !== undefined ? minus(bytes, same(by)) : undefined;
	return { ...rest, ...(left ? { bytes: left } : {}) };
}
