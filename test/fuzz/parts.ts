/** What is fuzzed: each part tries one case for a seed, and says what is wrong with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { unconfirmed } from '../../native/src/consent.ts';
import { checkPlan } from '../../native/src/plan.ts';
import { Checker } from '../../server/src/check/check.ts';
import { parseConfig, UsageError } from '../../server/src/cli/config.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { nodeHost } from '../../server/src/node/nodeHost.ts';
import { DEFAULTS, readSettings } from '../../server/src/settings.ts';
import { excluder } from '../../server/src/workspace/exclude.ts';
import { Client } from '../protocol/support/server.ts';
import { Comparison, keeper, type Subject } from '../support/edits.ts';
import { generated, mutated, mutatedValue } from './mutate.ts';
import { Random } from './random.ts';

export interface Part {
	/** What is wrong with the case of a seed, with all that is needed to see it again; undefined: nothing. */
	tryCase(seed: number): Promise<string | undefined>;
	end(): void | Promise<void>;
}

const root = resolve(import.meta.dirname, '../..');
const FOLDERS = ['examples', 'test/fixtures/correct', 'test/fixtures/quiet', 'test/fixtures/ts', 'test/fixtures/real'];

/** Every fixture that a language reads. */
export const subjects: readonly Subject[] = FOLDERS.flatMap((folder) =>
	readdirSync(join(root, folder), { withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(?:[ch]|cpp|hpp|m?[jt]s|tsx)$/.test(entry.name))
		.map(({ name }) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') })),
);
const pool = subjects.map(({ text }) => text);

/** Processor time for 100,000 characters above which a source is a finding, in microseconds. */
const SLOW = 1_000_000;

const used = (): number => {
	const { user, system } = process.threadCpuUsage();
	return user + system;
};

/** Mutated and generated sources: no failure, the same findings twice, and no place out of the text. */
function sources(): Part {
	let problem: string | undefined;
	const checker = new Checker(nodeEngine(import.meta.dirname), undefined, {
		onProblem: (found) => {
			problem ??= 'error' in found ? String(found.error) : 'a problem';
		},
	});
	return {
		async tryCase(seed) {
			const random = new Random(seed);
			const { name, text } = random.of(subjects);
			const source = random.below(4) === 0 ? generated(random) : mutated(random, text, pool);
			problem = undefined;
			const start = used();
			const first = await checker.check({ name, text: source });
			const spent = used() - start;
			const second = await checker.check({ name, text: source });
			if (problem !== undefined) return `${name}: ${problem}\n${source}`;
			if (JSON.stringify(first?.findings) !== JSON.stringify(second?.findings))
				return `${name}: not the same twice\n${source}`;
			const outside = first?.findings.find(({ start, end }) => start < 0 || end > source.length || end < start);
			if (outside) return `${name}: ${outside.rule} is out of the text\n${source}`;
			const most = SLOW * Math.max(1, source.length / 100_000);
			return spent > most
				? `${name}: ${Math.round(spent / 1000)} ms for ${source.length} characters\n${source}`
				: undefined;
		},
		end: () => checker.dispose(),
	};
}

/** Sequences of edits lead to what a fresh check gives. */
function edits(): Part {
	const engine = nodeEngine(import.meta.dirname);
	const { open, dispose } = keeper(engine);
	const comparison = new Comparison(engine, open);
	return {
		async tryCase(seed) {
			const replay = await comparison.run(new Random(seed).of(subjects), seed, 1, pool);
			return replay && JSON.stringify(replay, undefined, 1);
		},
		end() {
			dispose();
			comparison.dispose();
		},
	};
}

const AT = { textDocument: { uri: 'file:///a.c' }, position: { line: 1, character: 20 } };
const MESSAGES: readonly (readonly [string, unknown])[] = [
	['textDocument/didOpen', { textDocument: { uri: 'file:///a.c', languageId: 'c', version: 1, text: pool[0] } }],
	['textDocument/didChange', { textDocument: { uri: 'file:///a.c', version: 2 }, contentChanges: [{ text: pool[1] }] }],
	['textDocument/didSave', { textDocument: { uri: 'file:///a.c' } }],
	['textDocument/didClose', { textDocument: { uri: 'file:///a.c' } }],
	['workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///a.h', type: 2 }] }],
	['workspace/didChangeConfiguration', { settings: { ioctlLens: DEFAULTS } }],
	['workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: 'file:///w', name: 'w' }], removed: [] } }],
	['workspace/didRenameFiles', { files: [{ oldUri: 'file:///a.c', newUri: 'file:///b.c' }] }],
	['$/cancelRequest', { id: 1 }],
	['$/setTrace', { value: 'verbose' }],
];
const REQUESTS: readonly (readonly [string, unknown])[] = [
	['textDocument/hover', AT],
	['textDocument/codeLens', AT],
	['textDocument/codeAction', { ...AT, range: { start: AT.position, end: AT.position }, context: { diagnostics: [] } }],
	['ioctlLens/explain', { query: 'SIO_RCVALL' }],
	['ioctlLens/explainCall', { uri: 'file:///a.c', position: AT.position }],
	['ioctlLens/runPlan', { uri: 'file:///a.c', position: AT.position, backend: 'posix', sizes: 'written' }],
];

