/** The prose of a catalog: what its entries say in words to people, apart from names, types and numbers. */
import type { CatalogSource } from './catalog.ts';
import type { Family } from './family.ts';

/** Properties that hold prose, one text or several, wherever they stand. */
const PROSE: ReadonlySet<string> = new Set([
	'conflicts',
	'difference',
	'effect',
	'instead',
	'meaning',
	'note',
	'privilege',
	'readBack',
	'remarks',
	'result',
	'summary',
	'text',
	'until',
	'variable',
	'when',
	'wine',
]);

/** Properties whose own properties are all prose. */
const PROSE_RECORDS: ReadonlySet<string> = new Set(['flag', 'toldBy']);

type Say = (text: string) => string;

/** The same entries in other words: `say` is given each text of prose, as often as it stands there. */
export const inOtherWords = (source: CatalogSource, say: Say): CatalogSource => ({
	...reworded(source, say, false),
	families: source.families.map((family) => familyOf(family, say)),
});

/** An error is also looked up by its number. */
function familyOf(family: Family, say: Say): Family {
	const { errors } = family;
	const named = (number: number) => reworded(errors.named(number), say, false);
	return { ...reworded(family, say, false), errors: { ...reworded(errors, say, false), named } };
}

function reworded<T>(value: T, say: Say, isProse: boolean): T;
function reworded(value: unknown, say: Say, isProse: boolean): unknown {
	if (typeof value === 'string') return isProse ? say(value) : value;
	if (Array.isArray(value)) return value.map((each) => reworded(each, say, isProse));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, each]) => [
			key,
			PROSE_RECORDS.has(key)
				? Object.fromEntries(Object.entries(each).map(([name, text]) => [name, reworded(text, say, true)]))
				: reworded(each, say, PROSE.has(key)),
		]),
	);
}
