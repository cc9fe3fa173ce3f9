/**
 * The callers' side of the runner: starts it, hands it plans one at a time, and turns every way it can end into an
 * Outcome. Needs nothing of VS Code; the extension, the server and the command line use it alike.
 */

import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import * as l10n from '@vscode/l10n';
import { ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import { type Ending, type Launch, RunnerChild } from './child.ts';
import { runnerEnvironment, wineEnvironment } from './environment.ts';
import { describeExit, type FailureReason, type Outcome, telling } from './outcome.ts';
import { type BackendName, checkPlan, homeOf, isAtHome, type Plan, problemText, type SystemInfo } from './plan.ts';
import { PROTOCOL, type Ready, type RunAnswer } from './runnerProtocol.ts';
import { type WineHome, type WineLookup, winePath } from './wine.ts';

export type { FailureReason, Outcome } from './outcome.ts';

export interface RunnerOptions {
	/** The bundled runner, `dist/runner.cjs`. */
	script: string;
	/** The runtime for it; by default the one of this process, Node or VS Code's Electron. */
	runtime?: string;
	/** The folder whose packages hold koffi; by default the script's own surroundings. */
	packages?: string;
	/** For `winsock` plans off Windows: what `findWine` found, or a function that looks when it is needed. */
	wine?: WineLookup | (() => Promise<WineLookup>);
	/** How long a runner may take to become ready; by default 15 s, under Wine 60 s. */
	startTimeoutMs?: number;
	/** An unused runner is ended after this time; by default 30 s. */
	idleMs?: number;
	/** After this many crashes within the window it is not started again; by default 5 within 3 minutes. */
	crashLimit?: number;
	crashWindowMs?: number;
	env?: NodeJS.ProcessEnv;
	/** For a log. */
	onEvent?: (event: RunnerEvent) => void;
}

export type RunnerEvent =
	| { type: 'started'; backend: BackendName; pid: number | undefined; system: SystemInfo; startMs: number }
	| { type: 'ended'; backend: BackendName; exitCode: number | null; signal: NodeJS.Signals | null; stderr: string[] };

export type Availability = { ok: true; system: SystemInfo } | { ok: false; reason: FailureReason; message: string };

type Failed = Extract<Outcome, { kind: 'failed' }>;

/** Runs plans in processes of their own, one process for each backend. Plans for the same backend wait for each other. */
export class Runner {
	readonly #options: RunnerOptions;
	readonly #lanes = new Map<BackendName, Lane>();
	#disposed = false;

	constructor(options: RunnerOptions) {
		this.#options = options;
	}

	/**
	 * Run a plan. Never rejects. Aborting kills the process that runs it; the next plan gets a new one.
	 * @param plan anything; it is checked first
	 */
	async run(plan: unknown, signal?: AbortSignal): Promise<Outcome> {
		const check = checkPlan(plan);
		if (!check.ok) return failed('plan-refused', problemText(check.problem), { problem: check.problem });
		if (this.#disposed) return failed('start-failed', l10n.t('The runner has been shut down.'));
		return this.#lane(check.plan.backend).run(check.plan, signal);
	}

	/** Start the runner of a backend, if need be, and say whether plans for it can run here, on what, and if not, why. */
	async probe(backend: BackendName, signal?: AbortSignal): Promise<Availability> {
		if (this.#disposed) return { ok: false, reason: 'start-failed', message: l10n.t('The runner has been shut down.') };
		return this.#lane(backend).probe(signal);
	}

	/** Forget past crashes, for when the user asks to try again. */
	reset(): void {
		for (const lane of this.#lanes.values()) lane.forgive();
	}

	/** End all processes and wait until they are gone. */
	async dispose(): Promise<void> {
		this.#disposed = true;
		await Promise.all([...this.#lanes.values()].map((lane) => lane.end()));
	}

	#lane(backend: BackendName): Lane {
		let lane = this.#lanes.get(backend);
		if (!lane) {
			lane = new Lane(backend, this.#options);
			this.#lanes.set(backend, lane);
		}
		return lane;
	}
}

/** The process of one backend, and the queue in front of it. */
class Lane {
	readonly #backend: BackendName;
	readonly #options: RunnerOptions;
	#child: RunnerChild | undefined;
	#system: SystemInfo | undefined;
	#queue: Promise<void> = Promise.resolve();
	#crashes: number[] = [];
	#idle: NodeJS.Timeout | undefined;
	#ending = false;

	constructor(backend: BackendName, options: RunnerOptions) {
		this.#backend = backend;
		this.#options = options;
	}

	run(plan: Plan, signal: AbortSignal | undefined): Promise<Outcome> {
		return this.#inTurn(signal, async () => {
			const started = await this.#start(signal);
			return 'kind' in started ? started : this.#ask(started, plan, signal);
		});
	}

	async probe(signal: AbortSignal | undefined): Promise<Availability> {
		const started = await this.#inTurn<Outcome | RunnerChild>(signal, () => this.#start(signal));
		if (!('kind' in started) && this.#system) return { ok: true, system: this.#system };
		if ('kind' in started && started.kind === 'failed') {
			return { ok: false, reason: started.reason, message: started.message };
		}
		const message = 'message' in started ? started.message : l10n.t('The runner did not become ready.');
		return { ok: false, reason: 'start-failed', message };
	}

	forgive(): void {
		this.#crashes = [];
	}

	async end(): Promise<void> {
		this.#ending = true;
		clearTimeout(this.#idle);
		// Idle, it would not keep this process alive until it is gone.
		this.#child?.hold(true);
		this.#child?.kill();
		await this.#queue;
		await this.#child?.ended;
	}

	/** One at a time. A plan that is cancelled while it waits never reaches the runner, and hears so at once. */
	#inTurn<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T | Outcome> {
		return new Promise((resolve) => {
			const giveUp = (): void => resolve(cancelled());
			signal?.addEventListener('abort', giveUp, { once: true });
			this.#queue = this.#queue.then(async () => {
				signal?.removeEventListener('abort', giveUp);
				if (signal?.aborted || this.#ending) {
					giveUp();
					return;
				}
				clearTimeout(this.#idle);
				this.#child?.hold(true);
				try {
					resolve(await work());
				} catch (error) {
					resolve(failed('runner-error', l10n.t('The runner could not be used: {0}', words(error))));
				}
				this.#rest();
			});
		});
	}

	/** Let the process idle for a while, without keeping this one alive. */
	#rest(): void {
		const child = this.#child;
		if (!child?.usable) return;
		child.hold(false);
		this.#idle = setTimeout(() => child.kill(), this.#options.idleMs ?? 30_000);
		this.#idle.unref();
	}

	async #start(signal: AbortSignal | undefined): Promise<RunnerChild | Outcome> {
		if (this.#child?.usable) return this.#child;
		// It is on its way out, as a rule because it was idle: that is no crash, and no reason to wait for long.
		if (this.#child) await race({ ended: this.#child.ended }, ENDING_MS, signal);
		if (signal?.aborted || this.#ending) return cancelled();
		const tired = this.#tooManyCrashes();
		if (tired) return tired;
		const launch = await this.#launch();
		if ('kind' in launch) return launch;
		// Looking for Wine may have taken a while.
		if (signal?.aborted || this.#ending) return cancelled();

		const startedAt = performance.now();
		const child = new RunnerChild(launch);
		this.#child = child;
		void child.ended.then(({ exitCode, signal, stderr }) =>
			this.#options.onEvent?.({ type: 'ended', backend: this.#backend, exitCode, signal, stderr }),
		);
		const limit = this.#options.startTimeoutMs ?? (launch.wine ? 60_000 : 15_000);
		const first = await race({ ready: child.ready, ended: child.ended }, limit, signal);
		if (first.name !== 'ready') {
			child.kill();
			const ending = await child.ended;
			if (first.name === 'aborted' || this.#ending) return cancelled();
			if (first.name === 'time') {
				return failed('start-failed', l10n.t('The runner was not ready after {0} ms, and was ended.', limit), {
					stderr: ending.stderr,
				});
			}
			return this.#endedEarly(ending, 'start', launch.command);
		}
		const refusal = this.#judgeReady(first.value);
		if (refusal) {
			child.kill();
			await child.ended;
			return refusal;
		}
		const startMs = performance.now() - startedAt;
		if (this.#system) {
			const { pid } = child;
			this.#options.onEvent?.({ type: 'started', backend: this.#backend, pid, system: this.#system, startMs });
		}
		return child;
	}

	#judgeReady(ready: Ready): Failed | undefined {
		if (ready?.protocol !== PROTOCOL) {
			return failed(
				'start-failed',
				l10n.t('The runner speaks another version of the protocol; it belongs to another release.'),
			);
		}
		if ('missing' in ready) return failed('backend-missing', ready.missing.message);
		if (ready.backend !== this.#backend) {
			return failed(
				'backend-missing',
				l10n.t('The runner has the {0} backend, not {1}.', ready.backend, this.#backend),
			);
		}
		this.#system = ready.system;
		return undefined;
	}

	async #ask(child: RunnerChild, plan: Plan, signal: AbortSignal | undefined): Promise<Outcome> {
		const answer = child.request(plan).then(
			(value) => ({ value }),
			(error: unknown) => ({ error }),
		);
		// A process that dies also rejects what was asked of it; its ending tells more, so let it come first.
		const settled = answer.then(async (result) => {
			if ('error' in result && !isAnswered(result.error)) await child.ended;
			return result;
		});
		const first = await race({ ended: child.ended, settled }, plan.timeoutMs, signal);
		switch (first.name) {
			case 'settled':
				if (!child.alive) return this.#endedEarly(await child.ended, 'run', 'the runner');
				if ('error' in first.value)
					return failed('runner-error', l10n.t('The runner failed: {0}', words(first.value.error)));
				return judgeAnswer(first.value.value, plan);
			case 'ended':
				return this.#endedEarly(first.value, 'run', 'the runner');
			case 'aborted':
				child.kill();
				await child.ended;
				return cancelled();
			case 'time': {
				child.kill();
				await child.ended;
				const message = `The call had not ended after ${plan.timeoutMs} ms, so its process was ended.`;
				return { kind: 'timed-out', message, afterMs: plan.timeoutMs };
			}
		}
	}

	/** What a runner's unexpected end means. All of these count as crashes. */
	#endedEarly(ending: Ending, phase: 'start' | 'run', command: string): Outcome {
		if (this.#ending) return cancelled();
		const { exitCode, signal, spawnError, violation, stderr } = ending;
		if (spawnError) return failed('start-failed', l10n.t('{0} could not be started: {1}', command, spawnError.message));
		this.#crashes.push(performance.now());
		if (violation) {
			const { kind, message } = violation;
			// Without its output a runner is as good as gone.
			const reason = kind === 'closed' ? 'garbage' : kind;
			return failed(reason, VIOLATIONS[kind](message), { stderr });
		}
		const when = phase === 'start' ? 'before it was ready' : 'during the call';
		const last = telling(stderr);
		const message = `The runner ended ${when}: ${describeExit(exitCode, signal)}.${last ? ` It last said: ${last}` : ''}`;
		return { kind: 'crashed', message, phase, exitCode, signal, stderr };
	}

	#tooManyCrashes(): Failed | undefined {
		const limit = this.#options.crashLimit ?? 5;
		const window = this.#options.crashWindowMs ?? 3 * 60 * 1000;
		const now = performance.now();
		this.#crashes = this.#crashes.filter((at) => now - at < window);
		const oldest = this.#crashes[0];
		if (this.#crashes.length < limit || oldest === undefined) return undefined;
		const seconds = Math.ceil((oldest + window - now) / 1000);
		return failed(
			'too-many-crashes',
			l10n.t(
				'The runner crashed {0} times within {1} seconds. It can be started again in {2} seconds.',
				this.#crashes.length,
				Math.round(window / 1000),
				seconds,
			),
		);
	}

	async #launch(): Promise<(Launch & { wine: boolean }) | Failed> {
		const { script, wine } = this.#options;
		if (!existsSync(script)) return failed('start-failed', l10n.t("The runner's program {0} is missing.", script));
		const env = this.#options.env ?? process.env;
		const home = homeOf(this.#backend);
		const named = `--backend=${this.#backend}`;
		if (isAtHome(this.#backend, process.platform)) {
			const electron = this.#options.runtime === undefined && process.versions.electron !== undefined;
			const packages = this.#options.packages;
			return {
				command: this.#options.runtime ?? process.execPath,
				args: [script, named, ...(packages === undefined ? [] : [`--koffi=${packages}`])],
				env: runnerEnvironment(env, process.platform, electron),
				cwd: dirname(script),
				wine: false,
			};
		}
		if (!home.wine) return failed('backend-missing', home.missing());
		const lookup = typeof wine === 'function' ? await wine() : wine;
		if (!lookup) return failed('backend-missing', home.missing());
		if (!lookup.ok) return failed('backend-missing', lookup.message);
		return { ...wineLaunch(lookup.home, script, named, env), wine: true };
	}
}

/** How long a process that was ended is waited for before the next one is started, in milliseconds. */
const ENDING_MS = 2000;

const VIOLATIONS: Readonly<Record<'garbage' | 'flood' | 'closed', (why: string) => string>> = {
	garbage: (why) => l10n.t('The runner wrote something that is no message ({0}), and was ended.', why),
	flood: (why) => l10n.t('The runner wrote more than any answer can have ({0}), and was ended.', why),
	closed: (why) => l10n.t('The runner can no longer answer ({0}), and was ended.', why),
};

function wineLaunch(home: WineHome, script: string, named: string, env: NodeJS.ProcessEnv): Launch {
	return {
		command: home.wine,
		args: [home.node, winePath(script), named, `--koffi=${winePath(home.packages)}`],
		env: wineEnvironment(env, home.prefix),
		cwd: dirname(script),
	};
}

/** The runner may be anything by now; an answer must at least be one to this plan. */
function judgeAnswer(answer: RunAnswer, plan: Plan): Outcome {
	if (answer?.ok === true && answer.report?.steps?.length === plan.steps.length) {
		return { kind: 'done', report: answer.report };
	}
	if (answer?.ok !== false || typeof answer.failure?.message !== 'string') {
		return failed('garbage', l10n.t('The runner answered with something that is no report.'));
	}
	const { failure } = answer;
	switch (failure.reason) {
		case 'plan-refused':
			return failed('plan-refused', failure.message, { problem: failure.problem });
		case 'socket-setup': {
			const { call, error, errorName } = failure;
			return failed('socket-setup', failure.message, { setup: { call, error, errorName } });
		}
		default:
			return failed('backend-missing', failure.message);
	}
}

function failed(reason: FailureReason, message: string, more: Partial<Failed> = {}): Failed {
	return { kind: 'failed', reason, message, ...more };
}

function cancelled(): Outcome {
	return { kind: 'cancelled', message: 'The run was cancelled.' };
}

/** An error that the runner itself sent, and not one that the connection made up because it broke. */
function isAnswered(error: unknown): boolean {
	if (!(error instanceof ResponseError)) return false;
	const { PendingResponseRejected, MessageWriteError, MessageReadError, ConnectionInactive } = ErrorCodes;
	return ![PendingResponseRejected, MessageWriteError, MessageReadError, ConnectionInactive].includes(
		error.code as typeof PendingResponseRejected,
	);
}

function words(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

type Raced<P extends Record<string, Promise<unknown>>> =
	| { [K in keyof P & string]: { name: K; value: Awaited<P[K]> } }[keyof P & string]
	| { name: 'time' }
	| { name: 'aborted' };

/** What comes first: one of the promises, the end of the time, or the signal. */
function race<P extends Record<string, Promise<unknown>>>(
	promises: P,
	limitMs: number,
	signal: AbortSignal | undefined,
): Promise<Raced<P>> {
	return new Promise((resolve, reject) => {
		const settle = (raced: Raced<P>): void => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', abort);
			resolve(raced);
		};
		const abort = (): void => settle({ name: 'aborted' });
		const timer = setTimeout(() => settle({ name: 'time' }), limitMs);
		if (signal?.aborted) abort();
		signal?.addEventListener('abort', abort, { once: true });
		for (const [name, promise] of Object.entries(promises)) {
			promise.then((value) => settle({ name, value } as Raced<P>), reject);
		}
	});
}
