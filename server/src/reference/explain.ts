/** The doors to the reference: what a name or a number means, and the pages by name. */

import type { Catalog } from '../catalog/catalog.ts';
import { hex } from '../catalog/opcode.ts';
import { firstSentence, typeSpelling } from './facts.ts';
import { resolveQuery } from './query.ts';
import {
	codePage,
	errorPage,
	functionPage,
	guidPage,
	numberPage,
	optionPage,
	type PageKind,
	type Pages,
	rulePage,
	searchPage,
	typePage,
} from './render/markdown.ts';
import {
	type Colours,
	codeText,
	errorText,
	functionText,
	guidText,
	NO_COLOURS,
	numberText,
	optionText,
	ruleText,
	searchText,
	typeText,
} from './render/terminal.ts';

export type { Colours } from './render/terminal.ts';

export interface ReferencePage {
	readonly title: string;
	readonly markdown: string;
}

/**
 * What a control code's name, a number, a header macro (`_WSAIOW(IOC_VENDOR, 4)`), a structure, one of its constants, a
 * function that takes control codes, a socket option of WskControlSocket, an extension function or its GUID, an error by
 * name or number, a rule, or words that stand in any of these, as a Markdown page.
 * @param query as typed; any text is answered, an error says what was expected.
 */
export function explain(query: string, pages: Pages): ReferencePage | { readonly error: string } {
	const { catalog } = pages;
	const subject = resolveQuery(query, catalog);
	switch (subject.kind) {
		case 'error':
			return { error: subject.error };
		case 'number':
			return { title: numberTitle(subject.value, catalog), markdown: numberPage(subject.value, pages) };
		case 'code':
			return { title: subject.code.name, markdown: codePage(subject.code, pages, subject.alias) };
		case 'type':
			return {
				title: typeSpelling(subject.type.name, catalog),
				markdown: typePage(subject.type, pages, subject.constant),
			};
		case 'function':
			return { title: subject.api.id, markdown: functionPage(subject.api) };
		case 'option':
			return { title: subject.option.name, markdown: optionPage(subject.option, pages) };
		case 'guid':
			return { title: subject.guid.name, markdown: guidPage(subject.guid, pages) };
		case 'reported-error':
			return { title: subject.error.name, markdown: errorPage(subject.error, pages) };
		case 'rule':
			return { title: subject.rule.id, markdown: rulePage(subject.rule) };
		case 'search':
			return { title: subject.words, markdown: searchPage(subject.words, subject.found, pages) };
	}
}

/** A known value is titled by its code. */
function numberTitle(value: number, catalog: Catalog): string {
	const entries = catalog.codes(value);
	return entries.length === 1 ? entries[0]!.name : hex(value);
}

/** The same for a terminal of 80 columns; the text ends with a line feed. */
export function explainText(
	query: string,
	catalog: Catalog,
	colours: Colours = NO_COLOURS,
): { readonly title: string; readonly text: string } | { readonly error: string } {
	const style = { catalog, colours };
	const subject = resolveQuery(query, catalog);
	switch (subject.kind) {
		case 'error':
			return { error: subject.error };
		case 'number':
			return { title: numberTitle(subject.value, catalog), text: numberText(subject.value, style) };
		case 'code':
			return { title: subject.code.name, text: codeText(subject.code, style, subject.alias) };
		case 'type':
			return { title: typeSpelling(subject.type.name, catalog), text: typeText(subject.type, style, subject.constant) };
		case 'function':
			return { title: subject.api.id, text: functionText(subject.api, style) };
		case 'option':
			return { title: subject.option.name, text: optionText(subject.option, style) };
		case 'guid':
			return { title: subject.guid.name, text: guidText(subject.guid, style) };
		case 'reported-error':
			return { title: subject.error.name, text: errorText(subject.error, style) };
		case 'rule':
			return { title: subject.rule.id, text: ruleText(subject.rule, style) };
		case 'search':
			return { title: subject.words, text: searchText(subject.words, subject.found, style) };
	}
}

/** The page of one code, type or function by its exact name; further names lead to their entry. */
export function referencePage(kind: PageKind, name: string, pages: Pages): ReferencePage | undefined {
	const { catalog } = pages;
	if (kind === 'code') {
		const found = catalog.code(name);
		return found && { title: found.code.name, markdown: codePage(found.code, pages, found.alias) };
	}
	if (kind === 'function') {
		const api = catalog.functionByName(name);
		return api && { title: api.id, markdown: functionPage(api) };
	}
	const type = catalog.type(name);
	return type && { title: typeSpelling(type.name, catalog), markdown: typePage(type, pages) };
}

export interface ReferenceEntry {
	readonly kind: PageKind;
	readonly name: string;
	readonly detail: string;
}

/** Every page of the reference: functions, codes, types, each by name. */
export function referenceIndex({ entries }: Catalog): ReferenceEntry[] {
	const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
	return [
		...entries.functions.map((a) => ({
			kind: 'function' as const,
			name: a.id,
			detail: detail(a.header, a.summary),
		})),
		...[...entries.codes].sort(byName).map((c) => ({
			kind: 'code' as const,
			name: c.name,
			detail: detail(hex(c.opcode.value), c.summary),
		})),
		...[...entries.types]
			.sort(byName)
			.map((t) => ({ kind: 'struct' as const, name: t.name, detail: detail(t.header, t.summary) })),
	];
}

const detail = (...parts: readonly [string | undefined, string | undefined]): string =>
	[parts[0], firstSentence(parts[1] ?? '')].filter(Boolean).join(' · ');
