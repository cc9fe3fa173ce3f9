/** Text for people: one line a finding that editors can jump from, and the source with the place underlined. */
import { createColors } from 'picocolors';
import stringWidth from 'string-width';
import { hex } from '../../catalog/opcode.ts';
import type { Severity } from '../../rules/rule.ts';
import { TARGETS } from '../../types/ctype.ts';
import type { BufferRecord, CallRecord, Format, Report, ReportedFinding, Style } from '../format.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
const TAB = 4;
/** Columns of source shown; a longer line is cut around the finding. */
const WIDEST = 160;

type Colours = ReturnType<typeof createColors>;

const severityColour = (colours: Colours, severity: Severity) =>
	({ error: colours.red, warning: colours.yellow, info: colours.cyan, hint: colours.dim })[severity];

function check(report: Report, style: Style): string {
	const colours = createColors(style.colours);
	const blocks = report.findings.map((finding) => block(finding, colours));
	return [...blocks, `${summary(report, colours)}\n`].join('\n');
}

function block(finding: ReportedFinding, colours: Colours): string {
	const paint = severityColour(colours, finding.severity);
	const place = `${printable(finding.file)}:${finding.line}:${finding.column}:`;
	const title = `${colours.bold(place)} ${colours.bold(paint(`${finding.severity}:`))} ${printable(finding.message)} ${colours.dim(`[${finding.rule}]`)}`;
	const { source, carets } = frame(finding);
	const number = String(finding.line);
	const gutter = (text: string) => colours.dim(`${text.padStart(number.length + 1)} | `);
	return `${title}\n${gutter(number)}${source}\n${gutter('')}${paint(carets)}\n`;
}

/** Columns that a terminal shows a text in. */
const widthOf = (text: string): number => (/^[ -~]*$/.test(text) ? text.length : stringWidth(text));

/** The finding's first line as a terminal can show it, and carets below the finding's characters. */
function frame({ excerpt }: ReportedFinding): { source: string; carets: string } {
	const before = columnsOf(excerpt.before);
	const marked = columnsOf(excerpt.marked, widthOf(before));
	const after = columnsOf(excerpt.after, widthOf(before) + widthOf(marked));
	const [left, middle, right] = cut(before, marked, after);
	return {
		source: left + middle + right,
		carets: ' '.repeat(widthOf(left)) + '^'.repeat(Math.max(1, widthOf(middle))),
	};
}

/** Text with its tabs as blanks, as if it began at column `at`, and nothing in it that could steer a terminal. */
function columnsOf(text: string, at = 0): string {
	let shown = '';
	for (const part of text.split(/(\t)/)) {
		shown += part === '\t' ? ' '.repeat(TAB - ((at + widthOf(shown)) % TAB)) : printable(part);
	}
	return shown;
}

/** Control and direction-changing characters show as a replacement: a file under test must not write to the terminal. */
const printable = (text: string): string =>
	text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');

function cut(before: string, marked: string, after: string): [string, string, string] {
	const middle = [...marked];
	const shownMiddle = middle.length > WIDEST ? `${middle.slice(0, WIDEST - 1).join('')}…` : marked;
	const room = WIDEST - Math.min(middle.length, WIDEST);
	const left = [...before];
	const right = [...after.trimEnd()];
	if (left.length + right.length <= room) return [before, shownMiddle, right.join('')];
	const rightRoom = Math.min(right.length, Math.max(room >> 1, room - left.length));
	const leftRoom = room - rightRoom;
	return [
		left.length <= leftRoom ? before : `…${leftRoom > 1 ? left.slice(1 - leftRoom).join('') : ''}`,
		shownMiddle,
		right.length <= rightRoom ? right.join('') : `${right.slice(0, Math.max(0, rightRoom - 1)).join('')}…`,
	];
}

function summary(report: Report, colours: Colours): string {
	const { findings } = report;
	if (findings.length === 0) return `${colours.green('No findings')} (${scope(report)}).`;
	const parts = SEVERITIES.flatMap((severity) => {
		const number = findings.filter((f) => f.severity === severity).length;
		if (number === 0) return [];
		const noun = severity === 'info' ? `${number} info` : count(number, severity);
		return [severityColour(colours, severity)(noun)];
	});
	return `${parts.join(', ')} (${scope(report)}).`;
}

function scope({ callCount, files }: Report): string {
	const skipped = files.skipped.length > 0 ? `, ${files.skipped.length} skipped` : '';
	const where = callCount > 0 ? ` in ${count(files.withCalls, 'file')}` : '';
	return `${count(callCount, 'call')}${where}, ${count(files.read, 'file')} read${skipped}`;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

function calls(report: Report, style: Style): string {
	const colours = createColors(style.colours);
	return `${report.calls.map((call) => callLine(call, colours)).join('')}${scope(report)}.\n`;
}

function callLine(call: CallRecord, colours: Colours): string {
	const place = colours.bold(`${printable(call.file)}:${call.line}:${call.column}:`);
	const via = call.callee === call.api ? call.api : `${call.api} (as ${printable(call.callee)})`;
	if (call.kind === 'socket-option') return `${place} ${via} socket option\n`;
	if (call.kind === 'unknown') return `${place} ${via} control code or socket option\n`;
	return `${place} ${via} ${codeLabel(call)}; in: ${bufferLabel(call.in)}; out: ${bufferLabel(call.out)}\n`;
}

function codeLabel({ code }: CallRecord): string {
	if (!code) return 'code not resolved';
	return code.name === null ? hex(code.value) : `${printable(code.name)} (${hex(code.value)})`;
}

function bufferLabel({ type, size }: BufferRecord): string {
	if (size && TARGETS.every((target) => size[target] === 0)) return 'none';
	const bytes = size ? sizeLabel(size) : 'size not resolved';
	return type === null ? bytes : `${printable(type)}, ${bytes}`;
}

/** `4 bytes`, or `4 bytes (x86), 8 bytes (x64, arm64)`. */
function sizeLabel(size: NonNullable<BufferRecord['size']>): string {
	const sizes = [...new Set(TARGETS.map((target) => size[target]))];
	const [only, ...others] = sizes;
	if (only !== undefined && others.length === 0) return count(only, 'byte');
	const on = (bytes: number) => TARGETS.filter((target) => size[target] === bytes).join(', ');
	return sizes.map((bytes) => `${count(bytes, 'byte')} (${on(bytes)})`).join(', ');
}

export default { id: 'text', check, calls } satisfies Format;
