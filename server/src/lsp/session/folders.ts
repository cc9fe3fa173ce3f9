/** The workspace's folders, and where a document lies in them. */
import { pathOf } from '../../workspace/uri.ts';

/** The folders that are open, by URI. */
export class Folders {
	readonly #folders = new Set<string>();

	constructor(uris: Iterable<string>) {
		this.change(uris, []);
	}

	change(added: Iterable<string>, removed: Iterable<string>): void {
		for (const uri of removed) this.#folders.delete(withSlash(uri));
		for (const uri of added) this.#folders.add(withSlash(uri));
	}

	/** Each ending in a slash. */
	get uris(): readonly string[] {
		return [...this.#folders];
	}

	/** The innermost folder that holds a document, ending in a slash. */
	folderOf(uri: string): string | undefined {
		let folder: string | undefined;
		for (const candidate of this.#folders) {
			if (candidate.length > (folder?.length ?? 0) && uri.startsWith(candidate)) folder = candidate;
		}
		return folder;
	}

	/** Path below the innermost folder that holds the document, else the whole path without its first slash. */
	relativePath(uri: string): string {
		const folder = this.folderOf(uri);
		return pathOf(uri)
			.slice(folder === undefined ? 0 : pathOf(folder).length)
			.replace(/^\/+/, '');
	}
}

const withSlash = (uri: string): string => (uri.endsWith('/') ? uri : `${uri}/`);
