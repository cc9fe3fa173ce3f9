/** JUnit's XML: a file is a suite, a finding a failed case; a file without findings is not named. */
import type { Format, Report, ReportedFinding } from '../format.ts';
import { attributes, byFile, xml } from '../xml.ts';

const isFailed = ({ severity }: ReportedFinding): boolean => severity === 'error' || severity === 'warning';

function testCase(finding: ReportedFinding): string {
	const { file, line, column, rule, severity, message } = finding;
	const place = `${file}:${line}:${column}`;
	const name = attributes({ name: `${rule} (${line}:${column})`, classname: file });
	// Notes and hints are told, and fail nothing.
	if (!isFailed(finding))
		return `    <testcase${name}>\n      <system-out>${xml(`${place}: ${message}`)}</system-out>\n    </testcase>\n`;
	const failure = attributes({ type: severity, message });
	return `    <testcase${name}>\n      <failure${failure}>${xml(place)}</failure>\n    </testcase>\n`;
}

function suite(name: string, findings: readonly ReportedFinding[]): string {
	const counts = attributes({ name, tests: findings.length, failures: findings.filter(isFailed).length, errors: 0 });
	return `  <testsuite${counts}>\n${findings.map(testCase).join('')}  </testsuite>\n`;
}

/** A run without findings is a case that passed: an empty report is taken for a run that never was. */
function clean({ files }: Report): string {
	const suiteName = attributes({ name: 'IOCTL Lens', tests: 1, failures: 0, errors: 0 });
	const name = attributes({ name: `${files.read} files read`, classname: 'IOCTL Lens' });
	return `  <testsuite${suiteName}>\n    <testcase${name}/>\n  </testsuite>\n`;
}

export default {
	id: 'junit',
	check(report) {
		const { findings } = report;
		const suites = [...byFile(findings)].map(([file, those]) => suite(file, those));
		const total = attributes({
			name: 'IOCTL Lens',
			tests: Math.max(1, findings.length),
			failures: findings.filter(isFailed).length,
		});
		return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${total}>\n${suites.join('') || clean(report)}</testsuites>\n`;
	},
} satisfies Format;
