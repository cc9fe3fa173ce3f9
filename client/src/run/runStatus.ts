/** Runs in the status bar. */
import { type Disposable, l10n, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { RunStatus } from './history.ts';
import type { UnderWay } from './underWay.ts';

const tick = 100;

const endIcons: Partial<Record<RunStatus, string>> = {
	ok: 'check',
	elsewhere: 'warning',
	crashed: 'bug',
	cancelled: 'circle-slash',
};

/** The run in the status bar: under way with its time and a way to cancel it, then how it ended. */
export class RunStatusItem implements Disposable {
	readonly #item = window.createStatusBarItem('ioctlLens.run', StatusBarAlignment.Left, 0);
	#timer: NodeJS.Timeout | undefined;
	#shown: UnderWay | undefined;
	#start = 0;

	constructor() {
		this.#item.name = l10n.t('IOCTL Lens run');
	}

	/** Shows the run's name, the time since it is the one that runs, and how many wait for it; a click cancels it. */
	pending(run: UnderWay, waiting: number): void {
		this.#stopClock();
		const { code } = run;
		if (run !== this.#shown) this.#start = performance.now();
		this.#shown = run;
		const start = this.#start;
		const update = () => {
			const seconds = ((performance.now() - start) / 1000).toFixed(1);
			const text =
				waiting === 0 ? l10n.t('{0}: {1} s', code, seconds) : l10n.t('{0}: {1} s, {2} waiting', code, seconds, waiting);
			this.#item.text = `$(loading~spin) ${text}`;
		};
		update();
		this.#timer = setInterval(update, tick);
		this.#item.tooltip =
			waiting === 0
				? l10n.t('Running {0}. Click to cancel.', code)
				: l10n.t('Running {0}, {1} waiting. Click to cancel {0} alone.', code, waiting);
		this.#item.accessibilityInformation = { label: this.#item.tooltip, role: 'button' };
		this.#item.backgroundColor = undefined;
		this.#item.command = 'ioctlLens.cancelRun';
		this.#item.show();
	}

	/** Shows how the run ended; a click opens its document. */
	ended(code: string, status: RunStatus, inline: string): void {
		this.#stopClock();
		const crashed = status === 'crashed';
		const icon = endIcons[status] ?? 'error';
		this.#item.text = `$(${icon}) ${code}: ${inline}`;
		this.#item.tooltip = l10n.t('Show the result of {0}', code);
		this.#item.accessibilityInformation = { label: `${code}: ${inline}`, role: 'button' };
		this.#item.backgroundColor = crashed ? new ThemeColor('statusBarItem.errorBackground') : undefined;
		this.#item.command = 'ioctlLens.showRun';
		this.#item.show();
	}

	/** Takes the item away, for a run that ended without anything to show. */
	clear(): void {
		this.#stopClock();
		this.#item.hide();
	}

	dispose(): void {
		this.#stopClock();
		this.#item.dispose();
	}

	#stopClock(): void {
		clearInterval(this.#timer);
		this.#timer = undefined;
	}
}
