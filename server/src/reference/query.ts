/** What a user typed: a number in any usual notation, a header macro, a GUID, or a name of a code, type, constant or function. */

import * as l10n from '@vscode/l10n';
import type { Api } from '../catalog/api.ts';
import type { Catalog, Constant } from '../catalog/catalog.ts';
import { editDistance } from '../catalog/distance.ts';
import { readExpression, readNumber } from '../catalog/expression.ts';
import { guidBytes } from '../catalog/guids.ts';
import type { AliasSpec, CatalogType, ControlCode, ExtensionGuid, WskOption } from '../catalog/model.ts';
import { spoken } from '../rules/docs.ts';
import { rules } from '../rules/index.generated.ts';
import type { Rule } from '../rules/rule.ts';
import { errorNamed, errorNumbered, type KnownError } from './errors.ts';
import { type Found, search } from './search.ts';

/** What a query is about. */
export type Subject =
	| { readonly kind: 'number'; readonly value: number }
	| { readonly kind: 'code'; readonly code: ControlCode; readonly alias?: AliasSpec }
	/** `constant`: the type is shown for the sake of one of its values. */
	| { readonly kind: 'type'; readonly type: CatalogType; readonly constant?: Constant }
	| { readonly kind: 'option'; readonly option: WskOption }
	| { readonly kind: 'guid'; readonly guid: ExtensionGuid }
	| { readonly kind: 'function'; readonly api: Api }
	| { readonly kind: 'reported-error'; readonly error: KnownError }
	| { readonly kind: 'rule'; readonly rule: Rule }
	/** What holds the words, where no name is meant. */
	| { readonly kind: 'search'; readonly words: string; readonly found: readonly Found[] };

export type Resolution = Subject | { readonly kind: 'error'; readonly error: string };

const MAX_QUERY = 200;

const failed = (error: string): Resolution => ({ kind: 'error', error });

/** Finds the subject of a query. Names are matched exactly first, then without regard to case. */
export function resolveQuery(query: string, catalog: Catalog): Resolution {
	const text = query.trim();
	if (text === '') return failed(l10n.t('Give the name of a control code, or a number such as 0x98000004.'));
	if (text.length > MAX_QUERY)
		return failed(l10n.t('A name or a number is expected, not a text of {0} characters.', text.length));
	if (guidBytes(text)) {
		const guid = catalog.guidByText(text);
		return guid ? { kind: 'guid', guid } : failed(l10n.t('No extension function of mswsock.h has the GUID {0}.', text));
	}
	const number = readNumber(text) ?? readExpression(text, catalog);
	if (number === 'too-large')
		return failed(l10n.t('{0} does not fit into 32 bits; control codes are 32-bit numbers.', text));
	if (number !== undefined) return ofNumber(number, catalog);
	const rule = rules.find(({ id }) => id === text);
	if (rule) return { kind: 'rule', rule: spoken(rule) };
	const name = text.replace(/^(?:struct|union|enum)\s+/, '');
	const isName = /^[A-Za-z_]\w*$/.test(name);
	const error = isName ? errorNamed(name, catalog) : undefined;
	const named = isName ? (byName(name, catalog) ?? (error && { kind: 'reported-error' as const, error })) : undefined;
	return named ?? searched(text, catalog) ?? failed(reason(text, name, isName, catalog));
}

/** True where a query means one thing that the catalog has, and no page of what holds its words. */
export function isNamed(query: string, catalog: Catalog): boolean {
	const subject = resolveQuery(query, catalog);
	if (subject.kind === 'number') return catalog.codes(subject.value).length > 0;
	return subject.kind !== 'error' && subject.kind !== 'search';
}

function reason(text: string, name: string, isName: boolean, catalog: Catalog): string {
	if (isName) return `${l10n.t('Nothing in the catalog is called {0}.', name)}${suggestion(name, catalog)}`;
	if (!WORDS.test(text)) return l10n.t('"{0}" is neither a name nor a 32-bit number.', text);
	const near = suggestion(text.trim().replace(/[\s-]+/g, '_'), catalog);
	return `${l10n.t('Nothing in the catalog speaks of "{0}".', text)}${near}`;
}

/** A number that no code has, but that a function reports, is an error. */
function ofNumber(value: number, catalog: Catalog): Subject {
	const error = catalog.codes(value).length === 0 ? errorNumbered(value, catalog) : undefined;
	return error ? { kind: 'reported-error', error } : { kind: 'number', value };
}

/** Words of prose: one of letters alone, or several. A name with an underscore is a name that is misspelt. */
const WORDS = /^(?:[A-Za-z]{4,}|(?=.*[A-Za-z]{3})[A-Za-z0-9_]+(?:[\s-]+[A-Za-z0-9_]+)+)$/;

function searched(text: string, catalog: Catalog): Subject | undefined {
	const found = WORDS.test(text) ? search(text.split(/\s+/), catalog) : [];
	return found.length > 0 ? { kind: 'search', words: text, found } : undefined;
}

function byName(name: string, catalog: Catalog): Subject | undefined {
	const exact = byExactName(name, catalog);
	if (exact) return exact;
	const folded = name.toLowerCase();
	for (const known of catalog.names()) if (known.toLowerCase() === folded) return byExactName(known, catalog);
	return undefined;
}

function byExactName(name: string, catalog: Catalog): Subject | undefined {
	const code = catalog.code(name);
	if (code) return { kind: 'code', ...code };
	const type = catalog.type(name) ?? catalog.pointedType(name);
	if (type) return { kind: 'type', type };
	const option = catalog.option(name);
	if (option) return { kind: 'option', option };
	const api = catalog.functionByName(name);
	if (api) return { kind: 'function', api };
	const guid = catalog.entries.guids.find((g) => g.name === name || g.gives === name);
	if (guid) return { kind: 'guid', guid };
	const constant = catalog.constant(name);
	return constant && { kind: 'type', type: constant.type, constant };
}

/** Fewer letters are the beginning of too many names. */
const MIN_BEGINNING = 6;

/** ` Did you mean …?` with up to three names; empty when none is near. */
function suggestion(name: string, catalog: Catalog): string {
	const folded = name.toLowerCase();
	const limit = Math.max(folded.length < MIN_BEGINNING ? 1 : 2, Math.floor(folded.length / 4));
	const begins = (n: string) => folded.length >= MIN_BEGINNING && n.toLowerCase().startsWith(folded);
	const near = [...new Set(catalog.names())]
		// A tag with an underscore leads to the same page as the name without.
		.filter((n) => !n.startsWith('_'))
		.map((n) => ({ n, distance: begins(n) ? 0 : editDistance(folded, n.toLowerCase(), limit) }))
		.filter(({ distance }) => distance <= limit)
		.sort((a, b) => a.distance - b.distance || (a.n < b.n ? -1 : 1))
		.slice(0, 3)
		.map(({ n }) => n);
	if (near.length === 0) return '';
	const last = near.at(-1) ?? '';
	return ` ${l10n.t('Did you mean {0}?', near.length === 1 ? last : l10n.t('{0} or {1}', near.slice(0, -1).join(', '), last))}`;
}
