/** `ioctl-lens run`: one control code run live, and its answer decoded. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { BACKENDS, type BackendName, LIMITS, nativeBackend, type PlanInput } from '../../../native/src/plan.ts';
import { Runner } from '../../../native/src/runner.ts';
import { findWine, setupWine } from '../../../native/src/wine.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { PosixSystem } from '../run/backends/posix.ts';
import type { FieldInput } from '../run/buffers/encode.ts';
import { type PreparedRun, prepare } from '../run/prepare.ts';
import { resultOf } from '../run/result.ts';
import { resultJson, resultPlain } from '../run/resultText.ts';
import { subjectOf } from '../run/subject.ts';
import { catalogAt } from './config.ts';
import type { Surroundings } from './surroundings.ts';

/** The call succeeded; the system reported an error or gave no answer; wrong use, or nothing to run it with. */
export const RUN_EXIT = { ok: 0, answered: 1, failure: 2 } as const;

export interface RunnerFlags {
	readonly backend: BackendName;
	readonly wine?: string;
	readonly timeout?: number;
	readonly yes?: boolean;
	readonly format: 'text' | 'json';
}

interface RunFlags extends RunnerFlags {
	readonly field?: readonly string[];
	readonly inSize?: number;
	readonly outSize?: number;
	readonly overlapped?: boolean;
}

/** What the backend of this machine is without Wine. */
const ownBackend: BackendName = nativeBackend(process.platform);
const ownSystem: PosixSystem = process.platform === 'darwin' ? 'macOS' : 'Linux';

/** Options of every command that starts a runner. */
export function runnerOptions(command: Command, backend: BackendName): Command {
	return command
		.addOption(
			new Option('--backend <backend>', 'winsock: Windows, elsewhere through Wine; posix: the calls of libc')
				.choices(BACKENDS)
				.default(backend),
		)
		.option('--wine <folder>', 'what setup-wine made (default: $IOCTL_LENS_WINE, else in the cache folder)')
		.option('--timeout <ms>', 'end the run after this time (default: 10000)', whole(1, LIMITS.timeoutMs))
		.option('--yes', 'agree to a run that changes more than its own socket')
		.addOption(new Option('--format <format>', 'how to write the result').choices(['text', 'json']).default('text'))
		.addOption(new Option('--json', 'the same as --format json').implies({ format: 'json' }));
}

/** Adds `run` and `setup-wine`. `settle` takes the exit status. */
export function addRunCommands(program: Command, at: Surroundings, settle: (status: number) => void): void {
	runnerOptions(program.command('run'), ownBackend)
		.description('run a control code on a socket of its own and decode the answer')
		.argument('<code|number>', 'such as SIO_KEEPALIVE_VALS or 0x98000004')
		.option(
			'--field <name=value>',
			'value of an input field, again for each; the value alone where there is one',
			collect,
		)
		.option('--in-size <bytes>', 'tell the call this input size; winsock only', whole(0, 0x7fffffff))
		.option('--out-size <bytes>', 'offer this output size; winsock only', whole(0, LIMITS.outputBytes))
		.option('--overlapped', 'make an overlapped call; winsock only')
		.addHelpText('after', '\nExit status: 0 the call succeeded, 1 the system reported an error, 2 nothing was run.')
		.action(async (query: string, flags: RunFlags) => settle(await run(query, flags, at)));

	program
		.command('setup-wine')
		.description('fetch what the winsock backend needs to run under Wine (about 0.8 GB)')
		.option('--wine <folder>', 'where to put it (default: $IOCTL_LENS_WINE, else in the cache folder)')
		.action(async (flags: { wine?: string }) => {
			const folder = wineFolder(flags.wine, at);
			const result = await setupWine({ folder, onProgress: ({ message }) => at.err(`${message} ...\n`) });
			if (result.ok) at.out(`Wine ${result.home.version} is set up in ${folder}.\n`);
			else at.err(`ioctl-lens: ${result.message}\n`);
			settle(result.ok ? RUN_EXIT.ok : RUN_EXIT.failure);
		});
}

