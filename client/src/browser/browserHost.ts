/** The extension in a worker of a browser: the server is another worker, and nothing can be run. */
import { type ExtensionContext, Uri } from 'vscode';
import {
	BrowserMessageReader,
	BrowserMessageWriter,
	LanguageClient,
	type LanguageClientOptions,
} from 'vscode-languageclient/browser';
import type { ClientHost } from '../host.ts';
import { type ServerWorker, startWorker } from './worker.ts';

/** The library reports every trouble in a message of its own; here the output gets the text and the crash policy speaks. */
class QuietClient extends LanguageClient {
	readonly #worker: { current?: ServerWorker };

	constructor(dist: string, options: LanguageClientOptions) {
		const started: { current?: ServerWorker } = {};
		super(
			'ioctlLens',
			'IOCTL Lens',
			async () => {
				started.current?.terminate();
				const worker = startWorker(`${dist}/server.browser.js`);
				started.current = worker;
				// Where the grammars are: a worker does not know the address that it was made from.
				worker.postMessage({ base: `${dist}/` });
				// Not the worker itself: the editor makes workers of a class of its own, which the library does not know.
				const port = worker as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];
				return { reader: new BrowserMessageReader(port), writer: new BrowserMessageWriter(port) };
			},
			options,
		);
		this.#worker = started;
	}

	override error(message: string, data?: unknown): void {
		super.error(message, data, false);
	}

	override async dispose(timeout?: number): Promise<void> {
		try {
			await super.dispose(timeout);
		} finally {
			this.#worker.current?.terminate();
		}
	}
}

export const browserHost: ClientHost = {
	connect: ({ extensionUri }: ExtensionContext, options) => ({
		client: new QuietClient(Uri.joinPath(extensionUri, 'dist').toString(true), options),
		pid: () => undefined,
	}),
};
