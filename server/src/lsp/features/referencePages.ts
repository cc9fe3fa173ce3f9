/** The pages of the reference, and the list of all. */
import { referenceIndex, referencePage } from '../../reference/explain.ts';
import { rulePage } from '../../rules/docs.ts';
import type { Feature } from '../feature.ts';
import { ReferenceIndexRequest, ReferenceRequest } from '../protocol.ts';

export default {
	register(on) {
		on.request(ReferenceRequest, {
			what: 'Opening the reference',
			empty: null,
			answer({ catalog, commands }, { kind, name }) {
				if (kind === 'rule') return rulePage(name) ?? null;
				if (typeof name !== 'string' || !['code', 'struct', 'function'].includes(kind)) return null;
				return referencePage(kind, name, { catalog, link: commands.referenceLink }) ?? null;
			},
		});
		on.request(ReferenceIndexRequest, {
			what: 'Listing the reference',
			empty: { entries: [] },
			answer: ({ catalog }) => ({ entries: referenceIndex(catalog) }),
		});
	},
} satisfies Feature;