async function run(query: string, flags: RunFlags, at: Surroundings): Promise<number> {
	const fail = (message: string): number => {
		at.err(`ioctl-lens: ${message}\n`);
		return RUN_EXIT.failure;
	};
	const { catalog } = catalogAt(at.folder);
	const subject = subjectOf(query, catalog);
	if ('error' in subject) return fail(subject.error);
	const answers: Record<string, FieldInput> = Object.create(null);
	for (const field of flags.field ?? []) {
		const [path, value] = fieldOf(field);
		answers[path] = value;
	}
	const wanted = {
		backend: flags.backend,
		system: ownSystem,
		sizes: 'correct',
		answers,
		...(flags.inSize === undefined ? {} : { inSize: flags.inSize }),
		...(flags.outSize === undefined ? {} : { outSize: flags.outSize }),
		...(flags.overlapped ? { overlapped: true } : {}),
		...(flags.timeout === undefined ? {} : { timeoutMs: flags.timeout }),
	} as const;
	const prepared = prepare(subject, wanted, catalog);
	if ('error' in prepared) return fail(prepared.error);
	if (prepared.confirm && !flags.yes) {
		return fail(`${prepared.effect} Add --yes to run it all the same.`);
	}
	return runPrepared(prepared, catalog, flags, at, fail);
}

async function runPrepared(
	prepared: PreparedRun,
	catalog: Catalog,
	flags: RunnerFlags,
	at: Surroundings,
	fail: (message: string) => number,
): Promise<number> {
	const runner = makeRunner(flags, at);
	try {
		const outcome = await runner.run(confirmedPlan(prepared.plan, prepared.confirm));
		if (outcome.kind === 'failed' && outcome.reason !== 'socket-setup') return fail(outcome.message);
		const result = resultOf(prepared, outcome, catalog);
		at.out(flags.format === 'json' ? resultJson(result) : resultPlain(result));
		return result.status === 'ok' ? RUN_EXIT.ok : RUN_EXIT.answered;
	} finally {
		await runner.dispose();
	}
}

/** A plan as the runner takes it, once the user has agreed to it where that is needed. */
export const confirmedPlan = (plan: PlanInput, wasAsked: boolean): PlanInput =>
	wasAsked ? { ...plan, confirmed: true } : plan;

/** A runner as the flags ask for it; end it with `dispose`. */
export function makeRunner(flags: Pick<RunnerFlags, 'wine'>, at: Surroundings): Runner {
	const beside = join(import.meta.dirname, 'runner.cjs');
	// Among the sources, the bundle is where a build puts it.
	const script = existsSync(beside) ? beside : join(import.meta.dirname, '../../../dist/runner.cjs');
	return new Runner({
		script,
		wine: async () => {
			const lookup = await findWine({ folder: wineFolder(flags.wine, at) });
			if (lookup.ok || lookup.reason !== 'not-set-up') return lookup;
			return { ...lookup, message: `${lookup.message} Run "ioctl-lens setup-wine" once.` };
		},
	});
}

function wineFolder(flag: string | undefined, { folder, environment }: Surroundings): string {
	const named = flag ?? environment.IOCTL_LENS_WINE;
	if (named) return resolve(folder, named);
	return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ioctl-lens', 'wine');
}

const collect = (value: string, all: readonly string[] = []): string[] => [...all, value];

/** `onoff=1`; text without a name is the whole input, which `value=` names as well. */
function fieldOf(text: string): [string, string] {
	const [, path, value] = /^([A-Za-z_[][\w.[\]]*)=(.*)$/s.exec(text) ?? [];
	if (path === undefined || value === undefined) return ['', text.replace(/^=/, '')];
	return [path === 'value' ? '' : path, value];
}

function whole(lowest: number, highest: number): (text: string) => number {
	return (text) => {
		const number = Number(text);
		if (!/^(?:\d+|0x[\da-f]+)$/i.test(text) || number < lowest || number > highest) {
			throw new InvalidArgumentError(`"${text}" is no number from ${lowest} to ${highest}.`);
		}
		return number;
	};
}
