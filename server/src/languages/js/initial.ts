/** The values that a call's input holds, as far as the source shows them. */
import type { InitialValue } from '../../calls/model.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import { field, named } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import type { CType } from '../../types/ctype.ts';
import { fieldsOf, type Lookup, resolveType, sizeOf } from '../../types/layout.ts';
import { scalarKind } from '../../types/scalars.ts';
import { evaluate, member } from './evaluate.ts';
import { propertyName } from './nodes.ts';
import type { Found } from './sites.ts';
import { isPlainNumber, type Storage, storageOf, wholeOf } from './storage.ts';
import type { Bytes, Content, Element, Env, Value } from './values.ts';

/** A form with more values than this is no form. */
const MOST_VALUES = 200;
/** Memory is written out up to this size. */
const MOST_BYTES = 4096;
const DEEPEST = 8;

/** The input of a call: its expression, the memory that it is, and the codes that say what the call reads there. */
export interface Input {
	readonly node: Node;
	readonly env: Env;
	readonly memory: Bytes;
	readonly call: Found;
	readonly codes: readonly number[];
	readonly catalog: Catalog;
	/** Of the entry point. */
	readonly family: string;
}

/** Values of the object that a pointer argument points to, by path; empty where none is in sight. */
export function initialValues(input: Input): readonly InitialValue[] {
	const storage = storageOf(input.node, input.env, input.call);
	if (!storage) return [];
	const { made } = storage;
	if (made.kind === 'object' || (made.kind === 'bytes' && made.content?.kind === 'converted'))
		return converted(storage);
	const type = typeOf(input);
	const image = type && (made.kind === 'list' ? listImage(storage, input.memory) : imageOf(storage, made));
	if (!type || !image) return [];
	const plain = plainNumbers(storage);
	return valuesIn(image, type.type, type.lookup).map(({ at, ...value }) =>
		plain.get(at.offset) === at.bytes ? { ...value, order: 'host' } : value,
	);
}

/** Plain numbers in memory that nothing has written over since: their bytes, by their place from the address on. */
function plainNumbers({ made, offset, writes }: Storage): ReadonlyMap<number, number> {
	const found = new Map<number, number>();
	const content = made.kind === 'bytes' ? made.content : undefined;
	const elements = content?.kind === 'elements' ? content.elements.slice(0, MOST_BYTES) : [];
	for (const [i, { node }] of elements.entries())
		if (node && content?.kind === 'elements' && isPlainNumber(node))
			found.set(i * content.bytes - offset, content.bytes);
	for (const write of writes) {
		if (write.kind !== 'bytes') continue;
		const at = write.at - offset;
		if (write.plain) found.set(at, write.bytes);
		else found.delete(at);
	}
	return found;
}

/** Paths of what nothing has written into memory that was made without a value; an empty path is the whole. */
export function unwrittenParts(input: Input): readonly string[] {
	const storage = storageOf(input.node, input.env, input.call);
	const { made, writes = [], offset = 0 } = storage ?? {};
	if (made?.kind !== 'bytes' || made.content?.kind !== 'unset') return [];
	const written = writes.map((write) =>
		write.kind === 'bytes' ? { from: write.at - offset, to: write.at - offset + write.bytes } : undefined,
	);
	if (written.length === 0) return [''];
	const known = typeOf(input);
	if (!known || written.includes(undefined)) return [];
	const rows = fieldsOf(known.type, known.lookup) ?? [];
	return rows.flatMap(({ path, type, offset: at, bits, union }) => {
		const size = sizeOf(type, known.lookup);
		if (!size || bits || union || at.x86 !== at.x64 || size.x86 !== size.x64) return [];
		const isWritten = written.some((w) => w !== undefined && w.from < at.x64 + size.x64 && w.to > at.x64);
		return isWritten ? [] : [path];
	});
}

/** The type of the input: the one that is stated, else the one that the control code reads. */
function typeOf({
	memory,
	codes,
	catalog,
	family,
}: Input): { readonly type: CType; readonly lookup: Lookup } | undefined {
	const { lookup } = catalog;
	if (memory.holds) return { type: memory.holds, lookup };
	const [code, ...others] = codes.length === 1 ? catalog.codes(codes[0] ?? 0, family) : [];
	const name = others.length === 0 ? code?.input.type : undefined;
	return name === undefined ? undefined : { type: { kind: 'named', name }, lookup };
}

// ---- objects ----

/** Members of an object that a library converts to a structure, by their names. */
function converted({ made, writes }: Storage): readonly InitialValue[] {
	const content = made.kind === 'bytes' ? made.content : undefined;
	const from = content?.kind === 'converted' ? content.from : made;
	const values = new Map<string, Given>();
	readObject(from, '', values, 0);
	for (const write of writes) {
		if (write.kind !== 'member') return [];
		for (const path of [...values.keys()])
			if (path === write.name || path.startsWith(`${write.name}.`) || path.startsWith(`${write.name}[`))
				values.delete(path);
		setNumber(values, write.name, write.value, write.plain);
	}
	return [...values].map(([path, { value, isPlain }]) => ({ path, value, ...(isPlain ? { order: 'host' } : {}) }));
}

interface Given {
	readonly value: number;
	/** Written as a plain number. */
	readonly isPlain: boolean;
}

function setNumber(values: Map<string, Given>, path: string, value: bigint | undefined, isPlain = false): void {
	const number = Number(value);
	if (value !== undefined && Number.isSafeInteger(number) && values.size < MOST_VALUES)
		values.set(path, { value: number, isPlain });
}

