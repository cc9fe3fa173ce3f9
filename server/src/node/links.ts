/**
 * Where links lead. A repository may hold links to anywhere: what lies outside of the folders that somebody chose is not
 * read through them.
 */
import { dirname, join, relative, resolve, sep } from 'node:path';
import { exists, realPathOf } from './disk.ts';

/** There a name is the same in small and in capital letters. */
const IS_CASELESS = process.platform === 'win32' || process.platform === 'darwin';
const plain = (path: string): string => (IS_CASELESS ? path.toLowerCase() : path);

function realPath(path: string): string | undefined {
	try {
		return realPathOf(path);
	} catch {
		return undefined;
	}
}

/** Does a path lie in a folder, or is it the folder? Both without links. */
const isIn = (path: string, folder: string): boolean =>
	plain(path) === plain(folder) || plain(path).startsWith(plain(folder.endsWith(sep) ? folder : folder + sep));

/**
 * Does a path below, beside or above a folder lead through a link to what is in none of the allowed folders? Links on the
 * way to the folder itself do not count: whoever named the folder chose them.
 * @param allowed asked only where there is a link.
 */
export function leadsOut(path: string, folder: string, allowed: () => readonly string[]): boolean {
	const real = realPath(path);
	if (real === undefined) return false;
	const home = realPath(folder) ?? folder;
	if (plain(real) === plain(resolve(home, relative(folder, path)))) return false;
	return ![home, ...allowed()].some((root) => isIn(real, realPath(root) ?? root));
}

/** The folder of the repository that a folder is in: what is in it may link to one another. */
export function repositoryAround(folder: string): string | undefined {
	for (let at = folder; ; at = dirname(at)) {
		if (exists(join(at, '.git'))) return at;
		if (at === dirname(at)) return undefined;
	}
}
