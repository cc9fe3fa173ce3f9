/** The language server: the only file that wires vscode-languageserver. What each request does stands in `features`. */
import {
	type CancellationToken,
	CodeLensRefreshRequest,
	type Connection,
	DidChangeConfigurationNotification,
	DidChangeWatchedFilesNotification,
	ErrorCodes,
	FileChangeType,
	type InitializeParams,
	type InitializeResult,
	LSPErrorCodes,
	RequestType,
	ResponseError,
	type ServerCapabilities,
	TextDocumentSyncKind,
} from 'vscode-languageserver';
import manifest from '../../../package.json' with { type: 'json' };
import type { IoctlCall } from '../calls/model.ts';
import { Catalog } from '../catalog/catalog.ts';
import { Checker } from '../check/check.ts';
import { extensions } from '../languages/languageOf.ts';
import { explain, referenceIndex, referencePage } from '../reference/explain.ts';
import { noLinks } from '../reference/render/markdown.ts';
import { SECTION } from '../settings.ts';
import type { EngineSource } from '../syntax/trees.ts';
import { codeActions, QUICK_FIX } from './features/codeAction.ts';
import { codeLenses } from './features/codeLens.ts';
import { diagnosticsOf } from './features/diagnostics.ts';
import { callAt, explainCallPage } from './features/explainCall.ts';
import { argumentHover, nameHover } from './features/hover.ts';
import { LiveRuns } from './features/run.ts';
import {
	type ExplainCallParams,
	ExplainCallRequest,
	type ExplainCallResult,
	type ExplainParams,
	ExplainRequest,
	type ExplainResult,
	type ProbePlanParams,
	ProbePlanRequest,
	type ProbePlanResult,
	type ProbeResultParams,
	ProbeResultRequest,
	type ProbeResultResult,
	ReferenceIndexRequest,
	type ReferenceIndexResult,
	type ReferenceParams,
	ReferenceRequest,
	type ReferenceResult,
	type RunPlanParams,
	RunPlanRequest,
	type RunPlanResult,
	type RunPlanWithParams,
	RunPlanWithRequest,
	type RunResultParams,
	RunResultRequest,
	type RunResultResult,
	SetTrustNotification,
} from './protocol.ts';
import { Analyses } from './session/analyses.ts';
import { ClientCommands } from './session/clientCommands.ts';
import { Configuration } from './session/configuration.ts';
import { Folders, fileName } from './session/folders.ts';
import { EditorProject } from './session/project.ts';

/** Everything of one session, known once the client has introduced itself. */
interface Session {
	readonly analyses: Analyses;
	readonly configuration: Configuration;
	readonly folders: Folders;
	readonly commands: ClientCommands;
	readonly runs: LiveRuns;
	readonly versionedEdits: boolean;
	readonly refreshLenses: boolean;
	/** What the client lets the server register later. */
	readonly registers: { readonly configuration: boolean; readonly watchedFiles: boolean };
	readonly changesFolders: boolean;
}

/** Files that findings may depend on besides the open ones. */
const DATABASE = 'compile_commands.json';
const WATCHED = [`**/*.{${extensions.map((e) => e.slice(1)).join(',')}}`, `**/${DATABASE}`];
/** Pages of the reference that a client asks for by name. */
const ALONE = { catalog: Catalog.builtin, link: noLinks };
const isDatabase = (uri: string): boolean => uri.endsWith(`/${DATABASE}`);

/**
 * Answers requests on a connection until it ends.
 * @returns the checker, which tests look into, and whether the client has asked to shut down.
 */
