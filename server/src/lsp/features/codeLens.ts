/**
 * A lens over each call: `SIO_KEEPALIVE_VALS · in 12 · Explain`, without the last where there is no command for it. What
 * matters stands in it: a size that is not enough, and what a constant means.
 */
import * as l10n from '@vscode/l10n';
import type { CodeLens } from 'vscode-languageserver';
import type { Catalog } from '../../catalog/catalog.ts';
import { callParts } from '../callParts.ts';
import type { Feature } from '../feature.ts';
import type { Analysis } from '../session/analyses.ts';
import type { ClientCommands } from '../session/clientCommands.ts';
import { CodeLensRequest } from '../standard.ts';

/** The lenses of all calls of a document; the command is empty where the client has none. */
function codeLenses(
	{ calls, document, settings }: Analysis,
	catalog: Catalog,
	{ explainCall }: ClientCommands,
): CodeLens[] {
	const explain = explainCall === '' ? [] : [l10n.t('Explain')];
	return calls.map((call) => {
		const range = document.rangeAt(call.calleeSpan.start, call.calleeSpan.end);
		const title = [...callParts(call, settings.targets, catalog), ...explain].join(' · ');
		return { range, command: { title, command: explainCall, arguments: [document.uri, range.start] } };
	});
}

export default {
	capability: { codeLensProvider: { resolveProvider: false } },
	register(on) {
		on.request(CodeLensRequest, {
			what: 'Code lens',
			empty: [],
			async answer({ analyses, commands }, { textDocument }) {
				const analysis = await analyses.atOnce(textDocument.uri);
				return analysis?.settings.codeLens ? codeLenses(analysis, analysis.catalog, commands) : [];
			},
		});
	},
} satisfies Feature;
