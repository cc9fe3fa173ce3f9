/** Every custom message between client and server, each in one place. The client imports nothing else of the server. */
import type { BackendName } from '../run/backends/all.ts';
import { notification, request } from './message.ts';

export type { NotificationMessage, RequestMessage } from './message.ts';

/** What a name or number means. */
export const ExplainRequest = request<ExplainParams, ExplainResult>('ioctlLens/explain');
export interface ExplainParams {
	/** Control code's name, or a number in decimal (also negative) or hexadecimal. */
	readonly query: string;
}
export type ExplainResult = Page | { readonly error: string };

/** What the call at a position does, with its findings. */
export const ExplainCallRequest = request<ExplainCallParams, ExplainCallResult>('ioctlLens/explainCall');
export interface ExplainCallParams {
	readonly uri: string;
	/** LSP position inside the call. */
	readonly position: { readonly line: number; readonly character: number };
}
export type ExplainCallResult = Page | null;

/** A page of the generated reference. */
export const ReferenceRequest = request<ReferenceParams, ReferenceResult>('ioctlLens/reference');
export interface ReferenceParams {
	readonly kind: 'code' | 'struct' | 'function' | 'rule';
	readonly name: string;
}
export type ReferenceResult = Page | null;

/** All pages of the generated reference, for a quick pick. */
export const ReferenceIndexRequest = request<Record<string, never>, ReferenceIndexResult>('ioctlLens/referenceIndex');
export interface ReferenceIndexResult {
	readonly entries: readonly (ReferenceParams & {
		readonly kind: 'code' | 'struct' | 'function';
		readonly detail: string;
	})[];
}

export interface Page {
	readonly title: string;
	readonly markdown: string;
}

/**
 * `initializationOptions`. Besides what stands here they hold settings, as an editor without `workspace/configuration`
 * has no other way to give them: `{ "rules": { "may-block": "off" } }`.
 */
export interface InitializationOptions extends LiveRunOptions {
	/** Those of the commands below that the client has; lenses and hovers name no others. Absent: none. */
	readonly commands?: readonly string[];
	/**
	 * Scheme of documents that the client shows pages in: definitions and rules of findings lead to URIs of it. Their query is
	 * a JSON object with a `request` (the method's name) and its `params`; the path says no more than what to call it.
	 */
	readonly pageScheme?: string;
	/** The client answers `ReadFileRequest` and `ReadFolderRequest`. */
	readonly readsFiles?: boolean;
	/** The client shows what `DocumentStatusNotification` tells. */
	readonly documentStatus?: boolean;
	/** The client wants to know which open documents hold calls: `DocumentCallsNotification`. */
	readonly documentCalls?: boolean;
	readonly [setting: string]: unknown;
}

/** Commands that lenses and hovers name; the client registers them. */
export const EXPLAIN_CALL_COMMAND = 'ioctlLens.explainCall';
export const OPEN_REFERENCE_COMMAND = 'ioctlLens.openReference';
/** Turns the rule that it is given off in the user's settings. */
export const TURN_RULE_OFF_COMMAND = 'ioctlLens.turnRuleOff';

/** Sent by the server: an open document is too large to be checked, is checked in part, or neither any longer (null). */
export const DocumentStatusNotification = notification<DocumentStatusParams>('ioctlLens/documentStatus');
export interface DocumentStatusParams {
	readonly uri: string;
	/** In bytes. */
	readonly tooLarge: { readonly size: number; readonly limit: number } | null;
	/** Of what the check took too much, so that it ended with what it had found. */
	readonly spent: 'time' | 'memory' | null;
}

/**
 * Checks the files of the workspace's folders that no editor has open, as the command line does, and publishes what is
 * wrong in them; open documents are taken as they are. From then on the server tells with `FileCallsNotification` when the
 * calls of a file have changed, in an editor or on disk, until `ClearWorkspaceRequest`. One that begins ends the one before.
 * Cancelled, what has been told stays.
 */
export const CheckWorkspaceRequest = request<CheckWorkspaceParams, CheckWorkspaceResult>('ioctlLens/checkWorkspace');
export interface CheckWorkspaceParams {
	/** For progress in words, as the protocol has it. */
	readonly workDoneToken?: string | number;
	/** For what is found, as it is found: `WorkspaceProgress`. The result holds none of it. */
	readonly partialResultToken?: string | number;
	/** Lower bounds than the server's own. */
	readonly mostFiles?: number;
	readonly mostCalls?: number;
}
export interface WorkspaceProgress {
	readonly read: number;
	/** Files with calls. */
	readonly files: readonly FileCalls[];
}
export interface CheckWorkspaceResult {
	/** Files looked at. */
	readonly read: number;
	readonly calls: number;
	/** The bound that ended it before all was seen, if one did. */
	readonly bound?: { readonly of: 'files' | 'calls'; readonly at: number };
}

