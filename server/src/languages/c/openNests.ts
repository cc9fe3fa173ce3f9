/**
 * Brackets that machines open deep in each other and never close. To the grammar each may still be several things, and
 * it carries all of them along to the end of the text.
 */

/** Nobody nests deeper by hand. */
const DEEPEST = 200;

const [NEWLINE, SEMICOLON, BRACE, BRACE_END] = [10, 59, 123, 125];
const isOpening = (c: number): boolean => c === 40 || c === 91 || c === BRACE;
const isClosing = (c: number): boolean => c === 41 || c === 93 || c === BRACE_END;
const isLetter = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95;

/**
 * The text with blanks in the place of a statement that goes deeper, where its brackets do not end before the next line
 * that begins with a word. Length and lines stay what they were.
 */
export function withoutOpenNests(text: string): string {
	let made = '';
	let kept = 0;
	let depth = 0;
	let statement = 0;
	let from = -1;
	for (let at = 0; at <= text.length; at++) {
		const c = text.charCodeAt(at);
		if (isOpening(c) && ++depth === DEEPEST + 1) from = statement;
		else if (isClosing(c) && depth > 0 && depth-- === DEEPEST + 1) from = -1;
		if (c === SEMICOLON || c === BRACE || c === BRACE_END) statement = at + 1;
		const isOver = at === text.length || (c === NEWLINE && isLetter(text.charCodeAt(at + 1)));
		if (!isOver) continue;
		depth = 0;
		statement = at;
		if (from < 0) continue;
		made += text.slice(kept, from) + text.slice(from, at).replace(/[^\r\n]/g, ' ');
		kept = at;
		from = -1;
	}
	return kept === 0 ? text : made + text.slice(kept);
}
