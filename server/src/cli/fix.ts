/** Carries the fixes of findings out, or shows what they would change. */
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { unwatched } from '../node/disk.ts';
import type { EditRecord, ReportedFinding } from '../report/format.ts';
import { visible } from '../report/visible.ts';
import { lineStarts } from '../syntax/lines.ts';
import { fail, type Run } from './exit.ts';

/** Lines around a change that a diff shows. */
const CONTEXT = 3;

interface Change {
	readonly start: number;
	readonly end: number;
	readonly newText: string;
}

interface Mended {
	/** As reports show it. */
	readonly file: string;
	readonly path: string;
	readonly text: string;
	/** By position, none within another. */
	readonly changes: readonly Change[];
}

/** Mends the files, and gives the number of fixes carried out. What cannot be read or written is told. */
export function applyFixes(findings: readonly ReportedFinding[], run: Run): number {
	let done = 0;
	for (const { path, file, text, changes, fixes } of mended(findings, run)) {
		try {
			writeFileSync(realpathSync(path), changed(text, changes));
			done += fixes;
		} catch (error) {
			run.status = fail(run, `${visible(file)}: cannot be written: ${(error as NodeJS.ErrnoException).code ?? error}`);
		}
	}
	return done;
}

/** What the fixes would change, as `patch` takes it. */
export function fixesAsDiff(findings: readonly ReportedFinding[], run: Run): string {
	return [...mended(findings, run)].map(diffOf).join('');
}

function* mended(findings: readonly ReportedFinding[], run: Run): Generator<Mended & { readonly fixes: number }> {
	const byFile = new Map<string, ReportedFinding[]>();
	for (const finding of findings) {
		if (!finding.fix || finding.fix.unfinished) continue;
		const known = byFile.get(finding.file);
		if (known) known.push(finding);
		else byFile.set(finding.file, [finding]);
	}
	for (const [file, some] of byFile) {
		const path = resolve(run.at.folder, file);
		const text = textIn(path);
		if (text === undefined) {
			run.status = fail(run, `${visible(file)}: not mended: it cannot be read as UTF-8`);
			continue;
		}
		const taken: Change[] = [];
		let fixes = 0;
		for (const { fix } of some) {
			const changes = fix?.edits.map((edit) => changeOf(text, edit)) ?? [];
			// One that touches another is done by the next run, if there is still a need for it.
			if (changes.some((change) => taken.some((other) => change.start <= other.end && other.start <= change.end)))
				continue;
			taken.push(...changes);
			fixes++;
		}
		taken.sort((a, b) => a.start - b.start);
		yield { file, path, text, changes: taken, fixes };
	}
}

/** The text of a file that is UTF-8 all through, with its byte order mark. */
function textIn(path: string): string | undefined {
	try {
		// What is told of it is about to change.
		unwatched();
		const bytes = readFileSync(path);
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/** Places count characters of a text without its byte order mark. */
function changeOf(text: string, { line, column, endLine, endColumn, newText }: EditRecord): Change {
	const mark = text.startsWith('\ufeff') ? 1 : 0;
	const starts = lineStarts(text);
	const offset = (row: number, characters: number): number => {
		const start = row === 1 ? mark : (starts[row - 1] ?? text.length);
		const rest = [...text.slice(start, starts[row] ?? text.length)].slice(0, characters - 1);
		return start + rest.join('').length;
	};
	return { start: offset(line, column), end: offset(endLine, endColumn), newText };
}

function changed(text: string, changes: readonly Change[]): string {
	let made = '';
	let at = 0;
	for (const { start, end, newText } of changes) {
		made += text.slice(at, start) + newText;
		at = end;
	}
	return made + text.slice(at);
}

/** Lines with their ends, as a diff counts them. */
const linesOf = (text: string): string[] => (text === '' ? [] : text.split(/(?<=\n)/));

/** One stretch of changed lines: `old` lines from `from` on give way to `fresh`. */
interface Stretch {
	readonly from: number;
	readonly old: number;
	readonly fresh: readonly string[];
}

function diffOf({ file, text, changes }: Mended): string {
	const lines = linesOf(text);
	const starts: number[] = [];
	let length = 0;
	for (const line of lines) {
		starts.push(length);
		length += line.length;
	}
	const rowOf = (offset: number): number =>
		Math.max(
			0,
			starts.findLastIndex((start) => start <= offset),
		);
	const stretches: Stretch[] = [];
	for (let at = 0; at < changes.length; ) {
		const first = changes[at] as Change;
		const from = rowOf(first.start);
		let to = rowOf(first.end);
		let end = at + 1;
		while (end < changes.length && rowOf((changes[end] as Change).start) <= to)
			to = rowOf((changes[end++] as Change).end);
		const base = starts[from] ?? 0;
		const upTo = starts[to + 1] ?? length;
		const own = changes.slice(at, end).map((c) => ({ ...c, start: c.start - base, end: c.end - base }));
		stretches.push({ from, old: to + 1 - from, fresh: linesOf(changed(text.slice(base, upTo), own)) });
		at = end;
	}
	return `--- ${headName('a', file)}\n+++ ${headName('b', file)}\n${hunksOf(lines, stretches).join('')}`;
}

/** Names that would end the line or steer a terminal are quoted as git does. */
function headName(side: string, file: string): string {
	const name = `${side}/${file.replace(/^\//, '')}`;
	return /["\\\p{Cc}]/u.test(name) ? JSON.stringify(name).replace(/\p{Cc}/gu, '\ufffd') : name;
}

function hunksOf(lines: readonly string[], stretches: readonly Stretch[]): string[] {
	const hunks: string[] = [];
	let shift = 0;
	for (let at = 0; at < stretches.length; ) {
		const first = stretches[at] as Stretch;
		const start = Math.max(0, first.from - CONTEXT);
		let body = lines.slice(start, first.from).map((line) => marked(' ', line));
		let row = first.from;
		let grown = 0;
		do {
			const { from, old, fresh } = stretches[at++] as Stretch;
			body = [
				...body,
				...lines.slice(row, from).map((line) => marked(' ', line)),
				...lines.slice(from, from + old).map((line) => marked('-', line)),
				...fresh.map((line) => marked('+', line)),
			];
			row = from + old;
			grown += fresh.length - old;
		} while (at < stretches.length && (stretches[at] as Stretch).from - row <= 2 * CONTEXT);
		const end = Math.min(lines.length, row + CONTEXT);
		body.push(...lines.slice(row, end).map((line) => marked(' ', line)));
		const before = end - start;
		hunks.push(`@@ -${start + 1},${before} +${start + 1 + shift},${before + grown} @@\n${body.join('')}`);
		shift += grown;
	}
	return hunks;
}

const marked = (sign: string, line: string): string =>
	line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`;
