/** Pages and results as people read them: rendered, in a panel beside the source. */
import {
	commands,
	type Disposable,
	l10n,
	TabInputText,
	TabInputWebview,
	Uri,
	ViewColumn,
	type Webview,
	type WebviewPanel,
	type WebviewPanelSerializer,
	window,
} from 'vscode';
import { runScheme, scheme } from './pageScheme.ts';

/** What a panel shows of the document that it stands for. */
export interface Reading {
	readonly title: string;
	/** The body as HTML. Whatever it holds, nothing in it runs or loads anything. */
	readonly body: string;
	/** Buttons above the body. */
	readonly actions?: readonly Action[];
}

/** What a button is called and does: a title, a command and its arguments. */
type Action = readonly [title: string, command: string, ...args: unknown[]];

/** Commands that links in panels may run. */
const COMMANDS = ['ioctlLens.openReference'];

/** Our panels' view types. */
const TYPES = ['ioctlLens.page', 'ioctlLens.result'] as const;

/** One panel, whose content is replaced; it comes back with the window. */
export class ReadingPanel implements WebviewPanelSerializer, Disposable {
	readonly #type: (typeof TYPES)[number];
	/** What the document with this URI reads as. */
	readonly #read: (document: Uri) => Promise<Reading>;
	readonly #registration: Disposable;
	#panel: WebviewPanel | undefined;
	#document: Uri | undefined;

	constructor(type: (typeof TYPES)[number], read: (document: Uri) => Promise<Reading>) {
		this.#type = type;
		this.#read = read;
		this.#registration = window.registerWebviewPanelSerializer(type, this);
	}

	/** The document that is shown in the panel, while it is the active editor. */
	get active(): Uri | undefined {
		return this.#panel?.active ? this.#document : undefined;
	}

	/** Shows a document. The keyboard focus stays where it is. */
	async show(document: Uri): Promise<void> {
		const reading = await this.#read(document);
		const panel = this.#panel ?? this.#create(reading.title);
		this.#fill(panel, document, reading);
		panel.reveal(undefined, true);
	}

	async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
		const { document } = (state ?? {}) as { readonly document?: unknown };
		if (typeof document !== 'string') return panel.dispose();
		this.#adopt(panel);
		const uri = Uri.parse(document);
		this.#fill(panel, uri, await this.#read(uri));
	}

	dispose(): void {
		this.#registration.dispose();
		this.#panel?.dispose();
	}

	#create(title: string): WebviewPanel {
		const column = { viewColumn: besideColumn(), preserveFocus: true };
		return this.#adopt(window.createWebviewPanel(this.#type, title, column, { enableFindWidget: true }));
	}

	#adopt(panel: WebviewPanel): WebviewPanel {
		panel.onDidDispose(() => {
			if (this.#panel === panel) this.#panel = undefined;
		});
		this.#panel = panel;
		return panel;
	}

	#fill(panel: WebviewPanel, document: Uri, reading: Reading): void {
		this.#document = document;
		panel.title = reading.title;
		fill(panel, document, reading);
	}
}

/** The buttons that each panel shows. */
const shown = new WeakMap<Webview, readonly Action[]>();

/** Lets a panel of whatever origin show what a document reads as. */
export function fill({ webview }: WebviewPanel, document: Uri, { title, body, actions = [] }: Reading): void {
	if (!shown.has(webview)) {
		webview.options = { enableScripts: true, enableCommandUris: COMMANDS, localResourceRoots: [] };
		webview.onDidReceiveMessage((message: unknown) => press(webview, message));
	}
	const all: readonly Action[] = [...actions, [l10n.t('Open as Text'), 'ioctlLens.openAsText', document.toString()]];
	shown.set(webview, all);
	webview.html = page(document, title, body, all);
}

/** A page tells the number of the button that was pressed, and nothing else. */
function press(webview: Webview, message: unknown): void {
	const { pressed } = (message ?? {}) as { readonly pressed?: unknown };
	const action = typeof pressed === 'number' ? shown.get(webview)?.[pressed] : undefined;
	if (!action) return;
	const [, command, ...args] = action;
	void commands.executeCommand(command, ...args);
}

/** The column that already holds one of our panels or documents, else the one beside the source: they do not pile up columns. */
export function besideColumn(): ViewColumn {
	for (const group of window.tabGroups.all) {
		const ours = group.tabs.some(({ input }) => {
			// VS Code puts its own prefix before the view type of a panel.
			if (input instanceof TabInputWebview) return TYPES.some((type) => input.viewType.endsWith(type));
			return input instanceof TabInputText && [scheme, runScheme].includes(input.uri.scheme);
		});
		if (ours) return group.viewColumn;
	}
	return ViewColumn.Beside;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text as HTML shows it. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => escapes[letter] ?? letter);

function page(document: Uri, title: string, body: string, actions: readonly Action[]): string {
	const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
	const buttons = actions.map(([text], i) => `<button type="button" data-action="${i}">${escaped(text)}</button>`);
	// The tag of the language is a text like others: a screen reader has to know the one that these texts are in.
	return `<!DOCTYPE html>
<html lang="${l10n.t('en')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<nav aria-label="${escaped(title)}">${buttons.join(' ')}</nav>
<main>${body}</main>
<script nonce="${nonce}">${script(document)}</script>
</body>
</html>`;
}

