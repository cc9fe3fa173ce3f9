/** Workflow commands of GitHub Actions: each finding shows beside its line in a pull request. */
import type { Severity } from '../../rules/rule.ts';
import type { Format, ReportedFinding } from '../format.ts';
import { visible } from '../visible.ts';

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };

/** The escapes that the runner undoes in a message, and those it undoes in a property on top of them. */
const data = (text: string): string =>
	visible(text, /[\r\n\t]/)
		.replace(/%/g, '%25')
		.replace(/\r/g, '%0D')
		.replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

function command(finding: ReportedFinding): string {
	const { file, line, endLine, column, endColumn, rule } = finding;
	// The runner counts the last column in, and takes columns for findings of one line only.
	const columns = line === endLine ? { col: column, endColumn: Math.max(column, endColumn - 1) } : {};
	const properties = { file, line, endLine, ...columns, title: `IOCTL Lens: ${rule}` };
	const list = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
	return `::${COMMANDS[finding.severity]} ${list.join(',')}::${data(finding.message)}\n`;
}

export default {
	id: 'github',
	check: (report) => report.findings.map(command).join(''),
} satisfies Format;
