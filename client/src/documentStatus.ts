/** In the language status menu: the document in the active editor is not checked, or not to its end. */
import { type Command, type Disposable, LanguageStatusSeverity, l10n, languages, window } from 'vscode';
import type { DocumentStatusParams } from '../../server/src/lsp/protocol.ts';
import type { LensServer } from './languageClient.ts';
import { documentSelector } from './selector.ts';

const sizeText = (bytes: number): string =>
	bytes < 2 ** 20 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;

/** Present only while there is something to say. */
export class DocumentStatusItem implements Disposable {
	readonly #told = new Map<string, DocumentStatusParams>();
	readonly #listeners: readonly Disposable[];
	#item: Disposable | undefined;

	constructor(server: LensServer) {
		this.#listeners = [
			server.onDidChangeDocumentStatus((status) => {
				if (status.tooLarge || status.spent) this.#told.set(status.uri, status);
				else this.#told.delete(status.uri);
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
		const found = this.#told.get(window.activeTextEditor?.document.uri.toString() ?? '');
		if (!found) return;
		const item = languages.createLanguageStatusItem('ioctlLens.document', documentSelector);
		item.name = l10n.t('IOCTL Lens document');
		item.severity = LanguageStatusSeverity.Warning;
		Object.assign(item, found.tooLarge ? notChecked(found.tooLarge) : checkedInPart(found.spent));
		item.accessibilityInformation = { label: `${item.text}. ${item.detail}` };
		this.#item = item;
	}
}

interface Words {
	readonly text: string;
	readonly detail: string;
	readonly command?: Command;
}

const notChecked = ({ size, limit }: NonNullable<DocumentStatusParams['tooLarge']>): Words => ({
	text: l10n.t('Not checked: {0}', sizeText(size)),
	detail: l10n.t('ioctlLens.maxFileSize is {0}', sizeText(limit)),
	command: {
		command: 'workbench.action.openSettings',
		title: l10n.t('Change'),
		arguments: ['ioctlLens.maxFileSize'],
	},
});

const checkedInPart = (spent: DocumentStatusParams['spent']): Words => ({
	text: l10n.t('Checked in part by IOCTL Lens'),
	detail: spent === 'memory' ? l10n.t('The whole takes too much memory') : l10n.t('The whole takes too long'),
});
