import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createConnection, type InitializeParams, LogMessageNotification } from 'vscode-languageserver/node';
import { connectedClient } from '../../server/src/lsp/connection/connectedClient.ts';

test('what is said when the connection is closed is said to nobody', () => {
	const connection = createConnection(new PassThrough(), new PassThrough());
	connection.listen();
	const client = connectedClient(connection, { capabilities: {} } as InitializeParams);
	connection.dispose();
	expect(() => connection.console.warn('x')).toThrow('disposed');
	client.log.info('x');
	client.log.warn('x');
	client.fail('x', new Error('y'));
	client.notify(LogMessageNotification.type, { type: 3, message: 'x' }, 'x');
});
