/** All places of the control code at the cursor in the open documents. */
import type { Location } from 'vscode-languageserver';
import { codeAt, codePlaces } from '../codePlaces.ts';
import type { Feature } from '../feature.ts';
import { ReferencesRequest } from '../standard.ts';

export default {
	capability: { referencesProvider: true },
	register(on) {
		on.request(ReferencesRequest, {
			what: 'Finding references',
			empty: null,
			async answer(session, { textDocument, position }) {
				const { analyses } = session;
				const at = await codeAt(session, textDocument.uri, position);
				if (!at) return null;
				const found: Location[] = [];
				for (const uri of analyses.uris) {
					const document = analyses.document(uri);
					if (!document) continue;
					for (const { start, end } of await codePlaces(session, document, (code) => code.name === at.code.name))
						found.push({ uri, range: document.rangeAt(start, end) });
				}
				return found;
			},
		});
	},
} satisfies Feature;