/** Messages of a client: each request has one answer, and what is asked properly behind them has the right one. */
function messages(): Part {
	const [toServer, toClient] = [new PassThrough(), new PassThrough()];
	const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
	const { checker } = startServer(connection, nodeHost(import.meta.dirname));
	const client = new Client(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
	const ready = client.initialize();
	return {
		async tryCase(seed) {
			await ready;
			const random = new Random(seed);
			const [method, params] = random.of(MESSAGES.slice(0, 8));
			await client.connection.sendNotification(method, mutatedValue(random, params) as never);
			const [asked, of] = random.of(REQUESTS);
			const sent = mutatedValue(random, of);
			await client.request(asked, sent).catch(() => undefined);
			const { title } = await client.request<{ title?: string }>('ioctlLens/explain', { query: 'FIONREAD' });
			return title === 'FIONREAD' ? undefined : `${method}, then ${asked} with ${JSON.stringify(sent)}`;
		},
		end() {
			client.connection.dispose();
			connection.dispose();
			checker.dispose();
		},
	};
}

const PLAN = {
	backend: 'posix',
	socket: {
		family: 'inet',
		type: 'stream',
		bind: { address: '127.0.0.1', port: 0 },
		peer: { queued: ['AAAA'], urgent: null },
	},
	steps: [
		{ call: 'ioctl', request: 0x541b, argument: { bytes: 'AAAAAA==', declared: 4, pointers: [] }, output: { size: 4 } },
		{ call: 'setsockopt', level: 1, name: 9, input: { bytes: 'AQAAAA==' } },
		{ call: 'receive', size: 4 },
	],
	timeoutMs: 1000,
};

/** Messages to the runner: refused, or the same plan again; and nothing unknown without a confirmation. Nothing is run. */
function plans(): Part {
	return {
		async tryCase(seed) {
			const random = new Random(seed);
			let value: unknown = PLAN;
			for (let changes = 1 + random.below(4); changes > 0; changes--) value = mutatedValue(random, value);
			const check = checkPlan(value);
			if (!check.ok) return undefined;
			if (JSON.stringify(checkPlan(check.plan)) !== JSON.stringify(check))
				return `another plan: ${JSON.stringify(value)}`;
			const known = check.plan.steps.every(
				(step) => step.call !== 'ioctl' || [0x541b, 0x5421, 0x8905].includes(step.request),
			);
			if (!known && !check.plan.confirmed && !unconfirmed(check.plan, 'linux'))
				return `passed: ${JSON.stringify(value)}`;
			return undefined;
		},
		end() {},
	};
}

const CONFIG = JSON.stringify(
	{ ...DEFAULTS, exclude: ['**/a/*.{c,h}'], functions: { a: 'WSAIoctl' } },
	undefined,
	'\t',
);

/** Configuration files and settings: taken, or refused in a sentence. */
function configurations(): Part {
	return {
		async tryCase(seed) {
			const random = new Random(seed);
			const text = mutated(random, CONFIG, [CONFIG]);
			try {
				parseConfig(text, 'a.json');
			} catch (error) {
				if (!(error instanceof UsageError)) return `${error}\n${text}`;
			}
			const { settings } = readSettings(mutatedValue(random, { ...DEFAULTS, exclude: ['**/a/*.{c,h}', '*{a,b}*'] }));
			excluder(settings.exclude)('a/'.repeat(40) + 'a'.repeat(250));
			return undefined;
		},
		end() {},
	};
}

export const parts: Readonly<Record<string, () => Part>> = { sources, edits, messages, plans, configurations };

/** Tries the cases of so many seeds, and gives what was found. A case that throws is found too. */
export async function fuzz(name: string, first: number, count: number): Promise<string[]> {
	const make = Object.hasOwn(parts, name) ? parts[name] : undefined;
	if (!make) throw new Error(`No part is called ${name}; there are ${Object.keys(parts).join(', ')}.`);
	const part = make();
	const found: string[] = [];
	try {
		for (let seed = first; seed < first + count; seed++) {
			const wrong = await part.tryCase(seed).catch((error: unknown) => String(error));
			if (wrong !== undefined) found.push(`${name}, seed ${seed}: ${wrong}`);
		}
	} finally {
		await part.end();
	}
	return found;
}
