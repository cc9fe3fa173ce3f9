/** The entry of the extension. */
import type { ExtensionContext } from 'vscode';
import { LensContext, type Status } from './context.ts';

/** What other extensions, and the tests, may ask of a running IOCTL Lens. */
export interface Api {
	/** Raised only when a member changes its meaning or goes away. */
	readonly apiVersion: 1;
	/** The language server's state, its version once known, and its process id while it runs. */
	readonly status: Status;
	readonly onDidChangeStatus: LensContext['onDidChangeStatus'];
}

let lens: LensContext | undefined;

/** Registers commands and views and starts the server; reads no file and does not wait for the server. */
export function activate(extension: ExtensionContext): Api {
	lens = new LensContext(extension);
	const current = lens;
	return {
		apiVersion: 1,
		get status() {
			return current.status;
		},
		onDidChangeStatus: current.onDidChangeStatus,
	};
}

/** Stops the server; VS Code waits for the returned promise before it ends the extension host. */
export async function deactivate(): Promise<void> {
	await lens?.stop();
	lens = undefined;
}
