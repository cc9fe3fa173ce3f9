/** Findings and their fixes in the language of the editor. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CodeAction, Diagnostic } from 'vscode-languageserver';
import { SHORT, SHORT_FINDING } from './support/samples.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

let built: Build;
let server: ServerProcess;

beforeAll(async () => {
	built = await build();
});
afterEach(() => server.kill());
afterAll(() => built.remove());

const TYPESCRIPT = `import koffi from 'koffi';
const ws2 = koffi.load('ws2_32.dll');
const WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');
export function keepAlive(s: bigint) {
	return WSAIoctl(s, 0x98000004, null, 12, null, 0, [0], null, null);
}
`;

/** What a server says of a text, and what it offers to do about it. */
async function saidOf(locale: string, name: string, text: string, languageId: string) {
	server = await ServerProcess.start(built.server, {
		locale,
		capabilities: { textDocument: { codeAction: LITERALS } },
	});
	const uri = `file:///project/${name}`;
	await server.open(uri, text, languageId);
	const { diagnostics } = await server.nextDiagnostics(uri);
	const actions = await server.request<CodeAction[]>('textDocument/codeAction', {
		textDocument: { uri },
		range: diagnostics[0]?.range,
		context: { diagnostics },
	});
	const own = actions.filter(({ kind, isPreferred }) => kind === 'quickfix' && isPreferred);
	return { messages: diagnostics.map((d: Diagnostic) => d.message), titles: own.map((action) => action.title) };
}

const LITERALS = { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } };

test('are German in C for an editor that speaks it', async () => {
	expect(await saidOf('de-DE', 'a.c', SHORT, 'c')).toEqual({
		messages: [
			'`SIO_KEEPALIVE_VALS` liest `tcp_keepalive` (12 Bytes), aber `cbInBuffer` ist 4. WSAIoctl schlägt fehl mit WSAEFAULT. Übergeben Sie die Adresse einer Variablen vom Typ `struct tcp_keepalive` und `sizeof(struct tcp_keepalive)`.',
		],
		titles: ['struct tcp_keepalive deklarieren und übergeben'],
	});
});

test('are German in TypeScript', async () => {
	expect(await saidOf('de-DE', 'a.ts', TYPESCRIPT, 'typescript')).toEqual({
		messages: [
			'`lpvInBuffer` ist NULL, aber `cbInBuffer` ist 12: `SIO_KEEPALIVE_VALS` würde dort lesen. WSAIoctl schlägt fehl mit WSAEFAULT. Übergeben Sie einen Puffer dieser Größe.',
		],
		titles: ['Puffer von 12 Bytes deklarieren und übergeben'],
	});
});

test('are English where there is no translation', async () => {
	expect(await saidOf('fr', 'a.c', SHORT, 'c')).toEqual({
		messages: [SHORT_FINDING.message],
		titles: ['Declare a struct tcp_keepalive and pass it'],
	});
});