export function startServer(
	connection: Connection,
	engine: EngineSource,
): { readonly checker: Checker; readonly isShutDown: () => boolean } {
	const project = new EditorProject();
	const checker = new Checker(engine, project.project);
	let session: Session | undefined;
	let shutDown = false;

	const fail = (what: string, error: unknown): void => {
		const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
		connection.console.error(`${what}: ${detail}`);
	};

	/** A request that never fails the client: what is thrown is logged, and the answer is empty. */
	const answer =
		<P, R>(what: string, empty: R, handle: (session: Session, params: P, token: CancellationToken) => R | Promise<R>) =>
		async (params: P, token: CancellationToken): Promise<R | ResponseError<void>> => {
			if (!session) return new ResponseError<void>(ErrorCodes.ServerNotInitialized, 'The server is not initialized.');
			if (shutDown) return new ResponseError<void>(ErrorCodes.InvalidRequest, 'The server has been shut down.');
			try {
				return await untilCancelled(token, Promise.resolve(handle(session, params, token)));
			} catch (error) {
				fail(`${what} failed`, error);
				return empty;
			}
		};

	/** A notification whose failure is logged. */
	const take =
		<P>(what: string, handle: (session: Session, params: P) => void) =>
		(params: P): void => {
			if (!session) return;
			try {
				handle(session, params);
			} catch (error) {
				fail(`${what} failed`, error);
			}
		};

	connection.onInitialize((params): InitializeResult | ResponseError<never> => {
		if (session) return new ResponseError<never>(ErrorCodes.InvalidRequest, 'The server is initialized already.');
		session = openSession(connection, checker, project, params, fail);
		return { capabilities: CAPABILITIES, serverInfo: { name: manifest.name, version: manifest.version } };
	});

	connection.onShutdown(() => {
		shutDown = true;
	});

	connection.onInitialized(() => {
		if (!session) return;
		const { registers, changesFolders, folders, analyses } = session;
		const register = (work: Promise<unknown>) =>
			work.catch((error) => fail('The client refused a registration', error));
		if (registers.configuration) {
			void register(connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION }));
		}
		if (registers.watchedFiles) {
			const watchers = WATCHED.map((globPattern) => ({ globPattern }));
			void register(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
		}
		if (changesFolders) {
			connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
				folders.change(
					added.map((f) => f.uri),
					removed.map((f) => f.uri),
				);
				analyses.refresh();
			});
		}
	});

	connection.onDidOpenTextDocument(
		take('Opening a document', ({ analyses }, { textDocument }) => {
			project.opened(analyses.open(textDocument));
		}),
	);
	connection.onDidChangeTextDocument(
		take('Changing a document', ({ analyses }, { textDocument, contentChanges }) => {
			analyses.change(textDocument.uri, textDocument.version, contentChanges);
		}),
	);
	connection.onDidCloseTextDocument(
		take('Closing a document', ({ analyses }, { textDocument }) => {
			analyses.close(textDocument.uri);
			const included = project.isIncluded(textDocument.uri);
			project.closed(textDocument.uri);
			if (included) readFilesAgain(analyses);
		}),
	);
	connection.onDidSaveTextDocument(
		take('Saving a document', ({ analyses }, { textDocument }) => {
			if (project.isIncluded(textDocument.uri)) readFilesAgain(analyses);
		}),
	);

	/** Included files may differ from what was read of them. */
	const readFilesAgain = (analyses: Analyses): void => {
		project.forgetFiles();
		void checker.filesChanged();
		analyses.refresh();
	};

	connection.onDidChangeWatchedFiles(
		take('Watching files', ({ analyses }, { changes }) => {
			for (const { uri, type } of changes) if (type === FileChangeType.Deleted) analyses.deleted(uri);
			// An open document is read from its editor, and saving it is told apart.
			const matters = (uri: string) => !analyses.document(uri) && (project.isIncluded(uri) || isDatabase(uri));
			if (changes.some(({ uri }) => matters(uri))) readFilesAgain(analyses);
		}),
	);
	connection.workspace.onDidDeleteFiles(
		take('Deleting files', ({ analyses }, { files }) => {
			for (const { uri } of files) analyses.deleted(uri);
		}),
	);
	connection.workspace.onDidRenameFiles(
		take('Renaming files', ({ analyses }, { files }) => {
			for (const { oldUri } of files) analyses.deleted(oldUri);
		}),
	);
	connection.onDidChangeConfiguration(
		take('Reading the settings', ({ configuration, analyses, refreshLenses }, params) => {
			const changed = configuration.changed(params?.settings);
			analyses.settingsChanged();
			if (refreshLenses) void changed.then((really) => really && askForLenses());
		}),
	);
	connection.onNotification(
		SetTrustNotification,
		take('Setting the trust', ({ runs, refreshLenses }, params: unknown) => {
			runs.setTrust(params);
			if (refreshLenses && runs.lenses) askForLenses();
		}),
	);

	const askForLenses = (): void => {
		connection
			.sendRequest(CodeLensRefreshRequest.type)
			.catch((error) => fail('The client did not refresh its lenses', error));
	};

	connection.onHover(
		answer('Hover', null, async ({ analyses, configuration, commands }, { textDocument, position }) => {
			const document = analyses.document(textDocument.uri);
			if (!document || !(await configuration.of(document.uri)).hover) return null;
			const pages = { catalog: Catalog.builtin, link: commands.referenceLink };
			const named = nameHover(document, position, pages);
			if (named) return named;
			const analysis = await analyses.of(textDocument.uri);
			return (analysis && argumentHover(analysis, position, pages)) ?? null;
		}),
	);
	connection.onCodeLens(
		answer('Code lens', null, async ({ analyses, commands, runs }, { textDocument }) => {
			const analysis = await analyses.of(textDocument.uri);
			if (!analysis) return [];
			return [...(analysis.settings.codeLens ? codeLenses(analysis, commands) : []), ...runs.lensesFor(analysis)];
		}),
	);
	connection.onCodeAction(
		answer('Code action', null, async ({ analyses, commands, runs, versionedEdits }, params) => {
			const analysis = await analyses.of(params.textDocument.uri);
			const offers = (call: IoctlCall) => runs.offersFor(call);
			return analysis ? codeActions(analysis, params, { commands, offers, versionedEdits }) : [];
		}),
	);

	connection.onRequest(
		new RequestType<ExplainParams, ExplainResult, void>(ExplainRequest),
		answer<ExplainParams, ExplainResult>(
			'Explaining',
			{ error: 'The question could not be answered; the log says why.' },
			(_, params) =>
				typeof params?.query === 'string' ? explain(params.query, ALONE) : { error: 'A name or a number is expected.' },
		),
	);
	connection.onRequest(
		new RequestType<ExplainCallParams, ExplainCallResult, void>(ExplainCallRequest),
		answer('Explaining a call', null, async ({ analyses }, { uri, position }: ExplainCallParams) => {
			const analysis = await analyses.of(uri);
			const call = analysis && callAt(analysis, position);
			return call ? explainCallPage(analysis, call, Catalog.builtin) : null;
		}),
	);
	connection.onRequest(
		new RequestType<ReferenceParams, ReferenceResult, void>(ReferenceRequest),
		answer('Opening the reference', null, (_, { kind, name }: ReferenceParams) => {
			if (typeof name !== 'string' || !['code', 'struct', 'function'].includes(kind)) return null;
			return referencePage(kind, name, ALONE) ?? null;
		}),
	);
	connection.onRequest(
		new RequestType<unknown, ReferenceIndexResult, void>(ReferenceIndexRequest),
		answer<unknown, ReferenceIndexResult>('Listing the reference', { entries: [] }, () => ({
			entries: referenceIndex(Catalog.builtin),
		})),
	);

	const notPlanned = { error: 'The run could not be planned; the log says why.' };
	const notDecoded = { error: 'The answer could not be decoded; the log says why.' };
	connection.onRequest(
		new RequestType<RunPlanParams, RunPlanResult, void>(RunPlanRequest),
		answer<RunPlanParams, RunPlanResult>('Planning a run', notPlanned, async ({ analyses, runs }, params) =>
			runs.plan(await analyses.of(params.uri), params),
		),
	);
	connection.onRequest(
		new RequestType<RunPlanWithParams, RunPlanResult, void>(RunPlanWithRequest),
		answer<RunPlanWithParams, RunPlanResult>('Planning a run', notPlanned, async ({ analyses, runs }, params) =>
			runs.plan(await analyses.of(params.uri), params),
		),
	);
	connection.onRequest(
		new RequestType<RunResultParams, RunResultResult, void>(RunResultRequest),
		answer<RunResultParams, RunResultResult>('Decoding a run', notDecoded, ({ runs }, params) => runs.result(params)),
	);
	connection.onRequest(
		new RequestType<ProbePlanParams, ProbePlanResult, void>(ProbePlanRequest),
		answer<ProbePlanParams, ProbePlanResult>('Planning a probe', notPlanned, async ({ analyses, runs }, params) =>
			runs.probePlan(await analyses.of(params.uri), params),
		),
	);
	connection.onRequest(
		new RequestType<ProbeResultParams, ProbeResultResult, void>(ProbeResultRequest),
		answer<ProbeResultParams, ProbeResultResult>('Decoding a probe', notDecoded, ({ runs }, params) =>
			runs.probeResult(params),
		),
	);

	connection.listen();
	return { checker, isShutDown: () => shutDown };
}

