/** Checks the files below some paths. */
import { resolve } from 'node:path';
import { unwatched } from '../node/disk.ts';
import { displayPath, findSources, namedSource, type Sources, type WalkOptions } from '../node/files.ts';
import type { CallRecord, Report, ReportedFinding } from '../report/format.ts';
import type { Skipped } from '../workspace/skipped.ts';
import { collectSooner } from './collectSooner.ts';
import { Inspectors } from './inspect.ts';
import { Reading } from './reading.ts';
import { type CheckRequest, identities } from './request.ts';
import { isInShard, withIncluders } from './selection.ts';

/** Reading this many files takes as long as starting a thread. */
const LARGE_TREE = 500;

/** In a tree with more files memory counts for more than a tenth of the time. */
const HUGE_TREE = 20_000;

/** Checks everything; what could not be checked is named in the report. */
export async function checkPaths(request: CheckRequest): Promise<Report> {
	const { folder, configurations, jobs, tool } = request;
	const inspectors = new Inspectors(jobs);
	const found = sourcesOf(request, {
		excluded: (path) => request.excluded?.(path) || configurations.excludes(path),
		// Threads load while the rest of a large tree is looked through.
		onFile: (number) => {
			if (number === LARGE_TREE && !request.cache?.isFilled) inspectors.prepare();
			if (number === HUGE_TREE) collectSooner();
		},
	});
	const outcomes = await new Reading(found, request, inspectors).all();
	await inspectors.end();

	// What went wrong once need not again.
	if (outcomes.some((outcome) => outcome && 'failure' in outcome)) unwatched();
	const skipped: Skipped[] = [...found.skipped];
	const calls: CallRecord[] = [];
	const findings: ReportedFinding[] = [];
	const silenced: ReportedFinding[] = [];
	let read = 0;
	let withCalls = 0;
	for (const [at, path] of found.files.entries()) {
		const outcome = outcomes[at];
		if (outcome && 'reason' in outcome) skipped.push(outcome);
		else if (outcome && 'failure' in outcome) skipped.push({ path, reason: 'not-analysed', detail: outcome.failure });
		else {
			read++;
			if (!outcome) continue;
			if (outcome.calls.length > 0) withCalls++;
			for (const call of outcome.calls) calls.push(call);
			for (const finding of outcome.findings) findings.push(finding);
			for (const finding of outcome.silenced ?? []) silenced.push(finding);
		}
	}

	return {
		tool,
		folder,
		files: {
			read,
			withCalls,
			skipped: skipped.map(({ path, reason, detail }) => ({ file: displayPath(path, folder), reason, detail })),
		},
		callCount: calls.length,
		calls,
		findings,
		silenced,
	};
}

/** The files that the request is about. */
function sourcesOf(request: CheckRequest, options: WalkOptions): Sources {
	const { paths, folder, configurations, changed, shard, input } = request;
	const [only] = paths;
	if (input && only !== undefined) return namedSource(resolve(folder, only), options.excluded);
	const found = findSources(paths, folder, options);
	const selected =
		changed && withIncluders(found.files, found.raw, changed, (path) => configurations.of(path).maxFileSize);
	const identify = identities(request);
	const files = found.files.filter(
		(path) => (!selected || selected.has(path)) && (!shard || isInShard(identify(path), shard)),
	);
	// What could not be had is told by one of the machines.
	return { files, raw: found.raw, skipped: shard && shard.part > 1 ? [] : found.skipped };
}
