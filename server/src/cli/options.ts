/** The options that `check` and `calls` share: those of the settings' table, and what is about one run alone. */
import { dirname, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Format } from '../report/format.ts';
import { readSettings, type SettingSpec, type Settings, settingSpecs } from '../settings.ts';
import { DEFAULT_MAX_FILE_SIZE } from './checkPaths.ts';
import { CONFIG_NAME, findConfig, readConfig, UsageError } from './config.ts';

export interface CheckFlags {
	readonly format: string;
	readonly config?: string;
	readonly jobs?: number;
	readonly maxFileSize?: number;
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
		.argument('<path...>', 'files, and folders with everything below them')
		.addOption(
			new Option('--format <format>', 'how to write the result').choices(choices.map((f) => f.id)).default('text'),
		);
	for (const option of settingSpecs.flatMap(optionOf)) command.addOption(option);
	return command
		.option('--config <file>', `settings; otherwise the nearest ${CONFIG_NAME} in the current folder or above it`)
		.option('--jobs <number>', 'threads at most (default: one for each processor)', usage(jobs));
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

/** The settings of a check. Options win over the configuration file. */
export async function settingsFor(
	flags: CheckFlags,
	folder: string,
): Promise<{ readonly settings: Settings; readonly settingsFolder: string }> {
	const file = flags.config === undefined ? findConfig(folder) : resolve(folder, flags.config);
	const given = settingSpecs
		.flatMap((spec) => optionOf(spec).map((option) => [spec.key, flags[option.attributeName()]] as const))
		.filter(([, value]) => value !== undefined);
	const raw = { ...(file === undefined ? {} : await readConfig(file)), ...Object.fromEntries(given) };
	const { settings } = readSettings(raw);
	// An editor stays quick with less than whoever asks for a file by name.
	const largest = flags.maxFileSize ?? ('maxFileSize' in raw ? settings.maxFileSize : DEFAULT_MAX_FILE_SIZE);
	const settingsFolder = file === undefined ? folder : dirname(file);
	const includePath = settings.includePath.map((path) => resolve(settingsFolder, path));
	return { settings: { ...settings, includePath, maxFileSize: largest }, settingsFolder };
}
