/** What can be completed at a place of a document: codes, arguments, whole calls. */
import * as l10n from '@vscode/l10n';
import type { CompletionItem, InsertTextFormat, TextEdit } from 'vscode-languageserver';
import type { Place } from '../calls/siteAt.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { hex } from '../catalog/opcode.ts';
import { bothSizes, firstSentence } from '../reference/facts.ts';
import type { Span } from '../syntax/span.ts';
import { minimumSize } from '../types/requirements.ts';
import { scalarKind } from '../types/scalars.ts';
import { isWithout, proposals, type Side } from '../writing/arguments.ts';
import { codesFor, type WritableCode } from '../writing/codes.ts';
import { declarationSnippet, declaredFor, foreignCallSnippet } from '../writing/foreignSnippets.ts';
import { includeFor } from '../writing/includes.ts';
import { callSnippet, functionFor } from '../writing/snippets.ts';
import { type CallPlace, callPlaceAt, nullWordOf } from './placeOfCall.ts';
import type { View } from './session/analyses.ts';

// Numbers of the protocol.
const [VARIABLE, VALUE, CONSTANT, SNIPPET] = [6, 12, 21, 15] as const;
const DEPRECATED = 1;
const SNIPPET_FORMAT: typeof InsertTextFormat.Snippet = 2;

/** What the client shows of an item. */
export interface ItemStyle {
	/** A range to replace and one to insert at. */
	readonly insertReplace: boolean;
	readonly labelDetails: boolean;
	readonly snippets: boolean;
}

/** What a control code's name begins with, as far as it is written. */
const CODE_START = /^(?:SIO_|FIO|SIOC)/;
/** A name that is too short to tell: the client is to ask again. */
const MAY_BECOME = /^(?:S|SI|SIO|F|FI|W|WS|WSA)$/;
const FUNCTION_START = /^WSAI/;

export interface Completions {
	readonly items: readonly CompletionItem[];
	/** More letters may bring some. */
	readonly isIncomplete: boolean;
}

export const NO_COMPLETIONS: Completions = { items: [], isIncomplete: false };

/** The word around an offset. */
export function wordAt(text: string, offset: number): Span {
	let start = offset;
	while (start > 0 && offset - start < MAX_WORD && /[\w$]/.test(text.charAt(start - 1))) start--;
	let end = offset;
	while (end < text.length && end - offset < MAX_WORD && /[\w$]/.test(text.charAt(end))) end++;
	return { start, end };
}

/** Longer words are no names of ours. */
const MAX_WORD = 100;

/** Can what is written there become a name that stands outside of a call? */
export const mayBeName = (text: string, offset: number): boolean => {
	const word = text.slice(wordAt(text, offset).start, offset);
	return CODE_START.test(word) || FUNCTION_START.test(word) || MAY_BECOME.test(word);
};

/** Everything that can be completed at a place. */
export function completionsAt(view: View, style: ItemStyle): Completions {
	const { catalog } = view;
	const place = callPlaceAt(view);
	if (place) return { items: argumentItems(place, view, style), isIncomplete: false };
	const { text, offset } = view;
	const typed = text.slice(wordAt(text, offset).start, offset);
	if (!CODE_START.test(typed) && !FUNCTION_START.test(typed) && !MAY_BECOME.test(typed)) return NO_COMPLETIONS;
	const around = view.file.placeAt(offset);
	// Where functions are declared their names are the keys of a table.
	if (around === 'other' && FUNCTION_START.test(typed) && view.file.foreign?.(offset)?.isTable)
		return { items: snippetItems(typed, view, catalog, style), isIncomplete: false };
	if (!NAMES_CODES.has(around)) return NO_COMPLETIONS;
	if (MAY_BECOME.test(typed)) return { items: [], isIncomplete: true };
	if (around === 'statement') return { items: snippetItems(typed, view, catalog, style), isIncomplete: false };
	// In TypeScript such a name is somebody's own.
	if (FUNCTION_START.test(typed) || view.language.wording.closedBuffers) return NO_COMPLETIONS;
	const beginning = codesFor(undefined, catalog).filter(({ name }) => name.startsWith(typed));
	return { items: codeItems(beginning, { view, catalog, style, textOf: ({ name }) => name }), isIncomplete: false };
}