/** Forgets what a check of the workspace found, and takes what it published away. */
export const ClearWorkspaceRequest = request<Record<string, never>, null>('ioctlLens/clearWorkspace');

/** The calls of a file are others now; of one that is gone or holds none any more, none. */
export const FileCallsNotification = notification<FileCalls>('ioctlLens/fileCalls');
export interface FileCalls {
	readonly uri: string;
	/** By position. */
	readonly calls: readonly WorkspaceCall[];
}

/** Something is reported of the call; what it hands over is not known, so it could not be judged; or neither. */
export type CallState = 'wrong' | 'unresolved' | 'fine';

export interface WorkspaceCall {
	/** The control code's name, its number, or `?`. */
	readonly code: string;
	/** `in 4, needs 12 · out 0`. */
	readonly sizes: string;
	/** What is called. */
	readonly callee: string;
	/** The function that the call stands in. */
	readonly enclosing?: string;
	readonly range: { readonly start: LspPosition; readonly end: LspPosition };
	readonly state: CallState;
	/** The worst finding, and how many there are. */
	readonly worst?: { readonly severity: 'error' | 'warning' | 'info' | 'hint'; readonly message: string };
	readonly findings: number;
}
export interface LspPosition {
	readonly line: number;
	readonly character: number;
}

/** Sent by the server: an open document holds calls now, or none any more. Nothing is sent of one that never did. */
export const DocumentCallsNotification = notification<DocumentCallsParams>('ioctlLens/documentCalls');
export interface DocumentCallsParams {
	readonly uri: string;
	readonly hasCalls: boolean;
}

// Files that lie on no disk. The server asks a client that has said it can; only what is in an open folder is answered.

/** The text of a file; null where there is none that can be read. */
export const ReadFileRequest = request<ReadFileParams, ReadFileResult>('ioctlLens/readFile');
export interface ReadFileParams {
	readonly uri: string;
	/** Larger files are as if they were not there, in bytes. */
	readonly limit: number;
}
export type ReadFileResult = { readonly text: string } | null;

/** The names of what a folder holds; null where there is none that can be read. */
export const ReadFolderRequest = request<ReadFolderParams, ReadFolderResult>('ioctlLens/readFolder');
export interface ReadFolderParams {
	readonly uri: string;
}
export type ReadFolderResult = { readonly names: readonly string[] } | null;

// Live runs. The server builds plans and reads answers; the client starts the runner. Every request is refused until the
// client has said that the workspace is trusted.

/** The workspace became trusted or is no longer; at the start `initializationOptions.trusted` says it. */
export const SetTrustNotification = notification<SetTrustParams>('ioctlLens/setTrust');
export interface SetTrustParams {
	readonly trusted: boolean;
}

/** What `initializationOptions` may hold for live runs. */
interface LiveRunOptions {
	readonly trusted?: boolean;
	/** Put a lens over each call that runs it. */
	readonly liveRuns?: boolean;
	/** What runs here, for the title of the lens: `Wine 8.0`. */
	readonly backend?: string;
	/** What plans will be asked for: lenses and actions promise nothing that it cannot do. */
	readonly backendName?: RunBackend;
}

export type RunBackend = BackendName;

/** Where a call stands that was planned. */
export interface CallPlace {
	/** Last line of the call, from 0, for a note behind it. */
	readonly endLine: number;
	/** Tells it from the other calls of the same code in its document: how many of them come before. */
	readonly ordinal: number;
}

/** The call at a position as a plan. Fields whose values the source does not show come as questions. */
export const RunPlanRequest = request<RunPlanParams, RunPlanResult>('ioctlLens/runPlan');
export interface RunPlanParams {
	readonly uri: string;
	readonly position: { readonly line: number; readonly character: number };
	/** Both sizes as the source has them, or as the catalog asks. */
	readonly sizes: 'written' | 'correct';
	readonly backend: RunBackend;
	/** Of the posix backend; by default the server's own. */
	readonly system?: 'Linux' | 'macOS';
	/** Of the whole run, in milliseconds. */
	readonly timeoutMs?: number;
}

