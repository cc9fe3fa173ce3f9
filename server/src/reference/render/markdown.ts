/**
 * Markdown of the reference: hovers, pages and the generated documentation. The client also shows it unrendered, so it
 * has to read well as plain text: padded tables and few escapes.
 */

import type { Api } from '../../catalog/api.ts';
import type { Catalog, Constant } from '../../catalog/catalog.ts';
import type { AliasSpec, CatalogType, ControlCode, ExtensionGuid, WskOption } from '../../catalog/model.ts';
import { allNames } from '../../catalog/numberNames.ts';
import { hex } from '../../catalog/opcode.ts';
import { ruleHelp } from '../../rules/docs.ts';
import type { Rule } from '../../rules/rule.ts';
import { parseTypeName, resolveType, typeText } from '../../types/layout.ts';
import { bitPicture } from '../bits.ts';
import { errorUses, type KnownError } from '../errors.ts';
import {
	type BufferFacts,
	bitPlace,
	bothSizes,
	bufferFacts,
	conditionFacts,
	constantFacts,
	definedAs,
	documentationLabel,
	documentationUrl,
	errorFacts,
	firstSentence,
	guidConditions,
	inHeader,
	ofHeader,
	optionAccess,
	optionNumber,
	prototype,
	sentence,
	sharedValue,
	typeFacts,
	typeSpelling,
	valueText,
	windowsText,
} from '../facts.ts';
import type { Found } from '../search.ts';
import { columns } from './columns.ts';
import { table } from './table.ts';

export type PageKind = 'code' | 'struct' | 'function';

/** Address of another page; undefined: mention its name only. */
export type PageLink = (kind: PageKind, name: string) => string | undefined;

/** Pages that stand alone link to nothing of the reference. */
export const noLinks: PageLink = () => undefined;

/** Whose pages, and how they are reached. */
export interface Pages {
	readonly catalog: Catalog;
	readonly link: PageLink;
}

/** The same pages for a text that stands alone. */
const unlinked = (pages: Pages): Pages => ({ ...pages, link: noLinks });

const code = (text: string): string => `\`${text}\``;

/** A link to the page of a control code or type, or its name as code when there is none. */
function mention(kind: PageKind, name: string, pages: Pages, label = name): string {
	const { catalog, link } = pages;
	const known = {
		code: catalog.code(name)?.code.name,
		struct: catalog.type(name)?.name,
		function: catalog.functionByName(name)?.id,
	}[kind];
	const address = known === undefined ? undefined : link(kind, known);
	return address === undefined ? code(label) : `[${code(label)}](${address})`;
}

const pageKind = (name: string, catalog: Catalog): PageKind =>
	catalog.code(name) ? 'code' : catalog.functionByName(name) ? 'function' : 'struct';

const NAMES =
	/\b\w+\.(?:dll|h)\b|\b(?:sizeof|offsetof|[A-Z]\w*_SIZE)\([^()]*\)|\*?\b(?:lp|cb)\w*[A-Z]\w*|(?<![\w*])[A-Za-z_][A-Za-z0-9]*_\w*\*?|\b(?:WSA[A-Za-z]\w*|FIO[A-Z]+|SIOC[A-Z]+)\b/g;

/** Prose of the catalog: names of C become code, and nothing else is read as markup. */
export function prose(text: string): string {
	let result = '';
	let from = 0;
	for (const match of text.matchAll(NAMES)) {
		result += literally(text.slice(from, match.index)) + code(match[0]);
		from = match.index + match[0].length;
	}
	return result + literally(text.slice(from));
}

