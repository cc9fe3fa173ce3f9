/** Control codes as read-only enumeration members, where the client is to colour them so. */
import type { SemanticTokens } from 'vscode-languageserver';
import { type CodePlace, codePlaces } from '../codePlaces.ts';
import type { Feature } from '../feature.ts';
import type { OpenDocument } from '../session/document.ts';
import { SemanticTokensRequest } from '../standard.ts';

const TYPES = ['enumMember'];
const MODIFIERS = ['readonly', 'deprecated'];
const [READONLY, DEPRECATED] = [1, 2] as const;

/** Five numbers for each token, its place told from the one before. */
function encoded(places: readonly CodePlace[], document: OpenDocument): SemanticTokens {
	const data: number[] = [];
	let [line, character] = [0, 0];
	for (const { start, end, code } of places) {
		const { start: at, end: behind } = document.rangeAt(start, end);
		const isSameLine = at.line === line;
		data.push(at.line - line, isSameLine ? at.character - character : at.character);
		data.push(behind.character - at.character, 0);
		data.push(READONLY | (code.status ? DEPRECATED : 0));
		line = at.line;
		character = at.character;
	}
	return { data };
}

export default {
	capability: {
		semanticTokensProvider: { legend: { tokenTypes: TYPES, tokenModifiers: MODIFIERS }, full: true, range: false },
	},
	register(on) {
		on.request(SemanticTokensRequest, {
			what: 'Colouring',
			empty: null,
			async answer(session, { textDocument }) {
				const document = session.analyses.document(textDocument.uri);
				if (!document || !(await session.configuration.of(document.uri)).semanticTokens) return null;
				const places = await codePlaces(session, document, () => true);
				const named = places.filter(({ isNamed }) => isNamed);
				return named.length > 0 ? encoded(named, document) : null;
			},
		});
	},
} satisfies Feature;
