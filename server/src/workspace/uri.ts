/** Where documents lie, read from their URIs, which come from anybody and may be none. */
import { URI } from 'vscode-uri';

/** A drive letter is not a scheme. */
const SCHEME = /^[a-z][a-z0-9+.-]+:/i;

function parse(uri: string): URI | undefined {
	try {
		return URI.parse(uri);
	} catch {
		return undefined;
	}
}

/** A URI's path, decoded: `/home/me/a b.c` of `file:///home/me/a%20b.c`. Anything that is no URI stands for itself. */
export const pathOf = (uri: string): string => (SCHEME.test(uri) ? (parse(uri)?.path ?? uri) : uri);

/** Last part of a URI's path, for messages. */
export const fileName = (uri: string): string => pathOf(uri).split('/').at(-1) || uri;

/** The file on disk that a file URI or a plain path names, as this system writes it; undefined for other documents. */
export function filePath(name: string): string | undefined {
	if (!SCHEME.test(name)) return name;
	const uri = /^file:/i.test(name) ? parse(name) : undefined;
	return uri?.fsPath;
}