/** Marks the bytes of the field that is pointed at or focused, and the fields of a byte; draws strips to their widths. */
const script = (document: Uri): string => `
const editor = acquireVsCodeApi();
editor.setState({ document: ${JSON.stringify(document.toString()).replaceAll('<', '\\u003c')} });
for (const button of document.querySelectorAll('[data-action]'))
	button.addEventListener('click', () => editor.postMessage({ pressed: Number(button.dataset.action) }));
// What has to be scrolled is reached by the keyboard.
const reach = new ResizeObserver((all) => {
	for (const { target } of all) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
});
for (const wide of document.querySelectorAll('main, pre')) reach.observe(wide);
for (const block of document.querySelectorAll('[data-width]')) block.style.flexGrow = block.dataset.width;
for (const buffer of document.querySelectorAll('.buffer')) {
	const rows = [...buffer.querySelectorAll('[data-from]')];
	const bytes = [...buffer.querySelectorAll('[data-at]')];
	const covers = (row, at) => Number(row.dataset.from) <= at && at < Number(row.dataset.to);
	const mark = (target) => {
		const row = target?.closest?.('[data-from]');
		const byte = target?.closest?.('[data-at]');
		for (const b of bytes) b.classList.toggle('marked', b === byte || (row !== null && row !== undefined && covers(row, Number(b.dataset.at))));
		for (const r of rows) r.classList.toggle('marked', r === row || (byte !== null && byte !== undefined && covers(r, Number(byte.dataset.at))));
	};
	buffer.addEventListener('mouseover', (event) => mark(event.target));
	buffer.addEventListener('mouseleave', () => mark(undefined));
	buffer.addEventListener('focusin', (event) => mark(event.target));
	buffer.addEventListener('focusout', () => mark(undefined));
}
`;

const STYLE = `
body { font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); color: var(--vscode-foreground); background: var(--vscode-editor-background); padding: 0 20px 20px; line-height: 1.5; }
nav { position: sticky; top: 0; padding: 8px 0; background: var(--vscode-editor-background); border-bottom: 1px solid var(--vscode-widget-border, transparent); z-index: 1; }
nav button { font: inherit; cursor: pointer; margin: 2px 4px 2px 0; padding: 2px 10px; border-radius: 2px; color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); border: 1px solid var(--vscode-button-border, transparent); }
nav button:hover { background: var(--vscode-button-secondaryHoverBackground); }
a { color: var(--vscode-textLink-foreground); }
a:focus-visible, button:focus-visible, tr:focus-visible, main:focus-visible, pre:focus-visible { outline: 1px solid var(--vscode-focusBorder); }
h1 { font-size: 1.5em; font-weight: 600; margin: 16px 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 1.15em; font-weight: 600; margin: 20px 0 6px; }
h3 { font-size: 1em; font-weight: 600; margin: 14px 0 4px; }
code, pre, .dump { font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); }
code { color: var(--vscode-textPreformat-foreground); }
/* A block has its own colours; those of words within a sentence would lie over them. */
pre code { color: inherit; background: none; padding: 0; }
pre { background: var(--vscode-textCodeBlock-background); padding: 8px 12px; overflow-x: auto; }
table { border-collapse: collapse; margin: 6px 0; }
th, td { text-align: left; padding: 2px 12px 2px 0; vertical-align: top; border-bottom: 1px solid var(--vscode-widget-border, transparent); }
th { font-weight: 600; }
th, td code { white-space: nowrap; }
main { overflow-x: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 8px 0; }
dt { color: var(--vscode-descriptionForeground); }
dd { overflow-wrap: anywhere; margin: 0; }
.status { padding: 6px 12px; border-left: 4px solid var(--vscode-testing-iconQueued, currentColor); }
.status.ok { border-color: var(--vscode-testing-iconPassed); }
.status.error, .status.failed, .status.crashed, .status.timed-out { border-color: var(--vscode-testing-iconFailed); }
.differs td { font-weight: 600; border-bottom: 2px solid var(--vscode-testing-iconFailed); }
.marked { background: var(--vscode-editor-selectionBackground); color: var(--vscode-editor-selectionForeground, inherit); outline: 1px solid var(--vscode-contrastActiveBorder, transparent); }
.offset { color: var(--vscode-descriptionForeground); }
.strip { display: flex; margin: 8px 0; }
.strip span { flex: 1 1 0; min-width: 3em; padding: 4px; text-align: center; border: 1px solid var(--vscode-widget-border, currentColor); border-bottom-width: 4px; }
.strip .accepted { border-bottom-color: var(--vscode-testing-iconPassed); }
.strip .refused { border-bottom-color: var(--vscode-testing-iconFailed); border-bottom-style: dashed; }
.strip .overrun { border-bottom-color: var(--vscode-testing-iconQueued); border-bottom-style: double; }
.strip .minimum { border-left: 3px solid var(--vscode-foreground); }
/* There the buttons stand one below the other, and would cover most of the page. */
@media (max-width: 400px) { nav { position: static; } }
`;
