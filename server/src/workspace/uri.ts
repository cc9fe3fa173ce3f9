/** Where documents lie, read from their URIs, which come from anybody and may be none. */
import { URI, Utils } from 'vscode-uri';

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

const DRIVE = /^[a-z]:[\\/]/i;
const SHARE = /^\\\\([^\\]+)(\\.*)$/;

/** True for the absolute paths of every system: `/home/me`, `C:\me`, `\\server\share`. */
export const isAbsolutePath = (path: string): boolean => path.startsWith('/') || DRIVE.test(path) || SHARE.test(path);

const escaped = (c: string): string => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/** The URI of an absolute path, as `pathToFileURL` of Node writes it. */
export function fileUri(path: string): string {
	const [, server, below = path] = SHARE.exec(path) ?? [];
	const ofWindows = server !== undefined || DRIVE.test(path);
	const url = new URL('file:///');
	if (server !== undefined) url.hostname = server;
	// The parser of URLs escapes the rest.
	url.pathname = (ofWindows ? below.replaceAll('\\', '/') : below).replace(/[%?#\\\t\r\n[\]|~]/g, escaped);
	return url.href;
}

/** True for documents that are on no disk of this machine. */
export const isElsewhere = (name: string): boolean => SCHEME.test(name) && !/^file:/i.test(name);

/** A URI as it is always written: editors escape more or less. */
export const plainUri = (uri: string): string => parse(uri)?.toString() ?? uri;

/** The folder that a URI's file or folder is in; of the uppermost one itself. */
export const folderOfUri = (uri: string): string => Utils.dirname(URI.parse(uri)).toString();

/** What a path leads to from a folder on, by the folder's URI. */
export const uriFrom = (folder: string, path: string): string => Utils.joinPath(URI.parse(folder), path).toString();
