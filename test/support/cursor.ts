/** Texts with a cursor in them: `|`, which is no operator in any of them. */

/** The text without its cursor, and where that stood. */
export function withCursor(marked: string): { readonly text: string; readonly offset: number } {
	const offset = marked.indexOf('|');
	if (offset < 0 || marked.includes('|', offset + 1)) throw new Error(`one cursor is expected: ${marked}`);
	return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}
