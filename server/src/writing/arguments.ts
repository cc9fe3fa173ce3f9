/** What can be written as an argument of a call whose code is known, and what each argument means for that code. */
import * as l10n from '@vscode/l10n';
import type { IoctlCall, PointerArgument } from '../calls/model.ts';
import type { VisibleObject } from '../calls/siteAt.ts';
import type { Wording } from '../calls/wording.ts';
import type { Api, ArgumentRoles } from '../catalog/api.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { BufferSpec, ControlCode } from '../catalog/model.ts';
import { bothSizes, typeSpelling } from '../reference/facts.ts';
import type { CType, PerTarget } from '../types/ctype.ts';
import { parseTypeName, resolveType, sizeOf, typeText } from '../types/layout.ts';
import { minimumSize } from '../types/requirements.ts';
import { scalarKind } from '../types/scalars.ts';

/** A text that can stand as an argument. */
export interface Proposal {
	readonly text: string;
	/** What it is: `struct tcp_keepalive`, `12 bytes`. */
	readonly detail: string;
	readonly kind: 'variable' | 'constant' | 'size';
	/** No other is as good. */
	readonly isBest?: boolean;
}

export type Side = 'input' | 'output';
export type Role = keyof ArgumentRoles;

/** What a call is asked for. */
export interface ArgumentPlace {
	readonly api: Api;
	readonly code: ControlCode | undefined;
	readonly call: IoctlCall;
	readonly catalog: Catalog;
	/** How its language writes things. */
	readonly wording: Wording;
	/** A null pointer as the file writes it. */
	readonly nullWord: string;
	/** Variables in sight by the types that are wanted. */
	readonly objects: (types: readonly string[]) => readonly VisibleObject[];
}

/** The role of an argument; of a buffer that is read and written the side that the code uses. */
export function roleOf(api: Api, slot: number, code?: ControlCode): Role | undefined {
	const roles = (Object.keys(api.roles) as Role[]).filter((role) => api.roles[role] === slot);
	if (roles.length < 2 || !code) return roles[0];
	return roles.find((role) => (role === 'input' || role === 'output') && isWanted(code, role)) ?? roles[0];
}

const isWanted = (code: ControlCode, side: Side): boolean =>
	code[side].use === 'required' || code[side].use === 'optional';

/** The code has no such buffer. */
export function isWithout(code: ControlCode, side: Side, catalog: Catalog): boolean {
	const { use, type, minimum } = code[side];
	if (use === 'unused' || use === 'must-be-empty') return true;
	const bits = catalog.family(code.opcode).split(code.opcode.value);
	return use === undefined && type === undefined && minimum === undefined && !(side === 'input' ? bits.in : bits.out);
}

/** What can be written for an argument in its role. */
export function proposals(role: Role, place: ArgumentPlace): readonly Proposal[] {
	switch (role) {
		case 'input':
		case 'output':
			return bufferProposals(role, place);
		case 'inputSize':
			return sizeProposals('input', place);
		case 'outputSize':
			return sizeProposals('output', place);
		case 'bytesReturned':
			return countProposals(place);
		case 'overlapped':
		case 'completion':
		case 'irp':
			return laterProposals(role, place);
		default:
			return [];
	}
}

/** What is said of a buffer that a code does not have. */
export const hasNo = ({ name }: ControlCode, side: Side): string =>
	side === 'input' ? l10n.t('{0} has no input', name) : l10n.t('{0} has no output', name);

function bufferProposals(side: Side, place: ArgumentPlace): readonly Proposal[] {
	const { code, catalog, nullWord } = place;
	if (!code) return [];
	const nothing: Proposal = { text: nullWord, detail: hasNo(code, side), kind: 'constant' };
	if (isWithout(code, side, catalog)) return [{ ...nothing, isBest: true }];
	const spec = code[side];
	const found = fitting(spec, place);
	const noSide = side === 'input' ? l10n.t('no input') : l10n.t('no output');
	const isOptional = spec.use === 'optional' || spec.sizeQuery === true;
	const none = { ...nothing, detail: spec.sizeQuery ? l10n.t('asks for the size needed') : noSide };
	return [
		...found.map(
			({ text, detail }, i): Proposal => ({ text, detail, kind: 'variable', ...(i === 0 ? { isBest: true } : {}) }),
		),
		...(isOptional ? [none] : []),
	];
}

interface Fit {
	/** As the address is written, and the object behind it. */
	readonly text: string;
	readonly object: string;
	readonly detail: string;
	readonly rank: number;
}

