/** Tables for a fixed-width font. */

/** Columns two spaces apart; those in `right` are aligned to the right. */
export function columns(rows: readonly (readonly string[])[], indent = 2, right: readonly number[] = []): string[] {
	const width = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
	return rows.map((row) =>
		(
			' '.repeat(indent) +
			row.map((cell, i) => (right.includes(i) ? cell.padStart(width[i]!) : cell.padEnd(width[i]!))).join('  ')
		).trimEnd(),
	);
}
