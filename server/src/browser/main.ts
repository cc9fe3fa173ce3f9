/** Starts the language server in a worker of a browser. The first message, `{ base }`, names the folder of the bundle. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { guardedReader } from '../lsp/guardedReader.ts';
import { startServer } from '../lsp/server.ts';
import { browserHost } from './browserHost.ts';
import { worker } from './worker.ts';

worker.addEventListener('message', function first({ data }) {
	worker.removeEventListener('message', first);
	const { base } = data as { readonly base: string };
	const connection = createConnection(
		guardedReader(new BrowserMessageReader(worker)),
		new BrowserMessageWriter(worker),
	);
	startServer(connection, browserHost(base));
});
