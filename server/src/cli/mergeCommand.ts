/** `merge`: joins the reports of parts, as shards on several machines make them, into the report of the whole. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { readNamedFile, whyUnread } from '../node/regularFile.ts';
import type { Report, ReportedFinding } from '../report/format.ts';
import { FORMAT_VERSION } from '../report/formats/json.ts';
import { formats } from '../report/index.generated.ts';
import { isFailure } from '../workspace/skipped.ts';
import { writeText } from './baseline.ts';
import { UsageError } from './config.ts';
import { EXIT, type Run, tool } from './exit.ts';

interface MergeFlags {
	readonly format: string;
	readonly output?: string;
}

/** What a report in JSON holds. */
type Part = Omit<Report, 'folder' | 'calls'> & { readonly formatVersion: number };

/** Adds `merge`. */
export function addMergeCommand(program: Command, run: Run): void {
	program
		.command('merge')
		.description('join the reports of shards, written by check with --format json, into the report of the whole')
		.argument('<report...>', 'the reports of all parts')
		.addOption(
			new Option('--format <format>', 'how to write the result').choices(formats.map(({ id }) => id)).default('text'),
		)
		.option('--output <file>', 'write the result there')
		.action((files: string[], flags: MergeFlags) => merge(files, flags, run));
}

function merge(files: readonly string[], { format, output }: MergeFlags, run: Run): void {
	const { folder, out } = run.at;
	const parts = files.map((file) => readPart(resolve(folder, file), file));
	refuseOverlaps(parts, files);
	const findings = inWalkOrder(parts.flatMap((part) => part.findings));
	const sum = (of: (part: Part) => number): number => parts.reduce((total, part) => total + of(part), 0);
	const skipped = parts.flatMap((part) => part.files.skipped);
	const whole: Report = {
		tool,
		folder,
		files: { read: sum((part) => part.files.read), withCalls: sum((part) => part.files.withCalls), skipped },
		callCount: sum((part) => part.callCount),
		calls: [],
		findings,
	};
	const text = formats.find(({ id }) => id === format)?.check(whole, run.style) ?? '';
	if (output === undefined) out(text);
	else writeText(resolve(folder, output), text);
	if (skipped.some(isFailure)) run.status = EXIT.failure;
	else if (findings.some(({ severity }) => severity === 'error' || severity === 'warning')) run.status = EXIT.findings;
}

function readPart(path: string, name: string): Part {
	const part = parsed(path, name);
	if (typeof part !== 'object' || !Array.isArray(part?.findings) || !Array.isArray(part.files?.skipped))
		throw new UsageError(`${name}: not a report that check wrote with --format json`);
	if (part.formatVersion !== FORMAT_VERSION)
		throw new UsageError(
			`${name}: a report of format version ${part.formatVersion}, and this program knows version ${FORMAT_VERSION}`,
		);
	if (part.tool?.version !== tool.version)
		throw new UsageError(`${name}: made by version ${part.tool?.version}, and this is ${tool.version}`);
	return part as Part;
}

function parsed(path: string, name: string): Partial<Part> | null {
	let text: string;
	try {
		text = readNamedFile(path).toString('utf8');
	} catch (error) {
		throw new UsageError(`${name}: ${whyUnread(error)}`);
	}
	try {
		return JSON.parse(text);
	} catch {
		throw new UsageError(`${name}: not valid JSON`);
	}
}

/** Parts of one run have no file in common; numbers of other reports cannot be added. */
function refuseOverlaps(parts: readonly Part[], names: readonly string[]): void {
	const owners = new Map<string, number>();
	for (const [at, { findings }] of parts.entries()) {
		for (const { file } of findings) {
			const owner = owners.get(file) ?? at;
			if (owner !== at)
				throw new UsageError(`${names[owner]} and ${names[at]} both tell of ${file}: they are no parts`);
			owners.set(file, owner);
		}
	}
}

/** In the order in which one run would have found them: folder by folder, by name. Those of one file keep theirs. */
function inWalkOrder(findings: readonly ReportedFinding[]): ReportedFinding[] {
	const paths = new Map(findings.map(({ file }) => [file, file.split('/')]));
	const segments = ({ file }: ReportedFinding): readonly string[] => paths.get(file) ?? [];
	return [...findings].sort((a, b) => compareSegments(segments(a), segments(b)));
}

function compareSegments(a: readonly string[], b: readonly string[]): number {
	const at = a.findIndex((segment, index) => segment !== b[index]);
	if (at < 0) return a.length - b.length;
	return (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}
