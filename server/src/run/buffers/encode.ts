/** From field values to the bytes of an input buffer, with the problems of each value named. */
import * as l10n from '@vscode/l10n';
import { formatAddress, parseAddress } from '../../../../native/src/address.ts';
import type { Pointer } from '../../../../native/src/plan.ts';
import { guidBytes } from '../../catalog/guids.ts';
import type { MemberRole, NumberNames } from '../../catalog/model.ts';
import { ADDRESS_FAMILIES, INADDR, PROTOCOLS } from '../../catalog/names.ts';
import { allNames, conflictIn } from '../../catalog/numberNames.ts';
import type { CType } from '../../types/ctype.ts';
import { entryOf } from '../../types/own.ts';
import type { ScalarKind } from '../../types/scalars.ts';
import { readUnsigned, writeInteger } from './bytes.ts';
import { type Member, namesAt, type Shape, type Shapes, typeNamed } from './shape.ts';

/**
 * A value as forms, command lines and initialisers give it. Text stands for numbers (`0x10`), names (`RCVALL_ON`,
 * `IFF_UP | IFF_LOOPBACK`), addresses (`127.0.0.1:80`, `[::1]:80`), GUIDs (`WSAID_ACCEPTEX`) and `true` or `false`.
 */
export type FieldInput =
	| number
	| bigint
	| boolean
	| string
	| readonly FieldInput[]
	| { readonly [member: string]: FieldInput };

/** Values by path: `onoff`, `u.v4[2].x`; an empty path is the whole. Later ones win. */
export type FieldInputs = Readonly<Record<string, FieldInput>>;

export interface FieldProblem {
	/** Path of the value; empty for the whole. */
	readonly path: string;
	/** A sentence that names the range or the names allowed. */
	readonly message: string;
}

export interface Encoded {
	readonly bytes: Uint8Array;
	/** Addresses for the runner to fill in, where a structure points into its own buffer. */
	readonly pointers: readonly Pointer[];
}

