/** What a run came to: the raw outcome and the prepared run together, decoded and held against the catalog. */
import type { Outcome } from '../../../native/src/outcome.ts';
import type { BackendName, GuardVerdict, RunReport, StepResult } from '../../../native/src/plan.ts';
import type { BufferSpec, PosixCall, Risk } from '../catalog/model.ts';
import type { CType } from '../types/ctype.ts';
import { minimumSize, tooSmallError } from '../types/requirements.ts';
import { type Decoded, decode, type Row, type Table } from './decode.ts';
import { errnoMeaning, winsockError } from './errors.ts';
import { entryOf, type PreparedBuffer, type PreparedRun, type Sizes } from './plan.ts';
import { posixAnswer, WITH_INPUT } from './posix.ts';
import { fromBase64, hexOf, typeNamed } from './tree.ts';

export type { Outcome } from '../../../native/src/outcome.ts';

export type RunStatus = 'ok' | 'error' | 'pending' | 'failed' | 'cancelled' | 'timed-out' | 'crashed';

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
export function resultOf(prepared: PreparedRun, outcome: Outcome): RunResult {
	const { title, name, code, backend, sizes, risk } = prepared;
	const base = { title, name, code, backend, sizes, risk };
	if (outcome.kind !== 'done') {
		const status = outcome.kind;
		return {
			...base,
			status,
			summary: outcome.message,
			inline: status === 'timed-out' ? `no answer within ${outcome.afterMs} ms` : status.replace('-', ' '),
			...(outcome.kind === 'failed' && outcome.setup ? setupError(outcome.setup, backend) : {}),
			calls: [],
			...(backend === 'winsock' ? inputOf(prepared) : {}),
			guards: [],
			expectations: [],
			notes: prepared.notes,
		};
	}
	return backend === 'posix'
		? posixResult(prepared, outcome.report, base)
		: winsockResult(prepared, outcome.report, base);
}

type Base = Pick<RunResult, 'title' | 'name' | 'code' | 'backend' | 'sizes' | 'risk'>;

function setupError(setup: { error: number; errorName: string | null }, backend: BackendName) {
	return setup.error === 0 ? {} : { error: errorOf(setup.error, setup.errorName, backend) };
}

function errorOf(number: number, name: string | null, backend: BackendName) {
	const known = backend === 'winsock' ? winsockError(number) : undefined;
	const shown = known?.name ?? name ?? `error ${number}`;
	const meaning = known?.meaning ?? (backend === 'posix' && name ? errnoMeaning(name) : undefined);
	return { number, name: shown, meaning: meaning ?? 'No meaning of this number is known here.' };
}

function inputOf({ input, target }: PreparedRun): { input?: ResultBuffer } {
	if (input.size === null && input.declared === 0) return {};
	return {
		input: { ...bufferOf(input, input.bytes, { target }), ...(input.size === null ? {} : { given: input.size }) },
	};
}

function bufferOf(
	buffer: PreparedBuffer,
	base64: string | null,
	options: { target: PreparedRun['target']; list?: boolean; length?: number; address?: bigint },
): ResultBuffer {
	const memory = fromBase64(base64);
	const bytes = options.length === undefined ? memory : memory.subarray(0, options.length);
	const { length: _, ...rest } = options;
	const decoded: Decoded =
		buffer.type && base64 !== null ? decode(buffer.type, bytes, { ...rest, memory }) : { rows: [], tables: [] };
	return {
		...(buffer.typeText === undefined ? {} : { type: buffer.typeText }),
		declared: buffer.declared,
		bytes: base64 === null ? null : hexOf(bytes),
		rows: decoded.rows,
		tables: decoded.tables,
	};
}

// ---- Winsock ----

