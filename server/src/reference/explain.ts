/** The doors to the reference: what a name or a number means, and the pages by name. */

import { apiByName } from '../catalog/apiLookup.ts';
import { codes, types } from '../catalog/builtin.generated.ts';
import { apis } from '../catalog/functions.generated.ts';
import { codeByName, codesByValue } from '../catalog/lookup.ts';
import { hex } from '../catalog/opcode.ts';
import { catalogSpec } from '../types/catalogTypes.ts';
import { typeSpelling } from './facts.ts';
import { resolveQuery } from './query.ts';
import {
	codePage,
	functionPage,
	guidPage,
	noLinks,
	numberPage,
	optionPage,
	type PageKind,
	type PageLink,
	typePage,
} from './render/markdown.ts';
import {
	type Colours,
	codeText,
	functionText,
	guidText,
	NO_COLOURS,
	numberText,
	optionText,
	typeText,
} from './render/terminal.ts';

export type { Colours } from './render/terminal.ts';

export interface ReferencePage {
	readonly title: string;
	readonly markdown: string;
}

/**
 * What a control code's name, a number, a header macro (`_WSAIOW(IOC_VENDOR, 4)`), a structure, one of its constants, a
 * function that takes control codes, a socket option of WskControlSocket or an extension function or its GUID means, as a
 * Markdown page.
 * @param query as typed; any text is answered, an error says what was expected.
 */
export function explain(query: string, link: PageLink = noLinks): ReferencePage | { readonly error: string } {
	const subject = resolveQuery(query);
	switch (subject.kind) {
		case 'error':
			return { error: subject.error };
		case 'number':
			return { title: numberTitle(subject.value), markdown: numberPage(subject.value, link) };
		case 'code':
			return { title: subject.code.name, markdown: codePage(subject.code, link, subject.alias) };
		case 'type':
			return { title: typeSpelling(subject.type.name), markdown: typePage(subject.type, link, subject.constant) };
		case 'function':
			return { title: subject.api.id, markdown: functionPage(subject.api) };
		case 'option':
			return { title: subject.option.name, markdown: optionPage(subject.option, link) };
		case 'guid':
			return { title: subject.guid.name, markdown: guidPage(subject.guid, link) };
	}
}

/** A known value is titled by its code. */
function numberTitle(value: number): string {
	const entries = codesByValue(value);
	return entries.length === 1 ? entries[0]!.name : hex(value);
}

/** The same for a terminal of 80 columns; the text ends with a line feed. */
export function explainText(
	query: string,
	colours: Colours = NO_COLOURS,
): { readonly title: string; readonly text: string } | { readonly error: string } {
	const subject = resolveQuery(query);
	switch (subject.kind) {
		case 'error':
			return { error: subject.error };
		case 'number':
			return { title: numberTitle(subject.value), text: numberText(subject.value, colours) };
		case 'code':
			return { title: subject.code.name, text: codeText(subject.code, colours, subject.alias) };
		case 'type':
			return { title: typeSpelling(subject.type.name), text: typeText(subject.type, colours, subject.constant) };
		case 'function':
			return { title: subject.api.id, text: functionText(subject.api, colours) };
		case 'option':
			return { title: subject.option.name, text: optionText(subject.option, colours) };
		case 'guid':
			return { title: subject.guid.name, text: guidText(subject.guid, colours) };
	}
}

/** The page of one code, type or function by its exact name; further names lead to their entry. */
export function referencePage(kind: PageKind, name: string, link: PageLink = noLinks): ReferencePage | undefined {
	if (kind === 'code') {
		const found = codeByName(name);
		return found && { title: found.code.name, markdown: codePage(found.code, link, found.alias) };
	}
	if (kind === 'function') {
		const api = apiByName(name);
		return api && { title: api.id, markdown: functionPage(api) };
	}
	const type = catalogSpec(name);
	return type && { title: typeSpelling(type.name), markdown: typePage(type, link) };
}

export interface ReferenceEntry {
	readonly kind: PageKind;
	readonly name: string;
	readonly detail: string;
}

/** Every page of the reference: functions, codes, types, each by name. */
export function referenceIndex(): ReferenceEntry[] {
	const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
	return [
		...apis.map((a) => ({
			kind: 'function' as const,
			name: a.id,
			detail: detail(a.header, a.summary),
		})),
		...[...codes].sort(byName).map((c) => ({
			kind: 'code' as const,
			name: c.name,
			detail: detail(hex(c.opcode.value), c.summary),
		})),
		...[...types]
			.sort(byName)
			.map((t) => ({ kind: 'struct' as const, name: t.name, detail: detail(t.header, t.summary) })),
	];
}

const detail = (...parts: readonly [string | undefined, string | undefined]): string =>
	[parts[0], firstSentence(parts[1] ?? '')].filter(Boolean).join(' · ');

/** The first sentence of a summary; an abbreviation is no end, because a space and a capital must follow. */
export const firstSentence = (text: string): string => /^.*?[.!?](?=\s+[A-Z]|$)/s.exec(text)?.[0] ?? text;
