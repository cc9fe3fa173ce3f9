/** SARIF 2.1.0, which code scanning services read. */
import type {
	ArtifactLocation,
	Fix,
	Log,
	Notification,
	ReportingDescriptor,
	Result,
	Region as SarifRegion,
	VersionControlDetails,
} from 'sarif';
import manifest from '../../../../package.json' with { type: 'json' };
import { ruleHelp } from '../../rules/docs.ts';
import { rules } from '../../rules/index.generated.ts';
import type { Severity } from '../../rules/rule.ts';
import { isFailure } from '../../workspace/skipped.ts';
import { fileUri, isAbsolutePath } from '../../workspace/uri.ts';
import type { Format, Origin, Region, Report, ReportedFinding, SkippedRecord } from '../format.ts';

const ROOT = '%SRCROOT%';
/** A number that changes when fingerprints are made in another way. */
const FINGERPRINT = 'ioctlLens/v1';

/** Where rules are described. */
const REPOSITORY = manifest.repository.url.replace(/^git\+|\.git$/g, '');

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

/** The lines of a finding on one line, and the finding among them; nothing of what is too long to be shown whole. */
function texts(finding: ReportedFinding): { snippet?: { text: string }; context?: SarifRegion } {
	const { line, endLine, column, endColumn, excerpt } = finding;
	const { before, marked, after } = excerpt;
	const isWhole = line === endLine && [...before].length === column - 1 && [...marked].length === endColumn - column;
	if (!isWhole) return {};
	const context = { startLine: line, endLine, snippet: { text: before + marked + after } };
	return marked === '' ? { context } : { snippet: { text: marked }, context };
}

const ruleDescriptors = (): ReportingDescriptor[] =>
	rules.map((rule) => ({
		id: rule.id,
		name: rule.id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
		shortDescription: { text: rule.title },
		fullDescription: { text: rule.description },
		help: ruleHelp(rule),
		helpUri: `${REPOSITORY}/blob/v${manifest.version}/server/docs/rules.md#${rule.id}`,
		defaultConfiguration: { enabled: !rule.offByDefault, level: LEVELS[rule.severity] },
		// What cannot be resolved is not judged: what is reported is right but for mistakes of the product.
		properties: { precision: 'high', tags: ['winsock', rule.stage] },
	}));

/**
 * @param state how the finding compares with the baseline.
 * @param silencedBy a comment in the source, or the baseline.
 */
function result(
	finding: ReportedFinding,
	state: 'new' | 'unchanged' | undefined,
	silencedBy?: 'inSource' | 'external',
): Result {
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
	const { snippet, context } = texts(finding);
	return {
		ruleId: finding.rule,
		ruleIndex: rules.findIndex((rule) => rule.id === finding.rule),
		level: LEVELS[finding.severity],
		message: { text: finding.message },
		locations: [
			{
				physicalLocation: {
					artifactLocation,
					region: { ...region(finding), ...(snippet && { snippet }) },
					...(context && { contextRegion: context }),
				},
			},
		],
		partialFingerprints: { [FINGERPRINT]: finding.fingerprint },
		...(state ? { baselineState: state } : {}),
		...(silencedBy ? { suppressions: [{ kind: silencedBy }] } : {}),
		...(fixes ? { fixes } : {}),
	};
}

const notification = (skipped: SkippedRecord, failed: boolean): Notification => ({
	level: failed ? 'error' : 'note',
	descriptor: { id: skipped.reason },
	message: { text: `Not checked: ${skipped.detail}` },
	locations: [{ physicalLocation: { artifactLocation: location(skipped.file) } }],
});

const folderUri = (path: string): string => {
	const uri = fileUri(path);
	return uri.endsWith('/') ? uri : `${uri}/`;
};

const provenance = ({ uri, root, revision, branch }: Origin, folder: string): VersionControlDetails => ({
	repositoryUri: uri,
	...(revision === undefined ? {} : { revisionId: revision }),
	...(branch === undefined ? {} : { branch }),
	mappedTo: root === folder ? { uriBaseId: ROOT } : { uri: folderUri(root) },
});

function check(report: Report): string {
	const notifications = report.files.skipped.map((skipped) => notification(skipped, isFailure(skipped)));
	const log: Log = {
		$schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: {
					driver: {
						name: 'IOCTL Lens',
						semanticVersion: report.tool.version,
						informationUri: REPOSITORY,
						rules: ruleDescriptors(),
					},
				},
				invocations: [
					{
						executionSuccessful: !report.files.skipped.some(isFailure),
						toolExecutionNotifications: notifications,
					},
				],
				...(report.origin ? { versionControlProvenance: [provenance(report.origin, report.folder)] } : {}),
				originalUriBaseIds: { [ROOT]: { uri: folderUri(report.folder) } },
				columnKind: 'unicodeCodePoints',
				results: [
					...report.findings.map((finding) => result(finding, report.baselined ? 'new' : undefined)),
					...(report.silenced ?? []).map((finding) => result(finding, undefined, 'inSource')),
					...(report.known ?? []).map((finding) => result(finding, 'unchanged', 'external')),
				],
			},
		],
	};
	return `${JSON.stringify(log, null, 2)}\n`;
}

export default { id: 'sarif', tellsOrigin: true, check } satisfies Format;
