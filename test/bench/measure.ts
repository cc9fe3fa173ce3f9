/** Numbers from repeated measurements, and rows of the table. */

/** The value that `share` (0 to 1) of the values do not exceed; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const p95 = (values: readonly number[]): number => quantile(values, 0.95);

/** Milliseconds for people: two digits after the point below 10. */
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
/** A ratio with as many digits as say something. */
export function times(ratio: number): string {
	if (ratio < 0.1) return `${ratio.toFixed(4)} ×`;
	return `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;
}

/** What was measured, what is wanted, and whether it is reached; undefined where nothing is wanted of it. */
export interface Row {
	readonly work: string;
	readonly measured: string;
	readonly goal?: string;
	readonly met?: boolean;
}

/** A row that could not be measured, and why. */
export const missing = (work: string, why: string): Row => ({ work, measured: `not measured: ${why}` });

function verdict(met: boolean | undefined): string {
	if (met === undefined) return '';
	return met ? 'met' : 'NOT MET';
}

/** The rows as a Markdown table. */
export function table(rows: readonly Row[]): string {
	const cells = [
		['work', 'measured', 'goal', ''],
		...rows.map((row) => [row.work, row.measured, row.goal ?? '', verdict(row.met)]),
	];
	const widths = [0, 1, 2, 3].map((column) => Math.max(3, ...cells.map((line) => line[column]!.length)));
	const shown = cells.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
	shown.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
	return shown.join('\n');
}
