/** The language server's life in this window: start, stop, crashes, and requests to it. */
import {
	type CancellationToken,
	type CodeLens,
	EventEmitter,
	type ExtensionContext,
	type LogOutputChannel,
	l10n,
	type TextDocument,
	type Uri,
	window,
	workspace,
} from 'vscode';
import {
	type BaseLanguageClient,
	State as ClientState,
	CloseAction,
	ErrorAction,
	type LanguageClientOptions,
	ProgressType,
	type StaticFeature,
} from 'vscode-languageclient';
import {
	DocumentCallsNotification,
	type DocumentCallsParams,
	DocumentStatusNotification,
	type DocumentStatusParams,
	EXPLAIN_CALL_COMMAND,
	type FileCalls,
	FileCallsNotification,
	type InitializationOptions,
	type NotificationMessage,
	OPEN_REFERENCE_COMMAND,
	ReadFileRequest,
	ReadFolderRequest,
	type RequestMessage,
	RUN_COMMAND,
	SetTrustNotification,
	TURN_RULE_OFF_COMMAND,
} from '../../server/src/lsp/protocol.ts';
import { readFile, readFolder } from './fileReader.ts';
import { givenSettings, isOwnSection, settingKeys } from './givenSettings.ts';
import type { ClientHost, ServerClient } from './host.ts';
import { scheme } from './pageScheme.ts';
import type { Backend } from './run/backendChoice.ts';
import { documentSelector } from './selector.ts';
import { hasFiles } from './trust.ts';

export type State = 'starting' | 'running' | 'stopped' | 'crashed';

export interface Status {
	readonly state: State;
	/** The server's own version; undefined until it ran once. */
	readonly version: string | undefined;
	/** The server's process id while it runs. */
	readonly pid: number | undefined;
}

/** Thrown by requests while there is no server to ask. */
export class ServerUnavailable extends Error {
	constructor() {
		super('the language server is not running');
	}
}

/** A server that dies more often than this within the window is left dead, and the user is asked. */
const restartLimit = 3;
const restartWindow = 3 * 60 * 1000;

/** Older revisions of a file, shown in comparisons: hovers and lenses help there, a second set of findings does not. */
const revisionSchemes = new Set(['git', 'gitlens', 'review', 'pr']);

/**
 * Findings are sent as they are found, and taken out of comparisons: the library would ask for them instead, and for those
 * of visible documents alone.
 */
const sentFindings: StaticFeature = {
	fillClientCapabilities({ textDocument, workspace: inWorkspace }) {
		if (textDocument) delete textDocument.diagnostic;
		if (inWorkspace) delete inWorkspace.diagnostics;
	},
	initialize() {},
	getState: () => ({ kind: 'static' }),
	clear() {},
};

/**
 * Each outcome right behind the lens that runs its call: those behind it are out of sight where the line is short. VS Code
 * keeps the lenses of two providers apart.
 */
function withOutcomes(lenses: readonly CodeLens[], outcomes: readonly CodeLens[]): CodeLens[] {
	const isAbout = ({ command, range }: CodeLens, outcome: CodeLens) =>
		command?.command === RUN_COMMAND && range.start.isEqual(outcome.range.start);
	return [
		...lenses.flatMap((lens) => [lens, ...outcomes.filter((outcome) => isAbout(lens, outcome))]),
		...outcomes.filter((outcome) => !lenses.some((lens) => isAbout(lens, outcome))),
	];
}

/** The one language server of this window: start, stop, crash policy and requests. */
export class LensServer {
	readonly #changed = new EventEmitter<Status>();
	/** Fires after every change of state, version or process. */
	readonly onDidChangeStatus = this.#changed.event;
	readonly #checked = new EventEmitter<Uri>();
	/** Fires when the server has published what it found in a document, be it nothing. */
	readonly onDidCheck = this.#checked.event;

	readonly #documentStatus = new EventEmitter<DocumentStatusParams>();
	/** Fires when a document turns out to be too large to be checked, or is so no longer. */
	readonly onDidChangeDocumentStatus = this.#documentStatus.event;

	readonly #documentCalls = new EventEmitter<DocumentCallsParams>();
	/** Fires when an open document holds calls now, or none any more. */
	readonly onDidChangeDocumentCalls = this.#documentCalls.event;

