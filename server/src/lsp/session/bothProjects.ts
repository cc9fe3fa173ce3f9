/** The disk for documents that are files on it, and the client's files for all others. */
import { isElsewhere } from '../../workspace/uri.ts';
import type { ClientProject } from './clientProject.ts';
import type { EditorProject } from './editorProject.ts';

export function bothProjects(disk: EditorProject, elsewhere: ClientProject): EditorProject {
	const of = (uri: string): EditorProject => (isElsewhere(uri) ? elsewhere : disk);
	return {
		...(disk.sources ? { sources: disk.sources } : {}),
		project: {
			...disk.project,
			include: (name, quoted, from, document) => of(document ?? from).project.include(name, quoted, from, document),
			places: (document) => of(document).project.places?.(document) ?? '',
		},
		opened: (document) => of(document.uri).opened(document),
		closed: (uri) => of(uri).closed(uri),
		isIncluded: (uri) => of(uri).isIncluded(uri),
		forgetFiles() {
			disk.forgetFiles();
			elsewhere.forgetFiles();
		},
		configure: (uri, folderUri, settings) => of(uri).configure(uri, folderUri, settings),
		prepare: (uri) => of(uri).prepare?.(uri),
		configured: (uri) => of(uri).configured(uri),
		isConfiguration: (uri) => of(uri).isConfiguration(uri),
		forgetConfigurations() {
			disk.forgetConfigurations();
			elsewhere.forgetConfigurations();
		},
	};
}
