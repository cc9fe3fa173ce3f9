/** `ioctl-lens rules`: what the product knows to report. */
import { type Command, Option } from 'commander';
import { rules } from '../rules/index.generated.ts';
import type { Run } from './exit.ts';

/** Adds `rules`. */
export function addRulesCommand(program: Command, { at }: Run): void {
	program
		.command('rules')
		.description('list the rules, and how severe each is unless it is set otherwise')
		.addOption(new Option('--format <format>', 'how to write them').choices(['text', 'json']).default('text'))
		.action(({ format }: { readonly format: string }) => at.out(format === 'json' ? asJson() : asText()));
}

const severityOf = ({ severity, offByDefault }: (typeof rules)[number]): string => (offByDefault ? 'off' : severity);

function asText(): string {
	const width = Math.max(...rules.map(({ id }) => id.length));
	return rules.map((rule) => `${rule.id.padEnd(width)}  ${severityOf(rule).padEnd(7)}  ${rule.title}\n`).join('');
}

function asJson(): string {
	const list = rules.map((rule) => ({
		id: rule.id,
		severity: severityOf(rule),
		title: rule.title,
		description: rule.description,
	}));
	return `${JSON.stringify({ rules: list }, null, 2)}\n`;
}
