/** The server's pages as documents. */
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
	ExplainCallRequest,
	ExplainRequest,
	type Page,
	ReferenceRequest,
	type RequestMessage,
} from '../../server/src/lsp/protocol.ts';
import type { LensServer } from './languageClient.ts';
import { scheme } from './pageScheme.ts';

/** The scheme of documents that show what came of a run. */
export const runScheme = 'ioctl-lens-run';

type PageRequest<P> = RequestMessage<P, Page | { readonly error: string } | null>;

/** What a document was asked from. It travels in the document's URI: a restored tab can ask again. */
interface Source {
	/** A request's method. */
	readonly request: string;
	readonly params: unknown;
}

const pageRequests: readonly PageRequest<never>[] = [ExplainRequest, ExplainCallRequest, ReferenceRequest];

/** Shows the server's Markdown pages as plain, read-only text documents beside the source. */
export class ExplainView implements TextDocumentContentProvider, Disposable {
	readonly #changed = new EventEmitter<Uri>();
	readonly onDidChange = this.#changed.event;
	/** Pages of open documents by URI; what is not here is asked from the server. */
	readonly #pages = new Map<string, string>();
	readonly #disposables: Disposable[];

	readonly #server: LensServer;

	constructor(server: LensServer) {
		this.#server = server;
		this.#disposables = [
			this.#changed,
			workspace.registerTextDocumentContentProvider(scheme, this),
			workspace.onDidCloseTextDocument((document) => this.#pages.delete(document.uri.toString())),
		];
	}

	/** Opens or refreshes the page's document. The keyboard focus stays where it is. */
	async show<P>({ method }: PageRequest<P>, params: P, page: Page): Promise<void> {
		const uri = toUri({ request: method, params }, page.title);
		this.#pages.set(uri.toString(), page.markdown);
		this.#changed.fire(uri);
		const document = await workspace.openTextDocument(uri);
		await window.showTextDocument(document, { viewColumn: besideColumn(), preserveFocus: true, preview: true });
	}

	async provideTextDocumentContent(uri: Uri): Promise<string> {
		const known = this.#pages.get(uri.toString());
		if (known !== undefined) return known;
		return this.#ask(JSON.parse(uri.query) as Source);
	}

	dispose(): void {
		for (const disposable of this.#disposables) disposable.dispose();
	}

	async #ask({ request, params }: Source): Promise<string> {
		const message = pageRequests.find(({ method }) => method === request);
		if (!message) return '';
		// What the URI says is judged by the server.
		const answer = await this.#server.request(message, params as never);
		if (!answer) return '';
		return 'error' in answer ? answer.error : answer.markdown;
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
