/** The built-in catalog without a word of prose: what code still tells from it, it tells from facts. */
import { Catalog, type CatalogSource } from '../../server/src/catalog/catalog.ts';

/** Properties that are written for people. */
const PROSE: ReadonlySet<string> = new Set([
	'summary',
	'remarks',
	'meaning',
	'when',
	'note',
	'conflicts',
	'effect',
	'difference',
	'wine',
	'privilege',
	'variable',
	'since',
	'until',
	'result',
]);

/** Another text in the place of each sentence; `undefined` stays so, as a sentence's being there may be a fact. */
function mute(value: unknown, key = ''): unknown {
	if (Array.isArray(value)) return value.map((entry) => mute(entry, key));
	if (typeof value === 'string') return PROSE.has(key) ? '-' : value;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mute(inner, name)]));
}

/** Every sentence in it, the longest first. */
export function sentencesOf(value: unknown, key = ''): string[] {
	if (typeof value === 'string') return PROSE.has(key) ? [value] : [];
	if (typeof value !== 'object' || value === null) return [];
	const inner = Array.isArray(value)
		? value.flatMap((entry) => sentencesOf(entry, key))
		: Object.entries(value).flatMap(([name, entry]) => sentencesOf(entry, name));
	return inner.sort((a, b) => b.length - a.length);
}

const { codes, types, options, guids, functions, families } = Catalog.builtin.entries;

export const muted = new Catalog({
	codes: mute(codes) as CatalogSource['codes'],
	types: mute(types) as CatalogSource['types'],
	options: mute(options) as CatalogSource['options'],
	guids: mute(guids) as CatalogSource['guids'],
	functions: mute(functions) as CatalogSource['functions'],
	families,
});
