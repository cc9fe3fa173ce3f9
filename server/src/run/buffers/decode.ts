/** From the bytes of a buffer to rows of fields and tables, by the catalog's types. */

import * as l10n from '@vscode/l10n';
import { formatAddress } from '../../../../native/src/address.ts';
import { guidText } from '../../catalog/guids.ts';
import type { NumberNames, Unit } from '../../catalog/model.ts';
import { addressFamilyName } from '../../catalog/names.ts';
import { namesOf } from '../../catalog/numberNames.ts';
import { bytesText } from '../../reference/words.ts';
import type { CType } from '../../types/ctype.ts';
import { typeText } from '../../types/layout.ts';
import { hexOf, readUnsigned } from './bytes.ts';
import { endpointText } from './encode.ts';
import { type Member, namesAt, type Shape, type Shapes, typeNamed } from './shape.ts';

/** A number beyond 2^53 is given as decimal text. */
export type RowValue = number | string | boolean | null | readonly RowValue[];

/** One field, outer ones before their own members. */
export interface Row {
	/** `iiAddress.AddressIn.sin_port`, `[2].iiFlags`; empty for the whole buffer. */
	readonly path: string;
	/** As C writes it. */
	readonly type: string;
	/** Bytes from the start of the buffer. */
	readonly offset: number;
	readonly size: number;
	readonly bits?: { readonly width: number; readonly shift: number };
	/** The bytes in hexadecimal. */
	readonly raw: string;
	/** The value in its own form: an address, a name, a time with its unit. */
	readonly text: string;
	readonly value: RowValue;
	/** 0 for the outermost. */
	readonly depth: number;
	readonly meaning?: string;
}

export interface Table {
	readonly title: string;
	readonly columns: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

export interface Decoded {
	readonly rows: readonly Row[];
	readonly tables: readonly Table[];
	/** Path of the first field that the bytes did not reach. */
	readonly cutAt?: string;
}

export interface DecodeOptions {
	/** Where the buffer was in the runner's memory: pointers into it are followed. */
	readonly address?: bigint;
	/** The buffer may hold several of the type, one behind the other. */
	readonly list?: boolean;
	/** All bytes that pointers may lead to, when `bytes` is only the first part of the buffer. */
	readonly memory?: Uint8Array;
	/** What the numbers of the buffer count, where it holds nothing else. */
	readonly unit?: Unit;
}

const MOST_ROWS = 4000;

/** The fields of a buffer of a catalog type. Bytes that no field covers are left to the hex dump. */
export function decode(type: CType | string, bytes: Uint8Array, shapes: Shapes, options: DecodeOptions = {}): Decoded {
	const root = typeof type === 'string' ? typeNamed(type) : type;
	const reader = new Reader(bytes, shapes, options);
	const size = shapes.size(root);
	if (size === undefined || size === 0) return { rows: [], tables: [] };
	if (options.list) reader.list(root, size);
	else reader.whole(root);
	return {
		rows: reader.rows,
		tables: reader.tables,
		...(reader.cutAt === undefined ? {} : { cutAt: reader.cutAt }),
	};
}

/** Where a value stands and what its member says of it. */
interface Place {
	readonly path: string;
	readonly type: CType;
	readonly text: string;
	readonly offset: number;
	readonly depth: number;
	readonly member?: Member;
}

class Reader {
	readonly rows: Row[] = [];
	readonly tables: Table[] = [];
	cutAt: string | undefined;
	readonly #bytes: Uint8Array;
	readonly #memory: Uint8Array;
	readonly #shapes: Shapes;
	readonly #address: bigint | undefined;
	/** Of numbers that are no member. */
	readonly #unit: Unit | undefined;

	constructor(bytes: Uint8Array, shapes: Shapes, { address, memory, unit }: DecodeOptions) {
		this.#bytes = bytes;
		this.#memory = memory ?? bytes;
		this.#shapes = shapes;
		this.#address = address;
		this.#unit = unit;
	}