const NAMES_CODES: ReadonlySet<Place> = new Set(['statement', 'case', 'definition', 'value']);

function argumentItems(place: CallPlace, view: View, style: ItemStyle): readonly CompletionItem[] {
	const { role, site, catalog, api } = place;
	if (role === undefined || (place.call.kind !== 'ioctl' && role !== 'overlapped')) return [];
	if (role !== 'code') return valueItems(place, view, style);
	if (!mayBeCode(place, view)) return [];
	const isSigned = scalarKind(api.parameters[api.roles.code]?.type ?? '') === 'signed';
	const textOf = ({ name, code }: WritableCode): string => {
		const { value } = code.opcode;
		if (!view.language.wording.closedBuffers || site.codeOf(name) === value) return name;
		return `${hex(value)}${isSigned && value > 0x7fffffff ? ' | 0' : ''} /* ${name} */`;
	};
	const codes = codeItems(codesFor(api, catalog), { view, catalog, style, textOf });
	return [...codes, ...definedItems(place, view, style)];
}

/** Codes that the headers of the project define, where the function takes codes of their family. */
function definedItems({ catalog, api }: CallPlace, view: View, style: ItemStyle): readonly CompletionItem[] {
	const edit = editsOf(wordAt(view.text, view.offset), view, style);
	const family = catalog.family(api);
	return (view.file.definedCodes?.() ?? []).map(({ name, value }): CompletionItem => {
		const parts = family.split(value);
		const way = [parts.in ? l10n.t('in') : '', parts.out ? l10n.t('out') : ''].filter((word) => word !== '').join(', ');
		const told = [hex(value), way].filter((word) => word !== '');
		return {
			label: name,
			kind: CONSTANT,
			...(style.labelDetails ? { labelDetails: { detail: ` ${hex(value)}`, description: way } } : {}),
			detail: [...(style.labelDetails ? [] : told), l10n.t('defined in the project')].join(' · '),
			// Behind those of the catalog, of which fewer may be meant.
			sortText: `900${name}`,
			filterText: name,
			...edit(name),
		};
	});
}

/** Names of types between which and a parenthesis a code is converted. */
const CONVERTS = /^(?:|DWORD|ULONG|u_long|int|long|unsigned|uint32_t)$/;

/** Does nothing stand in front of the word that makes it something else than a code? */
function mayBeCode({ site }: CallPlace, { text, offset }: View): boolean {
	const written = site.written[site.at];
	const word = wordAt(text, offset);
	const before =
		text
			.slice(written?.start ?? word.start, word.start)
			.trimEnd()
			.at(-1) ?? '';
	if (/^\d/.test(text.slice(word.start, offset))) return false;
	return site.within.every((name) => CONVERTS.test(name)) && ['', '(', ')', '?', ':'].includes(before);
}

interface CodeItems {
	readonly view: View;
	readonly catalog: Catalog;
	readonly style: ItemStyle;
	readonly textOf: (code: WritableCode) => string;
}

function codeItems(codes: readonly WritableCode[], { view, catalog, style, textOf }: CodeItems): CompletionItem[] {
	const edit = editsOf(wordAt(view.text, view.offset), view, style);
	const inclusion = view.file.inclusion?.();
	const includes = new Map<string, readonly TextEdit[]>();
	/** The edit that includes a header, where one is needed. */
	const including = (header: string, isOwn: boolean | undefined): readonly TextEdit[] => {
		const key = `${isOwn} ${header}`;
		const known = includes.get(key);
		if (known) return known;
		const include = inclusion && includeFor(header, inclusion, isOwn);
		const edits = include ? [lineEdit(include, view)] : [];
		includes.set(key, edits);
		return edits;
	};
	return codes.map((each, i): CompletionItem => {
		const { name, code, alias } = each;
		const { line, sizes } = toldOf(code, catalog);
		const header = alias?.header ?? code.header;
		const include = header === undefined ? [] : including(header, code.isOwn);
		const value = hex(code.opcode.value);
		return {
			label: name,
			kind: CONSTANT,
			...(style.labelDetails ? { labelDetails: { detail: ` ${value}`, description: sizes } } : {}),
			detail: [...(style.labelDetails ? [] : [value, sizes]), line].filter((text) => text !== '').join(' · '),
			...(code.status ? { tags: [DEPRECATED] } : {}),
			sortText: String(i).padStart(3, '0'),
			filterText: name,
			...edit(textOf(each)),
			...(include.length > 0 ? { additionalTextEdits: [...include] } : {}),
			data: { code: name },
		};
	});
}

