/** The built server as a process of its own, and an LSP client that waits for what the server says. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import {
	type ClientCapabilities,
	createProtocolConnection,
	type InitializeParams,
	type InitializeResult,
	type MessageReader,
	type MessageWriter,
	type ProtocolConnection,
	type PublishDiagnosticsParams,
	type RegistrationParams,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-languageserver/node';

const root = resolve(import.meta.dirname, '../../..');

/** A build of the product in a folder of its own. */
export interface Build {
	readonly folder: string;
	readonly server: string;
	remove(): Promise<void>;
}

export async function build(): Promise<Build> {
	const folder = await mkdtemp(join(tmpdir(), 'ioctl-lens-'));
	await promisify(execFile)(process.execPath, [join(root, 'esbuild.mjs'), '--out', folder], { cwd: root });
	return {
		folder,
		server: join(folder, 'server.cjs'),
		remove: () => rm(folder, { recursive: true, force: true }),
	};
}

export interface ClientOptions {
	readonly capabilities?: ClientCapabilities;
	readonly folders?: readonly string[];
	readonly initializationOptions?: unknown;
	/** The language of the editor. */
	readonly locale?: string;
	/** Answers `workspace/configuration`; given, the capability is announced. */
	readonly configuration?: (scopeUri: string | undefined) => unknown;
	/** Told what the server registers. */
	readonly onRegister?: (params: RegistrationParams) => void;
}

/** Everything that the server published and logged, in order, and ways to wait for the next. */
export class Client {
	readonly connection: ProtocolConnection;
	/** Every publication in order. */
	readonly published: PublishDiagnosticsParams[] = [];
	/** Every message that was logged, in order. */
	readonly logged: { readonly type: number; readonly message: string }[] = [];
	readonly #read = new Map<string, number>();
	readonly #waiting = new Set<() => void>();
	initialized!: InitializeResult;

	constructor(reader: MessageReader, writer: MessageWriter) {
		this.connection = createProtocolConnection(reader, writer);
		this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
			this.published.push(params);
			this.#wake();
		});
		this.connection.onNotification('window/logMessage', (message: { type: number; message: string }) => {
			this.logged.push(message);
			this.#wake();
		});
		this.connection.onClose(() => this.#wake());
		this.connection.listen();
	}

	#wake(): void {
		for (const wake of [...this.#waiting]) wake();
	}

	/** Resolves with what `look` finds, now or after any later message of the server. */
	async until<T>(look: () => T | undefined): Promise<T> {
		for (;;) {
			const found = look();
			if (found !== undefined) return found;
			await new Promise<void>((wake) => {
				const once = () => {
					this.#waiting.delete(once);
					wake();
				};
				this.#waiting.add(once);
			});
		}
	}

	async initialize(options: ClientOptions = {}): Promise<InitializeResult> {
		const { configuration, folders } = options;
		if (configuration) {
			this.connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
				Promise.all(items.map(({ scopeUri }) => configuration(scopeUri))),
			);
		}
		this.connection.onRequest('client/registerCapability', (params: RegistrationParams) => {
			options.onRegister?.(params);
			this.#wake();
			return null;
		});
		const params: InitializeParams = {
			processId: null,
			rootUri: null,
			...(options.locale === undefined ? {} : { locale: options.locale }),
			capabilities: {
				...options.capabilities,
				workspace: {
					...(configuration ? { configuration: true } : {}),
					...(folders ? { workspaceFolders: true } : {}),
					...options.capabilities?.workspace,
				},
			},
			...(folders ? { workspaceFolders: folders.map((uri) => ({ uri, name: uri })) } : {}),
			...('initializationOptions' in options ? { initializationOptions: options.initializationOptions } : {}),
		};
		this.initialized = await this.connection.sendRequest('initialize', params);
		await this.connection.sendNotification('initialized', {});
		return this.initialized;
	}

	open(uri: string, text: string, languageId = 'c', version = 1): Promise<void> {
		return this.connection.sendNotification('textDocument/didOpen', {
			textDocument: { uri, languageId, version, text },
		});
	}

	/** Replaces the whole text, or a range of it. */
	change(uri: string, version: number, ...changes: { range?: unknown; text: string }[]): Promise<void> {
		return this.connection.sendNotification('textDocument/didChange', {
			textDocument: { uri, version },
			contentChanges: changes,
		});
	}

	close(uri: string): Promise<void> {
		return this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
	}

	request<R>(method: string, params: unknown): Promise<R> {
		return this.connection.sendRequest<R>(method, params);
	}

	/** The next publication for a document that was not handed out yet. */
	nextDiagnostics(uri: string): Promise<PublishDiagnosticsParams> {
		return this.until(() => {
			const seen = this.#read.get(uri) ?? 0;
			const next = this.published.filter((p) => p.uri === uri)[seen];
			if (next) this.#read.set(uri, seen + 1);
			return next;
		});
	}

	/** The first publication for a version of a document. */
	diagnosticsOf(uri: string, version: number): Promise<PublishDiagnosticsParams> {
		return this.until(() => this.published.find((p) => p.uri === uri && p.version === version));
	}

	log(message: string | RegExp): Promise<string> {
		return this.until(
			() =>
				this.logged.find((l) => (typeof message === 'string' ? l.message === message : message.test(l.message)))
					?.message,
		);
	}
}

export class ServerProcess extends Client {
	readonly child: ChildProcess;
	readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
	errors = '';

	constructor(child: ChildProcess, reader: MessageReader, writer: MessageWriter) {
		super(reader, writer);
		this.child = child;
		// `close` comes when all output has been read, `exit` does not wait for it.
		this.exited = once(child, 'close').then(([code, signal]) => ({ code, signal }));
		child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			this.errors += text;
		});
	}

	/** Starts the server over stdio. */
	static spawn(
		server: string,
		options: { readonly env?: NodeJS.ProcessEnv; readonly args?: readonly string[] } = {},
	): ServerProcess {
		const child = spawn(process.execPath, [server, ...(options.args ?? ['--stdio'])], {
			stdio: ['pipe', 'pipe', 'pipe'],
			env: { ...process.env, ...options.env },
		});
		return new ServerProcess(child, new StreamMessageReader(child.stdout!), new StreamMessageWriter(child.stdin!));
	}

	/** Starts and initializes it. */
	static async start(server: string, options: ClientOptions = {}, env?: NodeJS.ProcessEnv): Promise<ServerProcess> {
		const process = ServerProcess.spawn(server, env ? { env } : {});
		await process.initialize(options);
		return process;
	}

	/** Ends the server in order and gives its exit code; then everything it said has arrived. */
	async stop(): Promise<number | null> {
		await this.connection.sendRequest('shutdown');
		await this.connection.sendNotification('exit');
		return (await this.exited).code;
	}

	/** Ends the server whatever state it is in. */
	async kill(): Promise<void> {
		if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
		await this.exited;
		this.connection.dispose();
	}
}