/** The same with answers to the questions: texts by path. */
export const RunPlanWithRequest = request<RunPlanWithParams, RunPlanResult>('ioctlLens/runPlanWith');
export interface RunPlanWithParams extends RunPlanParams {
	readonly answers: Readonly<Record<string, string>>;
}

/** A field that a form asks for. Answers are texts: numbers, names, addresses, GUIDs. */
export interface RunQuestion {
	/** Empty for the whole input. */
	readonly path: string;
	readonly label: string;
	/** As C writes it. */
	readonly type: string;
	readonly kind: 'number' | 'choice' | 'flags' | 'boolean' | 'address' | 'guid' | 'pointer' | 'text' | 'bytes' | 'list';
	readonly default: string;
	readonly meaning?: string;
	readonly allowed?: readonly { readonly name: string; readonly value: string; readonly meaning: string }[];
	/** Bounds of a number, in decimal. */
	readonly lowest?: string;
	readonly highest?: string;
}

export interface RunPlan extends CallPlace {
	/** `WSAIoctl: SIO_KEEPALIVE_VALS`. */
	readonly title: string;
	/** Name of the control code, or its number in hexadecimal. */
	readonly code: string;
	readonly risk: 'none' | 'changes-socket' | 'changes-machine' | 'administrator' | 'unknown';
	/** One sentence that names the effect, for the confirmation. */
	readonly effect: string;
	/** The user has to agree first; with `unknown` each time. */
	readonly confirm: boolean;
	readonly questions: readonly RunQuestion[];
	readonly notes: readonly string[];
	/** For the runner. */
	readonly plan: unknown;
	/** To be handed back with the outcome; plain data that may be kept. */
	readonly run: unknown;
}
export type RunPlanResult =
	| RunPlan
	| {
			readonly error: string;
			/** Answers that were refused, by path. */
			readonly problems?: readonly { readonly path: string; readonly message: string }[];
	  };

/** What a run came to. */
export const RunResultRequest = request<RunResultParams, RunResultResult>('ioctlLens/runResult');
export interface RunResultParams {
	/** Of the plan. */
	readonly run: unknown;
	/** Of the runner. */
	readonly outcome: unknown;
}
export type RunResultResult =
	| {
			readonly markdown: string;
			/** The same for a comparison of runs: without what differs each time. */
			readonly compared: string;
			/** The body of an HTML page; nothing in it runs or loads anything. */
			readonly html: string;
			/** A few words for the end of the call's line. */
			readonly inline: string;
			readonly status: 'ok' | 'elsewhere' | 'error' | 'pending' | 'failed' | 'cancelled' | 'timed-out' | 'crashed';
			readonly json: string;
			readonly c: string;
	  }
	| { readonly error: string };

/** Plans that try the sizes of the code of the call at a position. */
export const ProbePlanRequest = request<ProbePlanParams, ProbePlanResult>('ioctlLens/probePlan');
export interface ProbePlanParams {
	readonly uri: string;
	readonly position: { readonly line: number; readonly character: number };
	readonly backend: RunBackend;
	readonly timeoutMs?: number;
}
export type ProbePlanResult =
	| (CallPlace & {
			readonly title: string;
			readonly code: string;
			readonly risk: RunPlan['risk'];
			readonly effect: string;
			readonly confirm: boolean;
			/** For the runner, one after the other; after one that could not be run the rest may be left out. */
			readonly plans: readonly unknown[];
			/** To be handed back with the outcomes. */
			readonly probe: unknown;
	  })
	| { readonly error: string };

/** The table of a probe. */
export const ProbeResultRequest = request<ProbeResultParams, ProbeResultResult>('ioctlLens/probeResult');
export interface ProbeResultParams {
	readonly probe: unknown;
	readonly outcomes: readonly unknown[];
}
export type ProbeResultResult =
	| { readonly markdown: string; readonly html: string; readonly inline: string; readonly json: string }
	| { readonly error: string };

// Commands of lenses and actions; their arguments are the document's URI and the call's position.
/** Runs the call as the source has it. */
export const RUN_COMMAND = 'ioctlLens.run';
/** Runs it with the sizes that the catalog asks for. */
export const RUN_CORRECT_SIZES_COMMAND = 'ioctlLens.runCorrectSizes';
/** Tries which sizes its code takes. */
export const PROBE_SIZES_COMMAND = 'ioctlLens.probeSizes';
