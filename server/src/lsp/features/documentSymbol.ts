/** The calls of a document under the functions that make them. */
import * as l10n from '@vscode/l10n';
import type { DocumentSymbol } from 'vscode-languageserver';
import type { IoctlCall } from '../../calls/model.ts';
import { codeName, sizeText } from '../callText.ts';
import type { Feature } from '../feature.ts';
import type { Analysis } from '../session/analyses.ts';
import { DocumentSymbolRequest } from '../standard.ts';

const [FUNCTION, EVENT] = [12, 24] as const;

function symbolOf(call: IoctlCall, { document, settings }: Analysis): DocumentSymbol {
	const size = (side: 'input' | 'output') => sizeText(call[side]?.length, settings.targets);
	return {
		name: codeName(call),
		detail: [call.through ?? call.api, l10n.t('in {0}', size('input')), l10n.t('out {0}', size('output'))].join(' · '),
		kind: EVENT,
		range: document.rangeAt(call.start, call.end),
		selectionRange: document.rangeAt(call.calleeSpan.start, call.calleeSpan.end),
	};
}

/** Calls by the functions around them; those of one function stand behind each other, as no function lies in another of its name. */
function symbols(analysis: Analysis): DocumentSymbol[] {
	const { calls, document } = analysis;
	const top: DocumentSymbol[] = [];
	let open: { readonly name: string; readonly first: IoctlCall; readonly children: DocumentSymbol[] } | undefined;
	const close = (last: IoctlCall | undefined) => {
		if (!open || !last) return;
		const { name, first, children } = open;
		top.push({
			name,
			kind: FUNCTION,
			range: document.rangeAt(first.start, last.end),
			selectionRange: document.rangeAt(first.start, first.end),
			children,
		});
	};
	let last: IoctlCall | undefined;
	for (const call of calls) {
		const { enclosing } = call;
		if (open?.name !== enclosing) {
			close(last);
			open = enclosing === undefined ? undefined : { name: enclosing, first: call, children: [] };
		}
		(open?.children ?? top).push(symbolOf(call, analysis));
		last = call;
	}
	close(last);
	return top;
}

export default {
	capability: () => ({ documentSymbolProvider: { label: l10n.t('I/O control calls') } }),
	register(on) {
		on.request(DocumentSymbolRequest, {
			what: 'Listing symbols',
			empty: null,
			async answer({ analyses }, { textDocument }) {
				const analysis = await analyses.of(textDocument.uri);
				return analysis && analysis.calls.length > 0 ? symbols(analysis) : null;
			},
		});
	},
} satisfies Feature;
