/** Runs inside the extension host of VS Code for the Web; each check prints a line that the runner reads. */
import {
	type CodeAction,
	type CodeLens,
	commands,
	type Diagnostic,
	type Event,
	extensions,
	type Hover,
	languages,
	type MarkdownString,
	Position,
	type TextDocument,
	Uri,
	window,
	workspace,
} from 'vscode';
import type { Api } from '../../client/src/extension.ts';

interface Place {
	readonly line: number;
	readonly character: number;
}

/** What the desktop says, from `lib/desktop.mjs`. */
declare const EXPECTED: {
	readonly files: readonly {
		readonly name: string;
		readonly findings: readonly { code: string; message: string; range: { start: Place; end: Place } }[];
		readonly lenses: readonly string[];
		readonly hovers: readonly { readonly position: Place; readonly text: string }[];
	}[];
	readonly page: { readonly kind: string; readonly name: string; readonly markdown: string };
};

const checks: [name: string, run: () => Promise<void>][] = [];
const check = (name: string, run: () => Promise<void>) => checks.push([name, run]);

function equal(is: unknown, wanted: unknown): void {
	const [a, b] = [is, wanted].map((value) => JSON.stringify(value, undefined, 1));
	if (a !== b) throw new Error(`is\n${a}\nand not\n${b}`);
}

/** What `probe` finds, now or after the first event that lets it find something. The runner's patience is the deadline. */
function until<T>(event: Event<unknown>, probe: () => T | undefined): Promise<T> {
	return new Promise((resolve) => {
		const listener = event(() => attempt());
		function attempt(): void {
			const found = probe();
			if (found === undefined) return;
			listener.dispose();
			resolve(found);
		}
		attempt();
	});
}

const root = (): Uri => {
	const uri = workspace.workspaceFolders?.[0]?.uri;
	if (!uri) throw new Error('no folder is open');
	return uri;
};

async function open(name: string): Promise<TextDocument> {
	const document = await workspace.openTextDocument(Uri.joinPath(root(), name));
	await window.showTextDocument(document, { preview: false });
	return document;
}

/** Other extensions find something too. */
const ours = (uri: Uri): Diagnostic[] => languages.getDiagnostics(uri).filter(({ source }) => source === 'ioctl-lens');

const told = (of: Diagnostic) => ({
	code: typeof of.code === 'object' ? of.code.value : of.code,
	message: of.message,
	range: { start: place(of.range.start), end: place(of.range.end) },
});

const place = ({ line, character }: Position): Place => ({ line, character });

/** By place: editors sort as they like. */
const sorted = <T extends ReturnType<typeof told>>(all: readonly T[]): T[] =>
	[...all].sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);

check('it is active, and its server is no process', async () => {
	const extension = extensions.getExtension<Api>('ioctl-lens.ioctl-lens');
	await open('wrong.c');
	const api = await extension?.activate();
	if (!api) throw new Error('it is not installed');
	const { version, state } = await until(api.onDidChangeStatus, () =>
		api.status.state === 'starting' ? undefined : api.status,
	);
	equal(state, 'running');
	equal([version, api.status.pid], [extension?.packageJSON.version, undefined]);
});

// The quiet files last: what is found in others behind them shows that they have been read.
for (const { name, findings } of [...EXPECTED.files].sort((a, b) => b.findings.length - a.findings.length)) {
	check(`${name}: the ${findings.length} findings of the desktop`, async () => {
		const { uri } = await open(name);
		// Answered once the document has been checked.
		await commands.executeCommand('vscode.executeCodeLensProvider', uri);
		const found = await until(languages.onDidChangeDiagnostics, () =>
			ours(uri).length === findings.length ? ours(uri) : undefined,
		);
		equal(
			sorted(found.map(told)),
			sorted(findings.map(({ code, message, range }) => ({ code, message, range })) as never),
		);
	});
}

check('lenses and hovers are those of the desktop', async () => {
	for (const { name, lenses, hovers } of EXPECTED.files) {
		const { uri } = await open(name);
		const shown = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
		equal(
			shown.map(({ command }) => command?.title),
			lenses,
		);
		for (const { position, text } of hovers) {
			const at = new Position(position.line, position.character);
			const found = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', uri, at);
			equal(
				found
					.flatMap(({ contents }) => contents.map((content) => (content as MarkdownString).value))
					.filter((value) => value === text),
				[text],
			);
		}
	}
});

check('a fix is applied, and its finding is gone', async () => {
	const document = await open('fixable.c');
	const { uri } = document;
	const [finding] = await until(languages.onDidChangeDiagnostics, () =>
		ours(uri).length === 1 ? ours(uri) : undefined,
	);
	if (!finding) throw new Error('nothing is found');
	const actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', uri, finding.range);
	const fix = actions.find(({ isPreferred }) => isPreferred);
	if (!fix?.edit) throw new Error('there is no fix');
	await workspace.applyEdit(fix.edit);
	await until(languages.onDidChangeDiagnostics, () => (ours(uri).length === 0 ? true : undefined));
	equal(
		document.lineAt(finding.range.start.line).text.trim(),
		'return WSAIoctl(s, SIO_KEEPALIVE_VALS, k, sizeof(*k), NULL, 0, &n, NULL, NULL);',
	);
});

check('control codes are completed', async () => {
	const document = await open('unfinished.c');
	const at = document.getText().indexOf('SIO_KEEP') + 8;
	const list = await commands.executeCommand<{ items: { label: string | { label: string } }[] }>(
		'vscode.executeCompletionItemProvider',
		document.uri,
		document.positionAt(at),
	);
	const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
	equal(labels.includes('SIO_KEEPALIVE_VALS'), true);
});

check('pages of the reference are documents', async () => {
	const { kind, name, markdown } = EXPECTED.page;
	const query = JSON.stringify({ request: 'ioctlLens/reference', params: { kind, name } });
	const page = await workspace.openTextDocument(Uri.from({ scheme: 'ioctl-lens', path: `/${name}.md`, query }));
	// Links that run a command are of no use in a text.
	equal(page.getText(), markdown.replace(/\[([^[\]]*)\]\(command:[^()\s]*\)/g, '$1'));
});

check('a run is refused', async () => {
	await open('wrong.c');
	// What it says, the runner reads off the page.
	await commands.executeCommand('ioctlLens.run');
});

/** One check that hangs must not hide what the others say. */
const tooLong = () =>
	new Promise<never>((_, reject) => {
		setTimeout(() => reject(new Error('it took too long')), 40_000);
	});

/** Called by VS Code; a rejection becomes a failing exit status. */
export async function run(): Promise<void> {
	let failed = 0;
	for (const [name, body] of checks) {
		try {
			await Promise.race([body(), tooLong()]);
			console.log(`WEB ${JSON.stringify({ name })}`);
		} catch (error) {
			failed++;
			console.log(`WEB ${JSON.stringify({ name, error: String(error instanceof Error ? error.stack : error) })}`);
		}
	}
	console.log(`WEB ${JSON.stringify({ end: true })}`);
	if (failed > 0) throw new Error(`${failed} failed`);
}
