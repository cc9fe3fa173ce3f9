/** What every renderer says about a control code or a type, before it is Markdown or terminal text. */

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

const LEARN = 'https://learn.microsoft.com/en-us/';

/** Address of a page of documentation: that of a path of the catalog, or one that is whole already. */
export const documentationUrl = (path: string): string => (isWhole(path) ? path : LEARN + path);

const isWhole = (path: string): boolean => /^https?:/.test(path);

/** What a link to such a page is called. */
export const documentationLabel = (path: string): 'Documentation' | 'Microsoft Learn' =>
	isWhole(path) ? 'Documentation' : 'Microsoft Learn';

/** What is said of a structure whose members only a header tells. */
export const ofHeader = (type: CatalogType): string | undefined =>
	'fromHeader' in type ? 'Its members and its size are as the included header declares it.' : undefined;

/** A type as C writes it where the tag alone does not compile: `struct tcp_keepalive`. */
export function typeSpelling(name: string, catalog: Catalog): string {
	const type = catalog.type(name);
	return type?.kind === 'struct' && type.tagOnly ? `struct ${name}` : name;
}

/** `12`, or `4/8` where 32-bit and 64-bit Windows differ. */
export const bothSizes = (size: PerTarget): string =>
	size.x86 === size.x64 ? `${size.x86}` : `${size.x86}/${size.x64}`;

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
	readonly meaning?: string;
	/** How the whole size is computed, and what else is to be known about the size. */
	readonly size: readonly string[];
	/** Where use and size are known from, best first: `documents`, `header`, …; empty where nothing is said. */
	readonly source: string;
}

const SOURCES: Readonly<Record<Basis, string>> = {
	documented: 'documents',
	header: 'header',
	sample: 'sample code',
	observed: 'tests',
	reported: 'reports',
	configured: 'configuration',
};

/** A size that rules speak of softly says so. */
const DOUBTS: Readonly<Record<Confidence, string>> = {
	hard: '',
	type: '',
	soft: ', a hint only',
	conflict: ', in conflict',
};

const USES = {
	required: 'required',
	optional: 'optional',
	unused: 'ignored',
	'must-be-empty': 'must be empty',
} as const;

/** One direction's buffer. */
export function bufferFacts(code: ControlCode, side: 'input' | 'output', catalog: Catalog): BufferFacts {
	const spec: BufferSpec = code[side];
	const minimum = minimumSize(spec, catalog);
	const bytes = (n: number | undefined) =>
		spec.use === 'must-be-empty' ? '0' : n === undefined ? '-' : spec.variable ? `at least ${n}` : String(n);
	const size: string[] = [];
	if (spec.variable) size.push(sentence(spec.variable));
	if (spec.sizeQuery) size.push('A length of 0 asks for the size needed.');
	return {
		side,
		use: spec.use ? USES[spec.use] : 'not stated',
		...(spec.type === undefined ? {} : { type: spec.type }),
		accepts: spec.accepts ?? [],
		narrow: bytes(minimum?.x86),
		wide: bytes(minimum?.x64),
		...(spec.meaning === undefined ? {} : { meaning: spec.meaning }),
		size,
		source: spec.basis ? SOURCES[spec.basis] + (spec.confidence ? DOUBTS[spec.confidence] : '') : '',
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
			? [{ buffer: 'either', spec: input }]
			: [
					{ buffer: 'the input', spec: input },
					{ buffer: 'the output', spec: output },
				]
	).flatMap(({ buffer, spec }): ErrorSpec[] => {
		if (!spec) return [];
		const needed = spec.neededSize ? '; *lpcbBytesReturned then tells the size needed' : '';
		const note = spec.note ? `. ${capitalised(spec.note)}` : '';
		return [{ error: spec.error, when: `${buffer} buffer is too small${needed}${note}` }];
	});
	return [...short, ...(code.errors ?? [])].map(({ error, when, basis, source }) => ({
		error,
		when: `${when.replace(/\.$/, '')}${basis === 'reported' ? ` (${reportedIn(source)})` : ''}`,
	}));
}

/** What is said of something that only reports tell. */
const reportedIn = (source: string | undefined): string => `reported${source === undefined ? '' : ` in ${source}`}`;

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
	if (code.status)
		add('Status', STATUS[code.status.kind], code.status.note, code.status.instead && `Use ${code.status.instead}`);
	if (code.socket) add('Socket', socketText(code.socket), code.socket.note);
	for (const { rule, otherwise, note } of code.order ?? []) {
		add('Order', `${ORDER[rule]}${otherwise ? `; otherwise ${otherwise}` : ''}`, note);
	}
	if (code.overlapped) add('Overlapped', overlappedText(code.overlapped), code.overlapped.note);
	if (code.readBack) add('Sets only', 'It cannot be read back', code.readBack);
	if (code.privilege) add('Privilege', code.privilege);
	if (code.windows) add('Windows', windowsText(code.windows), code.windows.note);
	if (code.wskOnly) add('Function', 'Only WskControlSocket, in kernel mode, understands it');
	for (const { text, source } of code.reported ?? []) add('Reported', `${text.replace(/\.$/, '')} (${source})`);
	return conditions;
}

