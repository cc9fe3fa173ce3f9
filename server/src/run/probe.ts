/** Which buffer sizes a control code takes: one run for each size, and the smallest that works beside the catalog's. */

import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../../native/src/outcome.ts';
import type { PlanInput, StepInput, StepResult } from '../../../native/src/plan.ts';
import { LIMITS } from '../../../native/src/plan.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { ControlCode, Risk } from '../catalog/model.ts';
import { columns } from '../reference/render/columns.ts';
import { plainTable } from '../reference/render/table.ts';
import { atLeast as atLeastText, bytesText } from '../reference/words.ts';
import { minimumSize } from '../types/requirements.ts';
import { BACKENDS } from './backends/all.ts';
import { fromBase64, toBase64 } from './buffers/bytes.ts';
import { type PreparedRun, prepare, type RunOptions } from './prepare.ts';
import { type Expectation, endingText } from './result.ts';
import { expectationCells, expectationHead } from './resultText.ts';
import type { Refused, Subject } from './subject.ts';

export type ProbeSide = 'input' | 'output';

/** One size that is tried. */
interface Try {
	readonly side: ProbeSide;
	readonly size: number;
}

export interface PreparedProbe {
	readonly title: string;
	readonly name: string;
	readonly code: number;
	readonly risk: Risk | 'unknown';
	readonly effect: string;
	readonly confirm: boolean;
	/** Each with a socket of its own; their steps are the tries of the same position. */
	readonly plans: readonly PlanInput[];
	readonly tries: readonly (readonly Try[])[];
	/** The catalog's minimum for each side, in bytes. */
	readonly catalog: { readonly input?: number; readonly output?: number };
	/** Sides whose minimum only begins there: the answer may be longer. */
	readonly variable: readonly ProbeSide[];
}

/** Sizes that gave the same answer. */
export interface ProbeRange {
	readonly from: number;
	readonly to: number;
	/** `ok`, or the error's name. */
	readonly answer: string;
	readonly note?: string;
}

export interface ProbedSide {
	readonly side: ProbeSide;
	readonly ranges: readonly ProbeRange[];
	/** The smallest size from which on every size tried worked and nothing was written past the end; null when none did. */
	readonly minimum: number | null;
	readonly catalog: number | null;
	/** The catalog's number is only a beginning: the answer may be longer. */
	readonly atLeast: boolean;
	readonly agrees: boolean | null;
}

export interface ProbeResult {
	readonly title: string;
	readonly name: string;
	readonly code: number;
	/** Absent when nothing was answered; `failure` says why. */
	readonly system?: string;
	readonly failure?: string;
	readonly sides: readonly ProbedSide[];
	readonly notes: readonly string[];
}

/** Sizes up to this are tried one by one. */
const EACH = 256;

/** Codes that a probe can run: the call comes back, and a size matters to it. */
export function canProbe(entry: ControlCode): boolean {
	return (
		entry.live !== undefined && !entry.wskOnly && entry.live.waits !== true && entry.overlapped?.rule !== 'required'
	);
}

/** All plans of a probe. Only Winsock takes sizes, so only that backend can be probed. */
export function prepareProbe(
	subject: Subject,
	options: Omit<RunOptions, 'sizes'>,
	catalog: Catalog,
): PreparedProbe | Refused {
	if (!BACKENDS[options.backend].tellsSizes) {
		return {
			error: l10n.t('The calls of libc are told no sizes, so there is nothing to probe; use the winsock backend.'),
		};
	}
	const { entry } = subject;
	if (!entry) return { error: l10n.t('{0} is not in the catalog, so its sizes are not known.', subject.name) };
	if (!canProbe(entry)) {
		return {
			error: entry.live
				? l10n.t('{0} waits for something to happen, so its sizes cannot be probed.', subject.name)
				: l10n.t('{0} needs more than a socket of the runner, so its sizes cannot be probed.', subject.name),
		};
	}
	const correct = prepare({ ...subject, api: 'WSAIoctl' }, { ...options, sizes: 'correct' }, catalog);
	if ('error' in correct) return correct;
	const target = correct.target;
	const stated: { input?: number; output?: number } = {};
	const tries: Try[] = [];
	const variable: ProbeSide[] = [];
	for (const side of ['input', 'output'] as const) {
		if (entry[side].type === undefined) continue;
		const minimum = minimumSize(entry[side], catalog)?.[target];
		if (minimum === undefined) continue;
		if (entry[side].use === 'required') stated[side] = minimum;
		if (entry[side].variable !== undefined) variable.push(side);
		tries.push(...sizesToTry(minimum, side, entry).map((size) => ({ side, size })));
	}
	if (tries.length === 0)
		return { error: l10n.t('{0} has no buffer whose size is known, so there is nothing to probe.', subject.name) };
	const batches: Try[][] = [];
	for (let at = 0; at < tries.length; at += LIMITS.steps) batches.push(tries.slice(at, at + LIMITS.steps));
	return {
		title: l10n.t('Sizes of {0}', subject.name),
		name: subject.name,
		code: subject.code,
		risk: correct.risk,
		effect: correct.effect,
		confirm: correct.confirm,
		plans: batches.map((batch) => ({ ...correct.plan, steps: batch.map((one) => stepOf(correct, one)) })),
		tries: batches,
		catalog: stated,
		variable,
	};
}

