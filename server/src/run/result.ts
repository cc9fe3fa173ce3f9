/** What a run came to: the raw outcome and the prepared run together, decoded and held against the catalog. */
import type { Outcome } from '../../../native/src/outcome.ts';
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
		summary: outcome.message,
		inline: status === 'timed-out' ? `no answer within ${outcome.afterMs} ms` : status.replace('-', ' '),
		...(setup ? { error: backend.errorOf(setup.error, setup.errorName, catalog) } : {}),
		calls: [],
		...(backend.takesInput ? inputOf(prepared, catalog) : {}),
		guards: [],
		expectations: [],
		notes: prepared.notes,
	};
}

/** An answer of a system that is told no sizes, to a call that Windows refuses for them. */
function elsewhere(answer: Answer): Answer {
	if (answer.status !== 'ok') return answer;
	return {
		...answer,
		status: 'elsewhere',
		summary: `Windows refuses this call, as the finding says. What follows is what this system answers: ${answer.summary}`,
		inline: 'fails on Windows',
	};
}
