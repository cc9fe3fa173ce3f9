/** Starts the language server over the transport that the command line names: `--stdio`, `--node-ipc`, `--socket` or `--pipe`. */
import { Console } from 'node:console';
import { setFlagsFromString } from 'node:v8';
import {
	type Connection,
	createConnection,
	createServerPipeTransport,
	createServerSocketTransport,
	IPCMessageReader,
	IPCMessageWriter,
	type MessageReader,
	type MessageWriter,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-languageserver/node';
import { guardedReader } from '../lsp/guardedReader.ts';
import { startServer } from '../lsp/server.ts';
import { nodeHost } from './nodeHost.ts';

// What one edit leaves behind is small and dies at once. Left alone, the collector grows the room for such things to
// many times what ever lives, and keeps it.
setFlagsFromString('--semi-space-growth-factor=1');
// What lives long grows by three fifths at most until it is looked through: left alone, it grows to several times as
// much. Every version of a text is such a thing, and gone with the next letter.
setFlagsFromString('--heap-growing-percent=60');

const TRANSPORT = /^--(?:stdio|node-ipc|(?:socket|pipe)(?:=|$))/;

const transport = process.argv.slice(2).find((argument) => TRANSPORT.test(argument));
if (transport === undefined) {
	process.stderr.write('This is a language server. Start it with --stdio or --node-ipc.\n');
	process.exitCode = 2;
} else {
	const connection =
		transport === '--stdio' ? overStdio(() => server.isShutDown()) : overTransport(() => server.isShutDown());
	// A promise that nobody waits for must not end the server for everybody.
	process.on('unhandledRejection', (error) => {
		connection.console.error(`Unexpected: ${error instanceof Error ? error.stack : error}`);
	});
	const server = startServer(connection, nodeHost(import.meta.dirname));
}

/** The channel of the process that forked this one, a pipe or a socket; ends with the client. */
function overTransport(isShutDown: () => boolean): Connection {
	const [reader, writer] = transportOf(process.argv.slice(2));
	const end = () => process.exit(isShutDown() ? 0 : 1);
	process.on('disconnect', end);
	reader.onClose(end);
	return createConnection(guardedReader(reader), writer);
}

function transportOf(args: readonly string[]): readonly [MessageReader, MessageWriter] {
	const at = args.findIndex((argument) => TRANSPORT.test(argument));
	const [, name, value = args[at + 1] ?? ''] = /^([^=]*)(?:=(.*))?$/.exec(args[at] ?? '') ?? [];
	if (name === '--socket') return createServerSocketTransport(Number(value));
	if (name === '--pipe') return createServerPipeTransport(value);
	return [new IPCMessageReader(process), new IPCMessageWriter(process)];
}

/** Standard input and output; ends with the client, and when what it sends can no longer be told apart. */
function overStdio(isShutDown: () => boolean): Connection {
	// Standard output belongs to the protocol.
	globalThis.console = new Console(process.stderr);
	const reader = new StreamMessageReader(process.stdin);
	const connection = createConnection(guardedReader(reader), new StreamMessageWriter(process.stdout));
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
