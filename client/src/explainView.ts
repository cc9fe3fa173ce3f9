import {
	type Disposable,
	EventEmitter,
	TabInputText,
	type TextDocumentContentProvider,
	Uri,
	ViewColumn,
	window,
	workspace,
} from 'vscode';
import {
	type ExplainCallParams,
	ExplainCallRequest,
	type ExplainParams,
	ExplainRequest,
	type Page,
	type ReferenceParams,
	ReferenceRequest,
} from '../../server/src/lsp/protocol.ts';
import type { LensServer } from './languageClient.ts';

/** The scheme of the documents this extension writes; no file lies behind them, so VS Code keeps them read-only. */
export const scheme = 'ioctl-lens';

/** The scheme of documents that show what came of a run. */
export const runScheme = 'ioctl-lens-run';

/** What a document was asked from. It travels in the document's URI: a restored tab can ask again. */
export type Source =
	| { readonly request: typeof ExplainCallRequest; readonly params: ExplainCallParams }
	| { readonly request: typeof ExplainRequest; readonly params: ExplainParams }
	| { readonly request: typeof ReferenceRequest; readonly params: ReferenceParams };

/** Shows the server's Markdown pages as plain, read-only text documents beside the source. */
export class ExplainView implements TextDocumentContentProvider, Disposable {
	private readonly changed = new EventEmitter<Uri>();
	readonly onDidChange = this.changed.event;
	/** Pages of open documents by URI; what is not here is asked from the server. */
	private readonly pages = new Map<string, string>();
	private readonly disposables: Disposable[];

	constructor(private readonly server: LensServer) {
		this.disposables = [
			this.changed,
			workspace.registerTextDocumentContentProvider(scheme, this),
			workspace.onDidCloseTextDocument((document) => this.pages.delete(document.uri.toString())),
		];
	}

	/** Opens or refreshes the page's document. The keyboard focus stays where it is. */
	async show(source: Source, page: Page): Promise<void> {
		const uri = toUri(source, page.title);
		this.pages.set(uri.toString(), page.markdown);
		this.changed.fire(uri);
		const document = await workspace.openTextDocument(uri);
		await window.showTextDocument(document, { viewColumn: besideColumn(), preserveFocus: true, preview: true });
	}

	async provideTextDocumentContent(uri: Uri): Promise<string> {
		const known = this.pages.get(uri.toString());
		if (known !== undefined) return known;
		const page = await this.ask(JSON.parse(uri.query) as Source);
		return page?.markdown ?? '';
	}

	dispose(): void {
		for (const disposable of this.disposables) disposable.dispose();
	}

	private async ask(source: Source): Promise<Page | null> {
		switch (source.request) {
			case ExplainRequest: {
				const answer = await this.server.request(source.request, source.params);
				return 'error' in answer ? { title: source.params.query, markdown: answer.error } : answer;
			}
			case ExplainCallRequest:
				return this.server.request(source.request, source.params);
			case ReferenceRequest:
				return this.server.request(source.request, source.params);
		}
	}
}

function toUri(source: Source, title: string): Uri {
	// The last path segment is the tab's label, and its suffix makes VS Code colour the text as Markdown.
	const label = title.replace(/[\\/?#]+/g, '-');
	return Uri.from({ scheme, path: `/${label}.md`, query: JSON.stringify(source) });
}

/** The column that already holds one of our documents, else the one beside the source: pages do not pile up columns. */
export function besideColumn(): ViewColumn {
	for (const group of window.tabGroups.all) {
		const ours = group.tabs.some(
			({ input }) => input instanceof TabInputText && [scheme, runScheme].includes(input.uri.scheme),
		);
		if (ours) return group.viewColumn;
	}
	return ViewColumn.Beside;
}
