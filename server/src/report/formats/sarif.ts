/** SARIF 2.1.0, which code scanning services read. */
import type { ArtifactLocation, Fix, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { ruleHelp } from '../../rules/docs.ts';
import { rules } from '../../rules/index.generated.ts';
import type { Severity } from '../../rules/rule.ts';
import { isFailure } from '../../workspace/skipped.ts';
import { fileUri, isAbsolutePath } from '../../workspace/uri.ts';
import type { Format, Region, Report, ReportedFinding, SkippedRecord } from '../format.ts';

const ROOT = '%SRCROOT%';
/** A number that changes when fingerprints are made in another way. */
const FINGERPRINT = 'ioctlLens/v1';

const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = {
	error: 'error',
	warning: 'warning',
	info: 'note',
	hint: 'note',
};

function location(file: string): ArtifactLocation {
	if (isAbsolutePath(file)) return { uri: fileUri(file) };
	return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}

const region = ({ line, column, endLine, endColumn }: Region) => ({
	startLine: line,
	startColumn: column,
	endLine,
	endColumn,
});

const ruleDescriptors = (): ReportingDescriptor[] =>
	rules.map((rule) => ({
		id: rule.id,
		name: rule.id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
		shortDescription: { text: rule.title },
		fullDescription: { text: rule.description },
		help: ruleHelp(rule),
		defaultConfiguration: { enabled: !rule.offByDefault, level: LEVELS[rule.severity] },
	}));

function result(finding: ReportedFinding): Result {
	const artifactLocation = location(finding.file);
	const fixes: Fix[] | undefined = finding.fix && [
		{
			description: { text: finding.fix.title },
			artifactChanges: [
				{
					artifactLocation,
					replacements: finding.fix.edits.map((edit) => ({
						deletedRegion: region(edit),
						insertedContent: { text: edit.newText },
					})),
				},
			],
		},
	];
	return {
		ruleId: finding.rule,
		ruleIndex: rules.findIndex((rule) => rule.id === finding.rule),
		level: LEVELS[finding.severity],
		message: { text: finding.message },
		locations: [{ physicalLocation: { artifactLocation, region: region(finding) } }],
		partialFingerprints: { [FINGERPRINT]: finding.fingerprint },
		...(fixes ? { fixes } : {}),
	};
}

const notification = (skipped: SkippedRecord, failed: boolean): Notification => ({
	level: failed ? 'error' : 'note',
	descriptor: { id: skipped.reason },
	message: { text: `Not checked: ${skipped.detail}` },
	locations: [{ physicalLocation: { artifactLocation: location(skipped.file) } }],
});

function check(report: Report): string {
	const notifications = report.files.skipped.map((skipped) => notification(skipped, isFailure(skipped)));
	const folder = fileUri(report.folder);
	const log: Log = {
		$schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: {
					driver: {
						name: 'IOCTL Lens',
						semanticVersion: report.tool.version,
						rules: ruleDescriptors(),
					},
				},
				invocations: [
					{
						executionSuccessful: !report.files.skipped.some(isFailure),
						toolExecutionNotifications: notifications,
					},
				],
				originalUriBaseIds: { [ROOT]: { uri: folder.endsWith('/') ? folder : `${folder}/` } },
				columnKind: 'unicodeCodePoints',
				results: report.findings.map(result),
			},
		],
	};
	return `${JSON.stringify(log, null, 2)}\n`;
}

export default { id: 'sarif', check } satisfies Format;
