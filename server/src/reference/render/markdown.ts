/**
 * Markdown of the reference: hovers, pages and the generated documentation. The client also shows it unrendered, so it
 * has to read well as plain text: padded tables and few escapes.
 */

import * as l10n from '@vscode/l10n';
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
	laterWord,
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
import type { Found, FoundKind } from '../search.ts';
import { bytesText, eitherOf, everyOf, sideTitle, sideWord } from '../words.ts';
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
	return [`[${documentationLabel(path, label)}](${documentationUrl(path)})`];
}

/** `sources` adds a column that says where each line is known from. */
function bufferTable(facts: readonly BufferFacts[], pages: Pages, sources = false): string[] {
	const sizes = [l10n.t('32-bit'), l10n.t('64-bit')];
	return table(
		[l10n.t('Buffer'), l10n.t('Use'), l10n.t('Type'), ...sizes, ...(sources ? [l10n.t('Known from')] : [])],
		facts.map((b) => [
			sideWord(b.side),
			b.use,
			b.type === undefined ? '-' : mention('struct', b.type, pages, typeSpelling(b.type, pages.catalog)),
			b.narrow,
			b.wide,
			...(sources ? [b.source || '-'] : []),
		]),
		sizes,
	);
}

/** What a buffer means and how long it is, for each that has something to say. */
function bufferNotes(facts: readonly BufferFacts[], pages: Pages): string[] {
	return facts.flatMap((b) => {
		const size = b.side === 'input' ? l10n.t('Input size') : l10n.t('Output size');
		const types = b.accepts.map((t) => mention('struct', t, pages, typeSpelling(t, pages.catalog)));
		const meaning = [
			...(b.meaning === undefined ? [] : [prose(sentence(b.meaning))]),
			...(types.length > 0 ? [l10n.t('Also right: {0}.', types.join(', '))] : []),
		];
		return [
			...(meaning.length > 0 ? [`**${sideTitle(b.side)}** ${meaning.join(' ')}`] : []),
			...(b.size.length > 0 ? [`**${size}** ${b.size.map(prose).join(' ')}`] : []),
		];
	});
}

/** Each buffer in a line of its own, with what it means: a hover is narrow, and read aloud. */
const bufferLines = (facts: readonly BufferFacts[], pages: Pages): string[] =>
	facts.map((b) => {
		const type = b.type === undefined ? [] : [mention('struct', b.type, pages, typeSpelling(b.type, pages.catalog))];
		const told = [b.use, ...type, ...(b.bytes === undefined ? [] : [b.bytes])].join(', ');
		const more = [...(b.meaning === undefined ? [] : [sentence(b.meaning)]), ...b.size];
		return [`**${sideTitle(b.side)}** ${told}.`, ...more.map(prose)].join(' ');
	});

const buffersOf = (entry: ControlCode, { catalog }: Pages): readonly BufferFacts[] => [
	bufferFacts(entry, 'input', catalog),
	bufferFacts(entry, 'output', catalog),
];

function aliasNote(entry: ControlCode, alias: AliasSpec | undefined): string {
	if (!alias) return '';
	const [own, name] = [code(alias.name), code(entry.name)];
	const relation =
		alias.kind === 'header'
			? l10n.t('{0} is another name of {1}.', own, name)
			: l10n.t('{0} is a name that only documents use; the header has {1}.', own, name);
	return `${relation} ${prose(sentence(alias.note))}`;
}

/** Other codes of the same value, for a code or for a number. */
function sharedNote(entry: ControlCode, pages: Pages): string {
	const others = pages.catalog.codes(entry.opcode.value).filter((c) => c !== entry);
	if (others.length === 0) return '';
	const named = everyOf(others.map((c) => mention('code', c.name, pages)));
	const told = `${named}${inHeader(others.flatMap((c) => c.header ?? []).join(', '))}`;
	return others.length === 1 ? l10n.t('{0} has the same value.', told) : l10n.t('{0} have the same value.', told);
}

