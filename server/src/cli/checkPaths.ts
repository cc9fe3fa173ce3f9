/** Checks the files below some paths. */
import { relative, sep } from 'node:path';
import { Catalog } from '../catalog/catalog.ts';
import { mayHoldCalls } from '../check/prefilter.ts';
import { languageOf } from '../languages/languageOf.ts';
import { displayPath, findSources, SourceReader } from '../node/files.ts';
import type { CallRecord, Report, ReportedFinding, Tool } from '../report/format.ts';
import type { Settings } from '../settings.ts';
import { excluder } from '../workspace/exclude.ts';
import type { Skipped } from '../workspace/skipped.ts';
import { Inspectors, type Task } from './inspect.ts';

/** An editor wants to stay quick; a command line wants to see everything that may be source. In bytes. */
export const DEFAULT_MAX_FILE_SIZE = 16 * 1024 * 1024;

/** Source text held at a time, in UTF-16 units. */
const BATCH = 32 * 1024 * 1024;

/** Reading this many files takes as long as starting a thread. */
const LARGE_TREE = 1000;

export interface CheckRequest {
	readonly paths: readonly string[];
	/** Absolute path that relative paths start from, on the command line and in the report. */
	readonly folder: string;
	readonly settings: Settings;
	/** Folder that the globs of `settings.exclude` are relative to. */
	readonly settingsFolder: string;
	/** Threads at most. */
	readonly jobs: number;
	readonly tool: Tool;
}

/** Checks everything; what could not be checked is named in the report. */
export async function checkPaths({
	paths,
	folder,
	settings,
	settingsFolder,
	jobs,
	tool,
}: CheckRequest): Promise<Report> {
	const excludes = excluder(settings.exclude);
	const isExcluded = (path: string): boolean => {
		const below = relative(settingsFolder, path);
		return !below.startsWith('..') && excludes(below.split(sep).join('/'));
	};
	const {
		files,
		skipped: notTaken,
		raw,
	} = findSources(paths, folder, settings.exclude.length > 0 ? isExcluded : undefined);
	const skipped: Skipped[] = [...notTaken];
	const calls: CallRecord[] = [];
	const findings: ReportedFinding[] = [];
	let read = 0;
	let withCalls = 0;
	let batch: Task[] = [];
	let held = 0;

	const inspectors = new Inspectors(settings, jobs);
	const checkBatch = async () => {
		const outcomes = await inspectors.inspect(batch);
		for (const [at, { path }] of batch.entries()) {
			const outcome = outcomes[at] ?? { failure: 'could not be analysed' };
			if ('failure' in outcome) {
				skipped.push({ path, reason: 'not-analysed', detail: outcome.failure });
				continue;
			}
			read++;
			if (outcome.calls.length > 0) withCalls++;
			calls.push(...outcome.calls);
			findings.push(...outcome.findings);
		}
		batch = [];
		held = 0;
	};

	const reader = new SourceReader(settings.maxFileSize, Catalog.builtin, Object.keys(settings.functions));
	for (const [index, path] of files.entries()) {
		// Signals are served in between.
		if (index % 512 === 511) await new Promise((resolve) => setImmediate(resolve));
		const result = reader.read(path, raw.get(path));
		if (result && 'reason' in result) skipped.push(result);
		else if (result && mayHoldCalls(result.text, Catalog.builtin, settings, languageOf(path, undefined, result.text))) {
			batch.push({ path, name: displayPath(path, folder), text: result.text });
			held += result.text.length;
			// Threads load while the rest of a large tree is read.
			if (files.length >= LARGE_TREE) inspectors.prepare(batch.length);
			if (held > BATCH) await checkBatch();
		} else read++;
	}
	await checkBatch();
	await inspectors.end();

	return {
		tool,
		folder,
		files: {
			read,
			withCalls,
			skipped: skipped.map(({ path, reason, detail }) => ({ file: displayPath(path, folder), reason, detail })),
		},
		calls,
		findings,
	};
}