function winsockResult(prepared: PreparedRun, report: RunReport, base: Base): RunResult {
	const step = report.steps[0]!;
	const entry = entryOf(prepared.name);
	// The runner's own process decides how wide its pointers are.
	const target = report.system.pointerSize === 4 ? ('x86' as const) : ('x64' as const);
	const error = step.status === 'error' ? errorOf(step.error, step.errorName, 'winsock') : undefined;
	const argument = prepared.api === 'ioctlsocket';
	const written = writtenBytes(prepared, step);
	const address = step.addresses.output === null ? undefined : BigInt(step.addresses.output);
	const raw = argument ? step.argument : step.output;
	const described = argument ? argumentBuffer(prepared) : prepared.output;
	const output =
		raw === null || (error && written === 0) || (argument && entry !== undefined && described.type === undefined)
			? undefined
			: bufferOf(described, raw, {
					target,
					length: written,
					...(prepared.output.list ? { list: true } : {}),
					...(address === undefined ? {} : { address }),
				});
	const needed =
		step.status === 'error' && step.bytesReturned !== null && step.bytesReturned > prepared.output.declared
			? step.bytesReturned
			: undefined;
	const notes = [...prepared.notes];
	if (report.system.name === 'Wine') {
		notes.push(`${report.system.label} answered, not Windows.`);
		if (entry?.live?.wine) notes.push(entry.live.wine);
	}
	if (step.inputChanged) notes.push('The call changed its input buffer.');
	if (step.overlapped?.pendingAtReturn && step.overlapped.completed) {
		notes.push('The overlapped operation was under way when the call returned, and ended later.');
	}
	const summary =
		step.status === 'pending'
			? 'The overlapped operation had not ended when the wait was over, and was cancelled.'
			: error
				? `${prepared.api} failed with ${error.name} (${error.number}). ${error.meaning}`
				: `${prepared.api} succeeded${step.bytesReturned === null ? '' : ` and returned ${count(step.bytesReturned)}`}.`;
	return {
		...base,
		status: step.status,
		summary,
		inline: inlineOf(step, error?.name, output, needed),
		system: report.system.label,
		...(error ? { error } : {}),
		microseconds: step.nanoseconds / 1000,
		bytesReturned: step.bytesReturned,
		...(needed === undefined ? {} : { neededSize: needed }),
		calls: report.steps.map((s) => s.text),
		...inputOf({ ...prepared, target }),
		...(output ? { output } : {}),
		guards: [
			...guardWords('input', step.guards.input, prepared.input.size),
			...guardWords('output', step.guards.output, prepared.output.size),
		],
		expectations: expectations(prepared, step, target, needed !== undefined, report.system.name === 'Wine'),
		notes,
	};
}

