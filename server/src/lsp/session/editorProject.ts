/** Where the includes of open documents are found. */
import type { Project } from '../../check/headers.ts';
import type { Settings } from '../../settings.ts';
import type { Configured } from '../../workspace/configured.ts';
import type { OpenDocument } from './document.ts';

/** How included files are found for an editor, and which files the checks so far have depended on. */
export interface EditorProject {
	readonly project: Project;
	opened(document: OpenDocument): void;
	closed(uri: string): void;
	/** True when documents may be read with the text of this file, or would be if it were there. */
	isIncluded(uri: string): boolean;
	/** Files on disk changed: what is remembered of them is asked again. */
	forgetFiles(): void;
	/** Notes the include folders that hold for a document, of a workspace folder if it is in any. */
	configure(uri: string, folderUri: string | undefined, settings: Settings): void;
	/** What configuration files say of a document; undefined where it is on no disk. */
	configured(uri: string): ConfiguredDocument | undefined;
	/** True for a configuration file, and for one that such a file takes over. */
	isConfiguration(uri: string): boolean;
	/** Configuration files changed: they are read again when next asked for. */
	forgetConfigurations(): void;
}

/** What configuration files say of a document. */
export interface ConfiguredDocument extends Pick<Configured, 'values' | 'problems'> {
	/** It is not to be checked. */
	readonly excluded: boolean;
}

/** Where there is no disk, every include is as if its file were not there. */
export const withoutDisk: EditorProject = {
	project: { include: async () => undefined },
	opened() {},
	closed() {},
	isIncluded: () => false,
	forgetFiles() {},
	configure() {},
	configured: () => undefined,
	isConfiguration: () => false,
	forgetConfigurations() {},
};
