/** Everything that lives as long as the extension. */
import { commands, type Disposable, type ExtensionContext, type LogOutputChannel, window, workspace } from 'vscode';
import { CallDocuments } from './calls/callDocuments.ts';
import { CallsView } from './calls/callsView.ts';
import * as actions from './commands.ts';
import { DocumentStatusItem } from './documentStatus.ts';
import { ExplainView } from './explainView.ts';
import type { ClientHost } from './host.ts';
import { LensServer, type Status } from './languageClient.ts';
import type { Lens } from './lens.ts';
import { LensHint } from './lensHint.ts';
import type { RunFlow } from './run/flow.ts';
import { Samples } from './samples.ts';
import { StatusItem } from './serverStatus.ts';

export type { Status } from './languageClient.ts';

/** Owns everything that lives as long as the extension: the server, the views and the commands. */
export class LensContext implements Lens {
	readonly output: LogOutputChannel;
	readonly server: LensServer;
	readonly view: ExplainView;
	readonly runs: RunFlow | undefined;
	readonly calls: CallsView;
	readonly #samples: Samples;

	constructor(extension: ExtensionContext, host: ClientHost) {
		this.output = window.createOutputChannel('IOCTL Lens', { log: true });
		this.server = new LensServer(extension, host, this.output);
		this.view = new ExplainView(this.server);
		const runs = host.runs?.(extension, this.server, this.output);
		this.runs = runs;
		if (runs) this.server.backend = () => runs.process.backend();
		this.#samples = new Samples(extension.extensionUri);
		this.calls = new CallsView(this.server, extension.workspaceState);
		extension.subscriptions.push(
			this.output,
			this.view,
			this.calls,
			...(runs ? [runs] : []),
			...(host.tasks ? [host.tasks(extension)] : []),
			new CallDocuments(this.server),
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
		await Promise.all([this.server.stop(), this.runs?.stop()]);
	}

	#registerCommands(): Disposable[] {
		const register = (name: string, run: (lens: Lens, ...args: unknown[]) => Promise<void> | void) =>
			commands.registerCommand(`ioctlLens.${name}`, (...args: unknown[]) =>
				actions.reportFailure(this, () => run(this, ...args)),
			);
		const registerRun = (name: string, run: (runs: RunFlow, ...args: unknown[]) => Promise<void> | void) =>
			register(name, ({ runs }, ...args) => (runs ? run(runs, ...args) : actions.explainNoRuns()));
		return [
			register('restartServer', actions.restartServer),
			register('showOutput', actions.showOutput),
			register('turnRuleOff', actions.turnRuleOff),
			register('explainCall', actions.explainCall),
			register('decodeCode', actions.decodeCode),
			register('openReference', actions.openReference),
			registerRun('run', actions.run),
			registerRun('runCorrectSizes', actions.runCorrectSizes),
			registerRun('probeSizes', actions.probeSizes),
			registerRun('cancelRun', (runs) => runs.cancel()),
			registerRun('setUpWine', (runs) => runs.setUpWine()),
			registerRun('showRun', (runs, entry) => runs.show(entry)),
			register('openAsText', actions.openAsText),
			registerRun('goToCall', (runs, entry) => runs.goToCall(entry)),
			registerRun('rerun', (runs, entry) => runs.rerun(entry)),
			registerRun('compareRuns', (runs, entry, selection) => runs.compare(entry, selection)),
			registerRun('copyRunAsC', (runs, entry) => runs.copy(entry, 'c')),
			registerRun('copyRunAsJson', (runs, entry) => runs.copy(entry, 'json')),
			registerRun('copyRunAsMarkdown', (runs, entry) => runs.copy(entry, 'markdown')),
			registerRun('clearHistory', (runs) => runs.clearHistory()),
			register('openSample', () => this.#samples.open()),
			register('saveSamples', () => this.#samples.save()),
			register('checkWorkspace', ({ calls }) => calls.check()),
			register('clearWorkspace', ({ calls }) => calls.clear()),
			register('groupByFile', ({ calls }) => calls.groupBy('file')),
			register('groupByCode', ({ calls }) => calls.groupBy('code')),
			register('groupByState', ({ calls }) => calls.groupBy('state')),
			register('openListedCall', ({ calls }, row) => calls.open(row)),
			register('explainListedCall', ({ calls }, row) => calls.open(row, 'ioctlLens.explainCall')),
			register('runListedCall', ({ calls }, row) => calls.open(row, 'ioctlLens.run')),
		];
	}
}
