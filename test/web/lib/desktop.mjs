// What the server of the desktop says of files on disk: what VS Code for the Web has to say of them as well.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

const LANGUAGES = { c: 'c', cpp: 'cpp', ts: 'typescript', js: 'javascript' };

/**
 * Asks the desktop's server.
 * @param {string} server its bundle.
 * @param {string} root the folder that is open.
 * @param {object} initializationOptions the extension's own.
 * @param {string} [node] what runs it.
 */
export async function desktopServer(server, root, initializationOptions, node = process.execPath) {
	const child = spawn(node, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
	const connection = createProtocolConnection(
		new StreamMessageReader(child.stdout),
		new StreamMessageWriter(child.stdin),
	);
	connection.onRequest('client/registerCapability', () => null);
	connection.listen();
	const uri = pathToFileURL(root).href;
	await connection.sendRequest('initialize', {
		processId: process.pid,
		rootUri: uri,
		workspaceFolders: [{ uri, name: 'root' }],
		capabilities: { textDocument: { diagnostic: {}, hover: { contentFormat: ['markdown'] } } },
		initializationOptions,
	});
	await connection.sendNotification('initialized', {});
	return {
		/** Findings, lenses and the hovers at some places of one file, by its name below the root. */
		async of(name, places = []) {
			const at = `${uri}/${name}`;
			const text = await readFile(`${root}/${name}`, 'utf8');
			const languageId = LANGUAGES[name.split('.').at(-1)];
			const textDocument = { uri: at };
			await connection.sendNotification('textDocument/didOpen', {
				textDocument: { uri: at, languageId, version: 1, text },
			});
			const { items } = await connection.sendRequest('textDocument/diagnostic', { textDocument });
			const lenses = await connection.sendRequest('textDocument/codeLens', { textDocument });
			const hovers = [];
			for (const word of places) {
				const before = text.slice(0, text.indexOf(word) + 1).split('\n');
				const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
				const { contents } = await connection.sendRequest('textDocument/hover', { textDocument, position });
				hovers.push({ position, text: contents.value });
			}
			return {
				name,
				languageId,
				findings: items.map(({ code, message, range }) => ({ code, message, range })),
				lenses: lenses.map(({ command }) => command.title),
				hovers,
			};
		},
		/** A page of the reference. */
		page: (params) => connection.sendRequest('ioctlLens/reference', params),
		async stop() {
			await connection.sendRequest('shutdown');
			await connection.sendNotification('exit');
			await once(child, 'close');
			connection.dispose();
		},
	};
}
