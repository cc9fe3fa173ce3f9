/** A result as a document, as plain text, as JSON, and a run as C. */

import * as l10n from '@vscode/l10n';
import type { Catalog } from '../catalog/catalog.ts';
import { hex } from '../catalog/opcode.ts';
import { typeSpelling } from '../reference/facts.ts';
import { columns } from '../reference/render/columns.ts';
import { plainCell, plainTable } from '../reference/render/table.ts';
import { sideTitle } from '../reference/words.ts';
import type { CType } from '../types/ctype.ts';
import { typeText } from '../types/layout.ts';
import { BACKENDS } from './backends/all.ts';
import { fromBase64, hexOf } from './buffers/bytes.ts';
import { decode, type Row } from './buffers/decode.ts';
import { Shapes } from './buffers/shape.ts';
import type { PreparedRun } from './prepare.ts';
import { leavesOf } from './questions.ts';
import type { Expectation, ResultBuffer, RunResult } from './result.ts';

/** How each status is headed. */
export const statusText = (status: RunResult['status']): string => STATUS[status]();

const STATUS: Readonly<Record<RunResult['status'], () => string>> = {
	ok: () => l10n.t('Done'),
	elsewhere: () => l10n.t('Not so on Windows'),
	error: () => l10n.t('Error'),
	pending: () => l10n.t('Pending'),
	failed: () => l10n.t('Not run'),
	cancelled: () => l10n.t('Cancelled'),
	'timed-out': () => l10n.t('No answer'),
	crashed: () => l10n.t('The runner crashed'),
};

const SIZES: Readonly<Record<RunResult['sizes'], () => string>> = {
	written: () => l10n.t('as written in the source'),
	correct: () => l10n.t('as the catalog asks'),
	given: () => l10n.t('as given'),
};

/** What stands in the place of the bytes of a buffer that is not there. */
export const nullText = (size: number): string => l10n.t('NULL, with a size of {0}.', size);

/** What stands there where a buffer holds nothing. */
export const noBytes = (): string => l10n.t('No bytes.');

/** The last line of the bytes of a large buffer, of its length. */
export const moreBytes = (length: number): string => l10n.t('... {0} more bytes', length - MOST_DUMPED);

/** The heads of a table of fields. */
export const fieldHead = (): string[] => [
	l10n.t('field'),
	l10n.t('type'),
	l10n.t('offset'),
	l10n.t('size'),
	l10n.t('value'),
];

/** The heads of a comparison with the catalog, of a result or of what a system takes. */
export const expectationHead = (with_: 'result' | 'system'): string[] => [
	'',
	l10n.t('catalog'),
	with_ === 'result' ? l10n.t('result') : l10n.t('system'),
	l10n.t('verdict'),
];

/** `12 µs`, `3.4 ms`. */
export function timeText(microseconds: number): string {
	if (microseconds < 1000) return `${Math.round(microseconds)} µs`;
	const ms = microseconds / 1000;
	return ms < 1000 ? `${Number(ms.toFixed(1))} ms` : `${Number((ms / 1000).toFixed(2))} s`;
}

/** 16 bytes a line: offset, hexadecimal, ASCII. A single line is no wider than it has to be. */
export function hexDump(bytes: Uint8Array): string[] {
	const lines: string[] = [];
	const width = (of: number): number => Math.max(0, Math.min(of, 8) * 3 - 1);
	const [first, second] = [width(bytes.length), width(bytes.length - 8)];
	for (let at = 0; at < bytes.length; at += 16) {
		const part = [...bytes.subarray(at, at + 16)];
		const pairs = part.map((b) => b.toString(16).padStart(2, '0'));
		const left = pairs.slice(0, 8).join(' ').padEnd(first);
		const right = second === 0 ? '' : `  ${pairs.slice(8).join(' ').padEnd(second)}`;
		const text = part.map((b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : '.')).join('');
		lines.push(`${at.toString(16).padStart(4, '0')}  ${left}${right}  ${text}`);
	}
	return lines;
}

/** More bytes than this are not shown in a document; JSON has them all. */
export const MOST_DUMPED = 1024;

/** Bytes of a text in hexadecimal. */
export const bytesOf = (text: string): Uint8Array =>
	Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** The result document. Ends with a line feed. */
