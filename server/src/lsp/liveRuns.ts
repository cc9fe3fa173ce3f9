/** Live runs for an editor: plans for the call at a position, and documents of what came of them. */
import * as l10n from '@vscode/l10n';
import type { CodeLens } from 'vscode-languageserver';
import type { IoctlCall } from '../calls/model.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { BACKENDS, backendNamed, backendNames } from '../run/backends/all.ts';
import type { PosixSystem } from '../run/backends/posix.ts';
import type { FieldInputs } from '../run/buffers/encode.ts';
import { type PreparedRun, planProblem, prepare } from '../run/prepare.ts';
import { canProbe, type PreparedProbe, prepareProbe, probeMarkdown, probeResultOf, verdictOf } from '../run/probe.ts';
import { type Outcome, resultOf } from '../run/result.ts';
import { probeHtml, resultHtml } from '../run/resultHtml.ts';
import { comparedMarkdown, resultJson, resultMarkdown, runAsC } from '../run/resultText.ts';
import { hasWrongSizes, type Subject, subjectOfCall } from '../run/subject.ts';
import { callAt, codeName } from './callText.ts';
import {
	type CallPlace,
	PROBE_SIZES_COMMAND,
	type ProbePlanParams,
	type ProbePlanResult,
	type ProbeResultParams,
	type ProbeResultResult,
	RUN_COMMAND,
	RUN_CORRECT_SIZES_COMMAND,
	type RunBackend,
	type RunPlanParams,
	type RunPlanResult,
	type RunPlanWithParams,
	type RunResultParams,
	type RunResultResult,
} from './protocol.ts';
import type { Analysis } from './session/analyses.ts';

type Failure = { readonly error: string };

const untrusted = (): Failure => ({ error: l10n.t('This workspace is not trusted, so nothing of it is run.') });
const noCall = (): Failure => ({ error: l10n.t('There is no I/O control call here.') });
const noBackend = (): Failure => ({ error: l10n.t('The backend is {0}.', backendNames()) });

/** One thing that can be done with a call. */
export interface RunOffer {
	readonly command: string;
	/** Title of the action; lenses, of which there are many, do without. */
	readonly action: () => string;
	/** Title of the lens; absent where there is none. */
	readonly lens?: string;
}

/** A call that can be run, where it stands, and the errors that its findings tell of. */
interface Found {
	readonly subject: Subject;
	readonly catalog: Catalog;
	readonly place: CallPlace;
	readonly predicted: readonly string[];
}

/** Says whether the client trusts the workspace, and what it can run. Nothing is trusted before the client says so. */
export class LiveRuns {
	#trusted: boolean;
	/** A lens is wanted over each call. */
	readonly lenses: boolean;
	readonly #label: string | undefined;
	readonly #backend: RunBackend | undefined;
	readonly #system: PosixSystem;
	/** The catalog that knows a code, by its name. */
	readonly #catalogWith: (name: string) => Catalog;

	/** @param options `initializationOptions`, which may be anything. */
	constructor(options: unknown, system: PosixSystem, catalogWith: (name: string) => Catalog) {
		const given = typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : {};
		this.#trusted = given.trusted === true;
		this.lenses = given.liveRuns === true;
		this.#label = typeof given.backend === 'string' ? given.backend.slice(0, 60) : undefined;
		this.#backend = backendNamed(given.backendName);
		this.#system = system;
		this.#catalogWith = catalogWith;
	}

	get trusted(): boolean {
		return this.#trusted;
	}

	setTrust(params: unknown): void {
		this.#trusted =
			typeof params === 'object' && params !== null && (params as Record<string, unknown>).trusted === true;
	}

