/** Where the includes and configurations of documents are found that lie on no disk: where the client says. */
import * as l10n from '@vscode/l10n';
import type { Project } from '../../check/headers.ts';
import { LARGEST_CONFIG } from '../../configuration/settingsText.ts';
import { type Disk, SettingsTree } from '../../configuration/settingsTree.ts';
import type { Settings } from '../../settings.ts';
import { CODES_ENDING, CONFIG_NAME } from '../../workspace/configured.ts';
import { fileName, folderOfUri, pathOf, plainUri, uriFrom } from '../../workspace/uri.ts';
import type { Client } from './client.ts';
import { ClientFiles } from './clientFiles.ts';
import type { OpenDocument } from './document.ts';
import type { ConfiguredDocument, EditorProject } from './editorProject.ts';

/** Larger headers are not read, in bytes. */
const LARGEST = 2 * 1024 * 1024;
/** In bytes. */
const LARGEST_BYTES = 4 * LARGEST_CONFIG;
/** Folders above a source that are looked at. */
const MOST_LEVELS = 16;
/** Where projects keep what is included, below the folder that names are written from. */
const BELOW = ['include', 'inc', 'src', 'source', 'lib'];
/** Files that extend one another are met one at a time. */
const MOST_ROUNDS = 25;

/** What the files of configurations are read from: all that has come from the client, and what has not and was asked for. */
class AnsweredFiles implements Disk {
	readonly #texts = new Map<string, string | undefined>();
	readonly #names = new Map<string, readonly string[]>();
	readonly #missing = new Set<string>();
	readonly #missingFolders = new Set<string>();

	readonly dirname = folderOfUri;
	readonly basename = fileName;
	readonly resolve = uriFrom;

	below(folder: string, path: string): string | undefined {
		const [from, to] = [pathOf(folder), pathOf(path)];
		const start = from.endsWith('/') ? from : `${from}/`;
		return to.startsWith(start) && to.length > start.length ? to.slice(start.length) : undefined;
	}

