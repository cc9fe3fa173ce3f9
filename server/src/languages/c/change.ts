/** Where two versions of a text differ. */
import type { TextChange } from '../../syntax/trees.ts';

/** How much of the beginnings and of the ends of two texts is the same, in UTF-16 units; the two never overlap. */
export function changedRegion(before: string, after: string): { readonly start: number; readonly same: number } {
	const most = Math.min(before.length, after.length);
	const start = commonLength(most, (n) => before.slice(0, n) === after.slice(0, n));
	const rest = most - start;
	const same = commonLength(rest, (n) => before.slice(before.length - n) === after.slice(after.length - n));
	return { start, same };
}

/** The largest number for which a comparison holds that fails for all larger ones. */
function commonLength(most: number, holds: (n: number) => boolean): number {
	let low = 0;
	let high = most;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (holds(middle)) low = middle;
		else high = middle - 1;
	}
	return low;
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
