/** All places of the control code at the cursor in its document. */
import { codeAt, codePlaces } from '../codePlaces.ts';
import type { Feature } from '../feature.ts';
import { DocumentHighlightRequest } from '../standard.ts';

const READ = 2;

export default {
	capability: { documentHighlightProvider: true },
	register(on) {
		on.request(DocumentHighlightRequest, {
			what: 'Highlighting',
			empty: null,
			async answer(session, { textDocument, position }) {
				const document = session.analyses.document(textDocument.uri);
				const at = document && (await codeAt(session, document.uri, position));
				if (!document || !at) return null;
				const places = await codePlaces(session, document, (code) => code.name === at.code.name);
				return places.map(({ start, end }) => ({ range: document.rangeAt(start, end), kind: READ }));
			},
		});
	},
} satisfies Feature;