/** What an item says of its code. */
interface CodeTold {
	readonly line: string;
	readonly sizes: string;
}

/** It is the same at every letter. */
const toldCodes = new WeakMap<Catalog, Map<WritableCode['code'], CodeTold>>();

function toldOf(code: WritableCode['code'], catalog: Catalog): CodeTold {
	const ofCatalog = toldCodes.get(catalog) ?? new Map<WritableCode['code'], CodeTold>();
	toldCodes.set(catalog, ofCatalog);
	const known = ofCatalog.get(code);
	if (known) return known;
	const told = { line: firstSentence(code.summary ?? ''), sizes: sizesOf(code, catalog) };
	ofCatalog.set(code, told);
	return told;
}

/** `in 12`, `out 4/8`: what a code needs at least. */
function sizesOf(code: WritableCode['code'], catalog: Catalog): string {
	const size = (side: Side): string | undefined => {
		const bytes = isWithout(code, side, catalog) ? undefined : minimumSize(code[side], catalog);
		return bytes && `${bothSizes(bytes)}${code[side].variable === undefined ? '' : '+'}`;
	};
	const [input, output] = [size('input'), size('output')];
	return [...(input ? [l10n.t('in {0}', input)] : []), ...(output ? [l10n.t('out {0}', output)] : [])].join(', ');
}

function lineEdit({ at, line }: { readonly at: number; readonly line: string }, { document, text }: View): TextEdit {
	const position = document.positionAt(at);
	const lineEnd = document.lineEnd(position.line);
	// A last line may lack its end.
	const isOpen = at > 0 && !/[\r\n]/.test(text.charAt(at - 1));
	return { range: { start: position, end: position }, newText: isOpen ? `${lineEnd}${line}` : `${line}${lineEnd}` };
}

/** Puts texts in the place of a range, and in front of what stands behind the cursor where the client can choose. */
function editsOf(
	{ start, end }: Span,
	{ document, offset }: View,
	style: ItemStyle,
): (newText: string) => Partial<CompletionItem> {
	const replace = document.rangeAt(start, end);
	if (!style.insertReplace) return (newText) => ({ textEdit: { range: replace, newText } });
	const insert = document.rangeAt(start, offset);
	return (newText) => ({ textEdit: { newText, insert, replace } });
}

const KINDS = { variable: VARIABLE, size: VALUE, constant: CONSTANT } as const;

function valueItems(place: CallPlace, view: View, style: ItemStyle): CompletionItem[] {
	const { site, role } = place;
	const written = site.written[site.at];
	const word = wordAt(view.text, view.offset);
	if (role === undefined || !written) return [];
	const isMeasured = site.within.length === 1 && site.within[0] === 'sizeof';
	if (site.within.length > 0 && !isMeasured) return [];
	const from = isMeasured ? view.text.indexOf('(', written.start) + 1 : written.start;
	const before = view.text.slice(Math.min(from, word.start), word.start).trim();
	if (before !== '' && before !== '&') return [];
	const start = before === '&' ? Math.min(from, word.start) : word.start;
	const edit = editsOf({ start: isMeasured ? word.start : start, end: word.end }, view, style);
	return proposals(role, place).flatMap(({ text, detail, kind, isBest }, i): CompletionItem[] => {
		const inner = isMeasured ? /^sizeof\((.*)\)$/.exec(text)?.[1] : text;
		if (inner === undefined || (before === '&' && !inner.startsWith('&'))) return [];
		return [
			{
				label: inner,
				kind: KINDS[kind],
				...(detail === '' ? {} : { detail }),
				sortText: String(i).padStart(3, '0'),
				filterText: inner,
				...(isBest ? { preselect: true } : {}),
				...edit(inner),
			},
		];
	});
}

