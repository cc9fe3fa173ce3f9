/** What every renderer says about a control code or a type, before it is Markdown or terminal text. */

import * as l10n from '@vscode/l10n';
import type { Api } from '../catalog/api.ts';
import type { Catalog, Constant } from '../catalog/catalog.ts';
import type {
	Basis,
	BufferSpec,
	CatalogType,
	Confidence,
	ControlCode,
	ErrorSpec,
	ExtensionGuid,
	NamedValue,
	OrderRule,
	OverlappedSpec,
	SocketSpec,
	WindowsSpec,
	WskOption,
} from '../catalog/model.ts';
import { allNames } from '../catalog/numberNames.ts';
import type { PerTarget } from '../types/ctype.ts';
import { alignOf, type FieldInfo, fieldsOf, parseTypeName, sizeOf } from '../types/layout.ts';
import { minimumSize } from '../types/requirements.ts';
import { atLeast, eitherOf } from './words.ts';

/** Address of a page of documentation: that of a path of the catalog, or one that is whole already. */
export const documentationUrl = (path: string): string =>
	isWhole(path) ? path : l10n.t('https://learn.microsoft.com/en-us/') + path;

const isWhole = (path: string): boolean => /^https?:/.test(path);

/** What a link to such a page is called, `own` where it is Microsoft's. */
export const documentationLabel = (path: string, own = 'Microsoft Learn'): string =>
	isWhole(path) ? l10n.t('Documentation') : own;

/** What is said of a structure whose members only a header tells. */
export const ofHeader = (type: CatalogType): string | undefined =>
	'fromHeader' in type ? l10n.t('Its members and its size are as the included header declares it.') : undefined;

/** A type as C writes it where the tag alone does not compile: `struct tcp_keepalive`. */
export function typeSpelling(name: string, catalog: Catalog): string {
	const type = catalog.type(name);
	return type?.kind === 'struct' && type.tagOnly ? `struct ${name}` : name;
}

/** `12`, or `4/8` where 32-bit and 64-bit Windows differ. */
export const bothSizes = (size: PerTarget): string =>
	size.x86 === size.x64 ? `${size.x86}` : `${size.x86}/${size.x64}`;

/** `12 bytes`, `4/8 bytes (32-bit/64-bit)`, of a size as `bothSizes` writes it. */
export const bytesOnBoth = (size: string): string => {
	if (size === '1') return l10n.t('1 byte');
	return size.includes('/') ? l10n.t('{0} bytes (32-bit/64-bit)', size) : l10n.t('{0} bytes', size);
};

export interface BufferFacts {
	readonly side: 'input' | 'output';
	/** `required`, `must be empty`, …; `not stated` where no source says. */
	readonly use: string;
	/** Name of the catalog's type. */
	readonly type?: string;
	readonly accepts: readonly string[];
	/** Smallest size in bytes: `12`, `at least 16`; `-` where there is nothing to say. */
	readonly narrow: string;
	readonly wide: string;
	/** The same in words, for both at once: `12 bytes`; absent where there is nothing to say. */
	readonly bytes?: string;
	readonly meaning?: string;
	/** How the whole size is computed, and what else is to be known about the size. */
	readonly size: readonly string[];
	/** Where use and size are known from, best first: `documents`, `header`, …; empty where nothing is said. */
	readonly source: string;
}

const SOURCES: Readonly<Record<Basis, () => string>> = {
	documented: () => l10n.t('documents'),
	header: () => l10n.t('header'),
	sample: () => l10n.t('sample code'),
	observed: () => l10n.t('tests'),
	reported: () => l10n.t('reports'),
	configured: () => l10n.t('configuration'),
};

/** A size that rules speak of softly says so. */
const DOUBTS: Readonly<Record<Confidence, (source: string) => string>> = {
	hard: (source) => source,
	type: (source) => source,
	soft: (source) => l10n.t('{0}, a hint only', source),
	conflict: (source) => l10n.t('{0}, in conflict', source),
};

function sourceText({ basis, confidence }: BufferSpec): string {
	if (!basis) return '';
	const source = SOURCES[basis]();
	return confidence ? DOUBTS[confidence](source) : source;
}

