/** The reference as text for a terminal. */

import type { Api } from '../../catalog/api.ts';
import type { Catalog, Constant } from '../../catalog/catalog.ts';
import type { Family } from '../../catalog/family.ts';
import type { AliasSpec, CatalogType, ControlCode, ExtensionGuid, WskOption } from '../../catalog/model.ts';
import { allNames } from '../../catalog/numberNames.ts';
import { hex } from '../../catalog/opcode.ts';
import type { Rule } from '../../rules/rule.ts';
import { bitPicture } from '../bits.ts';
import { errorUses, type KnownError } from '../errors.ts';
import {
	bitPlace,
	bothSizes,
	bufferFacts,
	conditionFacts,
	constantFacts,
	definedAs,
	documentationUrl,
	errorFacts,
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

/** How parts of the text are marked; `picocolors` fits. */
export interface Colours {
	readonly bold: (text: string) => string;
	readonly dim: (text: string) => string;
	readonly cyan: (text: string) => string;
	readonly yellow: (text: string) => string;
}

/** Whose text, and how its parts are marked. */
export interface Style {
	readonly catalog: Catalog;
	readonly colours: Colours;
}

const plain = (text: string) => text;
export const NO_COLOURS: Colours = { bold: plain, dim: plain, cyan: plain, yellow: plain };

const WIDTH = 80;

/** Breaks prose at spaces; every line starts with `indent` spaces. */
function wrap(text: string, indent = 0, hanging = indent): string[] {
	const lines: string[] = [];
	let line = ' '.repeat(indent);
	let empty = true;
	for (const word of text.split(/\s+/).filter((w) => w !== '')) {
		if (!empty && line.length + 1 + word.length > WIDTH) {
			lines.push(line);
			line = ' '.repeat(hanging);
			empty = true;
		}
		line += empty ? word : ` ${word}`;
		empty = false;
	}
	return empty ? lines : [...lines, line];
}

/** A word, then prose that hangs beside it: `  WSAEFAULT  the input buffer is too small`. */
function definitions(
	entries: readonly (readonly [term: string, text: string])[],
	mark: (text: string) => string,
): string[] {
	const width = Math.min(24, Math.max(0, ...entries.map(([term]) => term.length)));
	return entries.flatMap(([term, text]) => {
		const lines = wrap(text, 0).length === 0 ? [''] : wrap(text, width + 4);
		const head = `  ${term.padEnd(width)}  `;
		if (term.length > width) return [`  ${mark(term)}`, ...lines];
		return [`  ${mark(term)}${' '.repeat(head.length - 2 - term.length)}${lines[0]!.trimStart()}`, ...lines.slice(1)];
	});
}

type Part = readonly string[] | undefined;

const paragraphs = (parts: readonly Part[]): string =>
	`${parts
		.filter((p): p is readonly string[] => p !== undefined && p.length > 0)
		.map((p) => p.join('\n'))
		.join('\n\n')}\n`;

const titled = (colours: Colours, title: string, lines: readonly string[]): Part =>
	lines.length === 0 ? undefined : [colours.bold(title), ...lines];

const bits = (value: number, family: Family, { colours }: Style, title = 'Bits'): Part => {
	const [places, digits, labels] = bitPicture(value, family);
	return [
		colours.bold(title),
		`  ${colours.dim(places!)}`,
		`  ${digits}`,
		`  ${labels}`,
		...wrap(family.split(value).text, 2),
	];
};

const learn = (path: string | undefined, colours: Colours): Part =>
	path === undefined ? undefined : [colours.cyan(documentationUrl(path))];

function buffers(code: ControlCode, { catalog, colours }: Style): Part {
	const facts = (['input', 'output'] as const).map((side) => bufferFacts(code, side, catalog));
	const rows = [
		['', '', '', '32-bit', '64-bit'],
		...facts.map((b) => [b.side, b.use, b.type === undefined ? '-' : typeSpelling(b.type, catalog), b.narrow, b.wide]),
	];
	const [head, ...body] = columns(rows, 2, [3, 4]);
	const notes = facts.flatMap((b): (readonly [string, string])[] => {
		const accepts =
			b.accepts.length > 0 ? [`Also right: ${b.accepts.map((t) => typeSpelling(t, catalog)).join(', ')}.`] : [];
		const meaning = [...(b.meaning === undefined ? [] : [sentence(b.meaning)]), ...accepts].join(' ');
		return [
			...(meaning === '' ? [] : [[b.side, meaning] as const]),
			...(b.size.length > 0 ? [[`${b.side} size`, b.size.join(' ')] as const] : []),
			...(b.source === '' ? [] : [[`${b.side} from`, `${b.source}.`] as const]),
		];
	});
	return [
		colours.bold('Buffers') + colours.dim(head!.slice('Buffers'.length)),
		...body,
		...(notes.length > 0 ? ['', ...definitions(notes, plain)] : []),
	];
}

function heading(code: ControlCode, colours: Colours): Part {
	const { value } = code.opcode;
	const defined = definedAs(code);
	return [
		`${colours.bold(code.name)}  ${hex(value)}  ${value}${value > 0x7fffffff ? `  ${value | 0}` : ''}`,
		...(defined === '' ? [] : [colours.dim(defined)]),
	];
}

/** Everything about a control code. */
export function codeText(code: ControlCode, style: Style, alias?: AliasSpec): string {
	const { catalog, colours } = style;
	const others = catalog.codes(code.opcode.value).filter((c) => c !== code);
	const types = (['input', 'output'] as const).flatMap((side) => code[side].type ?? []);
	const records = [...new Set(types.map((t) => catalog.type(t)))].filter((t): t is CatalogType => t !== undefined);
	return paragraphs([
		heading(code, colours),
		alias &&
			wrap(
				`${alias.name} ${alias.kind === 'header' ? 'is another name of it' : 'is a name that only documents use'}. ${sentence(alias.note)}`,
			),
		wrap(sentence(code.summary)),
		bits(code.opcode.value, catalog.family(code.opcode), style),
		others.length > 0
			? wrap(
					`${others.map((c) => `${c.name}${inHeader(c.header)}`).join(' and ')} ${others.length === 1 ? 'has' : 'have'} the same value.`,
				)
			: undefined,
		buffers(code, style),
		...records.map((t) => titled(colours, typeSpelling(t.name, catalog), memberLines(t, catalog))),
		titled(
			colours,
			'Errors',
			definitions(
				errorFacts(code).map(({ error, when }) => [error, `${when}.`]),
				colours.yellow,
			),
		),
		titled(
			colours,
			'Conditions',
			definitions(
				conditionFacts(code).map(({ label, text }) => [label, text]),
				plain,
			),
		),
		titled(colours, 'Remarks', points(code.remarks)),
		titled(colours, 'Where sources disagree', points(code.conflicts)),
		titled(colours, 'Related', wrap((code.related ?? []).join(', '), 2)),
		learn(code.documentation, colours),
	]);
}

const points = (items: readonly string[] | undefined): string[] =>
	(items ?? []).flatMap((item) => wrap(`- ${sentence(item)}`, 2, 4));

function nearText(value: number, catalog: Catalog): string {
	const near = catalog.near(value).map((c) => `${c.name} (${hex(c.opcode.value)})`);
	return near.length > 0 ? ` Only the direction bits differ from ${near.join(' and ')}.` : '';
}

/** A number: its bits and every code that has the value. */
export function numberText(value: number, style: Style): string {
	const { catalog, colours } = style;
	const entries = catalog.codes(value);
	if (entries.length === 1) return codeText(entries[0]!, style);
	const families = catalog.familiesOf(value);
	return paragraphs([
		[`${colours.bold(hex(value))}  ${value >>> 0}${value >>> 0 > 0x7fffffff ? `  ${value | 0}` : ''}`],
		...families.map((family) =>
			bits(value, family, style, families.length > 1 ? `Bits, as a code of ${family.name}` : undefined),
		),
		entries.length === 0
			? wrap(`No control code of the catalog has this value.${nearText(value, catalog)}`)
			: wrap(sharedValue(entries)),
		...entries.flatMap((c) => [heading(c, colours), wrap(sentence(c.summary)), buffers(c, style)]),
	]);
}

function memberLines(type: CatalogType, catalog: Catalog): string[] {
	const { fields, values, flags, size } = typeFacts(type, catalog);
	const lines: string[] = [];
	if (size) lines.push(...wrap(`${bothSizes(size)} bytes${size.x86 === size.x64 ? '' : ' (32-bit/64-bit)'}`, 2));
	if (fields.length > 0) {
		const rows = fields.map((f) => [
			bothSizes(f.offset),
			bitPlace(f) ?? bothSizes(f.size),
			f.text,
			f.path,
			f.tail ? '(goes on to the end)' : '',
		]);
		lines.push(...columns([['offset', 'size', 'type', 'member', ''], ...rows], 2, [0, 1]));
	}
	lines.push(
		...definitions(
			values.map((v) => [`${v.name} = ${valueText(v.value, flags)}`, sentence(v.meaning)]),
			plain,
		),
	);
	return lines;
}

/** Everything about a type. */
export function typeText(type: CatalogType, { catalog, colours }: Style, constant?: Constant): string {
	const { fields, usedBy } = typeFacts(type, catalog);
	const told = constant && constantFacts(constant, catalog);
	const named = fields.filter((f) => allNames(f).length > 0);
	return paragraphs([
		[colours.bold(typeSpelling(type.name, catalog)), ...(type.header ? [colours.dim(`in ${type.header}`)] : [])],
		constant && told && wrap(`${constant.value.name} = ${told.number}. ${told.text}`),
		wrap(sentence(type.summary)),
		wrap(ofHeader(type) ?? ''),
		memberLines(type, catalog),
		titled(
			colours,
			'Meaning',
			definitions(
				fields.flatMap((f) => (f.meaning ? [[f.path, sentence(f.meaning)] as const] : [])),
				plain,
			),
		),
		...named.map((f) =>
			titled(
				colours,
				`Values of ${f.path}`,
				definitions(
					allNames(f).map((v) => [`${v.name} = ${valueText(v.value, f.flags)}`, sentence(v.meaning)]),
					plain,
				),
			),
		),
		titled(colours, 'Used by', wrap(usedBy.map((u) => `${u.code} (${u.side})`).join(', '), 2)),
		learn(type.documentation, colours),
	]);
}

/** A socket option of WskControlSocket. */
export function optionText(option: WskOption, { colours }: Style): string {
	return paragraphs([
		[
			`${colours.bold(option.name)}  ${optionNumber(option)}`,
			colours.dim(`socket option of WskControlSocket, level ${option.level}`),
		],
		wrap(sentence(option.summary)),
		wrap(`It can be ${optionAccess(option)}; its value is of type ${option.type}; an IRP is ${option.irp}.`),
		learn(option.documentation, colours),
	]);
}

/** A GUID that selects an extension function. */
export function guidText(guid: ExtensionGuid, { catalog, colours }: Style): string {
	return paragraphs([
		[`${colours.bold(guid.name)}  ${guid.guid}`, colours.dim(`in ${guid.header}`)],
		wrap(sentence(guid.summary)),
		wrap(`As the input of ${guid.code} it gives ${guid.gives}, of type ${guid.type}.`),
		guid.windows && wrap(sentence(windowsText(guid.windows))),
		definitions(
			guidConditions(guid, catalog).map(({ label, text }) => [label, text]),
			plain,
		),
	]);
}

/** A function that takes control codes. */
export function functionText(api: Api, { colours }: Style): string {
	const also = api.aliases.length > 0 ? `also ${api.aliases.join(', ')}` : undefined;
	const declared = [api.header && `in ${api.header}`, also].filter(Boolean).join('; ');
	return paragraphs([
		[colours.bold(api.id), ...(declared === '' ? [] : [colours.dim(declared)])],
		wrap(sentence(api.summary)),
		prototype(api).map((line) => `  ${line}`),
		titled(
			colours,
			'Arguments',
			definitions(
				api.parameters.map((p) => [p.name, p.meaning]),
				plain,
			),
		),
		titled(colours, 'Result', wrap(sentence(api.result), 2)),
		titled(colours, 'Remarks', points(api.remarks)),
		learn(api.documentation, colours),
	]);
}

/** An error: what it means for these calls, and which codes answer with it. */
export function errorText(error: KnownError, { catalog, colours }: Style): string {
	const uses = errorUses(error.name, catalog);
	const number = error.number === undefined ? '' : `  ${error.number}  ${hex(error.number)}`;
	return paragraphs([
		[`${colours.bold(error.name)}${number}`],
		wrap(sentence(error.meaning)),
		uses.length === 0 ? wrap('No code of the catalog names it.') : [colours.bold('Answered when')],
		...uses.map(({ when, codes }) => [...wrap(`- ${sentence(when)}`, 2, 4), ...wrap(codes.join(', '), 4)]),
	]);
}

/** A rule: why it speaks, how sure it is, and what it rejects. */
export const ruleText = (rule: Rule, { colours }: Style): string =>
	paragraphs([
		[`${colours.bold(rule.id)}  ${rule.severity}`],
		wrap(`${rule.title}.`),
		wrap(rule.description),
		wrap(rule.severityReason),
		...rule.rejected.map((example) => example.trim().split('\n')),
	]);

/** What holds some words, by its kind. */
export function searchText(words: string, found: readonly Found[], { colours }: Style): string {
	const kinds = [...new Set(found.map(({ kind }) => kind))];
	return paragraphs([
		[colours.bold(words)],
		...kinds.map((kind) =>
			titled(
				colours,
				`${sentence(kind).replace(/\.$/, '')}s`,
				definitions(
					found.filter((one) => one.kind === kind).map(({ name, detail }) => [name, sentence(detail)] as const),
					plain,
				),
			),
		),
	]);
}