export type EncodeResult =
	| ({ readonly ok: true } & Encoded)
	| { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** No input is larger than a plan may be. */
const LARGEST = 512 * 1024;

/**
 * The bytes of a value of a catalog type.
 * @param values by path; what none of them names stays 0.
 * @param wrap numbers out of range are cut to their size, as a C assignment does, instead of being refused.
 */
export function encode(type: CType | string, values: FieldInputs, shapes: Shapes, wrap = false): EncodeResult {
	const root = typeof type === 'string' ? typeNamed(type) : type;
	const size = shapes.size(root);
	if (size === undefined) {
		return {
			ok: false,
			problems: [{ path: '', message: l10n.t('The layout of this type is not known; give its bytes.') }],
		};
	}
	const writer = new Writer(size, shapes, wrap);
	for (const [path, value] of Object.entries(values)) {
		const place = writer.find(root, path);
		if (place) writer.write(place, value, path);
	}
	if (writer.problems.length > 0) return { ok: false, problems: writer.problems };
	return { ok: true, bytes: writer.bytes, pointers: writer.pointers };
}

/** Somewhere in the buffer, with what the member there says of its number. */
interface Place {
	readonly type: CType;
	readonly offset: number;
	readonly name: string;
	readonly member?: Member | undefined;
}

const noMember = (name: string): string => l10n.t('There is no {0} here.', name);

class Writer {
	bytes: Uint8Array;
	readonly pointers: Pointer[] = [];
	readonly problems: FieldProblem[] = [];
	readonly #shapes: Shapes;
	readonly #wrap: boolean;

	constructor(size: number, shapes: Shapes, wrap: boolean) {
		this.bytes = new Uint8Array(size);
		this.#shapes = shapes;
		this.#wrap = wrap;
	}

	#fail(path: string, message: string): undefined {
		this.problems.push({ path, message });
		return undefined;
	}

	/** Follows a path; arrays may be written past their declared end only where they go on to the end of the buffer. */
	find(root: CType, path: string): Place | undefined {
		let at: Place = { type: root, offset: 0, name: '' };
		if (path === '') return at;
		if (!/^(?:[A-Za-z_]\w*|\[\d{1,6}\])(?:\.[A-Za-z_]\w*|\[\d{1,6}\])*$/.test(path)) {
			return this.#fail(path, l10n.t('"{0}" is no path to a member; write one such as a.b[2].', path));
		}
		for (const step of path.match(/[A-Za-z_]\w*|\d+(?=\])/g) ?? []) {
			const next = /^\d/.test(step) ? this.#element(at, Number(step)) : this.#member(at, step);
			if (!next) {
				const names = this.#shapes.members(at.type).map((m) => m.name);
				const lacking = /^\d/.test(step) ? l10n.t('There is no element {0} here.', step) : noMember(step);
				const known = names.length > 0 ? [l10n.t('Its members are {0}.', names.join(', '))] : [];
				return this.#fail(path, [lacking, ...known].join(' '));
			}
			at = next;
		}
		return at;
	}

	#element(at: Place, index: number): Place | undefined {
		const shape = this.#shapes.of(at.type);
		if (shape?.kind !== 'array') return undefined;
		const one = this.#shapes.size(shape.of) ?? 0;
		if (index >= shape.length && at.member?.tail !== true) return undefined;
		if (one === 0 || (index + 1) * one > LARGEST) return undefined;
		return { type: shape.of, offset: at.offset + index * one, name: at.name };
	}

	#member(at: Place, name: string): Place | undefined {
		const direct = this.#direct(at.type, at.offset, name);
		if (direct) return direct;
		const shape = this.#shapes.of(at.type);
		// `s_addr` is the header's macro for S_un.S_addr.
		if (shape?.kind === 'ipv4' && name === 's_addr') {
			return { type: typeNamed('ULONG'), offset: at.offset, name };
		}
		// A slot for any address is written through the structure of one family.
		if (shape?.kind === 'sockaddr') {
			for (const type of ['SOCKADDR_IN', 'SOCKADDR_IN6']) {
				const found = this.#direct(typeNamed(type), at.offset, name);
				if (found) return found;
			}
		}
		return undefined;
	}

	#direct(type: CType, base: number, name: string): Place | undefined {
		const member = this.#shapes.members(type).find((m) => m.name === name);
		return member && { type: member.type, offset: base + member.offset, name, member };
	}

	#reserve(end: number): void {
		if (end <= this.bytes.length) return;
		const larger = new Uint8Array(end);
		larger.set(this.bytes);
		this.bytes = larger;
	}

	write(place: Place, value: FieldInput, path: string): void {
		const shape = this.#shapes.of(place.type);
		if (!shape) {
			this.#fail(path, l10n.t('The layout of this member is not known.'));
			return;
		}
		if (Array.isArray(value)) {
			this.#writeList(place, shape, value, path);
			return;
		}
		if (typeof value === 'object') {
			for (const [name, inner] of Object.entries(value)) {
				const at = /^\[\d+\]$/.test(name) ? this.#element(place, Number(name.slice(1, -1))) : this.#member(place, name);
				const where = path === '' || name.startsWith('[') ? path + name : `${path}.${name}`;
				if (at) this.write(at, inner, where);
				else this.#fail(where, noMember(name));
			}
			return;
		}
		this.#writeOne(place, shape, value as number | bigint | boolean | string, path);
	}

	#writeList(place: Place, shape: Shape, list: readonly FieldInput[], path: string): void {
		if (shape.kind === 'record' && shape.name === 'SOCKET_ADDRESS_LIST') {
			this.#addressList(place, list, path);
			return;
		}
		if (shape.kind === 'array') {
			const tail = place.member?.tail === true;
			if (!tail && list.length > shape.length) {
				this.#fail(path, l10n.t('{0} values are too many; there is room for {1}.', list.length, shape.length));
				return;
			}
			for (const [index, value] of list.entries()) {
				const at = this.#element(place, index);
				if (at) this.write(at, value, `${path}[${index}]`);
			}
			return;
		}
		// In order of declaration, as a brace initialiser.
		const members = this.#shapes.members(place.type);
		if (members.length === 0 || list.length > members.length) {
			this.#fail(path, l10n.t('A list of {0} values does not fit here.', list.length));
			return;
		}
		for (const [index, value] of list.entries()) {
			const member = members[index]!;
			const at: Place = { type: member.type, offset: place.offset + member.offset, name: member.name, member };
			this.write(at, value, path === '' ? member.name : `${path}.${member.name}`);
		}
	}

	/** Addresses by text: the entries first, what they point to behind them. */
	#addressList(place: Place, list: readonly FieldInput[], path: string): void {
		const entry = this.#shapes.size(typeNamed('SOCKET_ADDRESS'))!;
		const first = this.#shapes.members(place.type).find((m) => m.tail)!.offset + place.offset;
		const pointer = this.#shapes.pointer;
		writeInteger(this.bytes, place.offset, 4, BigInt(list.length));
		let behind = Math.max(this.bytes.length, first + entry * list.length);
		for (const [index, value] of list.entries()) {
			const bytes = typeof value === 'string' ? sockaddrBytes(value) : undefined;
			if (!bytes) {
				this.#fail(`${path}[${index}]`, l10n.t('An entry is an address such as 127.0.0.1:80 or [::1]:80.'));
				return;
			}
			const at = first + entry * index;
			this.#reserve(behind + bytes.length);
			this.bytes.set(bytes, behind);
			writeInteger(this.bytes, at + pointer, 4, BigInt(bytes.length));
			this.pointers.push({ at, to: 'self', offset: behind });
			behind += Math.ceil(bytes.length / 8) * 8;
		}
	}

	/** The bytes of a `WSAID_*` name or of a GUID's text. */
	#guid(text: string): Uint8Array | undefined {
		return guidBytes(this.#shapes.catalog.guid(text.trim())?.guid ?? text.trim());
	}

	#writeOne(place: Place, shape: Shape, value: number | bigint | boolean | string, path: string): void {
		switch (shape.kind) {
			case 'guid': {
				const bytes = this.#guid(String(value));
				if (bytes) this.#put(place.offset, bytes);
				else
					this.#fail(path, l10n.t('A GUID is a WSAID_* name, or text such as b5367df1-cbac-11cf-95ca-00805f48a192.'));
				return;
			}
			case 'ipv4': {
				const bytes = parseAddress(addressText(String(value)));
				if (bytes?.length === 4) this.#put(place.offset, bytes);
				else this.#fail(path, l10n.t('This is an IPv4 address such as 127.0.0.1.'));
				return;
			}
			case 'ipv6': {
				const bytes = parseAddress(String(value));
				if (bytes?.length === 16) this.#put(place.offset, bytes);
				else this.#fail(path, l10n.t('This is an IPv6 address such as ::1.'));
				return;
			}
			case 'sockaddr': {
				const bytes = sockaddrBytes(String(value));
				if (!bytes) this.#fail(path, l10n.t('This is an address such as 127.0.0.1, 127.0.0.1:80 or [::1]:80.'));
				// Inside of another structure the slot alone is its own; the scope of IPv6 may not fit.
				else this.#put(place.offset, path === '' ? bytes : bytes.subarray(0, shape.size));
				return;
			}
			case 'array': {
				const bytes = textBytes(shape, String(value), this.#shapes);
				if (!bytes) this.#fail(path, l10n.t('This is a list of values, or bytes in hexadecimal such as 01 02 ff.'));
				else if (bytes.length > shape.size && place.member?.tail !== true) {
					this.#fail(path, l10n.t('{0} bytes are too many; there is room for {1}.', bytes.length, shape.size));
				} else this.#put(place.offset, bytes);
				return;
			}
			case 'record': {
				const bytes = hexBytes(String(value));
				if (bytes && bytes.length <= shape.size) this.#put(place.offset, bytes);
				else
					this.#fail(
						path,
						l10n.t('This is a structure of {0} bytes: give its members, or its bytes in hexadecimal.', shape.size),
					);
				return;
			}
			case 'pointer': {
				const number = value === 'NULL' || value === '' ? 0n : integerOf(value);
				if (number === undefined || number < 0n || number >= 1n << BigInt(shape.size * 8)) {
					this.#fail(path, l10n.t('This is a pointer: NULL, or an address as a number.'));
				} else this.#number(place, shape.size, number);
				return;
			}
			case 'number':
				this.#writeNumber(place, shape, value, path);
		}
	}

	#writeNumber(
		place: Place,
		shape: Shape & { kind: 'number' },
		value: number | bigint | boolean | string,
		path: string,
	): void {
		const { member } = place;
		if (shape.scalar === 'float') {
			const number = Number(value);
			if (value === '' || Number.isNaN(number)) {
				this.#fail(path, l10n.t('This is a number.'));
				return;
			}
			const view = new DataView(new ArrayBuffer(8));
			if (shape.size === 4) view.setFloat32(0, number, true);
			else view.setFloat64(0, number, true);
			this.#put(place.offset, new Uint8Array(view.buffer, 0, shape.size));
			return;
		}
		const names = namesAt(shape, member);
		const named = names && allNames(names);
		const clash = names && typeof value === 'string' ? conflictIn(wordsOf(value), names) : undefined;
		if (clash) {
			this.#fail(path, l10n.t('{0} and {1} exclude each other.', clash[0].name, clash[1].name));
			return;
		}
		const number = numberOf(value, member?.role, shape.scalar, names);
		if (number === undefined) {
			const [given, allowed] = [JSON.stringify(String(value)), named?.map((n) => n.name).join(', ')];
			const problem =
				allowed === undefined
					? l10n.t('{0} is not a number.', given)
					: l10n.t('{0} is not a number or one of {1}.', given, allowed);
			this.#fail(path, problem);
			return;
		}
		const bits = member?.bits?.width ?? shape.size * 8;
		const { lowest, highest } = rangeOf(shape.scalar, bits);
		// The headers write high bits of signed enumerations as unsigned numbers.
		const most = named?.some((n) => BigInt(n.value) > highest) ? (1n << BigInt(bits)) - 1n : highest;
		if (!this.#wrap && (number < lowest || number > most)) {
			const [given, from, to] = [number, lowest, highest].map(String);
			this.#fail(path, l10n.t('{0} is out of range: this takes {1} to {2}.', given ?? '', from ?? '', to ?? ''));
			return;
		}
		const ordered = member?.role === 'port' && typeof value === 'string' ? swapped16(number) : number;
		this.#number(place, shape.size, ordered);
	}

	#number(place: Place, size: number, value: bigint): void {
		const bits = place.member?.bits;
		if (!bits) {
			this.#reserve(place.offset + size);
			writeInteger(this.bytes, place.offset, size, value);
			return;
		}
		const mask = ((1n << BigInt(bits.width)) - 1n) << BigInt(bits.shift);
		const before = readUnsigned(this.bytes, place.offset, size);
		writeInteger(this.bytes, place.offset, size, (before & ~mask) | ((value << BigInt(bits.shift)) & mask));
	}

	#put(offset: number, bytes: Uint8Array): void {
		this.#reserve(offset + bytes.length);
		this.bytes.set(bytes, offset);
	}
}

