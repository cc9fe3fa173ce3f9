/** What a name or a number means. */
import { explain } from '../../reference/explain.ts';
import type { Feature } from '../feature.ts';
import { ExplainRequest } from '../protocol.ts';

export default {
	register(on) {
		on.request(ExplainRequest, {
			what: 'Explaining',
			empty: { error: 'The question could not be answered; the log says why.' },
			answer: ({ catalog, commands }, params) =>
				typeof params?.query === 'string'
					? explain(params.query, { catalog, link: commands.referenceLink })
					: { error: 'A name or a number is expected.' },
		});
	},
} satisfies Feature;
