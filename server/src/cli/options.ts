/** The options that `check` and `calls` share: those of the settings' table, and what is about one run alone. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Format } from '../report/format.ts';
import { readSettings, type SettingSpec, settingSpecs } from '../settings.ts';
import { LONGEST_PATTERN, patternProblem } from '../workspace/exclude.ts';
import { CONFIG_NAME, Configurations, UsageError } from './config.ts';
import { CACHE_NAME } from './replay.ts';
import type { Shard } from './selection.ts';

export interface CheckFlags {
	readonly format: string;
	readonly config?: string;
	readonly jobs?: number;
	readonly maxFileSize?: number;
	readonly exclude?: readonly string[];
	readonly rule?: readonly Severities[];
	readonly output?: string;
	readonly since?: string;
	readonly filesFrom?: string;
	readonly stdin?: boolean;
	readonly stdinFilename?: string;
	readonly shard?: Shard;
	readonly cache?: string | true;
	readonly allowEmpty?: boolean;
	readonly printConfig?: boolean;
	/** True unless it is not wanted. */
	readonly color?: boolean;
	readonly quiet?: boolean;
	readonly statistics?: boolean;
	readonly showSilenced?: boolean;
	readonly maxWarnings?: number;
	readonly baseline?: string;
	readonly updateBaseline?: boolean;
	readonly fix?: boolean;
	readonly dryRun?: boolean;
	/** Those of the settings' table, by attribute. */
	readonly [option: string]: unknown;
}

/** How the values of options are read that are no choice. */
const readers: Readonly<Record<string, (text: string) => unknown>> = { minWindows: windowsVersion, maxFileSize: bytes };

function optionOf({ name, kind, option }: SettingSpec & { readonly name: string }): Option[] {
	if (!option) return [];
	const made = new Option(option.flags, option.description);
	const read = readers[name];
	if (kind.choices) made.choices(Object.keys(kind.choices));
	else if (read) made.argParser(usage(read));
	return [made];
}

/** Adds arguments and options to a command that checks files. */
export function checkOptions(command: Command, choices: readonly Format[]): Command {
	command
		.argument('[path...]', 'files, and folders with everything below them')
		.addOption(
			new Option('--format <format>', 'how to write the result').choices(choices.map((f) => f.id)).default('text'),
		);
	for (const option of settingSpecs.flatMap(optionOf)) command.addOption(option);
	return command
		.option('--config <file>', `settings of every file; otherwise those of the nearest ${CONFIG_NAME} above each`)
		.option('--rule <id=severity>', 'off, hint, info, warning or error; again for each rule', collect(severity))
		.option('--exclude <glob>', 'leave out, from the current folder on; again for each pattern', collect(pattern))
		.option('--since <revision>', 'only what differs from a revision of git, and what includes it')
		.option('--files-from <file>', 'only the files that it names one a line, and what includes them; - reads them')
		.option('--stdin', 'check what standard input gives')
		.option('--stdin-filename <name>', 'what that is called, for its language and its headers')
		.option('--shard <i/n>', 'only the i-th of n parts, the same on every machine', usage(shard))
		.option('--cache [file]', `keep what was found, and check again what has changed (default: ${CACHE_NAME})`)
		.option('--output <file>', 'write the result there')
		.option('--no-color', 'without colours, also on a terminal')
		.option('--quiet', 'show errors and warnings, and what could not be read, alone')
		.option('--allow-empty', 'finding no source is no failure')
		.option('--print-config', 'show the settings and where they come from, and check nothing')
		.option('--jobs <number>', 'threads at most (default: one for each processor)', usage(jobs));
}

/** Adds what only findings have use for. */
export function findingOptions(command: Command): Command {
	return command
		.option('--baseline <file>', 'count only findings that it does not hold')
		.option('--update-baseline', 'write the findings of this run to the baseline')
		.option('--max-warnings <number>', 'exit with 1 only above so many warnings (default: 0)', usage(whole))
		.option('--fix', 'mend what can be mended, and tell what is left')
		.option('--dry-run', 'with --fix: show what would be mended as a diff, and change nothing')
		.option('--show-silenced', 'in SARIF: tell also of what comments and the baseline silence, marked as suppressed')
		.option('--statistics', 'count the findings of each rule, on standard error');
}

type Severities = Readonly<Record<string, string>>;

function collect<T>(read: (text: string) => T): (text: string, all?: readonly T[]) => T[] {
	return (text, all = []) => [...all, usage(read)(text)];
}

function severity(text: string): Severities {
	const [, id, level] = /^([^=]+)=(.+)$/.exec(text) ?? [];
	if (id === undefined || level === undefined) throw new UsageError(`"${text}" is no rule=severity`);
	const { problems } = readSettings({ rules: { [id]: level } });
	if (problems.length > 0) throw new UsageError(problems.join('; '));
	return { [id]: level };
}

function pattern(text: string): string {
	if (text.startsWith('!')) throw new UsageError('a pattern cannot take back another: leave out the "!"');
	const problem = text.length > LONGEST_PATTERN ? `has more than ${LONGEST_PATTERN} characters` : patternProblem(text);
	if (problem) throw new UsageError(`"${text}" ${problem}`);
	return text;
}

/** Parts beyond this are no machines any more. */
const MOST_SHARDS = 10_000;

function shard(text: string): Shard {
	const [, part = 0, of = 0] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []).map(Number);
	if (part >= 1 && part <= of && of <= MOST_SHARDS) return { part, of };
	throw new UsageError(`"${text}" is no part of a whole; write one such as 2/4`);
}

function whole(text: string): number {
	if (/^\d{1,9}$/.test(text)) return Number(text);
	throw new UsageError(`"${text}" is no number of warnings`);
}

/** Lets the parser say which option a value is wrong for. */
const usage =
	<T>(read: (text: string) => T) =>
	(text: string): T => {
		try {
			return read(text);
		} catch (error) {
			if (error instanceof UsageError) throw new InvalidArgumentError(`${error.message}.`);
			throw error;
		}
	};

/** A Windows version as it was typed. */
function windowsVersion(text: string): string {
	if (text !== '' && readSettings({ minWindows: text }).problems.length === 0) return text;
	throw new UsageError(`"${text}" is no Windows version; write up to four numbers, such as 10.0.17763`);
}

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

function bytes(text: string): number {
	const [, digits = '0', unit = ''] = /^(\d{1,15})([KMG]?)$/i.exec(text) ?? [];
	const size = Number(digits) * (UNITS[unit.toUpperCase()] ?? 1);
	if (size > 0 && Number.isSafeInteger(size)) return size;
	throw new UsageError(`"${text}" is no size; write a number of bytes, or one such as 16M`);
}

function jobs(text: string): number {
	const number = Number(text);
	if (/^\d{1,4}$/.test(text) && number > 0) return number;
	throw new UsageError(`"${text}" is no number of jobs`);
}

/** The settings of a run. Options win over the configuration files. @throws UsageError */
export function configurationsFor(flags: CheckFlags, folder: string): Configurations {
	const given = settingSpecs
		.flatMap((spec) => optionOf(spec).map((option) => [spec.key, flags[option.attributeName()]] as const))
		.filter(([, value]) => value !== undefined);
	const rules = flags.rule ? { rules: Object.assign({}, ...flags.rule) } : {};
	const only = flags.config === undefined ? undefined : resolve(folder, flags.config);
	return new Configurations({ ...rules, ...Object.fromEntries(given) }, only);
}
