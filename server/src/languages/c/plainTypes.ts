/** Types and members that no expression can hold, in the macros that take them, written so that a grammar reads them. */
import { normaliseSized, SIZED } from './nodes.ts';

/** Macros that take a type or a member. */
const TYPE_MACRO = /\b(?:offsetof|FIELD_OFFSET|_IO(?:W|R|WR))\s*\(/;

/**
 * Types and members that no expression can hold, in the macros that take them, as plain names of the same length:
 * `FIELD_OFFSET(struct T, m)`, `offsetof(T, m[1])`, `_IOR('s', 7, unsigned long)`.
 */
export function withPlainTypes(text: string): string {
	return text
		.replace(
			/\b(offsetof|FIELD_OFFSET)(\s*\(\s*)(?:(struct|union)(?=\s))?/g,
			(_, callee: string, open: string, tag?: string) =>
				`${callee === 'offsetof' ? 'OFFSETOF' : callee}${open}${' '.repeat(tag?.length ?? 0)}`,
		)
		.replace(
			/(\b_IO(?:W|R|WR)\s*\((?:[^(),]|'[(),]')*,[^(),]*,\s*)([A-Za-z_][\w\s]*\w)(?=\s*\))/g,
			(_, head: string, type: string) => {
				const words = normaliseSized(type).replace(/^(?:struct|union|enum)\s+/, '');
				const plain = SIZED.test(words) ? (PLAIN[words] ?? type) : words;
				return head + plain.padEnd(type.length);
			},
		);
}

/** Names of one word for types of several. */
const PLAIN: Readonly<Record<string, string>> = {
	'unsigned long': 'u_long',
	'unsigned int': 'u_int',
	'unsigned short': 'u_short',
	'unsigned char': 'u_char',
	'unsigned long long': 'ULONGLONG',
	'long long': '__int64',
};

/** The parentheses that a text begins with, and what is between them. */
export function argumentList(text: string): string | undefined {
	if (!/^\s*\(/.test(text) || !TYPE_MACRO.test(text)) return undefined;
	let open = 0;
	for (const match of text.matchAll(/[()]/g)) {
		open += match[0] === '(' ? 1 : -1;
		if (open === 0) return text.slice(0, match.index + 1);
	}
	return undefined;
}
