/** Control codes by name, and the calls of the open documents. */
import * as l10n from '@vscode/l10n';
import type { SymbolInformation } from 'vscode-languageserver';
import { codeName } from '../callText.ts';
import type { Feature } from '../feature.ts';
import type { Session } from '../session/session.ts';
import { WorkspaceSymbolRequest } from '../standard.ts';

const [CONSTANT, EVENT] = [14, 24] as const;
const ZERO = { line: 0, character: 0 };

/** Fewer letters are a part of too many names. */
const MIN_QUERY = 2;

/** A name holds the letters of a query in their order, without regard to case. */
function holds(name: string, query: string): boolean {
	let at = 0;
	for (const letter of query.toLowerCase()) {
		at = name.toLowerCase().indexOf(letter, at) + 1;
		if (at === 0) return false;
	}
	return true;
}

/** Codes whose pages the client can show. */
function codeSymbols({ catalog, analyses, commands }: Session, query: string): SymbolInformation[] {
	const names = new Set([catalog, ...analyses.catalogs].flatMap((one) => [...one.codeNames()]));
	return [...names].flatMap((name): SymbolInformation[] => {
		const uri = holds(name, query) ? commands.pageUri('code', name) : undefined;
		if (uri === undefined) return [];
		return [
			{
				name,
				kind: CONSTANT,
				containerName: l10n.t('control code'),
				location: { uri, range: { start: ZERO, end: ZERO } },
			},
		];
	});
}

async function callSymbols({ analyses }: Session, query: string): Promise<SymbolInformation[]> {
	const found: SymbolInformation[] = [];
	for (const uri of analyses.uris) {
		const analysis = await analyses.of(uri);
		for (const call of analysis?.calls ?? []) {
			const name = codeName(call);
			if (!analysis || !holds(name, query)) continue;
			const range = analysis.document.rangeAt(call.start, call.end);
			found.push({ name, kind: EVENT, containerName: call.enclosing ?? call.api, location: { uri, range } });
		}
	}
	return found;
}

export default {
	capability: { workspaceSymbolProvider: true },
	register(on) {
		on.request(WorkspaceSymbolRequest, {
			what: 'Looking for symbols',
			empty: null,
			async answer(session, { query }) {
				if (typeof query !== 'string' || query.length < MIN_QUERY) return null;
				return [...(await callSymbols(session, query)), ...codeSymbols(session, query)];
			},
		});
	},
} satisfies Feature;
