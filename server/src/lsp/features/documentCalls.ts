/** Tells a client that wants to know it which open documents hold calls, so that commands are offered there alone. */
import type { Feature } from '../feature.ts';
import { DocumentCallsNotification } from '../protocol.ts';
import { option } from '../session/session.ts';

export default {
	register(on) {
		on.opened(({ analyses, client, options }) => {
			if (option(options, 'documentCalls') !== true) return;
			const told = new Set<string>();
			const tell = (uri: string, hasCalls: boolean) => {
				if (told.has(uri) === hasCalls) return;
				if (hasCalls) told.add(uri);
				else told.delete(uri);
				client.notify(DocumentCallsNotification, { uri, hasCalls }, 'The calls of a document could not be told');
			};
			analyses.addViewer({
				show: ({ document, hasCalls }) => tell(document.uri, hasCalls),
				clear(uri) {
					// Its findings are cleared as well when its file is gone: then it still holds them.
					if (!analyses.document(uri)) tell(uri, false);
				},
			});
		});
	},
} satisfies Feature;
