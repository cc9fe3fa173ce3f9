/** Names that differ from one another as by a slip of the hand. */
import { editDistance } from '../catalog/distance.ts';

/** At most two letters inserted, left out, exchanged for another or for each other; digits must agree. */
const isNear = (a: string, b: string): boolean =>
	a.replace(/\D/g, '') === b.replace(/\D/g, '') && editDistance(a, b, 2) <= 2;

/** The only name that another one resembles. */
export function nearest(name: string, names: readonly string[]): string | undefined {
	const [near, ...others] = names.filter((other) => isNear(name, other));
	return others.length === 0 ? near : undefined;
}
