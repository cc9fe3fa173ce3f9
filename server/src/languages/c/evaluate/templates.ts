/** Names of templates with their arguments, as types are read: `std::array<ULONG,2>`. */
import type { CType } from '../../../types/ctype.ts';
import { parseTypeName } from '../../../types/layout.ts';

export interface TemplateName {
	/** Without its arguments, and without `std::`. */
	readonly name: string;
	readonly args: readonly string[];
}

/** Longer names are nobody's. */
const LONGEST = 500;

/** A name of the C++ library without its namespace. */
export const withoutStd = (name: string): string => name.replace(/^(?:::)?std::/, '');

/** A name and the arguments between its angle brackets; undefined where it has none. */
export function templateOf(text: string): TemplateName | undefined {
	const open = text.indexOf('<');
	if (open <= 0 || !text.endsWith('>') || text.length > LONGEST) return undefined;
	const args: string[] = [];
	let depth = 0;
	let from = open + 1;
	for (let at = from; at < text.length; at++) {
		const c = text[at];
		if (c === '<' || c === '(') depth++;
		const isEnd = depth === 0 && (c === ',' || (c === '>' && at === text.length - 1));
		if (isEnd) {
			args.push(text.slice(from, at).trim());
			from = at + 1;
		} else if (c === '>' || c === ')') depth--;
	}
	return depth === 0 ? { name: withoutStd(text.slice(0, open)), args } : undefined;
}

/** The type that an argument names. */
export function typeArgument(text: string): CType {
	const type = parseTypeName(text);
	return type.kind === 'unknown' && /^[\w:]+(?:<.*>)?$/.test(text) ? { kind: 'named', name: text } : type;
}
