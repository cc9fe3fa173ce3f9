/** From a file's bytes to its text, as an editor shows it, so that positions agree. */
import type { Catalog } from '../catalog/catalog.ts';
import { languages } from '../languages/index.generated.ts';

/** Number of leading bytes that decide whether a file is text. A stray NUL further down hides nothing. */
const SNIFFED = 8192;

/**
 * What names that lead to an entry point hold, without regard to wrappers and pointers around them, and what a file
 * holds that declares a type of pointers to one by a name of its own. Few other words end as these do.
 */
const COMMON_MARKS = ['octl', 'IOCTL', 'ControlSoc', 'CONTROL_SO', 'OVERLAPPED_COMPLETION_ROUTINE'];

/** The bytes to look for: a file with none of them has no call. `names`: functions that the user counts as well. */
export function callMarks(catalog: Catalog, names: readonly string[]): Buffer[] {
	const others = catalog.functionNames().filter((name) => !COMMON_MARKS.some((mark) => name.includes(mark)));
	const ofLanguages = languages.flatMap((language) => language.markWords ?? []);
	return [...new Set([...COMMON_MARKS, ...ofLanguages, ...others, ...names])].map((mark) => Buffer.from(mark));
}

/** Encodings by the byte order mark of their texts. */
const WIDE: ReadonlyMap<number, string> = new Map([
	[0xfffe, 'utf-16le'],
	[0xfeff, 'utf-16be'],
]);

const utf8 = new TextDecoder('utf-8', { fatal: true });
const western = new TextDecoder('windows-1252');

/**
 * The text of a source file without its byte order mark, `'binary'`, or undefined when no call can be in it (which is
 * told from the bytes, because decoding is most of the work).
 * @param marks what a file with a call holds; absent: anything may be a call.
 */
export function decodeSource(bytes: Buffer, marks?: readonly Buffer[]): string | 'binary' | undefined {
	const wide = bytes.length < 2 ? undefined : WIDE.get(bytes.readUInt16BE());
	if (wide) return new TextDecoder(wide).decode(bytes);
	if (bytes.subarray(0, SNIFFED).includes(0)) return 'binary';
	if (marks && !marks.some((mark) => bytes.includes(mark))) return undefined;
	try {
		return utf8.decode(bytes);
	} catch {
		return decodeByLine(bytes);
	}
}

/**
 * Old sources mix encodings. A line that is not UTF-8 is read as Windows-1252, one character a byte, and the other
 * lines keep their characters: neither moves a column of the other.
 */
function decodeByLine(bytes: Buffer): string {
	const lines: string[] = [];
	for (let start = 0; start < bytes.length; ) {
		const newline = bytes.indexOf(0x0a, start);
		const end = newline < 0 ? bytes.length : newline + 1;
		const line = bytes.subarray(start, end);
		try {
			lines.push(utf8.decode(line));
		} catch {
			lines.push(western.decode(line));
		}
		start = end;
	}
	return lines.join('');
}
