/** Tables in Markdown, which also read well unrendered. */

/** A last column that is wider is left ragged, so that one long text does not make every line wrap in a narrow window. */
const WIDEST_LAST = 24;

/** A cell that holds Markdown: only what would end the cell is changed. */
const asMarkdown = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ');

/**
 * A cell that holds plain text. Only what Markdown would take for its own is escaped, as the text is read unrendered too
 * and neither `sin_port` nor `[0].iiFlags` means anything to it.
 */
export const plainCell = (text: string): string =>
	text.replace(/[\\|`*<>]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|\](?=[([:])/g, '\\$&').replace(/\s+/g, ' ');

/** How wide a cell is for whoever reads it: a link that runs a command is shown as its words alone, unrendered too. */
const widthOf = (cell: string): number => cell.replace(/\[([^[\]]*)\]\(command:[^()\s]*\)/g, '$1').length;

/**
 * The lines of a table; the columns named in `right` are numbers.
 * @param padded false keeps long tables from changing in every row.
 * @param cell what a cell's text becomes; absent: it is Markdown already.
 */
export function table(
	header: readonly string[],
	rows: readonly (readonly string[])[],
	right: readonly string[] = [],
	padded = true,
	cell: (text: string) => string = asMarkdown,
): string[] {
	const cells = [header, ...rows].map((row) => row.map(cell));
	const width = header.map((_, i) => {
		const widest = padded ? Math.max(3, ...cells.map((row) => widthOf(row[i]!))) : 3;
		return i === header.length - 1 && widest > WIDEST_LAST ? 3 : widest;
	});
	const numeric = header.map((h) => right.includes(h));
	const fill = (text: string, i: number) => {
		const room = ' '.repeat(Math.max(0, width[i]! - widthOf(text)));
		return numeric[i] ? room + text : text + room;
	};
	const line = (row: readonly string[]) => `| ${row.map(fill).join(' | ')} |`;
	const rule = `| ${width.map((w, i) => (numeric[i] ? `${'-'.repeat(w - 1)}:` : '-'.repeat(w))).join(' | ')} |`;
	return [line(cells[0]!), rule, ...cells.slice(1).map(line)];
}

/** A table of plain texts. */
export const plainTable = (header: readonly string[], rows: readonly (readonly string[])[]): string[] =>
	table(header, rows, [], true, plainCell);
