/** A hint for those whose editor shows no code lenses. */
import { commands, type Disposable, l10n, type Memento, type TextEditor, window, workspace } from 'vscode';
import type { CodeLens, CodeLensParams } from 'vscode-languageclient';
import type { RequestMessage } from '../../server/src/lsp/protocol.ts';
import type { LensServer } from './languageClient.ts';
import { isSupported } from './selector.ts';

const CodeLensRequest: RequestMessage<CodeLensParams, CodeLens[] | null> = { method: 'textDocument/codeLens' };

const silencedKey = 'ioctlLens.lensHintSilenced';

/**
 * Says once, in a file that has calls, that the editor shows no code lenses. VS Code does not ask for lenses while
 * `editor.codeLens` is off, so the server is asked directly; with the setting on this costs nothing.
 */
export class LensHint implements Disposable {
	#said = false;
	readonly #listeners: Disposable[];

	readonly #server: LensServer;
	readonly #memory: Memento;

	constructor(server: LensServer, memory: Memento) {
		this.#server = server;
		this.#memory = memory;
		this.#listeners = [
			window.onDidChangeActiveTextEditor((editor) => void this.#consider(editor)),
			// A document that was just opened: only now the server knows it well enough to be asked.
			server.onDidCheck((uri) => {
				const editor = window.activeTextEditor;
				if (editor?.document.uri.toString() === uri.toString()) void this.#consider(editor);
			}),
		];
	}

	dispose(): void {
		for (const listener of this.#listeners) listener.dispose();
	}

	async #consider(editor: TextEditor | undefined): Promise<void> {
		if (!editor || this.#said || this.#server.status.state !== 'running') return;
		const { document } = editor;
		if (!isSupported(document.languageId) || this.#memory.get(silencedKey, false)) return;
		const wanted = workspace.getConfiguration('ioctlLens', document).get('codeLens.enable', true);
		const shown = workspace.getConfiguration('editor', document).get('codeLens', true);
		if (!wanted || shown) return;
		const textDocument = { uri: document.uri.toString() };
		const lenses = await this.#server.request(CodeLensRequest, { textDocument }).catch(() => null);
		// Another editor may have become active, and told the user, while the server answered.
		if (!lenses?.length || this.#said) return;
		this.#said = true;
		await this.#say();
	}

	async #say(): Promise<void> {
		const open = l10n.t('Open Setting');
		const never = l10n.t("Don't Show Again");
		const choice = await window.showInformationMessage(
			l10n.t(
				'The setting editor.codeLens is off. Use the command "IOCTL Lens: Explain Call at Cursor" instead of the lens.',
			),
			open,
			never,
		);
		if (choice === open) await commands.executeCommand('workbench.action.openSettings', 'editor.codeLens');
		if (choice === never) await this.#memory.update(silencedKey, true);
	}
}
