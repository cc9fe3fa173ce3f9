/** Everything that lives as long as the extension. */
import { commands, type Disposable, type ExtensionContext, type LogOutputChannel, window, workspace } from 'vscode';
import * as actions from './commands.ts';
import { DocumentStatusItem } from './documentStatus.ts';
import { ExplainView } from './explainView.ts';
import { LensServer, type Status } from './languageClient.ts';
import type { Lens } from './lens.ts';
import { LensHint } from './lensHint.ts';
import { RunFlow } from './run/flow.ts';
import { StatusItem } from './serverStatus.ts';

export type { Status } from './languageClient.ts';

/** Owns everything that lives as long as the extension: the server, the views and the commands. */
export class LensContext implements Lens {
	readonly output: LogOutputChannel;
	readonly server: LensServer;
	readonly view: ExplainView;
	readonly runs: RunFlow;

	constructor(extension: ExtensionContext) {
		this.output = window.createOutputChannel('IOCTL Lens', { log: true });
		this.server = new LensServer(extension, this.output);
		this.view = new ExplainView(this.server);
		this.runs = new RunFlow(extension, this.server, this.output);
		this.server.backend = () => this.runs.process.backend();
		extension.subscriptions.push(
			this.output,
			this.view,
			this.runs,
			new StatusItem(this.server),
			new DocumentStatusItem(this.server),
			new LensHint(this.server, extension.globalState),
			...this.#registerCommands(),
			workspace.onDidGrantWorkspaceTrust(() => void this.server.tellTrust()),
			workspace.onDidChangeConfiguration((change) => {
				// The server names the backend in its lenses, and is told at its start.
				if (change.affectsConfiguration('ioctlLens.run.backend')) void this.server.restart();
			}),
		);
		void this.server.start();
	}

	get status(): Status {
		return this.server.status;
	}

	get onDidChangeStatus(): LensServer['onDidChangeStatus'] {
		return this.server.onDidChangeStatus;
	}

	async stop(): Promise<void> {
		await Promise.all([this.server.stop(), this.runs.stop()]);
	}

	#registerCommands(): Disposable[] {
		const register = (name: string, run: (lens: Lens, ...args: unknown[]) => Promise<void> | void) =>
			commands.registerCommand(`ioctlLens.${name}`, (...args: unknown[]) =>
				actions.reportFailure(this, () => run(this, ...args)),
			);
		return [
			register('restartServer', actions.restartServer),
			register('showOutput', actions.showOutput),
			register('turnRuleOff', actions.turnRuleOff),
			register('explainCall', actions.explainCall),
			register('decodeCode', actions.decodeCode),
			register('openReference', actions.openReference),
			register('run', actions.run),
			register('runCorrectSizes', actions.runCorrectSizes),
			register('probeSizes', actions.probeSizes),
			register('cancelRun', ({ runs }) => runs.cancel()),
			register('setUpWine', ({ runs }) => runs.setUpWine()),
			register('showRun', ({ runs }, entry) => runs.show(entry)),
			register('openAsText', actions.openAsText),
			register('goToCall', ({ runs }, entry) => runs.goToCall(entry)),
			register('rerun', ({ runs }, entry) => runs.rerun(entry)),
			register('compareRuns', ({ runs }, entry, selection) => runs.compare(entry, selection)),
			register('copyRunAsC', ({ runs }, entry) => runs.copy(entry, 'c')),
			register('copyRunAsJson', ({ runs }, entry) => runs.copy(entry, 'json')),
			register('copyRunAsMarkdown', ({ runs }, entry) => runs.copy(entry, 'markdown')),
			register('clearHistory', ({ runs }) => runs.clearHistory()),
		];
	}
}
