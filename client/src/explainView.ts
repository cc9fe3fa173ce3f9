/** The server's pages, rendered and as text. */
import {
	type CustomDocument,
	type CustomReadonlyEditorProvider,
	commands,
	type Disposable,
	EventEmitter,
	type TextDocumentContentProvider,
	Uri,
	type WebviewPanel,
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
import { fill, ReadingPanel } from './panel.ts';

type PageRequest<P> = RequestMessage<P, Page | { readonly error: string } | null>;

/** What a document was asked from. It travels in the document's URI: a restored tab can ask again. */
interface Source {
	/** A request's method. */
	readonly request: string;
	readonly params: unknown;
}

const pageRequests: readonly PageRequest<never>[] = [ExplainRequest, ExplainCallRequest, ReferenceRequest];

/**
 * Shows the server's Markdown pages rendered: in the panel beside the source, and in an editor where something leads to
 * them as a place, such as a definition. As read-only text they are documents.
 */
export class ExplainView implements TextDocumentContentProvider, CustomReadonlyEditorProvider, Disposable {
	readonly #changed = new EventEmitter<Uri>();
	readonly onDidChange = this.#changed.event;
	/** Pages of open documents by URI; what is not here is asked from the server. */
	readonly #pages = new Map<string, string>();
	readonly #disposables: Disposable[];
	readonly #panel = new ReadingPanel('ioctlLens.page', (document) => this.#read(document));

	readonly #server: LensServer;

	constructor(server: LensServer) {
		this.#server = server;
		this.#disposables = [
			this.#changed,
			this.#panel,
			workspace.registerTextDocumentContentProvider(scheme, this),
			window.registerCustomEditorProvider('ioctlLens.pageEditor', this, {
				webviewOptions: { enableFindWidget: true },
			}),
			workspace.onDidCloseTextDocument((document) => this.#pages.delete(document.uri.toString())),
		];
	}

	/** Shows the page in the panel. The keyboard focus stays where it is. */
	async show<P>({ method }: PageRequest<P>, params: P, page: Page): Promise<void> {
		const uri = toUri({ request: method, params }, page.title);
		this.#pages.set(uri.toString(), page.markdown);
		this.#changed.fire(uri);
		await this.#panel.show(uri);
	}

	openCustomDocument(uri: Uri): CustomDocument {
		return { uri, dispose: () => undefined };
	}

	async resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): Promise<void> {
		fill(panel, uri, await this.#read(uri));
	}

	async provideTextDocumentContent(uri: Uri): Promise<string> {
		// Links that run a command are of no use in a text.
		return (await this.#markdown(uri)).replace(/\[([^[\]]*)\]\(command:[^()\s]*\)/g, '$1');
	}

	dispose(): void {
		for (const disposable of this.#disposables) disposable.dispose();
	}

	async #read(uri: Uri) {
		// VS Code's own renderer; what a page may do is decided by the panel that holds it.
		const body = await commands.executeCommand<string>('markdown.api.render', await this.#markdown(uri));
		return { title: uri.path.slice(1).replace(/\.md$/, ''), body };
	}

	async #markdown(uri: Uri): Promise<string> {
		const known = this.#pages.get(uri.toString());
		if (known !== undefined) return known;
		return this.#ask(JSON.parse(uri.query) as Source);
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
