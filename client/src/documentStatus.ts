/** In the language status menu: the document in the active editor is too large to be checked. */
import { type Disposable, LanguageStatusSeverity, l10n, languages, window } from 'vscode';
import type { DocumentStatusParams } from '../../server/src/lsp/protocol.ts';
import type { LensServer } from './languageClient.ts';
import { documentSelector } from './selector.ts';

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

/** Present only while there is something to say. */
export class DocumentStatusItem implements Disposable {
	readonly #tooLarge = new Map<string, NonNullable<DocumentStatusParams['tooLarge']>>();
	readonly #listeners: readonly Disposable[];
	#item: Disposable | undefined;

	constructor(server: LensServer) {
		this.#listeners = [
			server.onDidChangeDocumentStatus(({ uri, tooLarge }) => {
				if (tooLarge) this.#tooLarge.set(uri, tooLarge);
				else this.#tooLarge.delete(uri);
				this.#update();
			}),
			window.onDidChangeActiveTextEditor(() => this.#update()),
		];
	}

	dispose(): void {
		for (const listener of this.#listeners) listener.dispose();
		this.#item?.dispose();
	}

	#update(): void {
		this.#item?.dispose();
		this.#item = undefined;
		const found = this.#tooLarge.get(window.activeTextEditor?.document.uri.toString() ?? '');
		if (!found) return;
		const item = languages.createLanguageStatusItem('ioctlLens.document', documentSelector);
		item.name = l10n.t('IOCTL Lens document');
		item.severity = LanguageStatusSeverity.Warning;
		item.text = l10n.t('Not checked by IOCTL Lens: {0} MB', megabytes(found.size));
		item.detail = l10n.t('ioctlLens.maxFileSize is {0} MB', megabytes(found.limit));
		item.command = {
			command: 'workbench.action.openSettings',
			title: l10n.t('Change'),
			arguments: ['ioctlLens.maxFileSize'],
		};
		item.accessibilityInformation = { label: `${item.text}. ${item.detail}` };
		this.#item = item;
	}
}
