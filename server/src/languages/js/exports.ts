/** The entry points that libraries export, which are the only ones that a binding can name. */
import type { Api } from '../../catalog/api.ts';
import type { Catalog } from '../../catalog/catalog.ts';

interface Exports {
	readonly byId: ReadonlyMap<string, Api>;
	/** How many arguments a call of one may have, a callback's among them: bit `n` for each number. */
	readonly counts: number;
	/** The names of those libraries, with a path or without. */
	readonly dlls: RegExp;
}

const known = new WeakMap<Catalog, Exports>();

export function exportsOf(catalog: Catalog): Exports {
	let exports = known.get(catalog);
	if (!exports) {
		const list = catalog.functions.filter((api) => api.dlls !== undefined);
		exports = {
			byId: new Map(list.map((api) => [api.id as string, api])),
			dlls: new RegExp(`(?:^|[\\\\/])(?:${namesOf(list)})(?:\\.dll)?$`, 'i'),
			counts: list.reduce((bits, { parameters: { length } }) => bits | (1 << length) | (1 << (length + 1)), 0),
		};
		known.set(catalog, exports);
	}
	return exports;
}

/** Alternatives of an expression; where there are none, one that nothing matches. */
const namesOf = (list: readonly Api[]): string =>
	[...new Set(list.flatMap(({ dlls = [] }) => dlls))].map((name) => name.replace(/\W/g, '\\$&')).join('|') || '(?!)';

/** The export of that name. */
export const exportNamed = (catalog: Catalog, name: string): Api | undefined => exportsOf(catalog).byId.get(name);