const swapped16 = (n: bigint): bigint => ((n & 0xffn) << 8n) | ((n >> 8n) & 0xffn);

/** Lowest and highest number of a scalar or a bit-field. */
export function rangeOf(scalar: ScalarKind, bits: number): { lowest: bigint; highest: bigint } {
	const signed = scalar === 'signed';
	const top = 1n << BigInt(signed ? bits - 1 : bits);
	return { lowest: signed ? -top : 0n, highest: top - 1n };
}

const wordsOf = (text: string): string[] => text.split('|').map((word) => word.trim());

/** The number that a value stands for; undefined when it stands for none. */
function numberOf(
	value: number | bigint | boolean | string,
	role: MemberRole | undefined,
	scalar: ScalarKind,
	names: NumberNames | undefined,
): bigint | undefined {
	if (typeof value !== 'string') return integerOf(value);
	const text = value.trim();
	const one = (word: string): bigint | undefined => {
		const named =
			(names && allNames(names).find((n) => n.name === word)?.value) ??
			entryOf(role === 'family' ? ADDRESS_FAMILIES : PROTOCOLS, word);
		if (named !== undefined) return BigInt(named);
		if (word === 'TRUE' || word === 'true') return 1n;
		if (word === 'FALSE' || word === 'false') return 0n;
		return integerOf(word);
	};
	if (scalar === 'character' && /^'.'$/u.test(text)) return BigInt(text.codePointAt(1)!);
	if (!names?.flags && !text.includes('|')) return one(text);
	let all = 0n;
	for (const word of wordsOf(text)) {
		const bit = one(word);
		if (bit === undefined) return undefined;
		all |= bit;
	}
	return all;
}

