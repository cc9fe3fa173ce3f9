/** The results of runs: rendered, as text, and as notes. */
import {
	CodeLens,
	commands,
	type Disposable,
	EventEmitter,
	l10n,
	Range,
	type TextDocument,
	type TextDocumentContentProvider,
	type TextEditorDecorationType,
	ThemeColor,
	Uri,
	window,
	workspace,
} from 'vscode';
import { runScheme } from '../pageScheme.ts';
import { besideColumn, escaped, type Reading, ReadingPanel } from '../panel.ts';
import type { HistoryEntry, RunHistory } from './history.ts';

/** Ends the names of the two documents of a comparison. */
const comparedSuffix = '.txt';

/** Shows results beside the source, and a few words of each after its call. */
export class ResultView implements TextDocumentContentProvider, Disposable {
	readonly #changed = new EventEmitter<Uri>();
	readonly onDidChange = this.#changed.event;
	readonly #note: TextEditorDecorationType;
	/** The notes of each document, by line. An edit takes them away: they speak of the text as it was. */
	readonly #notes = new Map<string, Map<number, HistoryEntry>>();
	readonly #disposables: Disposable[];
	readonly #panel = new ReadingPanel('ioctlLens.result', async (document) => this.#read(document));

	readonly #history: RunHistory;
	readonly #drawLenses: (document: TextDocument) => void;

	/** @param drawLenses asks for the lenses of a document anew. */
	constructor(history: RunHistory, drawLenses: (document: TextDocument) => void) {
		this.#history = history;
		this.#drawLenses = drawLenses;
		this.#note = window.createTextEditorDecorationType({ after: { margin: '0 0 0 2em' } });
		this.#disposables = [
			this.#changed,
			this.#note,
			this.#panel,
			workspace.registerTextDocumentContentProvider(runScheme, this),
			workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
				if (contentChanges.length > 0) this.#forget(document);
			}),
			workspace.onDidCloseTextDocument((document) => this.#forget(document)),
			window.onDidChangeVisibleTextEditors(() => this.#draw()),
		];
	}

	/** Shows the result in the panel. The keyboard focus stays where it is. */
	async show(entry: HistoryEntry): Promise<void> {
		await this.#panel.show(toUri(entry));
	}

	/** Opens two results as a difference, the older one on the left. */
	async compare(one: HistoryEntry, other: HistoryEntry): Promise<void> {
		const [older, newer] = one.time <= other.time ? [one, other] : [other, one];
		const title = l10n.t('{0} and {1}', `${older.code}: ${older.inline}`, `${newer.code}: ${newer.inline}`);
		// Lines of plain text are not wrapped, so that tables keep their columns.
		const [left, right] = [toUri(older, comparedSuffix), toUri(newer, comparedSuffix)];
		await commands.executeCommand('vscode.diff', left, right, title, { viewColumn: besideColumn() });
	}

	/**
	 * Writes the short result behind the call that ends in this line, and into a lens over it, unless the document has
	 * changed since `version`.
	 */
	annotate(entry: HistoryEntry, line: number, version: number | undefined): void {
		const { uri } = entry.call;
		const document = workspace.textDocuments.find((each) => each.uri.toString() === uri);
		if (!document || document.version !== version) return;
		const notes = this.#notes.get(uri) ?? new Map<number, HistoryEntry>();
		notes.set(line, entry);
		this.#notes.set(uri, notes);
		this.#draw();
		this.#drawLenses(document);
	}

	/** The run whose document is in the active editor. */
	active(): HistoryEntry | undefined {
		const uri = this.#panel.active ?? window.activeTextEditor?.document.uri;
		return uri?.scheme === runScheme ? this.#history.find(uri.query) : undefined;
	}

	provideTextDocumentContent(uri: Uri): string {
		const entry = this.#history.find(uri.query);
		if (!entry) return l10n.t('This run is no longer in the history.');
		return (uri.path.endsWith(comparedSuffix) ? entry.compared : undefined) ?? entry.markdown;
	}

	#read(document: Uri): Reading {
		const entry = this.#history.find(document.query);
		const title = document.path.slice(1).replace(/\.md$/, '');
		if (!entry) return { title, body: `<p>${l10n.t('This run is no longer in the history.')}</p>` };
		const { id, job, call, status } = entry;
		const mayBeWrong = job === 'written' && (status === 'error' || status === 'elsewhere');
		return {
			title,
			body: entry.html ?? `<pre>${escaped(entry.markdown)}</pre>`,
			actions: [
				[l10n.t('Run Again'), 'ioctlLens.rerun', { id }],
				...(mayBeWrong
					? ([[l10n.t('Run with Correct Sizes'), 'ioctlLens.runCorrectSizes', call.uri, call.position]] as const)
					: []),
				[l10n.t('Go to Call'), 'ioctlLens.goToCall', { id }],
				[l10n.t('Compare…'), 'ioctlLens.compareRuns', { id }],
				...(entry.c === undefined ? [] : ([[l10n.t('Copy as C'), 'ioctlLens.copyRunAsC', { id }]] as const)),
				[l10n.t('Copy as JSON'), 'ioctlLens.copyRunAsJson', { id }],
				[l10n.t('Copy as Markdown'), 'ioctlLens.copyRunAsMarkdown', { id }],
			],
		};
	}

	dispose(): void {
		for (const disposable of this.#disposables) disposable.dispose();
	}

	#forget(document: TextDocument): void {
		if (!this.#notes.delete(document.uri.toString())) return;
		this.#draw();
		this.#drawLenses(document);
	}

	/** The outcome of the last run over its call, for those who do not see the end of the line. */
	lensesOf(document: TextDocument): CodeLens[] {
		const notes = this.#notes.get(document.uri.toString()) ?? new Map<number, HistoryEntry>();
		return [...notes.values()].map((entry) => {
			const { line, character } = entry.call.position;
			const clock = new Date(entry.time).toLocaleTimeString(undefined, { timeStyle: 'short' });
			const title = `${entry.status === 'ok' ? '✓' : '✗'} ${entry.inline} · ${clock}`;
			const command = { command: 'ioctlLens.showRun', title, arguments: [{ id: entry.id }] };
			return new CodeLens(new Range(line, character, line, character), command);
		});
	}

	#draw(): void {
		for (const editor of window.visibleTextEditors) {
			const notes = this.#notes.get(editor.document.uri.toString()) ?? new Map<number, HistoryEntry>();
			const decorations = [...notes].map(([line, { inline: text }]) => {
				const { end } = editor.document.lineAt(line).range;
				const color = new ThemeColor('editorCodeLens.foreground');
				return { range: new Range(end, end), renderOptions: { after: { contentText: `⇒ ${text}`, color } } };
			});
			editor.setDecorations(this.#note, decorations);
		}
	}
}

function toUri(entry: HistoryEntry, suffix = '.md'): Uri {
	// The last path segment is the tab's label, and its suffix tells VS Code how to show the text.
	const subject = entry.job === 'probe' ? l10n.t('Sizes of {0}', entry.code) : entry.code;
	const label = l10n.t('{0} on {1}', subject, entry.backend).replace(/[\\/?#]+/g, ' ');
	return Uri.from({ scheme: runScheme, path: `/${label}${suffix}`, query: entry.id });
}
