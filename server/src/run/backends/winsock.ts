/** Runs of WSAIoctl and ioctlsocket, on Windows or under Wine, and what their answers say of the catalog. */

import * as l10n from '@vscode/l10n';
import type {
	InputBufferInput,
	OutputBufferInput,
	RunReport,
	StepInput,
	StepResult,
} from '../../../../native/src/plan.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { Family } from '../../catalog/family.ts';
import type { BufferSpec } from '../../catalog/model.ts';
import { atLeast, bytesText } from '../../reference/words.ts';
import type { CType } from '../../types/ctype.ts';
import { minimumSize, tooSmallError } from '../../types/requirements.ts';
import { Shapes, typeNamed } from '../buffers/shape.ts';
import type { PreparedBuffer, PreparedRun, Sizes } from '../prepare.ts';
import type { Expectation, ResultBuffer, RunResult } from '../result.ts';
import type { Subject } from '../subject.ts';
import { bufferOf, guardWords, inputOf, shortAnswer, unitOf } from './answer.ts';
import type { Answer, Backend, Ready } from './backend.ts';
import { recipe, socketFor } from './socket.ts';

/** How long an overlapped run waits before it is cancelled. */
const OVERLAPPED_WAIT = 1000;

const familyOf = (catalog: Catalog): Family | undefined => catalog.entries.families.find((f) => f.id === 'winsock');

export const winsock: Backend = { prepare, answer, errorOf, takesInput: true, tellsSizes: true, has: () => true };

function errorOf(number: number, name: string | null, catalog: Catalog): NonNullable<RunResult['error']> {
	const known = familyOf(catalog)?.errors.named(number);
	return {
		number,
		name: known?.name ?? name ?? l10n.t('error {0}', number),
		meaning: known?.meaning ?? l10n.t('No meaning of this number is known here.'),
	};
}

function prepare({ subject, options, base, input, output, notes, timeoutMs }: Ready): PreparedRun {
	const wait = options.overlapped ?? overlappedOf(subject, options.sizes);
	const inputStep: InputBufferInput = {
		bytes: input.bytes,
		declared: input.buffer.declared,
		pointers: [...input.pointers],
	};
	const outputStep: OutputBufferInput = { size: output.size, declared: output.declared };
	const step: StepInput =
		base.api === 'ioctlsocket'
			? { call: 'ioctlsocket', code: subject.code, argument: { bytes: input.bytes, pointers: [...input.pointers] } }
			: {
					call: 'WSAIoctl',
					code: subject.code,
					input: inputStep,
					output: outputStep,
					overlapped: wait ? { waitMs: Math.min(OVERLAPPED_WAIT, Math.floor(timeoutMs / 2)) } : null,
					bytesReturned: subject.bytesReturned || options.sizes === 'correct',
				};
	return {
		...base,
		title: `${base.api}: ${subject.name}`,
		notes,
		input: { ...input.buffer, bytes: input.bytes },
		output,
		plan: { backend: 'winsock', socket: recipe(socketFor(subject)), steps: [step], timeoutMs },
	};
}

function overlappedOf({ overlapped, entry }: Subject, sizes: Sizes): boolean {
	if (overlapped !== undefined && sizes === 'written') return overlapped;
	// Without it a waiting code would hold the run until its time is over.
	return overlapped === true || entry?.overlapped?.rule === 'required' || entry?.live?.waits === true;
}

function answer(prepared: PreparedRun, report: RunReport, catalog: Catalog): Answer {
	const step = report.steps[0]!;
	const entry = catalog.code(prepared.name)?.code;
	// The runner's own process decides how wide its pointers are.
	const target = report.system.pointerSize === 4 ? ('x86' as const) : ('x64' as const);
	const error = step.status === 'error' ? errorOf(step.error, step.errorName, catalog) : undefined;
	const argument = prepared.api === 'ioctlsocket';
	const written = writtenBytes(prepared, step);
	const address = step.addresses.output === null ? undefined : BigInt(step.addresses.output);
	const raw = argument ? step.argument : step.output;
	const described = argument ? argumentBuffer(prepared, catalog) : prepared.output;
	const output =
		raw === null || (error && written === 0) || (argument && entry !== undefined && described.type === undefined)
			? undefined
			: bufferOf(described, raw, new Shapes(catalog, target), {
					length: written,
					...unitOf(entry?.output),
					...(prepared.output.list ? { list: true } : {}),
					...(address === undefined ? {} : { address }),
				});
	const needed =
		step.status === 'error' && step.bytesReturned !== null && step.bytesReturned > prepared.output.declared
			? step.bytesReturned
			: undefined;
	return {
		status: step.status,
		summary: summaryOf(prepared.api, step, error),
		inline: inlineOf(step, error?.name, output, needed),
		system: report.system.label,
		...(error ? { error } : {}),
		microseconds: step.nanoseconds / 1000,
		bytesReturned: step.bytesReturned,
		...(needed === undefined ? {} : { neededSize: needed }),
		// As the runner tells them, with the name in place of the number.
		calls: report.steps.map((s) => s.text.replace(`0x${prepared.code.toString(16)}`, prepared.name)),
		...inputOf({ ...prepared, target }, catalog),
		...(output ? { output } : {}),
		guards: [
			...guardWords('input', step.guards.input, prepared.input.size),
			...guardWords('output', step.guards.output, prepared.output.size),
		],
		expectations: expectations(prepared, step, target, needed !== undefined, report.system.name === 'Wine', catalog),
		notes: notesOf(prepared, report.system, step, { described, catalog }),
	};
}

