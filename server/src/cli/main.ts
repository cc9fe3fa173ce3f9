/** The command line: what was asked for, and the exit status. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { createColors } from 'picocolors';
import manifest from '../../../package.json' with { type: 'json' };
import { Catalog } from '../catalog/catalog.ts';
import { extensions } from '../languages/languageOf.ts';
import { explainText } from '../reference/explain.ts';
import type { Format, Report, Style, Tool } from '../report/format.ts';
import { formats } from '../report/index.generated.ts';
import { visible } from '../report/visible.ts';
import { isFailure } from '../workspace/skipped.ts';
import { checkPaths } from './checkPaths.ts';
import { UsageError } from './config.ts';
import { type CheckFlags, checkOptions, settingsFor } from './options.ts';
import { addProbeCommand } from './probeCommand.ts';
import { addRunCommands } from './runCommand.ts';
import type { Surroundings } from './surroundings.ts';

/** Nothing at warning or above; findings; wrong use or something that could not be read. */
export const EXIT = { clean: 0, findings: 1, failure: 2 } as const;

const tool: Tool = { name: manifest.name, version: manifest.version };

/** A run of the command line: what it writes with, and the exit status that it comes to. */
interface Run {
	readonly at: Surroundings;
	readonly style: Style;
	status: number;
}

const fail = ({ at }: Pick<Run, 'at'>, message: string): number => {
	at.err(`${tool.name}: ${message}\n`);
	return EXIT.failure;
};

/** Runs the command line and gives the exit status. `args`: without the program's own name. */
export async function main(args: readonly string[], at: Surroundings): Promise<number> {
	const run: Run = { at, style: { colours: wantsColours(at) }, status: EXIT.clean };
	const settle = (code: number): void => {
		run.status = code;
	};
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
	addCheckCommands(program, run);
	addExplainCommand(program, run);
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
			for (const line of error.message.split('\n')) fail(run, visible(line));
			return EXIT.failure;
		}
		throw error;
	}
	return run.status;
}

/** Adds `check` and `calls`. */
function addCheckCommands(program: Command, run: Run): void {
	const { at, style } = run;
	checkOptions(program.command('check'), formats)
		.description('check every call for what is wrong with it')
		.addHelpText(
			'after',
			'\nExit status: 0 nothing at warning or above, 1 findings, 2 wrong use or unreadable input; the rest is still checked.',
		)
		.action(async (paths: string[], flags: CheckFlags) => {
			const made = await report(paths, flags, run);
			at.out(formatOf(flags).check(made, style));
			const found = made.findings.some((f) => f.severity === 'error' || f.severity === 'warning');
			if (run.status === EXIT.clean && found) run.status = EXIT.findings;
		});

	checkOptions(
		program.command('calls'),
		formats.filter((format) => format.calls),
	)
		.description('list every call with what its arguments were resolved to')
		.action(async (paths: string[], flags: CheckFlags) => {
			const { calls } = formatOf(flags);
			if (calls) at.out(calls(await report(paths, flags, run), style));
		});
}

/** Adds `explain`. */
function addExplainCommand(program: Command, run: Run): void {
	program
		.command('explain')
		.description('say what a code, number, structure, constant, GUID or function means')
		.argument('<code|number...>', 'such as SIO_RCVALL, 0x98000001 or "_WSAIOW(IOC_VENDOR, 1)"')
		.action((words: string[]) => {
			const explained = explainText(words.join(' '), Catalog.builtin, createColors(run.style.colours));
			if ('error' in explained) run.status = fail(run, explained.error);
			else run.at.out(explained.text);
		});
}

/** Checks files, and tells what was skipped. */
async function report(paths: readonly string[], flags: CheckFlags, run: Run): Promise<Report> {
	const { at } = run;
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
		if (failed) run.status = EXIT.failure;
	}
	if (made.files.read === 0 && made.files.skipped.length === 0) {
		const places = paths.map((path) => visible(path)).join(', ');
		at.err(`${tool.name}: nothing to check: no ${extensions.join(', ')} file below ${places}\n`);
	}
	return made;
}

/** The format of that name; the parser has let no other through. */
function formatOf({ format }: CheckFlags): Format {
	const found = formats.find(({ id }) => id === format);
	if (!found) throw new UsageError(`no format is called ${format}`);
	return found;
}

/** Colours are for people: not in files and pipes, and never against their will. */
function wantsColours({ environment: { NO_COLOR, FORCE_COLOR, TERM }, terminal }: Surroundings): boolean {
	if (NO_COLOR) return false;
	if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
	return terminal && TERM !== 'dumb';
}

/** The server is a bundle of its own; only this command pays for loading it. */
async function startServer(): Promise<void> {
	const bundle = join(import.meta.dirname, 'server.cjs');
	if (existsSync(bundle)) createRequire(bundle)(bundle);
	else await import(join(import.meta.dirname, '..', 'node', 'main.ts'));
}
