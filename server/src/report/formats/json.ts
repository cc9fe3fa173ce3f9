/** JSON for scripts. The shapes are a contract: properties are added, never renamed or removed. */
import type { Format, Report } from '../format.ts';

const render = (report: Report, records: object): string =>
	`${JSON.stringify({ tool: report.tool, files: report.files, ...records }, null, 2)}\n`;

export default {
	id: 'json',
	check: (report) =>
		render(report, {
			findings: report.findings.map(({ excerpt, fingerprint, fix, ...finding }) => finding),
		}),
	calls: (report) => render(report, { calls: report.calls }),
} satisfies Format;
