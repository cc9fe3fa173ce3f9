/** Measures a language server from outside, over standard input and output, as an editor meets it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
	type CompletionItem,
	type CompletionList,
	createProtocolConnection,
	type Hover,
	type InitializeResult,
	type ProtocolConnection,
	type PublishDiagnosticsParams,
	type SignatureHelp,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-languageserver/node';

/** All in milliseconds, except memory in megabytes. */
export interface Latency {
	readonly lines: number;
	readonly calls: number;
	readonly findings: number;
	readonly start: number;
	/** From `didOpen` to its diagnostics. */
	readonly open: number;
	/** A space typed at the end of a line and taken away again: from each change to its diagnostics. */
	readonly edits: readonly number[];
	/** The same for a statement typed letter by letter, which is a syntax error until its end. */
	readonly typed: readonly number[];
	readonly hovers: readonly number[];
	/** Hovers asked for right after a change, while it is analysed. */
	readonly busyHovers: readonly number[];
	readonly lenses: readonly number[];
	readonly busyLenses: readonly number[];
	/** Asked for right behind the letter that they are for, in a call that is being written. */
	readonly completions: readonly number[];
	readonly signatures: readonly number[];
	/** Resident memory at its highest and at the end; only Linux tells. */
	readonly memory?: { readonly peak: number; readonly now: number };
}

export interface LatencyOptions {
	/** Places in the text where a space is typed; half of them are lines with calls. */
	readonly spots: number;
	readonly hovers: number;
	/** Changes made before any is measured. */
	readonly warmUp: number;
	/** Milliseconds for each kind of measurement: where a change takes long, fewer are made. */
	readonly limit: number;
}

const STATEMENT = ' n = helper(n, 1, "a");';

/** A generator of numbers from 0 to 1 that gives the same ones in every run. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

/** A document that is typed into, and what the server says of each version. */
class Session {
	readonly #connection: ProtocolConnection;
	readonly #uri: string;
	readonly #waiting = new Map<number, (diagnostics: PublishDiagnosticsParams) => void>();
	#version = 1;
	/** Whether the server offers code lenses. */
	hasLenses = false;
	/** Whether it completes arguments. */
	hasCompletion = false;

	constructor(child: ChildProcess, uri: string) {
		this.#uri = uri;
		const { stdin, stdout } = child;
		if (!stdin || !stdout) throw new Error('a server needs both streams');
		this.#connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
		this.#connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => ({})));
		this.#connection.onRequest('client/registerCapability', () => null);
		this.#connection.onRequest('workspace/codeLens/refresh', () => null);
		this.#connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
			if (params.uri === this.#uri && params.version !== undefined) this.#waiting.get(params.version)?.(params);
		});
		this.#connection.listen();
	}

	async initialize(): Promise<void> {
		const { capabilities }: InitializeResult = await this.#connection.sendRequest('initialize', {
			processId: null,
			rootUri: null,
			capabilities: {
				textDocument: { hover: { contentFormat: ['markdown'] }, publishDiagnostics: { versionSupport: true } },
				workspace: { codeLens: { refreshSupport: true } },
			},
		});
		this.hasLenses = capabilities.codeLensProvider !== undefined;
		// Servers for all of C have an answer for other names, or none.
		this.hasCompletion = capabilities.completionProvider?.triggerCharacters?.includes(',') === true;
		await this.#connection.sendNotification('initialized', {});
	}

	#diagnostics(version: number): Promise<PublishDiagnosticsParams> {
		return new Promise((resolve) => {
			this.#waiting.set(version, (params) => {
				this.#waiting.delete(version);
				resolve(params);
			});
		});
	}

	async open(languageId: string, text: string): Promise<PublishDiagnosticsParams> {
		const published = this.#diagnostics(1);
		await this.#connection.sendNotification('textDocument/didOpen', {
			textDocument: { uri: this.#uri, languageId, version: 1, text },
		});
		return published;
	}

	/** Replaces `removed` characters of a line; resolves with the diagnostics of the version that it makes. */
	async change(line: number, character: number, removed: number, text: string): Promise<PublishDiagnosticsParams> {
		const version = ++this.#version;
		const published = this.#diagnostics(version);
		await this.#connection.sendNotification('textDocument/didChange', {
			textDocument: { uri: this.#uri, version },
			contentChanges: [{ range: { start: { line, character }, end: { line, character: character + removed } }, text }],
		});
		return published;
	}

	hover(line: number, character: number): Promise<Hover | null> {
		return this.#connection.sendRequest('textDocument/hover', {
			textDocument: { uri: this.#uri },
			position: { line, character },
		});
	}

	completion(line: number, character: number): Promise<CompletionList | CompletionItem[] | null> {
		return this.#connection.sendRequest('textDocument/completion', {
			textDocument: { uri: this.#uri },
			position: { line, character },
		});
	}

	signatureHelp(line: number, character: number): Promise<SignatureHelp | null> {
		return this.#connection.sendRequest('textDocument/signatureHelp', {
			textDocument: { uri: this.#uri },
			position: { line, character },
		});
	}

	lenses(): Promise<unknown> {
		return this.#connection.sendRequest('textDocument/codeLens', { textDocument: { uri: this.#uri } });
	}

	async end(): Promise<void> {
		await this.#connection.sendRequest('shutdown');
		await this.#connection.sendNotification('exit');
	}
}

