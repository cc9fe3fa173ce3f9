/** Checks the files below some paths. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Catalog } from '../catalog/catalog.ts';
import { mayHoldCalls } from '../check/prefilter.ts';
import { languageOf } from '../languages/languageOf.ts';
import { displayPath, findSources, namedSource, SourceReaders, type Sources, type WalkOptions } from '../node/files.ts';
import type { CallRecord, Report, ReportedFinding, Tool } from '../report/format.ts';
import type { Skipped } from '../workspace/skipped.ts';
import type { ResultCache } from './cache.ts';
import type { Configurations } from './config.ts';
import { Inspectors, type Outcome, type Task } from './inspect.ts';
import { isInShard, type Shard, withIncluders } from './selection.ts';

/** Source text that waits to be checked at a time, in UTF-16 units. */
const MOST_WAITING = 32 * 1024 * 1024;

/** Reading this many files takes as long as starting a thread. */
const LARGE_TREE = 500;

/** In a tree with more files memory counts for more than a tenth of the time. */
const HUGE_TREE = 20_000;

/** Files read between two looks at signals and at what the threads have done. */
const STRETCH = 64;

/** Files that are called so are read first: those that take longest to check are among them more often than not. */
const PROMISING = /sock|ioctl|wsa/i;

export interface CheckRequest {
	readonly paths: readonly string[];
	/** Absolute path that relative paths start from, on the command line and in the report. */
	readonly folder: string;
	readonly configurations: Configurations;
	/** Absolute paths are not checked that this tells, besides what the configurations exclude. */
	readonly excluded?: ((path: string) => boolean) | undefined;
	/** Files that have changed, as absolute paths: only they and whoever includes them are checked. */
	readonly changed?: ReadonlySet<string> | undefined;
	readonly shard?: Shard | undefined;
	/** The bytes of the one file that is named, which need not be on the disk. */
	readonly input?: Buffer | undefined;
	/** What earlier runs have found. */
	readonly cache?: ResultCache | undefined;
	/** Told how many of how many files were read, now and then. */
	readonly onProgress?: ((read: number, of: number) => void) | undefined;
	/** Threads at most. */
	readonly jobs: number;
	readonly tool: Tool;
}

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
	const outcomes = await readAndInspect(found, request, inspectors);
	await inspectors.end();
	request.cache?.save();

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

/** Left alone, the collectors of all threads let what is dead grow with the tree. */
function collectSooner(): void {
	setFlagsFromString('--semi-space-growth-factor=1');
	setFlagsFromString('--heap-growing-percent=100');
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

/** What a file is called in its repository; outside of any, from the folder of the settings or the current one. */
export function identities({
	folder,
	configurations,
}: Pick<CheckRequest, 'folder' | 'configurations'>): (path: string) => string {
	const { file } = configurations.files(folder);
	const settingsFolder = file === undefined ? folder : dirname(file);
	const roots = new Map<string, string | undefined>();
	const rootOf = (at: string): string | undefined => {
		if (roots.has(at)) return roots.get(at);
		const above = dirname(at);
		const outer = above === at ? undefined : () => rootOf(above);
		const root = existsSync(join(at, '.git')) ? at : outer?.();
		roots.set(at, root);
		return root;
	};
	return (path) => {
		const root = rootOf(dirname(path)) ?? settingsFolder;
		const name = displayPath(path, root);
		return name === path ? displayPath(path, folder) : name;
	};
}

/** What became of each file; nothing for one without a call. */
async function readAndInspect(
	{ files, raw }: Sources,
	request: CheckRequest,
	inspectors: Inspectors,
): Promise<readonly (Skipped | Outcome | undefined)[]> {
	const { folder, configurations, input, onProgress, cache } = request;
	const identify = identities(request);
	const outcomes: (Skipped | Outcome | undefined)[] = new Array(files.length);
	const readers = new SourceReaders(Catalog.builtin);
	let waiting: Promise<void>[] = [];
	/** Questions to the cache. */
	let asked: Promise<void>[] = [];
	let held = 0;
	const read = (at: number): void => {
		const path = files[at] ?? '';
		const settings = configurations.of(path);
		const reader = readers.of(settings);
		const result = input ? reader.take(path, input) : reader.read(path, raw.get(path));
		if (!result || 'reason' in result) {
			outcomes[at] = result;
			return;
		}
		const { text } = result;
		if (!mayHoldCalls(text, Catalog.builtin, settings, languageOf(path, undefined, text))) return;
		held += text.length;
		const task: Task = {
			path,
			name: displayPath(path, folder),
			identity: identify(path),
			text,
			settings,
			isTraced: !!cache,
		};
		const settle = (outcome: Outcome): void => {
			held -= text.length;
			outcomes[at] = outcome;
			if ('trace' in outcome && outcome.trace) cache?.put(task, outcome, outcome.trace);
		};
		const inspect = (): void => {
			waiting.push(inspectors.inspect(task).then(settle));
		};
		if (cache) asked.push(cache.get(task).then((known) => (known ? settle(known) : inspect())));
		else inspect();
	};
	const all = files.map((_, at) => at);
	const isPromising = (at: number): boolean => PROMISING.test(files[at] ?? '');
	const order = [...all.filter(isPromising), ...all.filter((at) => !isPromising(at))];
	const finish = async (): Promise<void> => {
		await Promise.all(asked);
		asked = [];
		await inspectors.work();
		await Promise.all(waiting);
		waiting = [];
	};
	for (const [number, at] of order.entries()) {
		if (number % STRETCH === STRETCH - 1) {
			await new Promise((resolve) => setImmediate(resolve));
			onProgress?.(number + 1, files.length);
		}
		read(at);
		if (held > MOST_WAITING) await finish();
	}
	await finish();
	return outcomes;
}