const USES: Readonly<Record<NonNullable<BufferSpec['use']>, () => string>> = {
	required: () => l10n.t('required'),
	optional: () => l10n.t('optional'),
	unused: () => l10n.t('ignored'),
	'must-be-empty': () => l10n.t('must be empty'),
};

/** One direction's buffer. */
export function bufferFacts(code: ControlCode, side: 'input' | 'output', catalog: Catalog): BufferFacts {
	const spec: BufferSpec = code[side];
	const minimum = minimumSize(spec, catalog);
	const bytes = (n: number | undefined) =>
		spec.use === 'must-be-empty' ? '0' : n === undefined ? '-' : spec.variable ? atLeast(n) : String(n);
	const both = minimum && bothSizes(minimum);
	const told = both && spec.variable ? atLeast(both) : both;
	const size: string[] = [];
	if (spec.variable) size.push(sentence(spec.variable));
	if (spec.sizeQuery) size.push(l10n.t('A length of 0 asks for the size needed.'));
	return {
		side,
		use: spec.use ? USES[spec.use]() : l10n.t('not stated'),
		...(spec.type === undefined ? {} : { type: spec.type }),
		accepts: spec.accepts ?? [],
		narrow: bytes(minimum?.x86),
		wide: bytes(minimum?.x64),
		...(told === undefined || spec.use === 'must-be-empty' ? {} : { bytes: bytesOnBoth(told) }),
		...(spec.meaning === undefined ? {} : { meaning: spec.meaning }),
		size,
		source: sourceText(spec),
	};
}

/** Errors of short buffers first, then the others. */
export function errorFacts(code: ControlCode): ErrorSpec[] {
	const { tooSmall: input } = code.input;
	const { tooSmall: output } = code.output;
	const alike =
		input?.error === output?.error && input?.note === output?.note && input?.neededSize === output?.neededSize;
	const short = (
		alike
			? [{ isShort: l10n.t('either buffer is too small'), spec: input }]
			: [
					{ isShort: l10n.t('the input buffer is too small'), spec: input },
					{ isShort: l10n.t('the output buffer is too small'), spec: output },
				]
	).flatMap(({ isShort, spec }): ErrorSpec[] => {
		if (!spec) return [];
		const told = spec.neededSize ? l10n.t('{0}; *lpcbBytesReturned then tells the size needed', isShort) : isShort;
		const note = spec.note ? `. ${capitalised(spec.note)}` : '';
		return [{ error: spec.error, when: `${told}${note}` }];
	});
	return [...short, ...(code.errors ?? [])].map(({ error, when, basis, source }) => ({
		error,
		when: `${when.replace(/\.$/, '')}${basis === 'reported' ? ` (${reportedIn(source)})` : ''}`,
	}));
}

/** What is said of something that only reports tell. */
const reportedIn = (source: string | undefined): string =>
	source === undefined ? l10n.t('reported') : l10n.t('reported in {0}', source);

/** A condition of the call, with a short heading: `Socket`, `Windows`. */
export interface Condition {
	readonly label: string;
	readonly text: string;
}

/** What must hold besides the buffers. */
export function conditionFacts(code: ControlCode): Condition[] {
	const conditions: Condition[] = [];
	const add = (label: string, ...parts: (string | undefined)[]) => {
		const text = parts.filter((p) => p !== undefined && p !== '').map((p) => sentence(p!));
		if (text.length > 0) conditions.push({ label, text: text.join(' ') });
	};
	const { status, socket, overlapped, readBack, privilege, windows } = code;
	if (status)
		add(l10n.t('Status'), STATUS[status.kind](), status.note, status.instead && l10n.t('Use {0}', status.instead));
	if (socket) add(l10n.t('Socket'), socketText(socket), socket.note);
	for (const { rule, otherwise, note } of code.order ?? []) {
		const order = orderText(rule);
		add(l10n.t('Order'), otherwise ? l10n.t('{0}; otherwise {1}', order, otherwise) : order, note);
	}
	if (overlapped) add(l10n.t('Overlapped'), overlappedText(overlapped), overlapped.note);
	if (readBack) add(l10n.t('Sets only'), l10n.t('It cannot be read back'), readBack);
	if (privilege) add(l10n.t('Privilege'), privilege);
	if (windows) add('Windows', windowsText(windows), windows.note);
	if (code.wskOnly) add(l10n.t('Function'), l10n.t('Only WskControlSocket, in kernel mode, understands it'));
	for (const { text, source } of code.reported ?? []) add(l10n.t('Reported'), `${text.replace(/\.$/, '')} (${source})`);
	return conditions;
}

