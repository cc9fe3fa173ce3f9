/** Types and members that no expression can hold, in the macros that take them, written so that a grammar reads them. */
import type { Catalog } from '../../catalog/catalog.ts';
import { normaliseSized, SIZED } from './nodes.ts';

interface TypeMacros {
	/** A macro that takes a type or a member. */
	readonly any: RegExp;
	/** One that builds a code, up to its last argument, which is a type. */
	readonly ofCodes: RegExp;
}

const macros = new WeakMap<Catalog, TypeMacros>();

function macrosOf(catalog: Catalog): TypeMacros {
	let found = macros.get(catalog);
	if (!found) {
		// No name at all is never followed by a parenthesis.
		const names = catalog.typeMacros().join('|') || '(?!)';
		found = {
			any: new RegExp(`\\b(?:offsetof|FIELD_OFFSET|${names})\\s*\\(`),
			ofCodes: new RegExp(
				`(\\b(?:${names})\\s*\\((?:[^(),]|'[(),]')*,[^(),]*,\\s*)([A-Za-z_](?:\\w+(?:\\s+\\w+)*|(?:\\s+\\w+)+))(?=\\s*\\))`,
				'g',
			),
		};
		macros.set(catalog, found);
	}
	return found;
}

/**
 * Types and members that no expression can hold, in the macros that take them, as plain names of the same length:
 * `FIELD_OFFSET(struct T, m)`, `offsetof(T, m[1])`, `_IOR('s', 7, unsigned long)`.
 */
export function withPlainTypes(text: string, catalog: Catalog): string {
	return text
		.replace(
			/\b(offsetof|FIELD_OFFSET)(\s*\(\s*)(?:(struct|union)(?=\s))?/g,
			(_, callee: string, open: string, tag?: string) =>
				`${callee === 'offsetof' ? 'OFFSETOF' : callee}${open}${' '.repeat(tag?.length ?? 0)}`,
		)
		.replace(macrosOf(catalog).ofCodes, (_, head: string, type: string) => {
			const words = normaliseSized(type).replace(/^(?:struct|union|enum)\s+/, '');
			const plain = SIZED.test(words) ? (PLAIN[words] ?? type) : words;
			return head + plain.padEnd(type.length);
		});
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
export function argumentList(text: string, catalog: Catalog): string | undefined {
	if (!/^\s*\(/.test(text) || !macrosOf(catalog).any.test(text)) return undefined;
	let open = 0;
	for (const match of text.matchAll(/[()]/g)) {
		open += match[0] === '(' ? 1 : -1;
		if (open === 0) return text.slice(0, match.index + 1);
	}
	return undefined;
}
