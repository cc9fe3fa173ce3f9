/** The command line: what was asked for, and the exit status. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { createColors } from 'picocolors';
import manifest from '../../../package.json' with { type: 'json' };
import { Catalog } from '../catalog/catalog.ts';
import { extensions } from '../languages/languageOf.ts';
import { isFailure } from '../node/files.ts';
import { explainText } from '../reference/explain.ts';
import type { Format, Report, Style, Tool } from '../report/format.ts';
import { formats } from '../report/index.generated.ts';
import { readSettings, type Settings, settingSpecs } from '../settings.ts';
import { checkPaths, DEFAULT_MAX_FILE_SIZE } from './check.ts';
import { CONFIG_NAME, findConfig, readConfig, UsageError } from './config.ts';
import { addProbeCommand } from './probe.ts';
import { addRunCommands } from './run.ts';

/** Nothing at warning or above; findings; wrong use or something that could not be read. */
export const EXIT = { clean: 0, findings: 1, failure: 2 } as const;

/** What the command line needs from its surroundings. */
export interface Surroundings {
	/** Absolute path of the current folder. */
	readonly folder: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Standard output is a terminal. */
	readonly terminal: boolean;
	readonly out: (text: string) => void;
	readonly err: (text: string) => void;
}

const tool: Tool = { name: manifest.name, version: manifest.version };

interface CheckFlags {
	readonly format: string;
	readonly target?: string;
	readonly minWindows?: string;
	readonly config?: string;
	readonly maxFileSize?: number;
	readonly jobs?: number;
}

/** Runs the command line and gives the exit status. `args`: without the program's own name. */
export async function main(args: readonly string[], at: Surroundings): Promise<number> {
	let status: number = EXIT.clean;
	const fail = (message: string): number => {
		at.err(`${tool.name}: ${message}\n`);
		return EXIT.failure;
	};
	const report = async (paths: readonly string[], flags: CheckFlags): Promise<Report> => {
		const { settings, settingsFolder } = await settingsFor(flags, at.folder);
		const made = await checkPaths({
			paths,
			folder: at.folder,
			settings,
			settingsFolder,
			jobs: flags.jobs ?? availableParallelism(),
			tool,
		});
		for (const skipped of made.files.skipped) {
			const failed = isFailure(skipped);
			at.err(`${tool.name}: ${failed ? '' : 'skipped '}${visible(skipped.file)}: ${skipped.detail}\n`);
			if (failed) status = EXIT.failure;
		}
		if (made.files.read === 0 && made.files.skipped.length === 0)
			at.err(
				`${tool.name}: nothing to check: no ${extensions.join(', ')} file below ${paths.map(visible).join(', ')}\n`,
			);
		return made;
	};
	const style: Style = { colours: wantsColours(at) };

	const program = new Command(tool.name)
		.description('Finds Winsock I/O control calls and checks them against the control codes they pass.')
		.version(tool.version)
		.exitOverride()
		.configureOutput({
			writeOut: at.out,
			writeErr: at.err,
			outputError: (text, write) => write(text.replace(/^error: /, `${tool.name}: `)),
		})
		.showHelpAfterError(`Try "${tool.name} --help".`)
		.helpCommand(false);

	common(program.command('check'), formats)
		.description('check every call for what is wrong with it')
		.addHelpText(
			'after',
			'\nExit status: 0 nothing at warning or above, 1 findings, 2 wrong use or unreadable input; the rest is still checked.',
		)
		.action(async (paths: string[], flags: CheckFlags) => {
			const made = await report(paths, flags);
			at.out(formatOf(flags).check(made, style));
			if (status === EXIT.clean && made.findings.some((f) => f.severity === 'error' || f.severity === 'warning'))
				status = EXIT.findings;
		});

	common(
		program.command('calls'),
		formats.filter((format) => format.calls),
	)
		.description('list every call with what its arguments were resolved to')
		.action(async (paths: string[], flags: CheckFlags) => {
			at.out(formatOf(flags).calls!(await report(paths, flags), style));
		});

	program
		.command('explain')
		.description('say what a code, number, structure, constant, GUID or function means')
		.argument('<code|number...>', 'such as SIO_RCVALL, 0x98000001 or "_WSAIOW(IOC_VENDOR, 1)"')
		.action((words: string[]) => {
			const explained = explainText(words.join(' '), Catalog.builtin, createColors(style.colours));
			if ('error' in explained) status = fail(explained.error);
			else at.out(explained.text);
		});

	const settle = (code: number): void => {
		status = code;
	};
	addRunCommands(program, at, settle);
	addProbeCommand(program, at, settle);

	program
		.command('lsp')
		.description('start the language server, for any editor')
		.requiredOption('--stdio', 'talk over standard input and output')
		.action(startServer);

	try {
		await program.parseAsync(args as string[], { from: 'user' });
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.failure;
		if (error instanceof UsageError) {
			for (const line of error.message.split('\n')) fail(line);
			return EXIT.failure;
		}
		throw error;
	}
	return status;
}