/** What the reader should know of the answer; its argument comes back in `described`. */
function notesOf(
	prepared: PreparedRun,
	system: RunReport['system'],
	step: StepResult,
	{ described, catalog }: { readonly described: PreparedBuffer; readonly catalog: Catalog },
): string[] {
	const notes = [...prepared.notes];
	if (system.name === 'Wine') {
		const wine = catalog.code(prepared.name)?.code.live?.wine;
		notes.push(l10n.t('{0} answered, not Windows.', system.label), ...(wine ? [wine] : []));
	}
	// The argument of ioctlsocket is where the answer belongs.
	const answersInPlace = prepared.api === 'ioctlsocket' && described.type !== undefined;
	if (step.inputChanged && !answersInPlace) notes.push(l10n.t('The call changed its input buffer.'));
	if (step.overlapped?.pendingAtReturn && step.overlapped.completed)
		notes.push(l10n.t('The overlapped operation was under way when the call returned, and ended later.'));
	return notes;
}

/** How a call of a function ended, in a sentence. */
function summaryOf(api: string, { status, bytesReturned }: StepResult, error: RunResult['error']): string {
	if (status === 'pending')
		return l10n.t('The overlapped operation had not ended when the wait was over, and was cancelled.');
	if (error) return `${l10n.t('{0} failed with {1} ({2}).', api, error.name, error.number)} ${error.meaning}`;
	if (bytesReturned === null) return l10n.t('{0} succeeded.', api);
	return l10n.t('{0} succeeded and returned {1}.', api, bytesText(bytesReturned));
}

/** The argument of ioctlsocket comes back in place; codes without output leave it alone. */
function argumentBuffer(prepared: PreparedRun, catalog: Catalog): PreparedBuffer {
	const type = catalog.code(prepared.name)?.code.output.type;
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

function inlineOf(
	step: StepResult,
	error: string | undefined,
	output: ResultBuffer | undefined,
	needed: number | undefined,
): string {
	if (step.status === 'pending') return l10n.t('pending, then cancelled');
	if (error) return needed === undefined ? error : l10n.t('{0}, {1} bytes needed', error, needed);
	const short = shortAnswer(output) ?? 'ok';
	return step.guards.output && !step.guards.output.intact ? l10n.t('{0}, wrote past the end', short) : short;
}

/** The catalog's claims that this run can confirm or contradict. */
function expectations(
	prepared: PreparedRun,
	step: StepResult,
	target: PreparedRun['target'],
	tooSmall: boolean,
	wine: boolean,
	catalog: Catalog,
): Expectation[] {
	const entry = catalog.code(prepared.name)?.code;
	if (!entry || prepared.api === 'ioctlsocket') return [];
	const { errors } = catalog.family(entry.opcode);
	const found: Expectation[] = [];
	let short: string | undefined;
	for (const side of ['input', 'output'] as const) {
		const spec: BufferSpec = entry[side];
		const { declared, size } = prepared[side];
		const minimum = minimumSize(spec, catalog)?.[target];
		const offered = size === null ? 'NULL' : bytesText(declared);
		const subject = side === 'input' ? l10n.t('input size') : l10n.t('output size');
		if (spec.use === 'required' && minimum !== undefined) {
			const enough = size !== null && declared >= minimum;
			// No buffer at all is told apart from one below the minimum.
			if (!enough) short ??= (size === null ? spec.tooSmall?.error : undefined) ?? tooSmallError(entry, side, catalog);
			found.push({
				subject,
				expected: spec.variable ? atLeast(bytesText(minimum)) : bytesText(minimum),
				came: offered,
				agrees: enough,
			});
		} else if (spec.use === 'must-be-empty') {
			found.push({ subject, expected: l10n.t('none'), came: offered, agrees: size === null || declared === 0 });
		}
	}
	if (tooSmall) short ??= entry.output.tooSmall?.error ?? errors.tooSmall;
	const came =
		step.status === 'error' ? (step.errorName ?? errors.named(step.error)?.name ?? String(step.error)) : step.status;
	if (short !== undefined) {
		found.push({ subject: l10n.t('answer'), expected: short, came, agrees: came === short });
	} else if (step.status === 'error') {
		const listed = (entry.errors ?? []).find((e) => e.error === came);
		// An answer of unknown length may not fit although the size is a legal one.
		const unfit = entry.output.variable !== undefined && entry.output.tooSmall?.error === came;
		const expected = listed
			? l10n.t('success, or {0} when {1}', listed.error, listed.when)
			: unfit
				? l10n.t('success, or {0} when the answer does not fit', came)
				: l10n.t('success');
		// Wine lacks most codes, which says nothing about the catalog.
		const silent = listed !== undefined || unfit || (wine && came === errors.notSupported);
		found.push({ subject: l10n.t('answer'), expected, came, agrees: silent ? null : false });
	} else {
		const told = came === 'pending' ? l10n.t('pending') : came;
		const isOk = step.status === 'ok' ? true : null;
		found.push({ subject: l10n.t('answer'), expected: l10n.t('success'), came: told, agrees: isOk });
	}
	const given = minimumSize(entry.output, catalog)?.[target];
	if (step.status === 'ok' && entry.output.use === 'required' && given !== undefined && step.bytesReturned !== null) {
		found.push({
			subject: l10n.t('bytes returned'),
			expected: atLeast(given),
			came: String(step.bytesReturned),
			agrees: step.bytesReturned >= given,
		});
	}
	return found;
}
