/**
 * The annotations of Microsoft's source annotation language (`_In_reads_bytes_(n)`, `_Success_(…)`) and the `IN` and
 * `OUT` of older headers. No grammar knows them: one in front of a type is taken for the type itself.
 */

const WORDS =
	/\b_(?:In|Out|Inout|Outptr|COM_Outptr|Outref|Ret|Result|Deref|Pre|Post|Prepost|Field|Struct|Success|Check|Must|When|At|Use|Reserved|Frees|Null|NullNull|Notnull|Maybenull|Const|Points|Readable|Writable|IRQL|Function|Acquires|Releases|Requires|Guarded|Interlocked|Always|On|Printf|Scanf|Kernel|Group|Return|Valid|Strict|Literal)_(?:[A-Za-z]+_)*(?!\w)|\b(?:IN|OUT)(?:[ \t]+OUT)?(?=[ \t]+[A-Za-z_])/g;

/**
 * Calling conventions, and words of old compilers, under the names that headers give them: C++ reads one between the type
 * and the name of a member as an error that takes the class with it, and C one in front of a pointer to a function,
 * `int WINAPI (*f)(void)`.
 */
const CONVENTIONS =
	/\b(?:WINAPI|CALLBACK|APIENTRY|WSAAPI|WSPAPI|PASCAL|NTAPI|STDAPICALLTYPE|STDMETHODCALLTYPE|WINAPIV|FAR|NEAR)\b(?:(?=[ \t]{0,20}\([ \t]{0,20}\*)|(?![ \t]*[(:;,=)]))/g;

/**
 * `BOOL (WINAPI *f)(SOCKET) = NULL;` in a function reads as a call of `BOOL`, where `int` instead begins a declaration; the
 * size of the pointer is the same.
 */
const POINTERS =
	/(?<![\w.>:])[A-Z_][A-Z0-9_]{2,60}(?=[ \t]{0,20}\([ \t]{0,20}(?:WINAPI|CALLBACK|APIENTRY|WSAAPI|WSPAPI|PASCAL|NTAPI|__stdcall|__cdecl)[ \t]{1,20}(?:FAR[ \t]{1,20})?\*[ \t]{0,20}\w{1,100}[ \t]{0,20}\)[ \t]{0,20}\()/g;

const TAGGED = /\b(?:struct|union|enum|class)[ \t]+$/;
const LONGEST_KEYWORD = 30;

/** `class MY_EXPORT Name {`: what stands for `__declspec(dllexport)`. */
const EXPORTED =
	/\b(?:class|struct|union)[ \t\r\n]{1,20}([A-Z][A-Z0-9_]{1,60}(?:[ \t]?\([\w \t]{0,60}\))?)(?=[ \t\r\n]{1,20}(?!final\b)[A-Za-z_]\w{0,200}[ \t\r\n]{0,20}(?:final[ \t\r\n]{0,20})?(?:\{|:(?!:)))/g;
/** Words of macros that a structure may be declared with; anything else may be its tag, with a variable behind. */
const EXPORTS = /API|EXPORT|IMPORT|DLL|DECL|PUBLIC|VISIB|SPEC|EXT_CLASS|CLASS|LINKAGE/;

/**
 * The alignment of old compilers: no grammar reads it in front of a variable. The standard's word takes its place, within
 * its length. Of a structure it is read where it stands.
 */
const ALIGNED =
	/(?<!\b(?:struct|class|union)[ \t]{1,20})\b__declspec[ \t]{0,20}\([ \t]{0,20}align[ \t]{0,20}(\([^()\r\n]{1,60}\))[ \t]{0,20}\)/g;

/** `IN` and `OUT` are annotations at the beginning of a parameter only. */
const PARAMETER = /[(,]\s*$/;

/** Where an annotation is itself defined or asked for. */
const DEFINED = /(?:^|\n)[ \t]*#[ \t]*(?:(?:define|undef|ifn?def)[ \t]*|(?:el)?if\b[^\n]*)$/;

/** No more than this is looked at on either side of a word. */
const LONGEST = 500;

/** `[[nodiscard]]`: with this many in one item the parser tries far more ways to read them than there are. */
const MANY_ATTRIBUTES = 64;
const ATTRIBUTE = /\[\[[^[\]\r\n]{0,200}\]\]/g;

function withoutManyAttributes(text: string): string {
	let found = 0;
	for (let at = text.indexOf('[['); at >= 0 && found <= MANY_ATTRIBUTES; at = text.indexOf('[[', at + 2)) found++;
	return found <= MANY_ATTRIBUTES ? text : text.replace(ATTRIBUTE, (attribute) => ' '.repeat(attribute.length));
}

/** The text with blanks in the place of every annotation and its arguments; length and lines stay what they were. */
export function withoutAnnotations(given: string): string {
	const text = withoutManyAttributes(given);
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
	return withoutConventions(from === 0 ? text : plain + text.slice(from));
}

function withoutConventions(text: string): string {
	const blank = (word: string): string => ' '.repeat(word.length);
	const declaring = text.replace(POINTERS, (type, at: number) =>
		TAGGED.test(text.slice(Math.max(0, at - LONGEST_KEYWORD), at)) ? type : 'int'.padEnd(type.length),
	);
	const plain = declaring.replace(CONVENTIONS, (word, at: number) =>
		DEFINED.test(declaring.slice(Math.max(0, at - LONGEST), at)) ? word : blank(word),
	);
	const aligned = plain.replace(ALIGNED, (all, bytes: string) => `alignas${bytes}`.padEnd(all.length));
	return aligned.replace(EXPORTED, (all, word: string) =>
		all.startsWith('class') || EXPORTS.test(word) ? all.slice(0, -word.length) + blank(word) : all,
	);
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
