/** Start and end of the extension, wherever it runs. */
import type { ExtensionContext } from 'vscode';
import { LensContext, type Status } from './context.ts';
import type { ClientHost } from './host.ts';

/** What other extensions, and the tests, may ask of a running IOCTL Lens. */
export interface Api {
	/** Raised only when a member changes its meaning or goes away. */
	readonly apiVersion: 1;
	/** The language server's state, its version once known, and its process id while it runs in one. */
	readonly status: Status;
	readonly onDidChangeStatus: LensContext['onDidChangeStatus'];
}

/** What an entry of the extension exports. */
export interface Entry {
	/** Registers commands and views and starts the server; reads no file and does not wait for the server. */
	activate(extension: ExtensionContext): Api;
	/** Stops the server; VS Code waits for the returned promise before it ends the extension host. */
	deactivate(): Promise<void>;
}

/** The extension on what its host has. */
export function entryOn(host: ClientHost): Entry {
	let lens: LensContext | undefined;
	return {
		activate(extension) {
			const current = new LensContext(extension, host);
			lens = current;
			return {
				apiVersion: 1,
				get status() {
					return current.status;
				},
				onDidChangeStatus: current.onDidChangeStatus,
			};
		},
		async deactivate() {
			await lens?.stop();
			lens = undefined;
		},
	};
}