const count = (bytes: number): string => `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;

/** The argument of ioctlsocket comes back in place; codes without output leave it alone. */
function argumentBuffer(prepared: PreparedRun): PreparedBuffer {
	const type = entryOf(prepared.name)?.output.type;
	return {
		...(type === undefined ? {} : { type: typeNamed(type) satisfies CType, typeText: type }),
		size: 4,
		declared: 4,
	};
}

/** How much of the output holds an answer: what the call says, or what it touched when it failed. */
function writtenBytes(prepared: PreparedRun, step: StepResult): number {
	if (prepared.api === 'ioctlsocket') return 4;
	const size = prepared.output.size ?? 0;
	if (step.status === 'ok' && step.bytesReturned !== null) return Math.min(step.bytesReturned, size);
	return Math.min(step.outputTouched, size);
}

function guardWords(which: 'input' | 'output', verdict: GuardVerdict | null, size: number | null): string[] {
	if (!verdict) return [];
	if (verdict.intact) return [`No byte outside of the ${which} buffer was touched.`];
	const words: string[] = [];
	if (verdict.after > 0 && verdict.last !== null) {
		const past = verdict.last - (size ?? 0) + 1;
		words.push(
			`The call wrote past the end of the ${which} buffer, up to ${count(past)} behind its ${count(size ?? 0)}.`,
		);
	}
	if (verdict.before > 0) words.push(`The call wrote ${count(verdict.before)} in front of the ${which} buffer.`);
	return words;
}

function inlineOf(
	step: StepResult,
	error: string | undefined,
	output: ResultBuffer | undefined,
	needed: number | undefined,
): string {
	if (step.status === 'pending') return 'pending, then cancelled';
	if (error) return needed === undefined ? error : `${error}, ${needed} bytes needed`;
	const overrun = step.guards.output && !step.guards.output.intact ? ', wrote past the end' : '';
	return `${shortAnswer(output) ?? 'ok'}${overrun}`;
}

/** The answer in a few words: the only value, or how many entries. */
function shortAnswer(output: { rows: readonly Row[]; tables: readonly Table[] } | undefined): string | undefined {
	if (!output || output.rows.length === 0) return undefined;
	const [table] = output.tables;
	if (table) return `${table.rows.length} ${table.rows.length === 1 ? 'entry' : 'entries'}`;
	const outer = output.rows.filter((r) => r.depth === 0);
	if (outer.length === 1) return outer[0]!.text || undefined;
	return outer
		.slice(0, 2)
		.map((r) => `${r.path} ${r.text}`)
		.join(', ');
}

/** The catalog's claims that this run can confirm or contradict. */
function expectations(
	prepared: PreparedRun,
	step: StepResult,
	target: PreparedRun['target'],
	tooSmall: boolean,
	wine: boolean,
): Expectation[] {
	const entry = entryOf(prepared.name);
	if (!entry || prepared.api === 'ioctlsocket') return [];
	const found: Expectation[] = [];
	let short: string | undefined;
	for (const side of ['input', 'output'] as const) {
		const spec: BufferSpec = entry[side];
		const { declared, size } = prepared[side];
		const minimum = minimumSize(spec)?.[target];
		const offered = size === null ? 'NULL' : count(declared);
		if (spec.use === 'required' && minimum !== undefined) {
			const enough = size !== null && declared >= minimum;
			// No buffer at all is told apart from one below the minimum.
			if (!enough) short ??= (size === null ? spec.tooSmall?.error : undefined) ?? tooSmallError(entry, side);
			found.push({
				subject: `${side} size`,
				expected: `${spec.variable ? 'at least ' : ''}${count(minimum)}`,
				came: offered,
				agrees: enough,
			});
		} else if (spec.use === 'must-be-empty') {
			found.push({ subject: `${side} size`, expected: 'none', came: offered, agrees: size === null || declared === 0 });
		}
	}
	if (tooSmall) short ??= entry.output.tooSmall?.error ?? 'WSAEFAULT';
	const came =
		step.status === 'error' ? (step.errorName ?? winsockError(step.error)?.name ?? String(step.error)) : step.status;
	if (short !== undefined) {
		found.push({ subject: 'answer', expected: short, came, agrees: came === short });
	} else if (step.status === 'error') {
		const listed = (entry.errors ?? []).find((e) => e.error === came);
		// An answer of unknown length may not fit although the size is a legal one.
		const unfit = entry.output.variable !== undefined && entry.output.tooSmall?.error === came;
		const unless = listed
			? `, or ${listed.error} when ${listed.when}`
			: unfit
				? `, or ${came} when the answer does not fit`
				: '';
		// Wine lacks most codes, which says nothing about the catalog.
		const silent = unless !== '' || (wine && came === 'WSAEOPNOTSUPP');
		found.push({ subject: 'answer', expected: `success${unless}`, came, agrees: silent ? null : false });
	} else {
		found.push({ subject: 'answer', expected: 'success', came, agrees: step.status === 'ok' ? true : null });
	}
	const given = minimumSize(entry.output)?.[target];
	if (step.status === 'ok' && entry.output.use === 'required' && given !== undefined && step.bytesReturned !== null) {
		found.push({
			subject: 'bytes returned',
			expected: `at least ${given}`,
			came: String(step.bytesReturned),
			agrees: step.bytesReturned >= given,
		});
	}
	return found;
}

// ---- posix ----

function posixResult(prepared: PreparedRun, report: RunReport, base: Base): RunResult {
	const failed = report.steps.find((s) => s.status === 'error');
	const error = failed ? errorOf(failed.error, failed.errorName, 'posix') : undefined;
	const call = entryOf(prepared.name)?.live?.posix?.call as PosixCall;
	const answer = posixAnswer(call, report, prepared.system);
	const output: ResultBuffer | undefined = answer && {
		type: answer.type,
		declared: answer.bytes.length,
		bytes: answer.bytes.length === 0 ? null : hexOf(answer.bytes),
		rows: answer.rows,
		tables: answer.tables,
	};
	const { difference, call: words } = prepared.posix ?? { call: prepared.api };
	const broken = report.steps.flatMap((s) => [
		...(s.guards.input && !s.guards.input.intact ? guardWords('input', s.guards.input, null) : []),
		...(s.guards.output && !s.guards.output.intact ? guardWords('output', s.guards.output, null) : []),
	]);
	return {
		...base,
		status: error ? 'error' : 'ok',
		summary: error ? `${words} failed with ${error.name} (${error.number}). ${error.meaning}` : `${words} succeeded.`,
		inline: error ? error.name : (shortAnswer(output) ?? 'ok'),
		system: report.system.label,
		...(error ? { error } : {}),
		microseconds: report.steps.reduce((sum, s) => sum + s.nanoseconds, 0) / 1000,
		calls: report.steps.map((s) => s.text),
		// The values came from it, although libc never sees the structure.
		...(WITH_INPUT.has(call) ? inputOf(prepared) : {}),
		...(output ? { output } : {}),
		guards: broken,
		expectations: [],
		notes: [...prepared.notes, ...(difference === undefined ? [] : [difference])],
	};
}