/** What must hold for the function that a GUID gives, and what was reported of the code that gives it. */
export function guidConditions(guid: ExtensionGuid, catalog: Catalog): readonly Condition[] {
	const socket = guid.socket && socketText(guid.socket);
	const { reported = [] } = catalog.code(guid.code)?.code ?? {};
	return [
		...(socket ? [{ label: l10n.t('Socket'), text: sentence(socket) }] : []),
		...reported.map(({ text, source }) => ({
			label: l10n.t('Reported'),
			text: sentence(`${text.replace(/\.$/, '')} (${source})`),
		})),
	];
}

const STATUS: Readonly<Record<NonNullable<ControlCode['status']>['kind'], () => string>> = {
	deprecated: () => l10n.t('deprecated'),
	reserved: () => l10n.t('reserved'),
	'not-implemented': () => l10n.t('not implemented'),
	removed: () => l10n.t('removed'),
};

const ORDER: Readonly<Record<OrderRule, () => string>> = {
	'before-bind': () => l10n.t('before bind'),
	'after-bind': () => l10n.t('after bind'),
	'before-connect': () => l10n.t('before connect'),
	'after-connect': () => l10n.t('after connect'),
	'before-listen': () => l10n.t('before listen'),
	'after-accept': () => l10n.t('after accept'),
};

/** When a call may be made, in words: `before bind`. */
export const orderText = (rule: OrderRule): string => ORDER[rule]();

function socketText(socket: SocketSpec): string | undefined {
	const lists = [socket.types, socket.families, socket.protocols].filter((list) => list && list.length > 0);
	if (lists.length === 0) return socket.otherwise && l10n.t('On a wrong socket: {0}', socket.otherwise);
	const kinds = lists.map((list) => eitherOf(list!)).join(', ');
	const told = socket.otherwise ? l10n.t('{0}; on any other: {1}', kinds, socket.otherwise) : kinds;
	return socket.instead ? l10n.t('{0}; for others {1}', told, socket.instead) : told;
}

const RULES: Readonly<Record<NonNullable<OverlappedSpec['rule' | 'irp']>, () => string>> = {
	required: () => l10n.t('required'),
	optional: () => l10n.t('optional'),
	recommended: () => l10n.t('recommended'),
	forbidden: () => l10n.t('forbidden'),
};

/** What is said of an argument that makes a call return early: `required`. */
export const laterWord = (rule: keyof typeof RULES): string => RULES[rule]();

function overlappedText({ rule, mayBlock, irp }: OverlappedSpec): string {
	const parts: string[] = [];
	if (rule) parts.push(laterWord(rule));
	if (mayBlock) parts.push(l10n.t('a synchronous call on a blocking socket may wait long'));
	if (irp) parts.push(`WskControlSocket: IRP ${laterWord(irp)}`);
	return parts.join('; ');
}

/** Which versions of Windows have it: `since Windows 8 (6.2)`. */
export function windowsText({ since, version, until }: WindowsSpec): string {
	const first = since && `${since}${version ? ` (${version})` : ''}`;
	return [first && l10n.t('since {0}', first), until && l10n.t('until: {0}', until)].filter(Boolean).join('; ');
}

export interface TypeFacts {
	readonly size?: PerTarget;
	readonly align?: PerTarget;
	/** Members; those of a member whose type has a page of its own are left out. */
	readonly fields: readonly FieldInfo[];
	readonly values: readonly NamedValue[];
	/** The values are bits and groups of bits. */
	readonly flags?: boolean;
	/** Control codes whose buffers hold it. */
	readonly usedBy: readonly { readonly code: string; readonly side: 'input' | 'output' }[];
}

