/** The settings of a run: those of the configuration file that is nearest to each file, and the command line's own on top. */
import { dirname, join } from 'node:path';
import { Catalog } from '../catalog/catalog.ts';
import { ownCatalog } from '../catalog/own.ts';
import { readSettingsText } from '../configuration/settingsText.ts';
import type { SettingsFile } from '../configuration/settingsTree.ts';
import { kindAt } from '../node/disk.ts';
import { readNamedFile } from '../node/regularFile.ts';
import { readSettingsFile, SettingsFiles } from '../node/settingsFiles.ts';
import { readSettings, type Settings } from '../settings.ts';
import { CONFIG_NAME, type Configured, merged, type Values } from '../workspace/configured.ts';

export { CONFIG_NAME };

/** The user asked for something that makes no sense; the message says what, and what would. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

/**
 * The settings in a configuration file's text; `path` is for messages.
 * @throws UsageError
 */
export function parseConfig(text: string, path: string): Values {
	const { values, problems } = readSettingsText(text, path);
	if (problems.length > 0) throw new UsageError(problems.join('\n'));
	return values;
}

/** The file that is named for all. What is wrong with it is told before anything is checked. @throws UsageError */
function namedConfig(path: string): SettingsFile {
	// A pipe is what `--config <(…)` gives; a device may never come to an end.
	const isPipe = kindAt(path) === 'pipe';
	const file = isPipe ? readSettingsFile(path, () => readNamedFile(path).toString('utf8')) : readSettingsFile(path);
	if (file.problems.length > 0) throw new UsageError(file.problems.join('\n'));
	return file;
}

/** What the configuration of a folder makes of the catalog, for commands that are about no file, and what is wrong with it. */
export function catalogAt(folder: string): { readonly catalog: Catalog; readonly problems: readonly string[] } {
	const configurations = new Configurations({});
	const settings = configurations.of(join(folder, CONFIG_NAME));
	return { catalog: ownCatalog(Catalog.builtin, settings).catalog, problems: configurations.problems };
}

/** What holds for each file. */
export class Configurations {
	readonly #files: SettingsFiles;
	readonly #options: Values;
	readonly #settings = new Map<string, Settings>();
	readonly #folders = new Map<string, Settings>();

	/**
	 * @param options what the command line says, which wins.
	 * @param only absolute path of the one file that holds for all. @throws UsageError when that is wrong.
	 */
	constructor(options: Values, only?: string) {
		this.#options = options;
		this.#files = new SettingsFiles(only === undefined ? undefined : { path: only, file: namedConfig(only) });
	}

	/** What the files say of those in a folder, by its absolute path. */
	files(folder: string): Configured {
		return this.#files.of(folder);
	}

	/** The settings of a file, by its absolute path; the same object where the same holds. */
	of(path: string): Settings {
		const folder = dirname(path);
		const known = this.#folders.get(folder);
		if (known) return known;
		const values = merged(this.files(folder).values, this.#options);
		const key = JSON.stringify(values);
		const settings = this.#settings.get(key) ?? readSettings(values).settings;
		this.#settings.set(key, settings);
		this.#folders.set(folder, settings);
		return settings;
	}

	/** True for a file or folder that a configuration excludes, by its absolute path. */
	excludes(path: string): boolean {
		return this.#files.excludes(path);
	}

	/** What is wrong with the configurations that were read so far. */
	get problems(): readonly string[] {
		return this.#files.problems;
	}
}