function integerOf(value: number | bigint | boolean | string): bigint | undefined {
	if (typeof value === 'bigint') return value;
	if (typeof value === 'boolean') return value ? 1n : 0n;
	if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
	const match = /^\s*(-?)(0[xX][\da-fA-F]{1,16}|\d{1,20})[uUlL]{0,3}\s*$/.exec(value);
	if (!match) return undefined;
	return match[1] === '-' ? -BigInt(match[2]!) : BigInt(match[2]!);
}

/** The address that a header's name (`INADDR_LOOPBACK`) stands for; any other text as it is. */
function addressText(text: string): string {
	const number = entryOf(INADDR, text);
	return number === undefined ? text : [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join('.');
}

/** `127.0.0.1`, `127.0.0.1:80`, `::1`, `[::1]:80`, each also with `%scope` behind an IPv6 address. */
export function parseEndpoint(text: string): { address: Uint8Array; port: number; scope: number } | undefined {
	const match = /^\s*(?:\[([^\]]+)\](?::(\d{1,5}))?|([\d.]+|INADDR_\w+)(?::(\d{1,5}))?|([\da-fA-F:.%]+))\s*$/.exec(
		text,
	);
	if (!match) return undefined;
	const written = match[1] ?? match[3] ?? match[5]!;
	const [plain, scope] = written.split('%');
	const address = parseAddress(addressText(plain!));
	const port = Number(match[2] ?? match[4] ?? 0);
	const zone = scope === undefined ? 0 : Number(scope);
	if (!address || port > 0xffff || !Number.isInteger(zone) || (scope !== undefined && address.length === 4))
		return undefined;
	return { address, port, scope: zone };
}