/** What must hold for the function that a GUID gives, and what was reported of the code that gives it. */
export function guidConditions(guid: ExtensionGuid, catalog: Catalog): readonly Condition[] {
	const socket = guid.socket && socketText(guid.socket);
	const { reported = [] } = catalog.code(guid.code)?.code ?? {};
	return [
		...(socket ? [{ label: 'Socket', text: sentence(socket) }] : []),
		...reported.map(({ text, source }) => ({
			label: 'Reported',
			text: sentence(`${text.replace(/\.$/, '')} (${source})`),
		})),
	];
}

const STATUS = {
	deprecated: 'deprecated',
	reserved: 'reserved',
	'not-implemented': 'not implemented',
	removed: 'removed',
} as const;

const ORDER: Readonly<Record<OrderRule, string>> = {
	'before-bind': 'Before bind',
	'after-bind': 'After bind',
	'before-connect': 'Before connect',
	'after-connect': 'After connect',
	'before-listen': 'Before listen',
	'after-accept': 'After accept',
};

function socketText(socket: SocketSpec): string | undefined {
	const lists = [socket.types, socket.families, socket.protocols].filter((list) => list && list.length > 0);
	if (lists.length === 0) return socket.otherwise && `On a wrong socket: ${socket.otherwise}`;
	const kinds = lists.map((list) => list!.join(' or ')).join(', ');
	const instead = socket.instead ? `; for others ${socket.instead}` : '';
	return `${kinds}${socket.otherwise ? `; on any other: ${socket.otherwise}` : ''}${instead}`;
}

function overlappedText({ rule, mayBlock, irp }: OverlappedSpec): string {
	const parts: string[] = [];
	if (rule) parts.push(rule);
	if (mayBlock) parts.push('a synchronous call on a blocking socket may wait long');
	if (irp) parts.push(`WskControlSocket: IRP ${irp}`);
	return parts.join('; ');
}

/** Which versions of Windows have it: `since Windows 8 (6.2)`. */
export function windowsText({ since, version, until }: WindowsSpec): string {
	const number = version ? ` (${version})` : '';
	return [since && `since ${since}${number}`, until && `until: ${until}`].filter(Boolean).join('; ');
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
	return low === high ? `bit ${low}` : `bits ${low}-${high}`;
}

/** The number of a named value: decimal, hexadecimal where it is a flag. */
export const valueText = (value: number, flags: boolean | undefined): string =>
	flags ? `0x${(value >>> 0).toString(16).toUpperCase()}` : String(value);

/** First letter in upper case, unless the text starts with a name of the code (`cbInBuffer`, `onoff`, `n`). */
function capitalised(text: string): string {
	const first = /^(?:a|\p{Ll}{2,})(?=[\s,;:.]|$)/u.exec(text)?.[0];
	return first === undefined ? text : text[0]!.toUpperCase() + text.slice(1);
}

/** A fragment as a sentence; empty where there is none. */
export const sentence = (text = ''): string =>
	text === '' ? '' : capitalised(text) + (/[.!?\u2026]$/.test(text) ? '' : '.');

/** How and where a code is defined, as far as that is known: `_WSAIOW(IOC_VENDOR, 4) in mstcpip.h`. */
export const definedAs = ({ opcode, header }: ControlCode, write = (definition: string) => definition): string =>
	[opcode.definition && write(opcode.definition), header && `in ${header}`].filter(Boolean).join(' ');

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
	const place = member ? `${member.name} of ${typeSpelling(type.name, catalog)}` : typeSpelling(type.name, catalog);
	return { number: valueText(value.value, member?.flags), text: `A value of ${place}. ${sentence(value.meaning)}` };
}

/** What is said of a value that several codes have. */
export function sharedValue(codes: readonly ControlCode[]): string {
	const decides = new Set(codes.map((c) => c.opcode.family)).size > 1 ? 'function' : 'socket';
	const count = codes.length === 2 ? 'Two' : codes.length;
	return `${count} control codes have this value; which one is meant depends on the ${decides}.`;
}

/** `0x4002`. */
export const optionNumber = (option: WskOption): string => `0x${option.value.toString(16).toUpperCase()}`;

/** What can be done with an option. */
export const optionAccess = ({ set, get }: WskOption): string => (set && get ? 'set and read' : set ? 'set' : 'read');

/** The first sentence of a summary; an abbreviation is no end, because a space and a capital must follow. */
export const firstSentence = (text: string): string => /^.*?[.!?](?=\s+\p{Lu}|$)/su.exec(text)?.[0] ?? text;
