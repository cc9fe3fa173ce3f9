/** The examples that travel with the extension, for whoever wants to try it. */
import { commands, l10n, Range, type TextDocument, Uri, ViewColumn, window, workspace } from 'vscode';

/** Right and wrong calls in each language. */
const files = ['wrong.c', 'wrong.cpp', 'wrong.ts', 'right.c', 'right.cpp', 'right.ts'];
const folderName = 'ioctl-lens-examples';
/** What the cursor is put on: the first wrong size. */
const firstMistake = 'sizeof(on)';

/** Hands the examples out. */
export class Samples {
	readonly #source: Uri;
	#document: TextDocument | undefined;

	constructor(extensionUri: Uri) {
		this.#source = Uri.joinPath(extensionUri, 'examples');
	}

	/** Opens the example in C as a document that is on no disk, or shows the one that is open; beside what is no text. */
	async open(): Promise<void> {
		if (!this.#document || this.#document.isClosed) {
			const content = new TextDecoder().decode(await this.#read('wrong.c'));
			this.#document = await workspace.openTextDocument({ language: 'c', content });
		}
		await this.#show(this.#document);
	}

	/** Writes all examples into a folder below the one that the user picks, and opens the first. */
	async save(): Promise<void> {
		const [picked] =
			(await window.showOpenDialog({
				canSelectFiles: false,
				canSelectFolders: true,
				openLabel: l10n.t('Save Examples Here'),
				title: l10n.t('Folder for the Examples'),
			})) ?? [];
		if (!picked) return;
		const target = await freshFolder(picked);
		for (const name of files) await workspace.fs.writeFile(Uri.joinPath(target, name), await this.#read(name));
		await this.#show(await workspace.openTextDocument(Uri.joinPath(target, 'wrong.c')));
		const openFolder = l10n.t('Open Folder');
		const message = l10n.t('The examples are in {0}.', target.fsPath);
		void window.showInformationMessage(message, openFolder).then((choice) => {
			if (choice === openFolder) void commands.executeCommand('vscode.openFolder', target, { forceNewWindow: true });
		});
	}

	#read(name: string): Thenable<Uint8Array> {
		return workspace.fs.readFile(Uri.joinPath(this.#source, name));
	}

	async #show(document: TextDocument): Promise<void> {
		const at = document.getText().indexOf(firstMistake);
		const start = document.positionAt(Math.max(0, at));
		await window.showTextDocument(document, {
			viewColumn: window.activeTextEditor ? ViewColumn.Active : ViewColumn.Beside,
			selection: new Range(start, start),
		});
	}
}

/** A folder that is not there yet: nothing of the user's is written over. */
async function freshFolder(parent: Uri): Promise<Uri> {
	const names = new Set((await workspace.fs.readDirectory(parent)).map(([name]) => name));
	let name = folderName;
	for (let i = 2; names.has(name); i++) name = `${folderName}-${i}`;
	const target = Uri.joinPath(parent, name);
	await workspace.fs.createDirectory(target);
	return target;
}
