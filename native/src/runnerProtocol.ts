/** The words between the runner process and whoever started it. */

import { NotificationType, RequestType } from 'vscode-jsonrpc/node';
import { type BackendName, LIMITS, type Plan, type PlanProblem, type RunReport, type SystemInfo } from './plan.ts';

export const PROTOCOL = 1;

/** The most bytes a request may have: a plan and its envelope. */
export const REQUEST_LIMIT = LIMITS.planBytes + 4096;

/** The most bytes an answer may have: all output and all arguments in base64, and room for the words around them. */
export const RESPONSE_LIMIT = 4 * 1024 * 1024;

/** Said once, when the runner has loaded its native side or found that it cannot. */
export type Ready =
	| { protocol: number; backend: BackendName; system: SystemInfo }
	| { protocol: number; backend: BackendName; missing: { reason: string; message: string } };

/** Why a plan gave no report, as the runner sees it. */
export type RunFailure =
	| { reason: 'plan-refused'; message: string; problem: PlanProblem }
	| { reason: 'backend-missing'; message: string }
	| { reason: 'socket-setup'; message: string; call: string; error: number; errorName: string | null };

export type RunAnswer = { ok: true; report: RunReport } | { ok: false; failure: RunFailure };

export const ReadyNotification = new NotificationType<Ready>('ready');
export const RunRequest = new RequestType<Plan, RunAnswer, void>('run');
