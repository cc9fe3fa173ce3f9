import { existsSync } from 'node:fs';
import {
	type Disposable,
	type ExtensionContext,
	type LogOutputChannel,
	l10n,
	ProgressLocation,
	Uri,
	window,
	workspace,
} from 'vscode';
import { type Outcome, Runner } from '../../../native/src/client.ts';
import { findWine, type SetupResult, setupWine } from '../../../native/src/wine.ts';
import type { RunBackend } from '../../../server/src/lsp/protocol.ts';
import { remoteSide } from '../trust.ts';

/** A choice of the setting, made concrete, with the name that lenses show: `Wine 8.0`. */
export interface Backend {
	readonly name: RunBackend;
	readonly label: string;
	/** Why nothing can be run on it yet. */
	readonly obstacle?: string;
}

const nativeLabel = { win32: 'Windows', darwin: 'macOS' } as Record<string, string>;

/** The one runner of this window. Its processes start with the first run and end on their own when they are idle. */
export class RunProcess implements Disposable {
	private readonly runner: Runner;
	private readonly wineFolder: string;

	constructor(
		extension: ExtensionContext,
		private readonly output: LogOutputChannel,
	) {
		this.wineFolder = Uri.joinPath(extension.globalStorageUri, 'wine').fsPath;
		this.runner = new Runner({
			script: Uri.joinPath(extension.extensionUri, 'dist', 'runner.cjs').fsPath,
			wine: () => findWine({ folder: this.wineFolder }),
			onEvent: (event) => {
				if (event.type === 'started') {
					const { backend, pid, system, startMs } = event;
					output.info(`${backend} runner started: process ${pid}, ${system.label}, ${Math.round(startMs)} ms`);
				} else {
					output.info(`${event.backend} runner ended: ${event.signal ?? `exit code ${event.exitCode}`}`);
					for (const line of event.stderr) output.warn(`${event.backend} runner: ${line}`);
				}
			},
		});
	}

	/** What plans are made for. Starts nothing but, where Wine was set up or is asked for, `wine --version`. */
	async backend(): Promise<Backend> {
		const wanted = workspace.getConfiguration('ioctlLens').get<string>('run.backend', 'auto');
		const side = remoteSide();
		const on = (label: string) => (side ? `${label}, ${side}` : label);
		const native = nativeLabel[process.platform] ?? 'Linux';
		if (process.platform === 'win32') return { name: wanted === 'posix' ? 'posix' : 'winsock', label: on(native) };
		if (wanted === 'posix') return { name: 'posix', label: on(native) };
		// Nobody pays for looking at Wine who neither set it up nor asks for it.
		const asked = wanted === 'winsock' || existsSync(this.wineFolder);
		const wine = asked ? await findWine({ folder: this.wineFolder }) : undefined;
		if (wine?.ok) return { name: 'winsock', label: on(`Wine ${wine.home.version}`) };
		if (wine && wanted === 'winsock') return { name: 'winsock', label: on('Wine'), obstacle: wine.message };
		return { name: 'posix', label: on(native) };
	}

	/** Whether setting up Wine could help: not on Windows, and not where it is done. */
	async lacksWine(): Promise<boolean> {
		return process.platform !== 'win32' && !(await findWine({ folder: this.wineFolder })).ok;
	}

	/** Carries a plan out. Never rejects; aborting kills the process. */
	run(plan: unknown, signal: AbortSignal): Promise<Outcome> {
		return this.runner.run(plan, signal);
	}

	/** Makes the folder that a runner under Wine needs, with progress that can be cancelled. */
	async setUpWine(): Promise<SetupResult> {
		return window.withProgress(
			{ location: ProgressLocation.Notification, title: l10n.t('Setting up the Wine runner'), cancellable: true },
			async (progress, token) => {
				const abort = new AbortController();
				token.onCancellationRequested(() => abort.abort());
				let done = 0;
				const result = await setupWine({
					folder: this.wineFolder,
					signal: abort.signal,
					onProgress: ({ message, fraction }) => {
						progress.report({ message, increment: (fraction - done) * 100 });
						done = fraction;
						this.output.info(`Wine runner: ${message}`);
					},
				});
				this.runner.reset();
				return result;
			},
		);
	}

	/** Ends all runners and waits until they are gone. */
	async stop(): Promise<void> {
		await this.runner.dispose();
	}

	dispose(): void {
		void this.stop();
	}
}
