/** What the words of a function say that it is ready for. */

/** Errors that a text names. */
export const errorsIn = (text: string): readonly string[] => [
	...new Set(text.match(/\b(?:WSAE|ERROR_|STATUS_)[A-Z_]+\b/g) ?? []),
];

const NON_BLOCKING =
	/FIONBIO|O_NONBLOCK|SOCK_NONBLOCK|non_?block|unblock|set_?blocking|EventSelect|AsyncSelect|8004667e/i;

/** Does a text speak of sockets that do not block, or make one? */
export const speaksOfNonBlocking = (text: string): boolean => NON_BLOCKING.test(text);
