/** Where the includes of open documents are found: in editors first, then on disk. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Project } from '../analysis/headers.ts';
import { CompileCommands, type CompileFlags } from '../host/compileCommands.ts';
import { diskProject } from '../host/project.ts';
import type { Settings } from '../settings.ts';
import type { OpenDocument } from './document.ts';
import { pathOf } from './folders.ts';

export class EditorProject {
	readonly project: Project;
	readonly #documents = new Map<string, OpenDocument>();
	/** Include folders of the last settings seen, by workspace folder (`''` outside of any). */
	readonly #folders = new Map<string, readonly string[]>();
	readonly #commands = new CompileCommands();
	/** Looking a file up walks up to the root of the disk, and headers ask once for each include. */
	readonly #flags = new Map<string, CompileFlags | undefined>();
	/** Open documents that others include. */
	readonly #included = new Set<string>();

	constructor() {
		this.project = diskProject({
			includePath: (file) => [...this.#includePath(file), ...(this.#flagsOf(file)?.includePath ?? [])],
			defines: (file) => this.#flagsOf(file)?.defines ?? [],
			target: (file) => this.#flagsOf(file)?.target,
			openText: (path) => {
				const document = this.#documents.get(path);
				if (document) this.#included.add(path);
				return document?.text;
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

	/** True when other documents are read with the text of this one. */
	isIncluded(uri: string): boolean {
		const path = diskPath(uri);
		return path !== undefined && this.#included.has(path);
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

function diskPath(uri: string): string | undefined {
	if (!/^file:/i.test(uri)) return undefined;
	try {
		return fileURLToPath(uri);
	} catch {
		return pathOf(uri);
	}
}
