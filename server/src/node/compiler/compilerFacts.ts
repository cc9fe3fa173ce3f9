/** What the build of a project says of its files, wherever it is written down. */
import { dirname } from 'node:path';
import { CompileCommands } from './compileCommands.ts';
import { type CppProperties, cppProperties } from './cppProperties.ts';
import type { CompileFlags } from './flags.ts';
import { VisualStudio } from './visualStudio.ts';

/** Looks in each folder above a file, and takes the first thing that is said of it. */
export class CompilerFacts {
	readonly #databases = new CompileCommands();
	readonly #projects = new VisualStudio();
	readonly #properties = new Map<string, CppProperties | undefined>();
	readonly #named: (file: string) => string | undefined;
	/** Looking a file up walks up to the root of the disk, and headers ask once for each include. */
	readonly #known = new Map<string, CompileFlags | undefined>();

	/** @param named the database that the settings of a file name, absolute: a file, or the folder that it is in. */
	constructor(named: (file: string) => string | undefined = () => undefined) {
		this.#named = named;
	}

	/** Flags of a file, by its absolute path; undefined where nothing is written down. */
	of(file: string): CompileFlags | undefined {
		const named = this.#named(file);
		const key = named === undefined ? file : `${named}\n${file}`;
		if (!this.#known.has(key)) this.#known.set(key, this.#find(file, named));
		return this.#known.get(key);
	}

	/** Files or settings changed. */
	forget(): void {
		this.#known.clear();
		this.#databases.forget();
		this.#projects.forget();
		this.#properties.clear();
	}

	#find(file: string, named: string | undefined): CompileFlags | undefined {
		const told = named === undefined ? undefined : this.#databases.at(named, file);
		if (told) return told;
		for (let folder = dirname(file); ; folder = dirname(folder)) {
			const found =
				this.#databases.inFolder(folder, file) ??
				this.#projects.inFolder(folder, file) ??
				this.#fromProperties(folder, file);
			if (found || dirname(folder) === folder) return found;
		}
	}

	#fromProperties(folder: string, file: string): CompileFlags | undefined {
		if (!this.#properties.has(folder)) this.#properties.set(folder, cppProperties(folder));
		const properties = this.#properties.get(folder);
		for (const database of properties?.databases ?? []) {
			const found = this.#databases.at(database, file);
			if (found) return found;
		}
		return properties?.flags;
	}
}