/** Multiplication signs between spaces are no emphasis and stay as they are. */
const literally = (text: string): string => text.replace(/[\\`<[\]]|\*(?! )|(?<=\w)\*/g, '\\$&');

const fence = (lines: readonly string[], language: string): string[] => [`\`\`\`${language}`, ...lines, '```'];

/** Joins blocks with one empty line between them; an empty block vanishes. */
const blocks = (...parts: readonly (string | readonly string[])[]): string =>
	`${parts
		.map((part) => (typeof part === 'string' ? part : part.join('\n')))
		.filter((part) => part !== '')
		.join('\n\n')}\n`;

const list = (items: readonly string[]): string[] => items.map((item) => `- ${item}`);

/** A link to a page of documentation, called as given where that is Microsoft's; nothing without a path. */
export function learnLink(path: string | undefined, label?: string): string[] {
	if (path === undefined) return [];
	const called = documentationLabel(path);
	return [`[${called === 'Microsoft Learn' ? (label ?? called) : called}](${documentationUrl(path)})`];
}

/** `sources` adds a column that says where each line is known from. */
function bufferTable(facts: readonly BufferFacts[], pages: Pages, sources = false): string[] {
	return table(
		['Buffer', 'Use', 'Type', '32-bit', '64-bit', ...(sources ? ['Known from'] : [])],
		facts.map((b) => [
			b.side,
			b.use,
			b.type === undefined ? '-' : mention('struct', b.type, pages, typeSpelling(b.type, pages.catalog)),
			b.narrow,
			b.wide,
			...(sources ? [b.source || '-'] : []),
		]),
		['32-bit', '64-bit'],
	);
}

/** What a buffer means and how long it is, for each that has something to say. */
function bufferNotes(facts: readonly BufferFacts[], pages: Pages): string[] {
	return facts.flatMap((b) => {
		const side = b.side === 'input' ? 'Input' : 'Output';
		const types = b.accepts.map((t) => mention('struct', t, pages, typeSpelling(t, pages.catalog)));
		const meaning = [
			...(b.meaning === undefined ? [] : [prose(sentence(b.meaning))]),
			...(types.length > 0 ? [`Also right: ${types.join(', ')}.`] : []),
		];
		return [
			...(meaning.length > 0 ? [`**${side}** ${meaning.join(' ')}`] : []),
			...(b.size.length > 0 ? [`**${side} size** ${b.size.map(prose).join(' ')}`] : []),
		];
	});
}

const buffersOf = (entry: ControlCode, { catalog }: Pages): readonly BufferFacts[] => [
	bufferFacts(entry, 'input', catalog),
	bufferFacts(entry, 'output', catalog),
];

function aliasNote(entry: ControlCode, alias: AliasSpec | undefined): string {
	if (!alias) return '';
	const relation = alias.kind === 'header' ? 'is another name of' : 'is a name that only documents use; the header has';
	return `${code(alias.name)} ${relation} ${code(entry.name)}. ${prose(sentence(alias.note))}`;
}

/** Other codes of the same value, for a code or for a number. */
function sharedNote(entry: ControlCode, pages: Pages): string {
	const others = pages.catalog.codes(entry.opcode.value).filter((c) => c !== entry);
	if (others.length === 0) return '';
	return `${others.map((c) => mention('code', c.name, pages)).join(' and ')}${inHeader(others.flatMap((c) => c.header ?? []).join(', '))} ${
		others.length === 1 ? 'has' : 'have'
	} the same value.`;
}

/** A structure's members tell what it means; a bare number needs a word, and every size does. */
function forHover({ accepts: _, meaning, ...facts }: BufferFacts, pages: Pages): BufferFacts {
	const record = facts.type === undefined ? undefined : pages.catalog.type(facts.type);
	const keep = meaning !== undefined && (record === undefined || record.kind === 'enum' || record.kind === 'alias');
	return { ...facts, accepts: [], ...(keep ? { meaning } : {}) };
}

/** Members that a hover shows at most; the page has them all. */
const MAX_MEMBERS = 8;

/** What the buffers' types look like, in few lines: members with their offsets, or the values of an enumeration. */
function sketches(facts: readonly BufferFacts[], pages: Pages): string[][] {
	const types = new Set(facts.flatMap((b) => (b.type === undefined ? [] : [pages.catalog.type(b.type)])));
	return [...types].flatMap((type) => {
		// Everybody knows a GUID, and which one is meant matters.
		if (!type || type.name === 'GUID') return [];
		return sketch(type, pages);
	});
}

/** What a type looks like, with a line above that names it. */
function sketch(type: CatalogType, { catalog }: Pages): string[][] {
	const { fields, values, flags } = typeFacts(type, catalog);
	const rows =
		fields.length > 0
			? fields.filter((f) => f.depth === 0).map((f) => [bothSizes(f.offset), f.text, f.path])
			: values.map((v) => [valueText(v.value, flags), v.name]);
	if (rows.length === 0) return [];
	const more = rows.length - MAX_MEMBERS;
	return [
		[`${code(typeSpelling(type.name, catalog))}, ${fields.length > 0 ? 'by offset' : 'by value'}:`],
		fence([...columns(rows.slice(0, MAX_MEMBERS), 0, [0]), ...(more > 0 ? [`… and ${more} more`] : [])], 'text'),
	];
}

/** Hovers centre the headers of columns that do not say where they stand. */
const leftHeaders = ([header = '', rule = '', ...rows]: readonly string[]): string[] => [
	header,
	rule.replace(/\| -(?=-+ )/g, '| :'),
	...rows,
];

/** A hover: what the call needs, with a link to the full page, and the bits last, as a hover is cut off below. */
export function codeHover(entry: ControlCode, pages: Pages, alias?: AliasSpec): string {
	const facts = buffersOf(entry, pages);
	const errors = errorFacts(entry).map(({ error, when }) => `${code(error)}: ${prose(when)}.`);
	const conditions = conditionFacts(entry).map(({ label, text }) => `**${label}** ${prose(text)}`);
	return blocks(
		`**${code(entry.name)}** = ${code(hex(entry.opcode.value))}`,
		aliasNote(entry, alias),
		prose(sentence(entry.summary)),
		leftHeaders(bufferTable(facts, pages)),
		...sketches(facts, pages),
		list([
			...bufferNotes(
				facts.map((b) => forHover(b, pages)),
				unlinked(pages),
			),
			...errors,
			...conditions,
		]),
		sharedNote(entry, pages),
		furtherLinks('code', entry.name, entry.documentation, pages),
		fence(bitPicture(entry.opcode.value, pages.catalog.family(entry.opcode)), 'text'),
	);
}

/** The last line of a hover: where there is more. */
function furtherLinks(kind: PageKind, name: string, documentation: string | undefined, { link }: Pages): string {
	const page = link(kind, name);
	return [...(page === undefined ? [] : [`[Full page](${page})`]), ...learnLink(documentation)].join(' · ');
}

/** A hover for the function of a call: what it does, how it is declared and how it tells errors. */
export const functionHover = (api: Api, pages: Pages): string =>
	blocks(
		`**${code(api.id)}**${inHeader(api.header)}: ${prose(firstSentence(api.summary))}`,
		fence(
			[
				prototype(api)
					.map((line) => line.trim())
					.join(' ')
					.replace('( ', '(')
					.replace(' );', ');'),
			],
			'c',
		),
		`**Result** ${prose(sentence(api.result))}`,
		furtherLinks('function', api.id, api.documentation, pages),
	);

/** Codes that the hover of a type names at most. */
const MAX_USES = 4;

/** A hover for a type: what it is, its members, and which codes take or give it. */
export function typeHover(type: CatalogType, pages: Pages): string {
	const { usedBy } = typeFacts(type, pages.catalog);
	const more = usedBy.length - MAX_USES;
	const uses = usedBy.slice(0, MAX_USES).map((u) => `${mention('code', u.code, pages)} (${u.side})`);
	return blocks(
		`**${code(typeSpelling(type.name, pages.catalog))}**${inHeader(type.header)}: ${prose(sentence(type.summary))} ${sizeLine(type, pages)}`.trim(),
		...sketch(type, pages).slice(1),
		uses.length === 0 ? '' : `Used by ${uses.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
		furtherLinks('struct', type.name, type.documentation, pages),
	);
}

/** A hover for a member of a structure; nothing where it has no such member of its own. */
export function memberHover(type: CatalogType, name: string, pages: Pages): string | undefined {
	const { fields } = typeFacts(type, pages.catalog);
	const field = fields.find(({ path, depth }) => path === name && depth === 0);
	if (!field) return undefined;
	const place = bitPlace(field) ?? `${bothSizes(field.size)} bytes`;
	const values = allNames(field).map((v) => [valueText(v.value, field.flags), v.name]);
	const more = values.length - MAX_MEMBERS;
	return blocks(
		`**${code(field.path)}** of ${mention('struct', type.name, pages, typeSpelling(type.name, pages.catalog))}: ${code(field.text)}, ${place} at offset ${bothSizes(field.offset)}`,
		field.meaning ? prose(sentence(field.meaning)) : '',
		values.length === 0
			? ''
			: fence([...columns(values.slice(0, MAX_MEMBERS), 0, [0]), ...(more > 0 ? [`… and ${more} more`] : [])], 'text'),
	);
}

/** A hover for a constant of a header. */
export function constantHover(constant: Constant, pages: Pages): string {
	const { type, member, value } = constant;
	const of = mention('struct', type.name, pages, typeSpelling(type.name, pages.catalog));
	return blocks(
		`**${code(value.name)}** = ${code(constantFacts(constant, pages.catalog).number)}, a value of ${member ? `${code(member.name)} of ` : ''}${of}`,
		prose(sentence(value.meaning)),
	);
}

/** A hover for a GUID that selects an extension function. */
export const guidHover = (guid: ExtensionGuid, pages: Pages): string =>
	blocks(
		`**${code(guid.name)}**${inHeader(guid.header)}: ${prose(sentence(guid.summary))}`,
		`As the input of ${mention('code', guid.code, pages)} it gives ${code(guid.gives)}, of type ${mention('struct', guid.type, pages)}.`,
		list(guidConditions(guid, pages.catalog).map(({ label, text }) => `**${label}** ${prose(text)}`)),
	);

/** What an argument of a call is expected to be, and what is given. */
export interface ArgumentFacts {
	/** As the function's declaration names it. */
	readonly name: string;
	/** Markdown; empty: nothing of it is known. */
	readonly expected: string;
	readonly given: string;
}

/** A hover for a buffer of a call or for the size of one; nothing where nothing is known of it. */
export function argumentHover(
	{ name, expected, given }: ArgumentFacts,
	entry: ControlCode,
	{ side, isSize }: { readonly side: 'input' | 'output'; readonly isSize: boolean },
	pages: Pages,
): string | undefined {
	const { catalog } = pages;
	const facts = bufferFacts(entry, side, catalog);
	const type = facts.type === undefined ? undefined : catalog.type(facts.type);
	const about = mention('code', entry.name, pages);
	const { use } = entry[side];
	const isNone = use === 'must-be-empty' || use === 'unused';
	const verb = side === 'input' ? 'reads' : 'writes';
	const shown = facts.type === undefined ? '' : mention('struct', facts.type, pages, typeSpelling(facts.type, catalog));
	const notes = isSize ? facts.size.map(prose) : [facts.meaning === undefined ? '' : prose(sentence(facts.meaning))];
	if (expected === '' && notes.every((note) => note === '')) return undefined;
	const said = [...(expected === '' ? [] : [`${expected} expected`]), ...(given === '' ? [] : [`${given} given`])];
	return blocks(
		`**${code(name)}**${said.length > 0 ? `: ${said.join(', ')}` : ''}`,
		isNone || shown !== '' ? `${about} ${isNone ? `has no ${side}` : `${verb} ${shown}`}.` : '',
		...notes,
		...(isSize || isNone || !type || type.name === 'GUID' ? [] : sketch(type, pages).slice(1)),
	);
}

/** What a number's bits say, in each family whose code it can be; the last text stands apart, for what follows it. */
function reading(value: number, { catalog }: Pages): { above: (string | string[])[]; text: string } {
	const families = catalog.familiesOf(value);
	const parts = families.flatMap((family) => [
		...(families.length > 1 ? [`As a code of ${family.name}:`] : []),
		fence(bitPicture(value, family), 'text'),
		family.split(value).text,
	]);
	return { above: parts.slice(0, -1), text: String(parts.at(-1)) };
}

/** A hover for a number: its bits, and the codes that have the value. */
export function numberHover(value: number, pages: Pages, heading = `**${code(hex(value))}**`): string {
	const entries = pages.catalog.codes(value);
	if (entries.length === 1) return codeHover(entries[0]!, pages);
	if (entries.length === 0) {
		const { above, text } = reading(value, pages);
		return blocks(heading, ...above, [text, ...unknownNote(value, pages)]);
	}
	return blocks(
		`**${code(hex(value))}** = ${entries.map((c) => code(c.name)).join(' or ')}`,
		sharedValue(entries),
		...entries.flatMap((c) => [
			`**${mention('code', c.name, pages)}**${inHeader(c.header)}: ${prose(sentence(c.summary))}`,
			leftHeaders(bufferTable(buffersOf(c, pages), pages)),
		]),
		...pages.catalog.familiesOf(value).map((family) => fence(bitPicture(value, family), 'text')),
	);
}

/** A hover for a name that a file or a header of the project gives to a code. */
export function definedCodeHover(name: string, value: number, header: string | undefined, pages: Pages): string {
	const where = header === undefined ? '' : `, defined in ${code(header)}`;
	if (pages.catalog.codes(value).length > 0)
		return blocks(numberHover(value, pages), `${code(name)}${where} is another name of it.`);
	return numberHover(value, pages, `**${code(name)}** = ${code(hex(value))}${where}`);
}

/** What can be said of a value that no code of the catalog has. */
function unknownNote(value: number, pages: Pages): string[] {
	const near = pages.catalog.near(value);
	return [
		'No control code of the catalog has this value.',
		...(near.length > 0
			? [
					`Only the direction bits differ from ${near
						.map((c) => `${mention('code', c.name, pages)} (${code(hex(c.opcode.value))})`)
						.join(' and ')}.`,
				]
			: []),
	];
}

/** The full page of a control code. */
export function codePage(entry: ControlCode, pages: Pages, alias?: AliasSpec): string {
	const facts = buffersOf(entry, pages);
	const { value } = entry.opcode;
	const family = pages.catalog.family(entry.opcode);
	const defined = definedAs(entry, code);
	const errors = errorFacts(entry);
	const conditions = conditionFacts(entry);
	const structs = [...new Set(facts.flatMap((b) => (b.type === undefined ? [] : [pages.catalog.type(b.type)])))].filter(
		(t): t is CatalogType => t !== undefined,
	);
	const taken = pages.catalog.entries.guids.filter((g) => g.code === entry.name);
	return blocks(
		`# ${entry.name}`,
		aliasNote(entry, alias),
		prose(sentence(entry.summary)),
		list([
			`**Value** ${code(hex(value))}, as a signed number ${value | 0}`,
			...(defined === '' ? [] : [`**Definition** ${defined}`]),
		]),
		'## Bits',
		fence(bitPicture(value, family), 'text'),
		family.split(value).text,
		sharedNote(entry, pages),
		'## Buffers',
		bufferTable(facts, pages, true),
		list(bufferNotes(facts, pages)),
		...structs.flatMap((t) => typeSection(t, pages)),
		...section(
			'## Errors',
			table(
				['Error', 'When'],
				errors.map(({ error, when }) => [code(error), prose(sentence(when))]),
			),
			errors,
		),
		...section('## Conditions', list(conditions.map(({ label, text }) => `**${label}** ${prose(text)}`)), conditions),
		...section('## Remarks', list((entry.remarks ?? []).map((r) => prose(sentence(r)))), entry.remarks),
		...section(
			'## Where sources disagree',
			list((entry.conflicts ?? []).map((c) => prose(sentence(c)))),
			entry.conflicts,
		),
		...section(
			'## Extension functions',
			table(
				['Name', 'GUID', 'Gives', 'Type', 'Since'],
				taken.map((g) => [
					code(g.name),
					code(g.guid),
					code(g.gives),
					mention('struct', g.type, pages),
					g.windows?.since ?? '-',
				]),
			),
			taken,
		),
		...section(
			'## Other names',
			list(
				(entry.aliases ?? []).map(
					(a) => `${code(a.name)}${a.header ? ` (${a.header})` : ''}: ${prose(sentence(a.note))}`,
				),
			),
			entry.aliases,
		),
		...section(
			'## Related',
			(entry.related ?? []).map((name) => mention(pageKind(name, pages.catalog), name, pages)).join(', '),
			entry.related,
		),
		...(entry.examples
			? [
					'## Examples',
					'A call that is right:',
					fence(entry.examples.accepted.trim().split('\n'), 'c'),
					'A call that is reported:',
					fence(entry.examples.rejected.trim().split('\n'), 'c'),
				]
			: []),
		learnLink(entry.documentation),
	);
}

const section = (title: string, body: string | readonly string[], present: readonly unknown[] | undefined) =>
	present && present.length > 0 ? [title, body] : [];

/** The page of any number: its bits, and every code that has the value. */
export function numberPage(value: number, pages: Pages): string {
	const entries = pages.catalog.codes(value);
	if (entries.length === 1) return codePage(entries[0]!, pages);
	const { above, text } = reading(value, pages);
	return blocks(
		`# ${hex(value)}`,
		table(['Value', 'Unsigned', 'As a signed number'], [[code(hex(value)), String(value >>> 0), String(value | 0)]]),
		'## Bits',
		...above,
		text,
		...(entries.length === 0
			? [unknownNote(value, pages).join(' ')]
			: [
					sharedValue(entries),
					...entries.flatMap((c) => [
						`## ${c.name}`,
						prose(sentence(c.summary)),
						bufferTable(buffersOf(c, pages), pages),
						list(bufferNotes(buffersOf(c, pages), pages)),
						definedIn(c),
						learnLink(c.documentation),
					]),
				]),
	);
}

/** `Defined in ws2ipdef.h as ….`; empty where that is not known. */
function definedIn({ header, opcode }: ControlCode): string {
	if (!header && !opcode.definition) return '';
	return `Defined${header ? ` in ${header}` : ''}${opcode.definition ? ` as ${code(opcode.definition)}` : ''}.`;
}

/** What a control code asks for, as a part of a page about something else. */
export function codeSections(entry: ControlCode, pages: Pages): string[] {
	const facts = buffersOf(entry, pages);
	const errors = errorFacts(entry).map(({ error, when }) => `${code(error)}: ${prose(when)}.`);
	const conditions = conditionFacts(entry).map(({ label, text }) => `**${label}** ${prose(text)}`);
	return [
		`## ${entry.name}`,
		prose(sentence(entry.summary)),
		fence(bitPicture(entry.opcode.value, pages.catalog.family(entry.opcode)), 'text'),
		bufferTable(facts, unlinked(pages)),
		list([...bufferNotes(facts, unlinked(pages)), ...conditions, ...errors]),
		learnLink(entry.documentation, `${entry.name} on Microsoft Learn`),
	]
		.map((part) => (typeof part === 'string' ? part : part.join('\n')))
		.filter((part) => part !== '');
}

/** The same for a number: every code that has the value, or its bits alone. */
export function numberSections(value: number, pages: Pages): string[] {
	const entries = pages.catalog.codes(value);
	if (entries.length > 0) return entries.flatMap((c) => codeSections(c, pages));
	const { above, text } = reading(value, pages);
	return [
		`## ${hex(value)}`,
		...above.map((part) => (typeof part === 'string' ? part : part.join('\n'))),
		[text, ...unknownNote(value, unlinked(pages))].join(' '),
	];
}

const sizeLine = (type: CatalogType, pages: Pages): string => {
	const { size, align } = typeFacts(type, pages.catalog);
	if (!size) return '';
	const alignment = align ? `, aligned to ${bothSizes(align)}` : '';
	return size.x86 === size.x64 && (!align || align.x86 === align.x64)
		? `${size.x64} ${size.x64 === 1 ? 'byte' : 'bytes'} on every target${alignment}.`
		: `${size.x86} bytes on 32-bit Windows, ${size.x64} on 64-bit${alignment}.`;
};

/** What a type is, below a code's buffers. */
function typeSection(type: CatalogType, pages: Pages): (string | string[])[] {
	return [
		`### ${typeSpelling(type.name, pages.catalog)}`,
		`${prose(sentence(type.summary))} ${sizeLine(type, pages)}`.trim(),
		...members(type, pages),
	];
}

function members(type: CatalogType, pages: Pages): (string | string[])[] {
	const { fields, values, flags } = typeFacts(type, pages.catalog);
	const result: (string | string[])[] = [];
	if (fields.length > 0) {
		result.push(
			table(
				['32-bit', '64-bit', 'Size', 'Type', 'Member', 'Meaning'],
				fields.map((f) => {
					const bits = bitPlace(f);
					const remarks = [
						f.meaning ? prose(sentence(f.meaning)) : '',
						f.tail ? 'Goes on to the end of the buffer.' : '',
						f.union ? 'Shares its bytes with the other members of its union.' : '',
					];
					const shown = f.type.kind === 'named' ? mention('struct', f.text, pages) : code(f.text);
					return [
						String(f.offset.x86),
						String(f.offset.x64),
						bits ?? bothSizes(f.size),
						shown,
						code(f.path),
						remarks.filter((r) => r !== '').join(' '),
					];
				}),
				['32-bit', '64-bit', 'Size'],
			),
		);
	}
	for (const f of fields) {
		const named = allNames(f);
		if (named.length === 0) continue;
		result.push(`Values of ${code(f.path)}${f.flags ? ', which may be combined' : ''}:`);
		result.push(valueTable(named, f.flags));
	}
	if (values.length > 0) result.push(valueTable(values, flags));
	return result;
}

const valueTable = (
	values: NonNullable<ReturnType<typeof typeFacts>['values']>,
	flags: boolean | undefined,
): string[] =>
	table(
		['Value', 'Name', 'Meaning'],
		values.map((v) => [valueText(v.value, flags), code(v.name), prose(sentence(v.meaning))]),
		['Value'],
	);

/** The full page of a type; with a constant, for the sake of that value. */
export function typePage(type: CatalogType, pages: Pages, constant?: Constant): string {
	const { usedBy } = typeFacts(type, pages.catalog);
	const names = [
		...(type.aliases?.length ? [`Also named ${type.aliases.map(code).join(', ')}.`] : []),
		...(type.pointers?.length ? [`Pointers to it: ${type.pointers.map(code).join(', ')}.`] : []),
	];
	const packed = 'pack' in type && type.pack ? `, packed to ${type.pack} ${type.pack === 1 ? 'byte' : 'bytes'}` : '';
	const of = type.header ? ` of ${type.header}` : '';
	const declared =
		type.kind === 'alias'
			? `A name${of} for ${code(typeText(resolveType(parseTypeName(type.of), pages.catalog.lookup) ?? parseTypeName(type.of)))}`
			: `${{ enum: 'An enumeration', union: 'A union', struct: 'A structure' }[type.kind]}${of}${packed}`;
	return blocks(
		`# ${typeSpelling(type.name, pages.catalog)}`,
		constant ? constantNote(constant, pages) : '',
		prose(sentence(type.summary)),
		[`${declared}. ${ofHeader(type) ?? sizeLine(type, pages)}`.trim(), ...names],
		...(type.kind === 'enum' || type.kind === 'alias' ? ['## Values'] : ['## Members']).filter(
			() => members(type, pages).length > 0,
		),
		...('fields' in type && type.fields.length > 0 ? ['Offsets and sizes are in bytes.'] : []),
		...members(type, pages),
		...section('## Used by', list(usedBy.map((u) => `${mention('code', u.code, pages)} (${u.side})`)), usedBy),
		learnLink(type.documentation),
	);
}

/** The page of an error: what it means for these calls, and which codes answer with it. */
export function errorPage(error: KnownError, pages: Pages): string {
	const uses = errorUses(error.name, pages.catalog);
	return blocks(
		`# ${error.name}`,
		error.number === undefined ? '' : `Error ${code(String(error.number))}, ${code(hex(error.number))}.`,
		error.meaning ? prose(sentence(error.meaning)) : '',
		uses.length === 0 ? 'No code of the catalog names it.' : '## Answered when',
		list(
			uses.map(
				({ when, codes }) => `${prose(sentence(when))} ${codes.map((name) => mention('code', name, pages)).join(', ')}`,
			),
		),
	);
}

/** The page of a rule. */
export const rulePage = (rule: Rule): string =>
	blocks(`# ${rule.id}`, `${rule.title}.`, ruleHelp(rule).markdown, `By default ${code(rule.severity)}.`);

/** What holds some words. */
export const searchPage = (words: string, found: readonly Found[], pages: Pages): string =>
	blocks(
		`# ${words}`,
		list(
			found.map(({ kind, name, detail }) => {
				return `${mention(pageKind(name, pages.catalog), name, pages)}, ${kind}: ${prose(sentence(detail))}`;
			}),
		),
	);

/** The page of a socket option of WskControlSocket. */
export function optionPage(option: WskOption, pages: Pages): string {
	return blocks(
		`# ${option.name}`,
		prose(sentence(option.summary)),
		`A socket option at level ${code(option.level)}, number ${code(optionNumber(option))}, that ${code(
			'WskControlSocket',
		)} can ${optionAccess(option)}. Its value is of type ${mention('struct', option.type, pages)}; an IRP is ${option.irp}.`,
		'It is no I/O control code.',
		learnLink(option.documentation),
	);
}

/** The page of a GUID that selects an extension function. */
export function guidPage(guid: ExtensionGuid, pages: Pages): string {
	return blocks(
		`# ${guid.name}`,
		prose(sentence(guid.summary)),
		`${code(guid.guid)}, of ${guid.header}. As the input of ${mention('code', guid.code, pages)} it gives ${code(
			guid.gives,
		)}, of type ${mention('struct', guid.type, pages)}.`,
		guid.windows ? `**Windows** ${prose(sentence(windowsText(guid.windows)))}` : '',
		list(guidConditions(guid, pages.catalog).map(({ label, text }) => `**${label}** ${prose(text)}`)),
	);
}

function constantNote(constant: Constant, { catalog }: Pages): string {
	const { number, text } = constantFacts(constant, catalog);
	return `${code(constant.value.name)} = ${code(number)}. ${prose(text)}`;
}

function declaredIn({ header, aliases }: Api): string {
	const others = aliases.length > 0 ? [`Other names that lead to it: ${aliases.map(code).join(', ')}.`] : [];
	return [...(header ? [`Declared in ${header}.`] : []), ...others].join(' ');
}

/** The page of a function that takes control codes. */
export function functionPage(api: Api): string {
	return blocks(
		`# ${api.id}`,
		prose(sentence(api.summary)),
		fence(prototype(api), 'c'),
		declaredIn(api),
		'## Arguments',
		table(
			['Argument', 'Type', 'Meaning'],
			api.parameters.map((p) => [code(p.name), code(p.type), prose(p.meaning)]),
		),
		'## Result',
		prose(sentence(api.result)),
		...section('## Remarks', list((api.remarks ?? []).map((r) => prose(sentence(r)))), api.remarks),
		learnLink(api.documentation),
	);
}
