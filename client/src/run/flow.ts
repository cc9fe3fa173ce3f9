/** Live runs from the click to the history. */
import { randomUUID } from 'node:crypto';
import {
	commands,
	type Disposable,
	type ExtensionContext,
	env,
	type LogOutputChannel,
	l10n,
	Position,
	Range,
	Uri,
	ViewColumn,
	window,
	workspace,
} from 'vscode';
import {
	type CallPlace,
	ProbePlanRequest,
	ProbeResultRequest,
	type RunPlan,
	RunPlanRequest,
	RunPlanWithRequest,
	RunResultRequest,
} from '../../../server/src/lsp/protocol.ts';
import type { CallPosition } from '../call.ts';
import type { LensServer } from '../languageClient.ts';
import { runObstacle } from '../trust.ts';
import { type Backend, hasWinsock } from './backendChoice.ts';
import { type Answers, askAll, type Judge } from './form.ts';
import { describeTime, type HistoryEntry, RunHistory } from './history.ts';
import { RunProcess } from './process.ts';
import { ResultView } from './resultView.ts';
import { RunStatusItem } from './runStatus.ts';
import { RunsUnderWay } from './underWay.ts';

const answersKey = 'ioctlLens.runAnswers';
const agreedKey = 'ioctlLens.runAgreed';
/** Calls whose answers are remembered; the one that was asked longest ago makes room. */
const rememberedCalls = 100;
/** How long the status bar says what was done, in milliseconds. */
const messageTime = 5000;

type Sizes = 'written' | 'correct';
export type CopyForm = 'c' | 'json' | 'markdown';

/** Everything about one run but its outcome. */
type Job = Pick<
	HistoryEntry,
	'call' | 'job' | 'code' | 'title' | 'backend' | 'risk' | 'effect' | 'confirm' | 'plans' | 'prepared'
>;

/** Live runs from the click to the history: plan, questions, confirmation, execution, result. */
export class RunFlow implements Disposable {
	readonly process: RunProcess;
	readonly #history: RunHistory;
	readonly #view: ResultView;
	readonly #status = new RunStatusItem();
	/** What is under way; the status bar shows the one that runs, and how many wait. */
	readonly #underWay = new RunsUnderWay((run, waiting) => this.#status.pending(run, waiting));

	readonly #extension: ExtensionContext;
	readonly #server: LensServer;

	constructor(extension: ExtensionContext, server: LensServer, output: LogOutputChannel) {
		this.#extension = extension;
		this.#server = server;
		this.process = new RunProcess(extension, output);
		this.#history = new RunHistory(extension.workspaceState);
		this.#view = new ResultView(this.#history, (document) => server.drawLenses(document));
		server.outcomes = (document) => this.#view.lensesOf(document);
	}

