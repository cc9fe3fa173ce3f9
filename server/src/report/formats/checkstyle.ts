/** Checkstyle's XML, which most build servers and review tools read. */
import type { Severity } from '../../rules/rule.ts';
import type { Format, ReportedFinding } from '../format.ts';
import { attributes, byFile } from '../xml.ts';

const SEVERITIES: Record<Severity, 'error' | 'warning' | 'info'> = {
	error: 'error',
	warning: 'warning',
	info: 'info',
	hint: 'info',
};

const entry = ({ line, column, severity, message, rule }: ReportedFinding): string =>
	`    <error${attributes({ line, column, severity: SEVERITIES[severity], message, source: `ioctl-lens.${rule}` })}/>\n`;

export default {
	id: 'checkstyle',
	check({ findings }) {
		const entries = [...byFile(findings)].map(
			([name, those]) => `  <file${attributes({ name })}>\n${those.map(entry).join('')}  </file>\n`,
		);
		return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="10.0">\n${entries.join('')}</checkstyle>\n`;
	},
} satisfies Format;
