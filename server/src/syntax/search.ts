/** Places in lists that are in order, and lists by name. */
import type { Span } from './span.ts';

/** For how many places of a list, from the first on, something holds that holds for none behind those. */
export function countWhile(length: number, holds: (at: number) => boolean): number {
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (holds(middle)) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The last of a list that begins before a limit; -1 where none does. */
export const lastBefore = <T>(list: readonly T[], begin: (one: T) => number, limit: number): number =>
	countWhile(list.length, (at) => begin(list[at] as T) < limit) - 1;

/** Adds to the list of a name. */
export function pushTo<K, V>(map: Map<K, V[]>, name: K, value: V): void {
	const list = map.get(name);
	if (list) list.push(value);
	else map.set(name, [value]);
}

/** Order by where something begins, then by where it ends. */
export const inOrder = (a: Span, b: Span): number => a.start - b.start || a.end - b.end;

/** A list by where its members begin. */
export const byPosition = <T extends { readonly start: number }>(list: T[]): T[] =>
	list.sort((a, b) => a.start - b.start);