	exists(path: string): boolean {
		if (!this.#texts.has(path)) this.#missing.add(path);
		return this.#texts.get(path) !== undefined;
	}

	isFile(path: string): boolean {
		return this.exists(path);
	}

	names(folder: string): readonly string[] {
		const known = this.#names.get(folder);
		if (!known) this.#missingFolders.add(folder);
		return known ?? [];
	}

	text(path: string): string {
		if (!this.exists(path)) throw new Error(l10n.t('it is not there'));
		return this.#texts.get(path) ?? '';
	}

	failure(error: unknown): string {
		return `: ${l10n.t('cannot be read: {0}', String(error))}`;
	}

	/** The client answers of what is in its folders alone. */
	leadsOut(): boolean {
		return false;
	}

	/** Gets what is missing; false when nothing is. */
	async fetch(files: ClientFiles): Promise<boolean> {
		const missing = [...this.#missing];
		const folders = [...this.#missingFolders];
		this.#missing.clear();
		this.#missingFolders.clear();
		const [texts, names] = await Promise.all([
			Promise.all(missing.map((uri) => files.text(uri, LARGEST_BYTES))),
			Promise.all(folders.map((uri) => files.names(uri))),
		]);
		for (const [i, uri] of missing.entries()) this.#texts.set(uri, texts[i]);
		for (const [i, uri] of folders.entries()) this.#names.set(uri, [...(names[i] ?? [])]);
		return missing.length + folders.length > 0;
	}

	clear(): void {
		this.#texts.clear();
		this.#names.clear();
		this.#missing.clear();
		this.#missingFolders.clear();
	}
}

/** Nothing is found until there is a client that reads files. */
export class ClientProject implements EditorProject {
	readonly project: Project;
	#headers: ClientFiles | undefined;
	#settings: ClientFiles | undefined;
	readonly #documents = new Map<string, OpenDocument>();
	/** Uppermost folder and include folders of the last settings seen, by document. */
	readonly #places = new Map<string, { readonly root: string | undefined; readonly includePath: readonly string[] }>();
	readonly #included = new Set<string>();
	readonly #answered = new AnsweredFiles();
	readonly #configurations = new SettingsTree(this.#answered);

	constructor() {
		this.project = {
			include: (name, quoted, from, document) =>
				this.#include(name, quoted, plainUri(from), plainUri(document ?? from)),
			places: (document) => (this.#places.get(plainUri(document))?.includePath ?? []).join('\n'),
		};
	}

	/** From now on files are asked for. */
	attach(client: Client): void {
		this.#headers = new ClientFiles(client);
		this.#settings = new ClientFiles(client);
	}

	opened(document: OpenDocument): void {
		this.#documents.set(plainUri(document.uri), document);
	}

	closed(uri: string): void {
		this.#documents.delete(plainUri(uri));
		this.#places.delete(plainUri(uri));
	}

	isIncluded(uri: string): boolean {
		return this.#included.has(nameOf(uri));
	}

	forgetFiles(): void {
		this.#headers?.clear();
		this.#included.clear();
	}

	configure(uri: string, folderUri: string | undefined, { includePath }: Settings): void {
		const base = folderUri === undefined ? undefined : plainUri(folderUri).replace(/\/$/, '');
		const at = base ?? folderOfUri(uri);
		this.#places.set(plainUri(uri), {
			root: base,
			// Those of configuration files are URIs already.
			includePath: includePath.map((path) => (/^[a-z][a-z0-9+.-]+:\//i.test(path) ? path : uriFrom(at, path))),
		});
	}

	async prepare(uri: string): Promise<void> {
		if (!this.#settings) return;
		for (let round = 0; round < MOST_ROUNDS; round++) {
			this.#configurations.excludes(plainUri(uri));
			if (!(await this.#answered.fetch(this.#settings))) return;
			this.#configurations.forget();
		}
	}

	configured(uri: string): ConfiguredDocument | undefined {
		if (!this.#settings) return undefined;
		const path = plainUri(uri);
		const { values, problems } = this.#configurations.of(folderOfUri(path));
		return { values, problems, excluded: this.#configurations.excludes(path) };
	}

	isConfiguration(uri: string): boolean {
		const isOne = fileName(uri) === CONFIG_NAME || uri.endsWith(CODES_ENDING);
		return isOne || this.#configurations.has(plainUri(uri));
	}

	forgetConfigurations(): void {
		this.#settings?.clear();
		this.#answered.clear();
		this.#configurations.forget();
	}

	async #include(name: string, quoted: boolean, from: string, document: string) {
		const parts = name.split(/[\\/]/);
		// Neither absolute names nor drives.
		if (/^[\\/]|^[a-z]:|\0/i.test(name)) return undefined;
		const { root, includePath } = this.#places.get(document) ?? { root: undefined, includePath: [] };
		const folder = folderOfUri(from);
		const path = parts.join('/');
		for (const at of [...(quoted ? [folder] : []), ...includePath]) {
			const found = await this.#read(uriFrom(at, path));
			if (found) return found;
		}
		const [first = ''] = parts.filter((part) => part !== '.');
		if (parts.includes('..') || root === undefined) return undefined;
		for (const at of foldersUpTo(folder, root)) {
			const there = await this.#headers?.names(at);
			const candidates = [at, ...BELOW.filter((below) => there?.has(below)).map((below) => uriFrom(at, below))];
			for (const candidate of candidates) {
				if (!(await this.#headers?.names(candidate))?.has(first)) continue;
				const found = await this.#read(uriFrom(candidate, path));
				if (found) return found;
			}
		}
		return undefined;
	}

	async #read(path: string): Promise<{ readonly path: string; readonly text: string } | undefined> {
		this.#included.add(nameOf(path));
		const open = this.#documents.get(path);
		const text = open ? open.text : await this.#headers?.text(path, LARGEST);
		if (text === undefined || text.includes('\0')) return undefined;
		return { path, text: text.replace(/^\ufeff/, '') };
	}
}

const nameOf = (uri: string): string => fileName(uri).toLowerCase();

/** A folder and those above it up to the uppermost one; none where it is not in that one. */
function* foldersUpTo(folder: string, root: string): Generator<string> {
	if (folder !== root && !folder.startsWith(`${root}/`)) return;
	for (let at = folder, level = 0; level < MOST_LEVELS; level++, at = folderOfUri(at)) {
		yield at;
		if (at === root) return;
	}
}
