/** The exports of Winsock's DLL among the entry points, which are the only ones that a binding can name. */
import type { Api } from '../../catalog/api.ts';
import type { Catalog } from '../../catalog/catalog.ts';

interface Exports {
	readonly byId: ReadonlyMap<string, Api>;
	/** How many arguments a call of one may have, a callback's among them: bit `n` for each number. */
	readonly counts: number;
}

const known = new WeakMap<Catalog, Exports>();

export function exportsOf(catalog: Catalog): Exports {
	let exports = known.get(catalog);
	if (!exports) {
		const list = catalog.functions.filter((api) => api.dll !== undefined);
		exports = {
			byId: new Map(list.map((api) => [api.id as string, api])),
			counts: list.reduce((bits, { parameters: { length } }) => bits | (1 << length) | (1 << (length + 1)), 0),
		};
		known.set(catalog, exports);
	}
	return exports;
}

/** The export of that name. */
export const exportNamed = (catalog: Catalog, name: string): Api | undefined => exportsOf(catalog).byId.get(name);
