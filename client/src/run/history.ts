/** The runs that were carried out, and their view. */
import {
	commands,
	type Disposable,
	EventEmitter,
	l10n,
	type Memento,
	ThemeIcon,
	type TreeDataProvider,
	TreeItem,
	type TreeView,
	window,
} from 'vscode';
import type { RunResultResult } from '../../../server/src/lsp/protocol.ts';
import type { CallPosition } from '../call.ts';

const key = 'ioctlLens.runs';
const limit = 50;

export type RunStatus = Extract<RunResultResult, { status: string }>['status'];

/** One run or probe that was carried out, with all that is needed to show it and to do it again. Plain data. */
export interface HistoryEntry {
	readonly id: string;
	/** The control code's name. */
	readonly code: string;
	readonly title: string;
	/** Milliseconds since 1970. */
	readonly time: number;
	readonly backend: string;
	readonly call: CallPosition;
	readonly job: 'written' | 'correct' | 'probe';
	readonly status: RunStatus;
	/** A few words. */
	readonly inline: string;
	readonly markdown: string;
	readonly json: string;
	/** Absent for a probe. */
	readonly c?: string;
	/** What the runner was given, and what the server reads its answers with. */
	readonly plans: readonly unknown[];
	readonly prepared: unknown;
	readonly risk: string;
	readonly effect: string;
	readonly confirm: boolean;
}

const icons: Record<RunStatus, string> = {
	ok: 'pass',
	error: 'error',
	pending: 'watch',
	failed: 'error',
	cancelled: 'circle-slash',
	'timed-out': 'watch',
	crashed: 'bug',
};

/** The last runs of this workspace, newest first, kept over restarts and shown as a view. */
export class RunHistory implements TreeDataProvider<HistoryEntry>, Disposable {
	readonly #changed = new EventEmitter<undefined>();
	readonly onDidChangeTreeData = this.#changed.event;
	readonly #view: TreeView<HistoryEntry>;
	#entries: readonly HistoryEntry[];

	readonly #memory: Memento;

	constructor(memory: Memento) {
		this.#memory = memory;
		this.#entries = memory.get<HistoryEntry[]>(key, []);
		this.#view = window.createTreeView('ioctlLens.runs', { treeDataProvider: this, canSelectMany: true });
		this.#tell();
	}

	get all(): readonly HistoryEntry[] {
		return this.#entries;
	}

	get selected(): readonly HistoryEntry[] {
		return this.#view.selection;
	}

	find(id: string): HistoryEntry | undefined {
		return this.#entries.find((entry) => entry.id === id);
	}

	async add(entry: HistoryEntry): Promise<void> {
		await this.#replace([entry, ...this.#entries].slice(0, limit));
	}

	async clear(): Promise<void> {
		await this.#replace([]);
	}

	getChildren(element?: HistoryEntry): HistoryEntry[] {
		return element ? [] : [...this.#entries];
	}

	getTreeItem(entry: HistoryEntry): TreeItem {
		const item = new TreeItem(entry.job === 'probe' ? l10n.t('Sizes of {0}', entry.code) : entry.code);
		item.id = entry.id;
		item.description = entry.inline;
		item.tooltip = `${entry.title}\n${entry.backend}\n${describeTime(entry)}`;
		item.iconPath = new ThemeIcon(icons[entry.status]);
		item.contextValue = entry.c === undefined ? 'probe' : 'run';
		item.command = { command: 'ioctlLens.showRun', title: l10n.t('Show Result'), arguments: [entry] };
		return item;
	}

	dispose(): void {
		this.#view.dispose();
		this.#changed.dispose();
	}

	async #replace(entries: readonly HistoryEntry[]): Promise<void> {
		this.#entries = entries;
		this.#tell();
		await this.#memory.update(key, entries);
	}

	#tell(): void {
		this.#changed.fire(undefined);
		void commands.executeCommand('setContext', 'ioctlLens.hasRuns', this.#entries.length > 0);
	}
}

/** When it ran, as this machine writes times. */
export const describeTime = ({ time }: HistoryEntry): string => new Date(time).toLocaleString();
