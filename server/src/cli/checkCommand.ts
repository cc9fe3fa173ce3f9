/** `check` and `calls`: what is to be checked, what is shown of it, and the exit status. */
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { extensions } from '../languages/languageOf.ts';
import { unwatched } from '../node/disk.ts';
import { readNamedFile, whyUnread } from '../node/regularFile.ts';
import type { Format, Report, ReportedFinding, Style } from '../report/format.ts';
import { formats } from '../report/index.generated.ts';
import { visible } from '../report/visible.ts';
import { settingSpecs } from '../settings.ts';
import { excluder } from '../workspace/exclude.ts';
import { isFailure } from '../workspace/skipped.ts';
import { readBaseline, writeBaseline, writeText } from './baseline.ts';
import { checkPaths } from './checkPaths.ts';
import { UsageError } from './config.ts';
import { EXIT, fail, type Run, tool } from './exit.ts';
import { applyFixes, fixesAsDiff } from './fix.ts';
import { type CheckFlags, checkOptions, configurationsFor, findingOptions } from './options.ts';
import { type Opening, remembered } from './remembered.ts';
import { originOf } from './repository.ts';
import type { CheckRequest } from './request.ts';
import { changedSince, listedFiles } from './selection.ts';

/** Adds `check` and `calls`. */
export function addCheckCommands(program: Command, run: Run): void {
	const command = findingOptions(checkOptions(program.command('check'), formats));
	command
		.description('check every call for what is wrong with it')
		.addHelpText(
			'after',
			'\nExit status: 0 nothing at warning or above, 1 findings, 2 wrong use or unreadable input; the rest is still checked.',
		)
		.action((paths: string[], flags: CheckFlags) => check(paths, flags, run, command));

	const calls = checkOptions(
		program.command('calls'),
		formats.filter((format) => format.calls),
	);
	calls
		.description('list every call with what its arguments were resolved to')
		.action(async (paths: string[], flags: CheckFlags) => {
			if (flags.printConfig) return printConfig(flags, run);
			const write = formatOf(flags).calls;
			await remembered(run, flags, async (heard, open) => {
				const made = await report(await request(paths, flags, heard, calls, open), flags, heard);
				if (write) show(write(made, styleOf(flags, run)), flags, heard);
			});
		});
}

async function check(paths: string[], flags: CheckFlags, run: Run, command: Command): Promise<void> {
	if (flags.printConfig) return printConfig(flags, run);
	if (flags.dryRun && !flags.fix) throw new UsageError('--dry-run says what --fix would do: add --fix');
	if (flags.fix && flags.stdin) throw new UsageError('--fix mends files, and --stdin has none');
	if (flags.showSilenced && flags.format !== 'sarif')
		throw new UsageError('--show-silenced is for the one format that can mark them: add --format sarif');
	if (flags.updateBaseline && flags.baseline === undefined)
		throw new UsageError('--update-baseline needs to know the file: add --baseline FILE');
	const isPart = flags.since !== undefined || flags.filesFrom !== undefined || flags.shard !== undefined;
	if (flags.updateBaseline && isPart)
		throw new UsageError('--update-baseline takes the whole: leave out --since, --files-from and --shard');
	await remembered(run, flags, async (heard, open) =>
		checkAsked(await request(paths, flags, heard, command, open), flags, heard),
	);
}

async function checkAsked(asked: CheckRequest, flags: CheckFlags, run: Run): Promise<void> {
	let made = counted(await report(asked, flags, run), flags, run);
	if (flags.fix && flags.dryRun) show(fixesAsDiff(made.findings, run), flags, run);
	else {
		if (flags.fix && applyFixes(made.findings, run) > 0) made = counted(await checkPaths(asked), flags, run);
		const format = formatOf(flags);
		const origin = format.tellsOrigin ? originOf(run.at.folder) : undefined;
		show(format.check(origin ? { ...made, origin } : made, styleOf(flags, run)), flags, run);
	}
	if (flags.statistics) run.at.err(statistics(made));
	const warnings = made.findings.filter((f) => f.severity === 'warning').length;
	const found = made.findings.some((f) => f.severity === 'error') || warnings > (flags.maxWarnings ?? 0);
	if (run.status === EXIT.clean && found) run.status = EXIT.findings;
}