	/** What the client can do with a call here and now; nothing where it cannot be run at all. */
	offersFor(call: IoctlCall, catalog: Catalog): RunOffer[] {
		if (!this.lenses || !this.#trusted) return [];
		const subject = subjectOfCall(call, catalog);
		if ('error' in subject) return [];
		const { entry } = subject;
		const backend = this.#backend && BACKENDS[this.#backend];
		const name = codeName(call);
		// Without a counterpart the command says why, and how to get at Winsock.
		const target = backend?.has(entry) === false ? l10n.t('needs Winsock') : this.#label;
		const offers: RunOffer[] = [
			{
				command: RUN_COMMAND,
				action: () => l10n.t('Run {0}', name),
				lens: target === undefined ? l10n.t('Run') : l10n.t('Run · {0}', target),
			},
		];
		if (backend?.tellsSizes === false) return offers;
		if (hasWrongSizes(subject, catalog)) {
			const action = () => l10n.t('Run {0} with correct sizes', name);
			offers.push({ command: RUN_CORRECT_SIZES_COMMAND, action, lens: l10n.t('Run with correct sizes') });
		}
		if (entry && canProbe(entry))
			offers.push({ command: PROBE_SIZES_COMMAND, action: () => l10n.t('Probe sizes of {0}', name) });
		return offers;
	}

	/** `Run · Wine 8.0` over each call that can be run at all, and `Run with correct sizes` where they are wrong. */
	lensesFor({ calls, document, settings, catalog }: Analysis): CodeLens[] {
		const wanted = (command: string) =>
			command === RUN_CORRECT_SIZES_COMMAND ? settings.correctSizesLens : settings.runLens;
		return calls.flatMap((call) => {
			const range = document.rangeAt(call.calleeSpan.start, call.calleeSpan.end);
			return this.offersFor(call, catalog).flatMap(({ command, lens }) =>
				lens === undefined || !wanted(command)
					? []
					: [{ range, command: { title: lens, command, arguments: [document.uri, range.start] } }],
			);
		});
	}

	plan(analysis: Analysis | undefined, params: RunPlanParams | RunPlanWithParams): RunPlanResult {
		const found = this.#find(analysis, params);
		if ('error' in found) return found;
		const { subject, catalog, place, predicted } = found;
		const backend = backendNamed(params.backend);
		if (!backend) return noBackend();
		const answers = 'answers' in params ? textsOf(params.answers) : {};
		const { timeoutMs } = params;
		const wanted = {
			backend,
			sizes: params.sizes === 'correct' ? 'correct' : 'written',
			system: params.system === 'macOS' || params.system === 'Linux' ? params.system : this.#system,
			answers,
			...(isTimeout(timeoutMs) ? { timeoutMs } : {}),
		} as const;
		const prepared = prepare(subject, wanted, catalog);
		if ('error' in prepared) return prepared;
		const { title, name, risk, effect, confirm, questions, notes, plan } = prepared;
		// What the runner would refuse is better said now.
		const problem = planProblem(plan);
		if (problem !== undefined) return { error: l10n.t('The call cannot be run: {0}', problem) };
		return {
			...place,
			title,
			code: name,
			risk,
			effect,
			confirm,
			questions,
			notes,
			plan,
			run: wanted.sizes === 'written' ? { ...prepared, predicted } : prepared,
		};
	}

	result({ run, outcome }: RunResultParams): RunResultResult {
		if (!this.#trusted) return untrusted();
		if (!isRun(run) || !isOutcome(outcome)) return { error: l10n.t('This is no run and its outcome.') };
		const catalog = this.#catalogWith(run.name);
		const result = resultOf(run, outcome, catalog);
		return {
			markdown: resultMarkdown(result),
			compared: comparedMarkdown(result),
			html: resultHtml(result),
			inline: result.inline,
			status: result.status,
			json: resultJson(result),
			c: runAsC(run, catalog),
		};
	}

	probePlan(analysis: Analysis | undefined, params: ProbePlanParams): ProbePlanResult {
		const found = this.#find(analysis, params);
		if ('error' in found) return found;
		const { subject, catalog, place } = found;
		const backend = backendNamed(params.backend);
		if (!backend) return noBackend();
		const { timeoutMs } = params;
		const prepared = prepareProbe(subject, { backend, ...(isTimeout(timeoutMs) ? { timeoutMs } : {}) }, catalog);
		if ('error' in prepared) return prepared;
		const { title, name, risk, effect, confirm, plans } = prepared;
		return { ...place, title, code: name, risk, effect, confirm, plans, probe: prepared };
	}

	probeResult({ probe, outcomes }: ProbeResultParams): ProbeResultResult {
		if (!this.#trusted) return untrusted();
		if (!isProbe(probe) || !Array.isArray(outcomes) || !outcomes.every(isOutcome)) {
			return { error: l10n.t('This is no probe and its outcomes.') };
		}
		const result = probeResultOf(probe, outcomes);
		const inline = result.sides
			.map(verdictOf)
			.map(({ subject, came }) => `${subject} ${came}`)
			.join(', ');
		return {
			markdown: probeMarkdown(result),
			html: probeHtml(result),
			inline: inline || (result.failure ?? l10n.t('no answer')),
			json: `${JSON.stringify(result, null, 2)}\n`,
		};
	}

	#find(analysis: Analysis | undefined, { position }: Pick<RunPlanParams, 'position'>): Found | Failure {
		if (!this.#trusted) return untrusted();
		const call = analysis && callAt(analysis, position);
		if (!call) return noCall();
		const { catalog } = analysis;
		const subject = subjectOfCall(call, catalog);
		if ('error' in subject) return subject;
		const alike = analysis.calls.filter((other) => codeName(other) === codeName(call));
		const place = { endLine: analysis.document.positionAt(call.end).line, ordinal: alike.indexOf(call) };
		// The name in the source may be a further name of the code.
		const errors = analysis.findings.filter((finding) => finding.call === call && finding.severity === 'error');
		const predicted = errors.map(({ message }) => message);
		return { subject: subject.entry ? subject : { ...subject, name: codeName(call) }, catalog, place, predicted };
	}
}

const isTimeout = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;

function textsOf(answers: unknown): FieldInputs {
	if (typeof answers !== 'object' || answers === null) return {};
	return Object.fromEntries(
		Object.entries(answers)
			.slice(0, 500)
			.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
	);
}

/** What the client hands back was made here, but it may come out of a store of another version. */
function has(value: unknown, ...keys: string[]): boolean {
	return typeof value === 'object' && value !== null && keys.every((key) => key in value);
}

const isRun = (value: unknown): value is PreparedRun =>
	has(value, 'title', 'api', 'name', 'backend', 'system', 'target', 'input', 'output', 'notes', 'plan');

const isProbe = (value: unknown): value is PreparedProbe =>
	has(value, 'title', 'name', 'code', 'plans', 'tries', 'catalog', 'variable');

const isOutcome = (value: unknown): value is Outcome =>
	has(value, 'kind') && ((value as Outcome).kind === 'done' ? has(value, 'report') : has(value, 'message'));