/** A structure's members tell what it means; a bare number needs a word, and every size does. */
function forHover({ meaning, ...facts }: BufferFacts, pages: Pages): BufferFacts {
	const record = facts.type === undefined ? undefined : pages.catalog.type(facts.type);
	const keep = meaning !== undefined && (record === undefined || record.kind === 'enum' || record.kind === 'alias');
	return { ...facts, ...(keep ? { meaning } : {}) };
}

/** Members that a hover shows at most; the page has them all. */
const MAX_MEMBERS = 8;

/** What the buffers' types look like, in few lines: members with their offsets, or the values of an enumeration. */
function sketches(facts: readonly BufferFacts[], pages: Pages): string[][] {
	const types = new Set(facts.flatMap((b) => (b.type === undefined ? [] : [pages.catalog.type(b.type)])));
	const drawn = [...types].flatMap((type) => {
		// Everybody knows a GUID, and which one is meant matters.
		if (!type || type.name === 'GUID') return [];
		const [title, drawing] = sketch(type, pages);
		return title && drawing ? [{ title, drawing }] : [];
	});
	// The line above has named the only one.
	return drawn.length === 1 ? [drawn[0]!.drawing] : drawn.flatMap(({ title, drawing }) => [title, drawing]);
}

/** What a type looks like, with a line above that names it. */
function sketch(type: CatalogType, { catalog }: Pages): [title: string[], drawing: string[]] | [] {
	const { fields, values, flags } = typeFacts(type, catalog);
	const rows =
		fields.length > 0
			? fields.filter((f) => f.depth === 0).map((f) => [bothSizes(f.offset), f.text, f.path])
			: values.map((v) => [valueText(v.value, flags), v.name]);
	if (rows.length === 0) return [];
	const name = code(typeSpelling(type.name, catalog));
	return [[fields.length > 0 ? l10n.t('{0}, by offset:', name) : l10n.t('{0}, by value:', name)], firstOf(rows)];
}

/** As many lines as a hover shows, and how many more there are. */
function firstOf(rows: readonly (readonly string[])[]): string[] {
	const more = rows.length - MAX_MEMBERS;
	const rest = more > 0 ? [l10n.t('… and {0} more', more)] : [];
	return fence([...columns(rows.slice(0, MAX_MEMBERS), 0, [0]), ...rest], 'text');
}

/** A hover: what the call needs. The links stand in its first line and the bits last, as a hover is cut off below. */
export const codeHover = (entry: ControlCode, pages: Pages, alias?: AliasSpec): string =>
	blocks(
		titleLine(
			`**${code(entry.name)}** = ${code(hex(entry.opcode.value))}`,
			furtherLinks('code', entry.name, entry.documentation, pages),
		),
		...codeText(entry, pages, alias),
	);

/** The same without a link, for a list whose rows are read aloud as they are written. */
export const codeSummary = (entry: ControlCode, catalog: Catalog, alias?: AliasSpec): string =>
	blocks(...codeText(entry, { catalog, link: noLinks }, alias));

function codeText(entry: ControlCode, pages: Pages, alias: AliasSpec | undefined): (string | string[])[] {
	const facts = buffersOf(entry, pages);
	const shown = facts.map((b) => forHover(b, pages));
	const errors = errorFacts(entry).map(({ error, when }) => `${code(error)}: ${prose(when)}.`);
	const conditions = conditionFacts(entry).map(({ label, text }) => `**${label}** ${prose(text)}`);
	return [
		aliasNote(entry, alias),
		prose(sentence(entry.summary)),
		list(bufferLines(shown, pages)),
		...sketches(facts, pages),
		list([...errors, ...conditions]),
		sharedNote(entry, pages),
		fence(bitPicture(entry.opcode.value, pages.catalog.family(entry.opcode)), 'text'),
	];
}

const titleLine = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');

