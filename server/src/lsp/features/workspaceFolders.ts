/** Workspace folders that come and go. */
import type { Feature } from '../feature.ts';
import { FoldersNotification } from '../standard.ts';

export default {
	capability: { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } },
	register(on) {
		on.notification(FoldersNotification, 'Changing the folders', (session, { event }) => {
			session.folders.change(
				event.added.map((f) => f.uri),
				event.removed.map((f) => f.uri),
			);
			session.readFilesAgain();
		});
	},
} satisfies Feature;