/** What is to be checked. */
async function request(
	paths: readonly string[],
	flags: CheckFlags,
	run: Run,
	command: Command,
	open: Opening,
): Promise<CheckRequest> {
	const { at } = run;
	const { folder } = at;
	const configurations = configurationsFor(flags, folder);
	const input = flags.stdin ? await standardInput(paths, flags, at) : undefined;
	const isSelection = flags.since !== undefined || flags.filesFrom !== undefined;
	if (paths.length === 0 && !isSelection && !input) command.error("error: missing required argument 'path'");
	const wanted = paths.length > 0 ? paths : ['.'];
	const excludes = flags.exclude && excluder(flags.exclude);
	const changed = isSelection ? await changedFiles(flags, at) : undefined;
	return {
		paths: input ? [flags.stdinFilename ?? ''] : wanted,
		folder,
		configurations,
		excluded: excludes && ((path) => isBelow(folder, path) && excludes(relative(folder, path).split(sep).join('/'))),
		changed,
		shard: flags.shard,
		input,
		cache: open((path) => configurations.of(path)),
		onProgress: at.progress && !flags.quiet ? progress(at) : undefined,
		jobs: flags.jobs ?? availableParallelism(),
		tool,
	};
}

const isBelow = (folder: string, path: string): boolean => !relative(folder, path).startsWith('..');

async function standardInput(paths: readonly string[], flags: CheckFlags, { input }: Run['at']): Promise<Buffer> {
	if (paths.length > 0) throw new UsageError('--stdin checks one text alone: leave the paths out');
	if (flags.since !== undefined || flags.filesFrom !== undefined)
		throw new UsageError('--stdin checks one text alone: leave out --since and --files-from');
	if (flags.stdinFilename === undefined)
		throw new UsageError('--stdin needs a name that tells the language: add --stdin-filename NAME');
	unwatched();
	return (await input?.()) ?? Buffer.alloc(0);
}

async function changedFiles(flags: CheckFlags, { folder, input }: Run['at']): Promise<ReadonlySet<string>> {
	const since = flags.since === undefined ? [] : changedSince(flags.since, folder);
	if (flags.filesFrom === undefined) return new Set(since);
	if (flags.filesFrom === '-') unwatched();
	const list = flags.filesFrom === '-' ? await input?.() : listIn(resolve(folder, flags.filesFrom));
	return new Set([...since, ...listedFiles(list ?? Buffer.alloc(0), folder)]);
}

function listIn(file: string): Buffer {
	try {
		return readNamedFile(file);
	} catch (error) {
		throw new UsageError(`${file}: ${whyUnread(error)}`);
	}
}

/** A line on the terminal that is written over, and gone at the end. */
function progress({ err }: Run['at']): (read: number, of: number) => void {
	let shown = -1;
	return (read, of) => {
		const percent = Math.floor((100 * read) / of);
		if (percent === shown) return;
		shown = percent;
		err(`\r${read} of ${of} files\x1b[K`);
	};
}