/** The variables that can be a buffer of a code, the best first. */
function fitting(spec: BufferSpec, place: ArgumentPlace): readonly Fit[] {
	const { catalog, objects, wording } = place;
	const names = [spec.type, ...(spec.accepts ?? [])].filter((name) => name !== undefined);
	const minimum = minimumSize(spec, catalog);
	if (names.length === 0 && !minimum) return [];
	const fits = objects(names.flatMap((name) => spellings(name, catalog))).flatMap((object): Fit[] => {
		if (wording.closedBuffers) return bytesFit(object, minimum, catalog);
		const fit = object.type && typeFit(object.name, object.type, { spec, names, minimum, catalog });
		return fit ? [fit] : [];
	});
	return fits.toSorted((a, b) => a.rank - b.rank);
}

/** Names by which a type can be declared. */
function spellings(name: string, catalog: Catalog): readonly string[] {
	const type = catalog.type(name);
	return type ? [type.name, ...(type.aliases ?? []), ...(type.pointers ?? [])] : [name];
}

function bytesFit({ name, bytes, type }: VisibleObject, minimum: PerTarget | undefined, catalog: Catalog): Fit[] {
	if (!bytes || (minimum && (bytes.x86 < minimum.x86 || bytes.x64 < minimum.x64))) return [];
	const isExact = minimum?.x64 === bytes.x64;
	const detail = type ? spelt(type, catalog) : l10n.t('{0} bytes', bothSizes(bytes));
	return [{ text: name, object: name, detail, rank: isExact ? 0 : 1 }];
}

interface Wanted {
	readonly spec: BufferSpec;
	readonly names: readonly string[];
	readonly minimum: PerTarget | undefined;
	readonly catalog: Catalog;
}

const BYTES = /^(?:(?:un)?signed char|char|CHAR|UCHAR|BYTE|byte|u_char|uint8_t|int8_t|UINT8)$/;

function typeFit(name: string, type: CType, wanted: Wanted): Fit | undefined {
	const detail = spelt(type, wanted.catalog);
	const rank = rankOf(type, wanted);
	if (rank !== undefined) return { text: `&${name}`, object: name, detail, rank };
	const pointed = pointedBy(type, wanted.catalog);
	const inner = pointed && rankOf(pointed, wanted);
	if (inner !== undefined) return { text: name, object: `*${name}`, detail, rank: inner };
	if (type.kind !== 'array') return undefined;
	const size = sizeOf(type, wanted.catalog.lookup);
	const { minimum } = wanted;
	if (!size || (minimum && (size.x86 < minimum.x86 || size.x64 < minimum.x64))) return undefined;
	const element = rankOf(type.of, wanted);
	if (element !== undefined) return { text: name, object: name, detail, rank: element + 1 };
	// Only what has no fixed length is put into bytes.
	const isBytes = wanted.spec.variable !== undefined && BYTES.test(nameOf(type.of) ?? '');
	return isBytes ? { text: name, object: name, detail, rank: 4 } : undefined;
}

function pointedBy(type: CType, catalog: Catalog): CType | undefined {
	if (type.kind === 'pointer') return type.to;
	const resolved = type.kind === 'named' ? resolveType(type, catalog.lookup) : undefined;
	return resolved?.kind === 'pointer' ? resolved.to : undefined;
}

/** How well a type is one of those that a buffer can hold; undefined: it is none. */
function rankOf(type: CType, { names, catalog }: Wanted): number | undefined {
	const name = nameOf(type);
	if (name === undefined) return undefined;
	const known = catalog.type(name);
	const at = names.findIndex((wanted) => wanted === name || (known !== undefined && catalog.type(wanted) === known));
	if (at >= 0) return at === 0 ? 0 : 1;
	return names.some((wanted) => isSameNumber(name, wanted, catalog)) ? 2 : undefined;
}

/** A type as C declares it. */
function spelt(type: CType, catalog: Catalog): string {
	const name = nameOf(type);
	return name === undefined ? typeText(type) : typeSpelling(name, catalog);
}

function nameOf(type: CType): string | undefined {
	if (type.kind === 'scalar' || type.kind === 'named') return type.name;
	return (type.kind === 'record' || type.kind === 'enum') && type.name !== '' ? type.name : undefined;
}

const NUMBERS: ReadonlySet<string | undefined> = new Set(['signed', 'unsigned', 'boolean']);

/** Two names of integers of one size: `DWORD` and `ULONG`. */
function isSameNumber(one: string, other: string, catalog: Catalog): boolean {
	if (!NUMBERS.has(scalarKind(one)) || !NUMBERS.has(scalarKind(other))) return false;
	const [a, b] = [one, other].map((name) => sizeOf(parseTypeName(name), catalog.lookup));
	return a !== undefined && a.x86 === b?.x86 && a.x64 === b.x64;
}

