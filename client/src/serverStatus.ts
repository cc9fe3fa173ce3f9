/** The server's state in the language status menu. */
import { type Disposable, LanguageStatusSeverity, l10n, languages } from 'vscode';
import type { LensServer, State } from './languageClient.ts';
import { documentSelector } from './selector.ts';

const severities: Record<State, LanguageStatusSeverity> = {
	starting: LanguageStatusSeverity.Information,
	running: LanguageStatusSeverity.Information,
	stopped: LanguageStatusSeverity.Warning,
	crashed: LanguageStatusSeverity.Error,
};

/** The entry in the language status menu: which server version, in which state, and the command that helps most. */
export class StatusItem implements Disposable {
	readonly #item = languages.createLanguageStatusItem('ioctlLens.server', documentSelector);
	readonly #listener: Disposable;

	readonly #server: LensServer;

	constructor(server: LensServer) {
		this.#server = server;
		this.#item.name = l10n.t('IOCTL Lens server');
		this.#listener = server.onDidChangeStatus(() => this.#update());
		this.#update();
	}

	dispose(): void {
		this.#listener.dispose();
		this.#item.dispose();
	}

	#update(): void {
		const { state, version } = this.#server.status;
		const text = version ? `IOCTL Lens ${version}` : 'IOCTL Lens';
		const detail = describe(state);
		const dead = state === 'stopped' || state === 'crashed';
		this.#item.text = text;
		this.#item.detail = detail;
		this.#item.severity = severities[state];
		this.#item.busy = state === 'starting';
		this.#item.command = dead
			? { command: 'ioctlLens.restartServer', title: l10n.t('Restart Server') }
			: { command: 'ioctlLens.showOutput', title: l10n.t('Show Output') };
		this.#item.accessibilityInformation = { label: `${text}: ${detail}` };
	}
}

function describe(state: State): string {
	switch (state) {
		case 'starting':
			return l10n.t('Starting');
		case 'running':
			return l10n.t('Running');
		case 'stopped':
			return l10n.t('Stopped');
		case 'crashed':
			return l10n.t('Crashed');
	}
}
