/** Tells a client that shows it of documents that are too large to be checked. */
import type { Feature } from '../feature.ts';
import { DocumentStatusNotification } from '../protocol.ts';
import { option } from '../session/session.ts';

export default {
	register(on) {
		on.opened(({ analyses, client, options }) => {
			// Other clients would complain of a message that they do not know.
			if (option(options, 'documentStatus') !== true) return;
			const told = new Set<string>();
			const what = 'The state of a document could not be told';
			analyses.addViewer({
				show({ document: { uri }, tooLarge }) {
					if (!tooLarge && !told.delete(uri)) return;
					if (tooLarge) told.add(uri);
					client.notify(DocumentStatusNotification, { uri, tooLarge: tooLarge ?? null }, what);
				},
				clear(uri) {
					if (told.delete(uri)) client.notify(DocumentStatusNotification, { uri, tooLarge: null }, what);
				},
			});
		});
	},
} satisfies Feature;
