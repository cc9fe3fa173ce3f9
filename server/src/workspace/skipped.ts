/** Files that were asked for and not checked. */

/** Why a file was not checked. The last three are failures: the user asked for something that could not be had. */
export type SkipReason =
	| 'binary'
	| 'excluded'
	| 'not-a-source'
	| 'special'
	| 'too-large'
	| 'not-found'
	| 'unreadable'
	| 'not-analysed';

const FAILURES: readonly SkipReason[] = ['not-found', 'unreadable', 'not-analysed'];

export interface Skipped {
	/** Absolute path. */
	readonly path: string;
	readonly reason: SkipReason;
	/** The reason in words, for people. */
	readonly detail: string;
}

/** True when the file was to be checked and could not be, which the exit status tells. */
export const isFailure = (skipped: { readonly reason: SkipReason }): boolean => FAILURES.includes(skipped.reason);
