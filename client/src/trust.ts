/** What this window allows: trust, files of the machine, and which side runs. */
import { env, l10n, workspace } from 'vscode';

/** Whether this window has files of the machine that the extension runs on: a live run needs a process beside them. */
export function hasFiles(): boolean {
	const folders = workspace.workspaceFolders ?? [];
	return folders.length === 0 || folders.some(({ uri }) => uri.scheme === 'file');
}

/** Why nothing can be run in this window; undefined when it can. */
export function runObstacle(): string | undefined {
	if (!workspace.isTrusted) return l10n.t('Live runs are off in Restricted Mode. Trust the workspace to use them.');
	if (!hasFiles()) return l10n.t('Live runs need a folder on disk; this workspace is virtual.');
	return undefined;
}

/** The side that runs, when it is not the one with the screen: `wsl`, `ssh-remote`. */
export function remoteSide(): string | undefined {
	// Browsers name the server's address, which says nothing to a reader.
	return env.remoteName && /^[a-z-]+$/.test(env.remoteName) ? env.remoteName : undefined;
}