function sizeProposals(side: Side, place: ArgumentPlace): readonly Proposal[] {
	const { code, catalog, wording, call } = place;
	const zero: Proposal = { text: '0', detail: l10n.t('no bytes'), kind: 'size' };
	const pointer = call[side]?.pointer;
	if (pointer?.nullness === 'null') return [{ ...zero, isBest: true }];
	if (!code) return [];
	if (isWithout(code, side, catalog)) return [{ ...zero, detail: hasNo(code, side), isBest: true }];
	const spec = code[side];
	const found: Proposal[] = [];
	const add = (text: string | undefined, detail: string) => {
		if (text === undefined || found.some((p) => p.text === text)) return;
		found.push({ text, detail, kind: 'size', ...(found.length === 0 ? { isBest: true } : {}) });
	};
	const fits = fitting(spec, place);
	const given = pointer && pointer.text !== '' ? objectGiven(pointer, place) : undefined;
	if (given) add(wording.objectSize(given.object), given.detail);
	else if (!pointer || pointer.text === '')
		for (const { object, detail } of fits) add(wording.objectSize(object), detail);
	const minimum = minimumSize(spec, catalog);
	if (spec.variable === undefined && !given) {
		const type = spec.type === undefined ? undefined : typeSpelling(spec.type, catalog);
		add(wording.typeSize(type, minimum), minimum ? l10n.t('{0} bytes', bothSizes(minimum)) : (spec.type ?? ''));
	}
	return found;
}

/** The object whose address is written: `ka` of `&ka`, `*p` of `p`. */
function objectGiven(
	pointer: PointerArgument,
	{ objects, wording, catalog }: ArgumentPlace,
): Omit<Fit, 'rank' | 'text'> | undefined {
	const [, address, name] = /^(&?)([A-Za-z_$][\w$]*)$/.exec(pointer.text) ?? [];
	if (name === undefined) return undefined;
	const object = objects([]).find((each) => each.name === name);
	const type = object?.type;
	if (wording.closedBuffers) {
		return object?.bytes ? { object: name, detail: l10n.t('{0} bytes', bothSizes(object.bytes)) } : undefined;
	}
	if (address === '&') return { object: name, detail: type ? spelt(type, catalog) : '' };
	if (!type || type.kind === 'array') return type && { object: name, detail: spelt(type, catalog) };
	const pointed = pointedBy(type, catalog);
	// What a pointer to bytes points to has another size than they.
	const size = pointed && sizeOf(pointed, catalog.lookup);
	return size && size.x64 > 1 ? { object: `*${name}`, detail: spelt(pointed, catalog) } : undefined;
}

/** Where the number of bytes goes. */
function countProposals(place: ArgumentPlace): readonly Proposal[] {
	const { api, call, catalog, nullWord, wording, objects } = place;
	const parameter = api.parameters[api.roles.bytesReturned ?? -1];
	const type = parameter && pointedBy(parseTypeName(parameter.type), catalog);
	const name = type && nameOf(type);
	const found =
		type && name ? fitting({ type: name }, { ...place, objects: () => objects([name, parameter.type]) }) : [];
	// A buffer of another size is there for something else, and so is the input.
	const ranked = found.filter(
		({ text, rank }) => text !== call.input?.pointer.text && !(wording.closedBuffers && rank > 0),
	);
	const none: Proposal = { text: nullWord, detail: l10n.t('the count is not wanted'), kind: 'constant' };
	return [
		...ranked.map(
			({ text, detail }, i): Proposal => ({ text, detail, kind: 'variable', ...(i === 0 ? { isBest: true } : {}) }),
		),
		...(api.bytesReturnedOptional ? [none] : []),
	];
}

/** What an operation that ends later is told by. */
function laterProposals(role: 'overlapped' | 'completion' | 'irp', place: ArgumentPlace): readonly Proposal[] {
	const { api, code, catalog, nullWord, wording, objects } = place;
	const parameter = api.parameters[api.roles[role] ?? -1];
	const isForbidden = role === 'irp' ? code?.overlapped?.irp === 'forbidden' : code?.overlapped?.rule === 'forbidden';
	const isRequired = role === 'irp' ? code?.overlapped?.irp === 'required' : code?.overlapped?.rule === 'required';
	const none: Proposal = {
		text: nullWord,
		detail: role === 'irp' ? l10n.t('none') : l10n.t('the call waits'),
		kind: 'constant',
	};
	const written = parameter && parseTypeName(parameter.type);
	const type = written && pointedBy(written, catalog);
	const name = type && nameOf(type);
	const isLooked = !isForbidden && role === 'overlapped' && name !== undefined && !wording.closedBuffers;
	const found = isLooked ? fitting({ type: name }, { ...place, objects: () => objects(spellings(name, catalog)) }) : [];
	return [
		...(isRequired && role !== 'completion' ? [] : [{ ...none, ...(isRequired ? {} : { isBest: true }) }]),
		...found.map(({ text, detail }): Proposal => ({ text, detail, kind: 'variable' })),
	];
}
