/** Versions of Windows. */

/** A version that a text asks for itself. */
export interface AskedVersion {
	/** `6.1`, or with a build `10.0.17763`. */
	readonly version: string;
	/** As written: `_WIN32_WINNT 0x0601`. */
	readonly text: string;
}

/** `10.0.17763` as numbers. */
const parts = (version: string): number[] => version.split('.').map(Number);

/** Is version `a` older than `b`? Parts that are missing count as 0. */
export function isOlder(a: string, b: string): boolean {
	const [left, right] = [parts(a), parts(b)];
	const differences = [...left, ...right].map((_, i) => (left[i] ?? 0) - (right[i] ?? 0));
	return (differences.find((difference) => difference !== 0) ?? 0) < 0;
}