/** Where there is more than a hover says. */
function furtherLinks(kind: PageKind, name: string, documentation: string | undefined, { link }: Pages): string {
	const page = link(kind, name);
	return [...(page === undefined ? [] : [`[${l10n.t('Full page')}](${page})`]), ...learnLink(documentation)].join(
		' · ',
	);
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
		`**${l10n.t('Result')}** ${prose(sentence(api.result))}`,
		furtherLinks('function', api.id, api.documentation, pages),
	);

/** Codes that the hover of a type names at most. */
const MAX_USES = 4;

/** A hover for a type: what it is, its members, and which codes take or give it. */
export function typeHover(type: CatalogType, pages: Pages): string {
	const { usedBy } = typeFacts(type, pages.catalog);
	const more = usedBy.length - MAX_USES;
	const uses = usedBy.slice(0, MAX_USES).map((u) => `${mention('code', u.code, pages)} (${sideWord(u.side)})`);
	const named = more > 0 ? l10n.t('{0} and {1} more', uses.join(', '), more) : uses.join(', ');
	return blocks(
		`**${code(typeSpelling(type.name, pages.catalog))}**${inHeader(type.header)}: ${prose(sentence(type.summary))} ${sizeLine(type, pages)}`.trim(),
		...sketch(type, pages).slice(1),
		uses.length === 0 ? '' : l10n.t('Used by {0}.', named),
		furtherLinks('struct', type.name, type.documentation, pages),
	);
}

/** A hover for a member of a structure; nothing where it has no such member of its own. */
export function memberHover(type: CatalogType, name: string, pages: Pages): string | undefined {
	const { fields } = typeFacts(type, pages.catalog);
	const field = fields.find(({ path, depth }) => path === name && depth === 0);
	if (!field) return undefined;
	const place = bitPlace(field) ?? l10n.t('{0} bytes', bothSizes(field.size));
	const values = allNames(field).map((v) => [valueText(v.value, field.flags), v.name]);
	const of = mention('struct', type.name, pages, typeSpelling(type.name, pages.catalog));
	const member = l10n.t('{0} of {1}', `**${code(field.path)}**`, of);
	return blocks(
		l10n.t('{0}: {1}, {2} at offset {3}', member, code(field.text), place, bothSizes(field.offset)),
		field.meaning ? prose(sentence(field.meaning)) : '',
		values.length === 0 ? '' : firstOf(values),
	);
}

/** A hover for a constant of a header. */
export function constantHover(constant: Constant, pages: Pages): string {
	const { type, member, value } = constant;
	const of = mention('struct', type.name, pages, typeSpelling(type.name, pages.catalog));
	const number = `**${code(value.name)}** = ${code(constantFacts(constant, pages.catalog).number)}`;
	return blocks(
		l10n.t('{0}, a value of {1}', number, member ? l10n.t('{0} of {1}', code(member.name), of) : of),
		prose(sentence(value.meaning)),
	);
}

/** A hover for a GUID that selects an extension function. */
export const guidHover = (guid: ExtensionGuid, pages: Pages): string =>
	blocks(
		`**${code(guid.name)}**${inHeader(guid.header)}: ${prose(sentence(guid.summary))}`,
		guidGives(guid, pages),
		list(guidConditions(guid, pages.catalog).map(({ label, text }) => `**${label}** ${prose(text)}`)),
	);

/** The name of what a failing function returns. */
export const FAILURE = 'SOCKET_ERROR';

/** A hover for that name: what each function that returns it says by it. */
export const failureHover = (pages: Pages): string =>
	blocks(
		`**${code(FAILURE)}** = ${code('-1')}`,
		list(
			pages.catalog.functions
				.filter(({ result }) => result.includes(FAILURE))
				.map(({ id, result }) => `${mention('function', id, pages)}: ${prose(sentence(result))}`),
		),
	);

