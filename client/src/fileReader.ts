/** Reads for the server what lies on no disk of its own: files and folders of the workspace, through the editor. */
import { FileType, Uri, workspace } from 'vscode';
import type {
	ReadFileParams,
	ReadFileResult,
	ReadFolderParams,
	ReadFolderResult,
} from '../../server/src/lsp/protocol.ts';

/** What a URI names, where that is in a folder that is open; nothing else is read, whatever a text includes. */
function inWorkspace(uri: unknown): Uri | undefined {
	if (typeof uri !== 'string') return undefined;
	const at = Uri.parse(uri, true);
	return workspace.getWorkspaceFolder(at) ? at : undefined;
}

export async function readFile({ uri, limit }: ReadFileParams): Promise<ReadFileResult> {
	try {
		const at = inWorkspace(uri);
		if (!at) return null;
		const { type, size } = await workspace.fs.stat(at);
		if ((type & FileType.File) === 0 || size > limit) return null;
		const bytes = await workspace.fs.readFile(at);
		return bytes.length > limit ? null : { text: new TextDecoder().decode(bytes) };
	} catch {
		// It is not there, or not for us.
		return null;
	}
}

export async function readFolder({ uri }: ReadFolderParams): Promise<ReadFolderResult> {
	try {
		const at = inWorkspace(uri);
		return at ? { names: (await workspace.fs.readDirectory(at)).map(([name]) => name) } : null;
	} catch {
		return null;
	}
}
