import assert from 'node:assert/strict';
import {
	commands,
	type Diagnostic,
	type Event,
	extensions,
	languages,
	Position,
	Range,
	type TextDocument,
	Uri,
	WorkspaceEdit,
	window,
	workspace,
} from 'vscode';
import type { Api } from '../../../client/src/extension.ts';
import { languageIds } from '../../../client/src/languages.generated.ts';

export const extensionId = 'ioctl-lens.ioctl-lens';

/** The extension under test, installed from its package. */
export function extension() {
	const found = extensions.getExtension<Api>(extensionId);
	assert.ok(found, `${extensionId} is installed`);
	return found;
}

/** The languages that the server reads. */
export const languagesRead = languageIds;

/** What `probe` finds, now or after the first event that lets it find something. Mocha's timeout is the deadline. */
export function until<T>(event: Event<unknown>, probe: () => T | undefined): Promise<T> {
	return new Promise((resolve, reject) => {
		const listener = event(() => attempt());
		function attempt(): void {
			try {
				const found = probe();
				if (found === undefined) return;
				resolve(found);
			} catch (error) {
				reject(error);
			}
			listener.dispose();
		}
		attempt();
	});
}

/** Resolves with this document's findings once `accept` likes them. */
export function untilFindings(uri: Uri, accept: (findings: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
	return until(languages.onDidChangeDiagnostics, () => {
		const findings = languages.getDiagnostics(uri);
		return accept(findings) ? findings : undefined;
	});
}

export const some = (findings: Diagnostic[]): boolean => findings.length > 0;
export const none = (findings: Diagnostic[]): boolean => findings.length === 0;

/** A file of one of the workspace's folders. */
export function file(folder: 'first' | 'second', name: string): Uri {
	const found = workspace.workspaceFolders?.find((candidate) => candidate.name === folder);
	assert.ok(found, `the workspace has a folder ${folder}`);
	return Uri.joinPath(found.uri, name);
}

/**
 * Opens a file in the first column, as a user does, and gives it the focus. `workspace.openTextDocument` would not do:
 * VS Code keeps what an extension opened for some minutes, and no close would be seen.
 */
export async function open(uri: Uri): Promise<TextDocument> {
	await commands.executeCommand('vscode.open', uri, { preview: false, viewColumn: 1 });
	return until(window.onDidChangeActiveTextEditor, () => {
		const document = window.activeTextEditor?.document;
		return document?.uri.toString() === uri.toString() ? document : undefined;
	});
}

/** Opens an unsaved document of this language with this text, as a user does. */
export async function openUnsaved(languageId: string, text: string): Promise<TextDocument> {
	await commands.executeCommand('workbench.action.files.newUntitledFile', { languageId });
	const document = await until(window.onDidChangeActiveTextEditor, () => {
		const active = window.activeTextEditor?.document;
		return active?.isUntitled ? active : undefined;
	});
	const edit = new WorkspaceEdit();
	edit.insert(document.uri, new Position(0, 0), text);
	assert.ok(await workspace.applyEdit(edit));
	return document;
}

/** Closes every editor, throws away what was not saved, and waits until no document is left that the server reads. */
export async function closeAll(): Promise<void> {
	while (window.tabGroups.activeTabGroup.activeTab) {
		await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	}
	await until(workspace.onDidCloseTextDocument, () => {
		const left = workspace.textDocuments.filter((document) => languagesRead.includes(document.languageId));
		return left.length === 0 ? true : undefined;
	});
}

/** The n-th place where `text` stands in the document. */
export function rangeOf(document: TextDocument, text: string, nth = 0): Range {
	let at = -1;
	for (let i = 0; i <= nth; i++) at = document.getText().indexOf(text, at + 1);
	assert.ok(at >= 0, `${text} stands in ${document.uri.path}`);
	return new Range(document.positionAt(at), document.positionAt(at + text.length));
}