	list(type: CType, size: number): void {
		const count = Math.floor(this.#bytes.length / size);
		for (let i = 0; i < count; i++) {
			this.#read({ path: `[${i}]`, type, text: typeText(type), offset: i * size, depth: 0 });
		}
		if (this.#bytes.length % size !== 0 && count === 0) this.cutAt = '[0]';
		const shape = this.#shapes.of(type);
		const columns = shape?.kind === 'record' ? this.#shapes.members(type).map((m) => m.name) : [];
		if (columns.length > 0) {
			const texts = new Map(this.rows.map(({ path, text }) => [path, text]));
			const rows = Array.from({ length: count }, (_, i) => [
				String(i),
				...columns.map((name) => texts.get(`[${i}].${name}`) ?? ''),
			]);
			this.tables.push({ title: typeText(type), columns: ['#', ...columns], rows });
		}
	}

	whole(type: CType): void {
		const shape = this.#shapes.of(type);
		if (shape?.kind === 'record') this.#members({ path: '', type, text: typeText(type), offset: 0, depth: -1 });
		else this.#read({ path: '', type, text: typeText(type), offset: 0, depth: 0 });
	}

	#cut(place: Place): void {
		this.cutAt ??= place.path;
	}

	#row(place: Place, size: number, text: string, value: RowValue): void {
		if (this.rows.length >= MOST_ROWS) return;
		const { member } = place;
		this.rows.push({
			path: place.path,
			type: place.text,
			offset: place.offset,
			size,
			...(member?.bits ? { bits: member.bits } : {}),
			raw: hexOf(this.#bytes.subarray(place.offset, place.offset + size)),
			text,
			value,
			depth: Math.max(place.depth, 0),
			...(member?.meaning === undefined ? {} : { meaning: member.meaning }),
		});
	}

	#members(place: Place): void {
		const members = this.#shapes.members(place.type);
		for (const member of members) {
			this.#read({
				path: place.path === '' ? member.name : `${place.path}.${member.name}`,
				type: member.type,
				text: member.text,
				offset: place.offset + member.offset,
				depth: place.depth + 1,
				member,
			});
		}
	}

	#read(place: Place): void {
		const shape = this.#shapes.of(place.type);
		const { offset, member } = place;
		// A tail has as many elements as a count beside it says, none at all included.
		if (shape?.kind === 'array' && member?.tail) {
			this.#tail(place, shape);
			return;
		}
		if (!shape || offset + shape.size > this.#bytes.length) {
			// Some slots are larger than the address that was written to them.
			if (shape?.kind === 'sockaddr' && offset + 16 <= this.#bytes.length) this.#sockaddr(place, shape);
			else this.#cut(place);
			return;
		}
		const part = this.#bytes.subarray(offset, offset + shape.size);
		switch (shape.kind) {
			case 'guid': {
				const text = guidText(part)!;
				const known = this.#shapes.catalog.guidByText(text);
				this.#row(place, 16, known ? `${known.name} (${text})` : text, text);
				return;
			}
			case 'ipv4':
			case 'ipv6': {
				const text = formatAddress(part);
				this.#row(place, shape.size, text, text);
				return;
			}
			case 'sockaddr':
				this.#sockaddr(place, shape);
				return;
			case 'pointer': {
				const value = readUnsigned(part, 0, shape.size);
				this.#row(place, shape.size, this.#pointerText(value), value === 0n ? null : `0x${value.toString(16)}`);
				return;
			}
			case 'number': {
				const { text, value } = numberText(part, shape, member, this.#unit);
				this.#row(place, shape.size, text, value);
				return;
			}
			case 'array':
				this.#array(place, shape, shape.length);
				return;
			case 'record':
				if (shape.name === 'SOCKET_ADDRESS') this.#row(place, shape.size, this.#socketAddress(offset) ?? '', null);
				else this.#row(place, shape.size, '', null);
				this.#members(place);
		}
	}

	/** The address a slot holds, and the members of the family's structure. */
	#sockaddr(place: Place, shape: Shape & { kind: 'sockaddr' }): void {
		const end = Math.min(place.offset + Math.max(shape.size, 28), this.#bytes.length);
		const room = place.member ? Math.min(end, place.offset + shape.size) : end;
		const part = this.#bytes.subarray(place.offset, room);
		const family = Number(readUnsigned(part, 0, 2));
		const text = sockaddrText(part);
		const real = this.#shapes.sockaddr(family, shape.record);
		const size = Math.min((real && this.#shapes.size(real)) || shape.size, part.length);
		this.#row(place, place.member ? Math.min(shape.size, part.length) : size, text, text);
		if (!real) return;
		for (const member of this.#shapes.members(real)) {
			// Padding, and the parts of an anonymous union twice over, say nothing.
			if (member.name === 'sin_zero' || member.name === 'sin6_scope_struct') continue;
			this.#read({
				path: place.path === '' ? member.name : `${place.path}.${member.name}`,
				type: member.type,
				text: member.text,
				offset: place.offset + member.offset,
				depth: place.depth + 1,
				member,
			});
		}
	}

	#array(place: Place, shape: Shape & { kind: 'array' }, length: number): void {
		const size = (this.#shapes.size(shape.of) ?? 0) * length;
		const part = this.#bytes.subarray(place.offset, place.offset + size);
		const element = this.#shapes.of(shape.of);
		if (element?.kind === 'number' && element.scalar === 'character') {
			const { text, value } = characters(part, element.size);
			this.#row(place, part.length, text, value);
			return;
		}
		if (element?.kind === 'number' && element.size === 1) {
			this.#row(place, part.length, spaced(part), [...part]);
			return;
		}
		if (element?.kind === 'number') {
			const values = Array.from({ length }, (_, i) =>
				numberText(part.subarray(i * element.size, (i + 1) * element.size), element, place.member),
			);
			this.#row(
				place,
				part.length,
				`[${values.map((v) => v.text).join(', ')}]`,
				values.map((v) => v.value),
			);
			return;
		}
		this.#row(place, part.length, length === 1 ? l10n.t('1 element') : l10n.t('{0} elements', length), null);
		this.#elements(place, shape.of, length);
	}

	#elements(place: Place, of: CType, length: number): void {
		const size = this.#shapes.size(of) ?? 0;
		for (let i = 0; i < length; i++) {
			this.#read({
				path: `${place.path}[${i}]`,
				type: of,
				text: typeText(of),
				offset: place.offset + i * size,
				depth: place.depth + 1,
			});
		}
	}

	#tail(place: Place, shape: Shape & { kind: 'array' }): void {
		const size = this.#shapes.size(shape.of) ?? 0;
		const room = size === 0 ? 0 : Math.floor(Math.max(0, this.#bytes.length - place.offset) / size);
		const counted = this.#count(place);
		const length = Math.min(counted ?? room, room, 1024);
		this.#array(place, shape, length);
		if (counted !== undefined && counted > room) this.#cut({ ...place, path: `${place.path}[${room}]` });
		const element = this.#shapes.of(shape.of);
		if (element?.kind === 'record' && element.name === 'SOCKET_ADDRESS') {
			const rows = Array.from({ length }, (_, i) => {
				const at = place.offset + i * size;
				return [String(i), this.#socketAddress(at) ?? '?', this.#pointerText(this.#pointer(at))];
			});
			this.tables.push({ title: place.path, columns: ['#', l10n.t('address'), 'lpSockaddr'], rows });
		} else if (element?.kind === 'ipv4' || element?.kind === 'sockaddr') {
			const texts = new Map(this.rows.map(({ path, text }) => [path, text]));
			const rows = Array.from({ length }, (_, i) => [String(i), texts.get(`${place.path}[${i}]`) ?? '']);
			this.tables.push({ title: place.path, columns: ['#', l10n.t('address')], rows });
		}
	}

	/** What the member beside a tail that counts its elements holds (`iAddressCount`, `imsf_numsrc`). */
	#count(place: Place): number | undefined {
		const counter = place.member?.countedBy;
		if (counter === undefined) return undefined;
		const path = place.path.replace(/[^.]+$/, counter);
		const value = this.rows.findLast((r) => r.path === path)?.value;
		return typeof value === 'number' && value >= 0 ? value : undefined;
	}

	#pointer(offset: number): bigint {
		return readUnsigned(this.#bytes, offset, this.#shapes.pointer);
	}

	/** Offset in the buffer that a pointer leads to; undefined when it leads elsewhere. */
	#inside(pointer: bigint): number | undefined {
		if (this.#address === undefined || pointer < this.#address) return undefined;
		const offset = pointer - this.#address;
		return offset < BigInt(this.#memory.length) ? Number(offset) : undefined;
	}

	#pointerText(pointer: bigint): string {
		if (pointer === 0n) return 'NULL';
		const offset = this.#inside(pointer);
		return offset === undefined ? `0x${pointer.toString(16)}` : l10n.t('-> offset {0}', offset);
	}

	/** The address that a SOCKET_ADDRESS points to; undefined when it is not in this buffer. */
	#socketAddress(offset: number): string | undefined {
		const wide = this.#shapes.pointer;
		const to = this.#inside(this.#pointer(offset));
		if (to === undefined) return undefined;
		const length = Number(readUnsigned(this.#bytes, offset + wide, 4));
		return sockaddrText(this.#memory.subarray(to, Math.min(to + length, this.#memory.length)));
	}
}

/** A socket address as text; its family and bytes where the family is no IP. */
function sockaddrText(bytes: Uint8Array): string {
	if (bytes.length < 2) return '';
	const family = Number(readUnsigned(bytes, 0, 2));
	const port = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
	if (family === 2 && bytes.length >= 8) return endpointText(bytes.subarray(4, 8), port);
	if (family === 23 && bytes.length >= 24) {
		const scope = bytes.length >= 28 ? Number(readUnsigned(bytes, 24, 4)) : 0;
		return endpointText(bytes.subarray(8, 24), port, scope);
	}
	return addressFamilyName(family) ?? l10n.t('family {0}', family);
}

const spaced = (bytes: Uint8Array): string => hexOf(bytes).replace(/..(?=.)/g, '$& ');

function characters(bytes: Uint8Array, size: number): { text: string; value: string } {
	let value = '';
	for (let i = 0; i + size <= bytes.length; i += size)
		value += String.fromCharCode(Number(readUnsigned(bytes, i, size)));
	const end = value.indexOf('\0');
	const text = end < 0 ? value : value.slice(0, end);
	// What follows the terminator is no text; with bytes there, the hexadecimal form says more.
	const clean = /^\P{Cc}*$/u.test(text) && (end < 0 || /^\0*$/.test(value.slice(end)));
	return { text: clean ? JSON.stringify(text) : spaced(bytes), value: clean ? text : hexOf(bytes) };
}

function numberText(
	bytes: Uint8Array,
	shape: Shape & { kind: 'number' },
	member: Member | undefined,
	unit = member?.unit,
): { text: string; value: RowValue } {
	if (shape.scalar === 'float') {
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const value = shape.size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
		return { text: String(value), value };
	}
	let unsigned = readUnsigned(bytes, 0, shape.size);
	let width = shape.size * 8;
	if (member?.bits) {
		width = member.bits.width;
		unsigned = BigInt.asUintN(width, unsigned >> BigInt(member.bits.shift));
	}
	const number = shape.scalar === 'signed' ? BigInt.asIntN(width, unsigned) : unsigned;
	const value = Number.isSafeInteger(Number(number)) ? Number(number) : number.toString();
	if (member?.role === 'port') return { text: String((Number(unsigned & 0xffn) << 8) | Number(unsigned >> 8n)), value };
	if (member?.role === 'family') return { text: addressFamilyName(Number(number)) ?? String(number), value };
	const names = namesAt(shape, member);
	if (names) return { text: namedText(unsigned, number, names, width), value };
	if (shape.scalar === 'boolean') return { text: booleanText(number), value };
	return { text: withUnit(number, unit), value };
}

function booleanText(number: bigint): string {
	if (number === 0n) return 'FALSE';
	return number === 1n ? 'TRUE' : l10n.t('{0} (not 0)', String(number));
}

/** `IFF_UP | IFF_MULTICAST (0x11)`, `RPN_DATA_8 | RPN_STOP_1 (0x3)`, `RCVALL_ON (1)`. */
function namedText(unsigned: bigint, number: bigint, names: NumberNames, width: number): string {
	const { names: found, rest } = namesOf(unsigned, names, width);
	if (!names.flags) return found[0] ? `${found[0].name} (${number})` : String(number);
	const parts = [...found.map((n) => n.name), ...(rest === 0n ? [] : [`0x${rest.toString(16)}`])];
	const digits = unsigned === 0n ? '0' : `0x${unsigned.toString(16)}`;
	return found.length === 0 ? digits : `${parts.join(' | ')} (${digits})`;
}

/** `10000 ms (10 s)`. */
export function withUnit(number: bigint, unit: Unit | undefined): string {
	if (unit === undefined) return String(number);
	if (unit === 'bytes') return bytesText(number);
	const seconds = Number(number) / { ms: 1000, us: 1_000_000, s: 1 }[unit];
	const plain = `${number} ${unit === 'us' ? 'µs' : unit}`;
	if (unit === 's' ? seconds < 60 : seconds < 1) return plain;
	return `${plain} (${durationText(seconds)})`;
}

function durationText(seconds: number): string {
	const round = (n: number): string => String(Number(n.toFixed(2)));
	if (seconds < 60) return `${round(seconds)} s`;
	if (seconds < 3600) return `${round(seconds / 60)} min`;
	if (seconds < 86_400) return `${round(seconds / 3600)} h`;
	return `${round(seconds / 86_400)} d`;
}
