/**
 * The annotations of Microsoft's source annotation language (`_In_reads_bytes_(n)`, `_Success_(…)`) and the `IN` and
 * `OUT` of older headers. No grammar knows them: one in front of a type is taken for the type itself.
 */

const WORDS =
	/\b_(?:In|Out|Inout|Outptr|COM_Outptr|Outref|Ret|Result|Deref|Pre|Post|Prepost|Field|Struct|Success|Check|Must|When|At|Use|Reserved|Frees|Null|NullNull|Notnull|Maybenull|Const|Points|Readable|Writable|IRQL|Function|Acquires|Releases|Requires|Guarded|Interlocked|Always|On|Printf|Scanf|Kernel|Group|Return|Valid|Strict|Literal)_(?:[A-Za-z]+_)*(?!\w)|\b(?:IN|OUT)(?:[ \t]+OUT)?(?=[ \t]+[A-Za-z_])/g;

/** `IN` and `OUT` are annotations at the beginning of a parameter only. */
const PARAMETER = /[(,]\s*$/;

/** Where an annotation is itself defined or asked for. */
const DEFINED = /(?:^|\n)[ \t]*#[ \t]*(?:(?:define|undef|ifn?def)[ \t]*|(?:el)?if\b[^\n]*)$/;

/** No more than this is looked at on either side of a word. */
const LONGEST = 500;

/** The text with blanks in the place of every annotation and its arguments; length and lines stay what they were. */
export function withoutAnnotations(text: string): string {
	let plain = '';
	let from = 0;
	for (const match of text.matchAll(WORDS)) {
		const { index } = match;
		if (index < from) continue;
		const before = text.slice(Math.max(0, index - LONGEST), index);
		if (DEFINED.test(before) || (!match[0].startsWith('_') && !PARAMETER.test(before))) continue;
		const end = endOfArguments(text, index + match[0].length);
		plain += text.slice(from, index) + text.slice(index, end).replace(/[^\r\n]/g, ' ');
		from = end;
	}
	return from === 0 ? text : plain + text.slice(from);
}

/** The end of the parentheses that follow, or `at` where none do. */
function endOfArguments(text: string, at: number): number {
	const start = at + /^[ \t]*/.exec(text.slice(at, at + LONGEST))![0].length;
	if (text[start] !== '(' || !/\w_$/.test(text.slice(at - 2, at))) return at;
	let open = 0;
	for (let i = start; i < text.length && i < start + LONGEST; i++) {
		if (text[i] === '(') open++;
		else if (text[i] === ')' && --open === 0) return i + 1;
	}
	return at;
}