const TARGETS_OR_ALL = Object.keys(settingSpecs.find((spec) => spec.key === 'target')!.choices);

/** A Windows version as it was typed. */
function windowsVersion(text: string): string {
	if (text !== '' && readSettings({ minWindows: text }).problems.length === 0) return text;
	throw new UsageError(`"${text}" is no Windows version; write up to four numbers, such as 10.0.17763`);
}

/** Arguments and options that `check` and `calls` share. */
function common(command: Command, choices: readonly Format[]): Command {
	return command
		.argument('<path...>', 'files, and folders with everything below them')
		.addOption(
			new Option('--format <format>', 'how to write the result').choices(choices.map((f) => f.id)).default('text'),
		)
		.addOption(new Option('--target <target>', 'Windows on which processor').choices(TARGETS_OR_ALL))
		.option('--min-windows <version>', 'oldest Windows version to support, such as 10.0.17763', usage(windowsVersion))
		.option('--config <file>', `settings; otherwise the nearest ${CONFIG_NAME} in the current folder or above it`)
		.option('--max-file-size <size>', 'skip larger files; bytes, or with K, M or G (default: 16M)', usage(bytes))
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

function bytes(text: string): number {
	const match = /^(\d{1,15})([KMG]?)$/i.exec(text);
	const size = match ? Number(match[1]) * { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }[match[2]!.toUpperCase()]! : 0;
	if (size > 0 && Number.isSafeInteger(size)) return size;
	throw new UsageError(`"${text}" is no size; write a number of bytes, or one such as 16M`);
}

function jobs(text: string): number {
	const number = Number(text);
	if (/^\d{1,4}$/.test(text) && number > 0) return number;
	throw new UsageError(`"${text}" is no number of jobs`);
}

const formatOf = (flags: CheckFlags): Format => formats.find((format) => format.id === flags.format)!;

/** Options win over the configuration file. */
async function settingsFor(
	{ target, minWindows, maxFileSize, config }: CheckFlags,
	folder: string,
): Promise<{ settings: Settings; settingsFolder: string }> {
	const file = config === undefined ? findConfig(folder) : resolve(folder, config);
	const raw = {
		...(file === undefined ? {} : await readConfig(file)),
		...(target === undefined ? {} : { target }),
		...(minWindows === undefined ? {} : { minWindows }),
	};
	const { settings } = readSettings(raw);
	const largest = maxFileSize ?? ('maxFileSize' in raw ? settings.maxFileSize : DEFAULT_MAX_FILE_SIZE);
	const settingsFolder = file === undefined ? folder : dirname(file);
	const includePath = settings.includePath.map((path) => resolve(settingsFolder, path));
	return { settings: { ...settings, includePath, maxFileSize: largest }, settingsFolder };
}

/** Colours are for people: not in files and pipes, and never against their will. */
function wantsColours({ environment: { NO_COLOR, FORCE_COLOR, TERM }, terminal }: Surroundings): boolean {
	if (NO_COLOR) return false;
	if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
	return terminal && TERM !== 'dumb';
}

const visible = (text: string): string => text.replace(/\p{Cc}/gu, '\ufffd');

/** The server is a bundle of its own; only this command pays for loading it. */
async function startServer(): Promise<void> {
	const bundle = join(import.meta.dirname, 'server.cjs');
	if (existsSync(bundle)) createRequire(bundle)(bundle);
	else await import(join(import.meta.dirname, '..', 'node', 'main.ts'));
}
