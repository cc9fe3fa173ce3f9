/** The catalog's prose, in the language of the editor. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompletionList, Hover, MarkupContent, SignatureHelp } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ReferenceRequest } from '../../server/src/lsp/protocol.ts';
import { withCursor } from '../support/cursor.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

const SUMMARY = 'Schaltet TCP-Keep-Alive für eine Verbindung ein oder aus';
const OWN = { codes: { SIO_ACME: { value: '0x98001234', summary: 'The socket.' } } };

let built: Build;
let server: ServerProcess;
let count = 0;

beforeAll(async () => {
	built = await build();
	server = await ServerProcess.start(built.server, { locale: 'de-AT', initializationOptions: OWN });
});
afterAll(async () => {
	await server.kill();
	await built.remove();
});

const call = (first: string) => `void f(SOCKET s)
{
	struct tcp_keepalive ka;
	DWORD bytes;
	WSAIoctl(s, ${first}, &ka, sizeof(ka), NULL, 0, &bytes, NULL, NULL);
}
`;

/** The answer to a question about a place in a document. */
async function asked<R>(method: string, marked: string): Promise<R> {
	const { text, offset } = withCursor(marked);
	const uri = `file:///project/${count++}/a.c`;
	await server.open(uri, text, 'c');
	const position = TextDocument.create(uri, 'c', 1, text).positionAt(offset);
	return server.request<R>(method, { textDocument: { uri }, position });
}

const hover = async (marked: string): Promise<string> =>
	((await asked<Hover>('textDocument/hover', marked)).contents as MarkupContent).value;

test('stands in hovers of codes, members and functions', async () => {
	expect(await hover(call('SIO_KEEP|ALIVE_VALS'))).toContain(`${SUMMARY} und setzt deren zwei Intervalle`);
	expect(await hover(call('SIO_KEEPALIVE_VALS').replace('\tWSA', '\tka.keepalive|time = 1;\n\tWSA'))).toContain(
		'Leerlaufzeit bis zum ersten Prüfpaket, in Millisekunden.',
	);
	expect(await hover(call('SIO_KEEPALIVE_VALS').replace('WSAI', 'WSA|I'))).toContain(
		'Führt einen Steuervorgang auf einem Socket aus',
	);
});

test('stands in completion and signature help', async () => {
	const completed = await asked<CompletionList>('textDocument/completion', call('SIO_KEEP|'));
	const item = completed.items.find(({ label }) => label === 'SIO_KEEPALIVE_VALS');
	expect(JSON.stringify(item)).toContain(SUMMARY);
	const { signatures } = await asked<SignatureHelp>('textDocument/signatureHelp', call('SIO_KEEPALIVE_VALS|'));
	expect(JSON.stringify(signatures)).toContain(SUMMARY);
});

test('stands in the pages of codes and of rules', async () => {
	const page = async (kind: string, name: string): Promise<string> =>
		(await server.request<{ readonly markdown: string }>(ReferenceRequest.method, { kind, name })).markdown;
	expect(await page('code', 'SIO_KEEPALIVE_VALS')).toContain('Ältere Versionen haben nur diesen Code.');
	const rule = await page('rule', 'input-too-small');
	expect(rule).toContain('Der Eingabepuffer ist kleiner, als der Steuercode liest.');
	expect(rule).toContain('Nicht überall wird eine Korrektur angeboten.');
});

test("is left alone in codes of one's own", async () => {
	expect(await hover(call('SIO_A|CME'))).toContain('The socket.');
});