/** Checks files, and tells what was skipped. */
async function report(asked: CheckRequest, flags: CheckFlags, run: Run): Promise<Report> {
	const { at } = run;
	const made = await checkPaths(asked);
	if (asked.onProgress) at.err('\r\x1b[K');
	for (const problem of asked.configurations.problems) run.status = fail(run, visible(problem));
	for (const skipped of made.files.skipped) {
		const failed = isFailure(skipped);
		if (failed) run.status = EXIT.failure;
		if (failed || !flags.quiet)
			at.err(`${tool.name}: ${failed ? '' : 'skipped '}${visible(skipped.file)}: ${skipped.detail}\n`);
	}
	// A part, or what has changed, may well be empty.
	if (made.files.read > 0 || made.files.skipped.length > 0 || asked.changed || asked.shard) return made;
	const places = asked.paths.map((path) => visible(path)).join(', ');
	const advice = flags.allowEmpty ? '' : '; --allow-empty lets that pass';
	at.err(`${tool.name}: nothing to check: no ${extensions.join(', ')} file below ${places}${advice}\n`);
	if (!flags.allowEmpty) run.status = EXIT.failure;
	return made;
}

/** The findings that count: those that the baseline does not hold, and with --quiet none below a warning. */
function counted(made: Report, flags: CheckFlags, run: Run): Report {
	const isLoud = (f: ReportedFinding): boolean => !flags.quiet || f.severity === 'error' || f.severity === 'warning';
	const findings = flags.baseline === undefined ? made.findings : unknown(made.findings, flags.baseline, flags, run);
	const counting = { ...made, findings: findings.filter(isLoud), baselined: flags.baseline !== undefined };
	if (!flags.showSilenced) return { ...counting, silenced: [] };
	const left = new Set(findings);
	return { ...counting, known: made.findings.filter((finding) => !left.has(finding)) };
}

function unknown(
	findings: readonly ReportedFinding[],
	baseline: string,
	flags: CheckFlags,
	run: Run,
): readonly ReportedFinding[] {
	const path = resolve(run.at.folder, baseline);
	if (flags.updateBaseline) {
		writeBaseline(path, findings);
		return [];
	}
	let known: ReadonlySet<string>;
	try {
		known = readBaseline(path);
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		// The rest is told all the same.
		run.status = fail(run, visible(error.message));
		return findings;
	}
	return findings.filter(({ fingerprint }) => !known.has(fingerprint));
}

function statistics({ findings, files }: Report): string {
	const numbers = new Map<string, number>();
	for (const { rule } of findings) numbers.set(rule, (numbers.get(rule) ?? 0) + 1);
	const rows = [...numbers].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
	const width = String(rows[0]?.[1] ?? 0).length;
	const lines = rows.map(([rule, number]) => `${String(number).padStart(width)}  ${rule}\n`);
	return `${lines.join('')}${findings.length} findings; ${files.read} files read, ${files.withCalls} of them with calls\n`;
}

function show(text: string, flags: CheckFlags, { at, onWritten }: Run): void {
	if (flags.output === undefined) at.out(text);
	else {
		const file = resolve(at.folder, flags.output);
		writeText(file, text);
		onWritten?.(file, text);
	}
}

function printConfig(flags: CheckFlags, run: Run): void {
	const { at } = run;
	const configurations = configurationsFor(flags, at.folder);
	const { file, excludes } = configurations.files(at.folder);
	const settings = configurations.of(join(at.folder, 'any'));
	const value = (name: string): unknown => (name === 'exclude' ? excludes : shownValue(settings, name));
	const values = settingSpecs.flatMap((spec) => (spec.inFile ? [[spec.key, value(spec.name)]] : []));
	const folder = file === undefined ? at.folder : dirname(file);
	at.out(`${JSON.stringify({ file: file ?? null, folder, settings: Object.fromEntries(values) }, null, 2)}\n`);
	for (const problem of configurations.problems) run.status = fail(run, visible(problem));
}

const styleOf = ({ color }: CheckFlags, { style }: Run): Style => (color === false ? { colours: false } : style);

const shownValue = (settings: object, name: string): unknown =>
	(settings as Readonly<Record<string, unknown>>)[name] ?? null;

/** The format of that name; the parser has let no other through. */
function formatOf({ format }: CheckFlags): Format {
	const found = formats.find(({ id }) => id === format);
	if (!found) throw new UsageError(`no format is called ${format}`);
	return found;
}