function snippetItems(typed: string, view: View, catalog: Catalog, style: ItemStyle): CompletionItem[] {
	const { language, text, offset, document, file } = view;
	if (!style.snippets) return [];
	if (language.wording.closedBuffers) return foreignItems(typed, view, catalog, style);
	const edit = editsOf(wordAt(text, offset), view, style);
	// What is declared further up is another function's, most of the time.
	const near = text.slice(Math.max(0, offset - NEAR), offset);
	const lineEnd = document.lineEnd(document.positionAt(offset).line);
	const snippetStyle = {
		cpp: language.id === 'cpp',
		nullWord: nullWordOf(view),
		braceBelow: /[\r\n][ \t]*\{[ \t]*[\r\n]/.test(near),
		isTaken: (name: string) => new RegExp(`\\b${name}\\b`).test(near),
	};
	const inclusion = file.inclusion?.();
	return codesFor(undefined, catalog).flatMap(({ name, code, alias }, i): CompletionItem[] => {
		const body = alias ? undefined : callSnippet(code, catalog, snippetStyle);
		const api = body === undefined ? undefined : functionFor(code, catalog);
		const isAsked = FUNCTION_START.test(typed) ? api?.id.startsWith(typed) : name.startsWith(typed);
		if (body === undefined || !api || !isAsked) return [];
		const include = inclusion && code.header !== undefined ? includeFor(code.header, inclusion) : undefined;
		return [
			{
				label: l10n.t('{0} call', name),
				kind: SNIPPET,
				detail: firstSentence(code.summary ?? ''),
				sortText: String(i).padStart(3, '0'),
				filterText: FUNCTION_START.test(typed) ? `${api.id} ${name}` : name,
				insertTextFormat: SNIPPET_FORMAT,
				insertTextMode: 2,
				...edit(body.replaceAll('\n', lineEnd)),
				...(include ? { additionalTextEdits: [lineEdit(include, view)] } : {}),
				data: { code: name, snippet: true },
			},
		];
	});
}

/** Declarations and calls in the form of the library that the file uses. */
function foreignItems(typed: string, view: View, catalog: Catalog, style: ItemStyle): CompletionItem[] {
	const { text, offset, document, file } = view;
	const foreign = file.foreign?.(offset);
	if (!foreign) return [];
	const near = text.slice(Math.max(0, offset - NEAR), offset);
	const foreignStyle = { foreign, isTaken: (name: string) => new RegExp(`\\b${name}\\b`).test(near) };
	const lineEnd = document.lineEnd(document.positionAt(offset).line);
	const edit = editsOf(wordAt(text, offset), view, style);
	const made = (label: string, filterText: string, body: string, more: Partial<CompletionItem>): CompletionItem => ({
		label,
		kind: SNIPPET,
		filterText,
		insertTextFormat: SNIPPET_FORMAT,
		insertTextMode: 2,
		...edit(body.replaceAll('\n', lineEnd)),
		...more,
	});
	const declarations = catalog.functions.flatMap((api): CompletionItem[] => {
		const body = declarationSnippet(api, foreignStyle);
		if (body === undefined || foreign.callees.has(api.id) || !FUNCTION_START.test(typed)) return [];
		if (!api.id.startsWith(typed) && !foreign.isTable) return [];
		const detail = `${foreign.library}: ${firstSentence(api.summary)}`;
		return [made(l10n.t('{0} declaration', api.id), `${typed} ${api.id}`, body, { detail, sortText: `!${api.id}` })];
	});
	const calls = codesFor(undefined, catalog).flatMap(({ name, code, alias }, i): CompletionItem[] => {
		const api = alias ? undefined : declaredFor(code, catalog, foreign);
		const isAsked = FUNCTION_START.test(typed) ? api?.id.startsWith(typed) : name.startsWith(typed);
		const body = api && isAsked ? foreignCallSnippet(code, catalog, foreignStyle) : undefined;
		if (body === undefined || !api) return [];
		const filterText = FUNCTION_START.test(typed) ? `${api.id} ${name}` : name;
		const detail = firstSentence(code.summary ?? '');
		const data = { code: name, snippet: true };
		return [made(l10n.t('{0} call', name), filterText, body, { detail, sortText: String(i).padStart(3, '0'), data })];
	});
	return [...declarations, ...calls];
}

/** As far as a function goes, most of the time. */
const NEAR = 4000;
