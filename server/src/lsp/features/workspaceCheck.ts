/** Checks the files of the workspace that no editor has open, when it is asked to, and keeps what it found up to date. */
import { CONFIG_NAME } from '../../workspace/configured.ts';
import type { Feature } from '../feature.ts';
import { CheckWorkspaceRequest, ClearWorkspaceRequest, SetTrustNotification } from '../protocol.ts';
import type { Session } from '../session/session.ts';
import {
	DELETED,
	DeleteNotification,
	FilesNotification,
	FoldersNotification,
	RenameNotification,
	SettingsNotification,
} from '../standard.ts';
import { WorkspaceCheck } from '../workspaceCheck.ts';

const checks = new WeakMap<Session, WorkspaceCheck>();

/** The check of a session. */
function checkOf(session: Session): WorkspaceCheck {
	const known = checks.get(session) ?? new WorkspaceCheck(session);
	checks.set(session, known);
	return known;
}

export default {
	register(on) {
		on.opened((session) => {
			const check = checkOf(session);
			session.analyses.addViewer({
				show: (analysis) => void check.shown(analysis),
				clear: (uri) => check.touched(uri),
			});
		});
		on.request(CheckWorkspaceRequest, {
			what: 'Checking the workspace',
			empty: { read: 0, calls: 0 },
			answer: (session, params, token) => checkOf(session).run(params ?? {}, token),
		});
		on.request(ClearWorkspaceRequest, {
			what: 'Clearing the workspace',
			empty: null,
			answer(session) {
				checkOf(session).clear();
				return null;
			},
		});
		on.notification(FilesNotification, 'Watching files', (session, { changes }) => {
			const check = checkOf(session);
			const { project, analyses } = session;
			for (const { uri, type } of changes) {
				if (type === DELETED) check.removed(uri);
				check.touched(uri);
			}
			if (changes.some(({ uri }) => project.isConfiguration(uri) || uri.endsWith(CONFIG_NAME))) check.allTouched(true);
			else if (changes.some(({ uri }) => !analyses.document(uri) && project.isIncluded(uri))) check.allTouched(false);
		});
		on.notification(DeleteNotification, 'Deleting files', (session, { files }) => {
			for (const { uri } of files) checkOf(session).removed(uri);
		});
		on.notification(RenameNotification, 'Renaming files', (session, { files }) => {
			for (const { oldUri, newUri } of files) {
				checkOf(session).removed(oldUri);
				checkOf(session).touched(newUri);
			}
		});
		on.notification(SettingsNotification, 'Reading the settings', (session) => checkOf(session).allTouched(true));
		on.notification(SetTrustNotification, 'Setting the trust', (session) => checkOf(session).allTouched(true));
		on.notification(FoldersNotification, 'Changing the folders', (session) => checkOf(session).allTouched(true));
	},
} satisfies Feature;