function guidGives(guid: ExtensionGuid, pages: Pages): string {
	const [by, type] = [mention('code', guid.code, pages), mention('struct', guid.type, pages)];
	return l10n.t('As the input of {0} it gives {1}, of type {2}.', by, code(guid.gives), type);
}

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
	const shown = facts.type === undefined ? '' : mention('struct', facts.type, pages, typeSpelling(facts.type, catalog));
	const notes = isSize ? facts.size.map(prose) : [facts.meaning === undefined ? '' : prose(sentence(facts.meaning))];
	if (expected === '' && notes.every((note) => note === '')) return undefined;
	const said = [
		...(expected === '' ? [] : [l10n.t('{0} expected', expected)]),
		...(given === '' ? [] : [l10n.t('{0} given', given)]),
	];
	return blocks(
		`**${code(name)}**${said.length > 0 ? `: ${said.join(', ')}` : ''}`,
		isNone || shown !== '' ? usesText(about, side, isNone ? undefined : shown) : '',
		...notes,
		...(isSize || isNone || !type || type.name === 'GUID' ? [] : sketch(type, pages).slice(1)),
	);
}

/** What a code does with a buffer of a type; without one it has no such buffer. */
function usesText(code: string, side: 'input' | 'output', type: string | undefined): string {
	if (side === 'input')
		return type === undefined ? l10n.t('{0} has no input.', code) : l10n.t('{0} reads {1}.', code, type);
	return type === undefined ? l10n.t('{0} has no output.', code) : l10n.t('{0} writes {1}.', code, type);
}