function sizesToTry(minimum: number, side: ProbeSide, { live, ...entry }: ControlCode): number[] {
	const sizes = new Set<number>();
	const last = Math.min(2 * minimum, EACH);
	for (let size = 0; size <= last; size++) sizes.add(size);
	for (const size of [minimum - 1, minimum, minimum + 1, 2 * minimum]) sizes.add(Math.max(0, size));
	if (entry[side].variable !== undefined) {
		const most = side === 'output' ? (live?.outputSize ?? 4096) : 4 * minimum;
		// The answer's length is the machine's own: whole entries, then the size that surely does.
		for (let n = 3, size = 3 * minimum; size < most && n <= 16; n++, size += minimum) sizes.add(size);
		sizes.add(most);
	}
	return [...sizes].sort((a, b) => a - b);
}

function stepOf(correct: PreparedRun, { side, size }: Try): StepInput {
	const step = correct.plan.steps[0] as StepInput & { call: 'WSAIoctl' };
	if (side === 'output') return { ...step, output: { size, declared: size } };
	const bytes = fromBase64(correct.input.bytes);
	// A longer input ends in zeros; a shorter one really is shorter, so that reading on would be noticed.
	const resized = new Uint8Array(size);
	resized.set(bytes.subarray(0, size));
	const pointers = (step.input?.pointers ?? []).filter((p) => p.at + 8 <= size && p.offset <= size);
	return { ...step, input: { bytes: toBase64(resized), declared: size, pointers } };
}

/** The answers of all plans, in their order. */
export function probeResultOf(prepared: PreparedProbe, outcomes: readonly Outcome[]): ProbeResult {
	const { title, name, code } = prepared;
	const answers: { side: ProbeSide; size: number; step: StepResult }[] = [];
	let system: string | undefined;
	let failure: string | undefined;
	const notes = new Set<string>();
	for (const [i, outcome] of outcomes.entries()) {
		if (outcome.kind !== 'done') {
			failure ??= endingText(outcome);
			continue;
		}
		system = outcome.report.system.label;
		if (outcome.report.system.name === 'Wine') notes.add(l10n.t('{0} answered, not Windows.', system));
		for (const [n, step] of outcome.report.steps.entries()) {
			const one = prepared.tries[i]?.[n];
			if (one) answers.push({ ...one, step });
		}
	}
	const sides = (['input', 'output'] as const).flatMap((side): ProbedSide[] => {
		const own = answers.filter((a) => a.side === side);
		if (own.length === 0) return [];
		const failing = own.filter((a) => a.step.status !== 'ok' || a.step.guards.output?.intact === false);
		const largestFailing = Math.max(-1, ...failing.map((a) => a.size));
		const minimum = own.find((a) => a.size > largestFailing)?.size ?? null;
		const catalog = prepared.catalog[side] ?? null;
		return [
			{
				side,
				ranges: rangesOf(own),
				minimum,
				catalog,
				atLeast: prepared.variable.includes(side),
				agrees:
					minimum === null || catalog === null
						? null
						: prepared.variable.includes(side)
							? minimum >= catalog
							: minimum === catalog,
			},
		];
	});
	return {
		title,
		name,
		code,
		...(system === undefined ? {} : { system }),
		...(failure === undefined ? {} : { failure }),
		sides,
		notes: [...notes],
	};
}

