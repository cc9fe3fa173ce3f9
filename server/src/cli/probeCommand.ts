/** `ioctl-lens probe`: which buffer sizes the system takes, beside what the catalog says. */
import type { Command } from 'commander';
import type { Outcome } from '../../../native/src/outcome.ts';
import type { Runner } from '../../../native/src/runner.ts';
import { columns } from '../reference/render/columns.ts';
import { BACKENDS } from '../run/backends/all.ts';
import {
	canProbe,
	type PreparedProbe,
	type ProbeResult,
	prepareProbe,
	probePlain,
	probeResultOf,
} from '../run/probe.ts';
import { subjectOf } from '../run/subject.ts';
import { catalogAt } from './config.ts';
import { confirmedPlan, makeRunner, RUN_EXIT, type RunnerFlags, runnerOptions } from './runCommand.ts';
import type { Surroundings } from './surroundings.ts';

/** Adds `probe`. `settle` takes the exit status. */
export function addProbeCommand(program: Command, at: Surroundings, settle: (status: number) => void): void {
	// The calls of libc are told no sizes.
	runnerOptions(program.command('probe'), 'winsock')
		.description('find the smallest buffers that the system takes, beside what the catalog says')
		.argument('[code|number]', 'one code in full; otherwise every code that can be probed')
		.addHelpText('after', '\nExit status: 0 system and catalog agree, 1 they differ, 2 nothing was run.')
		.action(async (query: string | undefined, flags: RunnerFlags) => settle(await probe(query, flags, at)));
}

async function probe(query: string | undefined, flags: RunnerFlags, at: Surroundings): Promise<number> {
	const fail = (message: string): number => {
		at.err(`ioctl-lens: ${message}\n`);
		return RUN_EXIT.failure;
	};
	const prepared = prepareAll(query, flags, at);
	if ('error' in prepared) return fail(prepared.error);
	const runner = makeRunner(flags, at);
	const results: ProbeResult[] = [];
	try {
		const available = await runner.probe(flags.backend);
		if (!available.ok) return fail(available.message);
		for (const one of prepared) results.push(probeResultOf(one, await runAll(runner, one)));
	} finally {
		await runner.dispose();
	}
	if (flags.format === 'json') at.out(`${JSON.stringify({ probes: results }, null, 2)}\n`);
	else if (query !== undefined) at.out(results.map(probePlain).join('\n'));
	else at.out(overview(results));
	if (query !== undefined && results.every((r) => r.sides.length === 0)) return RUN_EXIT.failure;
	return results.some((r) => r.sides.some((s) => s.agrees === false)) ? RUN_EXIT.answered : RUN_EXIT.ok;
}

/** The probes of one code, or of all that can be probed; those that need an agreement are left out of all and told. */
function prepareAll(
	query: string | undefined,
	flags: RunnerFlags,
	at: Surroundings,
): PreparedProbe[] | { readonly error: string } {
	const { catalog } = catalogAt(at.folder);
	const names = query === undefined ? catalog.entries.codes.filter(canProbe).map((c) => c.name) : [query];
	const wanted = { backend: flags.backend, ...(flags.timeout === undefined ? {} : { timeoutMs: flags.timeout }) };
	const prepared: PreparedProbe[] = [];
	for (const name of names.sort()) {
		const subject = subjectOf(name, catalog);
		if ('error' in subject) return subject;
		const one = prepareProbe(subject, wanted, catalog);
		if ('error' in one) {
			if (query !== undefined || !BACKENDS[flags.backend].tellsSizes) return one;
			continue;
		}
		if (!one.confirm || flags.yes) prepared.push(one);
		else if (query !== undefined) return { error: `${one.effect} Add --yes to probe it all the same.` };
		else at.err(`ioctl-lens: skipped ${one.name}: ${one.effect}\n`);
	}
	return prepared;
}

/** One plan after the other. When no socket can be made for the first, the others would fail alike. */
async function runAll(runner: Runner, { plans, confirm }: PreparedProbe): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	for (const plan of plans) {
		const outcome = await runner.run(confirmedPlan(plan, confirm));
		outcomes.push(outcome);
		if (outcome.kind === 'failed') break;
	}
	return outcomes;
}

/** One line for each code. */
function overview(results: readonly ProbeResult[]): string {
	const side = (result: ProbeResult, which: 'input' | 'output'): string[] => {
		const found = result.sides.find((s) => s.side === which);
		if (!found) return ['', ''];
		// Where no size at all works, the answer itself says why.
		const system = found.minimum ?? [...new Set(found.ranges.map((r) => r.answer))].join(', ');
		return [found.catalog === null ? '' : String(found.catalog), `${system}${found.agrees === false ? ' !' : ''}`];
	};
	const rows = results.map((r) => [
		r.name,
		...(r.sides.length > 0 ? [...side(r, 'input'), ...side(r, 'output')] : ['', r.failure ?? '', '', '']),
	]);
	const system = results.find((r) => r.system)?.system;
	return `${[
		...(system === undefined ? [] : [`Answered by ${system}; ! marks where system and catalog differ.`, '']),
		...columns([['code', 'input: catalog', 'system', 'output: catalog', 'system'], ...rows]),
	].join('\n')}\n`;
}
