/** `ioctl-lens completion`: scripts that make a shell complete commands, options and their values. */
import { Argument, type Command, type Option } from 'commander';
import type { Run } from './exit.ts';

interface Completed {
	readonly name: string;
	readonly about: string;
	readonly options: readonly { readonly flag: string; readonly about: string; readonly values: readonly string[] }[];
}

const writers: Readonly<Record<string, (program: string, commands: readonly Completed[]) => string>> = {
	bash,
	zsh,
	fish,
	powershell,
};

/** Adds `completion`. */
export function addCompletionCommand(program: Command, { at }: Run): void {
	program
		.command('completion')
		.description('write a script that makes a shell complete commands and options')
		.addArgument(new Argument('<shell>', 'whose script').choices(Object.keys(writers)))
		.addHelpText('after', '\nFor example: source <(ioctl-lens completion bash)')
		.action((shell: string) => at.out(writers[shell]?.(program.name(), program.commands.map(completed)) ?? ''));
}

function completed(command: Command): Completed {
	return { name: command.name(), about: command.description(), options: command.options.flatMap(flagOf) };
}

function flagOf({ long, description, argChoices }: Option): Completed['options'] {
	return long ? [{ flag: long, about: description, values: argChoices ?? [] }] : [];
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function bash(program: string, commands: readonly Completed[]): string {
	const cases = commands.map(({ name, options }) => {
		const values = options
			.filter((option) => option.values.length > 0)
			.map(({ flag, values: list }) => `      ${name}:${flag}) words=${quoted(list.join(' '))} ;;\n`);
		return `${values.join('')}      ${name}:*) words=${quoted(options.map(({ flag }) => flag).join(' '))} ;;\n`;
	});
	return `_ioctl_lens() {
  local words="" current="\${COMP_WORDS[COMP_CWORD]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=${quoted(commands.map(({ name }) => name).join(' '))}
  else
    case "\${COMP_WORDS[1]}:\${COMP_WORDS[COMP_CWORD-1]}" in
${cases.join('')}    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _ioctl_lens ${program}
`;
}

function zsh(program: string, commands: readonly Completed[]): string {
	const described = (word: string, about: string) => quoted(`${word.replaceAll(':', '\\:')}:${about}`);
	const cases = commands.map(
		({ name, options }) =>
			`    ${name}) known=(${options.map(({ flag, about }) => described(flag, about)).join(' ')}) ;;\n`,
	);
	return `#compdef ${program}
_ioctl_lens() {
  local -a known
  if (( CURRENT == 2 )); then
    known=(${commands.map(({ name, about }) => described(name, about)).join(' ')})
    _describe command known
    return
  fi
  case "$words[2]" in
${cases.join('')}  esac
  _describe option known
  _files
}
compdef _ioctl_lens ${program}
`;
}

function fish(program: string, commands: readonly Completed[]): string {
	const lines = commands.flatMap(({ name, about, options }) => [
		`complete -c ${program} -n __fish_use_subcommand -f -a ${name} -d ${fishQuoted(about)}`,
		...options.map(({ flag, about: what, values }) => {
			const given = values.length > 0 ? ` -x -a ${fishQuoted(values.join(' '))}` : '';
			return `complete -c ${program} -n ${fishQuoted(`__fish_seen_subcommand_from ${name}`)} -l ${flag.slice(2)}${given} -d ${fishQuoted(what)}`;
		}),
	]);
	return `${lines.join('\n')}\n`;
}

const fishQuoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function powershell(program: string, commands: readonly Completed[]): string {
	const list = (words: readonly string[]) => `@(${words.map((word) => `'${word.replaceAll("'", "''")}'`).join(', ')})`;
	const cases = commands.map(
		({ name, options }) => `    '${name}' { $words = ${list(options.map(({ flag }) => flag))} }\n`,
	);
	return `Register-ArgumentCompleter -Native -CommandName ${program} -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $typed = @($commandAst.CommandElements | ForEach-Object { "$_" })
  $words = ${list(commands.map(({ name }) => name))}
  if ($typed.Count -gt 2 -or ($typed.Count -eq 2 -and $wordToComplete -eq '')) {
    switch ($typed[1]) {
${cases.join('')}    }
  }
  $words | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