	readonly #fileCalls = new EventEmitter<FileCalls>();
	/** Fires when the calls of a file are others than a check of the workspace has told. */
	readonly onDidChangeFileCalls = this.#fileCalls.event;

	/** Says what runs here, for the lenses; asked once at every start. */
	backend: () => Promise<Backend | undefined> = async () => undefined;

	/** The outcomes of the last runs of a document's calls, for the lenses. */
	outcomes: (document: TextDocument) => CodeLens[] = () => [];

	#connected: ServerClient | undefined;
	/** Requests that were answered in parts. */
	#parts = 0;
	#state: State = 'stopped';
	#version: string | undefined;
	#crashes: number[] = [];
	#givenUp = false;
	/** Starts, stops and restarts one after the other, whoever asks. */
	#queue: Promise<void> = Promise.resolve();

	readonly #extension: ExtensionContext;
	readonly #host: ClientHost;
	readonly #output: LogOutputChannel;

	constructor(extension: ExtensionContext, host: ClientHost, output: LogOutputChannel) {
		this.#extension = extension;
		this.#host = host;
		this.#output = output;
	}

	get #client(): BaseLanguageClient | undefined {
		return this.#connected?.client;
	}

	get status(): Status {
		return { state: this.#state, version: this.#version, pid: this.#connected?.pid() };
	}

	/** Asks for the lenses of a document anew. */
	drawLenses(document: TextDocument): void {
		this.#client?.getFeature('textDocument/codeLens').getProvider(document)?.onDidChangeCodeLensEmitter.fire();
	}

	start(): Promise<void> {
		return this.#enqueue(() => this.#startNow());
	}

	stop(): Promise<void> {
		return this.#enqueue(() => this.#stopNow());
	}

	/** Replaces the server, whatever state it is in, and forgets its past crashes. */
	restart(): Promise<void> {
		return this.#enqueue(async () => {
			await this.#stopNow();
			await this.#startNow();
		});
	}

	/** Sends a request; waits for a server that is just starting. Rejects with ServerUnavailable when none runs. */
	async request<P, R>({ method }: RequestMessage<P, R>, params: P, token?: CancellationToken): Promise<R> {
		await this.#queue;
		const client = this.#client;
		if (!client || this.#givenUp) throw new ServerUnavailable();
		// An argument more, be it undefined, would make the library send a list of parameters.
		return token ? client.sendRequest<R>(method, params, token) : client.sendRequest<R>(method, params);
	}

	/** Sends a request whose findings come as they are found. */
	async requestInParts<P extends object, R, T>(
		message: RequestMessage<P & { readonly partialResultToken?: string }, R>,
		params: P,
		take: (part: T) => void,
		token: CancellationToken,
	): Promise<R> {
		await this.#queue;
		const partialResultToken = `ioctlLens ${++this.#parts}`;
		const listener = this.#connected?.client.onProgress(new ProgressType<T>(), partialResultToken, take);
		try {
			return await this.request(message, { ...params, partialResultToken }, token);
		} finally {
			listener?.dispose();
		}
	}

	/** Tells a running server that the workspace has become trusted; one that starts later hears it at its start. */
	async tellTrust(): Promise<void> {
		await this.#queue;
		if (this.#client?.isRunning()) await this.#notify(this.#client, SetTrustNotification, { trusted: true });
	}

	#notify<P>(client: BaseLanguageClient, { method }: NotificationMessage<P>, params: P): Promise<void> {
		return client.sendNotification(method, params);
	}

	#enqueue(work: () => Promise<void>): Promise<void> {
		this.#queue = this.#queue.then(work, work);
		return this.#queue;
	}

	async #startNow(): Promise<void> {
		if (this.#connected) return;
		this.#crashes = [];
		this.#givenUp = false;
		this.#setState('starting');
		const backend = await this.backend().catch((error: unknown) => {
			this.#output.warn(String(error));
			return undefined;
		});
		const options = this.#clientOptions(backend);
		const connected = this.#host.connect(this.#extension, options, this.#output);
		const { client } = connected;
		this.#connected = connected;
		client.registerFeature(sentFindings);
		client.onDidChangeState(({ newState }) => {
			if (this.#connected === connected) this.#follow(client, newState);
		});
		client.onNotification(FileCallsNotification.method, (params: FileCalls) => this.#fileCalls.fire(params));
		client.onRequest(ReadFileRequest.method, readFile);
		client.onRequest(ReadFolderRequest.method, readFolder);
		client.onNotification(DocumentCallsNotification.method, (params: DocumentCallsParams) =>
			this.#documentCalls.fire(params),
		);
		client.onNotification(DocumentStatusNotification.method, (params: DocumentStatusParams) =>
			this.#documentStatus.fire(params),
		);
		try {
			await client.start();
		} catch (error) {
			// A process that died while starting has already been through the crash policy.
			this.#output.error(error instanceof Error ? error : String(error));
			if (this.#connected === connected && !client.isRunning() && this.#crashes.length === 0) this.#giveUp();
		}
	}

	async #stopNow(): Promise<void> {
		const client = this.#client;
		this.#connected = undefined;
		if (client) {
			try {
				await client.dispose();
			} catch (error) {
				// It was not running properly; its process is gone or killed by the library.
				this.#output.warn(String(error));
			}
		}
		this.#setState('stopped');
	}

	#follow(client: BaseLanguageClient, state: ClientState): void {
		if (state === ClientState.Running) {
			this.#version = client.initializeResult?.serverInfo?.version;
			this.#setState('running');
		} else if (state === ClientState.Starting) {
			this.#setState('starting');
		} else if (this.#givenUp) {
			this.#setState('crashed');
		}
	}

	#setState(state: State): void {
		this.#state = state;
		this.#changed.fire(this.status);
	}

	#closed(): CloseAction {
		const now = Date.now();
		this.#crashes = [...this.#crashes.filter((time) => now - time < restartWindow), now];
		if (this.#crashes.length <= restartLimit) return CloseAction.Restart;
		this.#giveUp();
		return CloseAction.DoNotRestart;
	}

	#giveUp(): void {
		this.#givenUp = true;
		this.#setState('crashed');
		const restart = l10n.t('Restart Server');
		const show = l10n.t('Show Output');
		const message =
			this.#crashes.length > restartLimit
				? l10n.t(
						'The IOCTL Lens server stopped {0} times within three minutes and stays off. The output says why.',
						this.#crashes.length,
					)
				: l10n.t('The IOCTL Lens server could not start. The output says why.');
		void window.showErrorMessage(message, restart, show).then((choice) => {
			if (choice === restart) void this.restart();
			if (choice === show) this.#output.show();
		});
	}

	#clientOptions(backend: Backend | undefined): LanguageClientOptions {
		return {
			// A function: a server that is started again after a crash must hear of trust granted in between.
			initializationOptions: (): InitializationOptions => ({
				commands: [EXPLAIN_CALL_COMMAND, OPEN_REFERENCE_COMMAND, TURN_RULE_OFF_COMMAND],
				pageScheme: scheme,
				documentStatus: true,
				readsFiles: true,
				documentCalls: true,
				trusted: workspace.isTrusted,
				liveRuns: this.#host.runs !== undefined && hasFiles(),
				...(backend === undefined ? {} : { backend: backend.label, backendName: backend.name }),
			}),
			documentSelector,
			diagnosticCollectionName: 'IOCTL Lens',
			outputChannel: this.#output,
			markdown: { isTrusted: { enabledCommands: [OPEN_REFERENCE_COMMAND] }, supportHtml: false },
			initializationFailedHandler: () => false,
			errorHandler: {
				error: (_error, _message, count) => ({
					action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
					handled: true,
				}),
				closed: () => ({ action: this.#closed(), handled: true }),
			},
			middleware: {
				workspace: {
					configuration: async (params, token, next) => {
						const answers = await next(params, token);
						if (!Array.isArray(answers)) return answers;
						const keys = settingKeys(this.#extension.extension.packageJSON);
						return params.items.map(({ section, scopeUri }, at) =>
							isOwnSection(section) ? givenSettings(scopeUri, keys) : answers[at],
						);
					},
				},
				provideCodeLenses: async (document, token, next) =>
					withOutcomes((await next(document, token)) ?? [], this.outcomes(document)),
				handleDiagnostics: (uri, diagnostics, next) => {
					next(uri, revisionSchemes.has(uri.scheme) ? [] : diagnostics);
					this.#checked.fire(uri);
				},
			},
		};
	}
}
