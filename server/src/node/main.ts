/** Starts the language server over the transport that the command line names: `--stdio`, `--node-ipc`, `--socket` or `--pipe`. */
import { Console } from 'node:console';
import { setFlagsFromString } from 'node:v8';
import {
	type Connection,
	createConnection,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-languageserver/node';
import { startServer } from '../lsp/server.ts';
import { nodeHost } from './nodeHost.ts';

// What one edit leaves behind is small and dies at once. Left alone, the collector grows the room for such things to
// many times what ever lives, and keeps it.
setFlagsFromString('--semi-space-growth-factor=1');

const TRANSPORT = /^--(?:stdio|node-ipc|(?:socket|pipe)(?:=|$))/;

const transport = process.argv.slice(2).find((argument) => TRANSPORT.test(argument));
if (transport === undefined) {
	process.stderr.write('This is a language server. Start it with --stdio or --node-ipc.\n');
	process.exitCode = 2;
} else {
	const connection = transport === '--stdio' ? overStdio(() => server.isShutDown()) : createConnection();
	// A promise that nobody waits for must not end the server for everybody.
	process.on('unhandledRejection', (error) => {
		connection.console.error(`Unexpected: ${error instanceof Error ? error.stack : error}`);
	});
	const server = startServer(connection, nodeHost(import.meta.dirname));
}

/** Standard input and output; ends with the client, and when what it sends can no longer be told apart. */
function overStdio(isShutDown: () => boolean): Connection {
	// Standard output belongs to the protocol.
	globalThis.console = new Console(process.stderr);
	const reader = new StreamMessageReader(process.stdin);
	const connection = createConnection(reader, new StreamMessageWriter(process.stdout));
	const end = () => process.exit(isShutDown() ? 0 : 1);
	process.stdin.on('end', end).on('close', end);
	process.stdout.on('error', end);
	reader.onError((error) => {
		if (error instanceof SyntaxError) {
			// Where a message that is no JSON ends is known all the same.
			connection.console.warn(`A message is no JSON: ${error.message}`);
			return;
		}
		process.stderr.write(`No language server protocol on standard input: ${error.message}\n`);
		process.exit(1);
	});
	return connection;
}
