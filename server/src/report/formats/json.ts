/** JSON for scripts. The shapes are a contract: properties are added, never renamed or removed. */
import type { Format, Report } from '../format.ts';

/** Also what JSON leaves as it is, but a terminal obeys. */
const escaped = (json: string): string =>
	json.replace(/[\x7f-\x9f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

const render = (report: Report, records: object): string =>
	`${escaped(JSON.stringify({ tool: report.tool, files: report.files, ...records }, null, 2))}\n`;

export default {
	id: 'json',
	check: (report) =>
		render(report, {
			findings: report.findings.map(({ excerpt, fingerprint, fix, ...finding }) => finding),
		}),
	calls: (report) => render(report, { calls: report.calls }),
} satisfies Format;
