/** What a name or a number means. */
import * as l10n from '@vscode/l10n';
import { explain } from '../../reference/explain.ts';
import { isNamed } from '../../reference/query.ts';
import type { Feature } from '../feature.ts';
import { ExplainRequest } from '../protocol.ts';

const notAnswered = {
	get error() {
		return l10n.t('The question could not be answered; the log says why.');
	},
};

export default {
	register(on) {
		on.request(ExplainRequest, {
			what: 'Explaining',
			empty: notAnswered,
			answer({ catalogWith, commands }, params) {
				const query: unknown = params?.query;
				if (typeof query !== 'string') return { error: l10n.t('A name or a number is expected.') };
				const catalog = catalogWith((one) => isNamed(query, one));
				return explain(query, { catalog, link: commands.referenceLink });
			},
		});
	},
} satisfies Feature;