function readObject(value: Value, path: string, values: Map<string, Given>, depth: number, isPlain = false): void {
	if (depth > DEEPEST || values.size >= MOST_VALUES) return;
	if (value.kind === 'list') {
		for (const [i, { node, env }] of (value.elements ?? []).slice(0, MOST_VALUES).entries())
			if (node && env) readObject(evaluate(node, env), `${path}[${i}]`, values, depth + 1);
		return;
	}
	if (value.kind !== 'object') {
		if (path !== '') setNumber(values, path, wholeOf(value), isPlain);
		return;
	}
	for (const child of named(value.node)) {
		const key = child.type === 'shorthand_property_identifier' ? child : field(child, 'key');
		const name = key ? propertyName(key) : undefined;
		if (name === undefined) continue;
		const given = field(child, 'value');
		const at = path === '' ? name : `${path}.${name}`;
		readObject(member(value, name, 0), at, values, depth + 1, given !== null && isPlainNumber(given));
	}
}

// ---- memory ----

/** Bytes of memory; undefined where one is not known. */
export type Image = readonly (number | undefined)[];

/** Memory as it is when the call runs, from the address that the call is given. */
export function imageOf({ offset, writes }: Storage, made: Value): Image | undefined {
	const size = made.kind === 'bytes' ? made.bytes?.x64 : undefined;
	const content = made.kind === 'bytes' ? made.content : undefined;
	if (size === undefined || !content || size > MOST_BYTES || offset > size) return undefined;
	const image: (number | undefined)[] = new Array(size).fill(undefined);
	if (!fill(image, content)) return undefined;
	for (const write of writes) {
		if (write.kind !== 'bytes') return undefined;
		put(image, write.at, write.bytes, write.value);
	}
	return image.slice(offset);
}

/** The memory that a library makes of an array. */
function listImage({ made, writes }: Storage, { content }: Bytes): Image | undefined {
	const to = content?.kind === 'converted' && content.to ? sizeOf(content.to, () => undefined) : undefined;
	const elements = made.kind === 'list' ? made.elements : undefined;
	if (!to || !elements || writes.length > 0 || elements.length * to.x64 > MOST_BYTES) return undefined;
	const image: (number | undefined)[] = new Array(elements.length * to.x64).fill(undefined);
	for (const [i, element] of elements.entries()) put(image, i * to.x64, to.x64, elementNumber(element));
	return image;
}

function fill(image: (number | undefined)[], content: Content): boolean {
	switch (content.kind) {
		case 'zero':
			image.fill(0);
			return true;
		case 'unset':
			return true;
		case 'raw':
			for (const [i, byte] of content.raw.entries()) image[i] = byte;
			return true;
		case 'elements':
			for (const [i, element] of content.elements.entries()) {
				if (i * content.bytes >= image.length) break;
				put(image, i * content.bytes, content.bytes, elementNumber(element));
			}
			return true;
		default:
			return false;
	}
}

function elementNumber({ node, env }: Element): bigint | undefined {
	return node && env ? wholeOf(evaluate(node, env)) : undefined;
}

/** Writes a number with its lowest byte first. */
function put(image: (number | undefined)[], at: number, bytes: number, value: bigint | undefined): void {
	for (let i = 0; i < bytes && at + i < image.length; i++)
		image[at + i] = value === undefined ? undefined : Number((value >> BigInt(8 * i)) & 0xffn);
}

/** Every number of a type that memory holds, by path. */
function valuesIn(image: Image, type: CType, lookup: Lookup): readonly PlacedValue[] {
	const values: PlacedValue[] = [];
	const rows = fieldsOf(type, lookup);
	if (!rows) readScalar(image, { path: '', type, offset: 0 }, lookup, values);
	for (const { path, type: of, offset, bits, union } of rows ?? []) {
		// What lies elsewhere on other targets, or is read in several ways, is left to the reader.
		if (bits || union || offset.x86 !== offset.x64) continue;
		const resolved = resolveType(of, lookup);
		if (resolved?.kind !== 'array') {
			readScalar(image, { path, type: of, offset: offset.x64 }, lookup, values);
			continue;
		}
		const one = sizeOf(resolved.of, lookup)?.x64 ?? 0;
		for (let i = 0; one > 0 && i < (resolved.length ?? 0) && i < MOST_VALUES; i++)
			readScalar(image, { path: `${path}[${i}]`, type: resolved.of, offset: offset.x64 + i * one }, lookup, values);
	}
	return values;
}

interface Place {
	readonly path: string;
	readonly type: CType;
	readonly offset: number;
}

/** A value, and where its bytes are. */
interface PlacedValue {
	readonly path: string;
	readonly value: number;
	readonly at: { readonly offset: number; readonly bytes: number };
}

function readScalar(image: Image, { path, type, offset }: Place, lookup: Lookup, values: PlacedValue[]): void {
	const resolved = resolveType(type, lookup);
	const size = resolved?.kind === 'scalar' || resolved?.kind === 'enum' ? sizeOf(resolved, lookup) : undefined;
	if (!resolved || !size || size.x86 !== size.x64 || values.length >= MOST_VALUES) return;
	const kind = resolved.kind === 'scalar' ? scalarKind(resolved.name) : 'unsigned';
	if (kind === 'pointer' || kind === 'float') return;
	let value = 0n;
	for (let i = size.x64 - 1; i >= 0; i--) {
		const byte = image[offset + i];
		if (byte === undefined) return;
		value = (value << 8n) | BigInt(byte);
	}
	const number = Number(kind === 'signed' ? BigInt.asIntN(8 * size.x64, value) : value);
	if (Number.isSafeInteger(number)) values.push({ path, value: number, at: { offset, bytes: size.x64 } });
}
