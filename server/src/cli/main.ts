/** The command line: what was asked for, and the exit status. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { createColors } from 'picocolors';
import type { Catalog } from '../catalog/catalog.ts';
import { explain, explainText } from '../reference/explain.ts';
import { explainRecord } from '../reference/record.ts';
import { noLinks } from '../reference/render/markdown.ts';
import { visible } from '../report/visible.ts';
import { addCheckCommands } from './checkCommand.ts';
import { addCompletionCommand } from './completion.ts';
import { catalogAt, UsageError } from './config.ts';
import { addConfigCommand } from './configCommand.ts';
import { EXIT, fail, type Run, tool } from './exit.ts';
import { addMergeCommand } from './mergeCommand.ts';
import { addProbeCommand } from './probeCommand.ts';
import { addRulesCommand } from './rulesCommand.ts';
import { addRunCommands } from './runCommand.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs the command line and gives the exit status. `args`: without the program's own name. */
export async function main(args: readonly string[], at: Surroundings): Promise<number> {
	const run: Run = { at, args, style: { colours: wantsColours(at) }, status: EXIT.clean };
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
		.helpCommand('help [command]', 'show what a command takes');
	addCheckCommands(program, run);
	addMergeCommand(program, run);
	addConfigCommand(program, run);
	addExplainCommand(program, run);
	addRulesCommand(program, run);
	addRunCommands(program, at, settle);
	addProbeCommand(program, at, settle);
	program
		.command('lsp')
		.description('start the language server, for any editor')
		.requiredOption('--stdio', 'talk over standard input and output')
		.action(startServer);
	addCompletionCommand(program, run);

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

/** Adds `explain`. */
function addExplainCommand(program: Command, run: Run): void {
	program
		.command('explain')
		.description(
			'say what a code, number, structure, constant, GUID, function, error or rule means, or where words stand',
		)
		.argument('<code|number...>', 'such as SIO_RCVALL, 0x98000001 or "_WSAIOW(IOC_VENDOR, 1)"')
		.addOption(new Option('--format <format>', 'how to write it').choices(['text', 'markdown', 'json']).default('text'))
		.action((words: string[], { format }: { readonly format: string }) => {
			const { catalog, problems } = catalogAt(run.at.folder);
			const explained = explainedAs(format, words.join(' '), catalog, run);
			if (typeof explained !== 'string') {
				// What is wrong with the configuration may be why.
				for (const problem of problems) fail(run, visible(problem));
				run.status = fail(run, explained.error);
			} else run.at.out(explained);
		});
}

function explainedAs(format: string, query: string, catalog: Catalog, run: Run): string | { readonly error: string } {
	if (format === 'json') {
		const record = explainRecord(query, catalog);
		return 'error' in record ? record : `${JSON.stringify(record, null, 2)}\n`;
	}
	if (format === 'markdown') {
		const page = explain(query, { catalog, link: noLinks });
		return 'error' in page ? page : page.markdown;
	}
	const told = explainText(query, catalog, createColors(run.style.colours));
	return 'error' in told ? told : told.text;
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
