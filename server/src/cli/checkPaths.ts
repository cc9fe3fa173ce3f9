/** Checks the files below some paths. */
import { relative, sep } from 'node:path';
import { Catalog } from '../catalog/catalog.ts';
import { mayHoldCalls } from '../check/prefilter.ts';
import { languageOf } from '../languages/languageOf.ts';
import { displayPath, findSources, SourceReader, type Sources } from '../node/files.ts';
import type { CallRecord, Report, ReportedFinding, Tool } from '../report/format.ts';
import type { Settings } from '../settings.ts';
import { excluder } from '../workspace/exclude.ts';
import type { Skipped } from '../workspace/skipped.ts';
import { Inspectors, type Outcome } from './inspect.ts';

/** An editor wants to stay quick; a command line wants to see everything that may be source. In bytes. */
export const DEFAULT_MAX_FILE_SIZE = 16 * 1024 * 1024;

/** Source text that waits to be checked at a time, in UTF-16 units. */
const MOST_WAITING = 32 * 1024 * 1024;

/** Reading this many files takes as long as starting a thread. */
const LARGE_TREE = 500;

/** Files read between two looks at signals and at what the threads have done. */
const STRETCH = 64;

/** Files that are called so are read first: those that take longest to check are among them more often than not. */
const PROMISING = /sock|ioctl|wsa/i;

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
export async function checkPaths(request: CheckRequest): Promise<Report> {
	const { paths, folder, settings, settingsFolder, jobs, tool } = request;
	const excludes = excluder(settings.exclude);
	const isExcluded = (path: string): boolean => {
		const below = relative(settingsFolder, path);
		return !below.startsWith('..') && excludes(below.split(sep).join('/'));
	};
	const inspectors = new Inspectors(settings, jobs);
	const found = findSources(paths, folder, {
		excluded: settings.exclude.length > 0 ? isExcluded : undefined,
		// Threads load while the rest of a large tree is looked through.
		onFile: (number) => {
			if (number === LARGE_TREE) inspectors.prepare();
		},
	});
	const outcomes = await readAndInspect(found, request, inspectors);
	await inspectors.end();

	const skipped: Skipped[] = [...found.skipped];
	const calls: CallRecord[] = [];
	const findings: ReportedFinding[] = [];
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
		calls,
		findings,
	};
}

/** What became of each file; nothing for one without a call. */
async function readAndInspect(
	{ files, raw }: Sources,
	{ folder, settings }: CheckRequest,
	inspectors: Inspectors,
): Promise<readonly (Skipped | Outcome | undefined)[]> {
	const outcomes: (Skipped | Outcome | undefined)[] = new Array(files.length);
	const reader = new SourceReader(settings.maxFileSize, Catalog.builtin, Object.keys(settings.functions));
	let waiting: Promise<void>[] = [];
	let held = 0;
	const read = (at: number): void => {
		const path = files[at] ?? '';
		const result = reader.read(path, raw.get(path));
		if (!result || 'reason' in result) {
			outcomes[at] = result;
			return;
		}
		const { text } = result;
		if (!mayHoldCalls(text, Catalog.builtin, settings, languageOf(path, undefined, text))) return;
		held += text.length;
		const settled = inspectors.inspect({ path, name: displayPath(path, folder), text });
		waiting.push(
			settled.then((outcome) => {
				held -= text.length;
				outcomes[at] = outcome;
			}),
		);
	};
	const all = files.map((_, at) => at);
	const isPromising = (at: number): boolean => PROMISING.test(files[at] ?? '');
	const order = [...all.filter(isPromising), ...all.filter((at) => !isPromising(at))];
	const finish = async (): Promise<void> => {
		await inspectors.work();
		await Promise.all(waiting);
		waiting = [];
	};
	for (const [number, at] of order.entries()) {
		if (number % STRETCH === STRETCH - 1) await new Promise((resolve) => setImmediate(resolve));
		read(at);
		if (held > MOST_WAITING) await finish();
	}
	await finish();
	return outcomes;
}
