/** The runs that were carried out, and their view. */
import {
	commands,
	type Disposable,
	EventEmitter,
	l10n,
	type Memento,
	ThemeColor,
	ThemeIcon,
	type TreeDataProvider,
	TreeItem,
	type TreeView,
	Uri,
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
	/** Absent for a probe, and in entries of older versions. */
	readonly compared?: string;
	/** Absent in entries of older versions. */
	readonly html?: string;
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

/** Icon and colour of each outcome; the words beside it say the same. */
const icons: Record<RunStatus, readonly [icon: string, color: string]> = {
	ok: ['pass', 'testing.iconPassed'],
	elsewhere: ['warning', 'testing.iconQueued'],
	error: ['error', 'testing.iconFailed'],
	pending: ['watch', 'testing.iconQueued'],
	failed: ['error', 'testing.iconErrored'],
	cancelled: ['circle-slash', 'testing.iconSkipped'],
	'timed-out': ['watch', 'testing.iconErrored'],
	crashed: ['bug', 'testing.iconErrored'],
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
		const where = l10n.t('{0}, line {1}', fileOf(entry), entry.call.position.line + 1);
		const clock = new Date(entry.time).toLocaleTimeString();
		item.description = `${entry.inline} · ${where} · ${clock}`;
		item.tooltip = `${entry.title}\n${entry.backend}\n${where}\n${describeTime(entry)}`;
		item.accessibilityInformation = {
			label: `${String(item.label)}: ${entry.inline}, ${where}, ${describeTime(entry)}`,
		};
		const [icon, color] = icons[entry.status];
		item.iconPath = new ThemeIcon(icon, new ThemeColor(color));
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

/** The name of the file that the call stood in. */
const fileOf = ({ call }: HistoryEntry): string => Uri.parse(call.uri).path.split('/').pop() ?? call.uri;
