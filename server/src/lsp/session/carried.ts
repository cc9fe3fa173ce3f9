/** The calls of one version of a text where they stand in a later one, until that one has been checked. */
import type { IoctlCall } from '../../calls/model.ts';
import { movedCall } from '../../check/shift.ts';
import { changedRegion } from '../../syntax/change.ts';

/** Without those whose name has been typed into. What of a call has been replaced is taken for empty. */
export function carriedCalls(calls: readonly IoctlCall[], before: string, after: string): readonly IoctlCall[] {
	const { start, same } = changedRegion(before, after);
	const end = before.length - same;
	const by = after.length - before.length;
	const to = (offset: number): number => {
		if (offset < start) return offset;
		return offset >= end ? offset + by : start;
	};
	return calls.flatMap((call) => {
		const { calleeSpan } = call;
		const isKept = calleeSpan.end <= start || calleeSpan.start >= end;
		return isKept ? [movedCall(call, to)] : [];
	});
}
