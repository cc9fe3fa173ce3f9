/** Where two versions of a text differ. */
import { countWhile } from './search.ts';
import type { TextChange } from './trees.ts';

/** How much of the beginnings and of the ends of two texts is the same, in UTF-16 units; the two never overlap. */
export function changedRegion(before: string, after: string): { readonly start: number; readonly same: number } {
	const most = Math.min(before.length, after.length);
	const start = countWhile(most, (n) => before.slice(0, n + 1) === after.slice(0, n + 1));
	const rest = most - start;
	const same = countWhile(rest, (n) => before.slice(before.length - n - 1) === after.slice(after.length - n - 1));
	return { start, same };
}

/** The change from one text to another as the parser takes it. */
export function textChange(before: string, after: string): TextChange {
	const { start, same } = changedRegion(before, after);
	const oldEnd = before.length - same;
	const newEnd = after.length - same;
	return {
		startIndex: start,
		oldEndIndex: oldEnd,
		newEndIndex: newEnd,
		startPosition: pointAt(before, start),
		oldEndPosition: pointAt(before, oldEnd),
		newEndPosition: pointAt(after, newEnd),
	};
}

function pointAt(text: string, offset: number): { row: number; column: number } {
	let row = 0;
	let line = 0;
	for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
		row++;
		line = at + 1;
	}
	return { row, column: offset - line };
}
