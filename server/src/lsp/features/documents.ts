/** Open documents: their texts and every change of them. */
import type { Feature } from '../feature.ts';
import {
	ChangeNotification,
	CloseNotification,
	INCREMENTAL_SYNC,
	OpenNotification,
	SaveNotification,
} from '../standard.ts';

export default {
	capability: { textDocumentSync: { openClose: true, change: INCREMENTAL_SYNC, save: true } },
	register(on) {
		on.notification(OpenNotification, 'Opening a document', ({ analyses, project }, { textDocument }) => {
			project.opened(analyses.open(textDocument));
		});
		on.notification(ChangeNotification, 'Changing a document', ({ analyses }, { textDocument, contentChanges }) => {
			analyses.change(textDocument.uri, textDocument.version, contentChanges);
		});
		on.notification(CloseNotification, 'Closing a document', (session, { textDocument: { uri } }) => {
			const { analyses, project } = session;
			analyses.close(uri);
			const included = project.isIncluded(uri);
			project.closed(uri);
			if (included) session.readFilesAgain();
		});
		on.notification(SaveNotification, 'Saving a document', (session, { textDocument }) => {
			if (session.project.isIncluded(textDocument.uri)) session.readFilesAgain();
			// Nobody tells of other files then.
			const { didChangeWatchedFiles } = session.client.capabilities.workspace ?? {};
			if (!didChangeWatchedFiles?.dynamicRegistration) session.readSettingsSoon();
		});
	},
} satisfies Feature;
