/** The calls of one version of a text where they stand in a later one, until that one has been checked. */
import type { IoctlCall } from '../../calls/model.ts';
import { changedRegion } from '../../syntax/change.ts';

/** A piece of a text that another one has taken the place of, in UTF-16 units. */
export interface Replacement {
	readonly start: number;
	/** Where it ended before, and where what stands there now ends. */
	readonly oldEnd: number;
	readonly newEnd: number;
}

/** What is replaced by a text that stands at `start`, without what the two begin and end with. */
export function replacement(start: number, removed: string, added: string): Replacement {
	const { start: kept, same } = changedRegion(removed, added);
	return { start: start + kept, oldEnd: start + removed.length - same, newEnd: start + added.length - same };
}

/** Of more places than these the two nearest are taken for one, and what stands between them for replaced. */
const MOST_PLACES = 32;

/** Adds what was replaced last to what was before; letters that are typed one behind the other stay one replacement. */
export function addReplacement(all: Replacement[], next: Replacement): void {
	const last = all.at(-1);
	if (last && next.start <= last.newEnd && next.oldEnd >= last.start) all[all.length - 1] = together(last, next);
	else all.push(next);
	if (all.length <= MOST_PLACES) return;
	const pairs = all.slice(1).map((one, at) => together(all[at] ?? one, one));
	const size = ({ start, oldEnd, newEnd }: Replacement) => oldEnd + newEnd - 2 * start;
	const nearest = pairs.reduce((best, pair) => (size(pair) < size(best) ? pair : best));
	all.splice(pairs.indexOf(nearest), 2, nearest);
}

const together = (one: Replacement, next: Replacement): Replacement => ({
	start: Math.min(one.start, next.start),
	oldEnd: Math.max(one.oldEnd, next.oldEnd - (one.newEnd - one.oldEnd)),
	newEnd: Math.max(next.newEnd, one.newEnd + (next.newEnd - next.oldEnd)),
});

function moved(offset: number, { start, oldEnd, newEnd }: Replacement): number {
	if (offset < start) return offset;
	return offset >= oldEnd ? offset + newEnd - oldEnd : start;
}

/**
 * Without those whose name has been typed into. Only the calls and their names are carried, which is what stands in a
 * line of its own over them: their arguments stand where they did.
 */
export function carriedCalls(calls: readonly IoctlCall[], replaced: readonly Replacement[]): readonly IoctlCall[] {
	if (replaced.length === 0) return calls;
	return calls.flatMap((call) => {
		let { start, end } = call.calleeSpan;
		for (const one of replaced) {
			if (end > one.start && start < one.oldEnd) return [];
			start = moved(start, one);
			end = moved(end - 1, one) + 1;
		}
		return [
			{
				...call,
				calleeSpan: { start, end },
				start: replaced.reduce(moved, call.start),
				end: replaced.reduce(moved, call.end),
			},
		];
	});
}
