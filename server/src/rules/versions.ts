/** Versions of Windows. */

/** `10.0.17763` as numbers. */
const parts = (version: string): number[] => version.split('.').map(Number);

/** Is version `a` older than `b`? Parts that are missing count as 0. */
export function isOlder(a: string, b: string): boolean {
	const [left, right] = [parts(a), parts(b)];
	for (let i = 0; i < Math.max(left.length, right.length); i++) {
		const difference = (left[i] ?? 0) - (right[i] ?? 0);
		if (difference !== 0) return difference < 0;
	}
	return false;
}