function rangesOf(answers: readonly { size: number; step: StepResult }[]): ProbeRange[] {
	const ranges: { from: number; to: number; answer: string; note?: string }[] = [];
	for (const { size, step } of answers) {
		const answer =
			step.status === 'ok' ? 'ok' : step.status === 'pending' ? 'pending' : (step.errorName ?? String(step.error));
		const guard = step.guards.output;
		const note =
			guard && !guard.intact
				? l10n.t('writes past the end')
				: step.status === 'error' && step.bytesReturned !== null && step.bytesReturned > size
					? l10n.t('{0} bytes needed', step.bytesReturned)
					: undefined;
		const last = ranges.at(-1);
		if (last && last.answer === answer && last.note === note) last.to = size;
		else ranges.push({ from: size, to: size, answer, ...(note === undefined ? {} : { note }) });
	}
	return ranges;
}

/** `0 to 11`. */
export const rangeText = ({ from, to }: ProbeRange): string =>
	from === to ? String(from) : l10n.t('{0} to {1}', from, to);

/** What was answered to sizes, in words. */
export const answerText = ({ answer }: ProbeRange): string => (answer === 'pending' ? l10n.t('pending') : answer);

/** The head and the rows of a table of ranges; remarks have a column where there are any. */
export function rangeTable(ranges: readonly ProbeRange[]): { head: string[]; rows: string[][] } {
	const remarked = ranges.some(({ note }) => note !== undefined);
	const remark = (text: string): string[] => (remarked ? [text] : []);
	return {
		head: [l10n.t('bytes'), l10n.t('answer'), ...remark(l10n.t('remark'))],
		rows: ranges.map((range) => [rangeText(range), answerText(range), ...remark(range.note ?? '')]),
	};
}

/** What stands above the ranges of a side. */
export const sizeTitle = (side: ProbeSide): string => (side === 'input' ? l10n.t('Input size') : l10n.t('Output size'));

/** What stands above the verdicts. */
export const smallestTitle = (): string => l10n.t('Smallest size that works');

function expectedText(size: number, isLeast: boolean): string {
	const bytes = bytesText(size);
	return isLeast ? atLeastText(bytes) : bytes;
}

/** The verdict of one side in the form that results use. */
export const verdictOf = ({ side, minimum, catalog, atLeast, agrees }: ProbedSide): Expectation => ({
	subject: side === 'input' ? l10n.t('smallest input') : l10n.t('smallest output'),
	expected: catalog === null ? l10n.t('not stated') : expectedText(catalog, atLeast),
	came: minimum === null ? l10n.t('no size tried worked') : bytesText(minimum),
	agrees,
});

const verdictCells = (side: ProbedSide): string[] => expectationCells(verdictOf(side));

/** The table for a terminal. Ends with a line feed. */
export function probePlain(result: ProbeResult): string {
	const lines = [
		result.title,
		...(result.system === undefined ? [] : [`  ${l10n.t('Answered by {0}', result.system)}`]),
	];
	if (result.failure !== undefined) lines.push(`  ${result.failure}`);
	for (const side of result.sides) {
		const { head, rows } = rangeTable(side.ranges);
		lines.push('', sizeTitle(side.side), ...columns([head, ...rows]));
	}
	if (result.sides.length > 0) {
		const [head = '', catalog = '', system = ''] = expectationHead('system');
		lines.push('', ...columns([[head, catalog, system, ''], ...result.sides.map(verdictCells)]));
	}
	return `${lines.join('\n')}\n`;
}

/** The table as a document. Ends with a line feed. */
export function probeMarkdown(result: ProbeResult): string {
	const lines = [`# ${result.title}`, ''];
	if (result.system !== undefined) lines.push(`- ${l10n.t('Answered by')}: ${result.system}`);
	for (const note of [...result.notes, ...(result.failure === undefined ? [] : [result.failure])])
		lines.push(`- ${note}`);
	for (const side of result.sides) {
		const { head, rows } = rangeTable(side.ranges);
		lines.push('', `## ${sizeTitle(side.side)}`, '', ...plainTable(head, rows));
	}
	if (result.sides.length > 0) {
		const rows = result.sides.map(verdictCells);
		lines.push('', `## ${smallestTitle()}`, '', ...plainTable(expectationHead('system'), rows));
	}
	return `${lines.join('\n')}\n`;
}
