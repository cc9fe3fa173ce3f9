/** A text cut into items anew, as far as an edit asks for it. */
import { lastBefore } from '../../syntax/search.ts';
import { type Block, type Item, MOST_JOINED, split } from './split.ts';

/** A text from its start to its end. */
export function cut(text: string): Cut {
	const { items, isRecovered } = split(text) ?? { items: [], isRecovered: false };
	return { items, first: 0, rest: Number.POSITIVE_INFINITY, shift: 0, isRecovered };
}

export interface Cut {
	/** The new items between those that stay. */
	readonly items: readonly Item[];
	/** Numbers of the first old item that they replace, and of the first one behind. */
	readonly first: number;
	readonly rest: number;
	/** How far those behind have moved. */
	readonly shift: number;
	/** As in `Cutting`. */
	readonly isRecovered: boolean;
}

/**
 * A text that was cut before and has changed in one place: begins near the change, and ends where the boundaries are the
 * old ones again.
 * @param old where the items stood in the old text.
 */
export function cutAgain(
	text: string,
	old: readonly Item[],
	change: { readonly start: number; readonly same: number },
): Cut {
	const last = old.at(-1);
	const shift = text.length - (last?.end ?? 0);
	const from = resumeAt(old, change.start);
	const unchanged = text.length - change.same;
	let rest = from;
	const isKnown = (at: number, block: Block | undefined): boolean => {
		if (at < unchanged) return false;
		while (rest < old.length && (old[rest]?.start ?? 0) + shift < at) rest++;
		const unit = old[rest];
		return unit !== undefined && unit.start + shift === at && unit.block === block && !isNearJoint(old, rest);
	};
	const { start = 0, block } = old[from] ?? {};
	const found = split(text, { items: old.slice(0, from), start, block }, isKnown);
	if (!found) return cut(text);
	const items = found.items.slice(from);
	return { items, first: from, rest: found.end < text.length ? rest : old.length, shift, isRecovered: false };
}

/** The item to begin with: some before the changed one, since a boundary looks ahead. */
function resumeAt(old: readonly Item[], changed: number): number {
	const low = Math.max(
		0,
		lastBefore(old, ({ start }) => start, changed + 1),
	);
	const at = Math.max(0, low - 2);
	for (let i = Math.max(0, at - MOST_JOINED); i <= low; i++) if (old[i]?.joint) return Math.max(0, i - 1);
	return at;
}

const isNearJoint = (old: readonly Item[], from: number): boolean => {
	for (let i = from; i <= from + MOST_JOINED && i < old.length; i++) if (old[i]?.joint) return true;
	return false;
};

/** Two blocks around items of two versions of a text that mean the same. */
export function isSameBlock(one: Block | undefined, other: Block | undefined): boolean {
	if (one === other) return true;
	if (!one || !other) return false;
	return (
		one.kind === other.kind &&
		one.text === other.text &&
		one.before.length === other.before.length &&
		one.before.every((text, i) => text === other.before[i]) &&
		isSameBlock(one.outer, other.outer)
	);
}
