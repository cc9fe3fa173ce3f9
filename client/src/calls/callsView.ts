/** The calls of the workspace as a view, filled when the user asks for it. */
import {
	type CancellationToken,
	commands,
	type Disposable,
	EventEmitter,
	l10n,
	type Memento,
	ProgressLocation,
	Range,
	type TreeDataProvider,
	type TreeItem,
	Uri,
	window,
} from 'vscode';
import {
	CheckWorkspaceRequest,
	type CheckWorkspaceResult,
	ClearWorkspaceRequest,
	type WorkspaceProgress,
} from '../../../server/src/lsp/protocol.ts';
import type { LensServer } from '../languageClient.ts';
import { callItem, groupItem } from './callItems.ts';
import { type CallGroup, CallTree, GROUPINGS, type Grouping, type ListedCall } from './callTree.ts';

const groupingKey = 'ioctlLens.grouping';

type Row = CallGroup | ListedCall;

/** The view, and the check that fills it. */
export class CallsView implements TreeDataProvider<Row>, Disposable {
	readonly #changed = new EventEmitter<Row | undefined>();
	readonly onDidChangeTreeData = this.#changed.event;
	readonly #tree: CallTree;
	readonly #view = window.createTreeView<Row>('ioctlLens.calls', { treeDataProvider: this, showCollapseAll: true });
	readonly #listeners: readonly Disposable[];
	readonly #server: LensServer;
	readonly #memory: Memento;

	constructor(server: LensServer, memory: Memento) {
		this.#server = server;
		this.#memory = memory;
		const known = memory.get<Grouping>(groupingKey, 'file');
		this.#tree = new CallTree(GROUPINGS.includes(known) ? known : 'file');
		this.#listeners = [
			server.onDidChangeFileCalls((file) => this.#fire(this.#tree.set(file))),
			// What a server knew ends with it.
			server.onDidChangeStatus(({ state }) => {
				if (state !== 'running') this.#forget();
			}),
		];
		this.#forget();
		void commands.executeCommand('setContext', groupingKey, this.#tree.grouping);
	}

	/** Looks through the whole workspace, with progress that can be cancelled; what is found is shown as it is found. */
	async check(): Promise<void> {
		const options = {
			location: ProgressLocation.Notification,
			title: l10n.t('Looking for I/O control calls'),
			cancellable: true,
		};
		await window.withProgress(options, (progress, token) =>
			window.withProgress({ location: { viewId: 'ioctlLens.calls' } }, () =>
				this.#check(token, progress.report.bind(progress)),
			),
		);
	}

	async #check(token: CancellationToken, report: (value: { message: string }) => void): Promise<void> {
		const seen = new Set<string>();
		let read = 0;
		let number = 0;
		const take = (part: WorkspaceProgress) => {
			read = part.read;
			for (const file of part.files) {
				seen.add(file.uri);
				number += file.calls.length;
				this.#tree.set(file);
			}
			report({ message: l10n.t('files: {0}, calls: {1}', read, number) });
			if (part.files.length > 0) this.#fire(undefined);
		};
		this.#view.message = '';
		let result: CheckWorkspaceResult | undefined;
		try {
			result = await this.#server.requestInParts(CheckWorkspaceRequest, {}, take, token);
		} catch (error) {
			if (!token.isCancellationRequested) throw error;
		}
		if (result && !result.bound) this.#tree.retain((uri) => seen.has(uri));
		await commands.executeCommand('setContext', 'ioctlLens.checked', true);
		this.#fire(undefined);
		this.#view.message = result ? boundOf(result) : l10n.t('Cancelled after {0} files: there may be more calls.', read);
		if (!this.#view.visible) this.#sum(read);
	}

	/** Forgets everything, in the view and in the problems. */
	async clear(): Promise<void> {
		this.#forget();
		await this.#server.request(ClearWorkspaceRequest, {});
	}

	async groupBy(grouping: Grouping): Promise<void> {
		this.#tree.grouping = grouping;
		this.#fire(undefined);
		await commands.executeCommand('setContext', groupingKey, grouping);
		await this.#memory.update(groupingKey, grouping);
	}

	/** Puts the cursor into a call of the view, and does with it what `command` does with the call at a place. */
	async open(row: unknown, command?: string): Promise<void> {
		const listed = isListed(row) ? row : this.#view.selection.find(isListed);
		if (!listed) return;
		const { uri, call } = listed;
		const { start } = call.range;
		const selection = new Range(start.line, start.character, start.line, start.character);
		await window.showTextDocument(Uri.parse(uri), { selection });
		if (command !== undefined) await commands.executeCommand(command, uri, { ...start });
	}

	getChildren(row?: Row): readonly Row[] & Row[] {
		if (!row) return [...this.#tree.groups()];
		return row.kind === 'group' ? [...row.calls] : [];
	}

	getTreeItem(row: Row): TreeItem {
		return row.kind === 'group' ? groupItem(row) : callItem(row, this.#tree.grouping);
	}

	dispose(): void {
		for (const listener of this.#listeners) listener.dispose();
		this.#view.dispose();
		this.#changed.dispose();
	}

	#forget(): void {
		this.#tree.clear();
		this.#view.message = '';
		void commands.executeCommand('setContext', 'ioctlLens.checked', false);
		this.#fire(undefined);
	}

	#fire(row: Row | undefined): void {
		const { length } = this.#tree.calls;
		this.#view.description = length > 0 ? String(length) : '';
		void commands.executeCommand('setContext', 'ioctlLens.hasCalls', length > 0);
		this.#changed.fire(row);
	}

	/** Says what was found where the view is not on the screen. */
	#sum(read: number): void {
		const { calls } = this.#tree;
		const wrong = calls.filter(({ call }) => call.state === 'wrong').length;
		const show = l10n.t('Show Calls');
		const problems = l10n.t('Show Problems');
		const message = l10n.t('Files: {0}. I/O control calls: {1}. With findings: {2}.', read, calls.length, wrong);
		void window.showInformationMessage(message, show, ...(wrong > 0 ? [problems] : [])).then((choice) => {
			if (choice === show) void commands.executeCommand('ioctlLens.calls.focus');
			if (choice === problems) void commands.executeCommand('workbench.actions.view.problems');
		});
	}
}

/** Why not everything was looked at, if so. */
function boundOf({ bound }: CheckWorkspaceResult): string {
	if (!bound) return '';
	return bound.of === 'files'
		? l10n.t('Only the first {0} files were looked at. Open a folder further in, or exclude some.', bound.at)
		: l10n.t('Only the first {0} calls are listed. Open a folder further in, or exclude some.', bound.at);
}

const isListed = (row: unknown): row is ListedCall => (row as Partial<ListedCall> | undefined)?.kind === 'call';
