/**
 * What the text around a name tells before anything is parsed: most items that mention a name only use it. Each of these
 * may be true in vain, but is never false of an item that says something of the name. (Where the grammar stumbles over a
 * typedef of a function, it takes the types of the parameters for names that are defined; the text knows better.)
 */

import { replaceBlockComments } from '../../syntax/scan.ts';
import { isWord } from './split.ts';
import type { CUnit } from './unit.ts';
import { mayWrite } from './uses.ts';
import { isWhole } from './wordIndex.ts';

/** Longer items are parsed. */
const LONGEST = 8192;

/** Every place at which a text has a name as a word. */
function* placesIn(text: string, name: string): Generator<number> {
	for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
		if (isWhole(text, at, name)) yield at;
}

/** The word or character that ends in front of an offset, blanks left out; a comment shows as `/`. */
function tokenBefore(text: string, at: number): string {
	let end = at;
	while (end > 0 && isBlank(text.charCodeAt(end - 1))) end--;
	let start = end;
	while (start > 0 && isWord(text.charCodeAt(start - 1))) start--;
	return start < end ? text.slice(start, end) : text.slice(end - 1, end);
}

/** The first character behind an offset, blanks left out. */
function characterBehind(text: string, at: number): string {
	let start = at;
	while (start < text.length && isBlank(text.charCodeAt(start))) start++;
	return text.charAt(start);
}

/** Blanks, and what joins lines. */
const isBlank = (c: number): boolean => c === 32 || (c >= 9 && c <= 13) || c === 92;

const DEFINES_TYPES = /\b(?:typedef|struct|union|class|enum|using)\b/;
/** In front of a name that a type may have, with what stands between hidden in a comment or brackets of an attribute. */
const BEFORE_NAMES: ReadonlySet<string> = new Set(['struct', 'union', 'class', 'enum', 'using', '/', ')', ']']);
/** What stands in front of the type of a declaration, and never in front of the name that it declares. */
const BEFORE_TYPES: ReadonlySet<string> = new Set(['typedef', 'const', 'volatile', '{', ';', '(']);

/** May an item define a type of a name? */
export function mayDefineType(text: string, name: string): boolean {
	if (!DEFINES_TYPES.test(text)) return false;
	if (text.length > LONGEST) return true;
	const hasTypedef = text.includes('typedef');
	for (const at of placesIn(text, name)) {
		const before = tokenBefore(text, at);
		const end = at + name.length;
		const behind = characterBehind(text, end);
		if (BEFORE_NAMES.has(before) || /^[{:</]$/.test(behind)) return true;
		// `class EXPORTED Name final {`.
		if (behind === 'f' && /^\s+final\b/.test(text.slice(end, end + 100))) return true;
		if (hasTypedef && !isTypeOf(text, at, before, behind)) return true;
	}
	return false;
}

/** A word that is surely the type of what is declared, or of a parameter: `typedef NAME X;`, `(NAME x, NAME *y)`. */
function isTypeOf(text: string, at: number, before: string, behind: string): boolean {
	if (BEFORE_TYPES.has(before) && (/^[\w*&]$/.test(behind) || (behind === '(' && before !== '('))) return true;
	return (before === ',' || before === '(') && /^[\w*&,]$/.test(behind) && isWithinParentheses(text, at);
}

function isWithinParentheses(text: string, at: number): boolean {
	let depth = 0;
	for (let i = at - 1; i >= 0; i--) {
		const c = text.charCodeAt(i);
		if (c === 41) depth++;
		else if (c === 40 && depth-- === 0) return true;
	}
	return false;
}

/** May an item define a macro of a name? */
export function mayDefineMacro(text: string, name: string): boolean {
	if (text.length > LONGEST) return true;
	for (const at of placesIn(text, name)) {
		let end = at;
		while (end > 0 && isBlank(text.charCodeAt(end - 1))) end--;
		if (text.startsWith('define', end - 6) || text.charCodeAt(end - 1) === 47) return true;
	}
	return false;
}

/** May the body of a macro that an item defines hold a name? */
export function mayNameInMacro(text: string, name: string): boolean {
	if (text.length > LONGEST) return true;
	if (!text.includes('define')) return false;
	for (const at of placesIn(text, name)) if (/#[ \t\\]*define\b/.test(lineUpTo(text, at))) return true;
	return false;
}

/** May the body of a macro that an item defines write a variable? One line's text holds all that the body does. */
export function mayWriteInMacro({ text, kind }: Pick<CUnit, 'text' | 'kind'>, variable: string): boolean {
	if (!mayNameInMacro(text, variable)) return false;
	if (kind !== 'directive') return true;
	const joined = text.replace(/\\\r?\n/g, ' ');
	return mayWrite(
		replaceBlockComments(joined, () => ' '),
		variable,
	);
}

/** The line that an offset stands on, with those before it that it continues, or that end within a comment. */
function lineUpTo(text: string, at: number): string {
	let start = text.lastIndexOf('\n', at) + 1;
	let behind = at;
	while (start > 0) {
		const end = text.charCodeAt(start - 2) === 13 ? start - 2 : start - 1;
		const line = text.slice(start, Math.min(behind, at));
		if (text.charCodeAt(end - 1) !== 92 && !line.includes('*/')) break;
		behind = start;
		start = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
	}
	return text.slice(start, at);
}

/** May an item declare a function of a name? */
export function mayDeclareFunction(text: string, name: string): boolean {
	if (text.length > LONGEST) return true;
	// An annotation may stand in front of the parameters.
	for (const at of placesIn(text, name)) if (/^[(/_]$/.test(characterBehind(text, at + name.length))) return true;
	return false;
}
