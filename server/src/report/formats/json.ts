/** JSON for scripts. The shapes are a contract: properties are added, never renamed or removed. */
import type { Format, Report } from '../format.ts';
import { escapedJson } from '../visible.ts';

/** Grows when a property is renamed, removed or means something else; `server/schemas/report.schema.json` describes it. */
export const FORMAT_VERSION = 1;

const render = (report: Report, records: object): string =>
	escapedJson({ formatVersion: FORMAT_VERSION, tool: report.tool, files: report.files, ...records });

export default {
	id: 'json',
	check: (report) => render(report, { callCount: report.callCount, findings: report.findings }),
	calls: (report) => render(report, { calls: report.calls }),
} satisfies Format;
