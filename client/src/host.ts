/** What of the extension depends on where it runs: in a process of Node, or in a worker of a browser. */
import type { Disposable, ExtensionContext, LogOutputChannel } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { LensServer } from './languageClient.ts';
import type { RunFlow } from './run/flow.ts';

export interface ClientHost {
	/** A client with a server of its own, which it starts when it is started. */
	connect(extension: ExtensionContext, options: LanguageClientOptions, output: LogOutputChannel): ServerClient;
	/** Live runs; absent where no process can be started to make a call in. */
	readonly runs?: (extension: ExtensionContext, server: LensServer, output: LogOutputChannel) => RunFlow;
	/** The command line as a task; absent likewise. */
	readonly tasks?: (extension: ExtensionContext) => Disposable;
}

export interface ServerClient {
	readonly client: BaseLanguageClient;
	/** The server's process id while it runs in a process of its own. */
	pid(): number | undefined;
}
