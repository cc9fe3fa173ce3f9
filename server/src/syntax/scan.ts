/** What is found in a text by walking over it once: expressions for it would go over the same characters again. */

const isWord = (code: number): boolean =>
	(code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;

/** The letters, digits and underscores that a text ends in. */
export function lastWord(text: string): string {
	let start = text.length;
	while (start > 0 && isWord(text.charCodeAt(start - 1))) start--;
	return text.slice(start);
}

/** A text with something else in the place of each block comment; one that is not closed stays. */
export function replaceBlockComments(text: string, replacement: (comment: string) => string): string {
	let made = '';
	let from = 0;
	for (;;) {
		const open = text.indexOf('/*', from);
		const close = open < 0 ? -1 : text.indexOf('*/', open + 2);
		if (close < 0) return made + text.slice(from);
		made += text.slice(from, open) + replacement(text.slice(open, close + 2));
		from = close + 2;
	}
}
