/** The runner's processes, and the setup of Wine. */
import { existsSync } from 'node:fs';
import { config } from '@vscode/l10n';
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
import { type Outcome, Runner } from '../../../native/src/runner.ts';
import { findWine, type SetupProgress, type SetupResult, setupWine } from '../../../native/src/wine.ts';
import { remoteSide } from '../trust.ts';
import { type Backend, chooseBackend } from './backendChoice.ts';

const SETUP_STEPS: Readonly<Record<SetupProgress['step'], () => string>> = {
	packages: () => l10n.t('Fetching Node and koffi for Windows'),
	prefix: () => l10n.t('Creating a Wine prefix'),
	'windows-version': () => l10n.t('Choosing Windows 10'),
};

const isWindows = process.platform === 'win32';
const systemLabels: Readonly<Record<string, string>> = { win32: 'Windows', darwin: 'macOS' };

/** The name of what runs, and of the side that it runs on; by default this system's own. */
function labelHere(name = systemLabels[process.platform] ?? 'Linux'): string {
	const side = remoteSide();
	return side ? `${name}, ${side}` : name;
}

/** The one runner of this window. Its processes start with the first run and end on their own when they are idle. */
export class RunProcess implements Disposable {
	readonly #runner: Runner;
	readonly #wineFolder: string;

	readonly #output: LogOutputChannel;

	constructor(extension: ExtensionContext, output: LogOutputChannel) {
		this.#output = output;
		// What the runner and Wine come to is said by code that knows no editor.
		if (l10n.bundle) config({ contents: l10n.bundle });
		this.#wineFolder = Uri.joinPath(extension.globalStorageUri, 'wine').fsPath;
		this.#runner = new Runner({
			script: Uri.joinPath(extension.extensionUri, 'dist', 'runner.cjs').fsPath,
			wine: () => findWine({ folder: this.#wineFolder }),
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
	backend(): Promise<Backend> {
		const wanted = workspace.getConfiguration('ioctlLens').get<string>('run.backend', 'auto');
		return chooseBackend(wanted, {
			isWindows,
			hasWineFolder: existsSync(this.#wineFolder),
			wine: () => findWine({ folder: this.#wineFolder }),
			label: labelHere,
		});
	}

	/** Whether setting up Wine could help: not on Windows, and not where it is done. */
	async lacksWine(): Promise<boolean> {
		return !isWindows && !(await findWine({ folder: this.#wineFolder })).ok;
	}

	/** Carries a plan out. Never rejects; aborting kills the process. */
	run(plan: unknown, signal: AbortSignal): Promise<Outcome> {
		return this.#runner.run(plan, signal);
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
					folder: this.#wineFolder,
					signal: abort.signal,
					onProgress: ({ step, message, fraction }) => {
						progress.report({ message: SETUP_STEPS[step](), increment: (fraction - done) * 100 });
						done = fraction;
						this.#output.info(`Wine runner: ${message}`);
					},
				});
				this.#runner.reset();
				return result;
			},
		);
	}

	/** Ends all runners and waits until they are gone. */
	async stop(): Promise<void> {
		await this.#runner.dispose();
	}

	dispose(): void {
		void this.stop();
	}
}