/** What a number's bits say, in each family whose code it can be; the last text stands apart, for what follows it. */
function reading(value: number, { catalog }: Pages): { above: (string | string[])[]; text: string } {
	const families = catalog.familiesOf(value);
	const parts = families.flatMap((family) => [
		...(families.length > 1 ? [l10n.t('As a code of {0}:', family.name)] : []),
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
		`**${code(hex(value))}** = ${eitherOf(entries.map((c) => code(c.name)))}`,
		sharedValue(entries),
		...entries.flatMap((c) => [
			`**${mention('code', c.name, pages)}**${inHeader(c.header)}: ${prose(sentence(c.summary))}`,
			list(bufferLines(buffersOf(c, pages), pages)),
		]),
		...pages.catalog.familiesOf(value).map((family) => fence(bitPicture(value, family), 'text')),
	);
}

/** A hover for a name that a file or a header of the project gives to a code. */
export function definedCodeHover(name: string, value: number, header: string | undefined, pages: Pages): string {
	if (pages.catalog.codes(value).length === 0) {
		const number = `**${code(name)}** = ${code(hex(value))}`;
		return numberHover(
			value,
			pages,
			header === undefined ? number : l10n.t('{0}, defined in {1}', number, code(header)),
		);
	}
	return blocks(
		numberHover(value, pages),
		header === undefined
			? l10n.t('{0} is another name of it.', code(name))
			: l10n.t('{0}, defined in {1} is another name of it.', code(name), code(header)),
	);
}

/** What can be said of a value that no code of the catalog has. */
function unknownNote(value: number, pages: Pages): string[] {
	const near = pages.catalog.near(value).map((c) => `${mention('code', c.name, pages)} (${code(hex(c.opcode.value))})`);
	return [
		l10n.t('No control code of the catalog has this value.'),
		...(near.length > 0 ? [l10n.t('Only the direction bits differ from {0}.', everyOf(near))] : []),
	];
}

/** The functions that a code gives, by their GUIDs. */
function extensionSection(entry: ControlCode, pages: Pages) {
	const taken = pages.catalog.entries.guids.filter((g) => g.code === entry.name);
	return section(
		heading(l10n.t('Extension functions')),
		table(
			[l10n.t('Name'), 'GUID', l10n.t('Gives'), l10n.t('Type'), l10n.t('Since')],
			taken.map((g) => [
				code(g.name),
				code(g.guid),
				code(g.gives),
				mention('struct', g.type, pages),
				g.windows?.since ?? '-',
			]),
		),
		taken,
	);
}

function nameSection(entry: ControlCode) {
	return section(
		heading(l10n.t('Other names')),
		list(
			(entry.aliases ?? []).map(
				(a) => `${code(a.name)}${a.header ? ` (${a.header})` : ''}: ${prose(sentence(a.note))}`,
			),
		),
		entry.aliases,
	);
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
	return blocks(
		`# ${entry.name}`,
		aliasNote(entry, alias),
		prose(sentence(entry.summary)),
		list([
			`**${l10n.t('Value')}** ${l10n.t('{0}, as a signed number {1}', code(hex(value)), String(value | 0))}`,
			...(defined === '' ? [] : [`**${l10n.t('Definition')}** ${defined}`]),
		]),
		heading(l10n.t('Bits')),
		fence(bitPicture(value, family), 'text'),
		family.split(value).text,
		sharedNote(entry, pages),
		heading(l10n.t('Buffers')),
		bufferTable(facts, pages, true),
		list(bufferNotes(facts, pages)),
		...structs.flatMap((t) => typeSection(t, pages)),
		...section(
			heading(l10n.t('Errors')),
			table(
				[l10n.t('Error'), l10n.t('When')],
				errors.map(({ error, when }) => [code(error), prose(sentence(when))]),
			),
			errors,
		),
		...section(
			heading(l10n.t('Conditions')),
			list(conditions.map(({ label, text }) => `**${label}** ${prose(text)}`)),
			conditions,
		),
		...section(heading(l10n.t('Remarks')), list((entry.remarks ?? []).map((r) => prose(sentence(r)))), entry.remarks),
		...section(
			heading(l10n.t('Where sources disagree')),
			list((entry.conflicts ?? []).map((c) => prose(sentence(c)))),
			entry.conflicts,
		),
		...extensionSection(entry, pages),
		...nameSection(entry),
		...section(
			heading(l10n.t('Related')),
			(entry.related ?? []).map((name) => mention(pageKind(name, pages.catalog), name, pages)).join(', '),
			entry.related,
		),
		...(entry.examples
			? [
					heading(l10n.t('Examples')),
					l10n.t('A call that is right:'),
					fence(entry.examples.accepted.trim().split('\n'), 'c'),
					l10n.t('A call that is reported:'),
					fence(entry.examples.rejected.trim().split('\n'), 'c'),
				]
			: []),
		learnLink(entry.documentation),
	);
}

const heading = (title: string): string => `## ${title}`;

const section = (title: string, body: string | readonly string[], present: readonly unknown[] | undefined) =>
	present && present.length > 0 ? [title, body] : [];

/** The page of any number: its bits, and every code that has the value. */
export function numberPage(value: number, pages: Pages): string {
	const entries = pages.catalog.codes(value);
	if (entries.length === 1) return codePage(entries[0]!, pages);
	const { above, text } = reading(value, pages);
	return blocks(
		`# ${hex(value)}`,
		table(
			[l10n.t('Value'), l10n.t('Unsigned'), l10n.t('As a signed number')],
			[[code(hex(value)), String(value >>> 0), String(value | 0)]],
		),
		heading(l10n.t('Bits')),
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
	const { definition } = opcode;
	if (!definition) return header ? l10n.t('Defined in {0}.', header) : '';
	return header
		? l10n.t('Defined in {0} as {1}.', header, code(definition))
		: l10n.t('Defined as {0}.', code(definition));
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
		learnLink(entry.documentation, l10n.t('{0} on Microsoft Learn', entry.name)),
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
	const told =
		size.x86 === size.x64 && (!align || align.x86 === align.x64)
			? l10n.t('{0} on every target', bytesText(size.x64))
			: l10n.t('{0} bytes on 32-bit Windows, {1} on 64-bit', size.x86, size.x64);
	return align ? l10n.t('{0}, aligned to {1}.', told, bothSizes(align)) : `${told}.`;
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
		const numbers = [l10n.t('32-bit'), l10n.t('64-bit'), l10n.t('Size')];
		result.push(
			table(
				[...numbers, l10n.t('Type'), l10n.t('Member'), l10n.t('Meaning')],
				fields.map((f) => {
					const bits = bitPlace(f);
					const remarks = [
						f.meaning ? prose(sentence(f.meaning)) : '',
						f.tail ? l10n.t('Goes on to the end of the buffer.') : '',
						f.union ? l10n.t('Shares its bytes with the other members of its union.') : '',
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
				numbers,
			),
		);
	}
	for (const f of fields) {
		const named = allNames(f);
		if (named.length === 0) continue;
		const path = code(f.path);
		result.push(f.flags ? l10n.t('Values of {0}, which may be combined:', path) : l10n.t('Values of {0}:', path));
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
		[l10n.t('Value'), l10n.t('Name'), l10n.t('Meaning')],
		values.map((v) => [valueText(v.value, flags), code(v.name), prose(sentence(v.meaning))]),
		[l10n.t('Value')],
	);

const KINDS: Readonly<Record<'enum' | 'union' | 'struct', (header: string | undefined) => string>> = {
	enum: (header) => (header ? l10n.t('An enumeration of {0}', header) : l10n.t('An enumeration')),
	union: (header) => (header ? l10n.t('A union of {0}', header) : l10n.t('A union')),
	struct: (header) => (header ? l10n.t('A structure of {0}', header) : l10n.t('A structure')),
};

/** `A structure of mstcpip.h, packed to 1 byte`. */
function declaredAs(type: CatalogType, { catalog }: Pages): string {
	const { header } = type;
	if (type.kind === 'alias') {
		const name = parseTypeName(type.of);
		const of = code(typeText(resolveType(name, catalog.lookup) ?? name));
		return header ? l10n.t('A name of {0} for {1}', header, of) : l10n.t('A name for {0}', of);
	}
	const declared = KINDS[type.kind](header);
	return 'pack' in type && type.pack ? l10n.t('{0}, packed to {1}', declared, bytesText(type.pack)) : declared;
}

/** The full page of a type; with a constant, for the sake of that value. */
export function typePage(type: CatalogType, pages: Pages, constant?: Constant): string {
	const { usedBy } = typeFacts(type, pages.catalog);
	const names = [
		...(type.aliases?.length ? [l10n.t('Also named {0}.', type.aliases.map(code).join(', '))] : []),
		...(type.pointers?.length ? [l10n.t('Pointers to it: {0}.', type.pointers.map(code).join(', '))] : []),
	];
	return blocks(
		`# ${typeSpelling(type.name, pages.catalog)}`,
		constant ? constantNote(constant, pages) : '',
		prose(sentence(type.summary)),
		[`${declaredAs(type, pages)}. ${ofHeader(type) ?? sizeLine(type, pages)}`.trim(), ...names],
		...(type.kind === 'enum' || type.kind === 'alias'
			? [heading(l10n.t('Values'))]
			: [heading(l10n.t('Members'))]
		).filter(() => members(type, pages).length > 0),
		...('fields' in type && type.fields.length > 0 ? [l10n.t('Offsets and sizes are in bytes.')] : []),
		...members(type, pages),
		...section(
			heading(l10n.t('Used by')),
			list(usedBy.map((u) => `${mention('code', u.code, pages)} (${sideWord(u.side)})`)),
			usedBy,
		),
		learnLink(type.documentation),
	);
}

/** The page of an error: what it means for these calls, and which codes answer with it. */
export function errorPage(error: KnownError, pages: Pages): string {
	const uses = errorUses(error.name, pages.catalog);
	return blocks(
		`# ${error.name}`,
		error.number === undefined ? '' : l10n.t('Error {0}, {1}.', code(String(error.number)), code(hex(error.number))),
		error.meaning ? prose(sentence(error.meaning)) : '',
		uses.length === 0 ? l10n.t('No code of the catalog names it.') : heading(l10n.t('Answered when')),
		list(
			uses.map(
				({ when, codes }) => `${prose(sentence(when))} ${codes.map((name) => mention('code', name, pages)).join(', ')}`,
			),
		),
	);
}

/** The page of a rule. */
export const rulePage = (rule: Rule): string =>
	blocks(`# ${rule.id}`, `${rule.title}.`, ruleHelp(rule).markdown, l10n.t('By default {0}.', code(rule.severity)));

const FOUND: Readonly<Record<FoundKind, () => string>> = {
	'control code': () => l10n.t('control code'),
	structure: () => l10n.t('structure'),
	function: () => l10n.t('function'),
	'extension function': () => l10n.t('extension function'),
	'socket option': () => l10n.t('socket option'),
	error: () => l10n.t('error'),
	rule: () => l10n.t('rule'),
};

/** What holds some words. */
export const searchPage = (words: string, found: readonly Found[], pages: Pages): string =>
	blocks(
		`# ${words}`,
		list(
			found.map(({ kind, name, detail }) => {
				return `${mention(pageKind(name, pages.catalog), name, pages)}, ${FOUND[kind]()}: ${prose(sentence(detail))}`;
			}),
		),
	);

/** The page of a socket option of WskControlSocket. */
export function optionPage(option: WskOption, pages: Pages): string {
	return blocks(
		`# ${option.name}`,
		prose(sentence(option.summary)),
		l10n.t(
			'A socket option at level {0}, number {1}, that {2} can {3}. Its value is of type {4}; an IRP is {5}.',
			code(option.level),
			code(optionNumber(option)),
			code('WskControlSocket'),
			optionAccess(option),
			mention('struct', option.type, pages),
			laterWord(option.irp),
		),
		l10n.t('It is no I/O control code.'),
		learnLink(option.documentation),
	);
}

/** The page of a GUID that selects an extension function. */
export function guidPage(guid: ExtensionGuid, pages: Pages): string {
	return blocks(
		`# ${guid.name}`,
		prose(sentence(guid.summary)),
		`${l10n.t('{0}, of {1}.', code(guid.guid), guid.header)} ${guidGives(guid, pages)}`,
		guid.windows ? `**Windows** ${prose(sentence(windowsText(guid.windows)))}` : '',
		list(guidConditions(guid, pages.catalog).map(({ label, text }) => `**${label}** ${prose(text)}`)),
	);
}

function constantNote(constant: Constant, { catalog }: Pages): string {
	const { number, text } = constantFacts(constant, catalog);
	return `${code(constant.value.name)} = ${code(number)}. ${prose(text)}`;
}

function declaredIn({ header, aliases }: Api): string {
	const others = aliases.length > 0 ? [l10n.t('Other names that lead to it: {0}.', aliases.map(code).join(', '))] : [];
	return [...(header ? [l10n.t('Declared in {0}.', header)] : []), ...others].join(' ');
}

/** The page of a function that takes control codes. */
export function functionPage(api: Api): string {
	return blocks(
		`# ${api.id}`,
		prose(sentence(api.summary)),
		fence(prototype(api), 'c'),
		declaredIn(api),
		heading(l10n.t('Arguments')),
		table(
			[l10n.t('Argument'), l10n.t('Type'), l10n.t('Meaning')],
			api.parameters.map((p) => [code(p.name), code(p.type), prose(p.meaning)]),
		),
		heading(l10n.t('Result')),
		prose(sentence(api.result)),
		...section(heading(l10n.t('Remarks')), list((api.remarks ?? []).map((r) => prose(sentence(r)))), api.remarks),
		learnLink(api.documentation),
	);
}