export function resultMarkdown(result: RunResult): string {
	const lines = [`# ${result.title}`, '', `**${statusText(result.status)}.** ${result.summary}`, ''];
	for (const [label, text] of facts(result)) lines.push(`- ${label}: ${text}`);
	for (const note of result.notes) lines.push(`- ${note}`);
	const { output, input } = result;
	if (output) lines.push('', ...bufferMarkdown(sideTitle('output'), output));
	if (input) lines.push('', ...bufferMarkdown(sideTitle('input'), input));
	if (result.expectations.length > 0) {
		lines.push('', `## ${l10n.t('Catalog against result')}`, '');
		lines.push(...plainTable(expectationHead('result'), result.expectations.map(expectationCells)));
	}
	if (result.calls.length > 0) lines.push('', `## ${l10n.t('Calls')}`, '', '```c', ...result.calls, '```');
	return `${lines.join('\n')}\n`;
}

/** The result document without what differs each time: what is left of two runs says how their answers differ. */
export function comparedMarkdown({ microseconds: _, ...result }: RunResult): string {
	return resultMarkdown(result);
}

function verdictText(agrees: boolean | null): string {
	if (agrees === null) return '';
	return agrees ? l10n.t('agrees') : l10n.t('differs');
}

/** The cells of one line of the comparison with the catalog. */
export const expectationCells = (e: Expectation): string[] => [e.subject, e.expected, e.came, verdictText(e.agrees)];

/** What is worth knowing of a run besides its answer: labels and texts. */
export function facts(result: RunResult): [string, string][] {
	const toldSizes = BACKENDS[result.backend].tellsSizes;
	const list: [string, string][] = [];
	list.push([
		l10n.t('Control code'),
		`${result.name}${result.name === hex(result.code) ? '' : ` (${hex(result.code)})`}`,
	]);
	for (const finding of result.predicted) list.push([l10n.t('Finding'), finding]);
	if (result.system) list.push([l10n.t('Answered by'), result.system]);
	list.push([l10n.t('Socket'), result.socket]);
	if (result.microseconds !== undefined) list.push([l10n.t('Time'), timeText(result.microseconds)]);
	if (toldSizes && result.bytesReturned !== undefined) {
		const returned = result.bytesReturned === null ? l10n.t('not set by the call') : String(result.bytesReturned);
		list.push([l10n.t('Bytes returned'), returned]);
	}
	if (result.neededSize !== undefined) list.push([l10n.t('Size needed'), l10n.t('{0} bytes', result.neededSize)]);
	// Of a code that it does not hold, the catalog says nothing.
	const unknown = result.sizes === 'correct' && result.name === hex(result.code);
	if (toldSizes && result.calls.length > 0 && !unknown) list.push([l10n.t('Sizes'), SIZES[result.sizes]()]);
	for (const words of result.guards) list.push([l10n.t('Guard bytes'), words]);
	return list;
}

/** `Input: tcp_keepalive`, and how much of it the call was told of when that is not all. */
export function bufferTitle(title: string, { type, given, declared }: ResultBuffer): string {
	const named = type === undefined ? title : `${title}: ${type}`;
	if (given === undefined || given === declared) return named;
	return l10n.t('{0} ({1} bytes, of which the call was told {2})', named, given, declared);
}

function bufferMarkdown(title: string, buffer: ResultBuffer): string[] {
	const lines = [`## ${plainCell(bufferTitle(title, buffer))}`, ''];
	if (buffer.bytes === null && buffer.rows.length === 0) return [...lines, nullText(buffer.declared)];
	for (const table of buffer.tables) lines.push(...plainTable(table.columns, table.rows), '');
	const rows = buffer.tables.length > 0 && buffer.bytes === null ? [] : buffer.rows;
	if (rows.length > 0) {
		lines.push(...plainTable(fieldHead(), rows.map(fieldCells)), '');
	}
	if (buffer.bytes === '') lines.push(noBytes(), '');
	else if (buffer.bytes !== null) lines.push('```text', ...dump(buffer.bytes), '```', '');
	return lines.slice(0, -1);
}

function dump(hexadecimal: string): string[] {
	const bytes = bytesOf(hexadecimal);
	const lines = hexDump(bytes.subarray(0, MOST_DUMPED));
	return bytes.length > MOST_DUMPED ? [...lines, moreBytes(bytes.length)] : lines;
}

const bitsText = (width: number): string => (width === 1 ? l10n.t('1 bit') : l10n.t('{0} bits', width));

/** The cells of one field: path, type, offset, size, value. */
export function fieldCells(row: Row): string[] {
	const { bits } = row;
	const place = bits ? l10n.t('{0}, bit {1}', row.offset, bits.shift) : String(row.offset);
	const size = bits ? bitsText(bits.width) : String(row.size);
	return [row.path || l10n.t('value'), row.type, place, size, row.text];
}

