/** Configuration files on this machine's disk. */

import { basename, dirname, relative, resolve, sep } from 'node:path';
import * as l10n from '@vscode/l10n';
import { LARGEST_CONFIG } from '../configuration/settingsText.ts';
import { type Disk, readSettingsFile as read, type SettingsFile, SettingsTree } from '../configuration/settingsTree.ts';
import { entriesOf, kindAt } from './disk.ts';
import { leadsOut, repositoryAround } from './links.ts';
import { readRegularFile, TooLarge, whyUnread } from './regularFile.ts';

/** In bytes. */
const LARGEST_BYTES = 4 * LARGEST_CONFIG;

const disk: Disk = {
	dirname,
	basename,
	resolve,
	below(folder, path) {
		const below = relative(folder, path);
		return below === '' || below.startsWith('..') ? undefined : below.split(sep).join('/');
	},
	exists: (path) => kindAt(path) !== undefined,
	isFile: (path) => kindAt(path) === 'file',
	names,
	text: (path) => readRegularFile(path, LARGEST_BYTES).toString('utf8'),
	failure,
	leadsOut: (path, folder) => leadsOut(path, dirname(path), () => [repositoryAround(folder) ?? folder]),
};

/** Reads a configuration file. Never throws: what is wrong is among the problems. */
export const readSettingsFile = (path: string, text?: () => string): SettingsFile => read(disk, path, text);

/** Those of files of codes: no others are asked for. */
function names(folder: string): readonly string[] {
	try {
		return entriesOf(folder, 'codes').map(({ name }) => name);
	} catch {
		// A pipe stands in no folder that can be looked into.
		return [];
	}
}

/** A path without a place, or with the first one of the file. */
function failure(error: unknown): string {
	if (error instanceof TooLarge) return `:1:1: ${l10n.t('too large for a configuration')}`;
	return `: ${whyUnread(error)}`;
}

/** The configuration files of a tree, each read once. */
export class SettingsFiles extends SettingsTree {
	/** @param only the one that holds for every file, whatever stands beside it. */
	constructor(only?: { readonly path: string; readonly file: SettingsFile }) {
		super(disk, only);
	}
}
