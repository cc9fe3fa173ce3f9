/** A long day of an editor in short: documents are opened, edited, asked about and closed, over and over. */
import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { startServer } from '../../server/src/lsp/server.ts';
import { nodeHost } from '../../server/src/node/nodeHost.ts';
import { subjects } from '../fuzz/parts.ts';
import { Random } from '../fuzz/random.ts';
import { Client } from '../protocol/support/server.ts';

export interface Day {
	readonly seed: number;
	readonly documents: number;
	readonly edits: number;
	readonly openings: number;
	/** After so many edits memory is looked at for the first time. */
	readonly settled: number;
}

/** What is held, after everything that nobody holds is gone. */
export interface Held {
	readonly edits: number;
	/** Objects and the parser's memory, in bytes. */
	readonly bytes: number;
	readonly trees: number;
}

export interface Evening {
	readonly edits: number;
	readonly openings: number;
	readonly questions: number;
	/** Plans of runs that were asked for. */
	readonly runs: number;
	readonly held: readonly Held[];
	/** After everything is closed. */
	readonly left: { readonly documents: number; readonly trees: number };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

interface Page {
	readonly uri: string;
	readonly languageId: string;
	readonly text: string;
	version: number;
	/** What it has more than at first, at its beginning. */
	extra: string;
}

const LANGUAGES: Readonly<Record<string, string>> = { c: 'c', h: 'c', cpp: 'cpp', hpp: 'cpp', js: 'javascript' };
const languageOf = (name: string): string => LANGUAGES[name.slice(name.lastIndexOf('.') + 1)] ?? 'typescript';

const TYPED = [
	'int typed;\n',
	'// typed\n',
	'struct typed { int x; };\n',
	'x',
	'#define TYPED 1\n',
	'\n',
	'/*',
	'(',
	'}',
];

/** Lives through a day and tells what is held in the course of it. */
export async function live({ seed, documents, edits, openings, settled }: Day): Promise<Evening> {
	const random = new Random(seed);
	const [toServer, toClient] = [new PassThrough(), new PassThrough()];
	const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
	const { checker } = startServer(connection, nodeHost(import.meta.dirname));
	const client = new Client(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
	await client.initialize();
	const pages = Array.from({ length: documents }, (_, i): Page => {
		const { name, text } = subjects[i % subjects.length] ?? { name: 'a.c', text: '' };
		return { uri: `file:///day/${i}/${name}`, languageId: languageOf(name), text, version: 1, extra: '' };
	});
	const count = { questions: 0, runs: 0, openings: 0 };
	const open = (page: Page) => client.open(page.uri, page.text, page.languageId, ++page.version);
	const ask = async (page: Page) => {
		count.questions++;
		const position = { line: random.below(page.text.split('\n').length), character: random.below(60) };
		await client.request('textDocument/hover', { textDocument: { uri: page.uri }, position });
	};
	const settle = async (page: Page) => {
		count.questions++;
		await client.request('textDocument/codeLens', { textDocument: { uri: page.uri } });
		// The client must not be the one that remembers everything.
		client.published.length = 0;
		client.logged.length = 0;
	};
	const edit = async (page: Page) => {
		const typed = page.extra === '' || random.below(3) > 0 ? random.of(TYPED) : '';
		const lines = page.extra.split('\n');
		const range = {
			start: { line: 0, character: 0 },
			end: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
		};
		page.extra = typed;
		await client.change(page.uri, ++page.version, { range, text: typed });
	};
	const reopen = async (page: Page) => {
		count.openings++;
		await client.close(page.uri);
		page.extra = '';
		await open(page);
	};
	const held: Held[] = [];
	const look = async (made: number) => {
		for (const page of pages) {
			// Everybody has the text of the morning, so that two looks see the same.
			await reopen(page);
			count.openings--;
			await settle(page);
		}
		for (let round = 0; round < 2; round++) {
			collect();
			await new Promise((resolve) => setImmediate(resolve));
		}
		const { heapUsed, external } = process.memoryUsage();
		held.push({ edits: made, bytes: heapUsed + external, trees: checker.trees });
	};
	for (const page of pages) await open(page);
	const every = Math.max(1, Math.floor(edits / openings));
	for (let made = 1; made <= edits; made++) {
		const page = random.of(pages);
		await edit(page);
		if (made % 5 === 0) await settle(page);
		if (made % 20 === 0) await ask(page);
		if (made % every === 0) await reopen(random.of(pages));
		if (made % 100 === 0) {
			count.runs++;
			const position = { line: 0, character: 0 };
			await client.request('ioctlLens/runPlan', { uri: page.uri, position, backend: 'posix', sizes: 'written' });
		}
		if (made === settled || made === edits) await look(made);
	}
	for (const page of pages) await client.close(page.uri);
	await client.request('ioctlLens/explain', { query: 'FIONREAD' });
	await checker.filesChanged();
	const left = { documents: checker.documents, trees: checker.trees };
	client.connection.dispose();
	connection.dispose();
	checker.dispose();
	return { edits, ...count, held, left };
}
