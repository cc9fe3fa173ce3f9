/** What the server says besides its findings, in the language of the editor. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
	CodeAction,
	CodeLens,
	CompletionItem,
	CompletionList,
	DocumentSymbol,
	Hover,
	MarkupContent,
	SignatureHelp,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { withCursor } from '../support/cursor.ts';
import { range, SHORT } from './support/samples.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

let built: Build;
let server: ServerProcess;
let count = 0;

beforeAll(async () => {
	built = await build();
	server = await ServerProcess.start(built.server, {
		locale: 'de',
		capabilities: {
			textDocument: {
				completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
				signatureHelp: { signatureInformation: { documentationFormat: ['markdown'] } },
			},
		},
		initializationOptions: {
			...{ trusted: true, liveRuns: true, backend: 'Wine 8.0', backendName: 'winsock' },
			commands: ['ioctlLens.explainCall', 'ioctlLens.turnRuleOff'],
		},
	});
});
afterAll(async () => {
	await server.kill();
	await built.remove();
});

/** Opens a text in a file of its own. */
async function opened(text: string): Promise<string> {
	const uri = `file:///project/${count++}/a.c`;
	await server.open(uri, text, 'c');
	return uri;
}

/** The answer to a question about a place in a document. */
async function asked<R>(method: string, marked: string): Promise<R> {
	const { text, offset } = withCursor(marked);
	const uri = await opened(text);
	const position = TextDocument.create(uri, 'c', 1, text).positionAt(offset);
	return server.request<R>(method, { textDocument: { uri }, position });
}

const hover = async (marked: string): Promise<string> =>
	((await asked<Hover>('textDocument/hover', marked)).contents as MarkupContent).value;

const call = (args: string) => `void f(SOCKET s)\n{\n\tstruct tcp_keepalive ka;\n\tDWORD bytes;\n\tWSAIoctl(s, ${args}`;
const KEEP = call('SIO_KEEPALIVE_VALS, &ka, sizeof(ka), NULL, 0, &bytes, NULL, NULL);\n}\n');

test('is the language of the hover of a code', async () => {
	const lines = (await hover(KEEP.replace('_VALS', '_V|ALS'))).split('\n');
	expect(lines).toContain('- **Eingabe** erforderlich, `struct tcp_keepalive`, 12 Bytes.');
	expect(lines.join('\n')).toContain('0  u_long  onoff\n4  u_long  keepalivetime');
	expect(lines).toContainEqual(expect.stringMatching(/^- `WSAEFAULT`: der Eingabepuffer ist zu klein\./));
	expect(lines).toContain('I   O   V   T=3    Hersteller 0  Code 4');
});

test('is the language of the hovers of a structure, a member, a size and a function', async () => {
	expect(await hover(KEEP.replace('tcp_keep', 'tcp_|keep'))).toMatch(
		/12 Bytes auf jedem Ziel, ausgerichtet an 4\.[\s\S]*Verwendet von `SIO_KEEPALIVE_VALS` \(Eingabe\)\./,
	);
	expect(await hover(KEEP.replace('\tWSA', '\tka.on|off = 1;\n\tWSA'))).toContain('`u_long`, 4 Bytes an Offset 0');
	expect(await hover(KEEP.replace('sizeof(ka)', '8|'))).toContain(
		'**`cbInBuffer`**: 12 erwartet, 8 übergeben\n\n`SIO_KEEPALIVE_VALS` liest `struct tcp_keepalive`.',
	);
	expect(await hover(KEEP.replace('WSAI', 'WSA|I'))).toContain('**Ergebnis** ');
});

