/** Tells a client that shows it of documents that are not checked, or not to their end. */
import type { Feature } from '../feature.ts';
import { DocumentStatusNotification, type DocumentStatusParams } from '../protocol.ts';
import type { Client } from '../session/client.ts';
import { option } from '../session/session.ts';

export default {
	register(on) {
		on.opened(({ analyses, client, options }) => {
			// Other clients would complain of a message that they do not know.
			if (option(options, 'documentStatus') !== true) return;
			const told = new Set<string>();
			const tell = (status: DocumentStatusParams): void => {
				const isFine = !status.tooLarge && !status.spent;
				if (isFine && !told.delete(status.uri)) return;
				if (!isFine) told.add(status.uri);
				notify(client, status);
			};
			analyses.addViewer({
				show: ({ document: { uri }, tooLarge = null, spent = null }) => tell({ uri, tooLarge, spent }),
				clear: (uri) => tell({ uri, tooLarge: null, spent: null }),
			});
		});
	},
} satisfies Feature;

const notify = (client: Client, status: DocumentStatusParams): void =>
	client.notify(DocumentStatusNotification, status, 'The state of a document could not be told');
