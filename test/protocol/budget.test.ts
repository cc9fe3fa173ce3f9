/** A document whose check takes too long is checked in part, and client and log are told so. */
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { startServer } from '../../server/src/lsp/server.ts';
import { nodeHost } from '../../server/src/node/nodeHost.ts';
import { shapes } from '../support/shapes.ts';
import { SHORT, SHORT_FINDING } from './support/samples.ts';
import { Client } from './support/server.ts';

/** A server in this process that works so long on a check, in milliseconds. */
function serverWith(budget: { time: number }) {
	const [toServer, toClient] = [new PassThrough(), new PassThrough()];
	const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
	const { checker } = startServer(connection, { ...nodeHost(import.meta.dirname), budget });
	const client = new Client(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
	onTestFinished(() => {
		client.connection.dispose();
		connection.dispose();
		checker.dispose();
	});
	return client;
}

test('what takes too long is left, and the next document has its turn', async () => {
	const budget = { time: 5 };
	const client = serverWith(budget);
	const told: unknown[] = [];
	client.connection.onNotification('ioctlLens/documentStatus', (params) => {
		told.push(params);
	});
	await client.initialize({ initializationOptions: { documentStatus: true } });
	// It takes many times as long.
	const slow = shapes.find(({ name }) => name === 'functions with a call');
	const text = slow?.text(300) ?? '';
	const [uri, other] = ['file:///slow.c', 'file:///short.c'];
	await client.open(uri, text);
	await client.nextDiagnostics(uri);
	budget.time = Number.POSITIVE_INFINITY;
	await client.open(other, SHORT);
	expect((await client.nextDiagnostics(other)).diagnostics).toEqual([SHORT_FINDING]);
	expect(told).toEqual([{ uri, tooLarge: null, spent: 'time' }]);
	expect(client.logged).toEqual([{ type: 3, message: 'slow.c is checked in part: it takes too long.' }]);

	// The next version begins anew, and is all that is told of again.
	await client.change(uri, 2, { text: `\n${text}` });
	await client.diagnosticsOf(uri, 2);
	await client.request('textDocument/codeLens', { textDocument: { uri: other } });
	expect(told.slice(1)).toEqual([{ uri, tooLarge: null, spent: null }]);
	expect(client.logged.length).toBe(1);
});