const CAPABILITIES: ServerCapabilities = {
	textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
	hoverProvider: true,
	codeLensProvider: { resolveProvider: false },
	codeActionProvider: { codeActionKinds: [QUICK_FIX], resolveProvider: false },
	workspace: {
		workspaceFolders: { supported: true, changeNotifications: true },
		fileOperations: {
			didDelete: { filters: [{ pattern: { glob: '**/*' } }] },
			didRename: { filters: [{ pattern: { glob: '**/*' } }] },
		},
	},
};

function openSession(
	connection: Connection,
	checker: Checker,
	project: EditorProject,
	params: InitializeParams,
	fail: (what: string, error: unknown) => void,
): Session {
	const { workspace } = params.capabilities ?? {};
	const options: unknown = params.initializationOptions;
	const named = typeof options === 'object' && options !== null && 'commands' in options ? options.commands : undefined;
	const roots = params.workspaceFolders?.map((f) => f.uri) ?? (params.rootUri ? [params.rootUri] : []);
	const folders = new Folders(roots);
	const configuration = new Configuration({
		...(workspace?.configuration
			? { ask: (scopeUri) => connection.workspace.getConfiguration({ scopeUri, section: SECTION }) }
			: {}),
		initial: options,
		warn: (problem) => connection.console.warn(problem),
	});
	const analyses = new Analyses({
		checker,
		configuration,
		folders,
		project,
		publish: (analysis) => {
			const { document, version } = analysis;
			const sent = connection.sendDiagnostics({ uri: document.uri, version, diagnostics: diagnosticsOf(analysis) });
			sent.catch((error) => fail(`The findings of ${fileName(document.uri)} could not be sent`, error));
		},
		clear: (uri) => {
			const sent = connection.sendDiagnostics({ uri, diagnostics: [] });
			sent.catch((error) => fail(`The findings of ${fileName(uri)} could not be taken away`, error));
		},
		note: (message) => connection.console.info(message),
		fail,
	});
	return {
		analyses,
		configuration,
		folders,
		commands: new ClientCommands(named),
		runs: new LiveRuns(options, process.platform === 'darwin' ? 'macOS' : 'Linux'),
		versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
		refreshLenses: workspace?.codeLens?.refreshSupport === true,
		registers: {
			configuration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
			watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
		},
		changesFolders: workspace?.workspaceFolders === true,
	};
}

/** The result, or the protocol's answer to a cancelled request as soon as the client has cancelled it. */
function untilCancelled<R>(token: CancellationToken, work: Promise<R>): Promise<R | ResponseError<void>> {
	const cancelled = () => new ResponseError<void>(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
	return new Promise((resolve, reject) => {
		if (token.isCancellationRequested) resolve(cancelled());
		const listener = token.onCancellationRequested(() => resolve(cancelled()));
		work.then(resolve, reject).finally(() => listener.dispose());
	});
}