/** @returns milliseconds until `work` is done. */
async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

/**
 * Starts a server, types into a text and ends the server. Fails when the findings are others at the end.
 * @param environment what the process gets besides this one's own variables.
 */
export async function latencyOf(
	command: readonly [string, ...string[]],
	document: { readonly name: string; readonly languageId: string; readonly text: string },
	{ spots, hovers, warmUp, limit }: LatencyOptions,
	environment: Readonly<Record<string, string>> = {},
): Promise<Latency> {
	const lines = document.text.split('\n');
	const calls = lines.flatMap((line, at) => (/\bWSAIoctl\s*\(s?/.test(line) && !/__stdcall/.test(line) ? [at] : []));
	const names = lines.flatMap((line, at) =>
		[...line.matchAll(/\bSIO_\w+/g)].map((match) => ({ line: at, character: match.index + 2 })),
	);
	const start = performance.now();
	const child = spawn(command[0], command.slice(1), {
		stdio: ['pipe', 'pipe', 'ignore'],
		env: { ...process.env, ...environment },
	});
	const exited = once(child, 'exit');
	const session = new Session(child, `file:///bench/${document.name}`);
	await session.initialize();
	const started = performance.now() - start;
	const opening = performance.now();
	const first = await session.open(document.languageId, document.text);
	const open = performance.now() - opening;

	const random = seeded(1);
	const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
	const ends = (at: number): number => (lines[at] ?? '').replace(/\r$/, '').length;
	const edits: number[] = [];
	let last = first;
	const space = async (at: number, into: number[]): Promise<void> => {
		const end = ends(at);
		for (const [removed, text] of [
			[0, ' '],
			[1, ''],
		] as const)
			into.push(
				await timed(async () => {
					last = await session.change(at, end, removed, text);
				}),
			);
	};
	const spot = (at: number): number => (at % 2 === 0 ? pick(calls) : undefined) ?? Math.floor(random() * lines.length);
	/** Repeats until it was often enough or took long enough. */
	const repeat = async (often: number, work: (round: number) => Promise<void>): Promise<void> => {
		const until = performance.now() + limit;
		for (let round = 0; round < often && performance.now() < until; round++) await work(round);
	};
	await repeat(warmUp, (round) => space(spot(round), []));
	await repeat(spots, (round) => space(spot(round), edits));

	const typed: number[] = [];
	const inside = calls[calls.length >> 1];
	if (inside !== undefined) {
		const end = ends(inside);
		for (const [at, letter] of [...STATEMENT].entries())
			typed.push(await timed(() => session.change(inside, end + at, 0, letter)));
		await session.change(inside, end, STATEMENT.length, '');
	}

	const quiet: number[] = [];
	const busy: number[] = [];
	const lenses: number[] = [];
	const busyLenses: number[] = [];
	await repeat(hovers, async (round) => {
		const name = names[Math.floor((round * names.length) / hovers)];
		if (!name) return;
		quiet.push(await timed(() => session.hover(name.line, name.character)));
		if (session.hasLenses) lenses.push(await timed(() => session.lenses()));
		const at = spot(round);
		const end = ends(at);
		const typing = session.change(at, end, 0, ' ');
		busy.push(await timed(() => session.hover(name.line, name.character)));
		await typing;
		const undoing = session.change(at, end, 1, '');
		if (session.hasLenses) busyLenses.push(await timed(() => session.lenses()));
		last = await undoing;
	});
	const completions: number[] = [];
	const signatures: number[] = [];
	await repeat(hovers, async (round) => {
		const at = calls[Math.floor((round * calls.length) / hovers)] ?? 0;
		const begun = /[\w.]*\bWSAIoctl\s*\(\w+,/.exec(lines[at] ?? '')?.[0];
		if (begun === undefined) return;
		const written = ` ${begun} S`;
		const end = ends(at);
		const typing = session.change(at, end, 0, written);
		let answered: unknown;
		completions.push(
			await timed(async () => {
				answered = await session.completion(at, end + written.length);
			}),
		);
		await typing;
		const more = session.change(at, end + written.length, 0, 'I');
		signatures.push(await timed(() => session.signatureHelp(at, end + written.length + 1)));
		await more;
		last = await session.change(at, end, written.length + 1, '');
		if (!answered && session.hasCompletion) throw new Error(`${document.name}: nothing to complete behind ${begun}`);
	});
	const memory = memoryOf(child.pid);
	await session.end();
	await exited;
	const shown = (params: PublishDiagnosticsParams): string =>
		JSON.stringify(params.diagnostics.map(({ range, message }) => ({ range, message })));
	if (shown(last) !== shown(first)) throw new Error(`${document.name}: the findings changed although the text did not`);
	return {
		lines: lines.length,
		calls: calls.length,
		findings: first.diagnostics.length,
		start: started,
		open,
		edits,
		typed,
		hovers: quiet,
		busyHovers: busy,
		lenses,
		busyLenses,
		completions,
		signatures,
		...(memory && { memory }),
	};
}

function memoryOf(pid: number | undefined): Latency['memory'] {
	if (process.platform !== 'linux') return undefined;
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const megabytes = (key: string): number => Number(new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024;
	return { peak: megabytes('VmHWM'), now: megabytes('VmRSS') };
}
