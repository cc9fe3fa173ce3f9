/** A result and a probe as the body of an HTML page, for whoever frames it. All that comes from outside is escaped. */

import * as l10n from '@vscode/l10n';
import { sideTitle } from '../reference/words.ts';
import type { Row } from './buffers/decode.ts';
import type { ProbedSide, ProbeRange, ProbeResult } from './probe.ts';
import { answerText, rangeTable, rangeText, sizeTitle, smallestTitle, verdictOf } from './probe.ts';
import type { ResultBuffer, RunResult } from './result.ts';
import {
	bufferTitle,
	bytesOf,
	expectationCells,
	expectationHead,
	facts,
	fieldCells,
	fieldHead,
	MOST_DUMPED,
	moreBytes,
	noBytes,
	nullText,
	statusText,
} from './resultText.ts';

const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text as HTML shows it. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);

/** A sentence, with names between backticks as code. */
const prose = (text: string): string => escaped(text).replace(/`([^`]*)`/g, '<code>$1</code>');

const row = (cells: readonly string[], attributes = ''): string =>
	`<tr${attributes}>${cells.map((cell) => `<td>${prose(cell)}</td>`).join('')}</tr>`;

/** What is above the names of rows is no header: it has nothing to say. */
const headRow = (cells: readonly string[]): string =>
	`<tr>${cells.map((cell) => (cell === '' ? '<td></td>' : `<th scope="col">${prose(cell)}</th>`)).join('')}</tr>`;

/** A table, with a name for whoever goes from one table to the next. */
const table = (name: string, head: readonly string[], rows: readonly string[]): string =>
	`<table aria-label="${escaped(name)}"><thead>${headRow(head)}</thead><tbody>${rows.join('')}</tbody></table>`;

/** The body of a result's page: fields and bytes carry their places (`data-from`, `data-to`, `data-at`). */
export function resultHtml(result: RunResult): string {
	const { output, input, expectations, calls, notes } = result;
	const items = facts(result).map(([label, text]) => `<dt>${escaped(label)}</dt><dd>${prose(text)}</dd>`);
	const parts = [
		`<h1>${escaped(result.title)}</h1>`,
		`<p class="status ${result.status}"><strong>${escaped(statusText(result.status))}.</strong> ${prose(result.summary)}</p>`,
		`<dl>${items.join('')}</dl>`,
		...(notes.length > 0 ? [`<ul>${notes.map((note) => `<li>${prose(note)}</li>`).join('')}</ul>`] : []),
		...(output ? [bufferHtml(sideTitle('output'), output)] : []),
		...(input ? [bufferHtml(sideTitle('input'), input)] : []),
	];
	if (expectations.length > 0) {
		const rows = expectations.map((e) => row(expectationCells(e), e.agrees === false ? ' class="differs"' : ''));
		const title = l10n.t('Catalog against result');
		parts.push(`<h2>${escaped(title)}</h2>`, table(title, expectationHead('result'), rows));
	}
	if (calls.length > 0)
		parts.push(`<h2>${escaped(l10n.t('Calls'))}</h2>`, `<pre>${calls.map(escaped).join('\n')}</pre>`);
	return parts.join('\n');
}

function bufferHtml(title: string, buffer: ResultBuffer): string {
	const { bytes, rows, tables, declared } = buffer;
	const heading = bufferTitle(title, buffer);
	const parts = [`<h2>${escaped(heading)}</h2>`];
	if (bytes === null && rows.length === 0) parts.push(`<p>${nullText(declared)}</p>`);
	for (const { columns, rows: cells } of tables)
		parts.push(
			table(
				heading,
				columns,
				cells.map((line) => row(line)),
			),
		);
	if (rows.length > 0 && (tables.length === 0 || bytes !== null)) {
		parts.push(table(heading, fieldHead(), rows.map(fieldRow)));
	}
	if (bytes === '') parts.push(`<p>${noBytes()}</p>`);
	else if (bytes !== null) parts.push(dumpHtml(bytesOf(bytes)));
	return `<section class="buffer">${parts.join('\n')}</section>`;
}

/** Structures are told by the rows of their members. Who comes to a row by the keyboard is told all of it. */
function fieldRow(field: Row): string {
	const cells = fieldCells(field);
	const words = escaped(cells.filter((cell) => cell !== '').join(', '));
	const { offset, size } = field;
	return row(cells, ` tabindex="0" aria-label="${words}" data-from="${offset}" data-to="${offset + size}"`);
}

function dumpHtml(bytes: Uint8Array): string {
	const shown = [...bytes.subarray(0, MOST_DUMPED)];
	const lines: string[] = [];
	for (let at = 0; at < shown.length; at += 16) {
		const part = shown.slice(at, at + 16);
		const pairs = part.map((b, i) => `<span data-at="${at + i}">${b.toString(16).padStart(2, '0')}</span>`);
		const text = part.map((b) => (b >= 0x20 && b < 0x7f ? escaped(String.fromCharCode(b)) : '.')).join('');
		const gap = ' '.repeat((Math.min(16, shown.length) - part.length) * 3);
		lines.push(`<span class="offset">${at.toString(16).padStart(4, '0')}</span>  ${pairs.join(' ')}${gap}  ${text}`);
	}
	if (bytes.length > MOST_DUMPED) lines.push(moreBytes(bytes.length));
	return `<pre class="dump">${lines.join('\n')}</pre>`;
}

/** The body of a probe's page: a strip for each side, and the table behind it. */
export function probeHtml(result: ProbeResult): string {
	const notes = [...result.notes, ...(result.failure === undefined ? [] : [result.failure])];
	const parts = [
		`<h1>${escaped(result.title)}</h1>`,
		...(result.system === undefined
			? []
			: [`<dl><dt>${l10n.t('Answered by')}</dt><dd>${escaped(result.system)}</dd></dl>`]),
		...(notes.length > 0 ? [`<ul>${notes.map((note) => `<li>${prose(note)}</li>`).join('')}</ul>`] : []),
		...result.sides.map(sideHtml),
	];
	if (result.sides.length > 0) {
		const rows = result.sides.map((side) =>
			row(expectationCells(verdictOf(side)), side.agrees === false ? ' class="differs"' : ''),
		);
		parts.push(`<h2>${smallestTitle()}</h2>`, table(smallestTitle(), expectationHead('system'), rows));
	}
	return parts.join('\n');
}

function kindOf({ answer, note }: ProbeRange): 'accepted' | 'refused' | 'overrun' {
	if (answer !== 'ok' && answer !== 'pending') return 'refused';
	return note === undefined ? 'accepted' : 'overrun';
}

/** A range as it is drawn: in two where the line of the catalog's minimum falls into it. */
function splitAt(range: ProbeRange, minimum: number | null): readonly ProbeRange[] {
	if (minimum === null || minimum <= range.from || minimum > range.to) return [range];
	return [
		{ ...range, to: minimum - 1 },
		{ ...range, from: minimum },
	];
}

function sideHtml({ side, ranges, catalog }: ProbedSide): string {
	const title = sizeTitle(side);
	const last = ranges.at(-1)?.to ?? 0;
	// The more sizes a range has, the wider it is drawn, but not in proportion: short ranges would vanish beside long ones.
	const width = (range: ProbeRange): number => Math.ceil(Math.sqrt(range.to - range.from + 1) * 10);
	const inWords = (range: ProbeRange) =>
		`${rangeText(range)}: ${answerText(range)}${range.note ? `, ${range.note}` : ''}`;
	const blocks = ranges
		.flatMap((range) => splitAt(range, catalog))
		.map((range) => {
			const marks = range.from === catalog ? ' minimum' : '';
			const words = inWords(range);
			return `<span class="${kindOf(range)}${marks}" data-width="${width(range)}" title="${escaped(words)}">${escaped(rangeText(range))}</span>`;
		});
	const extent = l10n.t('{0}, 0 to {1} bytes', title, last);
	const label = catalog === null ? extent : l10n.t("{0}; the catalog's minimum is {1}", extent, catalog);
	const drawn = [label, ...ranges.map(inWords)].join('. ');
	const { head, rows } = rangeTable(ranges);
	return [
		`<section><h2>${title}</h2>`,
		`<div class="strip" role="img" aria-label="${escaped(drawn)}">${blocks.join('')}</div>`,
		table(
			title,
			head,
			rows.map((cells) => row(cells)),
		),
		'</section>',
	].join('\n');
}
