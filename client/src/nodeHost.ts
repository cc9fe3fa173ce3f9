/** The extension in a process of Node: the server is another one, and so is each live run. */
import { type ExtensionContext, type LogOutputChannel, Uri } from 'vscode';
import {
	State as ClientState,
	LanguageClient,
	type LanguageClientOptions,
	type ServerOptions,
	TransportKind,
} from 'vscode-languageclient/node';
import { registerCheckTask } from './checkTask.ts';
import type { ClientHost } from './host.ts';
import { RunFlow } from './run/flow.ts';
import { serverEnvironment } from './serverEnvironment.ts';

/** The library reports every trouble in a message of its own; here the output gets the text and the crash policy speaks. */
class QuietClient extends LanguageClient {
	override error(message: string, data?: unknown): void {
		super.error(message, data, false);
	}
}

function serverOptions({ extensionUri }: ExtensionContext): ServerOptions {
	const module = Uri.joinPath(extensionUri, 'dist', 'server.cjs').fsPath;
	// A working folder of its own: the server must not hold a lock on a folder of the user's.
	const options = { cwd: Uri.joinPath(extensionUri, 'dist').fsPath, env: serverEnvironment };
	return {
		run: { module, transport: TransportKind.ipc, options },
		debug: { module, transport: TransportKind.ipc, options: { ...options, execArgv: ['--inspect=6019'] } },
	};
}

function connect(extension: ExtensionContext, options: LanguageClientOptions, output: LogOutputChannel) {
	const client = new QuietClient('ioctlLens', 'IOCTL Lens', serverOptions(extension), options);
	client.onDidChangeState(({ newState }) => {
		if (newState !== ClientState.Running) return;
		client.serverProcess?.once('exit', (code, signal) => {
			output.info(`server process ended: ${signal ?? `exit code ${code}`}`);
		});
	});
	return { client, pid: () => client.serverProcess?.pid };
}

export const nodeHost: ClientHost = {
	connect,
	tasks: registerCheckTask,
	runs: (extension, server, output) => new RunFlow(extension, server, output),
};