test('is the language of lenses, actions and symbols', async () => {
	const uri = await opened(SHORT);
	const textDocument = { uri };
	const lenses = await server.request<CodeLens[]>('textDocument/codeLens', { textDocument });
	expect(lenses.map((lens) => lens.command?.title)).toEqual([
		'SIO_KEEPALIVE_VALS · Eingabe 4, nötig 12 · Erklären',
		'Ausführen · Wine 8.0',
		'Mit richtigen Größen ausführen',
	]);
	const actions = await server.request<CodeAction[]>('textDocument/codeAction', {
		...{ textDocument, range: range(3, 40, 3, 40), context: { diagnostics: [] } },
	});
	expect(actions.map(({ title }) => title).slice(1)).toEqual([
		'input-too-small in dieser Zeile ignorieren',
		'input-too-small in dieser Datei ignorieren',
		'input-too-small in den Einstellungen abschalten',
		'SIO_KEEPALIVE_VALS erklären',
		'SIO_KEEPALIVE_VALS ausführen',
		'SIO_KEEPALIVE_VALS mit richtigen Größen ausführen',
		'Größen von SIO_KEEPALIVE_VALS proben',
	]);
	const [symbol] = await server.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
	expect(symbol?.children?.[0]?.detail).toBe('WSAIoctl · Eingabe 4 · Ausgabe 0');
	expect(server.initialized.capabilities.documentSymbolProvider).toEqual({ label: 'I/O-Control-Aufrufe' });
});

test('is the language of completion', async () => {
	const codes = await asked<CompletionList>('textDocument/completion', call('SIO_KEEP|'));
	const item = codes.items.find(({ label }) => label === 'SIO_KEEPALIVE_VALS');
	expect(item?.detail).toMatch(/^0x98000004 · Eingabe 12 · /);
	const { documentation } = await server.request<CompletionItem>('completionItem/resolve', item);
	expect((documentation as MarkupContent).value).toContain(
		'- **Eingabe** erforderlich, `struct tcp_keepalive`, 12 Bytes.',
	);
	const sizes = await asked<CompletionList>('textDocument/completion', call('SIO_KEEPALIVE_VALS, NULL, |'));
	expect(sizes.items.map(({ label, detail }) => [label, detail])).toEqual([['0', 'keine Bytes']]);
	const calls = await asked<CompletionList>('textDocument/completion', 'void f(SOCKET s)\n{\n\tSIO_KEEP|\n}\n');
	expect(calls.items.map(({ label }) => label)).toEqual(['SIO_KEEPALIVE_VALS-Aufruf']);
});

test('is the language of signature help', async () => {
	const help = await asked<SignatureHelp>('textDocument/signatureHelp', call('SIO_KEEPALIVE_VALS, |'));
	const said = help.signatures[0]?.parameters?.map(({ documentation }) => (documentation as MarkupContent)?.value);
	expect(said?.slice(4, 6)).toEqual(['`NULL`: Der Code hat keine Ausgabe.', '`0`: Der Code hat keine Ausgabe.']);
});

test('is the language of pages', async () => {
	const uri = await opened(SHORT);
	const page = await server.request<{ markdown: string }>('ioctlLens/explainCall', {
		...{ uri, position: { line: 3, character: 4 } },
	});
	expect(page.markdown).toContain('Zeile 4, in `f`.');
	expect(page.markdown).toMatch(/\| Argument +\| Geschrieben als +\| Bedeutet/);
	expect(page.markdown).toContain('## Befunde\n\n- **Fehler** ');
	expect(await server.request('ioctlLens/explain', { query: 'SIO_KEEPALIVE_VALUES' })).toEqual({
		error: 'Nichts im Katalog heißt SIO_KEEPALIVE_VALUES. Meinten Sie SIO_KEEPALIVE_VALS?',
	});
});

test('is the language of runs', async () => {
	const uri = await opened(SHORT);
	const plan = { uri, position: { line: 3, character: 4 }, backend: 'winsock', sizes: 'written' };
	const { run } = await server.request<{ run: unknown }>('ioctlLens/runPlan', plan);
	const outcome = { kind: 'timed-out', message: '', afterMs: 500 };
	const result = await server.request<Record<string, string>>('ioctlLens/runResult', { run, outcome });
	expect([result.inline, result.markdown?.split('\n')[2]]).toEqual([
		'keine Antwort innerhalb von 500 ms',
		'**Keine Antwort.** Der Aufruf war nach 500 ms nicht zu Ende, daher wurde sein Prozess beendet.',
	]);
	expect(result.html).toContain('<dt>Steuercode</dt>');
});
