/** Which open documents hold calls, for the conditions of menus, keys and the palette. */
import { commands, type Disposable, Uri } from 'vscode';
import type { LensServer } from '../languageClient.ts';

/** Keeps the context `ioctlLens.callDocuments`, a list to look for `resourcePath` in. */
export class CallDocuments implements Disposable {
	/** By URI. */
	readonly #paths = new Map<string, readonly string[]>();
	readonly #listeners: readonly Disposable[];

	constructor(server: LensServer) {
		this.#listeners = [
			server.onDidChangeDocumentCalls(({ uri, hasCalls }) => {
				const { fsPath, path } = Uri.parse(uri);
				// The window's own URI may have another scheme than the one here: of a remote file it compares the plain path.
				if (hasCalls) this.#paths.set(uri, [fsPath, path]);
				else this.#paths.delete(uri);
				this.#tell();
			}),
			server.onDidChangeStatus(({ state }) => {
				if (state === 'running' || this.#paths.size === 0) return;
				this.#paths.clear();
				this.#tell();
			}),
		];
	}

	dispose(): void {
		for (const listener of this.#listeners) listener.dispose();
	}

	#tell(): void {
		void commands.executeCommand('setContext', 'ioctlLens.callDocuments', [...this.#paths.values()].flat());
	}
}
