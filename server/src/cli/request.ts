/** What is to be checked, and what its files are called. */
import { dirname, join } from 'node:path';
import { exists } from '../node/disk.ts';
import { displayPath } from '../node/files.ts';
import type { Tool } from '../report/format.ts';
import type { ResultCache } from './cache.ts';
import type { Configurations } from './config.ts';
import type { Shard } from './selection.ts';

export interface CheckRequest {
	readonly paths: readonly string[];
	/** Absolute path that relative paths start from, on the command line and in the report. */
	readonly folder: string;
	readonly configurations: Configurations;
	/** Absolute paths are not checked that this tells, besides what the configurations exclude. */
	readonly excluded?: ((path: string) => boolean) | undefined;
	/** Files that have changed, as absolute paths: only they and whoever includes them are checked. */
	readonly changed?: ReadonlySet<string> | undefined;
	readonly shard?: Shard | undefined;
	/** The bytes of the one file that is named, which need not be on the disk. */
	readonly input?: Buffer | undefined;
	/** What earlier runs have found. */
	readonly cache?: ResultCache | undefined;
	/** Told how many of how many files were read, now and then. */
	readonly onProgress?: ((read: number, of: number) => void) | undefined;
	/** Threads at most. */
	readonly jobs: number;
	readonly tool: Tool;
}

/** What a file is called in its repository; outside of any, from the folder of the settings or the current one. */
export function identities({
	folder,
	configurations,
}: Pick<CheckRequest, 'folder' | 'configurations'>): (path: string) => string {
	const { file } = configurations.files(folder);
	const settingsFolder = file === undefined ? folder : dirname(file);
	const roots = new Map<string, string | undefined>();
	const rootOf = (at: string): string | undefined => {
		if (roots.has(at)) return roots.get(at);
		const above = dirname(at);
		const outer = above === at ? undefined : () => rootOf(above);
		const root = exists(join(at, '.git')) ? at : outer?.();
		roots.set(at, root);
		return root;
	};
	return (path) => {
		const root = rootOf(dirname(path)) ?? settingsFolder;
		const name = displayPath(path, root);
		return name === path ? displayPath(path, folder) : name;
	};
}
