/** The workspace's folders, and where a document lies in them. */

/** A URI's path, decoded: `/home/me/a b.c` of `file:///home/me/a%20b.c`. Anything that is no URI stands for itself. */
export function pathOf(uri: string): string {
	const path = /^[a-z][a-z0-9+.-]+:(?:\/\/[^/?#]*)?([^?#]*)/i.exec(uri)?.[1] ?? uri;
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

/** Last part of a URI's path, for messages. */
export const fileName = (uri: string): string => pathOf(uri).split('/').at(-1) || uri;

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
