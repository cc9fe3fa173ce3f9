/** Files on disk that findings depend on, or whose editors may still be open: changed, deleted, renamed. */
import { extensions } from '../../languages/languageOf.ts';
import { BUILD_FILE_GLOBS, isBuildFile } from '../../workspace/buildFiles.ts';
import { CODES_ENDING, CONFIG_NAME } from '../../workspace/configured.ts';
import type { Feature } from '../feature.ts';
import { DELETED, DeleteNotification, FilesNotification, RenameNotification } from '../standard.ts';

/** A configuration may take over a file that ends so. */
const CONFIGURATIONS = [`**/${CONFIG_NAME}`, `**/*${CONFIG_NAME}`, `**/*${CODES_ENDING}`];
const WATCHED = [`**/*.{${extensions.map((e) => e.slice(1)).join(',')}}`, ...BUILD_FILE_GLOBS, ...CONFIGURATIONS];

const everyFile = { filters: [{ pattern: { glob: '**/*' } }] };

export default {
	capability: { workspace: { fileOperations: { didDelete: everyFile, didRename: everyFile } } },
	register(on) {
		on.started(({ client }) => {
			if (client.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
				client.register(FilesNotification, { watchers: WATCHED.map((globPattern) => ({ globPattern })) });
			}
		});
		on.notification(FilesNotification, 'Watching files', (session, { changes }) => {
			const { analyses, project } = session;
			for (const { uri, type } of changes) if (type === DELETED) analyses.deleted(uri);
			// An open document is read from its editor, and saving it is told apart.
			const matters = (uri: string) => !analyses.document(uri) && (project.isIncluded(uri) || isBuildFile(uri));
			if (changes.some(({ uri }) => matters(uri))) session.readFilesAgain();
			if (changes.some(({ uri }) => project.isConfiguration(uri))) session.readSettingsAgain();
		});
		on.notification(DeleteNotification, 'Deleting files', ({ analyses }, { files }) => {
			for (const { uri } of files) analyses.deleted(uri);
		});
		on.notification(RenameNotification, 'Renaming files', ({ analyses }, { files }) => {
			for (const { oldUri } of files) analyses.deleted(oldUri);
		});
	},
} satisfies Feature;
