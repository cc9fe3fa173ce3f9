/** Names of the catalog where they stand in code and nothing in the file says that they mean something else. */

import type { Catalog } from '../catalog/catalog.ts';
import type { CatalogType, ExtensionGuid } from '../catalog/model.ts';
import {
	constantHover,
	FAILURE,
	failureHover,
	guidHover,
	memberHover,
	type Pages,
	typeHover,
} from '../reference/render/markdown.ts';
import { lastWord } from '../syntax/scan.ts';
import type { Span } from '../syntax/span.ts';
import { wordAt } from './completions.ts';
import type { Analyses, View } from './session/analyses.ts';
import type { OpenDocument } from './session/document.ts';
import { mayHoldCallsIn } from './worthReading.ts';

/** What a hover says of a word. */
export interface Told extends Span {
	readonly markdown: string;
}

/** As far as is looked around a word for what it is. */
const AROUND = 200;
/** An enumeration that begins further above is not seen. */
const LONGEST_LIST = 4000;

const TAGS: ReadonlySet<string> = new Set(['struct', 'union', 'enum', 'class']);
/** Words that may stand in front of a name that is used. */
const USING: ReadonlySet<string> = new Set(
	'return case goto else sizeof throw new delete do const volatile typedef static extern register inline constexpr defined ifdef ifndef elif undef if and or not bitand bitor typename await yield in of typeof'.split(
		' ',
	),
);
const DECLARING: ReadonlySet<string> = new Set('const let var function class interface type enum namespace'.split(' '));

/** A word and what stands around it. */
interface Surroundings {
	/** The text in front of it, without blanks at its end. */
	readonly before: string;
	/** The word in front of it, when nothing but blanks stands between them. */
	readonly word: string;
	/** The text behind it, without blanks at its beginning. */
	readonly after: string;
}

function around(text: string, { start, end }: Span): Surroundings {
	const before = text.slice(Math.max(0, start - AROUND), start).trimEnd();
	return { before, word: lastWord(before), after: text.slice(end, end + AROUND).trimStart() };
}

const isMember = ({ before }: Surroundings): boolean => before.endsWith('.') || before.endsWith('->');

/** It belongs to a scope with a name. */
const isQualified = ({ before }: Surroundings): boolean =>
	before.endsWith('::') && lastWord(before.slice(0, -2).trimEnd()) !== '';

const isAssigned = (after: string): boolean => /^=(?!=)/.test(after);