	/** Runs the call at a place in the source. */
	async run(call: CallPosition, sizes: Sizes): Promise<void> {
		if (refused()) return;
		const backend = await this.process.backend();
		if (backend.obstacle !== undefined) return this.#explainRefusal(backend.obstacle, backend);
		const params = { ...call, sizes, backend: backend.name };
		const version = versionOf(call.uri);
		let plan = await this.#server.request(RunPlanRequest, params);
		if ('error' in plan) return this.#explainRefusal(plan.error, backend);
		if (plan.questions.length > 0) {
			const { title, code, questions } = plan;
			const judge: Judge = async (answers, path, token) => {
				const judged = await this.#server.request(RunPlanWithRequest, { ...params, answers }, token);
				if (!('error' in judged)) return undefined;
				if (!judged.problems) return judged.error;
				return judged.problems.find((problem) => problem.path === path)?.message;
			};
			const key = keyOf(call, code, plan.ordinal);
			const answers = await askAll(title, questions, this.#remembered(key), judge);
			if (!answers) return;
			plan = await this.#server.request(RunPlanWithRequest, { ...params, answers });
			if ('error' in plan) return this.#explainRefusal(plan.error, backend);
			await this.#remember(key, answers);
		}
		const job: Job = { ...about(plan, call, backend), job: sizes, plans: [plan.plan], prepared: plan.run };
		await this.#execute(job, { line: plan.endLine, version });
	}

	/** Tries the sizes of the code of the call at a place in the source. */
	async probe(call: CallPosition): Promise<void> {
		if (refused()) return;
		const backend = await this.process.backend();
		if (backend.obstacle !== undefined) return this.#explainRefusal(backend.obstacle, backend);
		const version = versionOf(call.uri);
		const plan = await this.#server.request(ProbePlanRequest, { ...call, backend: backend.name });
		if ('error' in plan) return this.#explainRefusal(plan.error, backend);
		const { plans, probe, endLine } = plan;
		const job: Job = { ...about(plan, call, backend), job: 'probe', plans, prepared: probe };
		await this.#execute(job, { line: endLine, version });
	}

	/** Does a run of the history once more, with the same bytes. */
	async rerun(entry: unknown): Promise<void> {
		if (refused()) return;
		const chosen = await this.#choose(entry, l10n.t('Run Again'));
		if (!chosen) return;
		const { call, job, code, title, backend, risk, effect, confirm, plans, prepared } = chosen;
		await this.#execute({ call, job, code, title, backend, risk, effect, confirm, plans, prepared });
	}

	cancel(): void {
		this.#underWay.cancel();
	}

	async show(entry: unknown): Promise<void> {
		const chosen = this.#given(entry) ?? this.#history.all[0];
		if (chosen) await this.#view.show(chosen);
	}

	/** Puts the cursor into the call that was run. */
	async goToCall(entry: unknown): Promise<void> {
		const chosen = await this.#choose(entry ?? this.#view.active(), l10n.t('Go to Call'));
		if (!chosen) return;
		const { line, character } = chosen.call.position;
		const at = new Position(line, character);
		await window.showTextDocument(Uri.parse(chosen.call.uri), {
			viewColumn: ViewColumn.One,
			selection: new Range(at, at),
		});
	}

	/** Compares two runs: those selected in the view, else two picked from a list. */
	async compare(entry: unknown, selection: unknown): Promise<void> {
		const none = entry === undefined ? this.#history.selected : [];
		const selected = Array.isArray(selection) ? selection : none;
		const [one, other] = selected.map((each) => this.#given(each));
		if (one && other && selected.length === 2) return this.#view.compare(one, other);
		const first = await this.#choose(entry, l10n.t('Compare: First Run'));
		const second = first && (await this.#choose(undefined, l10n.t('Compare: Second Run'), first));
		if (first && second) await this.#view.compare(first, second);
	}

	/** Puts a run into the clipboard: the one given, the one whose document is open, or one picked from a list. */
	async copy(entry: unknown, form: CopyForm): Promise<void> {
		const chosen = await this.#choose(entry ?? this.#view.active(), l10n.t('Copy Run'));
		if (!chosen) return;
		const text = chosen[form];
		if (text === undefined) {
			void window.showInformationMessage(l10n.t('A size probe is many calls; it has no C form.'));
			return;
		}
		await env.clipboard.writeText(text);
		window.setStatusBarMessage(l10n.t('Copied: {0}', chosen.code), messageTime);
	}

	clearHistory(): Promise<void> {
		return this.#history.clear();
	}

	async setUpWine(): Promise<void> {
		if (refused()) return;
		const result = await this.process.setUpWine();
		if (result.ok) {
			// The server names the backend in its lenses, and is told at its start.
			await this.#server.restart();
			void window.showInformationMessage(l10n.t('The Wine runner is ready: Wine {0}.', result.home.version));
		} else if (result.reason !== 'cancelled') {
			void window.showErrorMessage(result.message);
		}
	}

	/** Ends all runners. */
	async stop(): Promise<void> {
		this.#underWay.cancelAll();
		await this.process.stop();
	}

	dispose(): void {
		for (const part of [this.process, this.#history, this.#view, this.#status]) part.dispose();
	}

	/** @param end of the call, where the short result is noted; absent for a run whose source may be another by now */
	async #execute(job: Job, end?: { line: number; version: number | undefined }): Promise<void> {
		if (!(await this.#agreed(job))) return;
		const run = this.#underWay.begin(job.code);
		void commands.executeCommand('setContext', 'ioctlLens.running', true);
		let entry: HistoryEntry | undefined;
		try {
			entry = await this.#carryOut(job, run.abort.signal);
		} finally {
			this.#underWay.end(run);
			// Of several runs the last one to end is told; until then the next one's clock goes on.
			if (this.#underWay.size === 0) {
				void commands.executeCommand('setContext', 'ioctlLens.running', false);
				if (entry) this.#status.ended(entry.code, entry.status, entry.inline);
				else this.#status.clear();
			}
		}
		await this.#history.add(entry);
		if (end) this.#view.annotate(entry, end.line, end.version);
		await this.#view.show(entry);
	}

	async #carryOut(job: Job, signal: AbortSignal): Promise<HistoryEntry> {
		const entry = { ...job, id: randomUUID(), time: Date.now() };
		const outcomes = [];
		for (const plan of job.plans) {
			const outcome = await this.process.run({ ...(plan as object), confirmed: job.confirm }, signal);
			outcomes.push(outcome);
			if (outcome.kind !== 'done') break;
		}
		const last = outcomes.at(-1);
		if (!last) throw new Error('a plan without steps');
		if (job.job === 'probe') {
			const result = await this.#server.request(ProbeResultRequest, { probe: job.prepared, outcomes });
			if ('error' in result) throw new Error(result.error);
			return { ...entry, ...result, status: last.kind === 'done' ? 'ok' : last.kind };
		}
		const result = await this.#server.request(RunResultRequest, { run: job.prepared, outcome: last });
		if ('error' in result) throw new Error(result.error);
		return { ...entry, ...result };
	}

	/** Asks before a run that reaches beyond its own socket. An unknown code is asked for each time. */
	async #agreed({ code, backend, effect, confirm, risk }: Job): Promise<boolean> {
		const agreed = this.#extension.workspaceState.get<readonly string[]>(agreedKey, []);
		const lasting = risk !== 'unknown';
		if (!confirm || (lasting && agreed.includes(code))) return true;
		const once = l10n.t('Run');
		const always = l10n.t("Run and Don't Ask Again for This Code");
		const options = { modal: true, detail: effect };
		const choice = await window.showWarningMessage(
			l10n.t('Run {0} on {1}?', code, backend),
			options,
			once,
			...(lasting ? [always] : []),
		);
		if (choice === always) await this.#extension.workspaceState.update(agreedKey, [...agreed, code]);
		return choice !== undefined;
	}

	/** Says why there is no plan; where Wine would help, it can be set up from there. */
	async #explainRefusal(reason: string, backend: Backend): Promise<void> {
		const setUp = l10n.t('Set Up Wine Runner');
		const helps = !hasWinsock(backend) && (await this.process.lacksWine());
		void window.showWarningMessage(reason, ...(helps ? [setUp] : [])).then((choice) => {
			if (choice === setUp) void commands.executeCommand('ioctlLens.setUpWine');
		});
	}

	#given(entry: unknown): HistoryEntry | undefined {
		const id = (entry as Partial<HistoryEntry> | null | undefined)?.id;
		return typeof id === 'string' ? this.#history.find(id) : undefined;
	}

	/** The run that a command was given, else the only one there is, else one that the user picks. */
	async #choose(entry: unknown, title: string, without?: HistoryEntry): Promise<HistoryEntry | undefined> {
		const given = this.#given(entry);
		if (given) return given;
		const entries = this.#history.all.filter((each) => each !== without);
		if (entries.length === 0) {
			void window.showInformationMessage(l10n.t('There is no run in the history.'));
			return undefined;
		}
		const items = entries.map((each) => ({
			label: each.code,
			description: each.inline,
			detail: `${each.title} · ${describeTime(each)}`,
			each,
		}));
		return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.each;
	}

	#remembered(key: string): Answers {
		const all = this.#extension.workspaceState.get<Readonly<Record<string, Answers>>>(answersKey, {});
		return all[key] ?? {};
	}

