/** GitLab's report of code quality: findings show in a merge request. */
import type { Severity } from '../../rules/rule.ts';
import { isAbsolutePath } from '../../workspace/uri.ts';
import type { Format, ReportedFinding } from '../format.ts';
import { escapedJson, visible } from '../visible.ts';

const SEVERITIES: Record<Severity, 'critical' | 'major' | 'minor' | 'info'> = {
	error: 'critical',
	warning: 'major',
	info: 'minor',
	hint: 'info',
};

const issue = (finding: ReportedFinding) => ({
	description: visible(finding.message),
	check_name: finding.rule,
	fingerprint: finding.fingerprint,
	severity: SEVERITIES[finding.severity],
	location: {
		// Names are from the repository's root on, and begin with no dot.
		path: isAbsolutePath(finding.file) ? finding.file : finding.file.replace(/^\.\//, ''),
		lines: { begin: finding.line, end: finding.endLine },
	},
});

export default {
	id: 'gitlab',
	check: (report) => escapedJson(report.findings.map(issue)),
} satisfies Format;
