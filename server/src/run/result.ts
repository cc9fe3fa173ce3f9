/** What a run came to: the raw outcome and the prepared run together, decoded and held against the catalog. */
import * as l10n from '@vscode/l10n';
import { type Outcome, telling } from '../../../native/src/outcome.ts';
import type { BackendName } from '../../../native/src/plan.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Risk } from '../catalog/model.ts';
import { BACKENDS } from './backends/all.ts';
import { inputOf } from './backends/answer.ts';
import type { Answer } from './backends/backend.ts';
import { socketText } from './backends/socket.ts';
import type { Row, Table } from './buffers/decode.ts';
import type { PreparedRun, Sizes } from './prepare.ts';

export type { Outcome } from '../../../native/src/outcome.ts';

/** `elsewhere`: it went well here, on a system that is told no sizes; Windows refuses the call. */
export type RunStatus = 'ok' | 'elsewhere' | 'error' | 'pending' | 'failed' | 'cancelled' | 'timed-out' | 'crashed';

/** One buffer, decoded. */
export interface ResultBuffer {
	/** As C writes it; absent where nothing is known of what it holds. */
	readonly type?: string;
	/** The size told to the function. */
	readonly declared: number;
	/** Of an input: the bytes that there really are. */
	readonly given?: number;
	/** Bytes in hexadecimal; null for a NULL pointer. */
	readonly bytes: string | null;
	readonly rows: readonly Row[];
	readonly tables: readonly Table[];
}

/** What the catalog says against what came. `agrees` is null where the catalog says nothing definite. */
export interface Expectation {
	readonly subject: string;
	readonly expected: string;
	readonly came: string;
	readonly agrees: boolean | null;
}

export interface RunResult {
	readonly title: string;
	readonly name: string;
	/** Unsigned 32 bits. */
	readonly code: number;
	readonly backend: BackendName;
	readonly sizes: Sizes | 'given';
	readonly risk: Risk | 'unknown';
	readonly status: RunStatus;
	/** One sentence: how it went. */
	readonly summary: string;
	/** A few words for the end of a line. */
	readonly inline: string;
	/** The socket that the run made for itself. */
	readonly socket: string;
	/** What findings say will become of the call on Windows, as it is written. */
	readonly predicted: readonly string[];
	/** `Wine 8.0`; absent when nothing was started. */
	readonly system?: string;
	readonly error?: { readonly number: number; readonly name: string; readonly meaning: string };
	/** Of the call itself. */
	readonly microseconds?: number;
	readonly bytesReturned?: number | null;
	/** Bytes that the call says it would need. */
	readonly neededSize?: number;
	/** The calls as they were made, in order. */
	readonly calls: readonly string[];
	readonly input?: ResultBuffer;
	readonly output?: ResultBuffer;
	readonly guards: readonly string[];
	readonly expectations: readonly Expectation[];
	readonly notes: readonly string[];
}

/** Joins a prepared run with what the runner said of it. Both may have been kept as JSON in between. */
export function resultOf(prepared: PreparedRun, outcome: Outcome, catalog: Catalog): RunResult {
	const { title, name, code, sizes, risk } = prepared;
	const backend = BACKENDS[prepared.backend];
	const { predicted = [] } = prepared;
	const socket = socketText(prepared.plan.socket);
	const base = { title, name, code, backend: prepared.backend, sizes, risk, socket, predicted };
	if (outcome.kind === 'done') {
		const answer = backend.answer(prepared, outcome.report, catalog);
		return { ...base, ...(backend.tellsSizes || predicted.length === 0 ? answer : elsewhere(answer)) };
	}
	const status = outcome.kind;
	const setup = outcome.kind === 'failed' && outcome.setup?.error ? outcome.setup : undefined;
	return {
		...base,
		status,
		summary: endingText(outcome),
		inline: inlineOf(outcome),
		...(setup ? { error: backend.errorOf(setup.error, setup.errorName, catalog) } : {}),
		calls: [],
		...(backend.takesInput ? inputOf(prepared, catalog) : {}),
		guards: [],
		expectations: [],
		notes: prepared.notes,
	};
}

type Ending = Exclude<Outcome, { readonly kind: 'done' }>;

/** How a run ended that came to nothing. What is wrong with the machine is told as the runner says it. */
export function endingText(outcome: Ending): string {
	switch (outcome.kind) {
		case 'cancelled':
			return l10n.t('The run was cancelled.');
		case 'timed-out':
			return l10n.t('The call had not ended after {0} ms, so its process was ended.', outcome.afterMs);
		case 'crashed':
			return crashText(outcome);
		case 'failed':
			return setupText(outcome) ?? outcome.message;
	}
}

/** The call by which the socket or its peer could not be made, where the system said why. */
function setupText({ setup }: Outcome & { readonly kind: 'failed' }): string | undefined {
	if (!setup?.error) return undefined;
	const { call, error, errorName } = setup;
	return errorName === null
		? l10n.t('{0} failed with error {1}.', call, error)
		: l10n.t('{0} failed with {1} ({2}).', call, errorName, error);
}

function crashText({ phase, exitCode, signal, stderr }: Outcome & { readonly kind: 'crashed' }): string {
	const exit = exitText(exitCode, signal);
	const last = telling(stderr);
	return [
		phase === 'start'
			? l10n.t('The runner ended before it was ready: {0}.', exit)
			: l10n.t('The runner ended during the call: {0}.', exit),
		...(last ? [l10n.t('It last said: {0}', last)] : []),
	].join(' ');
}

function exitText(exitCode: number | null, signal: string | null): string {
	if (signal) return l10n.t('it was killed by {0}', signal);
	if (exitCode === null) return l10n.t('no exit code is known');
	// Windows reports a fault as an exit code, and knows those by their hexadecimal form.
	return l10n.t('exit code {0}', exitCode > 255 ? `0x${exitCode.toString(16)}` : exitCode);
}

function inlineOf(outcome: Ending): string {
	switch (outcome.kind) {
		case 'cancelled':
			return l10n.t('cancelled');
		case 'timed-out':
			return l10n.t('no answer within {0} ms', outcome.afterMs);
		case 'crashed':
			return l10n.t('crashed');
		case 'failed':
			return l10n.t('failed');
	}
}

/** An answer of a system that is told no sizes, to a call that Windows refuses for them. */
function elsewhere(answer: Answer): Answer {
	if (answer.status !== 'ok') return answer;
	return {
		...answer,
		status: 'elsewhere',
		summary: l10n.t(
			'Windows refuses this call, as the finding says. What follows is what this system answers: {0}',
			answer.summary,
		),
		inline: l10n.t('fails on Windows'),
	};
}
