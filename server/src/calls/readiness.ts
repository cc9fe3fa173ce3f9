/** What the words of a function say that it is ready for. */

/** Errors that a text names. */
const errorsIn = (text: string): readonly string[] => [
	...new Set(text.match(/\b(?:WSAE|ERROR_|STATUS_)[A-Z_]+\b/g) ?? []),
];

const NON_BLOCKING =
	/FIONBIO|O_NONBLOCK|SOCK_NONBLOCK|non_?block|unblock|set_?blocking|EventSelect|AsyncSelect|8004667e/i;

/** Does a text speak of sockets that do not block, or make one? */
const speaksOfNonBlocking = (text: string): boolean => NON_BLOCKING.test(text);

/** What a function's code says of readiness. */
export interface Readiness {
	/** Names of errors. */
	readonly expects: readonly string[];
	readonly nonBlocking: boolean;
}

const NOTHING_SAID: Readiness = { expects: [], nonBlocking: false };

/**
 * What a function says of readiness.
 * @param text of the function with its comments and strings; where it says nothing, neither does the code in it.
 * @param code what is left of the text without them: to find those is a walk over all of the function.
 */
export function readinessIn(text: string, code: () => string): Readiness {
	if (!speaksOfNonBlocking(text) && errorsIn(text).length === 0) return NOTHING_SAID;
	const own = code();
	return { expects: errorsIn(own), nonBlocking: speaksOfNonBlocking(own) };
}
