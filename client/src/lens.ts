/** What commands work with. */
import type { LogOutputChannel } from 'vscode';
import type { CallsView } from './calls/callsView.ts';
import type { ExplainView } from './explainView.ts';
import type { LensServer } from './languageClient.ts';
import type { RunFlow } from './run/flow.ts';

export interface Lens {
	readonly output: LogOutputChannel;
	readonly server: LensServer;
	readonly view: ExplainView;
	/** Absent where nothing can be run. */
	readonly runs: RunFlow | undefined;
	readonly calls: CallsView;
}
