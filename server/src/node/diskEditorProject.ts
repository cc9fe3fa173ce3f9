/** Where the includes of open documents are found: in editors first, then on disk. */
import { basename, dirname, resolve } from 'node:path';
import { Catalog } from '../catalog/catalog.ts';
import type { Project } from '../check/headers.ts';
import type { OpenDocument } from '../lsp/session/document.ts';
import type { ConfiguredDocument, EditorProject, SourceFiles } from '../lsp/session/editorProject.ts';
import type { Settings } from '../settings.ts';
import { CODES_ENDING, CONFIG_NAME } from '../workspace/configured.ts';
import { filePath } from '../workspace/uri.ts';
import { CompilerFacts } from './compiler/compilerFacts.ts';
import { diskProject } from './diskProject.ts';
import { isSourceBelow, SourceReaders, sourcesBelow } from './files.ts';
import { HeaderSearch } from './headerSearch.ts';
import { SettingsFiles } from './settingsFiles.ts';

/** The project of an editor that has its files on this machine's disk. */
export class DiskEditorProject implements EditorProject {
	readonly project: Project;
	readonly #documents = new Map<string, OpenDocument>();
	/** Workspace folders. */
	readonly #folders = new Set<string>();
	/** Include folders of the last settings seen, by document. */
	readonly #includePaths = new Map<string, readonly string[]>();
	readonly #configurations = new SettingsFiles();
	/** The compilation database of the last settings seen, by document. */
	readonly #databases = new Map<string, string>();
	readonly #compiler = new CompilerFacts((file) => this.#databases.get(file));
	/** Names of the files that documents include, found or not: names, because links and cases give a file many paths. */
	readonly #included = new Set<string>();
	readonly #search = new HeaderSearch();
	readonly sources: SourceFiles = {
		below: sourcesBelow,
		isBelow: isSourceBelow,
		excludes: (path) => this.#configurations.excludes(path),
		reader() {
			const readers = new SourceReaders(Catalog.builtin);
			return (path, settings) => {
				const result = readers.of(settings).read(path);
				return result && 'text' in result ? result.text : undefined;
			};
		},
	};

	constructor() {
		this.project = diskProject({
			includePath: (document) => this.#includePaths.get(document) ?? [],
			compiler: (file) => this.#compiler.of(file),
			search: this.#search,
			folders: () => [...this.#folders],
			openText: (path) => {
				this.#included.add(nameOf(path));
				return this.#documents.get(path)?.text;
			},
		});
	}

	opened(document: OpenDocument): void {
		const path = fileOf(document.uri);
		if (path !== undefined) this.#documents.set(path, document);
	}

	closed(uri: string): void {
		const path = fileOf(uri);
		if (path === undefined) return;
		this.#documents.delete(path);
		this.#includePaths.delete(resolve(path));
		this.#databases.delete(resolve(path));
	}

	isIncluded(uri: string): boolean {
		const path = fileOf(uri);
		return path !== undefined && this.#included.has(nameOf(path));
	}

	forgetFiles(): void {
		this.#compiler.forget();
		this.#search.clear();
		this.#included.clear();
	}

	configure(uri: string, folderUri: string | undefined, { includePath, compileCommands }: Settings): void {
		const base = folderUri === undefined ? undefined : fileOf(folderUri);
		if (base !== undefined) this.#folders.add(base);
		const path = fileOf(uri);
		if (path === undefined) return;
		const from = base ?? dirname(path);
		this.#includePaths.set(resolve(path), base === undefined ? includePath : includePath.map((p) => resolve(base, p)));
		if (compileCommands === undefined) this.#databases.delete(resolve(path));
		else this.#databases.set(resolve(path), resolve(from, compileCommands));
	}

	configured(uri: string): ConfiguredDocument | undefined {
		const given = fileOf(uri);
		if (given === undefined) return undefined;
		const path = resolve(given);
		const { values, problems } = this.#configurations.of(dirname(path));
		return { values, problems, excluded: this.#configurations.excludes(path) };
	}

	isConfiguration(uri: string): boolean {
		const path = fileOf(uri);
		if (path === undefined) return false;
		const isOne = basename(path) === CONFIG_NAME || path.endsWith(CODES_ENDING);
		return isOne || this.#configurations.has(resolve(path));
	}

	forgetConfigurations(): void {
		this.#configurations.forget();
	}
}

const nameOf = (path: string): string => basename(path).toLowerCase();

/** Documents that are no file are nobody's include. */
const fileOf = (uri: string): string | undefined => (/^file:/i.test(uri) ? filePath(uri) : undefined);
