/** Where the includes of open documents are found. */
import type { Project } from '../../check/headers.ts';
import type { Settings } from '../../settings.ts';
import type { Configured } from '../../workspace/configured.ts';
import type { Excluder } from '../../workspace/exclude.ts';
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
	/** Resolves when `configured` has all that it is made from; absent or undefined where it always has. */
	prepare?(uri: string): Promise<void> | undefined;
	/** What configuration files say of a document; undefined where it is on no disk. */
	configured(uri: string): ConfiguredDocument | undefined;
	/** True for a configuration file, and for one that such a file takes over. */
	isConfiguration(uri: string): boolean;
	/** Configuration files changed: they are read again when next asked for. */
	forgetConfigurations(): void;
	/** Files that no editor has open; absent where there is no disk. */
	readonly sources?: SourceFiles;
}

/** Source files on disk. Paths are absolute. */
export interface SourceFiles {
	/** Those below a folder, as the command line finds them; undefined now and then, where others may have their turn. */
	below(folder: string, excluded: Excluder): Iterable<string | undefined>;
	/** True for a file that `below` gives, were it there. */
	isBelow(folder: string, path: string, excluded: Excluder): boolean;
	/** True for a file or folder that configuration files leave out. */
	excludes(path: string): boolean;
	/** Gives the texts of files; undefined for what holds no call, is too large or cannot be read. */
	reader(): (path: string, settings: Settings) => string | undefined;
}

/** What configuration files say of a document. */
export interface ConfiguredDocument extends Pick<Configured, 'values' | 'problems'> {
	/** It is not to be checked. */
	readonly excluded: boolean;
}