/** Everything derived about a type of the catalog. */
export function typeFacts(type: CatalogType, catalog: Catalog): TypeFacts {
	const { lookup } = catalog;
	const name = parseTypeName(type.name);
	const size = sizeOf(name, lookup);
	const align = alignOf(name, lookup);
	const named: string[] = [];
	const fields = (fieldsOf(name, lookup) ?? []).filter((field) => {
		if (named.some((prefix) => field.path.startsWith(prefix))) return false;
		if (field.type.kind === 'named') named.push(`${field.path}.`);
		return true;
	});
	return {
		...(size ? { size } : {}),
		...(align ? { align } : {}),
		fields,
		values: 'fields' in type ? [] : allNames(type),
		...('flags' in type && type.flags ? { flags: true } : {}),
		usedBy: catalog.entries.codes.flatMap((code) =>
			(['input', 'output'] as const)
				.filter((side) => [code[side].type, ...(code[side].accepts ?? [])].some((t) => t && catalog.type(t) === type))
				.map((side) => ({ code: code.name, side })),
		),
	};
}

/** `31`, or `0-3` for the bits of a bit-field, counted from the lowest of the unit that holds it. */
export function bitPlace(field: FieldInfo): string | undefined {
	if (!field.bits) return undefined;
	const low = field.bits.shift.x64;
	const high = low + field.bits.width - 1;
	return low === high ? l10n.t('bit {0}', low) : l10n.t('bits {0}-{1}', low, high);
}

/** The number of a named value: decimal, hexadecimal where it is a flag. */
export const valueText = (value: number, flags: boolean | undefined): string =>
	flags ? `0x${(value >>> 0).toString(16).toUpperCase()}` : String(value);

/** First letter in upper case, unless the text starts with a name (`cbInBuffer`, `winsock.h`, `n`). */
function capitalised(text: string): string {
	const first = /^(?!ioctlsocket\b)(?:a|\p{Ll}{2,})(?=[\s,;:]|\.(?!\p{Ll})|$)/u.exec(text)?.[0];
	return first === undefined ? text : text[0]!.toUpperCase() + text.slice(1);
}

/** A fragment as a sentence; empty where there is none. */
export const sentence = (text = ''): string =>
	text === '' ? '' : capitalised(text) + (/[.!?\u2026]$/.test(text) ? '' : '.');

/** How and where a code is defined, as far as that is known: `_WSAIOW(IOC_VENDOR, 4) in mstcpip.h`. */
export function definedAs({ opcode, header }: ControlCode, write = (definition: string) => definition): string {
	const definition = opcode.definition ? write(opcode.definition) : '';
	return header ? l10n.t('{0} in {1}', definition, header).trimStart() : definition;
}

/** ` (mstcpip.h)`; empty where no header is known. */
export const inHeader = (header: string | undefined): string => (header ? ` (${header})` : '');

/** A function as C declares it, one parameter a line. */
export function prototype(api: Api): string[] {
	const declared = api.parameters.map(({ name, type }) => (type.endsWith('*') ? type + name : `${type} ${name}`));
	return [
		`${api.returns} ${api.id}(`,
		...declared.map((d, i) => `    ${d}${i < declared.length - 1 ? ',' : ''}`),
		');',
	];
}

/** What a named value is and where it belongs; ends with a full stop. */
export function constantFacts(
	{ value, type, member }: Constant,
	catalog: Catalog,
): { readonly number: string; readonly text: string } {
	const name = typeSpelling(type.name, catalog);
	const place = member ? l10n.t('{0} of {1}', member.name, name) : name;
	const text = `${l10n.t('A value of {0}.', place)} ${sentence(value.meaning)}`;
	return { number: valueText(value.value, member?.flags), text };
}

/** What is said of a value that several codes have. */
export function sharedValue(codes: readonly ControlCode[]): string {
	const count = codes.length === 2 ? l10n.t('Two') : codes.length;
	return new Set(codes.map((c) => c.opcode.family)).size > 1
		? l10n.t('{0} control codes have this value; which one is meant depends on the function.', count)
		: l10n.t('{0} control codes have this value; which one is meant depends on the socket.', count);
}

/** `0x4002`. */
export const optionNumber = (option: WskOption): string => `0x${option.value.toString(16).toUpperCase()}`;

/** What can be done with an option. */
export const optionAccess = ({ set, get }: WskOption): string =>
	set && get ? l10n.t('set and read') : set ? l10n.t('set') : l10n.t('read');

/** The first sentence of a summary; an abbreviation is no end, because a space and a capital must follow. */
export const firstSentence = (text: string): string => /^.*?[.!?](?=\s+\p{Lu}|$)/su.exec(text)?.[0] ?? text;