/** It stands in the list of an enumeration. */
function isEnumerator(text: string, { start }: Span, { before, after }: Surroundings): boolean {
	if (!/[{,]$/.test(before)) return false;
	if (isAssigned(after)) return true;
	const above = text.slice(Math.max(0, start - LONGEST_LIST), start);
	const open = above.lastIndexOf('{');
	if (open < 0 || above.includes(';', open) || above.includes('}', open)) return false;
	const head = above.slice(0, open);
	const from = Math.max(head.lastIndexOf(';'), head.lastIndexOf('}'), head.lastIndexOf('{'));
	return /\benum\b/.test(head.slice(from + 1));
}

/** A C file declares the name there as its own. */
function declaresInC(text: string, place: Span, found: Surroundings): boolean {
	const { before, word, after } = found;
	if (word === 'define') return before.slice(0, -word.length).trimEnd().endsWith('#');
	if (TAGS.has(word)) return /^(?:\{|;|:(?!:))/.test(after);
	if (word === 'using' || word === 'namespace') return true;
	if (isEnumerator(text, place, found)) return true;
	const ends = /^(?:[;,[)({]|:(?!:)|=(?!=))/.test(after);
	// A condition or an operator in front of it uses it.
	if (word !== '') return ends && !USING.has(word) && !/^\d/.test(word);
	return ends && /(?:\}|[,}]\s?\*)$/.test(before);
}

/** A file in JavaScript or TypeScript declares the name there as its own. */
function declaresInScript(_: string, __: Span, { before, word, after }: Surroundings): boolean {
	if (DECLARING.has(word) || isAssigned(after)) return true;
	return /[{,]$/.test(before) && after.startsWith(':');
}

const isWordAt = (text: string, at: number): boolean => /\w/.test(text.charAt(at));

/** Where a word stands in a text, in comments and literals too: what they seem to declare costs a hover at most. */
function placesOf(text: string, word: string): readonly Span[] {
	const found: Span[] = [];
	for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + word.length)) {
		const end = start + word.length;
		if (!isWordAt(text, start - 1) && !isWordAt(text, end)) found.push({ start, end });
	}
	return found;
}

const isC = ({ language }: View): boolean => language.id === 'c' || language.id === 'cpp';

/** The file, or a macro of a file that it includes, gives the name a meaning of its own. */
function isOwn(view: View, name: string): boolean {
	const { file, text } = view;
	const declares = isC(view) ? declaresInC : declaresInScript;
	if ((file.macroPlaces?.(name) ?? []).length > 0) return true;
	return placesOf(text, name).some((place) => declares(text, place, around(text, place)));
}

/** A type that is worth a word: everybody knows a GUID. */
function typeNamed(name: string, catalog: Catalog): CatalogType | undefined {
	const type = catalog.type(name) ?? catalog.pointedType(name);
	return type && type.kind !== 'alias' && type.name !== 'GUID' ? type : undefined;
}

/** A GUID by its own name, or by that of the type of the pointer that it stands for; a structure has more to say. */
const guidNamed = (name: string, catalog: Catalog): ExtensionGuid | undefined =>
	catalog.guid(name) ?? (typeNamed(name, catalog) ? undefined : catalog.guidOfPointer(name));

/** Shorter words, and those that are plain English, may be anything unless a tag stands before them. */
const isTelling = (name: string): boolean => name.length > 4 && /_|^[A-Z0-9]+$/.test(name);

/** What stands in front of the marks of a pointer or a reference. */
function beforeMarks(text: string): string {
	let end = text.length;
	while (end > 0 && /[\s*&]/.test(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}

/** The type of a variable by all declarations of its name; nothing where they differ, or one is not understood. */
function typeOfVariable(view: View, name: string, catalog: Catalog): CatalogType | undefined {
	const { text } = view;
	const types = new Set<string>();
	for (const place of placesOf(text, name)) {
		const { before, after } = around(text, place);
		const type = lastWord(beforeMarks(before));
		if (type !== '' && !USING.has(type) && /^(?:[;,[)({=:]|$)/.test(after)) types.add(type);
		// One of several variables, or the end of something else: its type is not looked for.
		else if (before.endsWith(',') && /^(?:;|=(?!=))/.test(after)) return undefined;
	}
	const found = new Set<CatalogType | undefined>();
	for (const type of types) {
		const known = catalog.type(type) ?? catalog.pointedType(type);
		if (!known || isOwn(view, type)) return undefined;
		found.add(known);
	}
	const [type] = found;
	return found.size === 1 ? type : undefined;
}

/** A member, where the variable in front of it is surely of the type that has it. */
function memberTold(view: View, name: string, { before }: Surroundings, pages: Pages): string | undefined {
	if (!isC(view)) return undefined;
	const owner = before.slice(0, before.endsWith('.') ? -1 : -2).trimEnd();
	const variable = lastWord(owner);
	const beyond = owner.slice(0, owner.length - variable.length).trimEnd();
	if (variable === '' || /(?:\.|->|::)$/.test(beyond)) return undefined;
	const type = typeOfVariable(view, variable, pages.catalog);
	return type && memberHover(type, name, pages);
}

/** What the catalog says of a word that is no member of anything. */
function nameTold(view: View, name: string, { word, before, after }: Surroundings, pages: Pages): string | undefined {
	const { catalog } = pages;
	if (name === FAILURE) return failureHover(pages);
	const guid = guidNamed(name, catalog);
	if (guid) return guidHover(guid, pages);
	const constant = catalog.constant(name);
	if (constant) return constantHover(constant, pages);
	const type = typeNamed(name, catalog);
	if (!type || !isC(view)) return undefined;
	if (word === 'struct' || word === 'union' || word === 'enum') return typeHover(type, pages);
	// FD_SET is a macro as well.
	const isType = isTelling(name) && !after.startsWith('(') && (USING.has(word) || !/[\w)\]]$/.test(before));
	return isType ? typeHover(type, pages) : undefined;
}

/** Is it the name of a member of some type of the catalog? */
const isMemberName = (name: string, { entries }: Catalog): boolean =>
	entries.types.some((type) => 'fields' in type && type.fields.some((field) => field.name === name));

/** Is a word worth reading the text around it? */
function isCandidate(name: string, found: Surroundings, catalog: Catalog): boolean {
	if (isMember(found)) return isMemberName(name, catalog);
	if (isQualified(found)) return false;
	if (name === FAILURE) return true;
	return Boolean(guidNamed(name, catalog) ?? catalog.constant(name) ?? typeNamed(name, catalog));
}

/** What is to be said of a type, member, constant or GUID of the headers at an offset of a document. */
export async function nameInCode(
	analyses: Analyses,
	document: OpenDocument,
	offset: number,
	pages: Pages,
): Promise<Told | undefined> {
	const place = wordAt(document.text, offset);
	const name = document.text.slice(place.start, place.end);
	const { catalog } = pages;
	if (name === '' || !isCandidate(name, around(document.text, place), catalog)) return undefined;
	return analyses.look(
		document.uri,
		document.positionAt(offset),
		mayHoldCallsIn(document, catalog),
		(view): Told | undefined => {
			const { file, text } = view;
			const at = file.placeAt(place.end);
			if (at === 'comment' || at === 'text') return undefined;
			const found = around(text, place);
			const isOfVariable = isMember(found);
			if (!isOfVariable && isOwn(view, name)) return undefined;
			const markdown = isOfVariable ? memberTold(view, name, found, pages) : nameTold(view, name, found, pages);
			return markdown === undefined ? undefined : { ...place, markdown };
		},
	);
}
