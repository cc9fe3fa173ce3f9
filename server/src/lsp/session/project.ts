/** Where the includes of open documents are found: in editors first, then on disk. */
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Project } from '../../check/headers.ts';
import { CompileCommands, type CompileFlags } from '../../node/compileCommands.ts';
import { diskProject } from '../../node/project.ts';
import type { Settings } from '../../settings.ts';
import type { OpenDocument } from './document.ts';
import { pathOf } from './folders.ts';

/** How included files are found for an editor, and which files the checks so far have depended on. */
export class EditorProject {
	readonly project: Project;
	readonly #documents = new Map<string, OpenDocument>();
	/** Include folders of the last settings seen, by workspace folder (`''` outside of any). */
	readonly #folders = new Map<string, readonly string[]>();
	readonly #commands = new CompileCommands();
	/** Looking a file up walks up to the root of the disk, and headers ask once for each include. */
	readonly #flags = new Map<string, CompileFlags | undefined>();
	/** Names of the files that documents include, found or not: names, because links and cases give a file many paths. */
	readonly #included = new Set<string>();

	constructor() {
		this.project = diskProject({
			includePath: (file) => [...this.#includePath(file), ...(this.#flagsOf(file)?.includePath ?? [])],
			defines: (file) => this.#flagsOf(file)?.defines ?? [],
			target: (file) => this.#flagsOf(file)?.target,
			openText: (path) => {
				this.#included.add(nameOf(path));
				return this.#documents.get(path)?.text;
			},
		});
	}

	opened(document: OpenDocument): void {
		const path = diskPath(document.uri);
		if (path !== undefined) this.#documents.set(path, document);
	}

	closed(uri: string): void {
		const path = diskPath(uri);
		if (path !== undefined) this.#documents.delete(path);
	}

	/** True when documents may be read with the text of this file, or would be if it were there. */
	isIncluded(uri: string): boolean {
		const path = diskPath(uri);
		return path !== undefined && this.#included.has(nameOf(path));
	}

	/** Files on disk changed: what is remembered of them is asked again. */
	forgetFiles(): void {
		this.#flags.clear();
		this.#included.clear();
	}

	/** Notes the include folders that hold for documents of a workspace folder. */
	configure(folderUri: string | undefined, { includePath }: Settings): void {
		const base = folderUri === undefined ? undefined : diskPath(folderUri);
		this.#folders.set(base ?? '', base === undefined ? includePath : includePath.map((p) => resolve(base, p)));
	}

	#includePath(file: string): readonly string[] {
		let best = '';
		for (const folder of this.#folders.keys()) {
			if (folder.length > best.length && resolve(file).startsWith(folder)) best = folder;
		}
		return this.#folders.get(best) ?? [...this.#folders.values()].flat();
	}

	#flagsOf(file: string): CompileFlags | undefined {
		if (!this.#flags.has(file)) this.#flags.set(file, this.#commands.flags(file));
		return this.#flags.get(file);
	}
}

const nameOf = (path: string): string => basename(path).toLowerCase();

function diskPath(uri: string): string | undefined {
	if (!/^file:/i.test(uri)) return undefined;
	try {
		return fileURLToPath(uri);
	} catch {
		return pathOf(uri);
	}
}