/** The `SOCKADDR_IN` or `SOCKADDR_IN6` of an address as text; undefined when it is none. */
function sockaddrBytes(text: string): Uint8Array | undefined {
	const endpoint = parseEndpoint(text);
	if (!endpoint) return undefined;
	const { address, port, scope } = endpoint;
	const v4 = address.length === 4;
	const bytes = new Uint8Array(v4 ? 16 : 28);
	writeInteger(bytes, 0, 2, BigInt(v4 ? ADDRESS_FAMILIES.AF_INET! : ADDRESS_FAMILIES.AF_INET6!));
	bytes.set([port >> 8, port & 0xff], 2);
	bytes.set(address, v4 ? 4 : 8);
	if (!v4) writeInteger(bytes, 24, 4, BigInt(scope));
	return bytes;
}

/** An address with its port where it has one: `127.0.0.1:80`, `[::1]:80`, `fe80::1%2`. */
export function endpointText(address: Uint8Array, port: number, scope = 0): string {
	const plain = formatAddress(address) + (scope === 0 ? '' : `%${scope}`);
	if (port === 0) return plain;
	return address.length === 4 ? `${plain}:${port}` : `[${plain}]:${port}`;
}

function hexBytes(text: string): Uint8Array | undefined {
	const digits = text.replace(/^\s*0x/i, '').replace(/[\s,:-]+/g, '');
	if (!/^(?:[\da-fA-F]{2})*$/.test(digits)) return undefined;
	return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Characters for an array of characters, hexadecimal digits for any other. */
function textBytes(shape: Shape & { kind: 'array' }, text: string, shapes: Shapes): Uint8Array | undefined {
	const element = shapes.of(shape.of);
	if (element?.kind === 'number' && element.scalar === 'character') {
		const quoted = /^"(.*)"$/s.exec(text)?.[1] ?? text;
		const bytes = new Uint8Array(quoted.length * element.size);
		for (let i = 0; i < quoted.length; i++) {
			const unit = quoted.charCodeAt(i);
			if (element.size === 1 && unit > 0xff) return undefined;
			writeInteger(bytes, i * element.size, element.size, BigInt(unit));
		}
		return bytes;
	}
	return hexBytes(text);
}
