/** The pages of the reference, and the list of all. */
import type { Catalog } from '../../catalog/catalog.ts';
import { type ReferenceEntry, referenceIndex, referencePage } from '../../reference/explain.ts';
import { rulePage } from '../../rules/docs.ts';
import type { Feature } from '../feature.ts';
import { ReferenceIndexRequest, ReferenceRequest } from '../protocol.ts';

/** The pages of some catalogs, each name of a kind once, in the order of the first one. */
function everyPage(catalogs: readonly Catalog[]): ReferenceEntry[] {
	const entries = new Map<string, ReferenceEntry>();
	for (const catalog of new Set(catalogs))
		for (const entry of referenceIndex(catalog)) {
			const key = `${entry.kind} ${entry.name}`;
			if (!entries.has(key)) entries.set(key, entry);
		}
	return [...entries.values()];
}

export default {
	register(on) {
		on.request(ReferenceRequest, {
			what: 'Opening the reference',
			empty: null,
			answer({ catalogWith, commands }, { kind, name }) {
				if (kind === 'rule') return rulePage(name) ?? null;
				if (typeof name !== 'string' || !['code', 'struct', 'function'].includes(kind)) return null;
				const pages = (catalog: Catalog) => ({ catalog, link: commands.referenceLink });
				const catalog = catalogWith((one) => referencePage(kind, name, pages(one)) !== undefined);
				return referencePage(kind, name, pages(catalog)) ?? null;
			},
		});
		on.request(ReferenceIndexRequest, {
			what: 'Listing the reference',
			empty: { entries: [] },
			answer: ({ catalog, analyses }) => ({ entries: everyPage([catalog, ...analyses.catalogs]) }),
		});
	},
} satisfies Feature;
