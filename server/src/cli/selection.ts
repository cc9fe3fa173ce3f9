/** The part of a tree that a run is about: what has changed and whoever includes it, or one machine's share. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { unwatched } from '../node/disk.ts';
import { shownName } from '../node/files.ts';
import { readRegularFile } from '../node/regularFile.ts';
import { isBuildFile } from '../workspace/buildFiles.ts';
import { CONFIG_NAME, UsageError } from './config.ts';

/** One of `of` parts, from 1. */
export interface Shard {
	readonly part: number;
	readonly of: number;
}

/** Files of such names change how every other is read: a configuration may extend one that ends so. */
const concernsAll = (path: string): boolean => isBuildFile(path) || path.endsWith(CONFIG_NAME);

/**
 * The files that differ from a revision, and those that git does not know yet, as absolute paths. A name that is no UTF-8
 * is shown as it is in a walk.
 * @throws UsageError
 */
export function changedSince(revision: string, folder: string): ReadonlySet<string> {
	// What git has to say may be another thing the next time.
	unwatched();
	const git = (...args: string[]): Buffer => {
		try {
			const stdio = ['ignore', 'pipe', 'pipe'] as ('ignore' | 'pipe')[];
			return execFileSync('git', args, { cwd: folder, stdio, maxBuffer: 2 ** 30 });
		} catch (error) {
			const { code, stderr } = error as NodeJS.ErrnoException & { readonly stderr?: Buffer };
			if (code === 'ENOENT') throw new UsageError('--since: git is not installed');
			const why = stderr?.toString('utf8').trim().split('\n')[0] ?? String(error);
			throw new UsageError(`--since ${revision}: ${why.replace(/^fatal: /, '')}`);
		}
	};
	const root = resolve(
		folder,
		git('rev-parse', '--show-cdup')
			.toString('utf8')
			.replace(/\r?\n$/, ''),
	);
	// Whatever it begins with, a revision is no option.
	const commit = git('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`).toString('latin1').trim();
	const tracked = git('-C', root, 'diff', '--name-only', '-z', '--no-renames', commit, '--');
	const untracked = git('-C', root, 'ls-files', '--others', '--exclude-standard', '-z');
	return listedFiles(Buffer.concat([tracked, untracked]), root);
}

/** Names one a line, or with a NUL between them where they may hold anything. */
export function listedFiles(list: Buffer, folder: string): ReadonlySet<string> {
	// One byte a character: what is no UTF-8 must not be lost.
	const text = list.toString('latin1');
	const names = text.includes('\0') ? text.split('\0') : text.split(/\r?\n/);
	return new Set(
		names.flatMap((name) => (name === '' ? [] : resolve(folder, shownName(Buffer.from(name, 'latin1')).name))),
	);
}

/** The includes, imports and requires of a text, roughly: more than there are does no harm. */
const INCLUDED = /#[ \t]{0,20}(?:include|import)[ \t]{0,20}[<"]([^<>"\r\n]{1,400})[>"]/g;
const IMPORTED = /\b(?:from|import|require)[ \t]{0,20}\(?[ \t]{0,20}["']([^"'\r\n]{1,400})["']/g;

/** A name by which others may include a file: its last part, without an ending where a module is named without. */
const shortName = (path: string): string => (path.split(/[\\/]/).at(-1) ?? path).replace(/\.[cm]?[jt]sx?$/, '');

function includedBy(path: string | Buffer, limit: number): ReadonlySet<string> {
	try {
		const text = readRegularFile(path, limit).toString('latin1');
		const names = [...text.matchAll(INCLUDED), ...text.matchAll(IMPORTED)];
		return new Set(names.map(([, name = '']) => shortName(Buffer.from(name, 'latin1').toString('utf8'))));
	} catch {
		// It is told of where it is read to be checked.
		return new Set();
	}
}

/**
 * Those of some files that have changed, and those that include a changed one, directly or not. Who includes it is told
 * by the name alone, wherever it would be found.
 * @param limit of each file: larger ones are not looked into, in bytes.
 */
export function withIncluders(
	files: readonly string[],
	raw: ReadonlyMap<string, Buffer>,
	changed: ReadonlySet<string>,
	limit: (path: string) => number,
): ReadonlySet<string> {
	if (changed.size === 0) return new Set();
	if ([...changed].some(concernsAll)) return new Set(files);
	const includers = new Map<string, string[]>();
	for (const file of files)
		for (const name of includedBy(raw.get(file) ?? file, limit(file))) {
			const known = includers.get(name);
			if (known) known.push(file);
			else includers.set(name, [file]);
		}
	const selected = new Set(changed);
	// What is added while it is walked is walked as well.
	for (const path of selected) for (const file of includers.get(shortName(path)) ?? []) selected.add(file);
	return selected;
}

/** True for the files of one part; the same on every machine. `identity`: a name of the file that is, too. */
export const isInShard = (identity: string, { part, of }: Shard): boolean =>
	createHash('sha256').update(identity).digest().readUInt32BE() % of === part - 1;