/** The result for a terminal. Ends with a line feed. */
export function resultPlain(result: RunResult): string {
	const lines = [result.title, `${statusText(result.status)}. ${result.summary}`, ''];
	for (const [label, text] of facts(result)) lines.push(`  ${`${label}:`.padEnd(15)} ${text}`);
	for (const note of result.notes) lines.push(`  ${l10n.t('Note:').padEnd(15)} ${note}`);
	for (const [title, buffer] of [
		[sideTitle('output'), result.output],
		[sideTitle('input'), result.input],
	] as const) {
		if (buffer) lines.push('', ...bufferPlain(title, buffer));
	}
	if (result.expectations.length > 0) {
		const [head = '', catalog = '', came = ''] = expectationHead('result');
		lines.push('', l10n.t('Catalog against result'));
		lines.push(...columns([[head, catalog, came, ''], ...result.expectations.map(expectationCells)]));
	}
	return `${lines.join('\n')}\n`;
}

function bufferPlain(title: string, buffer: ResultBuffer): string[] {
	const lines = [bufferTitle(title, buffer)];
	if (buffer.bytes === null && buffer.rows.length === 0) return [...lines, `  ${nullText(buffer.declared)}`];
	for (const table of buffer.tables) lines.push(...columns([table.columns, ...table.rows]));
	if (buffer.tables.length === 0 && buffer.rows.length > 0) {
		lines.push(...columns([fieldHead(), ...buffer.rows.map(fieldCells)]));
	}
	if (buffer.bytes === '') lines.push(`  ${noBytes()}`);
	else if (buffer.bytes !== null) lines.push(...dump(buffer.bytes).map((line) => `  ${line}`));
	return lines;
}

/** The result as JSON text. Ends with a line feed. */
export const resultJson = (result: RunResult): string => `${JSON.stringify(result, null, 2)}\n`;

/** The call with its input, as a C function that compiles after `winsock2.h` and the code's header. */
export function runAsC(prepared: PreparedRun, catalog: Catalog): string {
	const shapes = new Shapes(catalog, prepared.target);
	const { input, output, name, api } = prepared;
	const lines = ['static int run(SOCKET s)', '{'];
	let inArgs = 'NULL, 0';
	if (input.bytes !== null && input.size !== null) {
		const bytes = fromBase64(input.bytes);
		const declared = input.type && initialised(input.type, bytes, shapes);
		if (declared) lines.push(...declared);
		else lines.push(`\tunsigned char in[${Math.max(bytes.length, 1)}] = { ${inC(bytes)} };`);
		inArgs = `&in, ${input.declared}`;
	}
	if (api === 'ioctlsocket') {
		return `${[...lines, `\treturn ioctlsocket(s, ${name}, ${input.bytes === null ? 'NULL' : '(u_long *)&in'});`, '}'].join('\n')}\n`;
	}
	let outArgs = 'NULL, 0';
	if (output.size !== null) {
		const text = output.type && output.type.kind !== 'array' && !output.list ? output.typeText : undefined;
		const real = output.type && text !== undefined ? shapes.size(output.type) : undefined;
		if (text === undefined || real === undefined || real > output.size) {
			lines.push(`\tunsigned char out[${Math.max(output.size, 1)}];`);
		} else if (real === output.size) lines.push(`\t${typeSpelling(text, catalog)} out;`);
		else lines.push(`\tunion { ${typeSpelling(text, catalog)} value; unsigned char bytes[${output.size}]; } out;`);
		outArgs = `&out, ${output.declared}`;
	}
	lines.push('\tDWORD bytes = 0;');
	lines.push(`\treturn WSAIoctl(s, ${name}, ${inArgs}, ${outArgs}, &bytes, NULL, NULL);`, '}');
	return `${lines.join('\n')}\n`;
}

/** The bytes of an array; one of no bytes has one all the same. */
const inC = (bytes: Uint8Array): string => [...bytes].map((b) => `0x${hexOf(Uint8Array.of(b))}`).join(', ') || '0';

/** `struct tcp_keepalive in = { 0 };` and an assignment for each field; bytes where a field has no such form. */
function initialised(type: CType, bytes: Uint8Array, shapes: Shapes): string[] | undefined {
	if (type.kind === 'array') return undefined;
	const spelling = typeSpelling(typeText(type), shapes.catalog);
	const { rows } = decode(type, bytes, shapes);
	const lines: string[] = [];
	for (const { path, shape } of leavesOf(type, shapes)) {
		const row = rows.find((r) => r.path === path);
		const guid = shape.kind === 'guid' && path === '' ? shapes.catalog.guidByText(String(row?.value)) : undefined;
		if (guid) return [`\tGUID in = ${guid.name};`];
		if (!row || shape.kind !== 'number') return undefined;
		if (path === '') return [`\t${spelling} in = ${row.value};`];
		if (row.value !== 0) lines.push(`\tin.${path} = ${row.value};`);
	}
	return [`\t${spelling} in = { 0 };`, ...lines];
}
