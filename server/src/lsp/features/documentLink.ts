/** The rules that comments silence lead to their pages, where the client shows pages. */
import * as l10n from '@vscode/l10n';
import { readSuppressions } from '../../check/suppress.ts';
import { rules } from '../../rules/index.generated.ts';
import type { Feature } from '../feature.ts';
import { DocumentLinkRequest } from '../standard.ts';

const known: ReadonlySet<string> = new Set(rules.map(({ id }) => id));

export default {
	capability: ({ commands }) =>
		commands.pageUri('rule', '') === undefined ? {} : { documentLinkProvider: { resolveProvider: false } },
	register(on) {
		on.request(DocumentLinkRequest, {
			what: 'Finding links',
			empty: null,
			answer({ analyses, commands }, { textDocument }) {
				const document = analyses.document(textDocument.uri);
				if (!document) return null;
				return readSuppressions(document.text).flatMap(({ rules: named, spans }) =>
					spans.flatMap(({ start, end }, i) => {
						const rule = named[i] ?? '';
						const target = known.has(rule) ? commands.pageUri('rule', rule) : undefined;
						if (target === undefined) return [];
						return [{ range: document.rangeAt(start, end), target, tooltip: l10n.t('What {0} finds', rule) }];
					}),
				);
			},
		});
	},
} satisfies Feature;