	async #remember(own: string, answers: Answers): Promise<void> {
		const all = this.#extension.workspaceState.get<Readonly<Record<string, Answers>>>(answersKey, {});
		const others = Object.entries(all).filter(([key]) => key !== own);
		const kept = [...others, [own, answers] as const].slice(-rememberedCalls);
		await this.#extension.workspaceState.update(answersKey, Object.fromEntries(kept));
	}
}

/** Lines move while a file is written; the code, and the place among its calls, tell calls apart well enough. */
const keyOf = ({ uri }: CallPosition, code: string, ordinal: CallPlace['ordinal']): string =>
	`${uri}#${code}#${ordinal}`;

const versionOf = (document: string): number | undefined =>
	workspace.textDocuments.find(({ uri }) => uri.toString() === document)?.version;

function about(
	{ code, title, risk, effect, confirm }: Pick<RunPlan, 'code' | 'title' | 'risk' | 'effect' | 'confirm'>,
	call: CallPosition,
	backend: Backend,
) {
	return { code, title, risk, effect, confirm, call, backend: backend.label };
}

/** Says why nothing can be run in this window, if so. */
function refused(): boolean {
	const obstacle = runObstacle();
	if (obstacle !== undefined) void window.showWarningMessage(obstacle);
	return obstacle !== undefined;
}
