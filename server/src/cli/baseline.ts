/** A file of findings that are known: only others count. */
import { writeFileSync } from 'node:fs';
import { unwatched } from '../node/disk.ts';
import { readNamedFile, whyUnread } from '../node/regularFile.ts';
import type { ReportedFinding } from '../report/format.ts';
import { UsageError } from './config.ts';

/** Grows when fingerprints are made in another way, or the file gets another form. */
const FORMAT_VERSION = 1;

interface BaselineFile {
	readonly formatVersion: number;
	readonly findings: readonly { readonly fingerprint: string }[];
}

/** The fingerprints in a baseline file. @throws UsageError */
export function readBaseline(path: string): ReadonlySet<string> {
	const fail = (why: string): never => {
		throw new UsageError(`${path}: ${why}; --update-baseline writes it anew`);
	};
	let text = '';
	try {
		text = readNamedFile(path).toString('utf8');
	} catch (error) {
		fail(whyUnread(error));
	}
	let raw: Partial<BaselineFile> | null = null;
	try {
		raw = JSON.parse(text);
	} catch {
		fail('not valid JSON');
	}
	const version = typeof raw === 'object' ? raw?.formatVersion : undefined;
	if (version !== FORMAT_VERSION)
		fail(
			typeof version === 'number'
				? `a baseline of version ${version}, and this program knows version ${FORMAT_VERSION}`
				: 'no baseline',
		);
	const findings = raw?.findings;
	if (!Array.isArray(findings)) return fail('no baseline: it has no list of findings');
	return new Set(findings.flatMap((finding) => (typeof finding?.fingerprint === 'string' ? finding.fingerprint : [])));
}

/** Writes the findings down, one a line, so that what changes can be seen in a comparison. @throws UsageError */
export function writeBaseline(path: string, findings: readonly ReportedFinding[]): void {
	// It is written anew each time.
	unwatched();
	const rows = findings
		.map(({ fingerprint, rule, file }) => ({ fingerprint, rule, file }))
		.sort((a, b) => compare(a.file, b.file) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint));
	const lines = rows.map((row) => `\n    ${JSON.stringify(row)}`).join(',');
	const end = rows.length > 0 ? '\n  ' : '';
	writeText(path, `{\n  "formatVersion": ${FORMAT_VERSION},\n  "findings": [${lines}${end}]\n}\n`);
}

/** Writes a file that the user named. @throws UsageError */
export function writeText(path: string, text: string): void {
	try {
		writeFileSync(path, text);
	} catch (error) {
		throw new UsageError(`${path}: cannot be written: ${(error as NodeJS.ErrnoException).code ?? error}`);
	}
}

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);
